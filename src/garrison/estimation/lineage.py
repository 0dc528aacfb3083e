"""Lineage: documents that share passages, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

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
        for other in _kin(at, found, where):
            unions.join(at, other)
            common = each.prints.keys() & found[other].prints.keys()
            shared[at] |= common
            shared[other] |= common
    return tuple(_lineage(group, found, shared) for group in unions.groups() if _several(group, found))


def _kin(at: int, found: Sequence[Paragraph], where: Mapping[int, list[int]]) -> list[int]:
    """The earlier paragraphs of other documents that the one at ``at`` belongs with."""
    each = found[at]
    return [
        other
        for other, many in _overlaps(at, each, found, where).items()
        if many >= max(SHARED, CONTAINED * min(len(each.prints), len(found[other].prints)))
    ]


PlaceInText = tuple[str, str, int, Span]
"""What tells a paragraph apart and puts it in order: when it was known, document, edition, span."""


class Kinship:
    """The lineages of paragraphs to which more are added: only those are compared, with what shares a print of theirs.

    It finds what :func:`lineages` finds of all at once, but for the words that are shared.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self._places: dict[PlaceInText, int] = {}
        self._found: list[Paragraph] = []
        self._where: dict[int, list[int]] = defaultdict(list)
        self._unions = Unions(0)

    def lineages(self, found: Mapping[PlaceInText, Paragraph]) -> tuple[Lineage, ...]:
        """The lineages of more than one document among paragraphs by their places; none has the words it shares."""
        with self._lock:
            self._follow(found)
            places = list(self._places)
            groups = [sorted(places[at] for at in group) for group in self._unions.groups() if len(group) > 1]
        return tuple(
            Lineage(tuple(Passage(document, span, ()) for _, document, _, span in group))
            for group in sorted(groups)
            if len({document for _, document, _, _ in group}) > 1
        )

    def _follow(self, found: Mapping[PlaceInText, Paragraph]) -> None:
        fresh = [place for place in found if place not in self._places]
        if len(found) != len(self._places) + len(fresh):
            # Some are no longer there: what they joined may fall apart.
            self._begin()
            fresh = list(found)
        common = self._add(fresh, found)
        if common and len(fresh) < len(found):
            # What has become a standing phrase no longer joins those that it joined before.
            self._begin()
            fresh = list(found)
            self._add(fresh, found)
        for place in fresh:
            at = self._places[place]
            for other in _kin(at, self._found, self._where):
                self._unions.join(at, other)

    def _add(self, places: Iterable[PlaceInText], found: Mapping[PlaceInText, Paragraph]) -> bool:
        """Take in paragraphs; whether one of their prints has become common by it."""
        common = False
        for place in places:
            at = self._places[place] = self._unions.add()
            self._found.append(found[place])
            for print_ in found[place].prints:
                holders = self._where[print_]
                holders.append(at)
                common |= len(holders) == COMMON + 1
        return common


def _overlaps(at: int, each: Paragraph, found: Sequence[Paragraph], where: Mapping[int, list[int]]) -> Counter[int]:
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
