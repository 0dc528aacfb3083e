"""The patterns by which formations are found: linear in the text (RE2), made from the reference files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from garrison.naming.countries import countries
from garrison.naming.echelons import Echelon, echelons, unit_words
from garrison.naming.lexicon import folded, listed, reference_rows
from garrison.naming.spelled import either

# A word with a capital; a full stop belongs to it only in "U.S." and "J.", never at a sentence's end.
_CAPITAL = r"[\"'“]?(?:(?:[A-Z]\.){1,3}|[A-Z][\w&'’]*)[\"'”]?"
# The part of a country that a command or a brigade is named after: "Regional Command South".
_COMPASS = r"(?:[ -](?:North|South|East|West|Northeast|Northwest|Southeast|Southwest|Centre|Center|Capital)\b){1,2}"
_NUMBERED_LAST = frozenset(
    {"company", "battalion", "squadron", "regiment", "group", "brigade", "division", "corps", "region", "sector"}
) | {"base", "task force", "detachment"}


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns over folded text, and the words they were made from."""

    number_first: Any  # RE2's compiled patterns have no stubs
    number_last: Any
    numbers_first: Any
    numbers_last: Any
    branch: Any
    abbreviated: Any
    acronym: Any
    named: Any
    ship: Any
    ship_word: Any
    ship_listed: Any
    operation: Any
    outpost: Any
    named_last: Any
    contingent: Any
    digits: Any
    branch_states: dict[str, str]
    states: dict[str, str]


@cache
def patterns() -> Patterns:
    """The patterns, compiled once."""
    import re2

    singular = either(word for echelon in echelons() for word in _cases(echelon.word))
    abbreviated = either(short.title() for echelon in echelons() for short in echelon.short if echelon.bare)
    plural = either(echelon.plural for echelon in echelons() if echelon.plural and echelon.code)
    last = [echelon for echelon in echelons() if echelon.sort in _NUMBERED_LAST]
    last_words = either(_title(echelon.word) for echelon in last)
    last_plurals = either(_title(echelon.plural) for echelon in last if echelon.plural)
    modifier = rf"(?:{_CAPITAL}|(?i:{either(_modifier_words())}))"
    middle = rf"(?:(?:[ -]|/){modifier}){{0,6}}"
    branches = {folded(row["name"]).text: row["iso3"] for row in reference_rows("branches.csv")}
    branch = either(branches)
    led = rf"(?:{_CAPITAL}[ -]){{0,4}}"
    ordinal = r"\d{1,4}(?:st|nd|rd|th|d|ST|ND|RD|TH)"
    listable = rf"{ordinal}|\d{{1,3}}"
    any_number = rf"{ordinal}|\d{{1,4}}|(?i:{either(unit_words().ordinals)})|[IVX]{{1,6}}"
    bodies = either(word.replace("_", " ") for word in unit_words()["bodies"])
    prefixes = either(ship_states())
    ship_name = rf"(?:[A-Z]\.|[A-Z][\w'-]*)(?: (?:[A-Z]\.|[A-Z][\w'-]*|{either(unit_words()['joints'])})){{0,4}}"
    return Patterns(
        number_first=re2.compile(
            rf"\b(?:No\.? ?)?(?P<number>{any_number})(?P<middle>{middle})[ -]"
            rf"(?P<echelon>(?i:{singular})|{abbreviated})\b"
            rf"(?:,? (?:of )?[Tt]he (?:{branch})\b)?"
        ),
        number_last=re2.compile(
            rf"\b{led}(?P<echelon>{last_words}|{last_words.upper()}|Panzerlehrbataillon|Panzerbataillon)"
            r"[ -](?:No\.? ?)?(?P<number>\d{1,4}|[IVX]{2,4})\b"
        ),
        numbers_first=re2.compile(
            rf"\b(?P<numbers>(?:{listable})(?:, (?:{listable}))*,? and (?:the )?(?:{listable}))"
            rf"(?P<middle>(?:[ -]{modifier}){{0,5}}) (?P<echelon>(?i:{plural}))\b"
        ),
        numbers_last=re2.compile(
            rf"\b{led}(?P<echelon>{last_plurals}) (?P<numbers>\d{{1,4}}(?:, \d{{1,4}})*,? and \d{{1,4}})\b"
        ),
        branch=re2.compile(rf"\b(?P<number>{ordinal}|\d{{1,3}}) (?P<branch>{branch})\b"),
        abbreviated=re2.compile(
            rf"\b(?P<number>{ordinal}|[IVX]{{1,6}}|\d{{1,3}}) (?P<echelon>{either(_capitals())})\b"
        ),
        acronym=re2.compile(rf"\b(?P<acronym>{either(unit_words().acronyms)})[ -]?(?P<number>\d{{1,4}})\b"),
        named=re2.compile(
            rf"\b(?:{_CAPITAL}(?: & | of the | of | and | for the | for |[ -])){{1,7}}"
            rf"(?P<echelon>{either(_named_words())}|{bodies})\b"
            rf"(?:(?P<side>{_COMPASS})| (?:of|for) (?:the )?{_CAPITAL}(?: [A-Z]\w*)?)?"
        ),
        ship=re2.compile(rf"\b(?P<prefix>{prefixes}) [\"'“‘]?(?P<name>{ship_name})"),
        ship_word=re2.compile(
            rf"\b(?P<word>(?i:{either(_ship_kinds())}))s? (?:RFS |named |called |the )?[\"'“‘]?"
            rf"(?P<name>{ship_name})"
        ),
        ship_listed=re2.compile(rf"(?:, |,? and )(?:the )?[\"'“‘]?(?P<name>{ship_name})"),
        outpost=re2.compile(
            rf"\b(?:Forward Operating Base|Forward Operation Base|FOB|Combat Outpost|Firebase|Fire Base) "
            rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})?)"
        ),
        operation=re2.compile(
            r"\b(?P<word>Operation|OPERATION|Op|Opération) [\"'“‘]?"
            r"(?P<name>[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|[IVX]{1,4})){0,3})"
        ),
        named_last=re2.compile(
            r"\b(?:(?:Combined |Joint |Combined Joint )?Task Force|Battle ?[Gg]roup) "
            rf"(?P<name>{_CAPITAL}(?: [A-Z]\w+)?)"
        ),
        contingent=re2.compile(r"\b(?P<nation>[A-Z][A-Za-z]{1,7})(?:BATT|Batt|batt)\b(?:[ -][IVX\d]{1,4}\b)?"),
        digits=re2.compile(r"\d{1,4}(?:st|nd|rd|th|d|ST|ND|RD|TH)?"),
        branch_states=branches,
        states=_states(),
    )


