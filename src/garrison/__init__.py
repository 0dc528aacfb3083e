"""Garrison: who has what forces where, as of when, and on whose word.

The public API on one screen; everything is imported when it is first used::

    import garrison

    with garrison.open("tajikistan.db") as desk:
        desk.read("reports/", outlet="Northern Wire")
        picture = desk.posture("Tajikistan", as_of="2021-07-15")
        for row in picture.rows:
            print(row.actor.name, row.asset, row.low, row.high, row.voices)
        evidence = desk.why(picture.rows[0].id).evidence
        table = garrison.frame(desk.claims(actor="Russia"), "pandas")

    claims = garrison.extract("Russia has about 7,000 troops in Tajikistan.", published="2021-07-15")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from garrison.pipeline.desk import Desk, extract, open
    from garrison.publishing.frames import frame
    from garrison.vocabulary import Citation, Claim, Document, GarrisonError, Picture, Position, Row

__version__ = "0.1.0"
__all__ = [
    "Citation",
    "Claim",
    "Desk",
    "Document",
    "GarrisonError",
    "Picture",
    "Position",
    "Row",
    "extract",
    "frame",
    "open",
]
_HOMES = {
    **dict.fromkeys(("Desk", "extract", "open"), "garrison.pipeline.desk"),
    "frame": "garrison.publishing.frames",
    **dict.fromkeys(
        ("Citation", "Claim", "Document", "GarrisonError", "Picture", "Position", "Row"), "garrison.vocabulary"
    ),
}


def __getattr__(name: str) -> Any:
    """What ``name`` stands for, imported from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'garrison' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
