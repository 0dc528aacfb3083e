"""Intake: documents and claims into the ledger, from Python."""

import json

import pytest

import garrison
from garrison.pipeline import intake
from garrison.pipeline.dates import iso_date
from garrison.vocabulary import Asset, Claim, Kind, Measure, Quantity, Span, Status, UsageError
from garrison.vocabulary.quantity import Hedge

STORY = "The base\nPublished: 2021-07-0{n}\nOutlet: Northern Wire\n\nStory number {n}: 7,000 troops are there.\n"


class Counts:
    """An extractor that finds one figure."""

    name, version, sure = "counts", "1", 0.0

    def claims(self, document):
        start = document.text.find("7,000 troops")
        if start < 0:  # a headline
            return ()
        quantity = Quantity("7,000", 7000, 7000, Hedge.EXACT)
        span = Span(start, start + len("7,000 troops"))
        kinds = (Kind.STRENGTH, Status.FACT, Asset.PERSONNEL, Measure.LEVEL)
        return (Claim(span.of(document.text), span, *kinds, quantity=quantity),)


@pytest.fixture
def desk(tmp_path):
    """An empty ledger, open."""
    with garrison.open(tmp_path / "garrison.db") as opened:
        yield opened


@pytest.fixture
def stories(tmp_path):
    """A folder of three dated stories."""
    folder = tmp_path / "stories"
    folder.mkdir()
    for n in (1, 2, 3):
        (folder / f"{n}.txt").write_text(STORY.format(n=n))
    return folder


def taken(desk, *sources, **options):
    """What came of reading ``sources``."""
    return intake.read(desk.ledger, map(str, sources), extractor=Counts(), **options)


def test_each_document_is_counted_once_with_its_claims(desk, stories):
    counts = taken(desk, stories)
    assert (counts.read, counts.new, counts.unchanged, counts.claims) == (3, 3, 0, 3)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2, 1), (2, 2, 3, 1)])
def test_neither_order_nor_repetition_changes_the_claims(desk, stories, order):
    for n in order:
        taken(desk, stories / f"{n}.txt")
    assert sorted((claim.published, claim.quote) for claim in desk.claims()) == [
        (f"2021-07-0{n}", "7,000 troops") for n in (1, 2, 3)
    ]


def test_alike_lines_with_other_titles_are_other_documents(desk, tmp_path):
    row = {"text": "There are 7,000 troops.", "published": "2021-07-08", "outlet": "Northern Wire"}
    rows = [row | {"title": title} for title in ("Lesotho", "Eswatini", "Lesotho")]
    (tmp_path / "alike.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
    counts = taken(desk, tmp_path / "alike.jsonl")
    assert (counts.new, counts.unchanged) == (2, 1)


def test_progress_is_told_to_the_end(desk, stories):
    steps = []
    taken(desk, stories, progress=steps.append)
    assert steps[-1] == intake.Step(3, 3, 3)


def test_the_reader_and_extractor_are_kept_with_the_reading(desk, stories):
    taken(desk, stories)
    (reading,) = next(iter(desk.documents())).readings
    assert reading.extractor == "counts 1"
    assert reading.reader


def test_a_claim_that_points_at_other_words_is_a_failure_of_that_document_only(desk, stories):
    class Astray(Counts):
        def claims(self, document):
            astray = (Claim("elsewhere", Span(0, 9), *kinds),)
            return astray if "number 2" in document.text else super().claims(document)

    kinds = (Kind.STRENGTH, Status.FACT, Asset.PERSONNEL, Measure.LEVEL)
    counts = intake.read(desk.ledger, [str(stories)], extractor=Astray())
    assert counts.new == 2
    assert [failure.where for failure in counts.failed] == [str(stories / "2.txt")]


@pytest.mark.parametrize("words", ["2021", "2021-07", "2021-07-15", "2020-02-29"])
def test_partial_dates_are_dates(words):
    assert iso_date(words) == words


@pytest.mark.parametrize("words", ["", "21", "2021-7-1", "2021-13", "2021-02-30", "15 July 2021", "2021-07-15T10:00"])
def test_what_is_no_date_is_refused(words):
    with pytest.raises(UsageError):
        iso_date(words)


def test_the_python_api_is_imported_only_when_used():
    with pytest.raises(AttributeError, match="no attribute 'brigade'"):
        garrison.brigade  # noqa: B018
    assert set(garrison.__all__) <= set(dir(garrison))
    assert all(getattr(garrison, name) is not None for name in garrison.__all__)


def test_a_picture_from_python_is_rows_of_dataclasses(desk, tmp_path):
    claim = {
        "quote": "7,000 troops",
        **dict.fromkeys(("unit", "origin", "origin_iso3", "when", "asset_text")),
        **{"kind": "present", "status": "fact", "actor": "Russia", "actor_iso3": "RUS", "asset": "personnel"},
        **{"measure": "level", "place": "Tajikistan", "place_iso3": "TJK", "source": []},
        "quantity": {"text": "7,000", "low": 7000, "high": 7000, "hedge": "exact"},
    }
    row = {"id": "1", "published": "2021-07-08", "outlet": "Wire", "text": "7,000 troops", "claims": [claim]}
    (tmp_path / "claims.jsonl").write_text(json.dumps(row))
    desk.record(tmp_path / "claims.jsonl")
    (found,) = desk.posture("Tajikistan", as_of="2021-07-15").rows
    assert (found.id, found.low, found.voices) == ("RUS/personnel/TJK", 7000, 1)
    assert garrison.frame([found]).shape == (1, 17)
    assert desk.why(found.id).evidence[0].citation.quote == "7,000 troops"


def test_a_file_read_before_is_not_read_again(desk, stories, monkeypatch):
    taken(desk, stories)
    monkeypatch.setattr(intake, "documents", lambda piece: pytest.fail(f"{piece.where} was read again"))
    counts = taken(desk, stories)
    assert (counts.read, counts.new, counts.unchanged, counts.claims) == (3, 0, 3, 0)


def test_a_file_read_before_is_read_again_with_another_extractor_or_outlet(desk, stories):
    class Better(Counts):
        version = "2"
        sure = 0.0

    taken(desk, stories)
    assert intake.read(desk.ledger, [str(stories)], extractor=Better()).new == 3
    undated = stories.parent / "undated.txt"
    undated.write_text("The base\n\nSome 7,000 troops are there.\n")
    assert taken(desk, undated).new == 1
    assert taken(desk, undated, published="2021-07-09", outlet="Post").new == 1
    assert [one.published for one in desk.claims(outlet="Post")] == ["2021-07-09"]
