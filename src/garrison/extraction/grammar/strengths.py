"""Strengths in register style: items of the form *number service*, in a text that is a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.register import Register
from garrison.extraction.grammar.scene import within
from garrison.extraction.grammar.words import words
from garrison.vocabulary import Mention, Quantity, Span

_TITLE = re.compile(r"\bstrengths?\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:army|navy|naval|air(?: force| defen[cs]e| corps| wing)?|ground(?: forces?)?|land(?: forces?)?|marines?|"
    r"marine corps|coast guard|guards?|gendarmerie|carabinieri|reserves?|reservists|paramilitary|militia|border|police|"
    r"personnel|troops|forces?|active|conscripts|rocket|missile|strategic|support|joint|self-defense|service|"
    r"peshmerga|brigades?|division|command|corps|professionals?|volunteers?|soldiers|members|other|space|cyber)\b",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(
    r"\b(?:in|from|to|at|by|per|years?|lives|persons?|people|km|percent|who|which|that|were|was|are|is|million|billion|"
    r"women|killed|wounded|casualties|refugees|civilians|weapons|tons)\b|[$%€£]",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:Guards?|Gendarmerie|Corps|Service|Brigades?|Division|Command|Militia|Peshmerga|Legion)\b")
_NOUN_END = re.compile(r"\s+(?:and|with|as|under|including|plus)\s+")
_PEOPLE = re.compile(r"\s+(?:personnel|troops|members|forces?)$")
_TOTAL = re.compile(r"^total\s+")
_HAS = re.compile(r"\b(?:has|have|had|comprised?|consists?|numbers?|totals?|includes?|maintains?)\b", re.IGNORECASE)
_LONGEST_SUBJECT = 120  # characters
_LONG = 40  # characters from which a label is cut at its first joining word
_MOST_WORDS = 9
_FEWEST_ITEMS = 2  # service items that make an untitled text a list of strengths


def listed_strengths(register: Register) -> Iterator[tuple[Reasoned, Span]]:
    """The claims of the items, each with the span of the number that it rests on."""
    scene = register.scene
    titled = bool(scene.title and _TITLE.search(scene.title))
    items: list[tuple[Mention[Quantity], Span, str]] = []
    for number in scene.quantities:
        if titled or register.opens_item(number.span.start):
            label = register.label(number.span.end)
            noun = label.of(scene.text).strip()
            if _SERVICE.search(noun) and not _NO_LABEL.search(noun) and len(noun.split()) <= _MOST_WORDS:
                items.append((number, label, noun))
    if not titled and sum(_is_service(noun) for _, _, noun in items) < _FEWEST_ITEMS:
        return
    for number, label, whole in items:
        if whole.startswith(("and ", "or ")):
            continue
        noun = _NOUN_END.split(whole)[0] if len(whole) > _LONG else whole
        unit, owner = _unit(noun), register.actor
        group = next((a for a in within(scene.actors, label) if a.actor.iso3 is None), None)
        if group is not None:
            owner, unit = group.actor, None
        start = _clause_start(scene.text, number.span.start)
        quote = Span(start, label.start + len(label.of(scene.text).rstrip()))
        yield (
            register.item(
                quote,
                rule="a register item: number, service",
                quantity=number.value,
                actor=owner,
                noun=None if unit == noun else _TOTAL.sub("", noun),
                unit=unit,
            ),
            number.span,
        )


def _clause_start(text: str, at: int) -> int:
    """Where the clause of a number begins that has a subject of its own ("the army has about 8,500 personnel")."""
    floor = max(0, at - _LONGEST_SUBJECT)
    before = text[floor:at]
    cut = max(before.rfind(mark) for mark in ";(:\n")
    clause = before[cut + 1 :]
    if (cut < 0 and floor > 0) or not _HAS.search(clause):
        return at
    return floor + cut + 1 + len(clause) - len(clause.lstrip())


def _is_service(noun: str) -> bool:
    return noun.lower() in words("services") or _NAMED.search(noun) is not None


def _unit(noun: str) -> str | None:
    """The named service of an item; plain services are no units (guide, *Points … settled*)."""
    if noun.lower() in words("services"):
        return None
    name = _PEOPLE.split(noun)[0]
    capitals = [word for word in name.split() if word[:1].isupper()]
    whole = len(capitals) == len(name.split()) and len(capitals) > 1
    return name if whole or (capitals and _NAMED.search(name)) else None
