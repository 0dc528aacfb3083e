"""The picture: from the ledger's claims to who has what where."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.ledger import Ledger, asking, citing, keys, observing
from garrison.ledger.days import asked_day, day_text, today
from garrison.naming.actors import actor_of
from garrison.naming.countries import country_by_code
from garrison.pipeline.reconciliation import disputed, span
from garrison.vocabulary import Actor, Asset, Citation, Picture, Place, PlaceKind, Quantity, Row, UsageError

# How many moves, announcements, exercises … a picture lists, newest first.
LISTED = 100


def posture(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    unit: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
    listed: int = LISTED,
) -> Picture:
    """Who is where with what: the claims that pass the filters, reconciled.

    Args:
        ledger: an open ledger.
        place: a country's name, adjective, code or common misspelling, or a site's name.
        actor: a country or group.
        asset: one class.
        unit: a mission or formation.
        as_of: the day it was so (ISO 8601, partial: its last day), today if ``None``.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.
        listed: how many moves, announcements, denials and exercises to list at most, each newest first.

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = _question(
        ledger, place=place, actor=actor, asset=asset, unit=unit, as_of=as_of, known=known, recorded=recorded
    )
    found = observing.observed(ledger.session, question)
    buckets = {
        bucket: observing.listed(ledger.session, question, bucket, listed)
        for bucket in ("move", "announced", "possible", "denied", "exercise")
    }
    cited = citing.cited(ledger.session, sorted({pk for pks in buckets.values() for pk in pks}))
    rows = [(each, _row(each)) for each in found]
    tables = {bucket: tuple(cited[pk] for pk in pks) for bucket, pks in buckets.items()}
    strengths = [one for each, one in rows if each.place_key == keys.STRENGTH_PLACE]
    here = [(each, one) for each, one in rows if each.place_key != keys.STRENGTH_PLACE]
    return Picture(
        place=_asked_place(question.place),
        actor=(actor_of(actor) or Actor(actor)) if actor else None,
        as_of=day_text(question.day),
        known=known or day_text(today()),
        recorded=recorded or day_text(today()),
        rows=tuple(one for each, one in here if each.actor_key != each.place_key),
        own=tuple(one for each, one in here if each.actor_key == each.place_key),
        strengths=tuple(strengths),
        moves=tables["move"],
        announced=tables["announced"],
        possible=tables["possible"],
        denied=tables["denied"],
        exercises=tables["exercise"],
    )


def row(
    ledger: Ledger, id: str, *, as_of: str | None = None, known: str | None = None, recorded: str | None = None
) -> tuple[Row, tuple[Citation, ...]]:
    """The row with this id (case and accents do not matter), with every claim it rests on, newest first.

    Raises:
        UsageError: no such row.
    """
    key = keys.split_row_key(id)
    row_pk = observing.row_named(ledger.session, key) if key is not None else None
    if row_pk is None:
        raise UsageError(f"the ledger has no row {id!r}; rows are named actor/asset/place, such as RUS/personnel/TJK")
    question = _question(ledger, as_of=as_of, known=known, recorded=recorded, row_pk=row_pk)
    found = observing.observed(ledger.session, question)
    if not found:
        raise UsageError(f"nothing stands in the row {id!r} on that day")
    pks = observing.row_statements(ledger.session, question)
    return _row(found[0]), tuple(citing.citations(ledger.session, pks))


def _question(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    unit: str | None = None,
    as_of: str | None,
    known: str | None,
    recorded: str | None,
    row_pk: int | None = None,
) -> observing.Question:
    session = ledger.session
    return observing.Question(
        day=asked_day(as_of, "the day of the picture") if as_of else today(),
        moment=asking.moment(session, known, recorded),
        current=as_of is None and known is None and recorded is None,
        place=asking.somewhere(session, place) if place else None,
        actor_key=asking.someone(actor) if actor else None,
        asset=asset.value if asset else None,
        unit_keys=asking.unit_keys(session, unit) if unit else None,
        row_pk=row_pk,
    )


def _row(observed: observing.Observed) -> Row:
    dated = sorted(observed.stated, key=_newest_first)
    stated = tuple(citation for _, citation in dated)
    figures: list[tuple[int, Quantity]] = [(at, each.quantity) for at, each in dated if each.quantity is not None]
    low, high = span(figures)
    actor = _actor(observed.actor_key, stated)
    place = _place(observed, stated)
    component = _component(observed, stated)
    parts = [actor.id, observed.asset, observed.place_key if place.iso3 or observed.place_key in _FIXED else place.name]
    if observed.site_key:
        parts.append(place.name)
    return Row(
        id="/".join(_plain(part) for part in parts) + (f":{_plain(component)}" if component else ""),
        actor=actor,
        asset=Asset(observed.asset),
        place=place,
        component=component,
        stated=stated,
        low=low,
        high=high,
        claims=observed.claims,
        voices=len(stated),
        checked=observed.checked,
        first_cited=day_text(observed.first_day),
        last_cited=day_text(observed.last_day),
        disputed=disputed(figures),
    )


_FIXED = (keys.STRENGTH_PLACE, keys.UNSTATED_PLACE)


def _plain(part: str) -> str:
    return part.replace("/", "-").replace(":", "-")


def _newest_first(dated: tuple[int, Citation]) -> tuple[int, str, str]:
    return -dated[0], dated[1].voice, dated[1].claim


def _actor(key: str, stated: Sequence[Citation]) -> Actor:
    country = country_by_code().get(key)
    if country is not None:
        return Actor(country.name, country.iso3)
    name = next((each.actor.name for each in stated if each.actor is not None), key)
    return Actor(name)


def _place(observed: observing.Observed, stated: Sequence[Citation]) -> Place:
    country = country_by_code().get(observed.place_key)
    if observed.site_key:
        # The newest statement that knows where the site lies, else the newest.
        places = [each.place for each in stated if each.place is not None]
        bare = Place(observed.site_key, country.iso3 if country else None)
        return next((place for place in places if place.lat is not None), places[0] if places else bare)
    if country is not None:
        return Place(country.name, country.iso3, PlaceKind.COUNTRY)
    name = next((each.place.name for each in stated if each.place is not None), observed.place_key)
    return Place(observed.place_key if observed.place_key in _FIXED else name)


def _component(observed: observing.Observed, stated: Sequence[Citation]) -> str | None:
    if not observed.component_key:
        return None
    police = observed.component_key.endswith("police")
    unit = next((each.unit for each in stated if each.unit), None)
    return " ".join(part for part in (unit, "police" if police else None) if part) or observed.component_key


def _asked_place(place: asking.Somewhere | None) -> Place | None:
    if place is None:
        return None
    return Place(place.name, place.iso3, PlaceKind.COUNTRY) if place.iso3 else Place(place.name)
