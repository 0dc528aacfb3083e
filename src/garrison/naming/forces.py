"""Force words: where a text speaks of troops, formations, bases, weapons, and of which class they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from garrison.naming.equipment import EquipmentMention, EquipmentType, find_equipment
from garrison.naming.formations import formation_lexicon
from garrison.naming.lexicon import Lexicon, listed, reference_rows
from garrison.naming.sieve import has_force
from garrison.naming.spelled import spelled
from garrison.vocabulary import Asset, Span

__all__ = ["ForceMention", "ForceWord", "Number", "find_forces", "force_words", "has_force"]


class Number(StrEnum):
    """Whether the words speak of one, of several, or of a body as one."""

    SINGULAR = "singular"
    PLURAL = "plural"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class ForceWord:
    """A word of ``forces.csv``: one of its forms, with its class and what the file says of it."""

    term: str
    number: Number
    asset: Asset
    flags: frozenset[str]
    others: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class ForceMention:
    """Words for a force: ``span`` as the guide's *asset_text* has them ("T-72 tanks"), ``head`` the word that decides.

    ``ambiguous`` where the words have other readings; ``others`` are the classes of those that are forces too.
    ``term`` is the head as the lexicon has it (British spelling, as written otherwise), ``None`` for a designation
    alone ("F-16s"), whose type is in ``equipment``.
    """

    span: Span
    head: Span
    asset: Asset
    number: Number
    ambiguous: bool
    others: tuple[Asset, ...] = ()
    term: str | None = None
    equipment: EquipmentType | None = None


_JOINT = re.compile(r"[^\S\n]{0,2}\n?[^\S\n]{0,2}|[^\S\n]?[-‐‑–/“”\"‘’'(][^\S\n]?")
_COUNT = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundreds?|thousands?|dozens?|scores?|several|few|couple|handful|half|one|some|many|all|"
    r"numerous|tens|number|no|more|additional|extra|further|other|its|his|their|our)\b",
    re.IGNORECASE,
)
_OF_LETTERS = re.compile(r" of (?:the )?([A-Z]{3,6})\b")
_FIRMS = frozenset({"company", "companies"})
_ARMIES = frozenset({"army", "armies", "navy", "navies", "air force", "military", "militia", "militias", "infantry"})
_FLEETS = frozenset({"fleet", "fleets"})
_FLOWN = frozenset({Asset.AIRCRAFT, Asset.COMBAT_AIRCRAFT})
_AIRLINE = re.compile(
    r"\b(?:airlines?|airliners?|airways|cabin crew|(?:flag|low-cost|budget) carriers?|Airbus|"
    r"Boeing 7\d7|737 Max|A3[2-8]0|travell?ers|tourists|air fares?|ticket prices)\b"
)
_IN_COMPOUND = re.compile(
    r"\b(?:(?:think|fish|water|septic|storage|gas|oil|oxygen)[ -]tanks?|"
    r"(?:partnership|housing|residential|business|dwelling|retail|apartment|rental|storage|care|sales) units?|"
    r"(?:salt|garbage|dump|food|fire|tow|delivery|pickup|beer|ice cream) trucks?|"
    r"(?:consular|diplomatic|government|commercial|civilian|economic|online|media|linguistic|market|retail) presence)$",
    re.IGNORECASE,
)
_WHAT_FORCES = re.compile(r"\b(?:this|it|which|what|who|he|she) $", re.IGNORECASE)
_IN_MANY = re.compile(  # a firm's: "has a presence in 130 cities"
    r"\sin\s(?:\w+\s){0,2}[\d,.]+\s(?:[\w-]+\s){0,2}(?:cities|countries|markets|states|stores|airports|provinces|nations|locations)\b"
)
_LIVING = re.compile(  # "three million Turks live in Germany"
    r"\s(?:(?:who|that|also|now|still|currently|already|have|has|had)\s)*"
    r"(?:live[sd]?|living|resid(?:e|es|ed|ing)|work(?:s|ed|ing)?|stud(?:y|ied|ying)|emigrat(?:e|ed)|were born|voted?)\b"
)
_SHORT = 7  # characters before a verb in which such a subject stands
_LIKE_AN_ARMY = re.compile(r" of (?:[a-z]+ )?[a-z]+s\b")  # "an army of independent contractors"
_DEPENDING = ("contingent on ", "contingent upon ")
_NAMED_CONTINGENT = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir)\s(?:[A-Z][\w’'-]*\s){0,3}$")
_LONGEST_COMPOUND = 12  # characters before a word that make it another thing
_AROUND = 400  # characters on either side in which other forces, or airlines, are looked for
_LONGEST = 16  # items of a chunk; more in a row is no English
_BEFORE = 48  # characters before a word in which its number is looked for
# Heads that a type before them does not turn into hardware: "F-16 squadron" is a unit, "Patriot battery" is not.
_CREWED = frozenset({Asset.AIR_DEFENCE, Asset.MISSILE, Asset.ARTILLERY})


def find_forces(text: str) -> tuple[ForceMention, ...]:
    """The forces that ``text`` speaks of, in the order of the text, none overlapping another.

    Words that are a force only after a number ("men", "members") are found only there; words with several readings
    are flagged, not left out, but for companies and airlines' aircraft with no other force near by.
    """
    found: list[ForceMention] = []
    for chunk in _chunks(text):
        found.extend(_mentions(text, chunk))
    plain = [
        mention.span.start
        for mention in found
        if not mention.ambiguous or (mention.term in _ARMIES and not _LIKE_AN_ARMY.match(text, mention.span.end))
    ]
    return tuple(
        mention
        for mention in found
        if not _is_another_thing(text, mention) and not (mention.ambiguous and _is_civil(text, mention, plain))
    )


def _is_another_thing(text: str, mention: ForceMention) -> bool:
    """Whether the words beside a force word make it no force: "think tanks", "contingent on", "if this forces them"."""
    if text.startswith(_DEPENDING, mention.head.start) and not _NAMED_CONTINGENT.search(
        text, max(0, mention.span.start - _BEFORE), mention.span.start
    ):
        return True
    if mention.term == "forces" and _WHAT_FORCES.search(text, max(0, mention.span.start - _SHORT), mention.span.start):
        return True
    if mention.term == "presence" and _IN_MANY.match(text, mention.span.end):
        return True
    of_a_nation = mention.asset is Asset.PERSONNEL and text[mention.head.start].isupper()
    if of_a_nation and are_residents(text, mention.span.end):
        return True
    return _IN_COMPOUND.search(text, max(0, mention.span.start - _LONGEST_COMPOUND), mention.span.end) is not None


def are_residents(text: str, at: int) -> bool:
    """Whether those whose name ends ``at`` a place in the text live or work there, and are no force."""
    return _LIVING.match(text, at) is not None


def _is_civil(text: str, mention: ForceMention, plain: Sequence[int]) -> bool:
    """Whether a word with several readings stands among civilian ones: companies, and aircraft of airlines.

    ``plain`` are the starts of the forces that are nothing else.
    """
    near = bisect_left(plain, mention.span.start - _AROUND)
    if near < len(plain) and plain[near] <= mention.span.start + _AROUND:
        return False
    if mention.term in _FIRMS and _is_of_a_service(text, mention.span.end):
        return False
    if mention.term in _FIRMS:
        return mention.head.start == mention.span.start
    if mention.asset in _FLOWN or mention.term in _FLEETS or mention.term == "carrier":
        around = text[max(0, mention.span.start - _AROUND) : mention.span.end + _AROUND]
        return _AIRLINE.search(around) is not None
    return False


def _is_of_a_service(text: str, at: int) -> bool:
    """Whether companies are those of a service that is known by its letters: "20 companies of the CRPF"."""
    found = _OF_LETTERS.match(text, at)
    return found is not None and any(mention.value for mention in formation_lexicon().find(found.group(1)))


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a chunk: a force word, a modifier (``word`` and ``type`` both ``None``) or a designation."""

    span: Span
    word: ForceWord | None = None
    type: EquipmentMention | None = None


