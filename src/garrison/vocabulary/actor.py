"""Actors: whose force it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A country, an organisation or an armed group, by its common English name.

    ``iso3`` is the ISO 3166-1 alpha-3 code for a country and its national forces, else ``None``. ``id`` names the
    actor in rows: the code for a country, else the name.
    """

    name: str
    iso3: str | None = None

    @property
    def id(self) -> str:
        """The code for a country, else the name."""
        return self.iso3 or self.name
