"""Equipment: designations of tanks, guns, missiles, aircraft and ships, to the asset class of the guide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from garrison.naming.lexicon import folded, folded_text, listed, reference_rows
from garrison.vocabulary import Asset, Span

_WORD = re.compile(r"[^\W_]+")
_JOINTS = frozenset({"", " ", "-", "/", "'", "."})
# What may follow the number of a designation: "T-72B3", "Su-30MK2", "S-300PMU2", "Leopard 2A6", "F-35As".
_VARIANT = re.compile(r"[a-z]{1,4}\d{0,2}[a-z]{0,2}")
_MARK = re.compile(r"(?:mk|mark)\.?|[ivx]{1,4}|[a-z]\d?|\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EquipmentType:
    """A type of equipment: its name in the press, its class, what kind of thing it is, its country and full name.

    ``origin`` is the ISO 3166-1 alpha-3 code of the country that it was designed in.
    """

    name: str
    asset: Asset
    kind: str
    origin: str | None
    full: str


@dataclass(frozen=True, slots=True)
class EquipmentMention:
    """A designation in a text; ``weak`` if the words are also an ordinary word, a person's name or a place."""

    span: Span
    value: EquipmentType
    weak: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as the words it is made of, and what stands between them."""

    words: tuple[str, ...]
    joints: tuple[str, ...]
    value: EquipmentType
    weak: bool


def equipment_of(words: str) -> EquipmentType | None:
    """The type that ``words`` as a whole name ("T-72B3", "MQ-9 Reapers", "Kilo-class"), ``None`` if they name none."""
    text = words.strip()
    for found in find_equipment(text):
        if found.span == Span(0, len(text)):
            return found.value
    return None


def find_equipment(text: str) -> tuple[EquipmentMention, ...]:
    """The designations in ``text``, leftmost and longest first, none overlapping another, in the order of the text.

    Plurals, missing hyphens ("F16") and letters after the number ("Su-30MK2") are understood. A name that is written
    in letters only must begin with a capital.
    """
    plain = folded_text(text)
    # A small letter begins no name, and most words.
    begin = {at for at, word in enumerate(_WORD.findall(plain.text)) if not "a" <= word[0] <= "z" and _may_begin(word)}
    if not begin:
        return ()
    words = [(word.group(), *word.span()) for word in _WORD.finditer(plain.text)]
    found: list[EquipmentMention] = []
    at = 0
    while at < len(words):
        best = _longest(plain.text, words, at) if at in begin else None
        if best is None:
            at += 1
            continue
        entry, last, plural = best
        last, end = _extended(plain.text, words, last)
        found.append(EquipmentMention(plain.span(words[at][1], end), entry.value, entry.weak, plural))
        at = last + 1
    return tuple(found)


def designations() -> Iterator[str]:
    """Every name that is not also an ordinary word, as written; for the first sieve of sentences."""
    for row in reference_rows("equipment.csv"):
        yield from (name for name, weak in _names(row).items() if not weak)


def _longest(text: str, words: list[tuple[str, int, int]], at: int) -> tuple[_Entry, int, bool] | None:
    first, start, _ = words[at]
    if at and text[start - 1] == "-" and words[at - 1][2] == start - 1 and not words[at - 1][0].islower():
        # The tail of a longer designation that is not ours.
        return None
    best: tuple[_Entry, int, bool] | None = None
    for entry in _begun_by(first):
        last = at + len(entry.words) - 1
        if (best is not None and last <= best[1]) or last >= len(words):
            continue
        plural = _matches(text, words, at, entry)
        if plural is not None:
            best = entry, last, plural
    return best


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Whether a name may begin with a word, as with hardly any."""
    return (word[0].isupper() or word[0].isdigit()) and bool(_begun_by(word))


def _begun_by(word: str) -> list[_Entry]:
    """The names that may begin with a word."""
    return [entry for form in _forms(word.lower()) for entry in _entries().get(form, ())]


