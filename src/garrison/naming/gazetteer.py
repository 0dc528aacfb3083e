"""The gazetteer: place names to what they may stand for, from one read-only file in the package.

Places: GeoNames (https://www.geonames.org), CC BY 4.0; subdivisions also ISO 3166-2; regions, waters, military sites
and contested areas from the tables beside the file. ``tools/compile_gazetteer.py`` makes it.
"""

from __future__ import annotations

import math
import os
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from garrison.naming.gazetteer_packing import HEAD, NOWHERE, RECORD, packed
from garrison.naming.spelling import LONGEST, number_of, plain, skeleton
from garrison.vocabulary import PlaceKind, UsageError

_KINDS = tuple(PlaceKind)
_ID = (1 << 24) - 1
_FUZZY = 88.0
_MOST = 60
# Numbers that are alike but for so many last bits stand on one shelf.
_SHELF = 54
# So much of the file is mapped into memory at most, in bytes.
_MAPPED = 64 << 20
_PLACES = "SELECT name, country, kind, admin1, geonameid, lat / 1e4, lon / 1e4, radius, population, spellings FROM {}"
_ONE = "place WHERE id = ?"
# In the order of the numbers asked for; several numbers after *IN* would be sorted into a table of their own first.
_SEVERAL = "(VALUES {}) AS asked CROSS JOIN place ON place.id = asked.column1"


class Candidate(NamedTuple):
    """One place that a name may stand for.

    ``iso3`` is the state that the United Nations counts it to, ``None`` for seas and regions of several countries.
    ``admin1`` is the first-level region it lies in, ``lat`` and ``lon`` degrees (WGS 84), ``radius_km`` the reach of
    a region or the uncertainty of a site, ``population`` 0 where unknown, ``spellings`` in how many ways and languages
    GeoNames has its name, which tells how well known it is (towns only). ``likeness`` is 1 where the name is one of
    the place's own, less where only its sound (0.8) or its spelling (rapidfuzz's ratio) is near.
    """

    name: str
    iso3: str | None
    kind: PlaceKind
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    population: int = 0
    likeness: float = 1.0
    spellings: int = 0


SOUND = 0.8
"""The likeness of a candidate that only sounds alike."""


