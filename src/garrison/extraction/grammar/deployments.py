"""Deployments in register style: items of the form *number place (mission)*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.register import BRACKETED_DATE, Register
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.words import words
from garrison.vocabulary import Mention, Place, PlaceKind, Quantity, Span

_MISSION = re.compile(
    r"^(?:(?:Operation|Task Force|Exercise|Mission)\b.*|[A-Z][A-Z0-9-]{2,}(?: [A-Z][A-Za-z-]+)?|"
    r"EU[A-Z]{2,}(?:[ -][A-Z][\w-]*)*(?: \(.*\))?|.*\b(?:Mission|Force|Operation|Observers)\b.*)$"
)
ITEM = "a register item: number, place"
"""The rule that reads a number with the place after it."""

_PARTS = re.compile(r"[,;/]")
_MANY_DIGITS = re.compile(r"\d{3}")
_AFTER_ITEM = (";", ",", "(", ".", "\n", ")", "note", "and ")
_LONGEST_ASIDE = 120  # characters
_LONGEST_BRACKET = 400
_LONGEST_MISSION = 60


def listed_deployments(register: Register) -> Iterator[tuple[Reasoned, Span]]:
    """The claims of the items, each with the span of the number that it rests on."""
    scene = register.scene
    numbers = [number for number in scene.quantities if register.opens_item(number.span.start)]
    places = {place.span.start: place for place in scene.places} if numbers else {}
    for number in numbers:
        aside, at = _aside(scene.text, number.span.end)
        if at in places and (aside is not None or not scene.text[number.span.end : at].strip()):
            yield from _item(register, number, aside, _joined(scene, places, places[at]))


def _item(
    register: Register, number: Mention[Quantity], aside: Span | None, places: list[Mention[Place]]
) -> Iterator[tuple[Reasoned, Span]]:
    scene = register.scene
    text, end = scene.text, places[-1].span.end
    if re.match(r"['’\w-]", text[end : end + 1]):
        return  # an adjective or a longer word: "150 Kosovo police" counts no place
    rest = text[end : end + 8].lstrip(" ")
    if rest and not rest.startswith(_AFTER_ITEM):
        return
    bracket = _bracket(text, end)
    unit, inner = _missions(scene, bracket)
    quote = Span(number.span.start, bracket.end if bracket and _belongs(scene, bracket) else end)
    for place in places:
        quantity = number.value if len(places) == 1 else None
        rule = ITEM
        yield _presence(register, quote, quantity, place, None, unit, rule), number.span
    for place in inner:
        if place.value.kind is PlaceKind.COUNTRY and place.value.iso3 != places[0].value.iso3:
            yield _presence(register, quote, None, place, None, unit, "a country inside a register item"), number.span
    for area in (aside, bracket):
        for nested in within(scene.quantities, area) if area else ():
            label = register.label(nested.span.end)
            force = next(iter(within(scene.forces, label)), None)
            mission = next(iter(within(scene.units, label)), None)
            if force or mission or label.of(text).strip().startswith("for "):
                noun = force.span.of(text) if force else None
                named = mission.name if mission else unit
                rule = "a number inside a register item"
                part = Span(nested.span.start, max(nested.span.end, label.start + len(label.of(text).rstrip())))
                yield _presence(register, part, nested.value, places[0], noun, named, rule), nested.span


def _belongs(scene: Scene, bracket: Span) -> bool:
    """Whether a bracket is part of its item's quotation: a mission, but no date and nothing that says more."""
    words_in = bracket.of(scene.text)
    if BRACKETED_DATE.fullmatch(words_in) or len(words_in) > _LONGEST_MISSION or ";" in words_in:
        return False
    return not within(scene.quantities, bracket)


def _presence(
    register: Register,
    quote: Span,
    quantity: Quantity | None,
    place: Mention[Place],
    noun: str | None,
    unit: str | None,
    rule: str,
) -> Reasoned:
    return register.item(
        quote, rule=rule, quantity=quantity, actor=register.actor, place=place.value, noun=noun, unit=unit
    )


def _joined(scene: Scene, places: dict[int, Mention[Place]], first: Mention[Place]) -> list[Mention[Place]]:
    """A place and those that a stroke joins to it ("Burkina Faso/Chad/Mali")."""
    found = [first]
    while scene.text[found[-1].span.end : found[-1].span.end + 1] == "/" and found[-1].span.end + 1 in places:
        found.append(places[found[-1].span.end + 1])
    return found


def _aside(text: str, at: int) -> tuple[Span | None, int]:
    """The bracket between a number and its place ("750 (plus 400 police) Mali"), and where the place begins."""
    start = _past_blanks(text, at)
    if text[start : start + 1] == "(":
        end = text.find(")", start, start + _LONGEST_ASIDE)
        if end > 0:
            return Span(start, end + 1), _past_blanks(text, end + 1)
    return None, start


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _bracket(text: str, at: int) -> Span | None:
    """The bracket right after a place; an unclosed one runs to the end of its item."""
    start = _past_blanks(text, at)
    if text[start : start + 1] != "(":
        return None
    depth = 0
    limit = min(len(text), start + _LONGEST_BRACKET)
    for index in range(start, limit):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return Span(start, index + 1)
    stop = text.find(";", start, limit)
    return Span(start, stop if stop > 0 else min(len(text), start + _LONGEST_MISSION))


def _missions(scene: Scene, bracket: Span | None) -> tuple[str | None, list[Mention[Place]]]:
    """The missions that a bracket names, and the places in it ("Middle East (Iraq/Jordan/Syria)")."""
    if bracket is None:
        return None, []
    inside = bracket.of(scene.text).strip("()")
    pieces = [piece.strip() for piece in _PARTS.split(inside)]
    missions = [piece for piece in pieces if _is_mission(piece)]
    if not missions:
        missions = [unit.name for unit in within(scene.units, bracket) if unit.sort != "operation"]
    named = [p for p in within(scene.places, bracket) if p.span.of(scene.text) in pieces]
    places = [p for p in named if p.span.of(scene.text) not in missions]
    if not missions:
        return None, places
    joined = inside
    if missions[0] in inside and missions[-1] in inside:
        joined = inside[inside.index(missions[0]) : inside.rindex(missions[-1]) + len(missions[-1])]
    clean = all(piece.strip() in missions for piece in _PARTS.split(joined))
    return (joined if clean else ", ".join(missions)), places


def _is_mission(piece: str) -> bool:
    """Whether a piece of a bracket names a mission; alliances alone do not (guide, *Points … settled*)."""
    if piece.lower() in words("alliances") or len(piece) >= _LONGEST_MISSION or _MANY_DIGITS.search(piece):
        return False
    return _MISSION.match(piece) is not None
