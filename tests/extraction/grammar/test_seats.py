"""Seats: a unit's base, headquarters or garrison named with its place, whatever the sentence says of it."""

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.extraction.grammar.seats import SEATED
from garrison.vocabulary import Asset, Document, Kind


def presences(text):
    """Who is at a place by what the rules read in ``text``: class, actor, unit and place."""
    return {
        (c.asset, c.actor.name if c.actor else None, c.unit, c.place and c.place.name)
        for c in (draft.claim for draft in drafts(Document(text, published="2019-06-15")))
        if c.kind is Kind.PRESENT
    }


BASE, UNIT = Asset.BASE, Asset.UNIT


@pytest.mark.parametrize(
    ("text", "unit", "places"),
    [
        ("The 3rd Army Division headquarters in Kayes was hit by drones on Sunday.", "3rd Army Division", {"Kayes"}),
        ("Drones struck the headquarters of the 4th Infantry Brigade in Tuluá.", "4th Infantry Brigade", {"Tuluá"}),
        (
            "The 7th Infantry Brigade post located in Oumé and Saint-Paul was attacked twice last month.",
            "7th Infantry Brigade",
            {"Oumé", "Saint-Paul"},
        ),
        (
            "The two men were taken to the garrison of the 5th Infantry Brigade in Jalapa.",
            "5th Infantry Brigade",
            {"Jalapa"},
        ),
        ("The 1st Mechanized Brigade garrison at Rukla opened its doors.", "1st Mechanized Brigade", {"Rukla"}),
        ("Shots were heard from the 101st Airborne Regiment base in Kati.", "101st Airborne Regiment", {"Kati"}),
        (
            "The mayor opened a school beside the 12th Marine Battalion camp in Buenaventura.",
            "12th Marine Battalion",
            {"Buenaventura"},
        ),
        ("The 2nd Marine Battalion barracks, in Usulután, were shelled.", "2nd Marine Battalion", {"Usulután"}),
        ("Mortar rounds hit the National Guard post in Apopa.", "National Guard", {"Apopa"}),
        ("The attack on the 157 Battalion base at Metele left 70 dead.", "157 Battalion", {"Metele"}),
        ("The U.S. Africa Command headquarters in Stuttgart did not comment.", "U.S. Africa Command", {"Stuttgart"}),
    ],
)
def test_a_unit_s_seat_is_a_base_where_it_is_named(text, unit, places):
    assert {(BASE, unit, place) for place in places} <= {(a, u, p) for a, _, u, p in presences(text)}
    seated = [draft.claim for draft in drafts(Document(text)) if SEATED in draft.marks]
    assert {(claim.asset, claim.unit) for claim in seated} == {(BASE, unit)}
    assert {claim.kind for claim in seated} == {Kind.PRESENT}


def test_every_unit_of_a_list_has_its_seat():
    found = presences("A bomb exploded at the garrisons of the 5th Infantry Brigade and the Border Guard in Jalapa.")
    assert {(a, u, p) for a, _, u, p in found} == {
        (BASE, "5th Infantry Brigade", "Jalapa"),
        (BASE, "Border Guard", "Jalapa"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "A ceremony was held at 82 Division Headquarters, Enugu.",
        "82 Division Headquarters is located in Enugu.",
        "The 82 Division keeps its headquarters in Enugu.",
        "The 82 Division with headquarters in Enugu has a new commander.",
        "The minister saw the 82 Division at its headquarters in Enugu.",
    ],
)
def test_a_headquarters_by_its_address_or_its_verb_stands_for_its_unit(text):
    assert {(u, p) for a, _, u, p in presences(text) if a is UNIT} == {("82 Division", "Enugu")}


@pytest.mark.parametrize(
    ("text", "actor", "place"),
    [
        ("There is a French garrison in Faya-Largeau.", "France", "Faya-Largeau"),
        ("Cyprus has a full RAF base.", "United Kingdom", "Cyprus"),
        ("Rockets fell near an airbase of Russia in north-western Syria.", "Russia", "north-western Syria"),
        ("Shells landed near the Russian base in Gyumri.", "Russia", "Gyumri"),
        ("Baidoa was a base of al-Shabaab.", "Al-Shabaab", "Baidoa"),
        ("Al-Shabaab used a school in Baidoa as a camp.", "Al-Shabaab", "Baidoa"),
        ("Akrotiri has an RAF station.", "United Kingdom", "Akrotiri"),
        ("Kidal has an army base.", "Mali", "Kidal"),
        ("Bama and Gwoza were strongholds of Boko Haram.", "Boko Haram", "Bama"),
        ("Bama and Gwoza were strongholds of Boko Haram.", "Boko Haram", "Gwoza"),
        ("The envoy flew from the joint UK-US base on Diego Garcia.", "United Kingdom", "Diego Garcia"),
        ("The envoy flew from the joint UK-US base on Diego Garcia.", "United States", "Diego Garcia"),
        ("Israel has struck targets in Syria. Most of its attacks were aimed at Iranian bases.", "Iran", "Syria"),
        ("Rockets fell in Syria. Some struck near Russian bases, but none, sent from afar, hurt.", "Russia", "Syria"),
    ],
)
def test_a_base_is_somebody_s_at_its_place(text, actor, place):
    assert {(a, o, p) for a, o, _, p in presences(text)} >= {(BASE, actor, place)}
    assert not [d for d in drafts(Document(text)) if d.claim.kind is Kind.DEPLOY]


