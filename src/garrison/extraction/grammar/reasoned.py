"""Claims with their reasons: which rule made each field."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary import Claim


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A claim, and for each field that a rule decided the rule in words."""

    claim: Claim
    because: tuple[tuple[str, str], ...]
