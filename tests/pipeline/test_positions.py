from __future__ import annotations

import pytest

from garrison.pipeline.positions import positions
from garrison.vocabulary import Actor, Asset, Kind, Place, Status, UsageError

MAIDUGURI, YOLA, NIGERIA = Place("Maiduguri", "NGA"), Place("Yola", "NGA"), Place("Nigeria", "NGA")
ARMY = Actor("Nigeria", "NGA")


@pytest.fixture
def cite(ledger, claim, reading):
    """Record that a unit is cited at a place on a day, in the words given."""

    def record(day, place, text="7 Division is there", unit="7 Division", also=(), **fields):
        named = {"unit": unit, "asset": Asset.UNIT, "actor": ARMY, **fields}
        outlet = named.pop("outlet", "Herald")
        words = f"{text} ({day})."
        told = [claim(words, place=each, **named) for each in (place, *also)]
        ledger.record(reading(words, *told, published=day, outlet=outlet))

    return record


def runs(found):
    return [(each.unit, each.place.name, each.first_cited, each.last_cited) for each in found]


def test_citations_at_one_place_make_one_run_with_all_of_them(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", MAIDUGURI, outlet="Gazette")
    (found,) = positions(ledger)
    assert runs([found]) == [("7 Division", "Maiduguri", "2015-01-01", "2016-01-01")]
    assert [one.outlet for one in found.citations] == ["Herald", "Gazette"]


def test_a_run_ends_when_the_unit_is_cited_elsewhere_in_between(ledger, cite):
    for day, place in (("2015-01-01", MAIDUGURI), ("2016-01-01", YOLA), ("2017-01-01", MAIDUGURI)):
        cite(day, place)
    assert runs(positions(ledger, "7 Division")) == [
        ("7 Division", "Maiduguri", "2015-01-01", "2015-01-01"),
        ("7 Division", "Yola", "2016-01-01", "2016-01-01"),
        ("7 Division", "Maiduguri", "2017-01-01", "2017-01-01"),
    ]


def test_being_cited_in_the_country_does_not_end_a_run_at_a_site_of_it(ledger, cite):
    for day, place in (("2015-01-01", MAIDUGURI), ("2016-01-01", NIGERIA), ("2017-01-01", MAIDUGURI)):
        cite(day, place)
    assert ("7 Division", "Maiduguri", "2015-01-01", "2017-01-01") in runs(positions(ledger))


def test_one_text_may_name_two_places_of_a_unit(ledger, cite):
    cite("2015-01-01", MAIDUGURI, also=[YOLA])
    cite("2016-01-01", MAIDUGURI, also=[YOLA])
    assert [run[1:] for run in runs(positions(ledger))] == [
        ("Maiduguri", "2015-01-01", "2016-01-01"),
        ("Yola", "2015-01-01", "2016-01-01"),
    ]


def test_leaving_a_place_ends_the_run_there(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", MAIDUGURI, "7 Division left", kind=Kind.WITHDRAW)
    cite("2017-01-01", MAIDUGURI)
    assert [run[2:] for run in runs(positions(ledger))] == [("2015-01-01", "2016-01-01"), ("2017-01-01", "2017-01-01")]


def test_a_relocation_ends_one_run_and_begins_another(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", YOLA, "7 Division was moved", kind=Kind.RELOCATE, origin=MAIDUGURI)
    assert runs(positions(ledger)) == [
        ("7 Division", "Maiduguri", "2015-01-01", "2016-01-01"),
        ("7 Division", "Yola", "2016-01-01", "2016-01-01"),
    ]


def test_what_is_announced_or_denied_places_no_unit(ledger, cite):
    cite("2015-01-01", MAIDUGURI, status=Status.PLANNED)
    cite("2016-01-01", MAIDUGURI, status=Status.DENIED)
    assert positions(ledger) == ()


@pytest.mark.parametrize(
    ("words", "place", "fields", "tie"),
    [
        ("7 Division, headquartered", MAIDUGURI, {}, "site"),
        ("7 Division at the cantonment", Place("Maimalari Cantonment", "NGA"), {}, "site"),
        ("7 Division is patrolling", MAIDUGURI, {}, "operating"),
        ("7 Division was brought in", MAIDUGURI, {"kind": Kind.DEPLOY}, "operating"),
        ("7 Division was seen", MAIDUGURI, {}, "unclear"),
    ],
)
def test_the_words_tell_how_a_unit_is_tied_to_a_place(ledger, cite, words, place, fields, tie):
    cite("2015-01-01", place, words, **fields)
    assert [found.tie for found in positions(ledger)] == [tie]


def test_spellings_of_a_units_name_are_one_unit(ledger, cite):
    for day, unit in (("2015-01-01", "7 Division"), ("2016-01-01", "7th Division"), ("2017-01-01", "7 Div")):
        cite(day, MAIDUGURI, unit=unit)
    assert len(positions(ledger)) == 1
    assert len(positions(ledger, "Seventh Division")) == 1


def test_units_of_two_armies_with_one_name_are_two(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", Place("Lahore", "PAK"), actor=Actor("Pakistan", "PAK"))
    assert len(positions(ledger)) == 2
    assert [found.place.name for found in positions(ledger, actor="Pakistan")] == ["Lahore"]


def test_a_citation_without_an_actor_joins_the_only_unit_of_that_name(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", MAIDUGURI, actor=None)
    assert [len(found.citations) for found in positions(ledger)] == [2]


def test_imported_names_resolve_to_one_unit_under_its_own_name(ledger, cite):
    imported = {"id": "NG-7DIV", "names": "7 Infantry Division", "aliases": "7 Division; Hadin Kai Division"}
    assert ledger.import_units([imported]) == 1
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", MAIDUGURI, unit="Hadin Kai Division")
    for name in (None, "7 Division", "hadin kai division", "NG-7DIV"):
        assert runs(positions(ledger, name)) == [("7 Infantry Division", "Maiduguri", "2015-01-01", "2016-01-01")]


def test_an_imported_unit_replaces_the_one_with_its_id(ledger):
    ledger.import_units([{"id": "A", "names": "Old Guard"}])
    ledger.import_units([{"id": "A", "names": "New Guard", "parent": "B"}, {"id": "B", "names": "Guard Corps"}])
    assert [(unit.id, unit.names, unit.parent) for unit in ledger.units()] == [
        ("A", ("New Guard",), "B"),
        ("B", ("Guard Corps",), None),
    ]
    assert set(ledger.unit_names().values()) == {"A", "B"} and len(ledger.unit_names()) == 2


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        ({"id": "", "names": "X"}, "needs an id"),
        ({"id": "A", "names": ""}, "at least one name"),
        ({"id": "A", "names": "X", "parent": "Z"}, "its parent 'Z'"),
        ({"id": "A", "names": "X", "colour": "red"}, "unknown columns colour"),
    ],
)
def test_a_units_file_that_is_wrong_is_told_and_not_taken_in(ledger, unit, message):
    with pytest.raises(UsageError, match=message):
        ledger.import_units([{"id": "OK", "names": "Fine"}, unit])
    assert ledger.units() == ()


def test_a_named_base_has_positions_and_bases_of_a_region_have_none(ledger, cite):
    base = {"unit": None, "asset": Asset.BASE, "actor": Actor("Russia", "RUS")}
    cite("2018-09-17", Place("Hmeimim", "SYR"), "Russia has a base", **base)
    cite("2018-09-18", Place("north-western Syria", "SYR"), "Russia has a base", **base)
    (found,) = positions(ledger, place="Syria")
    assert (found.unit, found.tie) == ("Hmeimim", "site")
    assert runs(positions(ledger, "Khmeimim")) == runs([found])


def test_a_place_narrows_the_list_and_runs_elsewhere_still_end_those_there(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2016-01-01", Place("Diffa", "NER"))
    cite("2017-01-01", MAIDUGURI)
    assert [run[1:] for run in runs(positions(ledger, place="Nigeria"))] == [
        ("Maiduguri", "2015-01-01", "2015-01-01"),
        ("Maiduguri", "2017-01-01", "2017-01-01"),
    ]
    with pytest.raises(UsageError, match="no country is called"):
        positions(ledger, place="Zzyzx")


def test_positions_of_a_past_day_end_on_it(ledger, cite):
    cite("2015-01-01", MAIDUGURI)
    cite("2017-01-01", MAIDUGURI)
    assert runs(positions(ledger, as_of="2016"))[0][2:] == ("2015-01-01", "2015-01-01")
    assert positions(ledger, known="2014") == ()


def test_part_of_a_name_finds_the_unit_where_no_unit_is_called_just_so(ledger, cite):
    cite("2015-01-01", MAIDUGURI, unit="145 Task Force Battalion", text="145 Task Force Battalion is there")
    assert [found.unit for found in positions(ledger, "145 Battalion")] == ["145 Task Force Battalion"]
    assert positions(ledger, "33 Battalion") == ()


def test_a_year_or_a_month_is_told_as_such_and_not_as_its_first_day(ledger, cite):
    cite("2021-06-01", MAIDUGURI, when=("2015", "2015"))
    (found,) = positions(ledger)
    assert (found.first_cited, found.last_cited) == ("2015", "2015")
    cite("2021-06-02", MAIDUGURI, "7 Division stays there", when=("2015-03", "2016-02"), outlet="Gazette")
    (found,) = positions(ledger)
    assert (found.first_cited, found.last_cited) == ("2015", "2016-02")
    cite("2021-06-03", MAIDUGURI, "7 Division came", when=("2015-01-01", "2016-02-29"), outlet="Courier")
    (found,) = positions(ledger)
    assert (found.first_cited, found.last_cited) == ("2015-01-01", "2016-02-29"), "said more exactly"


def test_a_document_of_a_month_is_told_as_of_that_month(ledger, cite):
    cite("2021-06", MAIDUGURI)
    (found,) = positions(ledger)
    assert (found.first_cited, found.last_cited) == ("2021-06", "2021-06")
    (found,) = positions(ledger, as_of="2021-07-15")
    assert (found.first_cited, found.last_cited) == ("2021-06", "2021-06")


def test_a_time_that_runs_on_is_told_until_the_day_asked_for(ledger, cite):
    cite("2021-06-01", MAIDUGURI, when=("2015", "2015"))
    (found,) = positions(ledger, as_of="2015-08-10")
    assert (found.first_cited, found.last_cited) == ("2015", "2015-08-10")