def _chunks(text: str) -> Iterator[list[_Item]]:
    """Runs of force words, modifiers and designations with nothing but spaces, hyphens and quotation marks between."""
    types = find_equipment(text)
    items = [_Item(mention.span, type=mention) for mention in types]
    taken = {at for mention in types for at in range(mention.span.start, mention.span.end)}
    for mention in _lexicon().find(text):
        if mention.span.start in taken or mention.span.end - 1 in taken:
            continue
        word = mention.value
        if word is not None and not _cased(word, mention.span.of(text)):
            continue
        items.append(_Item(mention.span, word=word))
    items.sort(key=lambda item: item.span)
    chunk: list[_Item] = []
    for item in items:
        if chunk and (len(chunk) >= _LONGEST or not _JOINT.fullmatch(text, chunk[-1].span.end, item.span.start)):
            yield chunk
            chunk = []
        chunk.append(item)
    if chunk:
        yield chunk


def _cased(word: ForceWord, written: str) -> bool:
    if "upper" in word.flags:
        return written[:2].isupper()
    return "cased" not in word.flags or written[0].isupper()


def _mentions(text: str, chunk: list[_Item]) -> Iterator[ForceMention]:
    group: list[_Item] = []
    for position, item in enumerate(chunk):
        group.append(item)
        following = chunk[position + 1] if position + 1 < len(chunk) else None
        if item.word is None or (following is not None and _modifies(text, item, chunk[position + 1 :])):
            continue
        yield from _group(text, group)
        group = []
    yield from _group(text, group)


