"""Passages made from the gazetteer, with the place that each name in them stands for.

Three manners, since news that nobody annotated for us is mostly of these:

* *local*: a local paper of an English-speaking country. A town, often one with greater namesakes elsewhere, stands
  beside its neighbours; its state may be named, abbreviated in a dateline, or left out; people bear surnames that are
  towns, and the wide world is mentioned by the way.
* *national*: a paper or a web site anywhere, on towns and regions of its country, which it may name.
* *world*: capitals and countries, and what lies in them.

Each manner has frames for fitting and others for trying out what was fitted; none is from a text that we measure on.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


# {h} the home town, {a} {b} {c} its neighbours, {st} its first-level region, {ab} that abbreviated, {co} a county near,
# {big} the largest town near, {far} a well-known town elsewhere in the country, {fst} its region, {land} the country,
# {ost} another first-level region of the country, {dc} and {ny} the Washington and the New York that everybody means.
# {x} another country, {cap} its capital, {w} a well-known town abroad, {wl} the country that lies in; {p} {q} persons.
LOCAL = {
    "fit": (
        "{h} police arrested a man from {a} on Tuesday. He had been seen near {b}.",
        "The {h} council meets on Monday. People from {a} and {b} will speak.",
        "Crews from {a}, {b} and {c} put out a fire in {h} early on Sunday.",
        "The team from {a} beat {h} 52-40 on Friday. It plays {b} next week.",
        "She was born in {h} and lived in {a}. Services will be held in {b}, with burial near {c}.",
        "A plant in {h} will close, {st} officials said. Many workers live in {a}.",
        "The road from {h} to {a} is closed after a storm. {st} police advise against it.",
        "{p}, 34, of {h}, was charged in {co} court with theft.",
        "{p} of {a} and {q} of {b} were hurt in a crash on the highway north of {h}.",
        "The {co} commissioners approved money for a new bridge at {a}.",
        "{p} said the school in {h}, {ab}, had been planned for years.",
        "Soldiers from {a}, {ab}, came home from {x} on Thursday. {p} met them in {h}.",
        "He moved to {h} from {far}, {fst}, to work for the railway.",
        "The band has played in {far} and {w}, {wl}, but it likes {h} best.",
        "Prices are lower than in {big}, a study by a {st} university found.",
        "Two schools in {a} and one in {b} were closed because of snow.",
        "{p} will speak in {h} about a trip to {x} and {cap}.",
        "The governor of {st} visited {h} and {a} to see the damage.",
        "A hospital in {big} took in three people from {a}.",
        "Voters in {h} and {b} go to the polls in a {co} election on Tuesday.",
        "Lawmakers in {dc} will vote on a dam near {h}.",
        "He lived in {ny} before he came to {h} in {st}.",
        "The firm, registered in {ost}, runs a plant in {a}.",
        "Fires in {ost} sent smoke as far as {st}, and {h} kept children indoors.",
        "Students from {ost}, {st} and {fst} met in {big}.",
        "{a}, {ab}, and {c}, {ab}, share a fire engine. {p} of {a} drives it.",
        "A man from {h}, {st}, was found dead near {c}. Police in {h} asked for help.",
        "The {st} town of {h} will have a new park. {h} has 900 children.",
        "The company, based in {far}, has shops in {h}, {a} and {big}.",
    ),
    "try": (
        "Firefighters spent the night at a warehouse in {h}, helped by colleagues from {b} and {a}.",
        "Services for {p}, 81, a lifelong resident of {h}, will be at the chapel in {a}. A daughter lives in {far}.",
        "{h} lost 3-1 at {a}, and {b} drew with {c}, leaving {big} at the top.",
        "A {st} judge sent {p} of {b} to prison for fraud at a bank in {h}.",
        "{q}, who owns farms near {h} and {c}, expects a poor harvest in {co}.",
        "The new bus will run from {h} by way of {a} and {b} to {big}.",
        "A fund in {ny} owns the hospital in {a}, and one in {ost} that of {h}.",
        "The senator flew home to {st} from {dc} to speak in {h}.",
        "The mill in {h} sells to {x}, {w} and {far}, {fst}.",
        "Deputies found the car near {c}, {ab}, two days after it had been stolen in {h}.",
        "{p} grew up in {a} and served in {x} before he opened a shop in {h}.",
        "A show of old tractors draws people from {a}, {b}, {c} and as far as {far} to {h} each fall.",
    ),
}
NATIONAL = {
    "fit": (
        "Two people died in floods in {h}, {st}, on Monday. Roads from {a} to {b} were cut.",
        "Police in {h} held five men, officials in {land} said. Raids went on in {a}.",
        "The {land} government will build a railway from {big} to {h}.",
        "Farmers in {st} blocked roads near {h} and {a}.",
        "A court in {big} ruled that the mayor of {h} must go. He has fled to {x}.",
        "{h} hosts a fair each year that brings traders from {x} and {w}, {wl}.",
        "An earthquake was felt in {h}, {a} and {b}, the institute in {big} said.",
        "{land} will play {x} in {big} on Saturday and train in {h}.",
        "The minister flew from {far} to {h} to open a school.",
        "The firm from {w} will open a mine near {h} in {land}.",
        "The army of {land} sent men to {h}.",
        "A man from {w}, {wl}, was held in {h}, {land}.",
        "{land} has moved 300 soldiers to {h}, its defence ministry said.",
        "The {land} port of {h} was shut. Ships waited off {a}.",
    ),
    "try": (
        "At least six people were hurt when a bus overturned between {h} and {a}, local media in {land} reported.",
        "Residents of {h} have had no water since a pipe burst near {b}.",
        "Doctors in {st} fear an outbreak that began in {h}, a town south of {big}, may reach {x}.",
        "{p}, a teacher from {a}, won a prize in {w} for her book on {h}.",
        "Planes flew from {w}, {wl}, to {h}.",
        "The trial of {q} opened in {big}. He is accused of a killing in {h}, {land}.",
    ),
}
WORLD = {
    "fit": (
        "{land} and {x} agreed on a truce in {w}, {wl}. Diplomats in {cap} were wary.",
        "{land} has sent 500 men to {far}, and {x} as many to {cap}.",
        "Troops from {x} arrived in {big}, {land}, on Monday.",
        "The president of {x} left {cap} for {w}, and will go on to {far}.",
        "Oil from {land} reaches {x} through a port near {h}.",
        "A jet on its way from {w} to {big} landed in {cap}.",
        "{cap} has protested to {land}. Talks in {big} broke down.",
        "Banks in {w}, {wl}, and {far} hold money from {x} and {land}.",
        "{dc} will not lend {land} money, an official in {ny} said.",
        "Envoys from {x} flew to {dc} and {w} for talks.",
        "{land} sent ships to {st}. Lawmakers in {dc} want {x} to help.",
    ),
    "try": (
        "Leaders of {land}, {x} and {wl} meet in {w} next week.",
        "Aid for {land} is flown from {w} to {big} and driven on to {h}.",
        "The forces of {land} in {h} and {far} are short of fuel, officials in {big} said.",
        "The embassy of {x} in {big} was closed, and its staff returned to {cap}.",
    ),
}
TITLES = (None, None, "{h} man held", "News from {h} and {a}", "{st} news", "Fire in {a}", "{land}: the week", "Sports")
GIVEN = ("James", "Mary", "Robert", "Linda", "John", "Susan", "David", "Karen", "Ahmed", "Maria", "Peter", "Helen")


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
            yield self._made(home, LOCAL[frames], chance.randint(1, 4), chance)

    def national(self, number: int, frames: str, seed: int) -> Iterator[Made]:
        """Passages on the towns of any country, half of them with a greater namesake; a few on the world at large."""
        chance = random.Random(seed)
        rivalled = self._rivalled()
        people = [(200.0 + town.population) ** 0.6 for town in rivalled]
        for turn in range(number):
            (home,) = chance.choices(rivalled, people) if turn % 2 else chance.choices(self._towns, self._people)
            manner = WORLD if turn % 4 == 3 else NATIONAL
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
                shown += f"{chance.choice(GIVEN)} {self._surname(chance)}"
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
