"""Words that stand in or beside the names of places, with the patterns made of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import re2

from garrison.vocabulary import PlaceKind


@cache
def _lists() -> dict[str, dict[str, str]]:
    path = resources.files("garrison.naming").joinpath("reference", "place_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of ``place_words.toml``, in lower case."""
    return frozenset(" ".join(word.split()) for word in _lists()[table][name].split("|") if word.strip())


def either(*lists: tuple[str, str]) -> str:
    """A pattern for any word of the lists, longest first; a space also stands for a hyphen."""
    found = {word for table, name in lists for word in words(table, name)}
    longest = sorted(found, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re2.escape(word).replace(r"\ ", "[ -]") for word in longest) + ")"


KINDS = {"base": PlaceKind.BASE, "region": PlaceKind.REGION, "city": PlaceKind.CITY, "sea": PlaceKind.SEA}


@cache
def type_kinds() -> dict[str, PlaceKind]:
    """Type words in lower case and the kind of place that each says."""
    return {word: kind for name, kind in KINDS.items() for word in words("types", name)}


@cache
def pattern(name: str) -> Any:
    """A compiled pattern, by what it finds; all of them linear."""
    types = either(*(("types", name) for name in KINDS))
    direction = either(("parts", "directions"))
    border = either(("parts", "border"))
    part = f"(?:{direction}|{either(('parts', 'of'))})"
    held = r"(?:[\pL]+[ -](?:held|controlled|dominated|majority|administered|occupied|run)|(?:Kurdish|Sunni|Shia|rural|war-torn|neighbouring|neighboring))"
    qualifier = f"(?:{direction}|{held})"
    expressions = {
        "type after": rf"(?i)^ ({types}(?:[ -]{types})?)\b",
        "type at end": rf"(?i)^(.+?)[ -]({types}(?:[ -]{types})?)$",
        "type at start": rf"(?i)^(?:the )?((?:old )?{either(('types', 'before'))})[ -](?:the )?(.+)$",
        "type before": rf"(?i)(?:^|[^\pL\pN])((?:the )?{either(('types', 'before'))} (?:the )?)$",
        "part before": rf"(?i)(?:^|[^\pL\pN])((?:the )?(?:{qualifier}[ -])?{qualifier}(?: (?:parts?|areas|side|half|regions?|provinces?))?[ -](?:of )?(?:the )?)$",
        "part of before": rf"(?i)(?:^|[^\pL\pN])((?:the )?(?:(?:left|right|west|east) )?{either(('parts', 'of'))} (?:the )?)$",
        "border before": rf"(?i)(?:^|[^\pL\pN])((?:the |its |their |our )?(?:(?:[\pL.]+|{direction}) )?{border} (?:line )?(?:with|between|to|of|near) (?:the )?)$",
        "border after": rf"(?i)^(?: ?[-–/] ?(\pLu[\pL]+))?[ -]((?:{direction}[ -])?{border})\b",
        "owned part": rf"(?i)^ ((?:{direction}[ -])?{border}|{direction}(?:ern)?(?: (?:region|province|border|part))?)\b",
        "ground after": rf"(?i)^ ({either(('parts', 'ground'))})\b",
        "part": rf"(?i)^(?:the )?(?:(?:{qualifier}|{part}) (?:of )?(?:the )?)*(.*)$",
        "border": rf"(?i)\b{border}\b",
        "border word": rf"(?i)^(.*?)\b{border}(?: line)?(?: (?:with|between|to|of|near) (?:the )?(.*))?$",
        "vague": rf"(?i)^(?:in |at )?(?:the |its |their |that |this )?(?:(?:country|nation|state|region)['’]s )?(?:(?:{direction}|common|shared|international|national) ?)*(?:(?:part|parts|border|frontier|province|provinces|region|area)? ?(?:of the (?:country|nation|republic))?)$",
        "vague found": rf"(?i)\b((?:the|its|their) (?:country|nation)['’]s {direction}(?: {border})?|{direction} of the country|{direction} parts? of the country|(?:the|its|their|common|shared) (?:{direction} |common |shared )?(?:border|frontier)|the (?:far )?(?:north|south)(?:[ -]?(?:east|west))?|the (?:east|west)|(?:common|shared|{direction}) (?:border|frontier)|demilitari[sz]ed zone|buffer zone)\b",
        "ground": rf"(?i)^(?:the )?(.+?) {either(('parts', 'ground'))}$",
    }
    return re2.compile(expressions[name])
