"""Missions: whom a force serves with where the words name it after the place, and that it is where it was sent."""

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.extraction.grammar.marking import AT_WORK
from garrison.vocabulary import Asset, Document, Kind

SERVING = [
    ("Togo has about 200 police deployed to Mali under MINUSMA.", "MINUSMA"),
    ("French forces deployed to the Sahel under Operation Barkhane will be reduced.", "Operation Barkhane"),
    (
        "The troops were on deployment in Banki, a border town, as part of Operation Lafiya Dole.",
        "Operation Lafiya Dole",
    ),
    (
        "Danish soldiers are stationed at al-Asad air base as part of Operation Inherent Resolve.",
        "Operation Inherent Resolve",
    ),
    ("Austria contributes about 300 soldiers to KFOR in Kosovo.", "KFOR"),
    ("India keeps 2,400 troops in South Sudan with UNMISS.", "UNMISS"),
    ("Germany has 1,100 soldiers in Mali, serving in MINUSMA.", "MINUSMA"),
]
NOT_SERVING = [
    "Soldiers arrived in Mali, which MINUSMA had left.",
    "Troops were sent to Gao after MINUSMA closed its camp.",
    "Troops reached Gao, the town where MINUSMA had its camp.",
]


def people(text):
    return [
        each.claim for each in drafts(Document(text)) if each.claim.asset is Asset.PERSONNEL and each.claim.asset_text
    ]


@pytest.mark.parametrize(("text", "unit"), SERVING)
def test_a_force_serves_with_the_mission_named_after_its_place(text, unit):
    assert {claim.unit for claim in people(text)} == {unit}


@pytest.mark.parametrize("text", NOT_SERVING)
def test_a_mission_of_another_clause_is_not_whom_a_force_serves_with(text):
    assert {claim.unit for claim in people(text)} == {None}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Togo has about 200 police deployed to Mali.", Kind.PRESENT),
        ("Poland had 230 soldiers deployed to Iraq at the time.", Kind.PRESENT),
        ("Denmark, with 150 soldiers already deployed to Mali, is content.", Kind.PRESENT),
        ("Togo has deployed 200 police to Mali.", Kind.DEPLOY),
        ("Canada plans to have a brigade deployed to Latvia by 2026.", Kind.DEPLOY),
    ],
)
def test_who_has_a_force_deployed_somewhere_has_it_there(text, kind):
    assert {claim.kind for claim in (each.claim for each in drafts(Document(text))) if claim.asset_text} == {kind}


AT_WORK_IN = [
    ("The UN Peacekeeping Force in Cyprus (UNFICYP) has been deployed in Cyprus since 1964.", "Cyprus"),
    ("The UN Mission in South Sudan (UNMISS) has operated in the country since 2011.", "South Sudan"),
    ("Aid came; the UN Stabilization Mission in Mali (MINUSMA) has operated in the country since 2013.", "Mali"),
    ("The NATO-led Kosovo Force (KFOR) has operated in the country as a peace force since 1999.", "Kosovo"),
    ("MONUSCO has operated in the eastern DRC since 1999.", "the eastern DRC"),
]


@pytest.mark.parametrize(("text", "place"), AT_WORK_IN)
def test_a_mission_is_at_work_where_it_has_operated(text, place):
    found = [each.claim for each in drafts(Document(text)) if AT_WORK in each.marks]
    assert {claim.place and claim.place.name for claim in found} == {place}
    assert {claim.kind for claim in found} == {Kind.PRESENT}
    assert all(claim.quote.count("(") == claim.quote.count(")") for claim in found)


@pytest.mark.parametrize(
    "text",
    [
        "An ISAF patrol detained two insurgents in the district.",
        "The mission in Mali was active in the talks.",
        "KFOR said that soldiers had been deployed.",
    ],
)
def test_a_mission_that_only_does_something_is_not_at_work_there(text):
    assert not [each for each in drafts(Document(text)) if AT_WORK in each.marks]
