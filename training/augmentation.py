"""Augmentation: passages with countries, numbers and equipment swapped consistently through text and annotation."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from alignment import Row
from garrison.naming.actors import find_actors
from garrison.naming.countries import Country, countries, country_by_code
from garrison.naming.places import find_places
from garrison.vocabulary import PlaceKind

_WORDS = ("quote", "unit", "asset_text", "place", "origin", "actor")
_CODES = ("actor_iso3", "place_iso3", "origin_iso3")
_POINTS = frozenset({"exact", "about", "at_least", "at_most"})
_CLASSES = {
    **dict.fromkeys(("tanks", "battle tanks"), "tank"),
    **dict.fromkeys(("howitzers", "mortars", "artillery pieces"), "artillery"),
    **dict.fromkeys(("helicopters", "attack helicopters", "transport helicopters"), "helicopter"),
    **dict.fromkeys(("drones", "unmanned aircraft"), "uav"),
    **dict.fromkeys(("submarines",), "submarine"),
    **dict.fromkeys(("warships", "frigates", "destroyers", "patrol boats"), "warship"),
    **dict.fromkeys(("fighter jets", "bombers", "fighters jets", "warplanes", "combat aircraft"), "combat_aircraft"),
    **dict.fromkeys(("transport aircraft", "tanker aircraft", "planes"), "aircraft"),
    **dict.fromkeys(("armoured vehicles", "armoured personnel carriers"), "armoured_vehicle"),
    **dict.fromkeys(("trucks", "military vehicles"), "vehicle"),
    **dict.fromkeys(("missile launchers", "ballistic missiles"), "missile"),
    **dict.fromkeys(("air defence systems", "air-defence batteries"), "air_defence"),
}
_NUMBER = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}(?:,\d{3})+|\d{2,6})(?![\w:/-]|[.,]\d)")


def swapped(row: Row, rng: random.Random) -> Row | None:
    """``row`` with some of its words exchanged everywhere; ``None`` if nothing in it can be."""
    words: dict[str, str] = {}
    codes: dict[str, str] = {}
    classes: dict[str, str] = {}
    _swap_countries(row, rng, words, codes)
    _swap_numbers(row, rng, words)
    _swap_equipment(row, rng, words, classes)
    return _rewritten(row, words, codes, classes) if words else None


def _swap_countries(row: Row, rng: random.Random, words: dict[str, str], codes: dict[str, str]) -> None:
    text = row["text"]
    whole = f"{row.get('title') or ''}\n{text}"
    actors = find_actors(whole)
    fixed = {
        place.value.iso3
        for place in (*find_places(text, row.get("title")), *find_places(row.get("title") or ""))
        if place.value.kind is not PlaceKind.COUNTRY
    }
    fixed |= {a.actor.iso3 for a in actors if a.form.value not in {"name", "adjective", "demonym"}}
    fixed |= {claim[code] for claim in row["claims"] for code in _CODES if claim[code] and not _named(claim, code)}
    present = {a.actor.iso3 for a in actors if a.actor.iso3}
    free = [country for country in _pool() if country.iso3 not in present]
    rng.shuffle(free)
    for iso3 in sorted(present - fixed):
        if not free or rng.random() < 0.2 or iso3 not in country_by_code():
            continue
        old, new = country_by_code()[iso3], free.pop()
        codes[iso3] = new.iso3
        for mention in actors:
            if mention.actor.iso3 != iso3:
                continue
            written = mention.span.of(whole)
            stem = written.removesuffix("’s").removesuffix("'s")
            if stem.lower() in {word.lower() for word in old.adjectives}:
                words[stem] = new.adjectives[0]
            elif (
                stem.lower().removesuffix("s") in {word.lower() for word in old.adjectives}
                or mention.form.value == "demonym"
            ):
                words[stem] = new.adjectives[0] + ("s" if new.adjectives[0][-1] not in "hes" else "")
            else:
                words[stem] = new.name
        words[old.name] = new.name


def _named(claim: Row, code: str) -> bool:
    """Whether the field that a code belongs to names its country itself."""
    country = country_by_code().get(claim[code])
    name = claim[code.removesuffix("_iso3")] or ""
    return country is not None and any(
        word.lower() in name.lower() for word in (*country.names, *country.adjectives) if len(word) > 1
    )


@cache
def _pool() -> tuple[Country, ...]:
    return tuple(c for c in countries() if len(c.adjectives) == 1 and " " not in c.name and c.name not in c.unsearched)


def _swap_numbers(row: Row, rng: random.Random, words: dict[str, str]) -> None:
    wanted = set()
    for claim in row["claims"]:
        quantity = claim["quantity"]
        if quantity and quantity["hedge"] in _POINTS:
            wanted |= set(_NUMBER.findall(quantity["text"]))
    for written in sorted(wanted):
        value = int(written.replace(",", ""))
        if 1900 <= value <= 2100 and "," not in written:
            continue
        step = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
        new = max(step, round(value * rng.uniform(0.3, 3.0) / step) * step)
        if 1900 <= new <= 2100 or new < 10:
            continue
        words[written] = f"{new:,}" if "," in written or new >= 10_000 else str(new)


def _swap_equipment(row: Row, rng: random.Random, words: dict[str, str], classes: dict[str, str]) -> None:
    for claim in row["claims"]:
        written = claim["asset_text"] or ""
        if _CLASSES.get(written) == claim["asset"] and written not in words and rng.random() < 0.8:
            new = rng.choice(sorted(_CLASSES))
            words[written], classes[written] = new, _CLASSES[new]


def _rewritten(row: Row, words: Mapping[str, str], codes: Mapping[str, str], classes: Mapping[str, str]) -> Row | None:
    order = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, order)) + r")(?![\w]|,\d)")

    def put(text: str | None) -> str | None:
        return pattern.sub(lambda match: words[match.group()], text) if text else text

    new: dict[str, Any] = {**row, "id": row["id"] + "+", "title": put(row.get("title")), "text": put(row["text"])}
    new["claims"] = [dict(_claim(claim, put, codes, classes)) for claim in row["claims"]]
    if any(claim["quote"] not in new["text"] for claim in new["claims"]):
        return None
    return new


def _claim(claim: Row, put: Any, codes: Mapping[str, str], classes: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for key, value in claim.items():
        if key in _WORDS:
            yield key, put(value)
        elif key in _CODES:
            yield key, codes.get(value, value)
        elif key == "source":
            yield key, [put(name) for name in value]
        elif key == "asset":
            yield key, classes.get(claim["asset_text"], value)
        elif key == "when" and value:
            yield key, value
        elif key == "quantity" and value:
            yield key, _bounds(value, put(value["text"]))
        else:
            yield key, value


def _bounds(quantity: Row, text: str) -> Row:
    old, new = _NUMBER.findall(quantity["text"]), _NUMBER.findall(text)
    if old == new or len(old) != 1 or len(new) != 1:
        return {**quantity, "text": text}
    before, after = int(old[0].replace(",", "")), int(new[0].replace(",", ""))
    return {**quantity, "text": text, **{end: after for end in ("low", "high") if quantity[end] == before}}
