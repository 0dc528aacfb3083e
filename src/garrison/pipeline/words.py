"""Words: a claim reduced to what estimation hears of it, before it is known what else is said of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby

from garrison.estimation.filing import filed as statement_of
from garrison.estimation.statements import Said, Sort
from garrison.estimation.voices import Spoken, spoken
from garrison.ledger import keys
from garrison.ledger.columns import Family, Filed, Stand
from garrison.vocabulary import Citation, Kind, Measure, Status


@dataclass(frozen=True, slots=True)
class Word:
    """What a claim says of rows (by their keys), and what decides whose word it is.

    ``standing`` and ``edition`` are keys of the ledger, ``family`` where it is filed; ``row`` is the row that the claim
    states a level of, ``series`` that of its document, ``said`` the day of the document (ordinal), ``numbered`` whether
    it has a number, ``outlet`` whose page it is on, ``copied`` whether its words are held, so that a copy can be known.
    A picture of another day is made of the last fields: where the claim stands among others, whether a person
    ``checked`` it, whether it is ``located`` by coordinates, and the ``bounds`` and the hedge of its figure.
    """

    standing: int
    edition: int
    family: Family
    row: str | None
    series: str | None
    said: int
    numbered: bool
    outlet: str
    copied: bool
    spoken: Spoken
    statements: tuple[tuple[str, Said], ...]
    stand: Stand
    checked: bool
    located: bool
    bounds: tuple[int | None, int | None, str] | None

    @property
    def place(self) -> tuple[int, int] | None:
        """Where its words stand, if they are held: its edition, and where in the text."""
        return (self.edition, self.spoken.start) if self.copied and self.spoken.start is not None else None


def words(filed: Iterable[Filed]) -> list[Word]:
    """What claims say, in the order given, which is edition by edition, with all that bear on the same rows."""
    return [word for _, claims in groupby(filed, key=lambda each: each.edition) for word in _of_edition([*claims])]


def _of_edition(filed: Sequence[Filed]) -> Iterator[Word]:
    parts = _parts_of_strengths(filed)
    moving = {(each.actor, each.asset, each.place) for each in filed if _changes(each.citation)}
    for at, each in enumerate(filed):
        yield _word(each, fresh=(each.actor, each.asset, each.place) in moving, part=at in parts)


def _word(each: Filed, *, fresh: bool, part: bool) -> Word:
    citation, quantity = each.citation, each.citation.quantity
    found = _statements(each, fresh=fresh)
    if part:
        found = [(row, replace(said, sort=Sort.FLOOR, high=None)) for row, said in found]
    return Word(
        each.standing,
        each.edition,
        Family(each.actor, each.asset, each.place),
        each.row,
        each.series,
        each.said,
        citation.quantity is not None,
        citation.voice,
        citation.verified and citation.span is not None,
        spoken(citation),
        tuple(found),
        each.stand,
        citation.checked,
        citation.place is not None and citation.place.lat is not None,
        None if quantity is None else (quantity.low, quantity.high, quantity.hedge.value),
    )


@lru_cache(maxsize=65536)
def numbered(name: str) -> int:
    """A number for a name, the same whatever other names there are (60 bits)."""
    return int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 4


def _parts_of_strengths(filed: Sequence[Filed]) -> set[int]:
    """The positions of lesser numbers for a total strength beside a greater one in one edition of a document.

    "150,000, of whom 3,000 in the navy" are a total and a part: services are no components of their own.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, each in enumerate(filed):
        quantity = each.citation.quantity
        if each.row is not None and each.place == keys.STRENGTH_PLACE and quantity is not None and quantity.low:
            found[each.row].append((quantity.low, at))
    return {at for group in found.values() for low, at in group if low < max(group)[0]}


def _changes(citation: Citation) -> bool:
    return citation.status is Status.FACT and citation.measure is Measure.CHANGE and citation.kind is not Kind.EXERCISE


def _statements(each: Filed, *, fresh: bool) -> list[tuple[str, Said]]:
    citation = each.citation
    if each.row is not None:
        statement = statement_of(citation, fresh=fresh)
        return [(each.row, statement)] if statement else []
    found = []
    arriving = statement_of(citation)
    if arriving is not None:
        found += [(row, arriving) for row in _moved(each, each.place)]
    if citation.kind is Kind.RELOCATE and each.origin and each.origin != each.place:
        left = statement_of(citation, leaving=True)
        if left is not None:
            found.append((keys.joined_row_key(each.actor, each.asset, each.origin, "", ""), left))
    return found


def _moved(each: Filed, place: str) -> list[str]:
    """The rows that a move or a denial is about: its site's, and its country's unless a site was left or denied."""
    site = keys.joined_row_key(each.actor, each.asset, place, each.site, "")
    whole = keys.joined_row_key(each.actor, each.asset, place, "", "")
    arrived = each.citation.kind is Kind.DEPLOY and each.citation.status is Status.FACT
    if each.site and not arrived:
        return [site]
    return [site, whole] if each.site else [whole]
