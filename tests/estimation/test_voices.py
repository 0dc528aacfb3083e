from dataclasses import replace

import numpy as np
import pytest

from garrison.estimation.announcements import Fate, announcements
from garrison.estimation.answers import answered
from garrison.estimation.days import holding, last_day
from garrison.estimation.departures import at_first_report
from garrison.estimation.disputes import disputes
from garrison.estimation.filing import filed, own_denial
from garrison.estimation.lineage import Lineage, Passage
from garrison.estimation.nesting import nested
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.statements import Said, Sort, columns
from garrison.estimation.voices import voices
from garrison.estimation.weighing import once, weights
from garrison.vocabulary import (
    Actor,
    Asset,
    Citation,
    Hedge,
    Kind,
    Measure,
    Period,
    Place,
    Quantity,
    Role,
    Span,
    Status,
)

SAYS = Citation(
    claim="a" * 32,
    document="d1",
    outlet="Oxus Herald",
    voice="Oxus Herald",
    title=None,
    url=None,
    published="2021-07-08",
    known="2021-07-08",
    known_basis="stated",
    recorded="2026-01-01",
    quote="about 7,000 troops",
    kind=Kind.PRESENT,
    status=Status.FACT,
    measure=Measure.LEVEL,
    actor=Actor("Russia", "RUS"),
    unit=None,
    asset=Asset.PERSONNEL,
    quantity=Quantity("about 7,000", 7000, 7000, Hedge.ABOUT),
    place=Place("Tajikistan", "TJK"),
    origin=None,
    when=None,
    sources=(),
    confidence=None,
    extractor="grammar 1",
    checked=False,
    verified=True,
    span=Span(10, 40),
)
OFFICIAL = {"sources": ("General Petrov",), "roles": (Role.FORCE,)}


def test_a_claim_that_its_text_ascribes_to_a_medium_is_that_mediums():
    (voice,) = voices([replace(SAYS, sources=("Reuters",))])
    assert voice.name == "Reuters"
    assert voice.because == "reported by Reuters"


def test_the_same_officials_same_figure_within_a_week_is_one_voice_and_later_is_another():
    first = replace(SAYS, **OFFICIAL)
    second = replace(first, outlet="Pamir Courier", published="2021-07-12", known="2021-07-12", document="d2")
    later = replace(second, outlet="Steppe Wire", published="2021-09-12", known="2021-09-12", document="d3")
    one, other, third = voices([first, second, later])
    assert one.id == other.id
    assert other.because == "the word of General Petrov"
    assert third.id != one.id


def test_the_same_figure_of_two_officials_is_two_voices():
    one, other = voices(
        [
            replace(SAYS, **OFFICIAL),
            replace(SAYS, outlet="Pamir Courier", sources=("Minister Orlov",), roles=(Role.FORCE,)),
        ]
    )
    assert one.id != other.id


def test_a_figure_in_a_shared_passage_is_one_voice_that_of_the_first_known():
    copy = replace(
        SAYS, claim="b" * 32, document="d2", outlet="Pamir Courier", known="2021-07-09", published="2021-07-09"
    )
    lineage = Lineage((Passage("d1", Span(0, 90), ()), Passage("d2", Span(0, 90), ())))
    for order in ([SAYS, copy], [copy, SAYS]):
        names = {voice.name for voice in voices(order, [lineage])}
        assert names == {"Oxus Herald"}


def test_a_figure_changed_in_a_copy_is_a_voice_of_its_own():
    changed = replace(SAYS, document="d2", outlet="Pamir Courier", quantity=Quantity("9,000", 9000, 9000, Hedge.EXACT))
    lineage = Lineage((Passage("d1", Span(0, 90), ()), Passage("d2", Span(0, 90), ())))
    assert len({voice.id for voice in voices([SAYS, changed], [lineage])}) == 2


def said(number: int, day: int, voice: int, house: int = -1, sort: Sort = Sort.ABOUT) -> Said:
    return Said(day=737_000 + day, sort=sort, low=number, high=number, voice=voice, house=house)


def test_a_restatement_refreshes_and_adds_hardly_any_weight():
    first, second = weights(columns([said(7000, 0, 0), said(7000, 5, 0)]), DEFAULT)
    assert second == 1
    assert first < 0.05


def test_five_outlets_of_one_house_weigh_little_more_than_one():
    assert weights(columns([said(7000 + voice, voice, voice, house=0) for voice in range(5)]), DEFAULT).sum() < 1.5


def test_independent_voices_with_figures_of_their_own_weigh_in_full():
    assert weights(columns([said(7000 + 10 * voice, voice, voice) for voice in range(5)]), DEFAULT).sum() == 5


def test_several_reports_of_a_move_are_heard_once_by_the_middle_figure():
    reports = [said(number, day, day, sort=Sort.RISE) for day, number in enumerate((500, 5000, 600))]
    kept = once(columns([*reports, Said(day=737_002, sort=Sort.ARRIVAL, voice=9)]), DEFAULT)
    assert kept.tolist() == [False, False, True, False]


def test_a_departure_is_of_the_day_of_its_first_report_also_of_one_that_says_nothing_is_left():
    told = [
        Said(day=737_040, sort=Sort.DEPARTURE),
        Said(day=737_030, sort=Sort.FALL, low=300, high=300),
        Said(day=737_010, sort=Sort.ABSENT),
        Said(day=736_000, sort=Sort.ABSENT),
        Said(day=737_005, sort=Sort.PRESENT),
        Said(day=737_500, sort=Sort.DEPARTURE),
        Said(day=737_490, sort=Sort.ABSENT, row=1),
    ]
    found = at_first_report(columns(told), DEFAULT)
    assert (found.day - 737_000).tolist() == [10, 10, 10, -1000, 5, 500, 490]


