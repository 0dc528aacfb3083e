"""Named formations: battalions and divisions by number, fleets and guards by name, ships, missions, bases by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from garrison.naming.echelons import Echelon, echelon_by_word, unit_key, unit_number, unit_words
from garrison.naming.formations import formation_lexicon
from garrison.naming.lexicon import Folded, folded
from garrison.naming.unit_patterns import ashore, patterns, ship_states
from garrison.vocabulary import Asset, Span

__all__ = ["UnitMention", "find_units", "unit_key"]

_NO_UNIT = ""


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A formation, service, mission, ship or numbered base that a text names.

    ``name`` is as written (with the number filled in where one word serves several: "Battalions 551 and 552").
    ``sort`` is the echelon's word, or ``service``, ``special forces``, ``militia``, ``ship``, ``submarine``,
    ``mission``, ``operation``; ``code`` its APP-6(D) echelon, 11 (team) to 26 (command). ``number`` is the formation's
    own ("201"), ``iso3`` the state whose it is, where the name itself says so. ``weak`` if other readings are common.
    """

    span: Span
    name: str
    sort: str
    code: int | None = None
    number: str | None = None
    iso3: str | None = None
    weak: bool = False

    @property
    def asset(self) -> Asset:
        """The class of the guide that the formation is of when nothing else is counted."""
        return _ASSETS.get(self.sort, Asset.UNIT)


_ASSETS = {"base": Asset.BASE, "ship": Asset.WARSHIP, "submarine": Asset.SUBMARINE}


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
        *_ships(plain.text),
        *_operations(plain.text),
        *_outposts(plain.text),
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
    if between not in {", ", " of the ", " of ", ", of the ", ", the ", ", part of the ", "/", " (", "'s "}:
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
        if unit_words()["months"].intersection(middle) or unit_words()["outside"].intersection(middle):
            continue
        if bare and (not echelon.bare or _is_year(number) or _is_counted(text, match.start())):
            continue
        spelled = number.isalpha()
        if spelled and not match.group("echelon")[0].isupper():
            continue
        if number == "I" and echelon.sort != "corps":
            continue
        value = unit_number(number)
        if value is not None:
            span = Span(_start(match, "number"), end)
            yield UnitMention(span, span.of(text), echelon.sort, echelon.code, value, _state(span.of(text)))
    for match in patterns().branch.finditer(text):
        number, branch = match.group("number"), match.group("branch")
        counted = _is_counted(text, match.start()) or branch.lower() in unit_words()["people"]
        if number.isdigit() and (counted or _is_year(number)):
            continue
        span = Span(_start(match, "number"), match.end())
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
        yield UnitMention(span, span.of(text), echelon.sort, echelon.code, unit_number(number), _state(span.of(text)))
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
        stem = f"{text[lead.start : _start(match, 'echelon')]}{_single(match.group('echelon'))}"
        for order, found in enumerate(patterns().digits.finditer(match.group("numbers"))):
            start = _start(match, "numbers") + found.start()
            span = Span(lead.start if order == 0 else start, _start(match, "numbers") + found.end())
            yield UnitMention(span, f"{stem} {found.group()}", echelon.sort, echelon.code, unit_number(found.group()))
    for match in patterns().numbers_first.finditer(text):
        echelon = echelon_by_word()[_squeezed(match.group("echelon").lower())]
        numbers = list(patterns().digits.finditer(match.group("numbers")))
        if numbers[0].group().isdigit() and not match.group("echelon")[0].isupper():
            continue
        tail = f"{match.group('middle')} {_single(match.group('echelon'))}"
        for order, found in enumerate(numbers):
            last = order == len(numbers) - 1
            base = _start(match, "numbers")
            span = Span(base + found.start(), match.end() if last else base + found.end())
            name = f"{found.group()}{tail}"
            yield UnitMention(span, name, echelon.sort, echelon.code, unit_number(found.group()), _state(name))


def _ships(text: str) -> Iterator[UnitMention]:
    """ "USS Nimitz", "the frigate Hessen", "CARRIER INDEPENDENCE"."""
    for match in patterns().ship.finditer(text):
        name = _trimmed_ship(match.group("name"))
        if not name:
            continue
        span = Span(match.start(), _start(match, "name") + len(name))
        sort = "base" if span.of(text) in ashore() else "ship"
        yield UnitMention(span, span.of(text), sort, None, None, ship_states()[match.group("prefix")])
    for match in patterns().ship_word.finditer(text):
        name = _trimmed_ship(match.group("name"))
        word = match.group("word").lower()
        shouted = match.group("word").isupper() and name.isupper()
        if match.group("word").isupper() and not shouted:
            continue
        if not name or name.split()[0].lower() in unit_words()["outside"] or _state(name.split()[0]) or len(name) < 3:
            continue
        if name.lower() in echelon_by_word() or any(word_.lower() in unit_words()["whole"] for word_ in name.split()):
            continue
        sort = "submarine" if word.startswith("submarine") else "ship"
        span = Span(_start(match, "name"), _start(match, "name") + len(name))
        yield UnitMention(span, name, sort, None, None, None, weak=True)


