"""Lineage: documents that share passages, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from garrison.estimation.fingerprints import Paragraph
from garrison.estimation.unions import Unions
from garrison.vocabulary import Span

CONTAINED = 0.6
SHARED = 3
# A fingerprint that so many documents have is a standing phrase, not a passage.
COMMON = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in a lineage: the document, and the spans of the words that it shares with another of it."""

    document: str
    paragraph: Span
    shared: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Passages with one origin, in the order in which their documents were given."""

    passages: tuple[Passage, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, the first known first."""
        return tuple(dict.fromkeys(each.document for each in self.passages))


def lineages(found: Sequence[Paragraph]) -> tuple[Lineage, ...]:
    """The lineages of more than one document among paragraphs, which are given in the order they became known.

    A paragraph belongs with another if ``CONTAINED`` of the fingerprints of the shorter are in the longer: a copy
    that was cut is contained, not similar.
    """
    where: dict[int, list[int]] = defaultdict(list)
    for at, each in enumerate(found):
        for print_ in each.prints:
            where[print_].append(at)
    unions = Unions(len(found))
    shared: dict[int, set[int]] = defaultdict(set)
    for at, each in enumerate(found):
        for other, many in _overlaps(at, each, found, where).items():
            if many >= max(SHARED, CONTAINED * min(len(each.prints), len(found[other].prints))):
                unions.join(at, other)
                common = each.prints.keys() & found[other].prints.keys()
                shared[at] |= common
                shared[other] |= common
    return tuple(_lineage(group, found, shared) for group in unions.groups() if _several(group, found))


def _overlaps(at: int, each: Paragraph, found: Sequence[Paragraph], where: dict[int, list[int]]) -> Counter[int]:
    """How many fingerprints each earlier paragraph of another document has in common with this one."""
    counts: Counter[int] = Counter()
    for print_ in each.prints:
        holders = where[print_]
        if len(holders) <= COMMON:
            counts.update(other for other in holders if other < at and found[other].document != each.document)
    return counts


def _several(group: Sequence[int], found: Sequence[Paragraph]) -> bool:
    return len({found[at].document for at in group}) > 1


def _lineage(group: Sequence[int], found: Sequence[Paragraph], shared: dict[int, set[int]]) -> Lineage:
    return Lineage(
        tuple(
            Passage(found[at].document, found[at].span, _merged(found[at].prints[each] for each in shared[at]))
            for at in sorted(group)
        )
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping spans as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
