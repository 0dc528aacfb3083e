"""Packing: the places of a gazetteer's file as records of one size beside it, read many times sooner than by SQL.

Made when the package is built or installed (``hatch_build.py``, which has nothing but the standard library), when the
gazetteer is compiled and when a user builds a larger one. A gazetteer without such a file is read by SQL.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import sqlite3
from pathlib import Path
from struct import Struct
from typing import BinaryIO

RECORD = Struct("<IHIiiIHHHHB")
"""Where the place's name begins and its length, GeoNames' number, latitude, longitude, people, region, reach,
spellings, country, kind; 0 for what is not known, ``NOWHERE`` for a latitude that is not."""

HEAD = Struct("<24s32s")
"""What the file is and what it was made from. The records follow, the first of them empty, then the names."""

NOWHERE = -(1 << 31)

_MAGIC = b"Garrison's places, 1".ljust(24)


def path_of(base: Path) -> Path:
    """Where the packed places of a gazetteer's file lie."""
    return base.with_suffix(".packed")


def pack(base: Path) -> Path:
    """Write the packed places of a gazetteer's file beside it, at one stroke; returns where."""
    target = path_of(base)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    opened = sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)
    try:
        with fresh.open("wb") as file:
            file.write(HEAD.pack(_MAGIC, _fingerprint(opened, base)))
            _write(opened, file)
        fresh.replace(target)
    finally:
        opened.close()
        fresh.unlink(missing_ok=True)
    return target


def _write(opened: sqlite3.Connection, file: BinaryIO) -> None:
    """Write the records and the names after them."""
    (last,) = opened.execute("SELECT max(id) FROM place").fetchone()
    begun = HEAD.size + RECORD.size * (last + 1)
    names = bytearray()
    file.write(bytes(RECORD.size))
    rows = opened.execute(
        "SELECT id, name, geonameid, lat, lon, population, admin1, radius, spellings, country, kind "
        "FROM place ORDER BY id"
    )
    for expected, (number, name, geonameid, lat, lon, *others) in enumerate(rows, 1):
        if number != expected:
            raise ValueError(f"place {number} of the gazetteer stands where {expected} should")
        written = name.encode()
        where = (NOWHERE, 0) if lat is None or lon is None else (lat, lon)
        known = (value or 0 for value in others)
        file.write(RECORD.pack(begun + len(names), len(written), geonameid or 0, *where, *known))
        names += written
    file.write(names)


def packed(opened: sqlite3.Connection, base: Path) -> mmap.mmap | None:
    """The packed places of a gazetteer's file, mapped into memory; ``None`` where there are none, or another file's."""
    try:
        with path_of(base).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return None
    if mapped[: HEAD.size] != HEAD.pack(_MAGIC, _fingerprint(opened, base)):
        return None
    return mapped


def _fingerprint(opened: sqlite3.Connection, base: Path) -> bytes:
    """What tells one gazetteer's file from another: its size, and what it says of where it came from."""
    said = sorted(opened.execute("SELECT key, value FROM meta"))
    return hashlib.sha256(repr((base.stat().st_size, said)).encode()).digest()
