"""Which claims one may be the same as."""

import pytest

from garrison.pipeline.alike import alike
from garrison.vocabulary import Actor, Asset, Kind, Place

TJK, SYR = Place("Tajikistan", "TJK"), Place("Syria", "SYR")


@pytest.fixture
def said(ledger, claim, reading):
    """Records what an outlet said of a force on a day, and gives the claim."""

    def record(number, published, **fields):
        text = f"Report {len(list(ledger.claims()))}: {number} of them."
        ledger.record(reading(text, claim(text, number=number, **fields), published=published))
        (found,) = (one for one in ledger.claims() if one.quote == text)
        return found

    return record


def test_the_same_force_in_the_same_place_comes_first_by_number_and_then_by_day(ledger, said):
    asked = said(7000, "2021-06-10", place=TJK)
    far = said(300, "2021-06-10", place=TJK)
    later = said(7100, "2021-06-25", place=TJK)
    near = said(7000, "2021-06-11", place=TJK)
    untold = said(None, "2021-06-10", place=TJK)
    assert alike(ledger, asked, 10) == (near, later, untold, far)
    assert alike(ledger, asked, 2) == (near, later)


def test_another_place_class_or_kind_comes_later_and_another_actor_last(ledger, said):
    asked = said(7000, "2021-06-10", place=TJK)
    leaves = said(7000, "2021-06-10", place=TJK, kind=Kind.WITHDRAW)
    tanks = said(7000, "2021-06-10", place=TJK, asset=Asset.TANK)
    elsewhere = said(7000, "2021-06-10", place=SYR)
    said(7000, "2021-06-10", place=SYR, actor=Actor("France", "FRA"))
    french = said(7000, "2021-06-10", place=TJK, actor=Actor("France", "FRA"))
    said(7000, "2015-06-10", place=TJK, actor=Actor("China", "CHN"))
    assert alike(ledger, asked, 10) == (leaves, elsewhere, tanks, french)


def test_what_is_old_is_offered_where_nothing_is_near_in_time(ledger, said):
    asked = said(7000, "2021-06-10", place=TJK)
    old = said(7000, "2015-01-01", place=TJK)
    assert alike(ledger, asked, 10) == (old,)


def test_a_claim_of_no_actor_is_compared_by_its_place_and_one_of_neither_with_none(ledger, said):
    somewhere = said(50, "2021-06-10", place=TJK, actor=None)
    other = said(50, "2021-06-10", place=TJK, actor=Actor("France", "FRA"))
    nowhere = said(50, "2021-06-10", place=None, actor=None)
    assert alike(ledger, somewhere, 10) == (other,)
    assert alike(ledger, nowhere, 10) == ()
