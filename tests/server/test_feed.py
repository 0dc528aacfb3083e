"""The feed of news at ``/feed.atom``."""

from xml.etree import ElementTree

from garrison.ledger import Ledger
from garrison.pipeline.notice_rules import News, Rule, Rules
from garrison.pipeline.noticing import Noticer

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(answer):
    return [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")]


def test_what_rules_found_is_in_the_feed_as_soon_as_it_is_found(copied, serving, claim, reading):
    client = serving(copied)
    answer = client.get("/feed.atom")
    assert (answer.status_code, titles(answer)) == (200, [])
    assert answer.headers["content-type"].startswith("application/atom+xml")
    with Ledger.open(copied) as ledger:
        noticer = Noticer(ledger, Rules((Rule("all", News.FIRST_CLAIM),)))
        text = "Russia keeps 40 troops in Fiji."
        from garrison.vocabulary import Place

        ledger.record(reading(text, claim(text, number=40, place=Place("Fiji", "FJI"))))
        noticer.news()
    assert titles(client.get("/feed.atom")) == ["Russia: first claim in Fiji"]
    with Ledger.open(copied) as ledger:
        (cited,) = [each for each in ledger.claims() if each.place and each.place.iso3 == "FJI"]
        ledger.redact(cited.document, because="a court said so")
    assert titles(client.get("/feed.atom")) == []
