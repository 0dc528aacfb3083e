"""Readings to record, made from a few words each."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from garrison.extraction.grammar.extractor import GrammarExtractor
from garrison.ledger import Ledger
from garrison.vocabulary import (
    Actor,
    Asset,
    Attribution,
    Claim,
    Document,
    Hedge,
    Kind,
    Measure,
    Obtained,
    Period,
    Place,
    Quantity,
    Reading,
    Span,
    Status,
    Version,
)

# A busy machine is no fault of what is tested.
# A run that decides over a change draws the same examples each time; a run by hand draws new ones.
settings.register_profile(
    "patient",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("patient")

RUSSIA = Actor("Russia", "RUS")
TAJIKISTAN = Place("Tajikistan", "TJK")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


class Certain(GrammarExtractor):
    """The grammar, every claim of which counts in pictures."""

    sure = 0.0


@pytest.fixture(scope="session")
def certain() -> GrammarExtractor:
    """An extractor for what is to be shown; how unsure claims are kept out is tested where the ledger is."""
    return Certain()


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    """A claim quoted from a text, by default that Russia has troops in Tajikistan."""
    return make_claim


@pytest.fixture(scope="session")
def reading() -> Callable[..., Reading]:
    """A reading of a text with its claims."""
    return make_reading


@pytest.fixture
def awaited() -> Callable[[Coroutine], object]:
    """What a coroutine gives, on a thread of its own: browser tests of the same process leave a loop running here."""

    def run(coroutine: Coroutine) -> object:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, coroutine).result()

    return run


def make_claim(text: str, quote: str | None = None, number: int | None = None, **fields) -> Claim:
    quote = text if quote is None else quote
    start = text.index(quote)
    hedge = fields.pop("hedge", Hedge.EXACT)
    quantity = fields.pop("quantity", None)
    if number is not None:
        low = None if hedge is Hedge.AT_MOST else number
        high = None if hedge is Hedge.AT_LEAST else number
        quantity = Quantity(str(number), low, high, hedge)
    when = fields.pop("when", None)
    return Claim(
        quote=quote,
        span=Span(start, start + len(quote)),
        kind=fields.pop("kind", Kind.PRESENT),
        status=fields.pop("status", Status.FACT),
        asset=fields.pop("asset", Asset.PERSONNEL),
        measure=fields.pop("measure", Measure.LEVEL),
        actor=fields.pop("actor", RUSSIA),
        place=fields.pop("place", TAJIKISTAN),
        quantity=quantity,
        when=Period(str(when), *when) if when else None,
        source=tuple(Attribution(name) for name in fields.pop("source", ())),
        **fields,
    )


def make_reading(text: str, *claims: Claim, **fields) -> Reading:
    data = fields.pop("data", text)
    version = Version(
        hashlib.sha256(data.encode()).hexdigest(),
        fields.pop("obtained", Obtained.FILE),
        fields.pop("obtained_at", "2026-01-01T00:00:00+00:00"),
        fields.pop("location", None),
    )
    reader, extractor = fields.pop("reader", "text 1"), fields.pop("extractor", "grammar 1")
    text_known, claimed_by = fields.pop("text_known", True), fields.pop("claimed_by", None)
    document = Document(
        text=text,
        title=fields.pop("title", None),
        published=fields.pop("published", "2021-07-08"),
        outlet=fields.pop("outlet", "Herald"),
        url=fields.pop("url", None),
    )
    assert not fields, f"no such fields: {sorted(fields)}"
    return Reading(document, version, reader, extractor, claims, claimed_by=claimed_by, text_known=text_known)
