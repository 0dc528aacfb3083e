"""Asset classes: the sixteen sorts of force that a claim can be about (guide, *asset*)."""

from __future__ import annotations

from enum import StrEnum


class Asset(StrEnum):
    """One of the guide's sixteen classes."""

    PERSONNEL = "personnel"
    UNIT = "unit"
    BASE = "base"
    TANK = "tank"
    ARMOURED_VEHICLE = "armoured_vehicle"
    ARTILLERY = "artillery"
    AIR_DEFENCE = "air_defence"
    MISSILE = "missile"
    COMBAT_AIRCRAFT = "combat_aircraft"
    AIRCRAFT = "aircraft"
    HELICOPTER = "helicopter"
    UAV = "uav"
    WARSHIP = "warship"
    SUBMARINE = "submarine"
    VEHICLE = "vehicle"
    EQUIPMENT = "equipment"
