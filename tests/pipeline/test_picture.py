from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from garrison.ledger import Ledger
from garrison.pipeline.picture import posture, row
from garrison.vocabulary import (
    Actor,
    Asset,
    Document,
    Hedge,
    Kind,
    Measure,
    Obtained,
    Place,
    Reading,
    Status,
    UsageError,
    Version,
)
from garrison.vocabulary.guide_form import from_mapping

GOLD = Path(__file__).parents[3] / "shared/gold"


@pytest.fixture
def say(ledger, claim, reading):
    """Record one statement about Russian troops in Tajikistan: words, number, and what differs."""

    def record(text, number=None, **fields):
        about = {name: fields.pop(name) for name in list(fields) if name in READING}
        return ledger.record(reading(text, claim(text, number=number, **fields), **about))

    return record


READING = {"outlet", "title", "published", "url", "obtained", "obtained_at", "extractor", "data"}


def ids(rows):
    return [each.id for each in rows]


def test_a_picture_puts_each_voices_newest_statement_side_by_side(ledger, say):
    say("In May there were 5,000.", 5000, outlet="Herald", published="2021-05-01")
    say("There are 7,000.", 7000, outlet="Herald", published="2021-07-01", hedge=Hedge.ABOUT)
    say("There are 6,500.", 6500, outlet="Gazette", published="2021-07-08")
    (found,) = posture(ledger, place="Tajikistan").rows
    assert [(one.voice, one.quantity.low) for one in found.stated] == [("Gazette", 6500), ("Herald", 7000)]
    assert (found.id, found.low, found.high, found.claims, found.voices) == ("RUS/personnel/TJK", 6500, 7000, 3, 2)
    assert (found.first_cited, found.last_cited, found.disputed) == ("2021-05-01", "2021-07-08", False)


def test_an_outlet_in_another_spelling_is_the_same_voice(ledger, say):
    say("There are 5,000.", 5000, outlet="The Herald", published="2021-05-01")
    say("There are 7,000.", 7000, outlet="the HERALD", published="2021-06-01")
    assert posture(ledger, place="TJK").rows[0].voices == 1


def test_documents_without_an_outlet_are_voices_of_their_own(ledger, say):
    say("There are 5,000.", 5000, outlet=None)
    say("There are 7,000.", 7000, outlet=None)
    assert posture(ledger, place="TJK").rows[0].voices == 2


def test_two_voices_that_exclude_each_other_are_a_disagreement(ledger, say):
    say("There are 7,000.", 7000, outlet="Herald")
    say("There are up to 5,000.", 5000, outlet="Gazette", hedge=Hedge.AT_MOST)
    picture = posture(ledger, place="Tajikistan")
    assert ids(picture.disagreements) == ["RUS/personnel/TJK"]
    assert (picture.rows[0].low, picture.rows[0].high) == (5000, 7000)


def test_figures_years_apart_are_no_disagreement_and_the_old_one_no_bound(ledger, say):
    say("There are 100.", 100, outlet="Herald", published="2014-01-01")
    say("There are 7,000.", 7000, outlet="Gazette", published="2021-07-08")
    (found,) = posture(ledger, place="TJK").rows
    assert (found.low, found.disputed, found.voices, found.first_cited) == (7000, False, 2, "2014-01-01")


def test_a_row_without_a_number_is_present_with_its_size_not_stated(ledger, say):
    say("Russian troops are there.")
    (found,) = posture(ledger, place="TJK").rows
    assert not found.sized and found.claims == 1


def test_a_newer_mention_without_a_number_does_not_hide_the_number(ledger, say):
    say("There are 7,000.", 7000, published="2021-07-01")
    say("Russian troops are there.", published="2021-07-20")
    (found,) = posture(ledger, place="TJK").rows
    assert (found.low, found.last_cited) == (7000, "2021-07-20")


def test_the_result_of_a_move_is_a_level_and_the_move_is_listed(ledger, say):
    say("The force was cut to 2,500.", 2500, kind=Kind.WITHDRAW)
    picture = posture(ledger, place="TJK")
    assert picture.rows[0].low == 2500 and len(picture.moves) == 1


