"""``garrison judge`` and ``garrison redact``."""

import json

import pytest

WHO = ("--by", "R. Analyst", "--because", "read the page")


@pytest.fixture
def id(garrison, lines, passage):
    """The id of the one claim in the ledger."""
    garrison("record", lines(passage()))
    return json.loads(garrison("claims", "--format", "json").out)[0]["id"]


def claims(garrison):
    return json.loads(garrison("claims", "--format", "json").out)


def test_an_accepted_claim_is_checked_in_the_picture(garrison, id):
    assert garrison("judge", id[:12], "accept", *WHO).status == 0
    assert claims(garrison)[0]["checked"] is True
    assert "1 checked" in garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out


def test_a_rejected_claim_leaves_the_picture(garrison, id):
    garrison("judge", id, "reject", *WHO)
    assert "RUS/personnel/TJK" not in garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out


def test_a_rejected_claim_is_told_and_cited_as_rejected(garrison, id):
    garrison("judge", id, "reject", *WHO)
    assert "rejected by a person; no picture counts it" in garrison("why", id).out
    assert "Rejected by a person" in garrison("why", id, "--cite").out
    (item,) = json.loads(garrison("why", id, "--cite", "--format", "csl-json").out)
    assert "Rejected by a person" in item["note"]
    (told,) = json.loads(garrison("why", id, "--format", "json").out)["evidence"]
    assert told["set_aside"] == "rejected"


def test_a_corrected_field_is_what_the_picture_shows(garrison, id):
    assert garrison("judge", id, "correct", "quantity=about 6,500", *WHO).status == 0
    assert "about 6,500" in garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out


def test_a_judgement_is_withdrawn(garrison, id):
    garrison("judge", id, "reject", *WHO)
    assert garrison("judge", id, "withdraw", *WHO).status == 0
    assert len(claims(garrison)) == 1


def test_judgements_are_listed_with_who_and_why(garrison, id):
    garrison("judge", id, "reject", *WHO)
    (judgement,) = json.loads(garrison("judge", id, "--format", "json").out)
    assert (judgement["verdict"], judgement["by"], judgement["because"]) == ("reject", "R. Analyst", "read the page")
    assert "R. Analyst" in garrison("judge").out


def test_nothing_waiting_for_review_is_told(garrison, id):
    assert "no judgements wait for review" in garrison("judge", "--waiting").err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("accept",), "needs --by NAME and --because"),
        (("doubt", *WHO), "'doubt' is no verdict"),
        (("correct", *WHO), "FIELD=VALUE"),
        (("correct", "mood=grim", *WHO), "mood"),
        (("same-as", *WHO), "same-as CLAIM"),
        (("accept", "nonsense", *WHO), "takes nothing more"),
        (("withdraw", *WHO), "there is no judgement of claim"),
    ],
)
def test_a_judgement_that_lacks_something_is_wrong_usage(garrison, id, args, words):
    ran = garrison("judge", id, *args)
    assert ran.status == 2
    assert words in ran.err


def test_a_redacted_document_is_gone_and_its_stub_says_why(garrison, id):
    document = claims(garrison)[0]["document"]
    assert garrison("redact", document, "--because", "court order").status == 0
    assert claims(garrison) == []
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert entry["because"] == "court order"
    assert entry["title"] is None


def test_a_redacted_document_does_not_come_back(garrison, id, lines, passage):
    document = claims(garrison)[0]["document"]
    garrison("redact", document, "--because", "court order")
    ran = garrison("record", lines(passage()))
    assert "1 redacted before and left out" in ran.out
    assert claims(garrison) == []
