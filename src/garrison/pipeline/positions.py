"""Positions: where named units and bases are, as contiguous runs at a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from garrison.ledger import Ledger, asking, citing, keys, observing
from garrison.ledger.days import asked_day, day_text, today, valid_days
from garrison.naming.lexicon import key
from garrison.vocabulary import Actor, Asset, Citation, Kind, Place, Position, Status


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
    )
    found = list(citing.citations(session, observing.sightings(session, question)))
    names = ledger.unit_names()
    entries = {entry.id: entry.names[0] for entry in ledger.units()}
    runs: list[Position] = []
    for (unit, _), group in _by_unit(found, names).items():
        shown = entries.get(unit)
        runs.extend(_positions(group, shown, question.day))
    if question.place is not None:
        runs = [run for run in runs if _is_at(run.place, question.place)]
    return tuple(sorted(runs, key=lambda run: (run.unit.casefold(), run.first_cited, run.place.name)))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A unit cited at a place: the days it is said of, and the place's keys (country, site)."""

    first: int
    last: int
    at: tuple[str, str]
    citation: Citation
    place: Place
    leaves: bool


def _by_unit(found: Iterable[Citation], names: Mapping[str, str]) -> dict[tuple[str, str | None], list[Citation]]:
    """Citations by unit (imported id, else key) and actor; one without an actor joins the only actor of its unit."""
    grouped: dict[str, dict[str | None, list[Citation]]] = {}
    for each in found:
        if each.status is not Status.FACT or each.kind not in _TELLING:
            continue
        unit_key = _unit_key(each)
        actor = keys.actor_key(each.actor) if each.actor else None
        grouped.setdefault(names.get(unit_key, unit_key), {}).setdefault(actor, []).append(each)
    together: dict[tuple[str, str | None], list[Citation]] = {}
    for unit, by_actor in grouped.items():
        known = [actor for actor in by_actor if actor is not None]
        if len(known) == 1 and None in by_actor:
            by_actor[known[0]].extend(by_actor.pop(None))
        for actor, group in by_actor.items():
            together[unit, actor] = group
    return together


_TELLING = (Kind.PRESENT, Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE)


def _unit_key(citation: Citation) -> str:
    if citation.unit:
        return keys.unit_key(citation.unit)
    return keys.name_key(citation.place.name) if citation.place else ""


def _positions(group: Sequence[Citation], shown: str | None, day: int) -> list[Position]:
    sightings = sorted(_sightings(group, day), key=lambda each: (each.first, each.last, each.citation.claim))
    name = shown or _name(group)
    actor = next((each.actor for each in group if each.actor is not None), None)
    runs: list[list[Sighting]] = []
    going: dict[tuple[str, str], list[Sighting]] = {}
    for each in sightings:
        ended = [at for at, run in going.items() if _ends(at, run, each)]
        run = going.get(each.at)
        if each.leaves:
            # What left a place was there until then.
            for at in {each.at, *ended}:
                if at in going and _inside(at, each.at):
                    going.pop(at).append(each)
            if run is None and not any(each in other for other in runs):
                runs.append([each])
            continue
        for at in ended:
            del going[at]
        if run is None:
            going[each.at] = run = []
            runs.append(run)
        run.append(each)
    return [_position(name, actor, run) for run in runs]


def _ends(at: tuple[str, str], run: Sequence[Sighting], seen: Sighting) -> bool:
    """Whether being ``seen`` ends a run at ``at``: elsewhere, later than all of the run, and not wider or narrower."""
    if at == seen.at or _inside(at, seen.at) or _inside(seen.at, at):
        return seen.leaves and _inside(at, seen.at)
    if seen.leaves:
        return False
    documents = {each.citation.document for each in run}
    return seen.first > max(each.last for each in run) and seen.citation.document not in documents


def _inside(at: tuple[str, str], wider: tuple[str, str]) -> bool:
    return at == wider or (wider[1] == "" and at[0] == wider[0])


def _sightings(group: Iterable[Citation], day: int) -> Iterable[Sighting]:
    for each in group:
        said = each.published if each.known_basis == "stated" and each.published else each.known
        first, last = valid_days(each.when, min(asked_day(said, "a date of publication"), today()))
        first, last = min(first, day), min(max(first, last), day)
        if each.kind is Kind.RELOCATE and each.origin is not None:
            yield Sighting(first, first, keys.place_keys(each.origin), each, each.origin, leaves=True)
        if each.place is not None:
            leaves = each.kind is Kind.WITHDRAW
            yield Sighting(first, first if leaves else last, keys.place_keys(each.place), each, each.place, leaves)


def _position(unit: str, actor: Actor | None, run: Sequence[Sighting]) -> Position:
    stays = [each for each in run if not each.leaves] or run
    best = next((each.place for each in reversed(stays) if each.place.lat is not None), stays[-1].place)
    return Position(
        unit=unit,
        actor=actor,
        place=best,
        tie=_tie([each.citation for each in run]),
        first_cited=day_text(min(each.first for each in run)),
        last_cited=day_text(max(each.last for each in run)),
        citations=tuple(each.citation for each in run),
    )


def _name(group: Sequence[Citation]) -> str:
    """The name most used, of several the one that comes first."""
    names = [each.unit or (each.place.name if each.place else "") for each in group]
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
    site, operating = _tie_words()
    place = set(key(citation.place.name).split()) if citation.place else set[str]()
    if words & site or place & site:
        return "site"
    if words & operating or citation.kind in (Kind.DEPLOY, Kind.RELOCATE):
        return "operating"
    return "unclear"


@cache
def _tie_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that tie a unit to a site, and words for being active somewhere (``tie_words.csv``)."""
    import csv
    from importlib import resources

    text = resources.files("garrison.pipeline").joinpath("tie_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    return (
        frozenset(row["word"] for row in rows if row["tie"] == "site"),
        frozenset(row["word"] for row in rows if row["tie"] == "operating"),
    )
