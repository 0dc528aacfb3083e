"""Abbreviations of first-level regions: "Ky.", "KY", "B.C.", "N.S.W."."""

from __future__ import annotations

from functools import cache

from garrison.naming.gazetteer import Candidate, named
from garrison.naming.lexicon import reference_rows
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

LONGEST_FORM = 6


@cache
def _forms() -> dict[str, tuple[str, str]]:
    return {row["form"]: (row["name"], row["iso3"]) for row in reference_rows("abbreviations.csv")}


@cache
def abbreviated(form: str) -> Candidate | None:
    """The region that ``form`` abbreviates, in exactly this case, with or without its final stop; else ``None``."""
    name, iso3 = _forms().get(form) or _forms().get(form + ".") or (None, None)
    if name is None:
        return None
    regions = (c for c in named(plain(name)) if c.iso3 == iso3 and c.kind is PlaceKind.REGION)
    return next(regions, None)


def stands_alone(form: str) -> bool:
    """Whether an abbreviation is one wherever it stands: it has stops inside, or more than two letters and a stop."""
    return ("." in form[:-1] and form[:1].isupper()) or (len(form) > 3 and form.endswith("."))
