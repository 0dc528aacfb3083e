"""What a force does and what is done with it, in every tense: the plainest sentences are read, with kind and status."""

import pytest

from garrison.extraction.grammar.extractor import GrammarExtractor, drafts
from garrison.vocabulary import Document, Kind, Measure, Status

SUBJECT = {
    "withdraw": ("withdrew", "withdrawn", "from", Kind.WITHDRAW),
    "leave": ("left", "left", "", Kind.WITHDRAW),
    "pull out": ("pulled out", "pulled out", "of", Kind.WITHDRAW),
    "retreat": ("retreated", "retreated", "from", Kind.WITHDRAW),
    "be withdrawn": ("were withdrawn", "been withdrawn", "from", Kind.WITHDRAW),
    "arrive": ("arrived", "arrived", "in", Kind.DEPLOY),
    "enter": ("entered", "entered", "", Kind.DEPLOY),
    "fly": ("flew", "flown", "to", Kind.DEPLOY),
    "move": ("moved", "moved", "into", Kind.DEPLOY),
    "advance": ("advanced", "advanced", "into", Kind.DEPLOY),
    "take up positions": ("took up positions", "taken up positions", "in", Kind.DEPLOY),
    "be sent": ("were sent", "been sent", "to", Kind.DEPLOY),
    "be": ("were", "been", "in", Kind.PRESENT),
    "remain": ("remained", "remained", "in", Kind.PRESENT),
    "dig in": ("dug in", "dug in", "in", Kind.PRESENT),
    "be stationed": ("were stationed", "been stationed", "in", Kind.PRESENT),
}
OBJECT = {
    "send": ("sent", "sent", "to", Kind.DEPLOY),
    "dispatch": ("dispatched", "dispatched", "to", Kind.DEPLOY),
    "fly": ("flew", "flown", "to", Kind.DEPLOY),
    "rotate": ("rotated", "rotated", "into", Kind.DEPLOY),
    "withdraw": ("withdrew", "withdrawn", "from", Kind.WITHDRAW),
    "remove": ("removed", "removed", "from", Kind.WITHDRAW),
    "recall": ("recalled", "recalled", "from", Kind.WITHDRAW),
    "keep": ("kept", "kept", "in", Kind.PRESENT),
    "leave": ("left", "left", "in", Kind.PRESENT),
}
TENSES = {
    "{past}": Status.FACT,
    "have {part}": Status.FACT,
    "had {part}": Status.FACT,
    "will {verb}": Status.PLANNED,
    "plan to {verb}": Status.PLANNED,
    "may {verb}": Status.POSSIBLE,
    "have not {part}": Status.DENIED,
}


def readings(text):
    return [draft.claim for draft in drafts(Document(text, published="2024-01-10"))]


@pytest.mark.parametrize("tense", TENSES)
@pytest.mark.parametrize("verb", SUBJECT)
def test_what_a_force_does(verb, tense):
    past, part, preposition, kind = SUBJECT[verb]
    said = tense.format(verb=verb, past=past, part=part)
    text = f"US troops {said} {preposition} Iraq.".replace("  ", " ")
    [found] = [claim for claim in readings(text) if claim.asset_text == "troops" and claim.kind is kind][:1]
    assert (found.status, found.actor.iso3, found.place.iso3) == (TENSES[tense], "USA", "IRQ")


@pytest.mark.parametrize("tense", TENSES)
@pytest.mark.parametrize("verb", OBJECT)
def test_what_is_done_with_a_force(verb, tense):
    past, part, preposition, kind = OBJECT[verb]
    said = tense.replace("have", "has").replace("plan ", "plans ").format(verb=verb, past=past, part=part)
    numbered = [c for c in readings(f"The United States {said} 300 soldiers {preposition} Iraq.") if c.quantity]
    [found] = numbered
    assert (found.kind, found.status) == (kind, TENSES[tense])
    assert (found.actor.iso3, found.place.iso3, found.quantity.low) == ("USA", "IRQ", 300)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The United States has brought 300 soldiers home from Iraq.", Kind.WITHDRAW, Status.FACT),
        ("There are no US soldiers in Iraq.", Kind.PRESENT, Status.DENIED),
        ("The US has no troops in Iraq.", Kind.PRESENT, Status.DENIED),
        ("US soldiers are going to Iraq.", Kind.DEPLOY, Status.FACT),
        ("US soldiers have begun to withdraw from Iraq.", Kind.WITHDRAW, Status.FACT),
        ("France has armed drones in Iraq.", Kind.PRESENT, Status.FACT),
        ("Nearly 2,000 members of the National Guard have been sent to Iraq.", Kind.DEPLOY, Status.FACT),
    ],
)
def test_what_is_said_otherwise(text, kind, status):
    assert (kind, status, "IRQ") in {(c.kind, c.status, c.place and c.place.iso3) for c in readings(text)}


