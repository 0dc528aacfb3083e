"""The register style of reference works: numbers beside names, without a verb.

"150 Kosovo (KFOR); 175 Lithuania (NATO) (2024)" states deployments; "12,500 personnel (11,000 Army; 1,000 Navy)"
states strengths. One date in brackets at the end of a list holds for every item (guide, *Points … settled*).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.periods import parse_period
from garrison.naming.countries import country_of
from garrison.vocabulary import Actor, Asset, Claim, Kind, Measure, Period, Place, Quantity, Span, Status

LISTED = frozenset(f"register {kind.value}" for kind in (Kind.PRESENT, Kind.STRENGTH))
"""The marks by which the reading of a list's item is known."""

BRACKETED_DATE = re.compile(r"\(\s{0,3}(?:as of )?((?:[A-Z][a-z]{2,8}\.? )?(?:19|20)\d\d(?:/\d\d)?)\s{0,3}\)")
"""A date that stands alone in brackets."""

_ITEM_STARTS = re.compile(
    r"(?:^|[;,(:\n]|\b(?:and|plus|includes?|including|has|have|with|of|about|note)\b)\s*$", re.IGNORECASE
)
_REGION_ENDS = re.compile(r"\bnotes?[^\S\n]{0,3}(?:\d{1,3})?[^\S\n]{0,3}[-:–]|\n\n", re.IGNORECASE)
_LABEL_END = re.compile(r"[;,()\n:]|\.\s")
_TITLE_HEAD = re.compile(r"\s*[:–—|-]\s")
_LONGEST_LABEL = 80  # characters
_BEFORE_ITEM = 24  # characters looked at before a number for what opens an item


@dataclass(frozen=True)
class Register:
    """A passage read as a register; what only an item asks for is looked for when one is found."""

    scene: Scene

    @cached_property
    def actor(self) -> Actor | None:
        """Whose register it is: the country at the head of the title ("Oman: Military …")."""
        scene = self.scene
        if not scene.title:
            return None
        country = country_of(_TITLE_HEAD.split(scene.title, maxsplit=1)[0].strip())
        if country:
            return Actor(country.name, country.iso3)
        return scene.title_actors[0].actor if scene.title_actors else None

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where its lists end."""
        return tuple(found.start() for found in _REGION_ENDS.finditer(self.scene.text))

    @cached_property
    def dates(self) -> tuple[tuple[int, str], ...]:
        """The dates that close its lists, and where they stand."""
        return tuple((found.start(), found.group(1)) for found in BRACKETED_DATE.finditer(self.scene.text))

    def label(self, start: int) -> Span:
        """What stands beside a number that ends at ``start``, up to the end of its item."""
        text = self.scene.text
        limit = min(start + _LONGEST_LABEL, len(text))
        stop = _LABEL_END.search(text, start, limit)
        return Span(start, stop.start() if stop else limit)

    def opens_item(self, start: int) -> bool:
        """Whether a number at ``start`` stands where a list's item begins."""
        before = self.scene.text[max(0, start - _BEFORE_ITEM) : start]
        return bool(_ITEM_STARTS.search(before)) or (start < _BEFORE_ITEM and not before.strip())

    def date_of(self, start: int) -> Period | None:
        """The date in brackets that closes the list which an item at ``start`` belongs to."""
        if not self.dates:
            return None
        after = bisect_left(self.ends, start)
        end = self.ends[after] if after < len(self.ends) else len(self.scene.text)
        first, last = bisect_left(self.dates, (start, "")), bisect_left(self.dates, (end, ""))
        if first < last:
            words = self.dates[last - 1][1]
        elif last < len(self.dates):
            words = self.dates[-1][1]
        else:
            words = self.dates[first - 1][1]
        return parse_period(words, self.scene.published)

    def item(
        self,
        quote: Span,
        *,
        rule: str,
        quantity: Quantity | None,
        actor: Actor | None,
        place: Place | None = None,
        noun: str | None = None,
        unit: str | None = None,
    ) -> Reasoned:
        """The claim that an item makes: a presence with a place, else a strength."""
        when = self.date_of(quote.start)
        claim = Claim(
            quote=quote.of(self.scene.text),
            span=quote,
            kind=Kind.PRESENT if place else Kind.STRENGTH,
            status=Status.FACT,
            asset=Asset.PERSONNEL,
            measure=Measure.LEVEL,
            actor=actor,
            unit=unit,
            asset_text=noun,
            quantity=quantity,
            place=place,
            when=when,
        )
        because = [("kind", rule)]
        because += [("actor", "the country at the head of the title")] if actor and actor == self.actor else []
        because += [("when", "the date in brackets that closes the list")] if when else []
        because += [("unit", "named in the item")] if unit else []
        marks = {rule, f"register {claim.kind.value}", "titled" if self.scene.title else "untitled"}
        return Reasoned(claim, tuple(because), frozenset(marks))
