"""Lanes: the due pages of many listings, a few of each at a time."""

import time
from dataclasses import replace

import pytest

from garrison.gathering.listing import Entry
from garrison.ledger import Ledger, gathered
from garrison.pipeline.lanes import LANES, SHORTEST, Lanes


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def named(ledger):
    """A function that lists so many pages under a listing, at a time."""

    def add(listing, number, at=1000.0, words="page"):
        entries = [Entry(f"http://{listing}.test/{words}/{n}") for n in range(number)]
        with ledger.session.writing():
            gathered.listed(ledger.session, entries, listing, at)

    return add


def read(ledger, lanes, page):
    with ledger.session.writing():
        gathered.keep_page(ledger.session, replace(page, checked_at=time.time(), due_at=None))
    lanes.back(page)


def listings(pages):
    return sorted({page.listed_in for page in pages})


def test_of_many_listings_each_has_a_few_pages_out(ledger, named):
    names = [f"l{n:03}" for n in range(LANES // SHORTEST + 1)]
    for name in names:
        named(name, 2 * SHORTEST)
    pages = Lanes(ledger, names).take()
    assert listings(pages) == names
    assert len(pages) == SHORTEST * len(names)


def test_a_listing_whose_pages_are_back_gets_more_while_another_still_has_all_out(ledger, named):
    names = [f"l{n:03}" for n in range(LANES // SHORTEST)]
    for name in names:
        named(name, 2 * SHORTEST)
    lanes = Lanes(ledger, names)
    first = [page for page in lanes.take() if page.listed_in == "l000"]
    for page in first[:-1]:
        read(ledger, lanes, page)
        assert lanes.take() == []
    read(ledger, lanes, first[-1])
    assert listings(lanes.take()) == ["l000"]


def test_every_page_is_taken_once(ledger, named):
    for name, number in (("a", 450), ("b", 3), ("c", 0)):
        named(name, number)
    lanes, seen = Lanes(ledger, ["a", "b", "c"]), []
    while pages := lanes.take():
        for page in pages:
            seen.append(page.url)
            read(ledger, lanes, page)
    assert len(seen) == len(set(seen)) == 453


def test_more_listings_than_lanes_have_their_turn(ledger, named):
    names = [f"l{n:03}" for n in range(LANES + 50)]
    for name in names:
        named(name, 1)
    lanes, seen = Lanes(ledger, names), []
    while pages := lanes.take():
        for page in pages:
            seen.append(page.listed_in)
            read(ledger, lanes, page)
    assert sorted(seen) == names


def test_what_was_never_fetched_goes_first_and_of_it_what_was_listed_last(ledger, named):
    named("a", 1, at=1000.0, words="seen")
    with ledger.session.writing():
        (page,) = gathered.taken(ledger.session, 2000.0, ["a"], 9)
        gathered.keep_page(ledger.session, replace(page, checked_at=1500.0, due_at=1600.0))
    named("a", 1, at=1700.0, words="older")
    named("a", 1, at=1800.0, words="newer")
    with ledger.session.writing():
        order = [page.url for page in gathered.taken(ledger.session, 2000.0, ["a"], 9)]
    assert order == [f"http://a.test/{words}/0" for words in ("newer", "older", "seen")]


def test_what_a_living_process_has_taken_is_left_to_it_and_what_a_dead_one_had_is_not(ledger, named):
    named("a", 2)
    first, second = Lanes(ledger, ["a"]).take()
    assert Lanes(ledger, ["a"]).take() == []
    with ledger.session.writing():
        # A process of that number lives, but began at another time.
        ledger.session.sql(f"UPDATE page SET taken_by = '1/none' WHERE id = '{second.id}'")
    assert Lanes(ledger, ["a"]).take() == [second]
    assert first != second