def _trimmed_ship(name: str) -> str:
    """A ship's name without the words after it that are capitals by accident ("HMS OCEAN LEFT")."""
    kept: list[str] = []
    for word in name.split(" "):
        if kept and (
            word.lower() in unit_words()["outside"] - {"the", "of"} or word.lower() in unit_words()["after_ship"]
        ):
            break
        kept.append(word)
    while kept and kept[-1].lower() in {"of", "de", "the", "and", "la", "van"}:
        kept.pop()
    joined = " ".join(kept)
    return joined if joined.endswith("Jr.") else joined.rstrip(".,'")


def _operations(text: str) -> Iterator[UnitMention]:
    """ "Operation Barkhane", "OPERATION TURQUOISE"."""
    for match in patterns().operation.finditer(text):
        words = match.group("name").split(" ")
        if match.group("word").isupper():
            words = words[:1]
        while words and words[-1].lower() in unit_words()["outside"]:
            words.pop()
        if words and words[0].lower() not in unit_words()["outside"]:
            end = _start(match, "name") + len(" ".join(words).rstrip("'"))
            span = Span(match.start(), end)
            yield UnitMention(span, span.of(text), "operation")


def _outposts(text: str) -> Iterator[UnitMention]:
    """ "Forward Operating Base Ibaka"."""
    for match in patterns().outpost.finditer(text):
        span = Span(match.start(), match.end())
        yield UnitMention(span, span.of(text), "base", weak=True)


def _named(text: str) -> Iterator[UnitMention]:
    """ "Golani Brigade", "Finance & Logistics Command", "Akh unit": capitals before a word for a formation."""
    for match in patterns().named.finditer(text):
        span = Span(match.start(), match.end())
        if span.of(text).isupper():
            continue
        span = _without_lead(text, span)
        word = match.group("echelon")
        if span.start >= _start(match, "echelon"):
            continue
        words = [part.lower() for part in text[span.start : _start(match, "echelon")].replace("-", " ").split()]
        iso3 = _state(text[span.start : _start(match, "echelon")].strip())
        core = [part for part in words if _state(part.capitalize()) is None and part not in {"us", "u.s.", "uk", "un"}]
        plural_sense = word.lower() in {"forces", "army", "police", "service", "force", "group", "unit", "command"}
        if plural_sense and all(
            part.strip("'") in unit_words()["whole"] or part in unit_words()["outside"] for part in core
        ):
            continue
        if unit_words()["civil"].intersection(words) or _is_office(text, span.end):
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
        lead = bare in unit_words()["members"] and text[start + len(word) :].startswith(" of ")
        if lead or bare in unit_words()["outside"] or _state(word) is not None:
            start += len(word) + 1
        else:
            break
    return Span(start, span.end)


def _state(name: str) -> str | None:
    """The state whose adjective or name stands first in ``name``."""
    words = name.split(" ")
    for size in (2, 1):
        found = patterns().states.get(" ".join(words[:size]).removesuffix("'s").removesuffix("'"))
        if found is not None:
            return found
    return None


def _is_owned(middle: str) -> bool:
    """Whether a state's possessive follows a number, which is then none of the name's ("on the 2nd China's Navy")."""
    first = middle[1:].split(" ", maxsplit=1)[0]
    return first.endswith("'s") and _state(first) is not None


def _longest(words: list[str]) -> Echelon:
    """The echelon that the last words of a name say: a "Carrier Strike Group" is no group."""
    for start in range(len(words)):
        found = echelon_by_word().get(" ".join(words[start:]))
        if found is not None:
            return found
    return echelon_by_word()[_squeezed(words[-1])]


def _inner(match: Any) -> tuple[Echelon, int] | None:
    """The echelon at which a name ends before the last word for one, and where that is.

    So before the army whose it is ("81 Division Nigerian Army"), or what is no numbered formation itself
    ("145 Battalion rear base").
    """
    at = _start(match, "middle")
    words = match.group("middle").split(" ")
    whole = not match.group("number").isdigit() or echelon_by_word()[_squeezed(match.group("echelon").lower())].bare
    for word, following in pairwise([*words, match.group("echelon")]):
        at += len(word)
        echelon = echelon_by_word().get(word.lower())
        if echelon is not None and echelon.code and (_state(following) is not None or (echelon.bare and not whole)):
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
    """Whether the next word makes a person's office of a name: "Brigade Commander", "Chief of Army Staff"."""
    following = text[end + 1 : end + 12].lower()
    return text[end : end + 1] == " " and following.startswith(tuple(unit_words()["titles"]))


def _start(match: Any, group: str) -> int:
    """Where a named group begins; RE2's own ``start`` takes numbers only."""
    return int(match.start(match.re.groupindex[group]))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number[:2] in {"19", "20"}


def _is_counted(text: str, start: int) -> bool:
    """Whether the digits before the word are the tail of a larger number ("1,200 Brigade", "3.5 Division")."""
    return start > 1 and text[start - 1] in ",.-/" and text[start - 2].isalnum()
