"""Answering: what the pipeline finds, as the parts that the API answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from garrison.estimation.announcements import Announcement
from garrison.ledger import Judgement, Ledger, citing, keys
from garrison.ledger.days import first_day
from garrison.naming.symbols import symbol
from garrison.pipeline.atlas import is_old
from garrison.publishing.citations import fragment_url
from garrison.publishing.estimates import weight_words
from garrison.publishing.placing import contested_name, drawn, whereabouts
from garrison.publishing.tables import move_said
from garrison.publishing.wording import quantity_words, sources_words, stated_words
from garrison.server.models.parts import (
    ActorRef,
    ClaimOut,
    EstimateOut,
    Figure,
    HeardOut,
    JudgementOut,
    MoveOut,
    PlaceRef,
    PositionOut,
    RowOut,
    Source,
    Statement,
    Table,
    Time,
)
from garrison.vocabulary import Actor, Asset, Citation, Estimate, Heard, Place, Position, Quantity, Row, Status


@lru_cache(maxsize=65536)
def actor_ref(actor: Actor) -> ActorRef:
    """An actor."""
    return ActorRef(id=actor.id, name=actor.name, iso3=actor.iso3)


# A list of claims names the same few places again and again, and a map all of them.
@lru_cache(maxsize=65536)
def place_ref(place: Place) -> PlaceRef:
    """A place, with coordinates where its name or its country has them."""
    where = whereabouts(place)
    return PlaceRef(
        name=place.name,
        iso3=place.iso3,
        kind=where.kind,
        lat=_degrees(where.lat),
        lon=_degrees(where.lon),
        radius_km=None if where.radius_km is None else round(where.radius_km, 2),
        shape=drawn(where),
        contested=contested_name(place),
    )


def share(value: float | None) -> float | None:
    """A probability or a weight, to as many digits as are worth sending."""
    return None if value is None else round(value, 4)


def heard_out(one: Heard, row: str) -> HeardOut:
    """A claim as the estimate of ``row`` heard it."""
    return HeardOut(
        claim=claim_out(one.citation, row),
        voice=one.voice,
        because=one.because,
        weight=round(one.weight, 4),
        holds=share(one.holds),
        right=share(one.right),
        counts=weight_words(one),
    )


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def figure(quantity: Quantity) -> Figure:
    """A stated number."""
    return Figure(
        text=quantity.text, words=quantity_words(quantity), low=quantity.low, high=quantity.high, hedge=quantity.hedge
    )


STATED = 8
"""How many of a row's statements a picture has, newest first; its own page has all."""


def row_out(row: Row, table: Table, as_of: str, most: int | None = STATED) -> RowOut:
    """A row of a picture of the day ``as_of``, with at most so many of its voices' statements."""
    day, last = first_day(as_of), first_day(row.last_cited)
    return RowOut(
        id=row.id,
        key=keys.split_row_key(row.id) or row.id,
        table=table,
        actor=actor_ref(row.actor),
        asset=row.asset,
        component=row.component,
        place=place_ref(row.place),
        symbol=row_symbol(row),
        words=stated_words(row),
        low=row.low,
        high=row.high,
        claims=row.claims,
        voices=row.voices,
        checked=row.checked,
        first_cited=row.first_cited,
        last_cited=row.last_cited,
        age_days=max(0, day - last),
        old=is_old(last, day),
        disputed=row.disputed,
        stated=[_statement(one) for one in row.stated[:most]],
        estimate=estimate_out(row.estimate) if row.estimate else None,
    )


def row_symbol(row: Row) -> str:
    """The map symbol of a row."""
    return symbol(row.asset, row.actor, row.component if row.asset is Asset.UNIT else None)


def _statement(one: Citation) -> Statement:
    quantity = one.quantity
    return Statement(
        claim=one.claim,
        voice=one.voice,
        published=one.published,
        words=quantity_words(quantity) if quantity else "size not stated",
        low=quantity.low if quantity else None,
        high=quantity.high if quantity else None,
        hedge=quantity.hedge if quantity else None,
        checked=one.checked,
    )


def estimate_out(estimate: Estimate) -> EstimateOut:
    """An estimate of a row."""
    return EstimateOut(
        row=estimate.row,
        as_of=estimate.as_of,
        low=estimate.low,
        median=estimate.median,
        high=estimate.high,
        presence=round(estimate.presence, 4),
        no_longer_stated=estimate.dropped,
        outlying=list(estimate.outlying),
        disputed=list(estimate.dispute or ()),
    )


