"""Words that stand in or beside the names of places, with the patterns made of them."""

from __future__ import annotations

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
    lead = text[start - 40 if start > 40 else 0 : start].lower()
    while lead:
        lead, _, word = lead.rpartition(" ")
        if word not in _PASSED_OVER:
            return word.strip("(“‘\"'")
    return ""
