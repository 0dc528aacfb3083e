"""Building a larger gazetteer: the package's own with the places of the full GeoNames dump added."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from garrison.naming.gazetteer import packaged_file
from garrison.naming.gazetteer_packing import pack
from garrison.naming.lexicon import reference_rows
from garrison.naming.spelling import LONGEST, number_of, plain, skeleton
from garrison.vocabulary import PlaceKind, UsageError

_COLUMNS = 19
_LAST_ID = (1 << 24) - 1
_KINDS = tuple(PlaceKind)
# What is taken of GeoNames' features beside all populated places: class and code, the kind, and a reach in km, which
# GeoNames does not give. First-level regions and countries are in the package's own file.
_FEATURES = {
    **dict.fromkeys(("A.ADM2", "A.ADMD"), (PlaceKind.REGION, 40)),
    **dict.fromkeys(
        ("A.ADM3", "T.PEN", "T.VAL", "T.MTS", "T.DSRT", "T.ISLS", "L.RGN", "L.AREA"), (PlaceKind.REGION, 20)
    ),
    **dict.fromkeys(("A.ADM4", "T.ISL", "T.MT", "T.CAPE", "T.PASS"), (PlaceKind.REGION, 10)),
    **dict.fromkeys(("S.AIRP", "S.AIRB", "S.AIRF", "S.MILB", "L.MILB", "L.NVB", "S.INSM", "S.FT"), (PlaceKind.BASE, 5)),
    **dict.fromkeys(("H.BAY", "H.GULF", "H.STRT", "H.LK", "H.RSV", "H.CHN"), (PlaceKind.SEA, 20)),
    **dict.fromkeys(("S.BDG", "S.DAM", "S.PRT", "S.CSTM", "L.PORT", "H.HBR"), (PlaceKind.POINT, 5)),
}
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Built:
    """What a build added: places and names, and the lines of the dump that were no places."""

    places: int
    names: int
    broken: int


def build(dump: Path, target: Path, progress: Callable[[float], None] = lambda _: None) -> Built:
    """Write a gazetteer with the places of ``dump`` to ``target``, at one stroke when it is whole, and pack its places.

    Args:
        dump: GeoNames' ``allCountries.zip`` or another file in that form, also unpacked.
        target: the file to write; one that is there is replaced.
        progress: called now and then with the share done, 0 to 1.

    Raises:
        UsageError: the dump is not there, or in no such form, or has more places than a file can hold.
    """
    if not dump.is_file():
        raise UsageError(f"there is no file {dump}; GeoNames has it at https://download.geonames.org/export/dump/")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    shutil.copyfile(packaged_file(), fresh)
    base = sqlite3.connect(fresh)
    try:
        built = _add(base, dump, progress)
        base.close()
        fresh.replace(target)
        pack(target)
    finally:
        base.close()
        fresh.unlink(missing_ok=True)
    progress(1.0)
    return built


def _add(base: sqlite3.Connection, dump: Path, progress: Callable[[float], None]) -> Built:
    """Add the places of ``dump`` to an open copy of the gazetteer, the most populous first."""
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("PRAGMA synchronous=OFF")
    base.execute(
        "CREATE TEMP TABLE found "
        "(kind, name, country, admin1, geonameid, lat, lon, radius, population, spellings, names)"
    )
    known = {number for (number,) in base.execute("SELECT geonameid FROM place WHERE geonameid IS NOT NULL")}
    countries = {row["iso2"]: number for number, row in enumerate(reference_rows("countries.csv"), 1)}
    codes = {row["iso3"]: row["iso2"] for row in reference_rows("countries.csv")}
    regions = {
        (codes[row["iso3"]], row["admin1"]): number for number, row in enumerate(reference_rows("subdivisions.csv"), 1)
    }
    broken = lines = 0
    rows: list[tuple[object, ...]] = []
    for line, done in _lines(dump):
        lines += 1
        row = _row(line, countries, regions, known)
        if row is None:
            broken += 1
        elif row:
            rows.append(row)
        if len(rows) >= _ROWS_AT_ONCE:
            base.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            rows.clear()
            progress(0.7 * done)
    base.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if lines == broken:
        raise UsageError(f"{dump} is not in the form of GeoNames' allCountries.txt: no line has {_COLUMNS} columns")
    places, names = _file_names(base, progress)
    base.execute("INSERT OR REPLACE INTO meta VALUES ('dump', ?)", (dump.name,))
    base.commit()
    return Built(places, names, broken)


def _file_names(base: sqlite3.Connection, progress: Callable[[float], None]) -> tuple[int, int]:
    """Move the places found into the gazetteer and file their names; how many places and names that are."""
    (first,) = base.execute("SELECT max(id) FROM place").fetchone()
    (count,) = base.execute("SELECT count(*) FROM found").fetchone()
    if first + count > _LAST_ID:
        raise UsageError(f"{first + count:,} places are more than a gazetteer file holds ({_LAST_ID:,})")
    forms = {form: array("Q") for form in ("plain", "skeleton")}
    number = first
    for *values, joined in base.execute("SELECT * FROM found ORDER BY population DESC, geonameid"):
        number += 1
        base.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
        written = {form for name in joined.split("\t") if len(name) <= LONGEST and (form := plain(name))}
        heard = {sound for form in written if form.isascii() and (sound := skeleton(form))}
        forms["plain"].extend(number_of(form) << 24 | number for form in written)
        forms["skeleton"].extend(number_of(sound) << 24 | number for sound in heard)
        if number % _ROWS_AT_ONCE == 0:
            progress(0.7 + 0.3 * (number - first) / count)
    for form, fresh in forms.items():
        (packed,) = base.execute("SELECT numbers FROM forms WHERE form = ?", (form,)).fetchone()
        numbers = array("Q")
        numbers.frombytes(packed)
        if sys.byteorder == "little":
            numbers.byteswap()
        merged = array("Q", sorted([*numbers, *fresh]))
        if sys.byteorder == "little":
            merged.byteswap()
        base.execute("UPDATE forms SET numbers = ? WHERE form = ?", (merged.tobytes(), form))
    return count, len(forms["plain"])


def _lines(dump: Path) -> Iterator[tuple[str, float]]:
    """The lines of a dump, packed or not, each with the share of the file read so far."""
    if zipfile.is_zipfile(dump):
        with zipfile.ZipFile(dump) as packed:
            inside = max(packed.infolist(), key=lambda info: info.file_size)
            with packed.open(inside) as file:
                yield from _read(file, inside.file_size)
    else:
        with dump.open("rb") as plain_file:
            yield from _read(plain_file, dump.stat().st_size)


def _read(file: Iterable[bytes], size: int) -> Iterator[tuple[str, float]]:
    done = 0
    for line in file:
        done += len(line)
        yield line.decode("utf-8", errors="replace").rstrip("\r\n"), done / max(1, size)


def _row(
    line: str, countries: dict[str, int], regions: dict[tuple[str, str], int], known: set[int]
) -> tuple[object, ...] | None:
    """The place on a line of the dump; empty for one that is not taken, ``None`` for a line that is none."""
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        return None
    geonameid, name, ascii_name, others, lat, lon, feature, code, country, _, admin1 = cells[:11]
    try:
        number, place = int(geonameid), (round(float(lat) * 1e4), round(float(lon) * 1e4))
        population = int(cells[14] or 0)
    except ValueError:
        return None
    kind, reach = (PlaceKind.CITY, None) if feature == "P" else _FEATURES.get(f"{feature}.{code}", (None, None))
    if kind is None or country not in countries or number in known or code in ("PPLH", "PPLQ", "PPLW"):
        return ()
    spellings = others.split(",") if others else []
    names = "\t".join(dict.fromkeys((name, ascii_name, *filter(_is_name, spellings))))
    region = regions.get((country, admin1))
    counts = population, len(spellings)
    return _KINDS.index(kind), name, countries[country], region, number, *place, reach, *counts, names


def _is_name(name: str) -> bool:
    """Whether an alternate name is one, and no code or link."""
    return len(name) > 1 and "http" not in name and not (len(name) <= 3 and name.isascii() and name.isupper())
