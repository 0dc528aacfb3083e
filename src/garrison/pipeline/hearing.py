"""Hearing: what the ledger's claims say of some rows, each with its voice, as statements that the model reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from garrison.estimation.arrays import Whole, among, distinct, in_order
from garrison.estimation.fingerprints import Paragraph, paragraphs
from garrison.estimation.lineage import Kinship, Lineage, PlaceInText, lineages
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.voices import Spoken, Voice, other_voices
from garrison.ledger import Ledger, columns
from garrison.ledger.columns import Family, Filed, family_of
from garrison.ledger.observing import Question
from garrison.pipeline.roll import NONE, Looked, Roll
from garrison.pipeline.transcript import Transcript, transcribed
from garrison.pipeline.words import numbered, words
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

    ``words`` are the claims and ``filed`` their citations (none where nobody reads them); ``others`` the voices of
    those that are not of the voice that they have by themselves; ``rows`` the rows' keys, ``row`` their numbers;
    ``wholes`` pairs of a part and its whole among them; ``statements`` what the claims say of them, ``claim`` the
    position of the claim of each and ``key`` a number that tells it from all others; ``editions`` the days of the
    editions of each series; ``voice`` the number of the voice of each claim; ``kinships`` what is known of copies in
    each family, for the next hearing to go on from; ``ids`` gives the ids of claims by their positions; ``speaking`` is
    how many voices state a level of each row; ``crowded`` that copies are looked for among none of the claims, which
    are of too many documents of one family.
    """

    words: Transcript
    filed: tuple[Filed, ...]
    others: Mapping[int, Voice]
    rows: tuple[str, ...]
    row: Whole
    wholes: tuple[tuple[int, int], ...]
    statements: Statements
    claim: Whole
    key: Whole
    editions: Mapping[str, Sequence[int]]
    voice: Whole
    kinships: Mapping[int, Kinship]
    ids: Callable[[Iterable[int]], dict[int, str]]
    speaking: Whole
    crowded: bool

    def __len__(self) -> int:
        return len(self.claim)

    def without_ledger(self) -> Hearing:
        """The same, to be held: it does not give the ids of claims, which would hold the ledger."""
        return replace(self, filed=(), ids=_unknown)

    def voice_of(self, claim: int) -> Voice:
        """Whose word a claim (by its position) is."""
        return self.others.get(claim) or self.words[claim].spoken.own


def _unknown(claims: Iterable[int]) -> dict[int, str]:
    raise AssertionError(f"a hearing that is held has no ids: {claims}")


def hearing(ledger: Ledger, question: Question, families: Iterable[Family]) -> Hearing:
    """The claims known at the question's moment that bear on ``families``, joined into voices and filed under rows."""
    asked = frozenset(families)
    filed = list(columns.heard(ledger.session, question.moment, asked))
    return heard(ledger, question, asked, transcribed(words(filed)), filed)


def heard(
    ledger: Ledger,
    question: Question,
    asked: frozenset[Family],
    said: Transcript,
    filed: Sequence[Filed] = (),
    passages: Passages | None = None,
    kinships: Mapping[int, Kinship] | None = None,
) -> Hearing:
    """What is said of ``asked``, from its words.

    Args:
        ledger: an open ledger.
        question: what it is asked.
        asked: the families.
        said: what claims say, edition by edition.
        filed: the same claims, where somebody wants to read them.
        passages: paragraphs that have been compared before; those that are compared now are added.
        kinships: what was known of copies when the same families were heard before.
    """
    own = (int(each) for each in distinct(said.roll.row) if each != NONE)
    # A relocation from here may state a level there, which is another family's.
    named = sorted((said.names[each], each) for each in own if family_of(said.names[each]) in asked)
    rows = tuple(name for name, _ in named)
    number = {row: at for at, row in enumerate(rows)}
    wholes = tuple((at, number[whole]) for at, row in enumerate(rows) for whole in wholes_of(row) if whole in number)
    compared, crowded = _compared(said.roll)
    said, lineages, going_on = _copied(ledger, said, compared, {} if passages is None else passages, kinships or {})
    roll = said.roll
    others = other_voices(_concerned(said, lineages), lineages)
    voice, house = roll.voice, roll.house
    if others:
        voice, house = voice.copy(), house.copy()
        for at, each in others.items():
            voice[at], house[at] = numbered(each.id), numbered(each.house) if each.house else NONE
    series = {said.names[each] for each in distinct(roll.series[roll.filed & roll.serial]).tolist()}
    dated = columns.editions(ledger.session, question, series) if series else {}
    row = _whole([each for _, each in named])
    claim, key, statements = statements_of(roll, voice, house, row)
    own_columns = (statements, claim, key, dated, voice, going_on, ids_of(ledger, roll), _speaking(roll, voice, row))
    return Hearing(said, tuple(filed), others, rows, row, wholes, *own_columns, crowded)


