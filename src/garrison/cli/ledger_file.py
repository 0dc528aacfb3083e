"""Which ledger a command works on, opened for reading or for writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from garrison.vocabulary import UsageError

if TYPE_CHECKING:
    from garrison.ledger import Ledger


def ledger_path(given: Path | None) -> Path:
    """The file given, else ``garrison.db`` in the user's data directory."""
    if given is not None:
        return given.expanduser()
    from platformdirs import user_data_path

    return user_data_path("garrison", appauthor=False) / "garrison.db"


def for_writing(given: Path | None) -> Ledger:
    """The ledger, made if there is none."""
    from garrison.ledger import Ledger

    return Ledger.open(ledger_path(given))


def for_reading(given: Path | None, *, read_only: bool = True) -> Ledger:
    """The ledger, which must be there already.

    Raises:
        UsageError: it is not there.
    """
    from garrison.ledger import Ledger

    path = ledger_path(given)
    if not path.exists():
        raise UsageError(
            f"there is no ledger at {path} yet; make one with: garrison read SOURCE…, or name another with --ledger"
        )
    return Ledger.open(path, create=False, read_only=read_only)