def test_of_an_old_and_a_new_level_in_one_text_the_new_one_counts(ledger, claim, reading):
    text = "The force was cut from 4,500 before the war to 2,500."
    old = claim(text, quote="from 4,500 before the war", number=4500, when=(None, None))
    new = claim(text, quote="cut from 4,500 before the war to 2,500", number=2500, kind=Kind.WITHDRAW)
    ledger.record(reading(text, old, new))
    assert posture(ledger, place="TJK").rows[0].low == 2500


def test_changes_and_what_is_announced_possible_denied_or_drilled_have_tables_of_their_own(ledger, say):
    change = {"measure": Measure.CHANGE}
    say("500 arrived.", 500, kind=Kind.DEPLOY, **change)
    say("500 more will come.", 500, kind=Kind.DEPLOY, status=Status.PLANNED, when=("2030", "2030"), **change)
    say("More may come.", kind=Kind.DEPLOY, status=Status.POSSIBLE, **change)
    say("There are none.", status=Status.DENIED)
    say("1,500 will drill.", 1500, kind=Kind.EXERCISE, status=Status.PLANNED)
    picture = posture(ledger, place="TJK")
    assert picture.rows == ()
    assert [len(picture.moves), len(picture.announced), len(picture.possible), len(picture.denied)] == [1, 1, 1, 1]
    assert [one.quote for one in picture.exercises] == ["1,500 will drill."]


def test_lists_of_moves_are_newest_first_and_end_where_asked(ledger, say):
    for day in range(1, 10):
        say(f"{day} came.", day, kind=Kind.DEPLOY, measure=Measure.CHANGE, published=f"2021-07-0{day}")
    moves = posture(ledger, place="TJK", listed=3).moves
    assert [one.published for one in moves] == ["2021-07-09", "2021-07-08", "2021-07-07"]


def test_a_countrys_own_forces_and_its_strength_stand_apart(ledger, say):
    home = Actor("Tajikistan", "TJK")
    say("Tajik soldiers guard the border.", actor=home, place=Place("the Afghan border", "TJK"))
    say("The army has 9,000 men.", 9000, actor=home, kind=Kind.STRENGTH, place=None)
    say("The Russian army has 900,000 men.", 900_000, kind=Kind.STRENGTH, place=None)
    picture = posture(ledger, place="Tajikistan")
    assert (ids(picture.rows), len(picture.own), ids(picture.strengths)) == ([], 1, ["TJK/personnel/strength"])
    assert ids(posture(ledger, actor="Russia").strengths) == ["RUS/personnel/strength"]


def test_sites_and_components_have_rows_of_their_own_and_contradict_no_total(ledger, say):
    say("There are 7,000 in the country.", 7000)
    say("There are 1,500 at Kulob.", 1500, place=Place("Kulob", "TJK"), outlet="Gazette")
    say("There are 2,200 under MINUSCA.", 2200, unit="MINUSCA", outlet="Gazette")
    say("There are 300 police under MINUSCA.", 300, unit="MINUSCA", asset_text="police officers", outlet="Gazette")
    picture = posture(ledger, place="Tajikistan")
    assert ids(picture.rows) == [
        "RUS/personnel/TJK",
        "RUS/personnel/TJK/Kulob",
        "RUS/personnel/TJK:MINUSCA",
        "RUS/personnel/TJK:MINUSCA police",
    ]
    assert picture.disagreements == ()
    assert ids(posture(ledger, place="Kulob").rows) == ["RUS/personnel/TJK/Kulob"]
    assert ids(posture(ledger, unit="minusca").rows) == [
        "RUS/personnel/TJK:MINUSCA",
        "RUS/personnel/TJK:MINUSCA police",
    ]


def test_a_row_is_found_again_by_its_id_however_it_is_written(ledger, say):
    say(
        "There are 1,500 of Wagner at Kulob.",
        1500,
        place=Place("Kulob", "TJK"),
        actor=Actor("Wagner Group"),
        unit="1st Battalion",
    )
    (found,) = posture(ledger).rows
    for id in (found.id, found.id.lower(), found.id.upper(), "wagner group/personnel/tajikistan/kulob:1 Battalion"):
        assert row(ledger, id)[0] == found
    with pytest.raises(UsageError, match="has no row"):
        row(ledger, "RUS/tank/TJK")
    with pytest.raises(UsageError, match="has no row"):
        row(ledger, "nonsense")


