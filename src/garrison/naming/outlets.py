"""Outlets: who publishes, as one identity behind many names and domains."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from garrison.naming.lexicon import folded, key, listed, reference_rows

# Second-level domains under which countries let others register: "bbc.co.uk" is a site, "co.uk" is none.
_REGISTRIES = frozenset(
    {"ac", "co", "com", "edu", "firm", "go", "gob", "gouv", "gov", "govt", "gv", "in", "info", "mil", "ne"}
)
_REGISTRIES |= {"net", "nic", "nom", "or", "org"}


class OutletKind(StrEnum):
    """What sort of publisher an outlet is."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    WEB = "web"
    MONITOR = "monitor"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its name, kind, aliases and domains.

    ``country`` is the ISO 3166-1 alpha-3 code of its seat, ``owner`` whose it is, ``state_controlled`` whether a
    government controls what it says; each is ``None`` where that is unknown, argued over or no country's.
    """

    name: str
    kind: OutletKind
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    state_controlled: bool | None = None

    @property
    def id(self) -> str:
        """The outlet's identity: its first domain, else its name in lower case with hyphens."""
        return self.domains[0] if self.domains else _hyphened(self.name)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet known by name (``reference/outlets.csv``)."""
    return tuple(
        Outlet(
            name=row["name"],
            kind=OutletKind(row["kind"]),
            aliases=listed(row["aliases"]),
            domains=listed(row["domains"]),
            country=row["country"] or None,
            owner=row["owner"] or None,
            state_controlled={"yes": True, "no": False}.get(row["state"]),
        )
        for row in reference_rows("outlets.csv")
    )


def outlet_of(name_or_url: str) -> Outlet | None:
    """The outlet behind a name, an abbreviation, a domain or the address of one of its pages; ``None`` if unknown."""
    host = _host(name_or_url)
    if host is not None:
        labels = host.split(".")
        for first in range(len(labels) - 1):
            found = _by_domain().get(".".join(labels[first:]))
            if found is not None:
                return found
    return _by_name().get(_squeezed(name_or_url))


def outlet_id(name_or_url: str) -> str:
    """A stable identity for any outlet, known or not.

    Args:
        name_or_url: a name, a domain or the address of a page.

    Returns:
        the known outlet's ``id``; else the registrable domain of an address ("https://news.example.co.uk/a" gives
        "example.co.uk"), or the name in lower case with hyphens; empty only if there is no letter or digit.
    """
    known = outlet_of(name_or_url)
    if known is not None:
        return known.id
    host = _host(name_or_url)
    return _registrable(host) if host is not None else _hyphened(name_or_url)


@cache
def _by_domain() -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    for outlet in outlets():
        for domain in outlet.domains:
            found.setdefault(domain, outlet)
    return found


@cache
def _by_name() -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    for outlet in outlets():
        found.setdefault(_squeezed(outlet.name), outlet)
    for outlet in outlets():
        for alias in outlet.aliases:
            found.setdefault(_squeezed(alias), outlet)
    found.pop("", None)
    return found


def _squeezed(name: str) -> str:
    """The letters and digits of a name, so that "usa-today" and "USA Today" are one."""
    return "".join(char for char in key(name).removeprefix("the ") if char.isalnum())


def _hyphened(name: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in key(name).replace("'", "")).split()
    return "-".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _host(text: str) -> str | None:
    """The host of an address or bare domain, without ``www.``; ``None`` for anything else."""
    plain = folded(text).text.strip()
    if not plain or len(plain) > 2000 or " " in plain:
        return None
    try:
        host = urlsplit(plain if "//" in plain else f"//{plain}").hostname
    except ValueError:
        return None
    if host is None:
        return None
    host = host.strip(".").removeprefix("www.")
    labels = host.split(".")
    ends_well = len(labels[-1]) >= 2 and labels[-1].isalpha()
    is_bare_name = "//" not in plain and "/" not in plain and len(labels) < 2
    if is_bare_name or not all(labels) or not (ends_well or "//" in plain):
        return None
    return host


def _registrable(host: str) -> str:
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    wide = len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _REGISTRIES
    return ".".join(labels[-3 if wide else -2 :])
