"""Named formations: battalions and divisions by number, fleets and guards by name, ships, missions, bases by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from garrison.naming.echelons import Echelon, echelon_by_word, unit_key, unit_number, unit_words
from garrison.naming.formations import formation_lexicon
from garrison.naming.lexicon import Folded, folded
from garrison.naming.ship_names import find_ships
from garrison.naming.unit_mention import UnitMention
from garrison.naming.unit_patterns import patterns, start_of, state_of
from garrison.vocabulary import Span

__all__ = ["UnitMention", "find_units", "unit_key"]

_NO_UNIT = ""
_OF_ARMY = re.compile(
    r" of (?:the )?(?P<state>(?:[A-Z][\w']* ){1,3}?)(?:Army|Navy|Air Force|Airborne Troops|Marine Corps|Coast Guard|"
    r"(?:Armed|Ground|Land|Airborne|Naval|Defen[cs]e) Forces?)\b"
)
"""The army whose a formation is, which is no part of its name: "Logistics Command of the Nigerian Navy"."""
_COMMON = frozenset({"battalion", "regiment", "brigade", "division", "command"})
"""What is a well-known formation's name only with capitals."""
_TITLED = frozenset({"group", "corps", "detachment"})


def find_units(text: str) -> tuple[UnitMention, ...]:
    """The named formations in ``text``, none overlapping another, in the order of the text.

    A formation and the larger one it belongs to are one mention where the text names them together ("2nd Battalion,
    7th Marines").
    """
    # Nothing is named across a paragraph's end or a line separator.
    plain = folded(text.replace("\n\n", ";\n").replace("\u2028", ";"))
    found = [
        *_known(plain.text),
        *_numbered(plain.text),
        *_counted_off(plain.text),
        *find_ships(plain.text),
        *_operations(plain.text),
        *_outposts(plain.text),
        *_named_last(plain.text),
        *_named(plain.text),
    ]
    found.sort(key=lambda unit: (unit.span.start, -unit.span.end, unit.weak))
    chosen: list[UnitMention] = []
    for unit in found:
        if chosen and unit.span.start < chosen[-1].span.end:
            if not (
                chosen[-1].weak and unit.code is not None and not unit.weak and unit.span.end >= chosen[-1].span.end
            ):
                continue
            chosen.pop()
        if chosen and (joined := _joined(plain.text, chosen[-1], unit)) is not None:
            chosen[-1] = joined
        else:
            chosen.append(unit)
    return tuple(_as_written(text, plain, unit) for unit in chosen if unit.sort != _NO_UNIT)


def _as_written(text: str, plain: Folded, unit: UnitMention) -> UnitMention:
    """The mention with its place and its words in the original text."""
    span = plain.span(unit.span.start, unit.span.end)
    if unit.weak and "\n" in span.of(text):
        # A heading's capitals before the name are no part of it.
        span = Span(span.start + span.of(text).rindex("\n") + 1, span.end)
        return replace(unit, span=span, name=span.of(text))
    same = unit.name == plain.text[unit.span.start : unit.span.end]
    return replace(unit, span=span, name=span.of(text) if same else unit.name)


def _joined(text: str, small: UnitMention, large: UnitMention) -> UnitMention | None:
    """Both as one where the second is what the first belongs to."""
    between = text[small.span.end : large.span.start].lower()
    if between == "'s " and _leads(small, large):
        span = Span(small.span.start, large.span.end)
        return replace(large, span=span, name=span.of(text), iso3=large.iso3 or small.iso3)
    if between not in {", ", " the ", " of the ", " of ", ", of the ", ", the ", ", part of the ", "/", " (", "'s "}:
        return None
    if small.code is None or large.code is None or small.code >= large.code or small.number is None:
        return None
    if between in {" (", "/"}:
        return None
    span = Span(small.span.start, large.span.end)
    return replace(small, span=span, name=span.of(text), iso3=small.iso3 or large.iso3)


def _leads(large: UnitMention, small: UnitMention) -> bool:
    """Whether a numbered formation is named as the owner of a smaller one ("the 8th Division's 2nd Brigade")."""
    numbered = large.number is not None and small.number is not None
    return numbered and large.code is not None and small.code is not None and large.code > small.code