def ids_of(ledger: Ledger, roll: Roll) -> Callable[[Iterable[int]], dict[int, str]]:
    """What gives the ids of claims by their positions."""

    def ids(claims: Iterable[int]) -> dict[int, str]:
        of = {int(roll.standing[at]): at for at in claims}
        return {of[standing]: id for standing, id in columns.claim_ids(ledger.session, of).items()}

    return ids


def _concerned(said: Transcript, lineages: Sequence[Lineage]) -> dict[int, Spoken]:
    """By position, what decides whose word it is of those words that may be another's."""
    documents = [numbered(each) for each in {each for lineage in lineages for each in lineage.documents}]
    found = among(said.roll.document, documents)
    found[said.roll.repeated()] = True
    return {at: said[at].spoken for at in np.flatnonzero(found).tolist()}


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
    ledger: Ledger, said: Transcript, compared: Whole, passages: Passages, kinships: Mapping[int, Kinship]
) -> tuple[Transcript, list[Lineage], dict[int, Kinship]]:
    """The lineages among the paragraphs that claims stand in, family by family, and what they go on from next time.

    The words are the same, and it is told of which of them the paragraph was looked for.
    """
    roll = said.roll
    compared = compared[roll.looked[compared] != Looked.IN_VAIN]
    if not len(compared):
        return said, [], {}
    _read(ledger, said, compared, passages)
    looked = roll.looked.copy()
    found: dict[int, dict[PlaceInText, Paragraph]] = defaultdict(dict)
    for at in compared.tolist():
        paragraph = passages.get((int(roll.edition[at]), int(roll.at[at])))
        looked[at] = Looked.IN_VAIN if paragraph is None else Looked.FOUND
        if paragraph is not None:
            spoken = said[at].spoken
            place = (spoken.known, spoken.document, int(roll.edition[at]), paragraph.span)
            found[int(roll.family[at])][place] = paragraph
    going_on = {family: kinships.get(family) or Kinship() for family in sorted(found)}
    lineages = [each for family, kinship in going_on.items() for each in kinship.lineages(found[family])]
    return said.with_looked(looked), lineages, going_on


def _compared(roll: Roll) -> tuple[Whole, bool]:
    """The positions of words of which copies are looked for, family by family, and whether there are too many of one.

    What there are too many of there are after more is said, too.
    """
    if len(roll) > COMPARED and (roll.family == roll.family[0]).all():
        # Mostly too many are known at once without bringing them in order.
        least = distinct(roll.document[roll.copied & roll.surely_several()])
        if len(least) > COMPARED:
            return least[:0], True
    chosen = roll.several()
    chosen = chosen[roll.copied[chosen]]
    families = roll.family[chosen]
    if len(chosen) and (families == families[0]).all():
        # Of one family, as of a new document, nothing has to be brought in order.
        documents = len(distinct(roll.document[chosen]))
        return (chosen if 1 < documents <= COMPARED else chosen[:0]), documents > COMPARED
    order = chosen[np.lexsort((roll.document[chosen], families))]
    family, document = roll.family[order], roll.document[order]
    another, other_family = np.ones(len(order), dtype=bool), np.ones(len(order), dtype=bool)
    other_family[1:] = np.diff(family) != 0
    another[1:] = other_family[1:] | (np.diff(document) != 0)
    of_family = np.cumsum(other_family) - 1
    many = np.bincount(of_family, weights=another)
    several = (many > 1) & (many <= COMPARED)
    return order[several[of_family]], False


