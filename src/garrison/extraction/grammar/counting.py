"""Counting: which number counts which force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import CHANGED_TO, Trigger
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import ForceMention, are_residents
from garrison.vocabulary import Asset, Mention, Quantity, Span

_NEXT = 12  # characters between a number and the force that it counts, where both are parts of another
_LONGEST_PREMODIFIER = 7  # words between a number and the force that it counts
_OF_THEM = re.compile(r"of (?:them|these|those|its|his|their|the (?:men|total|group|force|troops))\b")
_CLOCK = re.compile(r"\b(?:at|around|before|after|by)\s$", re.IGNORECASE)
_THINGS = re.compile(r"\s([a-z]{3,}s)\b")  # what an adjective stands before, where it is many
_HOURS = 12  # up to which a bare number after "at" is an hour
_PLACED_NUMBER = re.compile(
    r"\s(?:in|at|on|near|across|inside)\s[^.;:,]{2,40}?\s(?:now\s|currently\s|already\s)?"
    r"(?:numbers?|numbered|totals?|totall?ed|stands?\sat|stood\sat|amounts?\sto|comes?\sto)\s"
)
_MODIFIED = re.compile(r"\s+([a-z]+)")
_HOLDING = re.compile(r",?\s(?:comprising|composed\sof|consisting\sof|made\sup\sof|totalling|numbering)\s")
_INCLUDING = re.compile(r",?\s(?:including|such\sas|like|namely)\s")
_OF_WHOLE = re.compile(r"\bincluding\s(?:as\smany\sas\s|at\sleast\s|up\sto\s)?$")
"""What stands before a number that counts a part: "12 bases in the Gulf, including two in Kuwait"."""
_LONGEST_OPENING = 26  # characters before a number that say of what it is a part
_LONGEST_COUNTED = 40  # characters from a number to the force that it counts
_NUMBERED = re.compile(r"\b(?:Branch|Unit|Camp|Sector|Section|Zone|Area|Point|Post|Base|Hill|Number|No\.?)\s$")
"""What a number after it tells from others, and counts none: "the Branch 235 headquarters"."""
_LONGEST_TITLE = 10  # characters
_ROWS = frozenset({"column", "columns", "convoy", "convoys"})  # of something, where it is named


def is_container(
    scene: Scene, force: ForceMention, quantities: tuple[Mention[Quantity], ...], forces: list[ForceMention]
) -> bool:
    """Whether a force word only holds the force after it.

    So "a convoy of 50 vehicles", "columns of tanks", "a contingent comprising 120 soldiers" and "arms including tanks".
    """
    held = _HOLDING.match(scene.text, force.span.end) if force.asset in (Asset.PERSONNEL, Asset.UNIT) else None
    if held is not None and any(number.span.start == held.end() for number in quantities):
        return any(0 < other.span.start - held.end() <= _LONGEST_COUNTED for other in forces)
    if force.asset is Asset.EQUIPMENT and _is_spelled_out(scene, force, forces):
        return True
    if force.term in _ROWS and any(scene.text[force.span.end : other.span.start] == " of " for other in forces):
        return True
    for number in quantities:
        if number.span.start >= force.span.end:
            of = scene.text[force.span.end : number.span.start] == " of "
            return of and any(number.span.end < other.span.start <= number.span.end + _NEXT for other in forces)
    return False


def _is_spelled_out(scene: Scene, force: ForceMention, forces: list[ForceMention]) -> bool:
    """Whether the classes of arms follow that a general word stands for: "heavy weapons, including tanks"."""
    opens = _INCLUDING.match(scene.text, force.span.end)
    return opens is not None and any(0 <= other.span.start - opens.end() <= _NEXT for other in forces)


def counted(
    scene: Scene,
    force: ForceMention,
    forces: list[ForceMention],
    quantities: tuple[Mention[Quantity], ...],
    taken: set[Span],
) -> Body:
    """The force with the number that counts it, before ("400 hardcore fighters") or after ("a force of 400")."""
    marks = {f"number={force.number.value}", f"term={force.term or 'type'}"}
    if force.ambiguous:
        marks.add("ambiguous")
    following = _MODIFIED.match(scene.text, force.span.end)
    if following:
        marks.add(f"next={following.group(1)}")
    body = Body(force.span, force.span, force.asset, force.span.of(scene.text), "a force word", marks=frozenset(marks))
    before = [q for q in quantities if q.span.end <= force.span.start and q.span not in taken]
    if before:
        number = before[-1]
        gap = scene.text[number.span.end : force.span.start]
        crossed = any(number.span.end <= f.span.start and f.span.end <= force.span.start for f in forces)
        if (
            not crossed
            and not _NUMBERED.search(scene.text, max(0, number.span.start - _LONGEST_TITLE), number.span.start)
            and _is_modifier(_without_actors(scene, number.span.end, force.span.start))
        ):
            taken.add(number.span)
            return replace(
                body,
                span=Span(number.span.start, force.span.end),
                quantity=number,
                strong=gap.strip().lower().startswith(("-strong", "strong")),
                rule="a force word with its number before it",
            )
    for number in quantities:
        if number.span in taken:
            continue
        if number.span.start >= force.span.end:
            if scene.text[force.span.end : number.span.start].strip().lower() in words("counted_after"):
                taken.add(number.span)
                return replace(
                    body,
                    span=Span(force.span.start, number.span.end),
                    quantity=number,
                    rule="a force word with its number after it",
                )
            break
        if number.span.overlaps(force.span):
            taken.add(number.span)
            return replace(body, quantity=number, rule="a force word with its number inside")
    return body


def counted_after(
    scene: Scene,
    body: Body,
    force: ForceMention,
    triggers: tuple[Trigger, ...],
    quantities: tuple[Mention[Quantity], ...],
    taken: set[Span],
) -> Body:
    """The force with the number that its sentence ends in: "the battalion in Tapa numbers 900", "fell to 8,600"."""
    changes = {trigger.span.end: trigger.span.start for trigger in triggers if trigger.form == CHANGED_TO}
    for number in quantities:
        if number.span in taken or number.span.start < force.span.end:
            continue
        if _PLACED_NUMBER.fullmatch(scene.text, force.span.end, number.span.start):
            taken.add(number.span)
            people = Asset.PERSONNEL if force.asset is Asset.UNIT else force.asset
            return replace(body, asset=people, quantity=number, rule="a force whose number follows its place")
        if changes.get(number.span.start, -1) >= force.span.end:
            taken.add(number.span)
            return replace(body, quantity=number, rule="a force with the number that it came to")
    return body


def unit_counted(scene: Scene, body: Body, quantities: tuple[Mention[Quantity], ...], taken: set[Span]) -> Body:
    """A unit's own number ("the 3,000-strong Force Intervention Brigade")."""
    before = [q for q in quantities if q.span.end <= body.head.start and q.span not in taken]
    if not before:
        return body
    number = before[-1]
    gap = _without_actors(scene, number.span.end, body.head.start).strip().lower()
    if gap not in words("number_of_unit") and (gap or not _is_of_people(body)):
        return body
    taken.add(number.span)
    return replace(
        body,
        span=Span(number.span.start, body.span.end),
        quantity=number,
        asset=Asset.PERSONNEL,
        strong="strong" in gap,
        rule="a named unit with its number before it",
    )