def _numbered(text: str) -> Iterator[UnitMention]:
    """ "201st Motor Rifle Division", "144 Battalion", "II Corps", "27 Rajput", "Task Force 50", "BIR 27"."""
    for match in patterns().number_first.finditer(text):
        number, word = match.group("number"), match.group("echelon").lower()
        middle = match.group("middle").lower().replace("-", " ").split()
        own = _inner(match)
        if own is not None:
            echelon, end = own
        else:
            echelon, end = _longest([*middle, word]), match.end()
        if _is_owned(match.group("middle")):
            continue
        bare = number.isdigit()
        if own is None and (unit_words()["months"] | unit_words()["outside"]).intersection(middle):
            continue
        counted = _is_year(number) or _is_counted(text, match.start())
        if bare and (counted or not (echelon.bare or _is_titled(match, echelon))):
            continue
        spelled = number.isalpha()
        if spelled and not match.group("echelon")[0].isupper():
            continue
        if number == "I" and echelon.sort != "corps":
            continue
        value = unit_number(number)
        if value is not None:
            span = Span(start_of(match, "number"), end)
            iso3 = state_of(span.of(text)) or (None if bare else _style(text[start_of(match, "number") : match.end()]))
            yield UnitMention(span, span.of(text), echelon.sort, echelon.code, value, iso3)
    for match in patterns().branch.finditer(text):
        number, branch = match.group("number"), match.group("branch")
        counted = _is_counted(text, match.start()) or branch.lower() in unit_words()["people"]
        if number.isdigit() and (counted or _is_year(number)):
            continue
        span = Span(start_of(match, "number"), match.end())
        yield UnitMention(
            span, span.of(text), "regiment", 17, unit_number(number), patterns().branch_states.get(branch) or None
        )
    for match in patterns().number_last.finditer(text):
        number = match.group("number")
        follows = text[match.end() : match.end() + 2]
        if _is_year(number) or follows[:1] in {"%", "/"} or (follows[:1] in ",.-" and follows[1:].isdigit()):
            continue
        echelon = echelon_by_word()[_squeezed(match.group("echelon").lower())]
        span = _without_lead(text, Span(match.start(), match.end()))
        yield UnitMention(span, span.of(text), echelon.sort, echelon.code, unit_number(number), state_of(span.of(text)))
    for match in patterns().abbreviated.finditer(text):
        span = Span(match.start(), match.end())
        echelon = echelon_by_word()[match.group("echelon").lower()]
        yield UnitMention(span, span.of(text), echelon.sort, echelon.code, unit_number(match.group("number")))
    for match in patterns().acronym.finditer(text):
        span = Span(match.start(), match.end())
        echelon = echelon_by_word()[unit_words().acronyms[match.group("acronym")]]
        yield UnitMention(span, span.of(text), echelon.sort, echelon.code, unit_number(match.group("number")))


def _counted_off(text: str) -> Iterator[UnitMention]:
    """ "Light Infantry Battalions 551 and 552", "the 13th and 14th Brigades": one mention for each number."""
    for match in patterns().numbers_last.finditer(text):
        echelon = echelon_by_word()[_squeezed(match.group("echelon").lower())]
        lead = _without_lead(text, Span(match.start(), match.end()))
        stem = f"{text[lead.start : start_of(match, 'echelon')]}{_single(match.group('echelon'))}"
        for order, found in enumerate(patterns().digits.finditer(match.group("numbers"))):
            start = start_of(match, "numbers") + found.start()
            span = Span(lead.start if order == 0 else start, start_of(match, "numbers") + found.end())
            yield UnitMention(span, f"{stem} {found.group()}", echelon.sort, echelon.code, unit_number(found.group()))
    for match in patterns().numbers_first.finditer(text):
        echelon = echelon_by_word()[_squeezed(match.group("echelon").lower())]
        numbers = list(patterns().digits.finditer(match.group("numbers")))
        if numbers[0].group().isdigit() and not match.group("echelon")[0].isupper():
            continue
        tail = f"{match.group('middle')} {_single(match.group('echelon'))}"
        for order, found in enumerate(numbers):
            last = order == len(numbers) - 1
            base = start_of(match, "numbers")
            span = Span(base + found.start(), match.end() if last else base + found.end())
            name = f"{found.group()}{tail}"
            yield UnitMention(span, name, echelon.sort, echelon.code, unit_number(found.group()), state_of(name))


def _operations(text: str) -> Iterator[UnitMention]:
    """ "Operation Barkhane", "OPERATION TURQUOISE"."""
    for match in patterns().operation.finditer(text):
        words = match.group("name").split(" ")
        if match.group("word").isupper():
            words = words[:1]
        while words and words[-1].lower() in unit_words()["outside"]:
            words.pop()
        if words and words[0].lower() not in unit_words()["outside"]:
            end = start_of(match, "name") + len(" ".join(words).rstrip("'"))
            span = Span(match.start(), end)
            yield UnitMention(span, span.of(text), "operation")


