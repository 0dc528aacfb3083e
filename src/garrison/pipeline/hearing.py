"""Hearing: what the ledger's claims say of some rows, each with its voice, as statements that the model reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence, Set
from dataclasses import dataclass
from math import nan

import numpy as np

from garrison.estimation.arrays import Whole
from garrison.estimation.fingerprints import Paragraph, paragraphs
from garrison.estimation.lineage import Kinship, Lineage, PlaceInText, lineages
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.statements import columns as as_columns
from garrison.estimation.statements import joined as joined_statements
from garrison.estimation.voices import Voice, joined
from garrison.ledger import Ledger, columns
from garrison.ledger.columns import Family, Filed, family_of
from garrison.ledger.observing import Question
from garrison.pipeline.roll import Roll, rolled
from garrison.pipeline.words import Word, numbered, restated, words
from garrison.vocabulary import Citation

# Texts are compared among so many documents of a family at most; beyond that copies are known by figure and day alone.
COMPARED = 2000
# By edition and place in its text: the paragraph that stands there, none where it is too short to be known by.
Passages = MutableMapping[tuple[int, int], Paragraph | None]
# A claim makes no more statements than this.
STATEMENTS = 8


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was said of some rows, ready to be asked for any day.

    ``words`` are the claims and ``filed`` their citations (none where nobody reads them); ``voices`` whose word each
    claim is; ``rows`` the rows' keys; ``wholes`` pairs of a part and its whole among them; ``statements`` what the
    claims say of them, ``claim`` the position of the claim of each and ``key`` a number that tells it from all others;
    ``editions`` the days of the editions of each series; ``again`` the series, each with a row, that state a level
    of it in several; ``roll`` the words as columns, and ``speaker`` the hash of the voice of each;
    ``kinships`` what is known of copies in each family, for the next hearing to go on from.
    """

    words: tuple[Word, ...]
    filed: tuple[Filed, ...]
    voices: tuple[Voice, ...]
    rows: tuple[str, ...]
    wholes: tuple[tuple[int, int], ...]
    statements: Statements
    claim: Whole
    key: Whole
    editions: Mapping[str, Sequence[int]]
    again: Set[tuple[str | None, str | None]]
    roll: Roll
    speaker: Whole
    kinships: Mapping[Family, Kinship]

    def __len__(self) -> int:
        return len(self.claim)


def hearing(ledger: Ledger, question: Question, families: Iterable[Family]) -> Hearing:
    """The claims known at the question's moment that bear on ``families``, joined into voices and filed under rows."""
    asked = frozenset(families)
    filed = list(columns.heard(ledger.session, question.moment, asked))
    return heard(ledger, question, asked, words(filed), filed)


def heard(
    ledger: Ledger,
    question: Question,
    asked: frozenset[Family],
    said: Sequence[Word],
    filed: Sequence[Filed] = (),
    passages: Passages | None = None,
    before: Hearing | None = None,
) -> Hearing:
    """What is said of ``asked``, from its words.

    Args:
        ledger: an open ledger.
        question: what it is asked.
        asked: the families.
        said: what claims say, edition by edition.
        filed: the same claims, where somebody wants to read them.
        passages: paragraphs that have been compared before; those that are compared now are added.
        before: what was heard of the same families; words that are the same objects make the same statements again.
    """
    said = tuple(said)
    known = 0 if before is None else leading(before.words, said)
    roll = rolled(said) if before is None else before.roll.with_more(known, said[known:])
    goes_on = before is not None and known == len(before.words)
    # A relocation from here may state a level there, which is another family's.
    stated = {each.row for each in (said[known:] if goes_on else said)}
    own = {row for row in stated if row is not None and family_of(row) in asked}
    rows = tuple(sorted(own.union(before.rows) if before is not None and goes_on else own))
    number = {row: at for at, row in enumerate(rows)}
    wholes = tuple((at, number[whole]) for at, row in enumerate(rows) for whole in wholes_of(row) if whole in number)
    known_kin = {} if before is None else before.kinships
    copied, kinships = _copied(ledger, said, roll, {} if passages is None else passages, known_kin)
    spoken = joined([each.spoken for each in said], copied, np.flatnonzero(roll.ascribed).tolist())
    in_series = [said[at] for at in np.flatnonzero(roll.serial & roll.filed).tolist()]
    series = {each.series for each in in_series if each.series}
    dated = columns.editions(ledger.session, question, series) if series else {}
    again = restated(in_series)
    same = known if before is not None and before.rows == rows and before.again == again else 0
    claim, key, statements = _statements(said, spoken, number, again, same)
    if before is not None and same:
        first = int(np.searchsorted(before.claim, same))
        statements = joined_statements([_voiced(before, spoken, first), statements])
        claim = np.concatenate([before.claim[:first], claim])
        key = np.concatenate([before.key[:first], key])
    speaker = _speakers(spoken, before)
    columns_of = (statements, claim, key, dated, again, roll, speaker)
    return Hearing(said, tuple(filed), spoken, rows, wholes, *columns_of, kinships)


