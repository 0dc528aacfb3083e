"""Words that stand in or beside the names of places, with the patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import re2

from garrison.naming.lexicon import reference_rows
from garrison.vocabulary import PlaceKind


@cache
def _lists() -> dict[str, dict[str, str]]:
    path = resources.files("garrison.naming").joinpath("reference", "place_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of ``place_words.toml``, in lower case."""
    return frozenset(" ".join(word.split()) for word in _lists()[table][name].split("|") if word.strip())


@cache
def word_names() -> Mapping[str, str]:
    """Words, in lower case, that are also names of towns, and their kind: ``word`` or ``given`` (a person's name)."""
    return {row["word"]: row["kind"] for row in reference_rows("word_names.csv")}


def either(*lists: tuple[str, str]) -> str:
    """A pattern for any word of the lists, longest first; a space also stands for a hyphen."""
    found = {word for table, name in lists for word in words(table, name)}
    longest = sorted(found, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re2.escape(word).replace(r"\ ", "[ -]") for word in longest) + ")"


HELD = (
    "held|controlled|dominated|majority|administered|occupied|run|kurdish|sunni|shia|shiite|rural|war-torn|neighbouring|"
    "neighboring"
)
KINDS = {"base": PlaceKind.BASE, "region": PlaceKind.REGION, "city": PlaceKind.CITY, "sea": PlaceKind.SEA}


@cache
def type_kinds() -> dict[str, PlaceKind]:
    """Type words in lower case and the kind of place that each says."""
    return {word: kind for name, kind in KINDS.items() for word in words("types", name)}


@cache
def following_words() -> frozenset[str]:
    """The words, in lower case, with which something that belongs to the name before it may begin."""
    lists = [("types", name) for name in KINDS] + [("parts", name) for name in ("directions", "ground", "border")]
    return frozenset(word.split()[0] for table, name in lists for word in words(table, name))


@cache
def leading_words() -> frozenset[str]:
    """The words, in lower case, with which something that belongs to the name after it may end."""
    lists = (("types", "before"), ("parts", "directions"), ("parts", "of"))
    ends = frozenset(word.split()[-1] for table, name in lists for word in words(table, name))
    small = "of with between to near old part parts areas area side half region regions province provinces"
    return ends | frozenset(HELD.replace("-", "|").split("|")) | frozenset(small.split())


@cache
def speaking_words() -> frozenset[str]:
    """Words, in lower case, whose presence in a mention says that it is more than a bare name."""
    tables = [("types", name) for name in (*KINDS, "before")]
    tables += [("parts", name) for name in ("directions", "of", "ground", "border", "whole")]
    found = {part for table, name in tables for word in words(table, name) for part in word.split()}
    return frozenset(found | set((HELD.lower() + "|common|shared").replace("-", "|").split("|"))) - {"the"}


def kind_of(type_word: str) -> PlaceKind | None:
    """The kind of place that a type word says: "air base", "port of", "Camp"."""
    said = type_word.lower().replace("-", " ").removesuffix(" of").split()
    return type_kinds().get(" ".join(said)) or (type_kinds().get(said[-1]) if said else None)


@cache
def pattern(name: str) -> Any:
    """A compiled pattern, by what it finds; all of them linear."""
    return re2.compile("(?i)" + _expressions()[name])


def search(name: str, text: str) -> Any:
    """What ``pattern(name)`` finds first in a mention; a mention without any word that it needs is not searched."""
    needed = _needed().get(name)
    if needed is not None and needed.isdisjoint(_letters_of(text)):
        return None
    return pattern(name).search(text)


def is_vague(text: str) -> bool:
    """Whether a mention has no name in it, but a direction at most ("the north", "its border region")."""
    return _letters_of(text) <= _vague_words() and pattern("vague").search(text) is not None


_RUN = re.compile("[a-z]+")


@lru_cache(maxsize=1024)
def _letters_of(text: str) -> frozenset[str]:
    """The words of a mention in lower case, whatever parts them."""
    return frozenset(_RUN.findall(text.lower()))


@cache
def _needed() -> Mapping[str, frozenset[str]]:
    """Words of which one at least stands in what a pattern finds: the last, or the first, of the terms that it has."""
    types = {word.split()[-1] for kind in KINDS for word in words("types", kind)}
    first = {word.split()[0] for word in words("types", "before")} | {"old"}
    ground, border = ({word.split()[-1] for word in words("parts", name)} for name in ("ground", "border"))
    told = [word.split() for name in ("directions", "of") for word in words("parts", name)]
    some = "part parts areas area side half region regions province provinces"
    part = {word for term in told for word in term} | set(HELD.replace("-", "|").split("|")) | set(some.split())
    return {
        name: frozenset(run for word in found for run in _RUN.findall(word.lower()))
        for name, found in {
            **{"type at end": types, "type at start": first, "ground": ground, "border": border},
            **{"border word": border, "part": part},
        }.items()
    }


