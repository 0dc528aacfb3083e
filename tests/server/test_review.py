"""Judging and adding claims over the API."""

from __future__ import annotations

from dataclasses import replace

import pytest

from garrison.extraction.registry import extractor_named
from garrison.ledger import Ledger
from garrison.pipeline import intake
from garrison.vocabulary import Asset, Place

API = "/api/v1"
QUOTE = "about 7,000 Russian troops are stationed in Tajikistan"
SIGNED = {"by": "R. Analyst", "because": "checked with the page"}


@pytest.fixture
def editor(serving, copied):
    return serving(copied, edit=True)


def found(client, words):
    (claim,) = client.get(f"{API}/claims", params={"q": words}).json()["items"]
    return claim


def judged(client, claim, verdict, **more):
    return client.post(f"{API}/review/judgements", json={"claim": claim["id"], "verdict": verdict, **SIGNED, **more})


def test_without_edit_there_is_no_review(reader):
    assert reader.get(f"{API}/review/queue").status_code == 404
    assert judged(reader, {"id": "f4717dc42b8e"}, "accept").status_code in (404, 405)


def test_an_accepted_claim_is_checked_everywhere_at_once(editor):
    claim = found(editor, QUOTE)
    before = editor.get(f"{API}/row", params={"id": claim["row"]}).json()["row"]["checked"]
    answer = judged(editor, claim, "accept")
    assert answer.status_code == 201, answer.text
    assert answer.json()["claim"]["checked"]
    assert editor.get(f"{API}/row", params={"id": claim["row"]}).json()["row"]["checked"] == before + 1


def test_a_rejected_claim_leaves_its_row_and_comes_back_when_that_is_withdrawn(editor):
    claim = found(editor, QUOTE)
    judgement = judged(editor, claim, "reject").json()["judgement"]
    ids = [each["id"] for each in editor.get(f"{API}/row", params={"id": claim["row"]}).json()["claims"]]
    assert claim["id"] not in ids
    answer = editor.post(f"{API}/review/judgements/{judgement['id']}/withdraw", json=SIGNED)
    assert answer.json()["judgement"]["withdrawn"]
    ids = [each["id"] for each in editor.get(f"{API}/row", params={"id": claim["row"]}).json()["claims"]]
    assert claim["id"] in ids


def test_a_corrected_claim_shows_what_was_read_before(editor):
    claim = found(editor, QUOTE)
    assert judged(editor, claim, "correct", field="quantity", value="about 7,100").status_code == 201
    page = editor.get(f"{API}/claims/{claim['id']}").json()
    assert (page["claim"]["quantity"]["words"], page["as_read"]["quantity"]["words"]) == ("about 7,100", "about 7,000")
    assert [each["field"] for each in page["reading"] if each["corrected"]] == ["quantity"]


