"""Passages made from the gazetteer, with the place that each name in them stands for.

Three manners, since news that nobody annotated for us is mostly of these:

* *local*: a local paper of an English-speaking country. A town, often one with greater namesakes elsewhere, stands
  beside its neighbours; its state may be named, abbreviated in a dateline, or left out; people bear surnames that are
  towns, and the wide world is mentioned by the way.
* *national*: a paper or a web site anywhere, on towns and regions of its country, which it may name.
* *world*: capitals and countries, and what lies in them.

The frames are in ``passage_frames.toml``: for each manner some for fitting, others for trying out what was fitted.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from garrison.naming.countries import country_by_code
from garrison.naming.gazetteer import Candidate, candidates, capital_of, place
from garrison.naming.lexicon import reference_rows
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# Where local news is written in English, with how often a passage plays there; within how many degrees its towns lie.
LOCAL_COUNTRIES = {"USA": 12, "GBR": 3, "CAN": 2, "AUS": 2, "IRL": 2, "ZAF": 1, "NZL": 1, "IND": 1, "PHL": 1, "NGA": 1}
NEIGHBOURS = 0.6
# A town with a namesake so many times larger has a greater one.
GREATER = 3
LARGE = 150_000
# A town known in so many spellings is famous; so are countries and first-level regions.
FAMOUS = 45
# How much oftener the better known is named abroad, as a power of its spellings.
FAME = 3.0


@dataclass(frozen=True, slots=True)
class Made:
    """A passage with its title and, for each name in it, where it stands and the place that it is."""

    text: str
    title: str | None
    names: tuple[tuple[Span, Candidate], ...]


FRAMES = tomllib.loads(Path(__file__).with_name("passage_frames.toml").read_text(encoding="utf-8"))
TITLES = (None, None, *FRAMES["titles"])


class Makers:
    """Makes passages, the same each time for the same seed."""

    def __init__(self) -> None:
        self._towns = [one for one in _towns() if one.admin1 and one.iso3]
        self._near: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
        self._of: dict[str, list[Candidate]] = defaultdict(list)
        for town in self._towns:
            self._near[_cell(town)].append(town)
            self._of[town.iso3 or ""].append(town)
        local = [town for town in self._towns if town.iso3 in LOCAL_COUNTRIES]
        namesakes = {town.name: candidates(town.name) for town in local}
        self._local = (
            local,
            [t for t in local if max(c.population for c in namesakes[t.name]) > GREATER * t.population],
            [t for t in local if t.spellings < FAMOUS / 2 and any(_famous(c, t) for c in namesakes[t.name])],
        )
        self._weights = [
            [LOCAL_COUNTRIES[t.iso3 or ""] * (200.0 + t.population) ** 0.5 / _share(t, self._of) for t in towns]
            for towns in self._local
        ]
        self._large = [town for town in self._towns if town.population >= LARGE]
        self._fame = [(1.0 + town.spellings) ** FAME for town in self._large]
        self._people = [(200.0 + town.population) ** 0.6 for town in self._towns]
        self._short: dict[tuple[str, str], str] = {}
        for row in reference_rows("abbreviations.csv"):
            if row["form"].endswith("."):
                self._short.setdefault((row["iso3"], row["name"]), row["form"])
        self._counties = [
            one
            for one in map(place, range(1, self._last + 1))
            if one.kind is PlaceKind.REGION and one.admin1 and not one.population and one.geonameid is None
        ]
        self._states: dict[str, list[Candidate]] = defaultdict(list)
        for one in map(place, range(1, self._last + 1)):
            if one.kind is PlaceKind.REGION and one.admin1 and one.population and one.iso3:
                self._states[one.iso3].append(one)
        cities = {(town.name, town.admin1): town for town in self._of["USA"]}
        self._washington = cities["Washington", "District of Columbia"]
        self._new_york = cities["New York City", "New York"]
        self._countries = [one for one in map(place, range(1, 300)) if one.kind is PlaceKind.COUNTRY]

    @property
    def _last(self) -> int:
        return 40_000  # our own tables come before the towns

    def local(self, number: int, frames: str, seed: int) -> Iterator[Made]:
        """Passages in the manner of a local paper; two thirds of a town with a greater namesake, one with a famous."""
        chance = random.Random(seed)
        for turn in range(number):
            (home,) = chance.choices(self._local[turn % 3], self._weights[turn % 3])
            yield self._made(home, FRAMES["local"][frames], chance.randint(1, 4), chance)

    def national(self, number: int, frames: str, seed: int) -> Iterator[Made]:
        """Passages on the towns of any country, half of them with a greater namesake; a few on the world at large."""
        chance = random.Random(seed)
        rivalled = self._rivalled()
        people = [(200.0 + town.population) ** 0.6 for town in rivalled]
        for turn in range(number):
            (home,) = chance.choices(rivalled, people) if turn % 2 else chance.choices(self._towns, self._people)
            manner = FRAMES["world" if turn % 4 == 3 else "national"]
            yield self._made(home, manner[frames], chance.randint(1, 3), chance)

    def _rivalled(self) -> list[Candidate]:
        """The towns that have a greater namesake in another country."""
        greatest: dict[str, Candidate] = {}
        for town in self._towns:  # the most populous first
            greatest.setdefault(plain(town.name), town)
        found = ((town, greatest[plain(town.name)]) for town in self._towns)
        return [town for town, rival in found if rival.iso3 != town.iso3 and rival.population > town.population]

    def _made(self, home: Candidate, frames: Sequence[str], count: int, chance: random.Random) -> Made:
        slots = self._slots(home, chance)
        title, names = chance.choice(TITLES), []
        chosen = chance.sample(frames, count)
        text = " ".join(chosen)
        if chance.random() < 0.3:
            dateline = chance.choice(("{H}, {ab} — ", "{H} — ", "{H}, {st} — ", "{H} ({land}) - "))
            text = dateline + text
        shown = ""
        for piece in re.split(r"(\{\w+\})", text):
            slot = piece[1:-1] if piece.startswith("{") else ""
            if not slot:
                shown += piece
                continue
            if slot in ("p", "q"):
                shown += f"{chance.choice(FRAMES['given'])} {self._surname(chance)}"
                continue
            one, words = slots.get(slot, (None, "there"))
            if one is not None:
                names.append((Span(len(shown), len(shown) + len(words)), one))
            shown += words
        heading = None
        if title:
            heading = re.sub(r"\{(\w+)\}", lambda match: slots.get(match[1], (None, "local"))[1], title)
        return Made(shown, heading, tuple(names))

    def _surname(self, chance: random.Random) -> str:
        """A surname that is the name of a town of one word, as many are."""
        while True:
            town = chance.choice(self._of["USA"])
            if town.name.isalpha():
                return town.name

    def _slots(self, home: Candidate, chance: random.Random) -> dict[str, tuple[Candidate | None, str]]:
        beside = self._beside(home)
        weights = [(200.0 + other.population) ** 0.5 for other in beside]
        chosen = list({t.name: t for t in chance.choices(beside, weights, k=5)}.values()) if beside else []
        slots: dict[str, tuple[Candidate | None, str]] = {"h": (home, home.name), "H": (home, home.name.upper())}
        same = [one for one in chosen if one.admin1 == home.admin1]
        for slot, one in (
            *zip("ac", same, strict=False),
            *zip("b", (o for o in chosen if o not in same[:2]), strict=False),
        ):
            slots[slot] = (one, one.name)
        if beside:
            big = max(beside, key=lambda one: one.population)
            slots["big"] = (big, big.name)
        region = _region(home.iso3 or "", home.admin1 or "")
        if region is not None:
            slots["st"] = slots["ab"] = (region, region.name)
            short = self._short.get((home.iso3 or "", region.name))
            if short and chance.random() < 0.7:
                slots["ab"] = (region, short)
        counties = [
            c for c in self._counties if c.iso3 == home.iso3 and c.admin1 == home.admin1 and _apart(c, home) < 1
        ]
        if counties:
            county = min(counties, key=lambda one: _apart(one, home))
            slots["co"] = (county, county.name)
        else:
            slots["co"] = (None, "district")
        land = country_by_code()[home.iso3 or ""]
        slots["land"] = (_country(land.name), land.name)
        known = [t for t in self._of[home.iso3 or ""] if t.population >= LARGE / 2 and t.admin1 != home.admin1]
        if known:
            (far,) = chance.choices(known, [1.0 + t.spellings for t in known])
            slots["far"] = (far, far.name)
            fst = _region(far.iso3 or "", far.admin1 or "")
            if fst is not None:
                slots["fst"] = (fst, fst.name)
        (abroad,) = chance.choices(self._large, self._fame)
        slots["w"] = (abroad, abroad.name)
        others = [one for one in self._states[home.iso3 or ""] if one.admin1 != home.admin1]
        (ost,) = chance.choices(others, [1.0 + one.population for one in others]) if others else (region,)
        slots["ost"] = (ost, ost.name if ost is not None else "the north")
        slots["dc"], slots["ny"] = (self._washington, "Washington"), (self._new_york, "New York")
        there = country_by_code()[abroad.iso3 or ""]
        slots["wl"] = (_country(there.name), there.name)
        other = chance.choice(self._countries)
        slots["x"] = (other, other.name)
        capital = capital_of(other.iso3 or "")
        seat = next((t for t in candidates(capital or "") if t.iso3 == other.iso3 and t.kind is PlaceKind.CITY), None)
        slots["cap"] = (seat, capital or other.name) if seat else (other, other.name)
        return slots

    def _beside(self, home: Candidate) -> list[Candidate]:
        row, column = _cell(home)
        return [
            other
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
            for other in self._near.get((row + down, column + right), ())
            if other.name != home.name and _apart(other, home) < NEIGHBOURS and other.iso3 == home.iso3
        ]


def _famous(one: Candidate, town: Candidate) -> bool:
    """Whether one of the places called as a town is, who hears the name thinks of that one."""
    if plain(one.name) != plain(town.name):
        return False
    return one.spellings >= FAMOUS or (one.kind in (PlaceKind.COUNTRY, PlaceKind.REGION) and one.population > 0)


def _share(town: Candidate, of: dict[str, list[Candidate]]) -> float:
    """How many towns a country has, so that each country comes as often as it should."""
    return float(len(of[town.iso3 or ""]))


def _cell(town: Candidate) -> tuple[int, int]:
    return round(town.lat or 0.0), round(town.lon or 0.0)


def _apart(one: Candidate, other: Candidate) -> float:
    """How far two places are apart, in degrees of latitude or longitude, whichever are more."""
    return max(abs((one.lat or 0.0) - (other.lat or 0.0)), abs((one.lon or 0.0) - (other.lon or 0.0)))


def _region(iso3: str, name: str) -> Candidate | None:
    """The first-level region of a name."""
    pool = (c for c in candidates(name) if c.iso3 == iso3 and c.kind is PlaceKind.REGION and c.population)
    return next((c for c in pool if plain(c.admin1 or "") == plain(name)), None)


def _country(name: str) -> Candidate | None:
    return next((c for c in candidates(name) if c.kind is PlaceKind.COUNTRY), None)


def _towns() -> Iterator[Candidate]:
    for number in range(1, 1 << 24):
        try:
            one = place(number)
        except IndexError:  # past the last number
            return
        if one.kind is PlaceKind.CITY and one.geonameid:
            yield one
