"""Starters: figures that come with Garrison, so that the first minute shows a world."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import groupby

from garrison.ledger import Ledger
from garrison.pipeline.dates import now
from garrison.pipeline.intake import Intake
from garrison.vocabulary import (
    Actor,
    Asset,
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
    Status,
    UsageError,
    Version,
)

STARTERS = {"factbook": "CIA World Factbook"}
"""The starters by name, each with the outlet that its figures are from."""


def record(ledger: Ledger, name: str) -> Intake:
    """Record the starter ``name``: recorded claims, each citing its edition, without their texts (*unverified*).

    Raises:
        UsageError: there is no such starter.
        LedgerError: the ledger cannot be written.
    """
    if name not in STARTERS:
        raise UsageError(f"there is no starter {name!r}; there are: {', '.join(STARTERS)}")
    intake = Intake()
    with ledger.recording():
        for reading in readings(name):
            intake.keep(ledger, reading)
    return intake


def readings(name: str) -> Iterator[Reading]:
    """The editions of a starter with their claims."""
    for (title, edition), rows in groupby(_rows(name), key=lambda row: (row["title"], row["edition"])):
        yield _reading(name, title, edition, list(rows))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resources.files("garrison.pipeline").joinpath(f"starters/{name}.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _reading(name: str, title: str, edition: str, rows: Sequence[dict[str, str]]) -> Reading:
    outlet = STARTERS[name]
    document = Document(
        "",
        title=f"{title}: Military deployments",
        published=edition,
        outlet=outlet,
        # Without text or address nothing tells two editions apart but this.
        url=f"id:{name}-{title.lower().replace(' ', '-')}-{edition}",
    )
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Reading(
        document=document,
        version=Version(digest, Obtained.RECORDED, now(), f"starter {name}"),
        reader="starter 1",
        extractor=f"recorded from starter {name} {digest[:8]}",
        claims=tuple(_claim(row) for row in rows),
        claimed_by=f"starter {name}",
        text_known=False,
    )


def _claim(row: dict[str, str]) -> Claim:
    low, high = (int(row[name]) if row[name] else None for name in ("low", "high"))
    numbers = [f"{number:,}" for number in dict.fromkeys((low, high)) if number is not None]
    hedge = Hedge(row["hedge"])
    leading = {Hedge.ABOUT: "about ", Hedge.AT_LEAST: "more than ", Hedge.AT_MOST: "up to "}.get(hedge, "")
    text = leading + "-".join(numbers)
    component = f" ({row['component']})" if row["component"] else ""
    return Claim(
        quote=f"{text} {'police ' if row['words'] == 'police' else ''}{row['place']}{component}",
        span=None,
        kind=Kind.PRESENT,
        status=Status.FACT,
        asset=Asset.PERSONNEL,
        measure=Measure.LEVEL,
        actor=Actor(row["actor"], row["actor_iso3"]),
        unit=row["component"] or None,
        asset_text=row["words"],
        quantity=Quantity(text, low, high, hedge),
        place=Place(row["place"], row["place_iso3"] or None),
        when=Period(row["year"], row["year"], row["year"]),
    )