@pytest.mark.parametrize(
    ("verdict", "more"),
    [
        ("correct", {}),
        ("correct", {"field": "quantity", "value": "a great many"}),
        ("correct", {"field": "rowid", "value": "1"}),
        ("same-as", {"same_as": "ffffffffffff"}),
        ("accept", {"because": "   "}),
        ("accept", {"field": "kind", "value": "present"}),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_and_changes_nothing(editor, verdict, more):
    claim, before = found(editor, QUOTE), editor.get(f"{API}/about").json()["changed"]
    answer = judged(editor, claim, verdict, **more)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")
    assert editor.get(f"{API}/about").json()["changed"] == before


def test_what_nobody_has_looked_at_waits_and_then_no_longer(editor):
    queue = editor.get(f"{API}/review/queue").json()
    first = queue["items"][0]
    assert first["passage"]["quote"] == first["claim"]["quote"]
    judged(editor, first["claim"], "accept")
    after = editor.get(f"{API}/review/queue").json()
    assert after["numbers"]["unchecked"] == queue["numbers"]["unchecked"] - 1
    assert first["claim"]["id"] not in [each["claim"]["id"] for each in after["items"]]


def test_the_queue_goes_on_where_it_was_while_claims_are_judged(editor):
    seen, cursor = [], None
    while True:
        page = editor.get(f"{API}/review/queue", params={"limit": 7, **({"cursor": cursor} if cursor else {})}).json()
        seen += [each["claim"]["id"] for each in page["items"]]
        judged(editor, page["items"][0]["claim"], "accept")
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == editor.get(f"{API}/about").json()["counts"]["claims"]


def test_a_second_opinion_is_asked_of_others(editor):
    claim = found(editor, QUOTE)
    judged(editor, claim, "accept")
    mine = editor.get(f"{API}/review/queue", params={"of": "second", "by": "R. Analyst"}).json()
    others = editor.get(f"{API}/review/queue", params={"of": "second", "by": "S. Editor"}).json()
    assert mine["items"] == []
    assert [each["claim"]["id"] for each in others["items"]] == [claim["id"]]
    judged(editor, claim, "accept", by="S. Editor")
    assert editor.get(f"{API}/review/queue", params={"of": "second", "by": "T. Third"}).json()["items"] == []


@pytest.mark.parametrize("taken", [1, 2])
def test_judgements_go_on_where_they_were_while_they_are_worked_through(editor, taken):
    claims = editor.get(f"{API}/claims", params={"limit": 9}).json()["items"]
    for claim in claims:
        judged(editor, claim, "accept")
    asked = {"of": "second", "by": "S. Editor", "limit": 4}
    seen, cursor = [], None
    while True:
        page = editor.get(f"{API}/review/queue", params={**asked, **({"cursor": cursor} if cursor else {})}).json()
        seen += [each["claim"]["id"] for each in page["items"]]
        for each in page["items"][:taken]:
            judged(editor, each["claim"], "accept", by="S. Editor")
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [each["id"] for each in claims], "none twice, none left out, oldest judgement first"
    assert editor.get(f"{API}/review/queue", params=asked).json()["numbers"]["second"] == 9 - 3 * taken + (taken > 1)


def test_claims_read_too_unsurely_have_a_queue_of_their_own(editor, copied, claim, reading):
    with Ledger.open(copied) as ledger:
        text = "Russia keeps 300 tanks in Mali."
        made = claim(text, number=300, place=Place("Mali", "MLI"), asset=Asset.TANK, confidence=0.4)
        ledger.record(replace(reading(text, made), sure=0.6))
    queue = editor.get(f"{API}/review/queue", params={"of": "unsure"}).json()
    assert [each["claim"]["quote"] for each in queue["items"]] == [text]
    assert queue["numbers"]["unsure"] == 1
    assert queue["items"][0]["claim"]["id"] in {
        each["claim"]["id"]
        for each in editor.get(f"{API}/review/queue", params={"place": "Mali", "limit": 200}).json()["items"]
    }, "nobody has looked at it either"
    found = editor.get(f"{API}/claims", params={"unsure": "true"}).json()
    assert ([each["quote"] for each in found["items"]], found["number"]) == ([text], 1)
    counted = editor.get(f"{API}/claims", params={"unsure": "false", "limit": 200}).json()
    assert text not in [each["quote"] for each in counted["items"]]
    assert editor.get(f"{API}/countries/MLI").json()["left_out"] == {"unsure": 1}
    judged(editor, queue["items"][0]["claim"], "accept")
    assert editor.get(f"{API}/review/queue", params={"of": "unsure"}).json()["numbers"]["unsure"] == 0
    assert editor.get(f"{API}/countries/MLI").json()["left_out"] == {}


MISSED = "The Oxus Herald regrets the error."
FIELDS = {
    "kind": "present",
    "status": "fact",
    "asset": "helicopter",
    "measure": "level",
    "actor": "Russia",
    "quantity": "at least 12",
    "place": "Dushanbe",
}


def missed(editor):
    claim = found(editor, QUOTE)
    text = editor.get(f"{API}/documents/{claim['document']}").json()["text"]
    start = text.index(MISSED)
    return {
        "document": claim["document"],
        "start": start,
        "end": start + len(MISSED),
        "fields": FIELDS,
        **SIGNED,
    }


def test_a_missed_claim_is_added_by_its_words(editor):
    answer = editor.post(f"{API}/review/claims", json=missed(editor))
    assert answer.status_code == 201, answer.text
    claim = answer.json()["claim"]
    assert (claim["quote"], claim["extractor"], claim["checked"]) == (MISSED, "added by R. Analyst", True)
    assert (claim["place"]["iso3"], claim["place"]["shape"], claim["row"]) == (
        "TJK",
        "point",
        "RUS/helicopter/TJK/dushanbe",
    )
    row = editor.get(f"{API}/row", params={"id": claim["row"]}).json()
    assert [each["id"] for each in row["claims"]] == [claim["id"]]
    again = editor.post(f"{API}/review/claims", json=missed(editor))
    assert again.status_code == 400


def test_reading_the_same_again_keeps_an_added_claim(editor, copied, dispatches):
    claim = editor.post(f"{API}/review/claims", json=missed(editor)).json()["claim"]
    with Ledger.open(copied) as ledger:
        assert intake.read(ledger, [str(dispatches)], extractor=extractor_named("grammar")).unchanged == 18
    assert found(editor, MISSED)["id"] == claim["id"]


class Newer:
    """The grammar under another version, as if it had been changed."""

    name, version, sure = "grammar", "999", 0.0

    def claims(self, document):
        return extractor_named("grammar").claims(document)


def test_a_newer_reading_takes_an_added_claim_over(editor, copied, dispatches):
    claim = editor.post(f"{API}/review/claims", json=missed(editor)).json()["claim"]
    with Ledger.open(copied) as ledger:
        assert intake.read(ledger, [str(dispatches)], extractor=Newer()).new == 18
    there = found(editor, MISSED)
    assert (there["id"], there["extractor"], there["checked"]) == (claim["id"], "added by R. Analyst", True)
    assert found(editor, QUOTE)["extractor"] == "grammar 999"


@pytest.mark.parametrize(
    "change",
    [
        {"start": 0, "end": 10_000_000},
        {"start": 50, "end": 50},
        {"document": "0000000000"},
        {"fields": {**FIELDS, "quantity": "lots"}},
        {"by": " "},
    ],
)
def test_a_claim_that_cannot_be_is_not_added(editor, change):
    before = editor.get(f"{API}/about").json()["changed"]
    answer = editor.post(f"{API}/review/claims", json={**missed(editor), **change})
    assert answer.status_code == 400, answer.text
    assert editor.get(f"{API}/about").json()["changed"] == before


def test_the_words_selected_are_read_for_a_start(editor):
    claim = found(editor, QUOTE)
    start, end = claim["span"]
    where = {"document": claim["document"], "start": start, "end": end}
    draft = editor.get(f"{API}/review/parse", params=where).json()
    assert (draft["actor"], draft["quantity"], draft["asset"]) == ("Russia", "about 7,000", "personnel")
    nothing = editor.get(f"{API}/review/parse", params={**where, "start": 0, "end": 10}).json()
    assert set(nothing.values()) == {None}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_cannot_judge(editor, headers):
    claim = found(editor, QUOTE)
    body = {"claim": claim["id"], "verdict": "reject", **SIGNED}
    answer = editor.post(f"{API}/review/judgements", json=body, headers=headers)
    assert answer.status_code == 403
    assert found(editor, QUOTE)["id"] == claim["id"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(editor, kind):
    answer = editor.post(f"{API}/review/judgements", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


def test_what_is_too_large_is_not_taken(editor):
    answer = editor.post(
        f"{API}/review/judgements", content=b"{" + b" " * 2_000_000, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


def test_a_claim_that_repeats_another_says_so_and_one_that_was_rejected_too(editor):
    claim = found(editor, QUOTE)
    alike = editor.get(f"{API}/review/alike", params={"claim": claim["id"], "limit": 3}).json()["items"]
    assert 0 < len(alike) <= 3
    assert claim["id"] not in [each["id"] for each in alike]
    assert {(each["actor"]["id"], each["place"]["iso3"]) for each in alike[:1]} == {("RUS", "TJK")}
    assert editor.get(f"{API}/claims/{claim['id']}").json()["set_aside"] is None
    judgement = judged(editor, claim, "same-as", same_as=alike[0]["id"]).json()["judgement"]
    page = editor.get(f"{API}/claims/{claim['id']}").json()
    assert (page["set_aside"], page["judgements"][-1]["same_as"]) == ("same as", alike[0]["id"])
    editor.post(f"{API}/review/judgements/{judgement['id']}/withdraw", json=SIGNED)
    assert editor.get(f"{API}/claims/{claim['id']}").json()["set_aside"] is None
    judged(editor, claim, "reject")
    page = editor.get(f"{API}/claims/{claim['id']}").json()
    assert page["set_aside"] == "rejected"
    assert page["footnote"].endswith("Rejected by a person; no picture counts it.")
    assert page["csl"]["note"].endswith("Rejected by a person; no picture counts it.")
    assert editor.get(f"{API}/review/alike", params={"claim": "ffffffffffff"}).status_code == 400


class Otherwise:
    """The grammar as if changed: it reads one claim by other words, and another claim no more."""

    name, version, sure = "grammar", "999", 0.0

    def __init__(self, changed, gone):
        self.changed, self.gone = changed, gone

    def claims(self, document):
        return tuple(
            replace(each, asset_text="Russian troops") if each.quote == self.changed["quote"] else each
            for each in extractor_named("grammar").claims(document)
            if each.quote != self.gone["quote"]
        )


def test_a_judgement_carried_over_is_looked_at_once_and_one_that_waits_can_be_taken_back(editor, copied, dispatches):
    changed = found(editor, QUOTE)
    gone = next(
        each
        for each in editor.get(f"{API}/claims", params={"limit": 100}).json()["items"]
        if each["document"] != changed["document"] and each["quantity"] and each["part"] == "text"
    )
    kept, waiting = (judged(editor, each, "accept").json()["judgement"] for each in (changed, gone))
    with Ledger.open(copied) as ledger:
        assert intake.read(ledger, [str(dispatches)], extractor=Otherwise(changed, gone)).new == 18

    def queue(of):
        answer = editor.get(f"{API}/review/queue", params={"of": of}).json()
        assert len(answer["items"]) == answer["numbers"][of]
        return answer["items"]

    (carried,) = queue("carried")
    assert carried["judgement"]["id"] == kept["id"]
    assert carried["claim"]["id"] != changed["id"]
    judged(editor, carried["claim"], "accept")
    assert queue("carried") == []
    (left,) = queue("waiting")
    assert left["judgement"]["id"] == waiting["id"]
    editor.post(f"{API}/review/judgements/{waiting['id']}/withdraw", json=SIGNED)
    assert queue("waiting") == []
