"""Listings as polars or pandas frames (extras ``polars`` and ``pandas``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from garrison.publishing.shapes import citation_shape, flat, position_shape, row_shape
from garrison.vocabulary import Citation, Position, Row, UsageError

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]  # it ships no types
    import polars

Library = Literal["polars", "pandas"]


def frame(
    listing: Iterable[Row | Citation | Position], library: Library = "polars"
) -> polars.DataFrame | pandas.DataFrame:
    """Rows, citations or positions as a frame with the columns of the CSV form.

    Args:
        listing: what a picture, ``claims`` or ``units`` returned.
        library: ``"polars"`` or ``"pandas"``; the one named must be installed.

    Raises:
        UsageError: the library is not installed.
    """
    records = [flat(_shape(one)) for one in listing]
    try:
        if library == "pandas":
            import pandas as frames
        else:
            import polars as frames
    except ImportError:
        raise UsageError(f"{library} is not installed; install it with: pip install 'garrison[{library}]'") from None
    if library == "polars":
        return frames.DataFrame(records, infer_schema_length=None)
    return frames.DataFrame(records)


def _shape(one: Row | Citation | Position) -> dict[str, Any]:
    match one:
        case Row():
            return row_shape(one)
        case Position():
            return position_shape(one)
        case Citation():
            return citation_shape(one)