def _outposts(text: str) -> Iterator[UnitMention]:
    """ "Forward Operating Base Ibaka"."""
    for match in patterns().outpost.finditer(text):
        span = Span(match.start(), match.end())
        yield UnitMention(span, span.of(text), "base", weak=True)


def _named_last(text: str) -> Iterator[UnitMention]:
    """ "Task Force Spartan", "Battle Group Poland", "GHANBATT" (Ghana's battalion in a mission)."""
    for match in patterns().named_last.finditer(text):
        name = match.group("name")
        kept = [word for word in name.split(" ") if not _says_what(word)]
        if kept and name.startswith(kept[0]):
            span = Span(match.start(), start_of(match, "name") + len(kept[0]))
            span = Span(span.start, match.end()) if len(kept) > 1 else span
            yield UnitMention(span, span.of(text), "task force", weak=True)
    for match in patterns().contingent.finditer(text):
        span = Span(match.start(), match.end())
        iso3 = unit_words().contingents.get(match.group("nation").lower())
        yield UnitMention(span, span.of(text), "battalion", echelon_by_word()["battalion"].code, None, iso3)


def _says_what(word: str) -> bool:
    """Whether a capital after "Task Force" belongs to another name or an office: "Task Force Commander"."""
    lower = word.lower().strip(".,'")
    known = unit_words()["outside"] | unit_words()["whole"] | unit_words()["members"] | {"headquarters", "hq"}
    return lower in known or lower in echelon_by_word() or lower.startswith(tuple(unit_words()["titles"]))


def _named(text: str) -> Iterator[UnitMention]:
    """ "Golani Brigade", "Finance & Logistics Command", "Akh unit": capitals before a word for a formation."""
    for match in patterns().named.finditer(text):
        span = Span(match.start(), match.end())
        if span.of(text).isupper():
            continue
        word, at = match.group("echelon"), start_of(match, "echelon")
        army = _OF_ARMY.search(text, span.start) if " of " in span.of(text) else None
        owner = state_of(army["state"].strip()) if army is not None and army.start() < span.end else None
        if army is not None and owner is not None:
            span = Span(span.start, army.start())
            if army.start() < at:
                word = span.of(text).rsplit(" ", 1)[-1]
                at = span.end - len(word)
            if word.lower() not in echelon_by_word():
                continue
        span = _without_lead(text, span)
        if span.start >= at:
            continue
        words = [part.lower() for part in text[span.start : at].replace("-", " ").split()]
        iso3 = owner or state_of(text[span.start : at].strip())
        core = [
            part for part in words if state_of(part.capitalize()) is None and part not in {"us", "u.s.", "uk", "un"}
        ]
        plural_sense = word.lower() in {"forces", "army", "police", "service", "force", "group", "unit", "command"}
        sided = span.end == match.end() and match.group("side") is not None
        if (
            plural_sense
            and not sided
            and all(part.strip("'") in unit_words()["whole"] or part in unit_words()["outside"] for part in core)
        ):
            continue
        if unit_words()["civil"].intersection(words) or _is_office(text, span.end):
            continue
        if word in {"Force", "Army", "Guard"} and text.startswith((" Base", " Station"), span.end):
            continue
        if word.lower() in {"group", "company"} and not unit_words()["grouped"].intersection(core):
            continue  # "Hanwha Group" is a firm
        if word.lower() == "division" and core and unit_words()["leagues"].issuperset(core):
            continue
        if word in {"Police", "Police Force"} and not (core and unit_words()["police"].issuperset(core)):
            continue
        if not core and word.lower() not in {"guard", "guards"}:
            continue
        if word.islower() and (len(core) > 3 or core[-1] in unit_words()["whole"]):
            continue
        echelon = _longest([*words, word.lower()]) if word.lower() in echelon_by_word() else None
        sort = echelon.sort if echelon else "service"
        yield UnitMention(span, span.of(text), sort, echelon.code if echelon else None, None, iso3, weak=True)


