"""Attributions: on whose word a claim stands, inside the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What the one who says so is."""

    GOVERNMENT = "government"
    FORCE = "force"
    MEDIA = "media"
    ORGANISATION = "organisation"
    PRIVATE_PERSON = "private_person"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone who says so: the name as written in the passage, or the description, with a role where known."""

    name: str
    role: Role | None = None
