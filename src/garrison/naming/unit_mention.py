"""A mention: a named formation in a text."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary import Asset, Span


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A formation, service, mission, ship or numbered base that a text names.

    ``name`` is as written (with the number filled in where one word serves several: "Battalions 551 and 552").
    ``sort`` is the echelon's word, or ``service``, ``special forces``, ``militia``, ``ship``, ``submarine``,
    ``mission``, ``operation``; ``code`` its APP-6(D) echelon, 11 (team) to 26 (command). ``number`` is the formation's
    own ("201"), ``iso3`` the state whose it is, where the name itself says so. ``weak`` if other readings are common.
    """

    span: Span
    name: str
    sort: str
    code: int | None = None
    number: str | None = None
    iso3: str | None = None
    weak: bool = False

    @property
    def asset(self) -> Asset:
        """The class of the guide that the formation is of when nothing else is counted."""
        return _ASSETS.get(self.sort, Asset.UNIT)


_ASSETS = {"base": Asset.BASE, "ship": Asset.WARSHIP, "submarine": Asset.SUBMARINE}