def _is_of_people(body: Body) -> bool:
    """Whether the name of a unit is that of many, who are counted: "13,000 US special operations forces"."""
    return (body.asset_text or "").lower().endswith(("forces", "marines", "rangers"))


def bare_numbers(
    scene: Scene,
    sentence: Span,
    quantities: tuple[Mention[Quantity], ...],
    actors: tuple[ActorMention, ...],
    taken: set[Span],
) -> Iterator[Body]:
    """Numbers with no noun that they could count ("7,500 to Nigeria", "the 2,500 in Afghanistan")."""
    names = [unit.span for unit in within(scene.units, sentence)]
    for number in quantities:
        if number.span in taken or any(name.covers(number.span) for name in names):
            continue
        rest = scene.text[number.span.end : sentence.end].lstrip()
        first = rest.split(maxsplit=1)[0].strip(",.;:)").lower() if rest else ""
        if first == "of" and not _OF_THEM.match(rest):
            continue
        if (
            number.value.low is not None
            and number.value.low <= _HOURS
            and _CLOCK.search(scene.text[max(0, number.span.start - 8) : number.span.start])
        ):
            continue
        counted = next((a for a in actors if 0 <= a.span.start - number.span.end <= 1), None)
        if counted is not None and _counts_others(scene, counted):
            continue
        if first in words("bare_followers") or counted is not None or not rest.strip('.,;: )”"'):
            marks = frozenset({"body=number", f"after={first[:12]}"})
            body = Body(
                number.span, number.span, Asset.PERSONNEL, None, "a number with no noun", quantity=number, marks=marks
            )
            if _OF_WHOLE.search(
                scene.text, max(sentence.start, number.span.start - _LONGEST_OPENING), number.span.start
            ):
                forces = within(scene.forces, Span(sentence.start, number.span.start))
                if not forces:
                    continue  # "40 shops, including two in Kuwait"
                named = forces[-1].span.of(scene.text)
                body = replace(body, asset=forces[-1].asset, asset_text=named, rule="a part of the force before")
            yield body


def _counts_others(scene: Scene, actor: ActorMention) -> bool:
    """Whether a number before an actor's name counts no force: "3 million Turks live in …", "130 Chinese cities"."""
    if are_residents(scene.text, actor.span.end):
        return True
    noun = _THINGS.match(scene.text, actor.span.end) if actor.form is Form.ADJECTIVE else None
    return noun is not None and noun.group(1) not in words("bare_followers")


def _without_actors(scene: Scene, start: int, end: int) -> str:
    """The words between two places in the text without the actors that they list ("Russian and Uzbek")."""
    words_left: list[str] = []
    at = start
    for actor in within(scene.actors, Span(start, end)):
        joint = scene.text[at : actor.span.start]
        words_left.append(" " if at > start and joint.strip().lower() in words("listing") else joint)
        at = actor.span.end
    return "".join((*words_left, scene.text[at:end]))


def _is_modifier(gap: str) -> bool:
    """Whether the words between a number and a force only modify the force ("hardcore Isis")."""
    pieces = gap.replace("-", " ").split()
    if len(pieces) > _LONGEST_PREMODIFIER or any(mark in gap for mark in ";:()[].!?\n") or gap.count(",") > 1:
        return False
    lowered = [word.strip(",’'\"“”").lower() for word in pieces]
    if lowered[:1] == ["of"]:
        lowered = lowered[1:]
    return not any(word in words("function_words") for word in lowered)
