"""Answers that are kept in a file beside the ledger from one change, and one start, to the next."""

import shutil
import sqlite3
import time

import pytest
from starlette.testclient import TestClient

from garrison.ledger import ClaimFilter, Ledger
from garrison.ledger.redaction import answers_beside
from garrison.server import app as apps
from garrison.server import shelf as shelves
from garrison.server.app import application
from garrison.server.routes import pictures
from garrison.server.settings import Settings
from garrison.vocabulary import Place

TAJIKISTAN, AFGHANISTAN = "/api/v1/countries/TJK", "/api/v1/countries/AFG"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Answers are kept of a ledger however small, by one program."""
    monkeypatch.setattr(shelves, "LARGE", 0)
    monkeypatch.setattr(apps, "_cores", lambda: 1)


@pytest.fixture
def made(monkeypatch):
    """The countries whose pages have been made."""
    pages = []
    make = pictures._page

    def noted(ledger, when, question):
        pages.append(question["place"])
        return make(ledger, when, question)

    monkeypatch.setattr(pictures, "_page", noted)
    return pages


@pytest.fixture
def start(copied, tmp_path):
    """Starts a server, and stops the one started before."""
    clients = []

    def started(**settings):
        if clients:
            clients.pop().__exit__(None, None, None)
        app = application(Settings(copied, **settings), tmp_path / "no page", ready=("/api/v1/health",))
        clients.append(TestClient(app, base_url="http://127.0.0.1:8750"))
        return clients[-1].__enter__()

    yield started
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def says(copied, claim, reading):
    """Records that an outlet said that there are troops in a country."""

    def said(country, code, number=70):
        text = f"Russia keeps {number} troops in {country}."
        with Ledger.open(copied) as ledger:
            ledger.record(reading(text, claim(text, number=number, place=Place(country, code)), data=text))

    return said


def test_a_server_gives_after_a_new_start_what_was_made_before(start, made, examples, serving):
    first = start().get(TAJIKISTAN)
    again = start().get(TAJIKISTAN)
    assert made == ["TJK"]
    assert (again.json(), again.headers["etag"]) == (first.json(), first.headers["etag"])
    assert again.headers["content-type"] == "application/json"
    assert again.json() == serving(examples).get(TAJIKISTAN).json(), "as a server that keeps nothing answers"


def test_what_a_change_does_not_touch_is_kept_and_what_it_touches_made_anew(start, made, says):
    client = start()
    before = {path: client.get(path).json() for path in (TAJIKISTAN, AFGHANISTAN)}
    says("Afghanistan", "AFG")
    assert client.get(TAJIKISTAN).json() == before[TAJIKISTAN]
    assert client.get(AFGHANISTAN).json() != before[AFGHANISTAN]
    assert made == ["TJK", "AFG", "AFG"]


def test_a_change_while_no_server_ran_is_seen(start, made, says):
    before = start().get(AFGHANISTAN).json()
    says("Afghanistan", "AFG")
    assert start().get(AFGHANISTAN).json() != before
    assert made == ["AFG", "AFG"]


def test_the_world_is_kept_only_while_nothing_changes(start, says):
    client = start()
    world = client.get("/api/v1/world").json()
    assert start().get("/api/v1/world").json() == world
    says("Mali", "MLI")
    assert "MLI" in {each["iso3"] for each in start().get("/api/v1/world").json()["countries"]}


def test_a_question_with_a_date_or_a_filter_is_none_of_them(start, made, copied):
    client = start()
    for _ in range(2):
        client = start()
        client.get(TAJIKISTAN, params={"as_of": "2021-08-07"})
        client.get(TAJIKISTAN, params={"asset": "tank"})
        client.get("/api/v1/countries/Tajikistan")
    assert len(made) == 6
    assert not answers_beside(copied).exists()


def test_nothing_of_another_day_is_given(start, made, monkeypatch):
    from garrison.server import app

    start().get(TAJIKISTAN)
    tomorrow = app.today() + 1
    monkeypatch.setattr(app, "today", lambda: tomorrow)
    start().get(TAJIKISTAN)
    assert made == ["TJK", "TJK"]


def test_redaction_erases_what_was_kept(start, made, copied):
    start().get(TAJIKISTAN)
    start().get(AFGHANISTAN)
    with Ledger.open(copied) as ledger:
        one = next(ledger.claims(ClaimFilter(place="Tajikistan", words="7,000")))
        assert one.claim in start().get(TAJIKISTAN).text
    client = start()
    client.__exit__(None, None, None)
    with Ledger.open(copied) as ledger:
        ledger.redact(one.document, because="a name")
    assert not answers_beside(copied).exists()
    assert one.claim not in start().get(TAJIKISTAN).text


def test_what_was_made_before_a_redaction_is_not_kept_after_it(start, copied, monkeypatch):
    client = start()
    put = shelves.Shelf.put

    def late(self, *given):
        with sqlite3.connect(copied) as driver:
            driver.execute("INSERT INTO tick (at) VALUES ('2090-01-01T00:00:00.000000+00:00')")
            driver.execute("UPDATE document SET redacted_at = '2090-01-01T00:00:00.000000+00:00' WHERE pk = 1")
        put(self, *given)

    monkeypatch.setattr(shelves.Shelf, "put", late)
    client.get(TAJIKISTAN)
    assert not answers_beside(copied).exists()


def test_servers_that_hide_claims_keep_answers_of_their_own(start, made):
    shown = start().get(TAJIKISTAN).json()
    hidden = start(embargo_days=3650).get(TAJIKISTAN).json()
    assert made == ["TJK", "TJK"]
    assert len(hidden["units"]) < len(shown["units"])
    assert start(embargo_days=3650).get(TAJIKISTAN).json() == hidden
    assert start().get(TAJIKISTAN).json() == shown
    assert made == ["TJK", "TJK"]


def test_a_ledger_put_in_the_place_of_another_has_none_of_its_answers(start, made, copied, says, tmp_path):
    shutil.copy(copied, tmp_path / "backup.db")
    says("Mali", "MLI")
    start().get(TAJIKISTAN)
    shutil.copy(tmp_path / "backup.db", copied)
    says("Afghanistan", "AFG")
    start().get(TAJIKISTAN)
    assert made == ["TJK", "TJK"]


@pytest.mark.parametrize("fault", ["unreadable", "of another program"])
def test_a_file_that_is_no_good_is_as_good_as_none(start, made, copied, fault, monkeypatch):
    first = start().get(TAJIKISTAN).json()
    if fault == "unreadable":
        answers_beside(copied).write_bytes(b"no database at all, and longer than a page of one" * 100)
    else:
        monkeypatch.setattr(shelves, "program", lambda: "another")
    assert start().get(TAJIKISTAN).json() == first
    assert made == ["TJK", "TJK"]


def test_a_small_ledger_has_no_file_beside_it(start, copied, monkeypatch):
    monkeypatch.setattr(shelves, "LARGE", 20_000)
    start().get(TAJIKISTAN)
    assert not answers_beside(copied).exists()


def test_another_process_goes_through_the_countries_and_leaves_a_small_ledger_without_a_file(made, copied):
    from garrison.server.warming import Warming

    warming = Warming("countries", copied, 0)
    assert warming.start()
    assert warming.going_on
    assert not warming.start()
    warming._process.wait(timeout=120)
    assert not warming.going_on
    assert not warming.failed
    # A ledger so small would not be worth it to a process that nobody told otherwise.
    assert not answers_beside(copied).exists()


def test_what_another_process_has_made_is_given(start, made, copied, awaited):
    import os

    from garrison.server.warming import warm

    awaited(warm(copied, 0, os.getppid()))
    pages, made[:] = list(made), []
    assert {"TJK", "AFG"} <= set(pages)
    client = start()
    assert client.get(TAJIKISTAN).status_code == client.get(AFGHANISTAN).status_code == 200
    assert made == []


def test_a_process_that_could_not_make_them_is_told(tmp_path):
    from garrison.server.warming import Warming

    warming = Warming("countries", tmp_path / "none.db", 0)
    warming.start(awaited=7)
    warming._process.wait(timeout=120)
    assert warming.failed
    assert warming.in_vain(7)
    assert not warming.in_vain(8)


def test_it_stops_when_the_server_that_wanted_them_is_gone(made, copied, awaited):
    from garrison.server.warming import warm

    awaited(warm(copied, 0, parent=1 << 30))
    assert made == []


def ready(client):
    """Whether the server tells that it is ready, after some time at most."""
    until = time.monotonic() + 300
    while not client.get("/api/v1/health").json()["ready"] and time.monotonic() < until:
        time.sleep(0.2)
    return client.get("/api/v1/health").json()["ready"]


def test_a_server_of_a_large_ledger_tells_when_all_of_it_is_made(copied, tmp_path, start):
    assert ready(start())


def test_nobody_is_let_in_before_the_pages_of_a_large_ledger_are_made(copied, tmp_path, made):
    app = application(Settings(copied), tmp_path / "no page", ready=("/api/v1/about",), patience_s=300)
    with TestClient(app, base_url="http://127.0.0.1:8750") as client:
        assert {"TJK", "AFG"} <= set(made)
        assert ready(client)
        made.clear()
        assert client.get(TAJIKISTAN).json()["forces"]
        assert made == []


def test_a_server_takes_the_pages_that_were_made_before_its_start(copied, tmp_path, start, made):
    assert start().get(TAJIKISTAN).status_code == start().get(AFGHANISTAN).status_code == 200
    made.clear()
    app = application(Settings(copied), tmp_path / "no page", ready=("/api/v1/about",), patience_s=300)
    with TestClient(app, base_url="http://127.0.0.1:8750") as client:
        assert not {"TJK", "AFG"} & set(made)
        assert client.get(AFGHANISTAN).json()["place"]["iso3"] == "AFG"
        assert not {"TJK", "AFG"} & set(made)


def test_who_has_waited_long_enough_is_let_in_before_all_is_made(copied, tmp_path, made):
    app = application(Settings(copied), tmp_path / "no page", ready=("/api/v1/about",), patience_s=1e-9)
    with TestClient(app, base_url="http://127.0.0.1:8750") as client:
        assert made == []
        assert not client.get("/api/v1/health").json()["ready"]
        assert client.get(TAJIKISTAN).json()["forces"]


def test_a_change_makes_a_map_from_the_shelf_anew_only_where_it_touches_it(copied, tmp_path, says, monkeypatch):
    from garrison.pipeline import forces

    monkeypatch.setattr(forces, "_HELD", {})
    made = []
    make = forces._made

    def noted(ledger, day, rows):
        made.append(rows)
        return make(ledger, day, rows)

    monkeypatch.setattr(forces, "_made", noted)
    for number in (70, 80):
        forces._HELD.clear()
        made.clear()
        app = application(Settings(copied), tmp_path / "no page", ready=("/api/v1/world",))
        with TestClient(app, base_url="http://127.0.0.1:8750") as client:
            # The second start has the map from the shelf, and makes its rows all the same.
            until = time.monotonic() + 60
            while not forces._HELD and time.monotonic() < until:
                time.sleep(0.02)
            says("Mali", "MLI", number)
            assert "MLI" in {each["iso3"] for each in client.get("/api/v1/world").json()["countries"]}
        assert made[0] is None
        assert all(rows is not None for rows in made[1:])
        assert made[1:]
