"""What an embargo hides, and from where."""

from __future__ import annotations

import pytest

from garrison.ledger import Ledger
from garrison.ledger.days import day_text, today
from garrison.pipeline.notice_rules import News, Rule, Rules
from garrison.pipeline.noticing import Noticer
from garrison.vocabulary import Asset, Kind, Measure, Place, Status

API = "/api/v1"
KULOB = Place("Kulob", "TJK")
WHERE = Place("Tajikistan", "TJK")
RECENT, OLD = day_text(today() - 3), day_text(today() - 300)
SITE = "Russia keeps 40 tanks at Kulob"
WHOLE = "Russia keeps 7,000 troops in Tajikistan"
MOVE = "Russia sent 500 troops from Kulob to Tajikistan"


@pytest.fixture
def ledger_path(tmp_path, reading, claim):
    path = tmp_path / "embargo.db"
    with Ledger.open(path) as ledger:
        for number, day in enumerate((RECENT, OLD)):
            text = f"{SITE}. {WHOLE}. {MOVE}. Number {number}."
            claims = (
                claim(text, SITE, 40, asset=Asset.TANK, place=KULOB),
                claim(text, WHOLE, 7000 + number),
                claim(text, MOVE, 500, kind=Kind.DEPLOY, measure=Measure.CHANGE, origin=KULOB),
                claim(text, f"{SITE}. {WHOLE}", unit="201st military base", asset=Asset.UNIT, status=Status.PLANNED),
            )
            outlet, title = ("Recent News", "Old News")[number], f"Tanks at Kulob {number}"
            ledger.record(reading(text, *claims, published=day, outlet=outlet, title=title))
    return path


@pytest.fixture
def client(serving, ledger_path):
    return serving(ledger_path, embargo_days=30, edit=True)


def got(client, path, **query):
    answer = client.get(API + path, params=query)
    assert answer.status_code == 200, answer.text
    return answer


def test_without_an_embargo_everything_is_shown(serving, ledger_path):
    claims = got(serving(ledger_path), "/claims").json()["items"]
    assert len(claims) == 8


def test_recent_claims_about_sites_are_not_listed(client):
    claims = got(client, "/claims").json()["items"]
    assert {(each["published"], each["sentence"].split(": ")[1]) for each in claims if each["published"] == RECENT} == {
        (RECENT, "present (fact)"),
        (RECENT, "present (planned)"),
    }
    assert len([each for each in claims if each["published"] == OLD]) == 4


def test_words_and_titles_that_tell_of_a_hidden_claim_are_kept_back(client):
    for each in got(client, "/claims", since=RECENT).json()["items"]:
        assert each["title"] is None
        assert "Kulob" not in each["quote"]
        page = got(client, f"/claims/{each['id']}")
        passage = page.json()["passage"]
        assert (passage["before"], passage["after"]) == ("", "")


def test_a_row_rests_on_what_may_be_seen(client):
    world = got(client, "/world").json()
    (tanks,) = [each for each in world["forces"] if each["asset"] == "tank"]
    assert (tanks["claims"], tanks["last_cited"]) == (1, OLD)
    (people,) = [each for each in world["forces"] if each["asset"] == "personnel"]
    assert people["claims"] == 2
    assert [each for each in world["moves"] if each["day"] == RECENT] == []


