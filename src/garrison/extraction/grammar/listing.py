"""Listings: the register style of reference works, where numbers stand beside names without a verb.

"150 Kosovo (KFOR); 175 Lithuania (NATO) (2024)" states deployments; "12,500 personnel (11,000 Army; 1,000 Navy)"
states strengths. One date in brackets at the end of a list holds for every item (guide, *Points … settled*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.periods import parse_period
from garrison.naming.countries import country_of
from garrison.vocabulary import Actor, Asset, Claim, Kind, Measure, Mention, Period, Place, Quantity, Span, Status

_ITEM_STARTS = re.compile(
    r"(?:^|[;,(:\n]|\b(?:and|plus|includes?|including|has|have|with|of|about|note)\b)\s*$", re.IGNORECASE
)
_BRACKETED_DATE = re.compile(r"\(\s*(?:as of )?((?:[A-Z][a-z]{2,8}\.? )?(?:19|20)\d\d(?:/\d\d)?)\s*\)")
_NOTE = re.compile(r"\bnotes?\s*(?:\d+\s*)?[-:–]", re.IGNORECASE)
_LABEL_END = re.compile(r"[;,()\n:]|\.\s")
_STRENGTH_TITLE = re.compile(r"\bstrengths?\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:army|navy|naval|air(?: force| defen[cs]e| corps| wing)?|ground(?: forces?)?|land(?: forces?)?|marines?|marine corps|"
    r"coast guard|guards?|gendarmerie|carabinieri|reserves?|reservists|paramilitary|militia|border|police|"
    r"personnel|troops|forces?|active|conscripts|rocket|missile|strategic|support|joint|self-defense|service|"
    r"peshmerga|brigades?|division|command|corps|professionals?|volunteers?|soldiers|members|volunteer|other|space|cyber)\b",
    re.IGNORECASE,
)
_NOT_A_LABEL = re.compile(
    r"\b(?:in|from|to|at|by|per|years?|lives|persons?|people|km|percent|who|which|that|were|was|are|is|million|billion|women|"
    r"killed|wounded|casualties|refugees|civilians|weapons|tons)\b|[$%€£]",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s+)*(?:Guards?|Gendarmerie|Corps|Service|Brigades?|Division|Command|Militia|Peshmerga|Legion)\b"
)
_PLAIN_SERVICES = frozenset(
    {
        "army",
        "navy",
        "air force",
        "air",
        "naval",
        "ground forces",
        "land forces",
        "ground",
        "land",
        "naval forces",
        "air forces",
        "marines",
        "coast guard",
        "armed forces",
        "defense forces",
        "gendarmerie",
        "ground troops",
        "active duty",
    }
)
_ALLIANCES = frozenset(
    {
        "nato",
        "eu",
        "un",
        "au",
        "osce",
        "ecowas",
        "sadc",
        "cis",
        "csto",
        "african union",
        "united nations",
        "european union",
    }
)
_MISSION = re.compile(
    r"^(?:(?:Operation|Task Force|Exercise|Mission)\b.*|[A-Z][A-Z0-9-]{2,}(?: [A-Z][A-Za-z-]+)?|EU[A-Z]{2,}.*|.*\b(?:Mission|Force|Operation|Observers)\b.*)$"
)
_LONGEST_LABEL = 80  # characters


@dataclass(frozen=True, slots=True)
class _Item:
    """A number and where its list item ends."""

    number: Mention[Quantity]
    label: Span


def listed_claims(scene: Scene) -> tuple[tuple[Reasoned, ...], tuple[Span, ...]]:
    """The claims that ``scene`` makes as a register, and the spans of the numbers that they used."""
    actor = _register_actor(scene)
    found: list[Reasoned] = []
    used: list[Span] = []
    placed = list(_deployments(scene, actor))
    if placed:
        for claim, span in placed:
            found.append(claim)
            used.append(span)
    spans = set(used)
    for claim, span in _strengths(scene, actor):
        if span not in spans:
            found.append(claim)
            used.append(span)
    return tuple(found), tuple(used)


def _register_actor(scene: Scene) -> Actor | None:
    """Whose register it is: the country at the head of the title ("Oman: Military …")."""
    if not scene.title:
        return None
    head = re.split(r"\s*[:–—|-]\s", scene.title, maxsplit=1)[0].strip()
    country = country_of(head) if head else None
    if country:
        return Actor(country.name, country.iso3)
    if scene.title_actors:
        return scene.title_actors[0].actor
    return None


def _label(scene: Scene, start: int) -> Span:
    """What stands beside a number, up to the end of its item."""
    stop = _LABEL_END.search(scene.text, start, start + _LONGEST_LABEL)
    return Span(start, stop.start() if stop else min(start + _LONGEST_LABEL, len(scene.text)))


def _begins_item(scene: Scene, start: int) -> bool:
    return bool(_ITEM_STARTS.search(scene.text[max(0, start - 24) : start])) or not scene.text[:start].strip()


def _region_end(scene: Scene, start: int) -> int:
    note = _NOTE.search(scene.text, start)
    line = scene.text.find("\n\n", start)
    ends = [end for end in (note.start() if note else -1, line) if end >= 0]
    return min(ends, default=len(scene.text))


def _date_after(scene: Scene, start: int) -> Period | None:
    """The date in brackets that closes the list."""
    region = _region_end(scene, start)
    dates = list(_BRACKETED_DATE.finditer(scene.text, start, region))
    dates = dates or list(_BRACKETED_DATE.finditer(scene.text, region))[-1:]
    dates = dates or list(_BRACKETED_DATE.finditer(scene.text, 0, start))[-1:]
    return parse_period(dates[-1].group(1), scene.published) if dates else None


def _deployments(scene: Scene, actor: Actor | None) -> Iterator[tuple[Reasoned, Span]]:
    """Items of the form *number place (mission)*."""
    numbers = {number.span.start: number for number in scene.quantities}
    places = {place.span.start: place for place in scene.places}
    for number in scene.quantities:
        if not _begins_item(scene, number.span.start):
            continue
        aside, at = _aside(scene, number.span.end)
        place = places.get(at)
        if place is None:
            continue
        if scene.text[number.span.end : at].strip() and aside is None:
            continue
        last = place
        several = [place]
        while scene.text[last.span.end : last.span.end + 1] == "/" and last.span.end + 1 in places:
            last = places[last.span.end + 1]
            several.append(last)
        if re.match(r"['’\w-]", scene.text[last.span.end : last.span.end + 1]):
            continue  # an adjective or a longer word: "150 Kosovo police" counts no place
        rest = scene.text[last.span.end :].lstrip(" ")
        if rest and not rest.startswith((";", ",", "(", ".", "\n", ")", "note", "and ")):
            continue
        bracket = _bracket(scene, last.span.end)
        unit, inner = _missions(scene, bracket)
        end = bracket.end if bracket and not _BRACKETED_DATE.fullmatch(bracket.of(scene.text)) else last.span.end
        when = _date_after(scene, number.span.end)
        quote = Span(number.span.start, end)
        for each in several:
            yield (
                _claim(
                    scene,
                    quote,
                    actor,
                    each.value,
                    None if len(several) > 1 else number.value,
                    None,
                    unit,
                    when,
                    "a register item: number, place",
                ),
                number.span,
            )
        for mentioned in inner:
            yield (
                _claim(scene, quote, actor, mentioned.value, None, None, unit, when, "a place inside a register item"),
                number.span,
            )
        for area in (aside, bracket):
            if area is None:
                continue
            for start, nested in numbers.items():
                if area.start <= start < area.end:
                    label = _label(scene, nested.span.end)
                    words = label.of(scene.text).strip()
                    force = next((f for f in scene.forces if label.start <= f.span.start < label.end), None)
                    mission = next((u for u in scene.units if label.start <= u.span.start < label.end), None)
                    if force is None and mission is None and not words.startswith("for "):
                        continue
                    yield (
                        _claim(
                            scene,
                            quote,
                            actor,
                            place.value,
                            nested.value,
                            force.span.of(scene.text) if force else None,
                            mission.name if mission else unit,
                            when,
                            "a number inside a register item",
                        ),
                        nested.span,
                    )


def _aside(scene: Scene, at: int) -> tuple[Span | None, int]:
    """The bracket between a number and its place, as in "750 (plus about 400 police) Mali", and where the place begins."""
    text = scene.text
    start = at + (len(text[at:]) - len(text[at:].lstrip(" "))) if at < len(text) else at
    if text[start : start + 1] == "(":
        end = text.find(")", start, start + 120)
        if end > 0:
            after = end + 1
            while after < len(text) and text[after] == " ":
                after += 1
            return Span(start, end + 1), after
    return None, start


def _bracket(scene: Scene, at: int) -> Span | None:
    """The bracket right after a place; an unclosed one runs to the end of its item."""
    text = scene.text
    start = at
    while start < len(text) and text[start] == " ":
        start += 1
    if text[start : start + 1] != "(":
        return None
    depth = 0
    for index in range(start, min(len(text), start + 400)):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")":
            depth -= 1
            if depth == 0:
                return Span(start, index + 1)
    stop = text.find(";", start)
    return Span(start, stop if stop > 0 else min(len(text), start + 60))


def _missions(scene: Scene, bracket: Span | None) -> tuple[str | None, list[Mention[Place]]]:
    """The missions that a bracket names, and the places in it ("Middle East (Iraq/Jordan/Syria)")."""
    if bracket is None:
        return None, []
    inside = bracket.of(scene.text).strip("()")
    pieces = [piece.strip() for piece in re.split(r"[,;/]", inside)]
    kept = [
        p
        for p in pieces
        if p.lower() not in _ALLIANCES and _MISSION.match(p) and not re.search(r"\d{3}", p) and len(p) < 60
    ]
    places = [place for place in scene.places if bracket.covers(place.span) and place.span.of(scene.text) in pieces]
    if not kept:
        return None, places
    joined = inside[inside.index(kept[0]) : inside.index(kept[-1]) + len(kept[-1])]
    clean = all(piece.strip() in kept for piece in re.split(r"[,;/]", joined))
    return (joined if clean else ", ".join(kept)), places


def _strengths(scene: Scene, actor: Actor | None) -> Iterator[tuple[Reasoned, Span]]:
    """Items of the form *number service*, in a text that is a list of them."""
    titled = bool(scene.title and _STRENGTH_TITLE.search(scene.title))
    candidates: list[tuple[Mention[Quantity], Span]] = []
    for number in scene.quantities:
        if not titled and not _begins_item(scene, number.span.start):
            continue
        label = _label(scene, number.span.end)
        words = label.of(scene.text).strip()
        if not words or not _SERVICE.search(words) or _NOT_A_LABEL.search(words) or len(words.split()) > 9:
            continue
        candidates.append((number, label))
    if not titled and sum(_is_service_item(label.of(scene.text)) for _, label in candidates) < 2:
        return
    for number, label in candidates:
        words = label.of(scene.text).strip()
        if re.match(r"(?:and|or)\b", words):
            continue
        noun = re.split(r"\s+(?:and|with|as|under|including|plus)\s+", words)[0] if len(words) > 40 else words
        unit = _service_unit(noun)
        when = _date_after(scene, number.span.end)
        quote = Span(number.span.start, label.start + len(label.of(scene.text).rstrip()))
        owner = actor
        group = next(
            (a for a in scene.actors if label.start <= a.span.start < label.end and a.actor.iso3 is None), None
        )
        if group is not None:
            owner, unit = group.actor, None
        total = re.sub(r"^total\s+", "", noun)
        yield (
            _claim(
                scene,
                quote,
                owner,
                None,
                number.value,
                None if unit and unit == noun else total,
                unit,
                when,
                "a register item: number, service",
            ),
            number.span,
        )


def _is_service_item(words: str) -> bool:
    return words.strip().lower() in _PLAIN_SERVICES or bool(_NAMED.fullmatch(words.strip()))


def _service_unit(noun: str) -> str | None:
    """The named service of an item; plain services are no units (guide, *Points … settled*)."""
    if noun.lower() in _PLAIN_SERVICES:
        return None
    words = re.split(r"\s+(?:personnel|troops|members|forces?)$", noun, flags=re.IGNORECASE)[0]
    named = [word for word in words.split() if word[:1].isupper()]
    return words if len(named) == len(words.split()) >= 2 or (_NAMED.search(words) and named) else None


def _claim(
    scene: Scene,
    quote: Span,
    actor: Actor | None,
    place: Place | None,
    quantity: Quantity | None,
    noun: str | None,
    unit: str | None,
    when: Period | None,
    rule: str,
) -> Reasoned:
    claim = Claim(
        quote=quote.of(scene.text),
        span=quote,
        kind=Kind.PRESENT if place else Kind.STRENGTH,
        status=Status.FACT,
        asset=Asset.PERSONNEL,
        measure=Measure.LEVEL,
        actor=actor,
        unit=unit,
        asset_text=noun,
        quantity=quantity,
        place=place,
        when=when,
    )
    because = [("kind", rule), ("actor", "the country at the head of the title")]
    if when:
        because.append(("when", "the date in brackets that closes the list"))
    if unit:
        because.append(("unit", "named in the item"))
    marks = frozenset({rule, f"register {claim.kind.value}", "titled" if scene.title else "untitled"})
    return Reasoned(claim, tuple(because), marks)
