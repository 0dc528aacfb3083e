import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.extraction.status import find_statuses, status_at
from garrison.vocabulary import Span, Status

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


def status(text, words):
    start = text.index(words)
    return status_at(Span(start, start + len(words)), find_statuses(text))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It has 900 troops in Syria.", "troops", "fact"),
        ("It will send 900 troops to Syria.", "troops", "planned"),
        ("It plans to send 900 troops.", "troops", "planned"),
        ("The brigade is to move to Mali.", "brigade", "planned"),
        ("The base is to the north of Gao.", "base", "fact"),
        ("The president has ordered 900 troops to Syria.", "troops", "planned"),
        ("They agreed to pull back their guns.", "guns", "planned"),
        ("More guns could be sent there.", "guns", "possible"),
        ("It is considering a base at Bata.", "base", "possible"),
        ("If war comes, a brigade would go.", "brigade", "possible"),
        ("Jordan has asked Washington to station a battery there.", "battery", "possible"),
        ("He called for troops to leave Syria.", "troops", "possible"),
        ("There are no troops in Syria.", "troops", "denied"),
        ("It has not sent any tanks.", "tanks", "denied"),
        ("It denied that tanks had crossed.", "tanks", "denied"),
        ("Berlin ruled out sending soldiers.", "soldiers", "denied"),
        ("It won’t send soldiers.", "soldiers", "denied"),
        ("It will not send soldiers.", "soldiers", "denied"),
        ("No Polish troops will go.", "troops", "denied"),
        ("No fewer than 48 officers were there.", "officers", "fact"),
        ("Not only tanks but guns are there.", "tanks", "fact"),
        ("The army, which gave no date, has 40 tanks there.", "tanks", "fact"),
        ("In May 2021 it had 900 troops there.", "troops", "fact"),
        ("It may leave its tanks there.", "tanks", "possible"),
    ],
)
def test_the_words_of_a_clause_show_its_status(text, words, expected):
    assert status(text, words) == expected


def test_a_status_keeps_to_its_part_of_a_coordination():
    text = "X said it had 900 troops in Syria and could send 200 more."
    assert status(text, "900 troops") == Status.FACT
    assert status(text, "200 more") == Status.POSSIBLE


def test_a_status_reaches_over_coordinated_verbs():
    assert status("It will send 500 men and build a base.", "base") == Status.PLANNED


def test_a_relative_clause_has_a_status_of_its_own():
    text = "Poland will send 500 officers to the border, where 5,000 guards already serve."
    assert status(text, "500 officers") == Status.PLANNED
    assert status(text, "guards") == Status.FACT


def test_a_clause_goes_on_after_a_relative_clause():
    text = "The aircraft, which sees further than any radar, is to return home in November."
    assert status(text, "aircraft") == Status.PLANNED


def test_the_troops_stationed_there_are_there_whatever_is_planned():
    text = "The 2,000 troops stationed in Syria will leave."
    assert status(text, "stationed") == Status.FACT
    assert status(text, "troops") == Status.PLANNED


def test_denied_comes_before_possible_and_possible_before_planned():
    assert status("It denied that it would send tanks.", "tanks") == Status.DENIED
    assert status("It may agree to send tanks.", "tanks") == Status.POSSIBLE


@pytest.mark.parametrize("text", ["They arrived in May.", "On 5 May 900 troops left.", "May 5 saw 900 troops leave."])
def test_the_month_of_may_is_no_possibility(text):
    assert find_statuses(text) == ()


WORDS = [
    "will",
    "not",
    "no",
    "if",
    "which",
    ",",
    "and",
    "ordered",
    "to",
    "troops",
    "is",
    "May",
    "may",
    ".",
    "stationed",
]
WORDS += ["asked", "denied", "won't", "’", ";", "(", "as", "possible", "trying", "unless", "1,000", "they'll"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=50).map(" ".join) | st.text(max_size=120))
def test_any_text_has_statuses_within_its_bounds(text):
    for scope in find_statuses(text):
        assert 0 <= scope.scope.start <= scope.scope.end <= len(text)
        assert scope.cue.end <= len(text)


@pytest.mark.parametrize("unit", ["if ", "not ", "will which ", "and ", "ordered ", "(", "no, "])
def test_a_long_run_of_anything_is_survived(unit):
    text = unit * (60_000 // len(unit))
    assert all(scope.scope.end <= len(text) for scope in find_statuses(text))


@pytest.mark.parametrize(("file", "least"), [("train", 0.89), ("written", 0.93)])
def test_gold_statuses_are_found(file, least):
    if not GOLD.exists():
        pytest.skip("the annotated passages are not beside this checkout (../shared/gold)")
    right = []
    for row in map(json.loads, (GOLD / f"{file}.jsonl").open(encoding="utf-8")):
        scopes = find_statuses(row["text"])
        for claim in row["claims"]:
            quote = claim["quote"]
            figure = claim["quantity"]["text"] if claim["quantity"] else None
            at = next((quote.find(words) for words in (claim["asset_text"], figure) if words and words in quote), -1)
            start = row["text"].find(quote) + (at if at >= 0 else len(quote) // 2)
            right.append(status_at(Span(start, start + 1), scopes) == claim["status"])
    assert sum(right) / len(right) >= least
