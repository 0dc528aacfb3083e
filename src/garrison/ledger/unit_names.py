"""Known orders of battle: units with the names that resolve to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select

from garrison.ledger.entry import UnitEntry
from garrison.ledger.keys import unit_key
from garrison.ledger.session import Session
from garrison.ledger.tables import unit, unit_name
from garrison.vocabulary import UsageError

COLUMNS = ("id", "names", "aliases", "parent", "relation", "dates", "source")


def import_units(session: Session, rows: Iterable[Mapping[str, str]]) -> int:
    """Take in units; one with a known id replaces it."""
    entries = [_entry(number, row) for number, row in enumerate(rows, 1)]
    known = {entry.id for entry in entries} | {entry.id for entry in units(session)}
    for entry in entries:
        if entry.parent is not None and entry.parent not in known:
            raise UsageError(f"unit {entry.id}: its parent {entry.parent!r} is neither in the file nor imported before")
    with session.writing():
        seq = session.tick()
        for entry in entries:
            session.execute(delete(unit).where(unit.c.id == entry.id))
            session.execute(delete(unit_name).where(unit_name.c.unit_id == entry.id))
            values = {name: getattr(entry, name) for name in ("id", "parent", "relation", "dates", "source")}
            lists = {name: json.dumps(getattr(entry, name), ensure_ascii=False) for name in ("names", "aliases")}
            session.insert(insert(unit), {**values, **lists, "seq": seq})
            found = {key for name in (*entry.names, *entry.aliases) if (key := unit_key(name))}
            session.execute_many(insert(unit_name), [{"key": key, "unit_id": entry.id} for key in sorted(found)])
    return len(entries)


def _entry(number: int, row: Mapping[str, str]) -> UnitEntry:
    unknown = [str(column) for column in row if column not in COLUMNS]
    if unknown:
        raise UsageError(f"unknown columns {', '.join(unknown)}; a units file has {', '.join(COLUMNS)}")
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    names = _listed(cells["names"])
    if not cells["id"] or not names:
        raise UsageError(f"unit {number} of the file needs an id and at least one name")
    rest = {column: cells[column] or None for column in ("parent", "relation", "dates", "source")}
    return UnitEntry(cells["id"], names, _listed(cells["aliases"]), **rest)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.replace("|", ";").split(";") if name.strip())


def units(session: Session) -> tuple[UnitEntry, ...]:
    """The imported units, by id."""
    return tuple(
        UnitEntry(
            row.id,
            tuple(json.loads(row.names)),
            tuple(json.loads(row.aliases)),
            row.parent,
            row.relation,
            row.dates,
            row.source,
        )
        for row in session.execute(select(unit).order_by(unit.c.id))
    )


def unit_names(session: Session) -> dict[str, str]:
    """The key of each name and alias to the unit's id; a name that several units have is left out."""
    found: dict[str, str | None] = {}
    for row in session.execute(select(unit_name)):
        found[row.key] = row.unit_id if found.get(row.key, row.unit_id) == row.unit_id else None
    return {key: unit_id for key, unit_id in found.items() if unit_id is not None}


def keys_of(session: Session, name: str) -> tuple[str, ...]:
    """The keys of all names of the unit called ``name`` (or with that id): of that name alone if none is imported."""
    key = unit_key(name)
    names = unit_names(session)
    unit_id = names.get(key)
    if unit_id is None and session.execute(select(unit.c.id).where(unit.c.id == name)).scalar():
        unit_id = name
    if unit_id is None:
        return (key,)
    return tuple(sorted({key} | {each for each, found in names.items() if found == unit_id}))