def leading(before: tuple[Word, ...], said: tuple[Word, ...]) -> int:
    """How many of the first words are those ``before``."""
    # Of the same objects nothing is compared, so that a tuple is compared at once.
    if said[: len(before)] == before:
        return len(before)
    for at, (one, other) in enumerate(zip(said, before, strict=False)):
        if one is not other:
            return at
    return min(len(said), len(before))


def _speakers(spoken: tuple[Voice, ...], before: Hearing | None) -> Whole:
    many = len(before.voices) if before is not None else 0
    if before is None or spoken[:many] != before.voices:
        return _whole([hash(each.id) for each in spoken])
    return np.concatenate([before.speaker, _whole([hash(each.id) for each in spoken[many:]])])


def _voiced(before: Hearing, spoken: tuple[Voice, ...], first: int) -> Statements:
    """The ``first`` statements made ``before``, in the voices that their claims have now."""
    found = before.statements.where(np.arange(first))
    if spoken[: len(before.voices)] == before.voices:
        return found
    for at, (one, other) in enumerate(zip(spoken, before.voices, strict=False)):
        if one is not other and one != other:
            own = slice(*np.searchsorted(before.claim[:first], (at, at + 1)))
            found.voice[own], found.house[own] = _numbers(one)
    return found


def _numbers(voice: Voice) -> tuple[int, int]:
    """The numbers of a voice and its house."""
    return numbered(voice.id), numbered(voice.house) if voice.house else -1


def wholes_of(row: str) -> list[str]:
    """The rows that bound ``row`` from above: without its component, without its site, without both."""
    if row.count("/") == 2 and ":" not in row:
        return []
    head, _, component = row.partition(":")
    parts = head.split("/")
    found = [head] if component else []
    if len(parts) == 4:
        found.append("/".join(parts[:3]))
        if component:
            found.append(f"{'/'.join(parts[:3])}:{component}")
    return found


def _copied(
    ledger: Ledger, said: Sequence[Word], roll: Roll, passages: Passages, kinships: Mapping[Family, Kinship]
) -> tuple[list[Lineage], dict[Family, Kinship]]:
    """The lineages among the paragraphs that claims stand in, family by family, and what they go on from next time."""
    chosen = roll.several()
    chosen = chosen[roll.copied[chosen]]
    if not len(chosen):
        return [], {}
    order = chosen[np.argsort(roll.family[chosen], kind="stable")]
    starts = np.flatnonzero(np.diff(roll.family[order], prepend=roll.family[order[0]] - 1))
    several: dict[Family, list[Word]] = {}
    for group in np.split(order, starts[1:]):
        if 1 < len(np.unique(roll.document[group])) <= COMPARED:
            several[said[group[0]].family] = [said[at] for at in group.tolist()]
    _read(ledger, [each for group in several.values() for each in group], passages)
    found: list[Lineage] = []
    going_on: dict[Family, Kinship] = {}
    for family in sorted(several):
        going_on[family] = kinships.get(family) or Kinship()
        found.extend(going_on[family].lineages(_compared(several[family], passages)))
    return found, going_on


