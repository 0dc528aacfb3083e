"""Who holds a ledger's file, so that a person who has to wait knows whom to ask."""

from __future__ import annotations

import os
from pathlib import Path


def holders(path: Path) -> tuple[str, ...]:
    """The other processes that have ``path`` open, as ``process 4711 (python)``; empty where that cannot be told.

    Read from ``/proc``, so on Linux only, and only the processes that this user may look into.
    """
    found = []
    names = {str(path.resolve()) + suffix for suffix in ("", "-wal")}
    try:
        processes = [entry for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    except OSError:
        return ()
    for process in processes:
        if int(process.name) != os.getpid() and _opens(process, names):
            found.append(f"process {process.name} ({_name(process)})")
    return tuple(found)


def _opens(process: Path, names: set[str]) -> bool:
    try:
        return any(_target(descriptor) in names for descriptor in (process / "fd").iterdir())
    except OSError:
        return False


def _target(descriptor: Path) -> str | None:
    try:
        return str(descriptor.readlink())
    except OSError:
        return None


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return "?"