def _read(ledger: Ledger, said: Transcript, chosen: Whole, passages: Passages) -> None:
    """Add the paragraphs that claims stand in to ``passages``."""
    roll = said.roll
    missing: dict[int, dict[int, int]] = defaultdict(dict)
    for at, edition, start in zip(
        chosen.tolist(), roll.edition[chosen].tolist(), roll.at[chosen].tolist(), strict=True
    ):
        if (edition, start) not in passages:
            missing[edition][start] = at
    if not missing:
        return
    texts = columns.texts(ledger.session, missing)
    for edition, starts in missing.items():
        found: list[Paragraph] = []
        if text := texts.get(edition):
            document = said[next(iter(starts.values()))].spoken.document
            found = list(paragraphs(document, text, starts.keys()))
        for start in starts:
            standing = (each for each in found if each.span.start <= start <= each.span.end)
            passages[edition, start] = next(standing, None)


def statements_of(roll: Roll, voice: Whole, house: Whole, rows: Whole) -> tuple[Whole, Whole, Statements]:
    """The statements that words make of ``rows`` (their numbers), each with the position of its claim and its key."""
    tells = roll.tells
    order = np.argsort(rows, kind="stable")
    claim = np.repeat(np.arange(len(roll)), roll.makes)
    place = np.minimum(np.searchsorted(rows[order], tells.row), max(0, len(rows) - 1))
    told = np.flatnonzero(rows[order][place] == tells.row) if len(rows) else np.zeros(0, dtype=np.int64)
    # A series that goes on stating a figure of last year says that the force is there this year.
    chosen, which, still = told, order[place[told]], np.zeros(0, dtype=np.int64)
    if roll.serial.any():
        again = roll.restated()[claim[told]] & (tells.sort[told] <= Sort.FLOOR)
        twice = 1 + again.astype(np.int64)
        chosen, which, still = np.repeat(told, twice), np.repeat(which, twice), np.cumsum(twice)[again] - 1
    claim = claim[chosen]
    first = np.flatnonzero(np.diff(claim, prepend=-1))
    within = np.arange(len(claim)) - np.repeat(first, np.diff(np.append(first, len(claim))))
    columns = {name: getattr(tells, name)[chosen] for name in ("day", "give", "known", "sort", "low", "high", "wrong")}
    if len(still):
        columns["day"][still] = roll.said[claim[still]]
        columns["give"][still], columns["sort"][still] = 0.0, Sort.PRESENT
        columns["low"][still] = columns["high"][still] = nan
    for name in ("day", "known", "sort"):
        columns[name] = columns[name].astype(np.int64)
    statements = Statements(row=which, voice=voice[claim], house=house[claim], **columns)
    return claim, STATEMENTS * roll.standing[claim] + within, statements


# The voices of so few rows are counted row by row, which takes less than to bring them in order together.
_FEW = 16


def _speaking(roll: Roll, voice: Whole, rows: Whole) -> Whole:
    """How many voices state a level of each of ``rows`` (their numbers)."""
    if len(rows) <= _FEW:
        return np.array([len(distinct(voice[roll.row == row])) for row in rows], dtype=np.int64)
    row, own = roll.row[roll.filed], voice[roll.filed]
    order = in_order(row, own)
    row, own = row[order], own[order]
    another = np.ones(len(row), dtype=bool)
    another[1:] = (row[1:] != row[:-1]) | (own[1:] != own[:-1])
    of, voices = np.unique(row[another], return_counts=True)
    found: Whole = voices[np.searchsorted(of, rows)]
    return found


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