def _compared(group: Sequence[Word], passages: Passages) -> dict[PlaceInText, Paragraph]:
    """The paragraphs that the claims of ``group`` stand in."""
    found: dict[PlaceInText, Paragraph] = {}
    for each in group:
        paragraph = passages[each.place] if each.place else None
        if paragraph is not None:
            found[each.spoken.known, each.spoken.document, each.edition, paragraph.span] = paragraph
    return found


def _read(ledger: Ledger, said: Iterable[Word], passages: Passages) -> None:
    """Add the paragraphs that claims stand in to ``passages``."""
    missing: dict[int, dict[int, str]] = defaultdict(dict)
    for each in said:
        if each.place is not None and each.place not in passages:
            missing[each.edition][each.place[1]] = each.spoken.document
    if not missing:
        return
    texts = columns.texts(ledger.session, missing)
    for edition, starts in missing.items():
        document = next(iter(starts.values()))
        found = list(paragraphs(document, texts.get(edition, ""), starts.keys()))
        for start in starts:
            standing = (each for each in found if each.span.start <= start <= each.span.end)
            passages[edition, start] = next(standing, None)


def _statements(
    said: Sequence[Word],
    spoken: Sequence[Voice],
    number: Mapping[str, int],
    again: Set[tuple[str | None, str | None]],
    first: int = 0,
) -> tuple[Whole, Whole, Statements]:
    """The statements that the claims from the ``first`` on make, each with the position of its claim and its key."""
    # In the order of the columns; an object for each of a hundred thousand statements would take most of the time.
    found: list[tuple[float, ...]] = []
    claims: list[int] = []
    names: list[int] = []
    for at in range(first, len(said)):
        each = said[at]
        of_voice, of_house = _numbers(spoken[at])
        before = len(found)
        for row, one in each.statements:
            at_row = number.get(row)
            if at_row is None:
                continue
            known = one.day if one.known is None else one.known
            low, high = nan if one.low is None else one.low, nan if one.high is None else one.high
            found.append((at_row, one.day, one.give, known, one.sort, low, high, of_voice, of_house, one.wrong))
            if one.sort <= Sort.FLOOR and (each.series, each.row) in again:
                # A series that goes on stating a figure of last year says that the force is there this year.
                still = (each.said, 0.0, known, Sort.PRESENT, nan, nan, of_voice, of_house, one.wrong)
                found.append((at_row, *still))
        claims += [at] * (len(found) - before)
        names += range(STATEMENTS * each.standing, STATEMENTS * each.standing + len(found) - before)
    if not found:
        return _whole(claims), _whole(names), as_columns([])
    row_, day, give, known_, sort, *rest = zip(*found, strict=True)
    low_, high_, of_voices, of_houses, wrong = rest
    statements = Statements(
        _whole(row_),
        _whole(day),
        np.array(give, dtype=np.float64),
        _whole(known_),
        _whole(sort),
        np.array(low_, dtype=np.float64),
        np.array(high_, dtype=np.float64),
        _whole(of_voices),
        _whole(of_houses),
        np.array(wrong, dtype=np.float64),
    )
    return _whole(claims), _whole(names), statements


def _whole(values: Sequence[float]) -> Whole:
    return np.array(values, dtype=np.int64)


def shared_passages(ledger: Ledger, citations: Sequence[Citation]) -> tuple[Lineage, ...]:
    """The lineages among the documents of ``citations``, oldest known first; none beyond ``COMPARED`` documents."""
    known = {each.document: (each.known, each.document) for each in citations if each.verified}
    if not 1 < len(known) <= COMPARED:
        return ()
    found: list[Paragraph] = []
    for document in sorted(known, key=lambda each: known[each]):
        kept = ledger.document(document).document
        if kept is not None:
            found.extend(paragraphs(document, kept.text))
    return lineages(found)
