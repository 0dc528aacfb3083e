"""Actors: whose force it is, by whatever name a text gives it."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.naming.actors import Form, GroupKind, actor_of, find_actors, group_of, groups

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def named(text, **options):
    return [(mention.span.of(text), mention.actor.id) for mention in find_actors(text, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("South Korean and North Korean troops", [("South Korean", "KOR"), ("North Korean", "PRK")]),
        (
            "the Syrian Democratic Forces (SDF)",
            [("Syrian Democratic Forces", "Syrian Democratic Forces")] * 1 + [("SDF", "Syrian Democratic Forces")],
        ),
        ("the Afghan National Army", [("Afghan National Army", "AFG")]),
        ("Islamic State fighters in Syria", [("Islamic State", "Islamic State"), ("Syria", "SYR")]),
        ("Russia’s 201st base", [("Russia", "RUS")]),
        ("the Tajik-Afghan border", [("Tajik", "TJK"), ("Afghan", "AFG")]),
        ("Côte d’Ivoire and Türkiye", [("Côte d’Ivoire", "CIV"), ("Türkiye", "TUR")]),
        ("Nigerien and Nigerian soldiers", [("Nigerien", "NER"), ("Nigerian", "NGA")]),
        ("US troops; U.S. Marines", [("US", "USA"), ("U.S. Marines", "USA")]),
        ("Moscow and the Kremlin", [("Moscow", "RUS"), ("Kremlin", "RUS")]),
        ("the Wagner Group's men", [("Wagner Group", "Wagner Group")]),
        ("RUSSIAN FORCES IN SYRIA", [("RUSSIAN", "RUS"), ("SYRIA", "SYR")]),
        ("the Bundeswehr and the IDF", [("Bundeswehr", "DEU"), ("IDF", "ISR")]),
        ("IS is said to hold it", [("IS", "Islamic State")]),
    ],
)
def test_actors_are_found_by_name_adjective_alias_and_service(text, found):
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "he told us that it is in the china shop",
        "a turkey sandwich",
        "MORE TROOPS ARE ON THE WAY, THE MINISTER IS SURE",
        "CONTACT US",
        "in the Indian Ocean and on Lake Chad",
        "Michael Jordan and Tom Holland met Mr England",
        "Chad Johnson left New Mexico for Georgia Tech",
        "the Niger Delta and the South China Sea",
        "Nigeriana, Russianness, Malibu",
        "",
    ],
)
def test_words_places_and_persons_that_only_look_like_actors_are_passed_over(text):
    assert named(text) == []


def test_a_mission_gives_its_name_and_the_organisation_behind_it():
    (mention,) = find_actors("1,200 blue berets under MINUSCA")
    assert (mention.actor.name, mention.mission, mention.form) == ("United Nations", "MINUSCA", Form.MISSION)


def test_an_operation_of_one_country_gives_the_country():
    (mention,) = find_actors("the force Barkhane ended")
    assert (mention.actor.iso3, mention.mission) == ("FRA", "Operation Barkhane")


def test_a_mission_that_answers_to_nobody_is_its_own_actor():
    assert actor_of("MNJTF").id == "Multinational Joint Task Force"


def test_what_a_hyphen_joins_to_a_name_is_told():
    text = "Iranian-made drones, Turkish-led patrols and Russian troops"
    assert [mention.compound for mention in find_actors(text)] == ["made", "led", None]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Tajikistan", Form.NAME),
        ("Tajik", Form.ADJECTIVE),
        ("Tajiks", Form.DEMONYM),
        ("Dushanbe", Form.CAPITAL),
        ("Pentagon", Form.METONYM),
        ("Taliban", Form.GROUP),
        ("UNIFIL", Form.MISSION),
        ("Royal Navy", Form.SERVICE),
    ],
)
def test_a_mention_says_in_what_form_the_actor_is_named(text, form):
    assert [mention.form for mention in find_actors(text)] == [form]


def test_leaders_stand_for_their_countries_only_when_asked_for():
    text = "Putin said the division would stay"
    assert (named(text), named(text, leaders=True)) == ([], [("Putin", "RUS")])


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("ISIS", ("Islamic State", None)),
        ("isis", ("Islamic State", None)),
        ("Daesh", ("Islamic State", None)),
        ("YPG", ("YPG", None)),
        ("Wagner", ("Wagner Group", None)),
        ("Hizballah", ("Hezbollah", None)),
        ("Nato", ("NATO", None)),
        ("UN", ("United Nations", None)),
        ("the Taliban", ("Taliban", None)),
        ("Taliban fighters", ("Taliban", None)),
        ("Russian military", ("Russia", "RUS")),
        ("Moscow", ("Russia", "RUS")),
        ("Tajikstan", ("Tajikistan", "TJK")),
        ("US", ("United States", "USA")),
        ("US Army", ("United States", "USA")),
        ("Revolutionary Guards", ("Iran", "IRN")),
        ("Palestinian Authority", ("Palestinian Authority", "PSE")),
        ("Soviet Union", ("Soviet Union", None)),
        ("Boko Harram", ("Boko Haram", None)),
    ],
)
def test_one_name_leads_to_the_actor_as_claims_write_it(name, actor):
    found = actor_of(name)
    assert found is not None
    assert (found.name, found.iso3) == actor


@pytest.mark.parametrize("name", ["", "us", "is", "the brigade", "Wakandan rebels", "a spokesman"])
def test_a_name_that_is_not_known_gives_no_actor(name):
    assert actor_of(name) is None


def test_every_group_leads_back_to_its_own_actor():
    assert [group.name for group in groups() if actor_of(group.name) != group.actor] == []


def test_every_parent_of_a_mission_is_a_group_too():
    assert [group.name for group in groups() if group.parent and group_of(group.parent) is None] == []


def test_more_than_two_hundred_groups_are_known_of_every_kind():
    assert len(groups()) >= 200
    assert {group.kind for group in groups()} == set(GroupKind)


@given(st.text(alphabet=st.sampled_from("US IS.-'’ChadMalint\n\u0301é"), max_size=120))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text):
    mentions = find_actors(text, leaders=True)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in mentions)


@pytest.mark.parametrize("unit", ["US", "I", "South ", "Mr. ", "-a", "US-", "\u0301", "Islamic State of Iraq and "])
def test_a_long_run_of_the_same_text_is_read_to_its_end(unit):
    text = unit * (100_000 // len(unit)) + " Kenya"
    assert find_actors(text)[-1].actor.iso3 == "KEN"


@pytest.mark.skipif(not GOLD.exists(), reason="needs the annotated passages of ../shared/gold")
@pytest.mark.parametrize(("corpus", "countries", "others"), [("train", 0.94, 0.85), ("written", 0.93, 0.9)])
def test_the_actors_of_annotated_claims_are_named_in_their_passages(corpus, countries, others):
    found = {True: [], False: []}
    for line in (GOLD / f"{corpus}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        passage = json.loads(line)
        text = f"{passage['title'] or ''}\n{passage['text']}"
        actors = {mention.actor.id for mention in find_actors(text, leaders=True)}
        actors |= {mention.mission for mention in find_actors(text) if mention.mission}
        for claim in passage["claims"]:
            if claim["actor"]:
                wanted = actor_of(claim["actor"])
                ids = {claim["actor_iso3"] or claim["actor"], wanted.id if wanted else None} - {None}
                found[bool(claim["actor_iso3"])].append(bool(ids & actors))
    assert sum(found[True]) / len(found[True]) >= countries
    assert sum(found[False]) / len(found[False]) >= others