def _modifies(text: str, item: _Item, rest: list[_Item]) -> bool:
    """Whether a force word only describes the one after it: "police officers", "army trucks", "tank company"."""
    assert item.word is not None
    following = next((after for after in rest if after.word is not None), None)
    if following is None or following.word is None or item.word.number is Number.PLURAL:
        return False
    if any(mark in text[item.span.end : rest[0].span.start] for mark in '(/“”"'):
        return False
    return _counts(text, following, rest[: rest.index(following)], item)


def _group(text: str, group: list[_Item]) -> Iterator[ForceMention]:
    """The mention that a head and what stands before it make; designations that stay alone make their own."""
    head = group[-1] if group and group[-1].word is not None else None
    types = [item for item in group if item.type is not None]
    if head is None or head.word is None:
        for item in types:
            if mention := _bare(text, item):
                yield mention
        return
    word = head.word
    kind = types[-1].type if types else None
    merged = kind is not None and _takes(word, kind.value)
    if not merged:
        for item in types:
            if mention := _bare(text, item):
                yield mention
        group = group[group.index(types[-1]) + 1 :] if types else group
        if "needstype" in word.flags or not _counts(text, head, group, None):
            return
    start = next(item.span.start for item in group if item.word is not head.word or item is head)
    asset, ambiguous, others = word.asset, "ambiguous" in word.flags, word.others
    if merged and kind is not None:
        ambiguous, others = False, ()
        asset = kind.value.asset
    yield ForceMention(
        Span(start, head.span.end),
        head.span,
        asset,
        word.number,
        ambiguous,
        others,
        word.term,
        kind.value if merged and kind else None,
    )


def _takes(word: ForceWord, kind: EquipmentType) -> bool:
    """Whether a type before the word says what the thing is: "Heron drones", "S-300V battalion", "Mi-24 gunships"."""
    if "typed" not in word.flags:
        return False
    if word.asset is Asset.UNIT:
        return kind.asset in _CREWED
    if word.asset is Asset.WARSHIP:
        return kind.asset in {Asset.WARSHIP, Asset.SUBMARINE}
    return True


def _bare(text: str, item: _Item) -> ForceMention | None:
    """The mention that a designation makes by itself; ordinary words count only as a plural or after a number."""
    kind = item.type
    assert kind is not None
    if kind.weak and not (kind.plural or _after_count(text, item.span.start, strict=True)):
        return None
    number = Number.PLURAL if kind.plural else Number.SINGULAR
    return ForceMention(item.span, item.span, kind.value.asset, number, kind.weak, (), None, kind.value)


def _counts(text: str, head: _Item, before: list[_Item], modifier: _Item | None) -> bool:
    """Whether a word that is a force only after a number has one, or has a force word before it to say so."""
    assert head.word is not None
    if "numbered" not in head.word.flags:
        return True
    described = [item for item in before if item.word is not None and item is not head]
    if modifier is not None or described:
        return True
    start = before[0].span.start if before else head.span.start
    return len(before) > 1 or _after_count(text, start) or text[head.span.end : head.span.end + 4] == " of "


def _after_count(text: str, start: int, *, strict: bool = False) -> bool:
    """Whether a number stands within a few words before ``start``, in the same clause."""
    before = text[max(0, start - _BEFORE) : start]
    for mark in (". ", "; ", ": ", "\n"):
        before = before[before.rfind(mark) + len(mark) :] if mark in before else before
    nearest = " ".join(before.split()[-(2 if strict else 5) :])
    return _COUNT.search(nearest) is not None


@cache
def _lexicon() -> Lexicon[ForceWord | None]:
    """Force words and, as ``None``, modifiers."""
    words: list[tuple[str, ForceWord | None]] = []
    for word in force_words():
        words.extend((form, word) for form in spelled(word.term))
    for row in reference_rows("modifiers.csv"):
        words.extend((form, None) for form in spelled(row["term"]))
    return Lexicon(words)


@cache
def force_words() -> tuple[ForceWord, ...]:
    """Every form of every force word in ``forces.csv``."""
    words: list[ForceWord] = []
    for row in reference_rows("forces.csv"):
        flags = frozenset(row["flags"].split())
        others = tuple(Asset(other) for other in listed(row["others"]))
        for number in Number:
            if row[number.value]:
                words.append(ForceWord(row[number.value], number, Asset(row["asset"]), flags, others))
    return tuple(words)