def test_those_who_work_from_a_base_all_have_it():
    found = presences("Hezbollah and Hamas operate in Lebanon from bases in Syria.")
    assert {(o, p) for a, o, _, p in found if a is BASE} == {("Hezbollah", "Syria"), ("Hamas", "Syria")}


def test_who_sees_a_column_deploy_does_not_deploy():
    text = "The soldiers had detected an FMLN column deploying near Estanzuelas."
    moved = {c.actor.name for c in (d.claim for d in drafts(Document(text))) if c.kind is Kind.DEPLOY and c.actor}
    assert moved == {"FMLN"}


def test_the_number_of_a_branch_counts_no_headquarters():
    found = [d.claim for d in drafts(Document("Prisoners were held at the Branch 235 headquarters in Damascus."))]
    assert found
    assert not [claim for claim in found if claim.quantity]


@pytest.mark.parametrize(
    ("text", "asset", "place"),
    [
        ("The British presence on Ascension consists of an RAF detachment and a signals unit.", UNIT, "Ascension"),
        (
            "British forces left Belize in 1994. By 1996 the presence consisted of a training support unit.",
            UNIT,
            "Belize",
        ),
        ("The garrison in Gao consists of 300 soldiers.", Asset.PERSONNEL, "Gao"),
    ],
)
def test_what_a_presence_consists_of_is_there(text, asset, place):
    assert (asset, place) in {(a, p) for a, _, _, p in presences(text)}


def test_aircraft_that_are_flown_out_of_a_base_are_there():
    text = "US pilots fly Reaper drones out of Creech Air Force Base in Nevada."
    assert (Asset.UAV, "Creech Air Force Base") in {(a, p) for a, _, _, p in presences(text)}
    moved = [d.claim for d in drafts(Document("The army has set up a forward operating base in Gwagwalada."))]
    assert {claim.asset for claim in moved} == {BASE}


def test_what_an_army_consists_of_is_nowhere():
    assert not presences("The army consists of three divisions.")


def test_a_single_man_s_unit_is_what_has_the_address():
    found = presences("The driver is a soldier serving with 6 Division, Nigerian Army, Port Harcourt.")
    assert {(a, u, p) for a, _, u, p in found} == {(UNIT, "6 Division", "Port Harcourt")}


def test_the_unit_that_troops_are_under_has_the_seat_alone():
    found = presences("Troops of 144 Battalion under 14 Task Force Brigade based in Uyo freed two hostages.")
    assert {u for _, _, u, _ in found if u} == {"14 Task Force Brigade"}


def test_a_unit_with_its_headquarters_is_one_force():
    found = presences("The task force with headquarters in Katsina arrested them.")
    assert {(a, p) for a, _, _, p in found} == {(UNIT, "Katsina")}


def test_bases_that_are_counted_are_where_they_are_listed():
    found = presences("Al-Shabaab had three camps, Baidoa, Jowhar and Kismayo.")
    assert {p for a, _, _, p in found if a is BASE} == {"Baidoa", "Jowhar", "Kismayo"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("He toured Mali with the Duke of Wellington's Regiment in 2013.", "Duke of Wellington's Regiment"),
        ("She did two tours of Mali with the Parachute Regiment.", "Parachute Regiment"),
    ],
)
def test_who_toured_a_country_with_a_unit_was_there_with_it(text, unit):
    assert {(u, p) for _, _, u, p in presences(text)} == {(unit, "Mali")}


def test_who_tours_a_town_is_not_posted_there():
    assert not presences("The commander of 82 Division toured Umuahia on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "The rebels attacked the brigade near the market.",
        "A bomb went off at the bus station in Kayes.",
        "The commission's headquarters in Geneva will be closed on Friday.",
        "Azaz was a stronghold of the Labour party.",
        "The project is contingent on the island's council.",
        "The house was used as headquarters by the aid agency in Goma.",
        "Berlin has a unit for such crimes.",
        "Lagos and Kano were strongholds of the Labour party.",
        "Villagers took refuge in nearby military bases.",
        "Geneva has a headquarters of the commission.",
    ],
)
def test_what_is_no_force_has_no_seat(text):
    assert not [d.claim for d in drafts(Document(text)) if (d.claim.confidence or 0) >= 0.35]
