"""Positions: where named units and bases are, as contiguous runs at a place."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from garrison.ledger import Ledger, asking, citing, keys, observing
from garrison.ledger.days import UNDATED, asked_day, day_text, first_day, is_date, last_day, today
from garrison.naming.lexicon import key
from garrison.vocabulary import Actor, Asset, Citation, Kind, Place, PlaceKind, Position, Status


def positions(
    ledger: Ledger,
    name: str | None = None,
    *,
    place: str | None = None,
    actor: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> tuple[Position, ...]:
    """The positions of named units and bases, by unit and first cited.

    A run ends when the unit is cited elsewhere in between, or is stated to have left. Being cited somewhere in a
    country does not end a run at a site of that country, and one document may name several places at once.

    Args:
        ledger: an open ledger.
        name: a unit's name or alias, in any of its spellings; all units if ``None``.
        place: a country or site.
        actor: a country or group.
        as_of: leave out what is first cited after this day.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: a place or date that is unknown.
    """
    session = ledger.session
    question = observing.Question(
        day=asked_day(as_of, "the day of the picture") if as_of else today(),
        moment=asking.moment(session, known, recorded),
        current=False,
        place=asking.somewhere(session, place) if place else None,
        actor_key=asking.someone(actor) if actor else None,
        unit_keys=asking.unit_keys(session, name) if name else None,
        site_keys=keys.site_keys(name) if name else (),
    )
    seen = observing.sightings(session, question)
    cited = citing.citations(session, (pk for pk, *_ in seen))
    found = [
        sighting
        for citation, (_, first, last) in zip(cited, seen, strict=True)
        if _tells(citation)
        for sighting in _sightings(citation, first, last, question.day)
    ]
    shown = {entry.id: entry.names[0] for entry in ledger.units()}
    runs: list[Position] = []
    for (unit, _), group in _by_unit(found, ledger.unit_names()).items():
        runs.extend(_positions(group, shown.get(unit)))
    if question.place is not None:
        runs = [run for run in runs if _is_at(run.place, question.place)]
    return tuple(sorted(runs, key=lambda run: (run.unit.casefold(), first_day(run.first_cited), run.place.name)))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A unit cited at a place: from which day to which, the place's keys (country, site); ``leaves`` if it left.

    ``dated`` is ``False`` where the text has no date: it was there some day before ``first``, no telling when.
    ``first_text`` and ``last_text`` are the two days as they were stated, which may be months or years.
    """

    first: int
    last: int
    at: tuple[str, str]
    place: Place
    citation: Citation
    leaves: bool
    dated: bool
    first_text: str
    last_text: str


_TELLING = (Kind.PRESENT, Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE)


def _tells(citation: Citation) -> bool:
    """Whether a claim tells where a named unit or base is."""
    if citation.status is not Status.FACT or citation.kind not in _TELLING or citation.place is None:
        return False
    return bool(citation.unit) or _is_named_base(citation, citation.place)


def _is_named_base(citation: Citation, place: Place) -> bool:
    """Whether a claim about a base calls it by its name: one base, at a place that is no region or direction."""
    if citation.asset is not Asset.BASE or place.iso3 is None or keys.place_keys(place)[1] == "":
        return False
    if citation.quantity is not None and citation.quantity.high != 1:
        return False
    site = keys.located(place.name, place.iso3)
    kind = site.kind if site else place.kind
    if kind is None:
        return place.name[:1].isupper() and not set(key(place.name).split()) & _tie_words()["area"]
    return kind in (PlaceKind.BASE, PlaceKind.CITY, PlaceKind.POINT)


def _sightings(citation: Citation, first: int, last: int, day: int) -> Iterator[Sighting]:
    dated = last != UNDATED
    first, last = min(first, day), min(max(first, last), day)
    when = citation.when
    start = _date(first, when.start if when else None, when.end if when else None, citation.published)
    end = _date(last, when.end if when else None, citation.published)
    if citation.kind is Kind.RELOCATE and citation.origin is not None:
        at = keys.place_keys(citation.origin)
        yield Sighting(first, first, at, citation.origin, citation, True, dated, start, start)
    if citation.place is not None:
        leaves = citation.kind is Kind.WITHDRAW
        at = keys.place_keys(citation.place)
        until = (first, start) if leaves else (last, end)
        yield Sighting(first, until[0], at, citation.place, citation, leaves, dated, start, until[1])


def _date(day: int, *stated: str | None) -> str:
    """A day, or the month or year that it stands for: the first of ``stated`` that begins or ends with it."""
    partial = (text for text in stated if text is not None and len(text) < len("2015-01-01") and is_date(text))
    return next((text for text in partial if day in (first_day(text), last_day(text))), day_text(day))