@cache
def ship_states() -> dict[str, str]:
    """Prefixes of ships' names, and whose navy has them."""
    return {folded(row["prefix"]).text: row["iso3"] for row in reference_rows("ship_prefixes.csv")}


@cache
def ashore() -> frozenset[str]:
    """Bases on land that are named like ships."""
    return frozenset(name for row in reference_rows("ship_prefixes.csv") for name in listed(row["ashore"]))


def state_of(name: str) -> str | None:
    """The state whose adjective or name stands first in ``name``."""
    words = name.split(" ")
    for size in (2, 1):
        found = patterns().states.get(" ".join(words[:size]).removesuffix("'s").removesuffix("'"))
        if found is not None:
            return found
    return None


def start_of(match: Any, group: str) -> int:
    """Where a named group begins; RE2's own ``start`` takes numbers only."""
    return int(match.start(match.re.groupindex[group]))


def _ship_kinds() -> list[str]:
    """Words for a kind of ship, so plain that a name may follow: "frigate", "landing ship"."""
    kinds = [
        row["singular"]
        for row in reference_rows("forces.csv")
        if row["asset"] in {"warship", "submarine"} and not {"weak", "numbered"}.intersection(row["flags"].split())
    ]
    return [*filter(None, kinds), "guided missile destroyer", "guided-missile destroyer", *unit_words()["ship_kinds"]]


def _states() -> dict[str, str]:
    """Names and adjectives of states, folded, in their case and in capitals, to their codes."""
    index: dict[str, str] = {}
    for country in countries():
        for word in (*country.adjectives, *country.names, *country.demonyms):
            plain = folded(word.lstrip("~")).text
            if len(plain) > 3 or plain.isupper():
                index.setdefault(plain, country.iso3)
                index.setdefault(plain.upper(), country.iso3)
    index.update({"US": "USA", "U.S.": "USA", "UK": "GBR", "British": "GBR", "American": "USA"})
    return index


def _modifier_words() -> list[str]:
    words = {word for row in reference_rows("modifiers.csv") for word in row["term"].split(" ")}
    return sorted(
        {*words, *(word.replace("ised", "ized").replace("our", "or").replace("fence", "fense") for word in words)}
    )


def _named_words() -> list[str]:
    """Echelon words that may follow a name: with a capital, and some without ("Golani brigade", "Akh unit")."""
    words = [
        _title(form) for echelon in echelons() if _nameable(echelon) for form in (echelon.word, echelon.plural) if form
    ]
    words += ["Theater Command", "unit", "brigade", "battalion", "regiment", "fleet", "battalions", "brigades"]
    return words


def _nameable(echelon: Echelon) -> bool:
    return echelon.sort not in {"team", "section", "sector", "base", "detachment", "squad", "company"}


def _capitals() -> list[str]:
    """Abbreviations of three letters and more that stand in capitals: "26th MEU", "2nd ABCT"."""
    return [short.upper() for echelon in echelons() for short in echelon.short if not echelon.bare and len(short) > 2]


def _cases(word: str) -> tuple[str, ...]:
    variants = {word, word.replace(" ", "-")}
    variants |= {form.replace("theatre", "theater").replace("defence", "defense") for form in variants}
    return tuple(variants)


def _title(word: str) -> str:
    return word.title()