def test_the_claims_behind_a_row_are_all_given_newest_first(ledger, say):
    say("There are 5,000.", 5000, published="2020")
    say("There are 7,000.", 7000, published="2021")
    _, citations = row(ledger, "RUS/personnel/TJK")
    assert [one.quantity.low for one in citations] == [7000, 5000]


@pytest.mark.parametrize("name", ["Tajikistan", "TJK", "TJ", "Tajik", "Tajikstan", "tajikistan"])
def test_a_country_is_found_by_name_code_adjective_and_misspelling(ledger, say, name):
    say("There are 7,000.", 7000)
    picture = posture(ledger, place=name)
    assert ids(picture.rows) == ["RUS/personnel/TJK"] and picture.place.iso3 == "TJK"


def test_an_unknown_place_or_date_is_told(ledger):
    with pytest.raises(UsageError, match="no country is called 'Zzyzx'"):
        posture(ledger, place="Zzyzx")
    with pytest.raises(UsageError, match="must be a date"):
        posture(ledger, as_of="yesterday")
    with pytest.raises(UsageError, match="must be a date"):
        posture(ledger, recorded="2021-13-45T00:00:00")


def test_asset_and_actor_narrow_a_picture(ledger, say):
    say("There are 7,000.", 7000)
    say("There are 100 tanks.", 100, asset=Asset.TANK)
    say("There are 200 Americans.", 200, actor=Actor("United States", "USA"), place=Place("Syria", "SYR"))
    assert ids(posture(ledger, place="TJK", asset=Asset.TANK).rows) == ["RUS/tank/TJK"]
    assert ids(posture(ledger, actor="American").rows) == ["USA/personnel/SYR"]


def test_a_sea_and_an_unknown_actor_have_rows_too(ledger, say):
    say("Nine ships are in the Baltic Sea.", 9, asset=Asset.WARSHIP, actor=None, place=Place("Baltic Sea"))
    assert ids(posture(ledger, place="the Baltic Sea").rows) == ["unknown/warship/Baltic Sea"]


# Editions of a series


def test_a_later_edition_replaces_the_earlier_and_drops_what_it_no_longer_states(ledger, say):
    series = {"outlet": "Country Book", "title": "Tajikistan: forces"}
    say("Russia: 7,000 troops.", 7000, published="2020-01-01", **series)
    say("Nothing on Russia; China has 300.", 300, actor=Actor("China", "CHN"), published="2021-01-01", **series)
    assert ids(posture(ledger, place="TJK").rows) == ["CHN/personnel/TJK"]
    assert ids(posture(ledger, place="TJK", as_of="2020-06-30").rows) == ["RUS/personnel/TJK"]


def test_an_edition_that_comes_late_to_the_ledger_takes_its_place_in_the_series(ledger, say):
    series = {"outlet": "Country Book", "title": "Tajikistan: forces"}
    say("Russia: 7,000 troops in 2021.", 7000, published="2021-01-01", **series)
    say("Russia: 5,000 troops in 2020.", 5000, published="2020-01-01", **series)
    assert posture(ledger, place="TJK").rows[0].low == 7000


# Three times


def test_as_of_a_day_only_what_holds_by_then_is_used(ledger, say):
    say("There are 5,000.", 5000, published="2020-03-01")
    say("There are 7,000.", 7000, published="2021-07-08")
    assert posture(ledger, place="TJK", as_of="2020-12").rows[0].low == 5000
    assert posture(ledger, place="TJK", as_of="2019").rows == ()


def test_a_later_text_about_an_earlier_time_holds_for_that_time(ledger, say):
    say("In 2016 there were 6,000.", 6000, published="2021-07-08", when=("2016", "2016"))
    (found,) = posture(ledger, place="TJK", as_of="2017-01-01").rows
    assert (found.low, found.first_cited, found.last_cited) == (6000, "2016-01-01", "2016-12-31")
    assert posture(ledger, place="TJK", as_of="2017-01-01", known="2021-07-07").rows == ()