def test_that_nothing_is_left_is_believed_before_and_after_others_tell_of_the_departure():
    there = [Said(day=737_000 + 40 * month, sort=Sort.PRESENT, voice=month % 3) for month in range(6)]
    leaving = [Said(day=737_220 + day, sort=Sort.DEPARTURE, voice=4 + day, give=7.0) for day in range(3)]
    presence = []
    for day in (-4, 5):
        gone = Said(day=737_220 + day, sort=Sort.ABSENT, voice=3)
        answer = answered(columns([*there, *leaving, gone]), np.array([0]), np.array([737_230]))
        presence.append(float(answer.levels.presence[0]))
    assert max(presence) < 0.1


def test_moves_far_apart_are_two():
    assert once(columns([said(500, 0, 0, sort=Sort.RISE), said(500, 200, 1, sort=Sort.RISE)]), DEFAULT).all()


def test_a_number_for_a_site_bounds_its_country_from_below():
    both, stems = nested(columns([said(500, 0, 0)]), [(0, 1)])
    assert both.sort.tolist() == [Sort.ABOUT, Sort.FLOOR]
    assert both.row.tolist() == [0, 1]
    assert both.low[1] == 500
    assert stems.tolist() == [0, 0]


def test_voices_that_exclude_each_other_are_a_dispute_and_a_change_over_years_is_none():
    assert disputes(columns([said(7000, 0, 0), said(900, 10, 1)]))
    assert not disputes(columns([said(7000, 0, 0), said(900, 1500, 1)]))
    assert not disputes(columns([said(7000, 0, 0), said(6800, 10, 1)]))
    assert not disputes(columns([said(7000, 0, 0, house=3), said(900, 10, 1, house=3)]))


def test_only_facts_feed_levels_and_exercises_feed_nothing():
    for status in (Status.PLANNED, Status.POSSIBLE):
        assert filed(replace(SAYS, status=status)) is None
    assert filed(replace(SAYS, kind=Kind.EXERCISE)) is None
    assert filed(SAYS).sort is Sort.ABOUT


def test_a_denied_presence_observes_zero_and_the_actors_own_denial_nothing():
    denied = replace(SAYS, status=Status.DENIED, quantity=None)
    assert filed(denied).sort is Sort.ABSENT
    for source in ("Russia's defence ministry", "the Kremlin", "Vladimir Putin", "Moscow"):
        own = replace(denied, sources=(source,))
        assert own_denial(own)
        assert filed(own) is None
    assert not own_denial(replace(denied, sources=("the Pentagon",)))
    assert filed(replace(denied, kind=Kind.DEPLOY)) is None


def test_moves_without_a_number_raise_chances_and_with_one_shift():
    move = replace(SAYS, kind=Kind.WITHDRAW, measure=Measure.CHANGE)
    assert filed(move).sort is Sort.FALL
    assert filed(replace(move, quantity=None)).sort is Sort.DEPARTURE
    assert filed(replace(move, kind=Kind.DEPLOY, quantity=None)).sort is Sort.ARRIVAL
    assert filed(replace(move, measure=Measure.LEVEL)).sort is Sort.ABOUT


def test_an_unsure_extractor_makes_a_claim_likelier_to_be_wrong_and_a_person_settles_that():
    sure, unsure = filed(replace(SAYS, confidence=0.99)).wrong, filed(replace(SAYS, confidence=0.5)).wrong
    assert filed(replace(SAYS, confidence=0.5, checked=True)).wrong < sure < unsure


def test_a_level_said_of_a_year_gone_by_holds_in_its_middle_give_or_take_half_of_it():
    day, give = holding(replace(SAYS, when=Period("2019", "2019", "2019")))
    assert day == last_day("2019-07-02")
    assert give == pytest.approx(182)


def announced(**fields) -> Citation:
    plan = {"kind": Kind.DEPLOY, "status": Status.PLANNED, "measure": Measure.CHANGE, "claim": "1" * 32}
    return replace(SAYS, **{**plan, **fields})


def test_an_announced_move_is_open_until_it_is_carried_out_denied_or_lapsed():
    plan = announced()
    later = {"published": "2021-08-01", "known": "2021-08-01", "document": "d2"}
    done = announced(status=Status.FACT, claim="2" * 32, **later)
    denial = announced(status=Status.DENIED, published="2021-07-10", known="2021-07-10", claim="3" * 32)
    cases = (([plan], "2021-08-02", Fate.OPEN), ([plan, done], "2021-08-02", Fate.CARRIED_OUT))
    cases += (([plan, denial], "2021-08-02", Fate.DENIED), ([plan], "2024-01-01", Fate.LAPSED))
    for claims, day, fate in cases:
        (found,) = announcements(claims, last_day(day))
        assert found.fate is fate


def test_what_is_said_after_the_day_asked_for_decides_nothing():
    done = announced(status=Status.FACT, published="2021-08-01", known="2021-08-01", claim="2" * 32)
    (found,) = announcements([announced(), done], last_day("2021-07-20"))
    assert found.fate is Fate.OPEN


def test_a_move_told_beside_a_plan_in_one_document_is_not_the_plan_carried_out():
    (found,) = announcements([announced(), announced(status=Status.FACT, claim="2" * 32)], last_day("2021-07-20"))
    assert found.fate is Fate.OPEN
