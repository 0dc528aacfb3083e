"""Failures: what could not be read, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: where it is, and a reason fit to print that says what to do."""

    where: str
    reason: str
