"""Orders of battle: known units from a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

from garrison.vocabulary import SourceError

COLUMNS = ("id", "names", "aliases", "parent", "relation", "dates", "source")


def order_of_battle(file: Path) -> list[dict[str, str]]:
    """The rows of an order of battle, each with all of ``COLUMNS``, blank where the file lacks them.

    Raises:
        SourceError: the file cannot be read, is not UTF-8 or lacks the columns id and names.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = {"id", "names"} - set(reader.fieldnames or ())
            if missing:
                raise SourceError(
                    f"{file} lacks the columns {', '.join(sorted(missing))}; it needs {', '.join(COLUMNS)}"
                )
            return [{name: row.get(name) or "" for name in COLUMNS} for row in reader]
    except OSError as error:
        raise SourceError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{file} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8") from None
    except csv.Error as error:
        raise SourceError(f"{file} is no CSV file: {error}") from None
