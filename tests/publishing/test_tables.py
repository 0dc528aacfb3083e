"""Pictures as pages of text."""

import pytest

from garrison.publishing import posture, tables
from garrison.publishing.layout import Column, Line, table
from garrison.vocabulary import Hedge, Kind, Picture, Place, Quantity, Status


@pytest.fixture
def picture(row):
    """A function that makes a picture of Tajikistan on 15 July 2021."""

    def made(**tables_of_it) -> Picture:
        empty = dict.fromkeys(("rows", "own", "strengths", "moves", "announced", "possible", "denied", "exercises"), ())
        return Picture(
            place=Place("Tajikistan", "TJK"),
            actor=None,
            as_of="2021-07-15",
            known="2021-07-10",
            recorded="2026-01-01T00:00:00+00:00",
            **(empty | tables_of_it),
        )

    return made


def test_the_page_says_of_what_when_and_as_known_when(picture):
    page = posture.page(picture(), 80).plain
    assert page.startswith("Tajikistan, as of 15 July 2021, as known on 10 July 2021\n")


def test_a_row_has_its_statement_basis_run_and_id(picture, row):
    page = posture.page(picture(rows=(row(),)), 80).plain
    for words in ("about 7,000", "3 claims,", "2 voices", "2019-02-01", "2021-07-08", "unchecked"):
        assert words in page
    assert "    RUS/personnel/TJK\n" in page


def test_a_disagreement_is_spelled_out_with_both_sides(picture, row, cited):
    other = cited(
        claim="b" * 32, outlet="Evening Post", quantity=Quantity("about 5,000", 5000, 5000, Hedge.ABOUT), published=None
    )
    page = posture.page(picture(rows=(row(stated=(cited(), other), disputed=True),)), 80).plain
    assert "2 voices do not agree" in page
    assert "Northern Wire has about 7,000 personnel" in " ".join(page.split())
    assert "Evening Post has about 5,000 personnel" in " ".join(page.split())


def test_the_page_ends_by_saying_that_nothing_is_a_finding_yet(picture, row):
    page = posture.page(picture(rows=(row(),)), 80).plain
    assert "Nothing here is a finding until a person has checked it" in " ".join(page.split())


def test_an_empty_picture_says_that_absence_here_is_not_absence_there(picture):
    assert "Absence here is not absence there" in posture.page(picture(), 80).plain


def test_planned_possible_and_denied_moves_stand_in_tables_of_their_own(picture, cited):
    send = cited(kind=Kind.DEPLOY, status=Status.PLANNED)
    page = posture.page(picture(announced=(send,), denied=(cited(status=Status.DENIED),)), 80).plain
    assert page.index("Announced") < page.index("is to be sent") < page.index("Denied") < page.index("said not to be")


@pytest.mark.parametrize("width", [72, 80, 120])
def test_no_line_of_a_page_is_wider_than_asked(picture, row, cited, width):
    page = posture.page(
        picture(rows=(row(), row(component="a mission with a name that is long")), moves=(cited(kind=Kind.DEPLOY),)),
        width,
    ).plain
    assert max(map(len, page.split("\n"))) <= width


def test_an_id_is_never_broken_or_shortened(row):
    id = "Islamic State/personnel/" + "a place of many words " * 6
    assert id.strip() in tables.forces("", (row(id=id),), 60).plain


def test_words_wrap_and_none_is_lost():
    words = "one two three four five six seven eight nine ten"
    laid = table("", (Column("a"), Column("b")), [Line((words, words))], 30).plain
    assert sorted(laid.split()) == sorted([*"ab", *words.split(), *words.split()])


def test_wide_characters_are_measured_as_the_terminal_shows_them():
    laid = table("", (Column("a"), Column("b")), [Line(("東京", "x")), Line(("abcd", "y"))], 40).plain
    assert "  東京  x\n  abcd  y\n" in laid


def test_a_long_table_of_moves_says_how_many_it_leaves_out(picture, cited):
    page = posture.page(picture(moves=(cited(kind=Kind.DEPLOY),) * 12), 80, moves=3).plain
    assert page.count("arrives or is sent") == 3
    assert "and 9 more, not shown" in page
