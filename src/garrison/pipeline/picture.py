"""The picture: from the ledger's claims to who has what where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from garrison.ledger import Ledger, asking, citing, columns, keys, listing, observing
from garrison.ledger.columns import Family
from garrison.ledger.days import asked_day, day_text, today
from garrison.ledger.judged import UNSURE
from garrison.naming.actors import actor_of
from garrison.naming.countries import country_by_code
from garrison.pipeline.reconciliation import disputed, span
from garrison.vocabulary import Actor, Asset, Citation, Estimate, Picture, Place, PlaceKind, Row, UsageError

# How many moves, announcements, exercises … a picture lists, newest first.
LISTED = 100
_LISTINGS = ("move", "announced", "possible", "denied", "exercise")
_TABLES = {"move": "moves", "exercise": "exercises"}


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
    later: bool = False,
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
        listed: how many moves, announcements, denials and exercises to list at most, each newest first;
            ``Picture.left_out`` counts the rest, and under ``unsure`` the claims that wait for a person because they
            were read with too little confidence.
        later: whether citations may be read when somebody looks at them, while the ledger is open: of another day of
            a large ledger that is soon told, where all citations take a minute.

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = asked(
        ledger, place=place, actor=actor, asset=asset, unit=unit, as_of=as_of, known=known, recorded=recorded
    )
    found = (_from_kept(ledger, question) if later else None) or observing.observed(ledger.session, question)
    buckets = listing.listings(ledger.session, question, (*_LISTINGS, UNSURE), listed)
    waiting = buckets.pop(UNSURE).number
    left_out = {
        _TABLES.get(bucket, bucket): each.number - len(each.newest)
        for bucket, each in buckets.items()
        if each.number > len(each.newest)
    }
    if waiting:
        left_out[UNSURE] = waiting
    cited = citing.cited(ledger.session, sorted({pk for each in buckets.values() for pk in each.newest}))
    rows = [(each, row_of(each)) for each in found]
    tables = {bucket: tuple(cited[pk] for pk in each.newest) for bucket, each in buckets.items()}
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
        left_out=left_out,
    )


def _from_kept(ledger: Ledger, question: observing.Question) -> list[observing.Observed] | None:
    """What is stated on another day of a large part of a ledger, from what is kept of the claims, by key."""
    from garrison.pipeline import past

    if question.current or question.unit_keys is not None:
        return None
    found = past.stated_then(ledger, question)
    return None if found is None else sorted(found, key=lambda each: each.key)


def summarised(ledger: Ledger, families: Iterable[Family], estimates: Mapping[str, Estimate]) -> dict[str, Row]:
    """The rows of ``families`` that have ``estimates``, by their keys, as they stand today, without the citations."""
    rows = columns.rows_of(ledger.session, frozenset(families))
    found = (each for _, each in observing.summed(ledger.session, today(), rows))
    return {each.key: row_of(each, estimates[each.key], cited=False) for each in found if each.key in estimates}


def row(
    ledger: Ledger,
    id: str,
    *,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
    limit: int | None = None,
) -> tuple[Row, tuple[Citation, ...]]:
    """The row with this id (case and accents do not matter), with the claims it rests on, newest first.

    Args:
        ledger: an open ledger.
        id: the row's id.
        as_of: the day it was so, today if ``None``.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.
        limit: how many claims at most, each voice's statement before others; all if ``None``.

    Raises:
        UsageError: no such row.
    """
    key = keys.split_row_key(id)
    row_pk = observing.row_named(ledger.session, key) if key is not None else None
    if row_pk is None:
        raise UsageError(f"the ledger has no row {id!r}; rows are named actor/asset/place, such as RUS/personnel/TJK")
    question = asked(ledger, as_of=as_of, known=known, recorded=recorded, row_pk=row_pk)
    found = observing.observed(ledger.session, question)
    if not found:
        raise UsageError(f"nothing stands in the row {id!r} on that day")
    said, made = observing.row_statements(ledger.session, question), row_of(found[0])
    if limit is not None and len(said) > limit:
        stated = {one.claim for one in made.stated}
        first = sorted(range(len(said)), key=lambda at: (said[at][1] not in stated, at))[:limit]
        said = [said[at] for at in sorted(first)]
    return made, tuple(citing.citations(ledger.session, [pk for pk, _ in said]))


def asked(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    unit: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
    row_pk: int | None = None,
) -> observing.Question:
    """The question that a person asks in words and dates; the arguments are those of :func:`posture`.

    Raises:
        UsageError: a place or date that is unknown.
    """
    session = ledger.session
    day = asked_day(as_of, "the day of the picture") if as_of else today()
    # Dates that come to today's picture as known now are answered as such: it is kept ready.
    known_now = not known or asked_day(known, "the day it was known") >= today()
    return observing.Question(
        day=day,
        moment=asking.moment(session, None if known_now else known, recorded),
        current=recorded is None and known_now and day == today(),
        place=asking.somewhere(session, place) if place else None,
        actor_key=asking.someone(actor) if actor else None,
        asset=asset.value if asset else None,
        unit_keys=asking.unit_keys(session, unit) if unit else None,
        row_pk=row_pk,
    )


def row_of(observed: observing.Observed, estimate: Estimate | None = None, *, cited: bool = True) -> Row:
    """The row that claims make, its figures side by side.

    Args:
        observed: the claims of the row.
        estimate: what it has beside them; it tells the voices, and whether figures exclude each other.
        cited: whether the row has its citations.
    """
    stated = observed.stated
    low, high = span(observed.figures) if observed.span is None else observed.span
    actor = _actor(observed.actor_key, stated)
    place = _place(observed)
    component = _component(observed)
    parts = [actor.id, observed.asset, observed.place_key if place.iso3 or observed.place_key in _FIXED else place.name]
    if observed.site_key:
        parts.append(place.name)
    return Row(
        id="/".join([_plain(part) for part in parts]) + (f":{_plain(component)}" if component else ""),
        actor=actor,
        asset=_ASSETS[observed.asset],
        place=place,
        component=component,
        stated=stated if cited else (),
        low=low,
        high=high,
        claims=observed.claims,
        voices=len(stated) if estimate is None else estimate.voices,
        checked=observed.checked,
        first_cited=day_text(observed.first_day),
        last_cited=day_text(observed.last_day),
        disputed=disputed(observed.figures) if estimate is None else estimate.dispute is not None,
        estimate=estimate,
    )


_ASSETS = {each.value: each for each in Asset}
_FIXED = (keys.STRENGTH_PLACE, keys.UNSTATED_PLACE)


def _plain(part: str) -> str:
    return part.replace("/", "-").replace(":", "-")


def _actor(key: str, stated: Sequence[Citation]) -> Actor:
    country = _country(key)
    if country is not None:
        return country[0]
    newest = stated[0].actor
    return newest if newest is not None else Actor(key)


def _place(observed: observing.Observed) -> Place:
    country = _country(observed.place_key)
    if observed.site_key:
        # The newest statement that knows where the site lies, else the newest.
        place = observed.stated[observed.located or 0].place
        return place if place is not None else Place(observed.site_key, country[0].iso3 if country else None)
    if country is not None:
        return country[1]
    newest = observed.stated[0].place
    return Place(observed.place_key if newest is None or observed.place_key in _FIXED else newest.name)


@lru_cache(maxsize=4096)
def _country(key: str) -> tuple[Actor, Place] | None:
    """The country with this key, as who has a force and as where one is; ten thousand rows have the same few."""
    country = country_by_code().get(key)
    if country is None:
        return None
    return Actor(country.name, country.iso3), Place(country.name, country.iso3, PlaceKind.COUNTRY)


def _component(observed: observing.Observed) -> str | None:
    if not observed.component_key:
        return None
    police = observed.component_key.endswith("police")
    unit = observed.stated[0].unit
    return " ".join(part for part in (unit, "police" if police else None) if part) or observed.component_key


def _asked_place(place: asking.Somewhere | None) -> Place | None:
    if place is None:
        return None
    return Place(place.name, place.iso3, PlaceKind.COUNTRY) if place.iso3 else Place(place.name)