def _known(text: str) -> Iterator[UnitMention]:
    """Formations of ``formations.csv`` and missions of ``groups.csv``."""
    for mention in formation_lexicon().find(text):
        formation = mention.value
        if formation is None:
            # An armed group or an organisation is whose force it is, not a unit of it.
            yield UnitMention(mention.span, "", _NO_UNIT)
            continue
        name = mention.span.of(text)
        if name.islower() and formation.sort in _COMMON:
            continue  # "a parachute regiment"
        # "201st Motor Rifle Division" is another name of a base, and still a division's.
        echelon = echelon_by_word().get(name.rsplit(" ", 1)[-1].lower())
        sort, code = (echelon.sort, echelon.code) if echelon and echelon.code else (formation.sort, formation.code)
        number = formation.number or unit_number(name.split(" ")[0])
        yield UnitMention(mention.span, name, sort, code, number, formation.iso3)


def _without_lead(text: str, span: Span) -> Span:
    """The span without articles, prepositions and the like, and without the name of a state before the name."""
    start = span.start
    for word in text[span.start : span.end].split(" ")[:-1]:
        bare = word.strip("“”\"'(").lower()
        rest = text[start + len(word) : span.end]
        lead = bare in unit_words()["members"] and rest.startswith(" of ")
        lead = lead or (bare in echelon_by_word() and rest.startswith(" The "))
        lead = lead or (bare in unit_words()["seats"] and (rest.startswith(" of ") or rest.count(" ") > 1))
        if lead or bare in unit_words()["outside"] or state_of(word) is not None:
            start += len(word) + 1
        else:
            break
    return Span(start, span.end)


def _is_owned(middle: str) -> bool:
    """Whether a state's possessive follows a number, which is then none of the name's ("on the 2nd China's Navy")."""
    first = middle[1:].split(" ", maxsplit=1)[0]
    return first.endswith("'s") and state_of(first) is not None


def _longest(words: list[str]) -> Echelon:
    """The echelon that the last words of a name say: a "Carrier Strike Group" is no group."""
    for start in range(len(words)):
        found = echelon_by_word().get(" ".join(words[start:]))
        if found is not None:
            return found
    return echelon_by_word()[_squeezed(words[-1])]


def _inner(match: Any) -> tuple[Echelon, int] | None:
    """The echelon at which a name ends before the last word for one, and where that is.

    So before the army whose it is ("81 Division Nigerian Army"), its base ("101st Regiment base"), or what is no
    numbered formation itself ("145 Battalion rear base").
    """
    at = start_of(match, "middle")
    words = match.group("middle").split(" ")
    whole = not match.group("number").isdigit() or echelon_by_word()[_squeezed(match.group("echelon").lower())].bare
    for word, following in pairwise([*words, match.group("echelon")]):
        at += len(word)
        echelon = echelon_by_word().get(word.lower())
        if (
            echelon is not None
            and echelon.code
            and (following in {"The", "base"} or state_of(following) is not None or (echelon.bare and not whole))
        ):
            return echelon, at
        at += 1
    return None


def _squeezed(word: str) -> str:
    plain = word.replace("-", " ").replace("defense", "defence").replace("theater", "theatre")
    return plain if plain in echelon_by_word() else plain.split(" ")[-1]


def _single(plural: str) -> str:
    echelon = echelon_by_word()[_squeezed(plural.lower())]
    return echelon.word.title() if plural[0].isupper() else echelon.word


def _is_office(text: str, end: int) -> bool:
    """Whether the next word makes an office or a place of a name: "Brigade Commander", "Hunter Army Airfield"."""
    following = text[end + 1 : end + 14].lower()
    return text[end : end + 1] == " " and following.startswith((*unit_words()["titles"], *unit_words()["sites"]))


def _style(name: str) -> str | None:
    """The state that alone has formations of such a name: "5th Bomb Wing", "1st Brigade Combat Team"."""
    lower = name.lower().replace("-", " ")
    for style in _american():
        if style.strip("*") in lower and (not style.endswith("*") or lower[:3].isdigit()):
            return "USA"
    return None


@cache
def _american() -> tuple[str, ...]:
    return tuple(style.replace("_", " ") for style in unit_words()["american"])


def _is_titled(match: Any, echelon: Echelon) -> bool:
    """Whether a number without an ending is a name's, as the words after it have capitals all ("115 Special Operations
    Group", "14 Corps", "271 Detachment").
    """
    if echelon.sort not in _TITLED or not match.group("echelon")[0].isupper():
        return False
    middle = match.group("middle").split()
    return all(word[0].isupper() for word in middle) and (bool(middle) or echelon.sort != "group")


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number[:2] in {"19", "20"}


def _is_counted(text: str, start: int) -> bool:
    """Whether the digits before the word are the tail of a larger number ("1,200 Brigade", "3.5 Division")."""
    return start > 1 and text[start - 1] in ",.-/" and text[start - 2].isalnum()
