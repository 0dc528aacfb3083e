"""A body: a force as one noun phrase."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.naming.actors import ActorMention
from garrison.naming.units import UnitMention
from garrison.vocabulary import Actor, Asset, Mention, Quantity, Span


@dataclass(frozen=True, slots=True)
class Body:
    """A force as one noun phrase.

    ``span`` covers the number, the force words and the unit; ``head`` is what the phrase is about (force words, unit,
    a bare number, an actor's name or a noun such as *withdrawal*). ``actor`` is the one named inside or right beside
    the phrase, ``others`` those listed with it ("British and French troops"). ``whose`` are the actors
    of the force that a pronoun points back to. ``marks`` say what sort of phrase it is. ``tail`` is
    where the last of the forces that are listed with it ends, 0 where none is.
    """

    span: Span
    head: Span
    asset: Asset
    asset_text: str | None
    rule: str
    quantity: Mention[Quantity] | None = None
    unit: UnitMention | None = None
    actor: ActorMention | None = None
    others: tuple[ActorMention, ...] = ()
    strong: bool = False
    whose: tuple[Actor, ...] = ()
    marks: frozenset[str] = frozenset()
    tail: int = 0