def _by_unit(found: Iterable[Sighting], names: Mapping[str, str]) -> dict[tuple[str, str | None], list[Sighting]]:
    """Sightings by unit (imported id, else key) and actor; one without an actor joins the only actor of its unit."""
    grouped: dict[str, dict[str | None, list[Sighting]]] = {}
    for each in found:
        unit, actor = each.citation.unit, each.citation.actor
        unit_key = keys.unit_key(unit) if unit else each.at[1]
        actor_key = keys.actor_key(actor) if actor else None
        grouped.setdefault(names.get(unit_key, unit_key), {}).setdefault(actor_key, []).append(each)
    together: dict[tuple[str, str | None], list[Sighting]] = {}
    for unit_id, by_actor in grouped.items():
        known = [actor for actor in by_actor if actor is not None]
        if len(known) == 1 and None in by_actor:
            by_actor[known[0]].extend(by_actor.pop(None))
        for actor_id, group in by_actor.items():
            together[unit_id, actor_id] = group
    return together


def _positions(group: Sequence[Sighting], shown: str | None) -> list[Position]:
    name = shown or _name(group)
    actor = next((each.citation.actor for each in group if each.citation.actor is not None), None)
    # A place that a text names, or that is cited on the day, is not left by being elsewhere in that text, on that day.
    held: dict[str | int, set[tuple[str, str]]] = {}
    for each in group:
        held.setdefault(each.citation.document, set()).add(each.at)
        held.setdefault(each.first, set()).add(each.at)
    runs: list[list[Sighting]] = []
    going: dict[tuple[str, str], list[Sighting]] = {}
    for each in sorted(
        group, key=lambda each: (not each.dated, each.first, each.last, each.leaves, each.citation.claim)
    ):
        if each.leaves:
            _leave(each, going, runs)
            continue
        kept = held[each.citation.document] | held[each.first]
        for at in [at for at, run in going.items() if each.dated and at not in kept and _ends(at, run, each)]:
            del going[at]
        if each.at not in going:
            going[each.at] = []
            runs.append(going[each.at])
        going[each.at].append(each)
    return [_position(name, actor, run) for run in runs]


def _leave(left: Sighting, going: dict[tuple[str, str], list[Sighting]], runs: list[list[Sighting]]) -> None:
    """End the runs at a place that was left, and at the sites in it: the unit was there until then."""
    ended = [at for at in going if _inside(at, left.at)]
    for at in ended:
        going.pop(at).append(left)
    if not ended:
        runs.append([left])


def _ends(at: tuple[str, str], run: Sequence[Sighting], seen: Sighting) -> bool:
    """Whether being ``seen`` ends a run at ``at``: elsewhere, later than all of the run, and not wider or narrower."""
    if _inside(at, seen.at) or _inside(seen.at, at):
        return False
    return seen.first > max(each.last for each in run)


def _inside(at: tuple[str, str], wider: tuple[str, str]) -> bool:
    return at == wider or (wider[1] == "" and at[0] == wider[0])


def _position(unit: str, actor: Actor | None, run: Sequence[Sighting]) -> Position:
    stays = [each for each in run if not each.leaves] or run
    best = next((each.place for each in reversed(stays) if each.place.lat is not None), stays[-1].place)
    return Position(
        unit=unit,
        actor=actor,
        place=best,
        tie=_tie([each.citation for each in run]),
        # Of two that come to one day, the one that says it more exactly.
        first_cited=min((each.first, -len(each.first_text), each.first_text) for each in run)[2],
        last_cited=max((each.last, len(each.last_text), each.last_text) for each in run)[2],
        citations=tuple(each.citation for each in run),
    )


def _name(group: Sequence[Sighting]) -> str:
    """The name most used, of several the one that comes first."""
    names = [each.citation.unit or each.place.name for each in group]
    return min(set(names), key=lambda name: (-names.count(name), name))


def _is_at(place: Place, asked: asking.Somewhere) -> bool:
    country, site = keys.place_keys(place)
    return country == asked.iso3 if asked.iso3 else asked.key in (country, site)


def _tie(citations: Sequence[Citation]) -> str:
    """How a unit is tied to a place, by the words of the quotations: a site if any says so."""
    ties = {_tie_of(each) for each in citations}
    return next((tie for tie in ("site", "operating") if tie in ties), "unclear")


def _tie_of(citation: Citation) -> str:
    if citation.asset is Asset.BASE and citation.kind is Kind.PRESENT:
        return "site"
    words = set(key(citation.quote).replace(",", " ").replace(".", " ").replace("'", " ").split())
    site, operating = _tie_words()["site"], _tie_words()["operating"]
    place = set(key(citation.place.name).split()) if citation.place else set[str]()
    if words & site or place & site:
        return "site"
    if words & operating or citation.kind in (Kind.DEPLOY, Kind.RELOCATE):
        return "operating"
    return "unclear"


@cache
def _tie_words() -> dict[str, frozenset[str]]:
    """Words that tie a unit to a site, words for being active, words for areas (``tie_words.csv``)."""
    text = resources.files("garrison.pipeline").joinpath("tie_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    return {tie: frozenset(row["word"] for row in rows if row["tie"] == tie) for tie in ("site", "operating", "area")}