def test_a_hidden_claim_cannot_be_asked_for_by_its_id(client, serving, ledger_path):
    everything = got(serving(ledger_path), "/claims").json()["items"]
    (hidden,) = [each for each in everything if each["published"] == RECENT and each["asset"] == "tank"]
    refused = client.get(f"{API}/claims/{hidden['id']}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "withheld")
    assert "30 days after they became known" in refused.json()["error"]["message"]
    told = refused.text.replace(hidden["id"][:12], "")  # letters and digits that hang on the day
    assert not any(word in told for word in ("Kulob", "tank", "40", RECENT, "Recent News"))
    # Whoever tries beginnings of ids is not told that there is one.
    assert client.get(f"{API}/claims/{hidden['id'][:12]}").status_code == 404
    assert client.get(f"{API}/claims/{'f' * 32}").status_code == 404
    document = got(client, f"/documents/{hidden['document']}").json()
    assert (document["text"], document["title"], document["whole"]) == (None, None, False)
    answer = client.post(
        f"{API}/review/judgements",
        json={"claim": hidden["id"], "verdict": "accept", "by": "me", "because": "seen"},
    )
    assert answer.status_code == 403


PATHS = [
    "/world",
    "/countries/TJK",
    "/actors/RUS",
    "/units",
    "/estimates",
    "/disputes",
    "/moves",
    "/claims",
    "/claims?order=relevance&q=Russia",
    "/days",
    "/documents",
    "/review/queue",
    "/download/claims.csv",
    "/download/claims.geojson",
    "/download/claims.json",
    "/download/claims.csl.json",
    "/download/claims.txt",
    "/download/rows.csv",
    "/download/rows.geojson",
    "/download/units.json",
    "/download/moves.csv",
    "/download/moves.csl.json",
    "/download/disputes.csv",
    "/download/disputes.txt",
]


@pytest.mark.parametrize("when", [{}, {"as_of": RECENT}, {"known": RECENT}, {"recorded": day_text(today())}])
def test_no_answer_tells_of_what_is_hidden(client, serving, ledger_path, when):
    shown = {each["id"] for each in got(client, "/claims").json()["items"]}
    everything = {each["id"] for each in got(serving(ledger_path), "/claims").json()["items"]}
    assert len(everything - shown) == 2
    for path in PATHS:
        query = "&".join(f"{name}={value}" for name, value in when.items())
        text = got(client, f"{path}{'&' if '?' in path else '?'}{query}").text
        assert not [id for id in everything - shown if id in text], path
        assert "Tanks at Kulob 0" not in text, path


def test_a_claim_is_shown_when_its_time_has_come(serving, ledger_path):
    claims = got(serving(ledger_path, embargo_days=2), "/claims").json()["items"]
    assert len(claims) == 8


def test_a_site_known_from_hidden_claims_alone_is_not_known(serving, tmp_path, reading, claim):
    path = tmp_path / "one.db"
    text = "Russia keeps 40 tanks at Camp Nowhere"
    with Ledger.open(path) as ledger:
        place = Place("Camp Nowhere", "TJK")
        ledger.record(reading(text, claim(text, text, 40, asset=Asset.TANK, place=place), published=RECENT))
    client = serving(path, embargo_days=30)
    assert client.get(API + "/countries/Camp Nowhere").status_code == 404
    assert client.get(API + "/claims?place=Camp Nowhere").status_code == 400
    assert got(client, "/suggest", q="camp").json()["items"] == []
    assert client.get(f"{API}/row", params={"id": "RUS/tank/TJK/Camp Nowhere"}).status_code == 404


def test_the_feed_of_news_does_not_tell_what_the_embargo_hides(serving, tmp_path, reading, claim):
    path = tmp_path / "news.db"
    with Ledger.open(path) as ledger:
        noticer = Noticer(ledger, Rules((Rule("units", News.NEW_ASSET), Rule("moves", News.UNIT_MOVED))))
        for day, place, number in ((OLD, KULOB, 40), (RECENT, Place("Kurgan-Tyube", "TJK"), 50), (RECENT, WHERE, 60)):
            text = f"Russia keeps {number} tanks of the 201st military base at {place.name}."
            said = claim(text, number=number, asset=Asset.TANK, place=place, unit="201st military base")
            ledger.record(reading(text, said, published=day, title=f"Tanks {number}"))
            noticer.news()
    told = serving(path).get("/feed.atom").text
    assert all(name in told for name in ("Kulob", "Kurgan-Tyube", "Tajikistan"))
    shown = serving(path, embargo_days=30).get("/feed.atom").text
    assert "Kulob" in shown
    # Neither its name nor its figure, title or quotation.
    assert not any(words in shown for words in ("Kurgan", "Tanks 50", "50 tanks"))
    assert "60 tanks" in shown
