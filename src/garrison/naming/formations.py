"""Well-known formations, services and missions by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from garrison.naming.echelons import echelon_by_word, unit_number
from garrison.naming.lexicon import Lexicon, listed, reference_rows

# Kinds of groups.csv that own forces; a service or a mission is itself one.
_ACTORS = frozenset(
    {"alliance", "organisation", "coalition", "armed_group", "pmc", "government_faction", "former_state"}
)


@dataclass(frozen=True, slots=True)
class Formation:
    """A formation, service, ship or mission that is known by name.

    ``sort`` is the echelon's word, or ``service``, ``special forces``, ``militia``, ``ship``, ``submarine`` or
    ``mission``; ``code`` its echelon in APP-6(D) (11 team to 26 command). ``iso3`` is the state whose it is, ``None``
    for those of armed groups and organisations, and for names that several states use ("National Guard").
    """

    name: str
    sort: str
    code: int | None = None
    number: str | None = None
    iso3: str | None = None
    aliases: tuple[str, ...] = ()


@cache
def formations() -> tuple[Formation, ...]:
    """Every row of ``formations.csv``, then the missions of ``groups.csv``."""
    rows = [(row, row["sort"]) for row in reference_rows("formations.csv")]
    rows += [(row, "mission") for row in reference_rows("groups.csv") if row["kind"] == "mission"]
    return tuple(_formation(row, sort) for row, sort in rows)


def _formation(row: dict[str, str], sort: str) -> Formation:
    echelon = echelon_by_word().get(sort)
    first = row["name"].split(" ")[0]
    number = unit_number(first) if echelon and echelon.code else None
    code = echelon.code if echelon else None
    return Formation(row["name"], sort, code, number, row["iso3"] or None, listed(row["aliases"]))


@cache
def formation_lexicon() -> Lexicon[Formation | None]:
    """The names that are looked for in a text; armed groups and organisations stand for ``None``, no formation.

    One word, an acronym, or what several states have ("National Guard") must stand in its very case or in capitals
    only; other names may stand in any.
    """
    loose: list[tuple[str, Formation | None]] = []
    exact: list[tuple[str, Formation | None]] = []
    for formation in formations():
        for name in _searched(formation):
            plain = name.rstrip("?")
            words = plain.split(" ")
            shared = formation.iso3 is None and formation.sort != "mission"
            if len(words) > 2 or (len(words) == 2 and not shared and not name.endswith("?") and len(plain) > 9):
                loose.append((plain, formation))
            else:
                exact.append((plain, formation))
                exact.append((plain.upper(), formation))
    known = {name for name, _ in (*loose, *exact)}
    for row in reference_rows("groups.csv"):
        if row["kind"] in _ACTORS:
            names = (row["name"], *listed(row["aliases"]))
            exact.extend((name, None) for name in names if len(name) > 3 and name not in known)
    return Lexicon(loose, exact)


def _searched(formation: Formation) -> Iterator[str]:
    yield formation.name
    yield from (alias for alias in formation.aliases if not alias.startswith("~"))
