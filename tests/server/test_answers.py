"""Answers as they travel: tags, compression, pages of a list, and what is done with hostile requests."""

from __future__ import annotations

import asyncio
import gzip
from urllib.parse import quote

import pytest

from garrison.ledger import Ledger
from garrison.vocabulary import Asset, Kind, Measure, Status

API = "/api/v1"


def test_an_answer_that_is_known_already_is_not_sent_again(reader):
    first = reader.get(f"{API}/world")
    again = reader.get(f"{API}/world", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.get(f"{API}/world", headers={"if-none-match": f'W/{first.headers["etag"]}, "x"'}).status_code == 304
    assert reader.get(f"{API}/world", headers={"if-none-match": '"x"'}).status_code == 200


def test_an_answer_changes_with_the_ledger(serving, copied, reading, claim):
    client = serving(copied)
    before = client.get(f"{API}/world")
    text = "France keeps 300 troops in Chad."
    with Ledger.open(copied) as ledger:
        ledger.record(reading(text, claim(text, text[:-1], 300)))
    after = client.get(f"{API}/world", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert len(after.json()["forces"]) >= len(before.json()["forces"])


def test_answers_are_compressed_for_those_who_take_it(reader):
    with reader.stream("GET", f"{API}/world", headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = reader.get(f"{API}/world", headers={"accept-encoding": "identity"})
    assert gzip.decompress(packed) == plain.content
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in reader.get(f"{API}/world", headers={"accept-encoding": "gzip;q=0"}).headers


def test_a_head_tells_the_length_without_the_answer(reader):
    answer = reader.head(f"{API}/world", headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(reader.get(f"{API}/world").content)


def pages(client, **query):
    cursor, seen = None, []
    while True:
        page = client.get(f"{API}/claims", params={**query, **({"cursor": cursor} if cursor else {})}).json()
        seen.append([each["id"] for each in page["items"]])
        cursor = page["next"]
        if cursor is None:
            return seen


@pytest.mark.parametrize("query", [{}, {"q": "troops", "order": "relevance"}, {"kind": "present"}, {"actor": "Russia"}])
def test_pages_together_are_the_whole_list(reader, query):
    whole = [each["id"] for each in reader.get(f"{API}/claims", params={**query, "limit": 200}).json()["items"]]
    split = pages(reader, **query, limit=3)
    assert [each for page in split for each in page] == whole
    assert all(len(page) <= 3 for page in split)


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_pages_stay_while_claims_are_recorded(serving, copied, reading, claim, order):
    client = serving(copied)
    query = {"q": "troops", "order": order, "limit": 4}
    whole = [each for page in pages(client, **query) for each in page]
    first = client.get(f"{API}/claims", params=query).json()
    for number, day in enumerate(("2030-01-01", "2021-07-09", "2001-01-01")):
        text = f"Russia has {number + 1}00 troops in Tajikistan."
        with Ledger.open(copied) as ledger:
            ledger.record(reading(text, claim(text, text[:-1], 100), published=day, outlet=f"Outlet {number}"))
    seen, cursor = [each["id"] for each in first["items"]], first["next"]
    while cursor:
        page = client.get(f"{API}/claims", params={**query, "cursor": cursor}).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
    assert seen == whole
    assert len([each for page in pages(client, **query) for each in page]) == len(whole) + 3


def listed(client, path, **query):
    """The items of a list that comes two at a time, and what is done between its pages."""
    between = query.pop("between", lambda: None)
    found, cursor = [], None
    while True:
        page = client.get(f"{API}{path}", params={"limit": 1, **query, **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found
        between()


def test_pages_of_moves_stay_while_claims_are_recorded(serving, copied, reading, claim):
    client = serving(copied)
    whole = [each["claim"]["id"] for each in client.get(f"{API}/moves").json()["items"]]
    days = iter(("2021-07-09", "2001-01-01", "2026-01-01", "2021-07-08"))

    def recorded():
        day = next(days, None)
        if day is None:
            return
        text = f"Russia will send {day[5:7]}00 troops to Tajikistan, it was said on {day}."
        said = claim(text, text[:-1], 700, kind=Kind.DEPLOY, status=Status.PLANNED, measure=Measure.CHANGE)
        with Ledger.open(copied) as ledger:
            ledger.record(reading(text, said, published=day, outlet=f"Outlet {day}"))

    assert len(whole) > 3
    assert [each["claim"]["id"] for each in listed(client, "/moves", between=recorded)] == whole
    assert len(listed(client, "/moves")) == len(whole) + len(whole) - 1


def test_pages_of_units_stay_while_claims_are_recorded(serving, copied, reading, claim):
    client = serving(copied)
    whole = [each["unit"] for each in client.get(f"{API}/units").json()["items"]]

    def recorded():
        with Ledger.open(copied) as ledger:
            for unit in ("1st Guards Brigade", "999th Regiment"):
                text = f"The {unit} is stationed in Dushanbe."
                ledger.record(
                    reading(text, claim(text, text[:-1], asset=Asset.UNIT, unit=unit), published="2021-07-01")
                )

    assert len(whole) > 1
    assert [each["unit"] for each in listed(client, "/units", between=recorded)] == whole
    assert {"1st Guards Brigade", "999th Regiment"} < {each["unit"] for each in listed(client, "/units")}


@pytest.mark.parametrize("path", ["/moves", "/units"])
def test_a_cursor_of_a_list_belongs_to_its_times(reader, path):
    cursor = reader.get(f"{API}{path}", params={"limit": 1}).json()["next"]
    assert reader.get(f"{API}{path}", params={"cursor": cursor, "as_of": "2021-07-09"}).status_code == 400
    assert reader.get(f"{API}{path}", params={"cursor": cursor, "actor": "Russia"}).status_code == 400


def test_a_cursor_belongs_to_its_question(reader):
    cursor = reader.get(f"{API}/claims", params={"limit": 2}).json()["next"]
    for query in ({"cursor": cursor, "actor": "Russia"}, {"cursor": cursor + "x"}, {"cursor": "!!"}, {"cursor": "W10"}):
        answer = reader.get(f"{API}/claims", params=query)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_documents_come_in_pages_too(reader):
    seen, cursor = [], None
    while True:
        page = reader.get(f"{API}/documents", params={"limit": 5, **({"cursor": cursor} if cursor else {})}).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 18


HOSTILE = [
    "' OR 1=1 --",
    '"; DROP TABLE claim; --',
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "\x00",
    "\n\r",
    "*",
    '"',
    '""',
    "NEAR(",
    "a AND",
    "quote: x",
    "%",
    "_",
    "\\",
    "\u202e\ufffd\U0001f600",
    "<script>alert(1)</script>",
    "x" * 199,
    "x" * 5000,
    "RUS/personnel/TJK/" + "a/" * 50,
    "::::",
    "/////",
    "-1",
    "1e999",
    "9" * 30,
]
ASKED = [
    ("/claims", ("q", "actor", "unit", "place", "outlet", "document", "cursor", "since", "known", "recorded", "limit")),
    ("/world", ("actor", "as_of", "known", "recorded", "asset")),
    ("/countries/TJK", ("unit", "as_of", "known")),
    ("/units", ("q", "place", "actor")),
    ("/units/one", ("name",)),
    ("/estimates", ("place", "actor", "as_of")),
    ("/row", ("id", "as_of", "limit")),
    ("/row/series", ("id", "from", "to", "step")),
    ("/documents", ("outlet", "words", "cursor")),
    ("/disputes", ("place",)),
    ("/moves", ("place", "state", "cursor")),
    ("/days", ("place", "actor")),
    ("/suggest", ("q",)),
    ("/download/claims.csv", ("q", "row", "document")),
    ("/download/rows.geojson", ("place", "as_of")),
]


@pytest.mark.parametrize("path", [path for path, _ in ASKED])
def test_hostile_words_are_looked_for_or_refused(reader, path):
    known = reader.get(f"{API}/about").json()["counts"]["claims"]
    assert known > 20
    for turn, name in enumerate(dict(ASKED)[path]):
        # Every word is tried on the search, on the other paths each name has its share of them.
        for words in HOSTILE if path == "/claims" else HOSTILE[turn % 4 :: 4]:
            answer = reader.get(API + path, params={name: words})
            assert answer.status_code in (200, 400, 404, 413), (name, words, answer.text)
            if answer.status_code != 200:
                assert set(answer.json()["error"]) == {"code", "message", "hint"}
    assert reader.get(f"{API}/about").json()["counts"]["claims"] == known


@pytest.mark.parametrize(
    "path", ["/countries/", "/actors/", "/claims/", "/documents/", "/download/", "/../", "/review/"]
)
def test_hostile_paths_are_looked_up_or_refused(reader, path):
    for words in HOSTILE:
        answer = reader.get(API + path + quote(words, safe=""))
        assert answer.status_code in (200, 400, 404, 405, 413), (words, answer.status_code, answer.text)


@pytest.mark.parametrize("words", ["yesterday", "2021-13", "2021-02-30", "-2021", "99999", "2021-07-15T99:00"])
@pytest.mark.parametrize("name", ["as_of", "known"])
def test_a_date_that_is_none_is_told(reader, name, words):
    answer = reader.get(f"{API}/countries/TJK", params={name: words})
    assert answer.status_code == 400
    assert "2021-07-15" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["countries/Atlantis", "countries/XX", "actors/Atlantis", "units/one?name=Atlantis"])
def test_what_nobody_knows_is_told_in_words(reader, path):
    answer = reader.get(f"{API}/{path}")
    assert answer.status_code == 404
    assert path[-2:] in answer.json()["error"]["message"]
    assert reader.get(f"{API}/claims", params={"place": "Atlantis"}).status_code == 400, "a filter that is none"


@pytest.mark.parametrize("path", ["countries/FJI", "actors/Fiji", "actors/Hezbollah"])
def test_who_is_known_and_nowhere_mentioned_has_an_empty_page(reader, path):
    answer = reader.get(f"{API}/{path}")
    assert answer.status_code == 200
    assert answer.json()["forces"] == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_change_nothing(reader, method):
    answer = reader.request(method, f"{API}/world", headers={"content-type": "application/json"})
    assert answer.status_code in (403, 404, 405, 415)


@pytest.fixture
def built(tmp_path):
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Garrison</title>")
    (page / "assets" / "main-0123.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    return page


def test_the_built_page_answers_for_every_address_of_its_own(serving, examples, built):
    client = serving(examples, page=built)
    for path in ("/", "/countries/TJK", "/row?id=x"):
        answer = client.get(path)
        assert "<title>Garrison" in answer.text
        assert answer.headers["cache-control"] == "no-cache"
    script = client.get("/assets/main-0123.js")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert client.get("/assets/nothing.js").status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt", "//etc/passwd"]
)
def test_files_outside_the_page_are_not_served(serving, examples, built, path):
    answer = serving(examples, page=built).get(f"http://127.0.0.1:8750{path}")
    assert "secret" not in answer.text and "root:" not in answer.text


def test_what_everyone_asks_for_is_ready_before_anyone_asks(awaited):
    from garrison.server.keeping import Keeper

    asked = []

    async def app(scope, receive, send):
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def nothing():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ready():
        keeper = Keeper(app, lambda: (1,), ("/api/v1/world", "/api/v1/days"))
        making = asyncio.create_task(keeper._make_ready(None))
        while len(asked) < 2:
            await asyncio.sleep(0)
        making.cancel()
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/api/v1/world", "query_string": b"", "headers": []}
        await keeper(scope, nothing, send)
        return sent[0]["status"]

    assert awaited(ready()) == 200
    assert asked == ["/api/v1/world", "/api/v1/days"]


def test_readers_who_ask_the_same_at_once_are_answered_by_one_making(awaited):
    from garrison.server.keeping import Keeper

    made = 0

    async def app(scope, receive, send):
        nonlocal made
        made += 1
        await asyncio.sleep(0.01)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def ask(keeper):
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/api/v1/world", "query_string": b"", "headers": []}
        await keeper(scope, None, send)
        return sent[-1]["body"]

    async def eight():
        keeper = Keeper(app, lambda: (1,))
        return await asyncio.gather(*(ask(keeper) for _ in range(8)))

    assert awaited(eight()) == [b"{}"] * 8
    assert made == 1