def _matches(text: str, words: list[tuple[str, int, int]], at: int, entry: _Entry) -> bool | None:
    """Whether the words are a plural, where they are the entry's name; ``None`` where they are not."""
    final = len(entry.words) - 1
    for offset, wanted in enumerate(entry.words):
        word, start, _ = words[at + offset]
        if offset and not _joined(text[words[at + offset - 1][2] : start], entry.joints[offset - 1], entry.words[0]):
            return None
        if offset < final and word.lower() != wanted:
            return None
    word, wanted = words[at + final][0].lower(), entry.words[final]
    if word == wanted:
        return False
    return word.endswith("s") if wanted in _forms(word) else None


def _joined(between: str, joint: str, first: str) -> bool:
    if between not in _JOINTS:
        return False
    if joint == " ":
        return between in {" ", "-"}
    # "A 10-year deal" is no A-10: one letter and a number need their hyphen.
    return between != " " or len(first) > 1


def _forms(word: str) -> list[str]:
    """The forms under which a last word may stand in the index: as it is, singular, without its variant's letters."""
    forms = [word]
    if len(word) > 2 and word.endswith("s"):
        forms.append(word[:-1])
        if word.endswith("ies"):
            forms.append(word[:-3] + "y")
    digits = re.match(r"\d+|[a-z]{1,5}\d+", word)
    if digits and _VARIANT.fullmatch(word[digits.end() : digits.end() + 10] or "-") and len(word) - digits.end() <= 8:
        forms.append(digits.group())
    return forms


def _extended(text: str, words: list[tuple[str, int, int]], last: int) -> tuple[int, int]:
    """The end of a designation with what belongs to it still: "F-15C/D", "S-300PMU-2", "Kilo-class"."""
    end = words[last][2]
    while last + 1 < len(words):
        word, start, stop = words[last + 1]
        between = text[end:start]
        is_class = word.lower() in {"class", "type"} and between in {"-", " "}
        is_variant = between in {"/", "-"} and len(word) <= 4 and _MARK.fullmatch(word) and not word.islower()
        if not (is_class or is_variant):
            break
        last, end = last + 1, stop
    return last, end


@cache
def _entries() -> dict[str, list[_Entry]]:
    index: dict[str, list[_Entry]] = defaultdict(list)
    for row in reference_rows("equipment.csv"):
        value = _type(row, row["name"])
        for name, weak in _names(row).items():
            _add(index, name, value, weak)
    for row in reference_rows("ships.csv"):
        numbered = any(char.isdigit() for char in row["name"])
        value = _type(row, row["name"] if numbered else f"{row['name']}-class")
        for name, weak in _names(row).items():
            if any(char.isdigit() for char in name):
                _add(index, name, value, False)
                continue
            _add(index, f"{name}-class", value, False)
            if weak:
                _add(index, name, value, True)
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry.words), entry.weak))
    return dict(index)


def _names(row: dict[str, str]) -> dict[str, bool]:
    """A row's names, and whether each is also an ordinary word: so marked in the file by a question mark."""
    names = dict.fromkeys((row["name"], *listed(row["aliases"])), False)
    for name in [name for name in names if name.endswith("?")]:
        del names[name]
        names[name.rstrip("?")] = True
    return names


def _type(row: dict[str, str], name: str) -> EquipmentType:
    return EquipmentType(name, Asset(row["asset"]), row["kind"], row["origin"] or None, row["full"])


def _add(index: dict[str, list[_Entry]], name: str, value: EquipmentType, weak: bool) -> None:
    plain = folded(name).text
    found = list(_WORD.finditer(plain))
    words = tuple(word.group().lower() for word in found)
    joints = tuple(plain[a.end() : b.start()] for a, b in pairwise(found))
    index[words[0]].append(_Entry(words, joints, value, weak))
    joined = "".join(words)
    if len(words) > 1 and any(char.isdigit() for char in joined) and len(joined) <= 8 and " " not in joints:
        index[joined].append(_Entry((joined,), (), value, weak))
