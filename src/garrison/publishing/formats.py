"""Listings as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from garrison.publishing.shapes import flat


def as_json(value: Any) -> str:
    """``value`` as readable JSON with a final newline; any JSON-ready value is taken."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_json_line(value: Any) -> str:
    """``value`` as one line of JSON with its newline."""
    return json.dumps(value, ensure_ascii=False) + "\n"


def json_array(shapes: Iterable[Any]) -> Iterator[str]:
    """A JSON array of ``shapes``, one to a line, a piece at a time."""
    opening = "[\n"
    for shape in shapes:
        yield opening + json.dumps(shape, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def csv_lines(shapes: Iterable[dict[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """Shapes as CSV (RFC 4180) under a header of ``columns``; nested fields are flattened, others left out."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for shape in shapes:
        writer.writerow(flat(shape))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()