def test_what_holds_from_a_day_to_come_is_not_in_todays_picture(ledger, say):
    say("From 2999 there are 9,000.", 9000, when=("2999", None))
    assert posture(ledger, place="TJK").rows == ()
    assert posture(ledger, place="TJK", as_of="2999-06").rows[0].low == 9000


def test_a_row_with_something_to_come_still_shows_what_is(ledger, say):
    say("There are 7,000.", 7000, outlet="Gazette")
    say("From 2999 there are 9,000.", 9000, when=("2999", None))
    (found,) = posture(ledger, place="TJK").rows
    assert (found.low, found.high, found.claims) == (7000, 7000, 1)


def test_as_known_on_a_day_only_texts_known_by_then_are_used(ledger, say):
    say("There are 5,000.", 5000, published="2020-03-01", outlet="Gazette")
    say("There are 7,000.", 7000, published="2021-07-08")
    (found,) = posture(ledger, place="TJK", known="2020-12-31").rows
    assert (found.low, found.voices) == (5000, 1)


def test_a_fetched_text_without_date_is_known_since_it_was_fetched(ledger, say):
    say("There are 5,000.", 5000, published=None, obtained=Obtained.FETCHED, obtained_at="2022-05-01T12:00:00Z")
    (found,) = posture(ledger, place="TJK", known="2022-05-01").rows
    assert (found.stated[0].known, found.stated[0].known_basis) == ("2022-05-01T12:00:00Z", "fetched")
    assert posture(ledger, place="TJK", known="2022-04-30").rows == ()


def test_a_date_in_the_future_proves_nothing(ledger, say):
    say("There are 5,000.", 5000, published="2999-01-01")
    (found,) = posture(ledger, place="TJK").rows
    assert found.stated[0].known_basis == "recorded" and found.last_cited < "2999"


def test_a_statement_without_any_date_goes_behind_every_dated_one(ledger, say):
    say("There are 5,000.", 5000, published="2020-03-01")
    say("There are 9,000.", 9000, published=None)
    (found,) = posture(ledger, place="TJK").rows
    assert (found.low, found.high, found.last_cited) == (5000, 5000, "2020-03-01")


@pytest.fixture
def clock(ledger, monkeypatch):
    """Set the ledger's clock."""

    def set_to(text):
        monkeypatch.setattr(ledger.session, "now", lambda: datetime.fromisoformat(text).replace(tzinfo=UTC))

    return set_to


def test_a_past_recording_day_gives_again_exactly_what_the_ledger_gave_then(ledger, say, clock):
    clock("2026-03-01T09:00:00")
    say("There are 7,000.", 7000)
    then = posture(ledger, place="TJK").rows
    clock("2026-03-02T09:00:00")
    say("There are 5,000.", 5000, outlet="Gazette")
    ledger.judge(then[0].stated[0].claim, "correct", by="A", because="b", field="quantity", value="6500")
    say("There are 7,000.", 6900, extractor="grammar 2")
    assert posture(ledger, place="TJK", recorded="2026-03-01").rows == then
    assert posture(ledger, place="TJK", recorded="2026-03-02").rows == posture(ledger, place="TJK").rows != then
    assert posture(ledger, place="TJK", recorded="2026-02").rows == ()


def test_a_clock_that_goes_backward_does_not_disturb_the_order(ledger, say, clock):
    clock("2026-03-02T09:00:00")
    say("There are 7,000.", 7000)
    clock("2026-03-01T09:00:00")
    say("There are 5,000.", 5000, outlet="Gazette")
    assert posture(ledger, place="TJK", recorded="2026-03-01").rows == ()
    assert posture(ledger, place="TJK", recorded="2026-03-02T09:00:00").rows[0].voices == 2


# Real input


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    if not GOLD.exists():
        pytest.skip(f"needs the annotated passages in {GOLD}")
    with Ledger.open(tmp_path_factory.mktemp("gold") / "gold.db") as ledger:
        with ledger.recording():
            for file in ("train", "dev", "written", "seed"):
                with (GOLD / f"{file}.jsonl").open() as lines:
                    for line in lines:
                        ledger.record(annotated(json.loads(line), line))
        yield ledger


