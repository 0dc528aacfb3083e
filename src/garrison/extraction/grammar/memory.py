"""Memory: what the sentences before have established, for words that point back."""

from __future__ import annotations

from dataclasses import dataclass, field

from garrison.extraction.grammar.body import Body
from garrison.vocabulary import Actor, Mention, Place, Span


@dataclass(frozen=True, slots=True)
class Spoken:
    """A force that a sentence has named, whose it is, and whether it is many; ``None`` if it can be both."""

    body: Body
    actors: tuple[Actor, ...]
    many: bool | None


@dataclass(slots=True)
class Memory:
    """What the last body that named its own had, the parties of the last exercise, and the last sentence's forces."""

    actor: Actor | None = None
    mission: str | None = None
    place: Mention[Place] | None = None
    parties: tuple[Actor, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    sentence: Span = field(default_factory=lambda: Span(0, 0))