def claim_out(one: Citation, row: str | None, *, withheld: bool = False) -> ClaimOut:
    """A claim, with the key of the row it states a level of; ``withheld`` keeps its quotation back."""
    names = sources_words(one)
    roles = one.roles or (None,) * len(one.sources)
    link = one.url if one.url and one.url.startswith(("http://", "https://")) else None
    who = one.actor.name if one.actor else "Force not named"
    quantity, when = one.quantity, one.when
    return ClaimOut(
        id=one.claim,
        document=one.document,
        row=row,
        sentence=f"{who}: {one.kind.value} ({one.status.value}): {move_said(one)}",
        kind=one.kind,
        status=one.status,
        measure=one.measure,
        asset=one.asset,
        symbol=symbol(one.asset, one.actor, one.unit, planned=one.status in (Status.PLANNED, Status.POSSIBLE)),
        actor=actor_ref(one.actor) if one.actor else None,
        unit=one.unit,
        quantity=figure(quantity) if quantity else None,
        place=place_ref(one.place) if one.place else None,
        origin=place_ref(one.origin) if one.origin else None,
        when=Time(text=when.text, start=when.start, end=when.end) if when else None,
        quote="" if withheld else one.quote,
        part=one.part,
        span=(one.span.start, one.span.end) if one.span else None,
        title=one.title,
        outlet=one.outlet,
        voice=one.voice,
        published=one.published,
        known=one.known,
        known_basis=one.known_basis,
        recorded=one.recorded,
        url=one.url,
        link=fragment_url(link, one.quote) if link and one.verified and not withheld else link,
        sources=[Source(name=name, role=role) for name, role in zip(names, roles, strict=False)],
        chain=[*names, *([one.outlet] if one.outlet else [])],
        extractor=one.extractor,
        confidence=one.confidence,
        checked=one.checked,
        verified=one.verified,
    )


def claims_out(ledger: Ledger, citations: Iterable[Citation], rows: Mapping[str, str] | None = None) -> list[ClaimOut]:
    """Claims, each with its row: that in ``rows``, by its id, where these are known."""
    found = list(citations)
    if rows is None:
        rows = citing.rows_of(ledger.session, (one.claim for one in found))
    return [claim_out(one, rows.get(one.claim)) for one in found]


def moves_out(
    ledger: Ledger,
    citations: Sequence[Citation],
    fates: Mapping[str, Announcement] | None = None,
    rows: Mapping[str, str] | None = None,
) -> list[MoveOut]:
    """Announced moves with what became of them, where ``fates`` (by claim) tells; ``rows`` as in ``claims_out``."""
    told = fates or {}
    found = []
    for claim in claims_out(ledger, citations, rows):
        fate = told.get(claim.id)
        by = fate.by.claim if fate is not None and fate.by else None
        found.append(MoveOut(state=fate.fate.value if fate else None, by=by, claim=claim))
    return found


def position_out(run: Position) -> PositionOut:
    """A run of a unit at a place."""
    asset = Asset.BASE if run.citations and run.citations[0].asset is Asset.BASE else Asset.UNIT
    return PositionOut(
        unit=run.unit,
        actor=actor_ref(run.actor) if run.actor else None,
        place=place_ref(run.place),
        tie=run.tie,  # type: ignore[arg-type]  # one of the three ties, checked when the answer is made
        first_cited=run.first_cited,
        last_cited=run.last_cited,
        claims=[one.claim for one in run.citations],
        symbol=symbol(asset, run.actor, run.unit),
    )


def judgement_out(one: Judgement) -> JudgementOut:
    """A person's decision."""
    return JudgementOut(
        id=one.id,
        claim=one.claim,
        verdict=one.verdict.value,
        field=one.field,
        value=one.value,
        same_as=one.same_as,
        by=one.by,
        because=one.because,
        recorded=one.recorded,
        applies_to=one.applies_to,
        carried_over=one.carried_over,
        waiting=one.orphaned,
        withdrawn=one.withdrawn,
        withdrawn_by=one.withdrawn_by,
        withdrawn_because=one.withdrawn_because,
    )