@pytest.mark.parametrize(
    ("text", "kind", "status", "actor", "place"),
    [
        ("Hezbollah is still in Aleppo.", Kind.PRESENT, Status.FACT, "Hezbollah", "Aleppo"),
        ("Hezbollah may still be in Aleppo.", Kind.PRESENT, Status.POSSIBLE, "Hezbollah", "Aleppo"),
        ("The Taliban will be sent to Herat.", Kind.DEPLOY, Status.PLANNED, "Taliban", "Herat"),
        ("The Taliban was driven out of Herat.", Kind.WITHDRAW, Status.FACT, "Taliban", "Herat"),
        ("Boko Haram fled Goma in March 2019.", Kind.WITHDRAW, Status.FACT, "Boko Haram", "Goma"),
    ],
)
def test_what_a_group_does_under_its_bare_name(text, kind, status, actor, place):
    assert (kind, status, actor, place) in {
        (c.kind, c.status, c.actor and c.actor.name, c.place and c.place.name) for c in readings(text)
    }


def test_a_guest_s_force_is_not_the_host_s():
    [claim] = GrammarExtractor().claims(Document("Estonia hosts 300 soldiers from Poland."))
    assert (claim.kind, claim.actor.iso3, claim.place.iso3) == (Kind.PRESENT, "POL", "EST")


def test_a_place_at_the_end_of_a_subject_is_where_the_force_leaves():
    [claim] = GrammarExtractor().claims(Document("The withdrawal of Kenyan forces from Somalia worried the region."))
    assert (claim.kind, claim.actor.iso3, claim.place.iso3) == (Kind.WITHDRAW, "KEN", "SOM")


@pytest.mark.parametrize("joint", [", which is", " that is", ", which was"])
def test_a_relative_clause_says_what_its_force_does(joint):
    text = f"They belong to the 4th Motor Rifle Division{joint} headquartered in Aleppo."
    [claim] = GrammarExtractor().claims(Document(text))
    assert (claim.kind, claim.unit, claim.place.name) == (Kind.PRESENT, "4th Motor Rifle Division", "Aleppo")


def test_who_works_out_of_a_base_is_there():
    [claim] = readings("British Reaper drones operate out of Kandahar.")
    assert (claim.kind, claim.asset.value, claim.place.name) == (Kind.PRESENT, "uav", "Kandahar")


def test_what_crosses_a_border_is_behind_it():
    [claim] = GrammarExtractor().claims(Document("A convoy of Turkish soldiers crossed the border into Idlib."))
    assert (claim.kind, claim.place.name) == (Kind.DEPLOY, "Idlib")


def test_people_who_remain_are_no_force():
    text = "Up to 200,000 people are thought to remain in Afrin, a Kurdish militia said."
    assert not any(claim.quantity for claim in readings(text))


@pytest.mark.parametrize(
    "text",
    [
        "South Korea and the United States began annual military drills on Monday.",
        "South Korea and the United States are holding joint exercises near the border.",
        "South Korea and the United States will take part in large-scale manoeuvres next month.",
    ],
)
def test_who_holds_an_exercise_holds_it_each(text):
    held = {claim.actor.iso3 for claim in readings(text) if claim.kind is Kind.EXERCISE and claim.actor}
    assert held >= {"KOR", "USA"}


@pytest.mark.parametrize("count", ["at least 60", "at most 60"])
def test_a_number_takes_no_preposition_from_its_verb(count):
    text = f"Talks were held in Accra. South Africa deployed {count} soldiers to Kisangani in 2016."
    [claim] = GrammarExtractor().claims(Document(text))
    assert (claim.kind, claim.place.iso3) == (Kind.DEPLOY, "COD")


def test_a_place_between_a_force_and_its_mission_is_the_force_s():
    [claim] = GrammarExtractor().claims(Document("Italy has 1,100 troops in Lebanon with UNIFIL."))
    assert (claim.kind, claim.actor.iso3, claim.place.iso3, claim.unit) == (Kind.PRESENT, "ITA", "LBN", "UNIFIL")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Some 1,500 Russian and Uzbek troops are at Termez.", None),
        ("Russia and Uzbekistan each have 200 troops at Termez.", 200),
    ],
)
@pytest.mark.parametrize("extractor", ["grammar", "learned"])
def test_a_joint_figure_is_nobody_s_unless_it_holds_for_each(text, low, extractor):
    from garrison.extraction.registry import extractor_named

    claims = extractor_named(extractor).claims(Document(text, published="2021-07-30"))
    assert {claim.actor.iso3 for claim in claims} == {"RUS", "UZB"}
    assert {claim.quantity and claim.quantity.low for claim in claims} == {low}
    assert {claim.measure for claim in claims} == {Measure.LEVEL}