@cache
def _vague_words() -> frozenset[str]:
    """The words of which all that is vague is made."""
    told = " ".join(words("parts", "directions")) + " its their that this s of the common shared international national"
    told += " part parts border frontier province provinces region area country nation state republic"
    return frozenset(_RUN.findall(told))


@cache
def _expressions() -> dict[str, str]:
    types = either(*(("types", name) for name in KINDS))
    before = either(("types", "before"))
    direction = either(("parts", "directions"))
    border = either(("parts", "border"))
    ground = either(("parts", "ground"))
    of = either(("parts", "of"))
    held = rf"(?:[\pL]+[ -](?:{HELD})|(?:{HELD}))"
    qualifier = f"(?:{direction}|{held})"
    some = r"(?:parts?|areas|side|half|regions?|provinces?)"
    across = "(?:with|between|of|near)"
    start = r"(?:^|[^\pL\pN])"
    vague_noun = "(?:part|parts|border|frontier|province|provinces|region|area)"
    whole = "(?:country|nation|state|region|republic)"
    return {
        # Right after a name.
        "type after": rf"^ ({types}(?:[ -]{types})?)\b",
        "border after": rf"^(?: ?[-–/] ?(\pL[\pL]+))?[ -]((?:{direction}[ -])?{border})\b",
        "ground after": rf"^ ({ground})\b",
        "owned part": rf"^ ((?:{direction}[ -])?{border}|{direction}(?: {vague_noun})?)\b",
        # Right before a name.
        "type before": rf"{start}((?:the )?{before} (?:the )?)$",
        "part before": rf"{start}((?:the )?(?:{qualifier}[ -])?{qualifier}(?: {some})?[ -](?:of )?(?:the )?)$",
        "part of before": rf"{start}((?:the )?(?:(?:left|right|west|east) )?{of} (?:the )?)$",
        "border before": (
            rf"{start}((?:the |its |their |our )?(?:(?:[\pL.]+|{direction}) )?{border} (?:line )?{across} (?:the )?"
            rf"|(?:the |its |their |our )?{border} to (?:the )?)$"
        ),
        # Within a mention.
        "type at end": rf"^(.+?)[ -]({types}(?:[ -]{types})?)$",
        "type at start": rf"^((?:old )?{before})[ -](?:the )?(.+)$",
        "part": rf"^(?:(?:{qualifier}|(?:left |right )?{of}|{some}) (?:of )?(?:the )?)*(.*)$",
        "border": rf"\b{border}\b",
        "border word": rf"^(.*?)\b{border}(?: line)?(?: (?:{across}|to) (?:the )?(.*))?$",
        "border of or between": rf"\b{border}(?: line)? (?:of|between) ",
        "other side": r" (?:with|and) (?:the )?(?-i:\p{Lu})",
        "ground": rf"^(.+?) {ground}$",
        "vague": (
            rf"^(?:its |their |that |this )?(?:{whole}['’]s )?"
            rf"(?:(?:{direction}|common|shared|international|national) ?)*"
            rf"(?:{vague_noun}? ?(?:of the {whole})?)$"
        ),
        # A place said without a name.
        "unnamed": (
            rf"\b((?:the|its|their) {whole}['’]s {direction}(?: {border})?|{direction} (?:parts? )?of the {whole}"
            rf"|the {direction} (?:provinces?|regions?|areas?|districts?)"
            rf"|(?:the|its|their|common|shared) (?:{direction} |common |shared )?(?:border|frontier)"
            rf"|the (?:far )?(?:north|south)(?:[ -]?(?:east|west))?|the (?:east|west)"
            rf"|(?:common|shared|{direction}) (?:border|frontier)|demilitari[sz]ed zone|buffer zone)\b"
        ),
    }


_PASSED_OVER = frozenset(("", "the", "‘", "“"))


@lru_cache(maxsize=2048)
def word_before(text: str, start: int) -> str:
    """The word before an offset in lower case, "the" passed over; empty at the start or after a full stop."""
    lead = text[start - 40 if start > 40 else 0 : start].rstrip(" ")
    while lead:
        space = lead.rfind(" ")
        word = lead[space + 1 :].lower()
        if word not in _PASSED_OVER:
            return word.strip("(“‘\"'")
        lead = lead[: max(space, 0)].rstrip(" ")
    return ""