def candidates(name: str, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
    """What ``name`` may stand for: our own tables' places first, then towns by population.

    Names that differ in case, diacritics, hyphens or apostrophes only are the same name. Where there is none, names
    that common transliterations write otherwise ("Dayr az Zawr" for "Deir ez-Zor") are taken.

    Args:
        name: a place name, in Latin letters, or in Cyrillic or Arabic ones for places that are written so.
        fuzzy: whether to look for near spellings where nothing else is found; takes some hundredths of a second.

    Returns:
        at most 60 candidates; none for words that are no name.
    """
    form = plain(name) if len(name) <= LONGEST else ""
    if not form:
        return ()
    return named(form) or sounding(form) or (_near(form) if fuzzy else ())


def known(form: str) -> bool:
    """Whether a plain form (see ``spelling.plain``) is the name of any place."""
    return bool(_called(form))


@lru_cache(maxsize=8192)
def named(form: str) -> tuple[Candidate, ...]:
    """The places that have a plain form for a name."""
    return _places(_called(form), 1.0)


@lru_cache(maxsize=8192)
def sounding(form: str) -> tuple[Candidate, ...]:
    """The places one of whose names sounds like ``form``, short names excepted."""
    sound = skeleton(form)
    return _places(_ids("skeleton", sound), SOUND) if sound else ()


def place(number: int, likeness: float = 1.0) -> Candidate:
    """The place under a number of the gazetteer's file."""
    return _places((number,), likeness)[0]


def _places(numbers: Sequence[int], likeness: float) -> tuple[Candidate, ...]:
    """The places under several numbers of the file, lowest first."""
    if not numbers:
        return ()
    data = _packed()
    if data is None:
        return _from_file(numbers, likeness)
    countries, regions, kinds, like = _countries(), _regions(), _KINDS, likeness
    # The class would be called through a function of Python's, once for each of many places.
    return tuple(
        [
            _made(
                Candidate,
                (
                    data[at : at + length].decode(),
                    countries[country],
                    kinds[kind],
                    regions[region],
                    geonameid or None,
                    lat / 1e4 if lat != NOWHERE else None,
                    lon / 1e4 if lat != NOWHERE else None,
                    radius or None,
                    population,
                    like,
                    spellings,
                ),
            )
            for at, length, geonameid, lat, lon, population, region, radius, spellings, country, kind in [
                _record(data, _FIRST + _SIZE * number) for number in numbers
            ]
        ]
    )


_made = tuple.__new__
_FIRST, _SIZE, _record = HEAD.size, RECORD.size, RECORD.unpack_from


def _from_file(numbers: Sequence[int], likeness: float) -> tuple[Candidate, ...]:
    """The same from a file without packed places: asked for together, they are read sooner."""
    countries, regions, kinds, like = _countries(), _regions(), _KINDS, likeness
    return tuple(
        [
            _made(
                Candidate,
                (name, countries[country or 0], kinds[kind], regions[region or 0], *where, population, like, spellings),
            )
            for name, country, kind, region, *where, population, spellings in _file().execute(
                _asking_for(len(numbers)), numbers
            )
        ]
    )


@cache
def _asking_for(count: int) -> str:
    """The question for so many places."""
    return _PLACES.format(_ONE if count == 1 else _SEVERAL.format(", ".join(["(?)"] * count)))


@cache
def _countries() -> tuple[str | None, ...]:
    """The codes of countries by their number in the file, which begins with 1."""
    return _by_number("SELECT id, iso3 FROM country ORDER BY id")


@cache
def _regions() -> tuple[str | None, ...]:
    """The names of first-level regions by their number in the file, which begins with 1."""
    return _by_number("SELECT id, name FROM admin1 ORDER BY id")


def _by_number(question: str) -> tuple[str | None, ...]:
    rows = dict(_file().execute(question).fetchall())
    return tuple(rows.get(number) for number in range(max(rows) + 1))


@cache
def _packed() -> mmap | None:
    """The places of the file in their packed form, if it has one beside it."""
    return packed(_file(), _path())


def nearest(lat: float, lon: float, within_km: float) -> Candidate | None:
    """The town nearest to a point, as far as ``within_km``; ``None`` if there is none. Takes some milliseconds."""
    north = within_km / 111.0
    squeeze = math.cos(math.radians(lat))
    east = min(180.0, north / max(squeeze, 0.01))
    row = (
        _file()
        .execute(
            "SELECT id, (lat / 1e4 - ?1) * (lat / 1e4 - ?1) + (lon / 1e4 - ?2) * (lon / 1e4 - ?2) * ?3 * ?3 AS away "
            "FROM place "
            "WHERE kind = ?4 AND lat BETWEEN ?5 AND ?6 AND lon BETWEEN ?7 AND ?8 ORDER BY away LIMIT 1",
            (
                *(lat, lon, squeeze, _KINDS.index(PlaceKind.CITY)),
                *((lat - north) * 1e4, (lat + north) * 1e4, (lon - east) * 1e4, (lon + east) * 1e4),
            ),
        )
        .fetchone()
    )
    return place(row[0]) if row is not None and row[1] <= north * north else None


@cache
def neighbours(iso3: str) -> frozenset[str]:
    """The countries that share a land border with ``iso3``; none for an unknown code."""
    row = _file().execute("SELECT neighbours FROM country WHERE iso3 = ?", (iso3,)).fetchone()
    return frozenset(row[0].split()) if row else frozenset()


def capital_of(iso3: str) -> str | None:
    """The capital of a country by GeoNames' English name; ``None`` where there is none."""
    return capitals().get(iso3)


@cache
def capitals() -> dict[str, str]:
    """The capitals of all countries that have one, by their codes."""
    return {iso3: name for iso3, name in _file().execute("SELECT iso3, capital FROM country") if name}


@lru_cache(maxsize=8192)
def _called(form: str) -> Sequence[int]:
    """The numbers of the places that have a plain form for a name."""
    return _ids("plain", form)


def _ids(form: str, name: str) -> list[int]:
    numbers, shelves = _numbers(form)
    wanted = number_of(name) << 24
    shelf = wanted >> _SHELF
    at = bisect_left(numbers, wanted, shelves[shelf], shelves[shelf + 1])
    last = wanted | _ID
    found: list[int] = []
    for number in numbers[at : at + _MOST]:
        if number > last:
            break
        found.append(number & _ID)
    return found


def _near(form: str) -> tuple[Candidate, ...]:
    from rapidfuzz import fuzz, process

    names = _primary_names()
    close = process.extract(form, names, scorer=fuzz.ratio, limit=10, score_cutoff=_FUZZY)
    return tuple(place(at + 1, score / 100) for _, score, at in close)


@cache
def _primary_names() -> tuple[str, ...]:
    made_plain = plain.__wrapped__  # names asked for once are not worth keeping
    return tuple(made_plain(name) for (name,) in _file().execute("SELECT name FROM place ORDER BY id"))


@cache
def _numbers(form: str) -> tuple[array[int], array[int]]:
    """The sorted numbers of the file's plain forms or skeletons, and where those of each first ten bits begin."""
    (packed_,) = _file().execute("SELECT numbers FROM forms WHERE form = ?", (form,)).fetchone()
    numbers = array("Q")
    numbers.frombytes(packed_)
    if sys.byteorder == "little":
        numbers.byteswap()
    shelves = array("L", [bisect_left(numbers, first << _SHELF) for first in range(1 << 64 - _SHELF)])
    shelves.append(len(numbers))
    return numbers, shelves


@cache
def _path() -> Path:
    named_ = os.environ.get("GARRISON_GAZETTEER")
    return Path(named_) if named_ else own_file() if own_file().is_file() else packaged_file()


@cache
def _file() -> sqlite3.Connection:
    """The file, opened once for all threads: it is only read, and SQLite serialises the reading."""
    path = _path()
    try:
        opened = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        opened.execute(f"PRAGMA mmap_size = {_MAPPED}")
        opened.execute("SELECT form FROM forms").fetchone()
        opened.execute("SELECT spellings FROM place LIMIT 1").fetchone()  # a file built before has none
    except sqlite3.Error as error:
        raise UsageError(
            f"the gazetteer {path} cannot be read ({error}); build it anew with garrison gazetteer build, or unset "
            "GARRISON_GAZETTEER"
        ) from None
    return opened


def packaged_file() -> Path:
    """The gazetteer that the package has."""
    return Path(str(resources.files("garrison.naming").joinpath("reference", "gazetteer.sqlite")))


def own_file() -> Path:
    """Where ``garrison gazetteer build`` puts a larger one: in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("garrison", appauthor=False) / "gazetteer.sqlite"
