"""Memory: what the sentences before have established, for words that point back."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary import Actor, Mention, Place


@dataclass(slots=True)
class Memory:
    """The actor, mission and place of the last body that named its own."""

    actor: Actor | None = None
    mission: str | None = None
    place: Mention[Place] | None = None