def annotated(passage, line):
    fields = {name: passage[name] for name in ("title", "published", "outlet")}
    version = Version(hashlib.sha256(line.encode()).hexdigest(), Obtained.RECORDED, "2026-01-01T00:00:00+00:00")
    claims = tuple(from_mapping(each, passage["text"]) for each in passage["claims"])
    return Reading(Document(passage["text"], **fields), version, "jsonl 1", "by hand", claims, claimed_by="annotators")


def test_all_annotated_passages_are_kept(gold):
    assert len(list(gold.documents())) == 1623
    assert sum(1 for _ in gold.claims()) == 2766


@pytest.mark.parametrize("place", ["Syria", "Nigeria", "Russia", "Tajikistan", "Middle East"])
def test_rows_kept_up_to_date_are_those_that_all_claims_make(gold, place):
    now, then = posture(gold, place=place), posture(gold, place=place, as_of="9999")
    assert (now.rows, now.own, now.strengths) == (then.rows, then.own, then.strengths)
    assert len(now.rows) + len(now.own) > 0
    for each in (*now.rows, *now.own, *now.strengths):
        assert row(gold, each.id)[0] == each


def test_the_picture_of_syria_names_who_is_known_to_be_there(gold):
    actors = {each.actor.id for each in posture(gold, place="Syria").rows}
    assert {"RUS", "USA", "TUR", "IRN", "Islamic State"} <= actors


def test_an_outlet_is_one_voice_under_its_name_and_its_addresses(ledger, say):
    say("There are 5,000.", 5000, outlet="The New York Times", published="2021-05-01")
    say("There are 6,000.", 6000, outlet="nytimes.com", published="2021-06-01")
    say("There are 7,000.", 7000, outlet=None, url="https://www.nytimes.com/a", published="2021-07-01")
    assert posture(ledger, place="TJK").rows[0].voices == 1


@pytest.mark.parametrize(
    "names",
    [
        ("the Golan", "Golan Heights", "the Golan Heights"),
        ("Hmeimim", "Hmeymim", "Khmeimim air base"),
        ("northeast Syria", "north-eastern Syria", "the northeast of Syria"),
        ("the village of Zzyzkhan", "Zzyzkhan district"),
    ],
)
def test_a_site_is_one_row_under_all_its_spellings(ledger, say, names):
    for number, name in enumerate(names, 1):
        say(f"Some are in {name}.", number, outlet=f"Outlet {number}", place=Place(name, "SYR"))
    (found,) = posture(ledger, place="Syria").rows
    assert found.voices == len(names)
    assert row(ledger, found.id)[0] == found and posture(ledger, place=names[-1]).rows == (found,)


def test_a_total_goes_before_its_parts_in_one_document(ledger, claim, reading):
    text = "There are 9,500 troops: 8,000 of them army, 1,500 in the air."
    numbers = (("9,500 troops", 9500), ("8,000 of them army", 8000), ("1,500 in the air", 1500))
    ledger.record(reading(text, *(claim(text, quote, number=number) for quote, number in numbers)))
    (found,) = posture(ledger, place="TJK").rows
    assert (found.low, found.high, found.claims) == (9500, 9500, 3)


def test_a_move_that_each_edition_repeats_is_listed_once_and_the_rest_is_counted(ledger, say):
    for month in (1, 2, 3):
        say(f"In edition {month}, 100 arrived.", 100, title="Yearbook", published=f"2021-0{month}-01", **MOVE)
    say("Some 200 arrived.", 200, published="2021-03-05", **MOVE)
    picture = posture(ledger, place="TJK")
    assert [(one.quantity.low, one.published) for one in picture.moves] == [(200, "2021-03-05"), (100, "2021-03-01")]
    assert picture.left_out == {}
    capped = posture(ledger, place="TJK", listed=1)
    assert len(capped.moves) == 1 and capped.left_out == {"moves": 1}


MOVE = {"kind": Kind.DEPLOY, "measure": Measure.CHANGE}
