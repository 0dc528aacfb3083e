"""Hearing: what the ledger's claims say of some rows, each with its voice, as statements that the model reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from garrison.estimation.filing import filed as statement_of
from garrison.estimation.fingerprints import Paragraph, paragraphs
from garrison.estimation.lineage import Lineage, lineages
from garrison.estimation.statements import Said, Sort
from garrison.estimation.voices import Voice, figure, voices
from garrison.ledger import Ledger, columns, keys
from garrison.ledger.columns import Family, Filed
from garrison.ledger.observing import Question
from garrison.vocabulary import Citation, Kind, Measure, Status

# Texts are compared among so many documents of a family at most; beyond that copies are known by figure and day alone.
COMPARED = 2000


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was said of some rows, ready to be asked for any day.

    ``rows`` are their keys; ``wholes`` pairs of a part and its whole among them; ``said`` the statements, each with
    the position of its claim among ``filed``; ``voices`` whose word each claim is; ``editions`` the days of the
    editions of each series.
    """

    filed: tuple[Filed, ...]
    voices: tuple[Voice, ...]
    rows: tuple[str, ...]
    wholes: tuple[tuple[int, int], ...]
    said: tuple[tuple[int, Said], ...]
    editions: Mapping[str, Sequence[int]]


def hearing(ledger: Ledger, question: Question, families: Iterable[Family]) -> Hearing:
    """The claims known at the question's moment that bear on ``families``, joined into voices and filed under rows."""
    asked = frozenset(families)
    filed = columns.heard(ledger.session, question.moment, asked)
    # A relocation from here may state a level there, which is another family's.
    mine = {each.row for each in filed if each.row is not None and Family(each.actor, each.asset, each.place) in asked}
    rows = tuple(sorted(mine))
    number = {row: at for at, row in enumerate(rows)}
    wholes = tuple((at, number[whole]) for at, row in enumerate(rows) for whole in wholes_of(row) if whole in number)
    spoken = voices([each.citation for each in filed], _copied(ledger, filed))
    series = {each.series for each in filed if each.series and each.row is not None}
    dated = columns.editions(ledger.session, question, series)
    return Hearing(tuple(filed), spoken, rows, wholes, tuple(_said(filed, spoken, number)), dated)


def wholes_of(row: str) -> list[str]:
    """The rows that bound ``row`` from above: without its component, without its site, without both."""
    head, _, component = row.partition(":")
    parts = head.split("/")
    found = [head] if component else []
    if len(parts) == 4:
        found.append("/".join(parts[:3]))
        if component:
            found.append(f"{'/'.join(parts[:3])}:{component}")
    return found


def comparable(citations: Sequence[Citation]) -> list[int]:
    """The positions of those whose figure another outlet gives too: only there can a copy pass for a voice."""
    outlets: dict[object, set[str]] = defaultdict(set)
    figures = [figure(each) for each in citations]
    for said, each in zip(figures, citations, strict=True):
        outlets[said].add(each.voice)
    return [at for at, said in enumerate(figures) if len(outlets[said]) > 1]


def _copied(ledger: Ledger, filed: Sequence[Filed]) -> tuple[Lineage, ...]:
    """The lineages among the paragraphs that claims stand in, family by family."""
    several: dict[Family, list[Filed]] = defaultdict(list)
    for at in comparable([each.citation for each in filed]):
        each = filed[at]
        if each.citation.verified and each.citation.span is not None:
            several[Family(each.actor, each.asset, each.place)].append(each)
    several = {
        family: group
        for family, group in several.items()
        if 1 < len({each.citation.document for each in group}) <= COMPARED
    }
    texts = columns.texts(ledger.session, (each.edition for group in several.values() for each in group))
    found: list[Lineage] = []
    for family in sorted(several):
        found.extend(_lineages(several[family], texts))
    return tuple(found)


def _lineages(group: Sequence[Filed], texts: Mapping[int, str]) -> tuple[Lineage, ...]:
    """The lineages among the paragraphs that the claims of ``group`` stand in, in the order they became known."""
    spans: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for each in group:
        if each.citation.span is not None:
            spans[each.citation.known, each.citation.document, each.edition].add(each.citation.span.start)
    compared: list[Paragraph] = []
    for (_, document, edition), starts in sorted(spans.items()):
        compared.extend(paragraphs(document, texts.get(edition, ""), starts))
    return lineages(compared)


def _said(filed: Sequence[Filed], spoken: Sequence[Voice], number: Mapping[str, int]) -> list[tuple[int, Said]]:
    """The statements that claims make, each with the position of its claim."""
    voice_of = {name: at for at, name in enumerate(sorted({each.id for each in spoken}))}
    house_of = {name: at for at, name in enumerate(sorted({each.house for each in spoken if each.house}))}
    restated, parts = _restated(filed), _parts_of_strengths(filed)
    moving = {(each.citation.document, each.actor, each.asset, each.place) for each in filed if _changes(each.citation)}
    found = []
    for at, (each, voice) in enumerate(zip(filed, spoken, strict=True)):
        house = house_of[voice.house] if voice.house else -1
        for row, spoken_of in _statements(each, number, moving):
            statement = replace(spoken_of, row=row, voice=voice_of[voice.id], house=house)
            if at in parts:
                statement = replace(statement, sort=Sort.FLOOR, high=None)
            found.append((at, statement))
            if (each.series, each.row) in restated and statement.sort <= Sort.FLOOR:
                # A series that goes on stating a figure of last year says that the force is there this year.
                still = replace(statement, sort=Sort.PRESENT, low=None, high=None, day=each.said, give=0.0)
                found.append((at, still))
    return found


def _parts_of_strengths(filed: Sequence[Filed]) -> set[int]:
    """The positions of lesser numbers for a total strength beside a greater one in one document.

    "150,000, of whom 3,000 in the navy" are a total and a part: services are no components of their own.
    """
    numbered: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for at, each in enumerate(filed):
        quantity = each.citation.quantity
        if each.row is not None and each.place == keys.STRENGTH_PLACE and quantity is not None and quantity.low:
            numbered[each.citation.document, each.row].append((quantity.low, at))
    return {at for group in numbered.values() for low, at in group if low < max(group)[0]}


def _restated(filed: Sequence[Filed]) -> set[tuple[str | None, str | None]]:
    """The series, each with a row, that state a level of it in several editions."""
    days: dict[tuple[str | None, str | None], set[int]] = defaultdict(set)
    for each in filed:
        if each.series and each.row:
            days[each.series, each.row].add(each.said)
    return {key for key, said in days.items() if len(said) > 1}


def _changes(citation: Citation) -> bool:
    return citation.status is Status.FACT and citation.measure is Measure.CHANGE and citation.kind is not Kind.EXERCISE


def _statements(
    each: Filed, number: Mapping[str, int], moving: set[tuple[str, str, str, str]]
) -> list[tuple[int, Said]]:
    citation = each.citation
    fresh = (citation.document, each.actor, each.asset, each.place) in moving
    if each.row is not None:
        statement = statement_of(citation, fresh=fresh) if each.row in number else None
        return [(number[each.row], statement)] if statement else []
    found = []
    arriving = statement_of(citation)
    if arriving is not None:
        found += [(number[row], arriving) for row in _moved(each, each.place) if row in number]
    if citation.kind is Kind.RELOCATE and each.origin and each.origin != each.place:
        left = statement_of(citation, leaving=True)
        whole = keys.joined_row_key(each.actor, each.asset, each.origin, "", "")
        if left is not None and whole in number:
            found.append((number[whole], left))
    return found


def _moved(each: Filed, place: str) -> list[str]:
    """The rows that a move or a denial is about: its site's, and its country's unless a site was left or denied."""
    site = keys.joined_row_key(each.actor, each.asset, place, each.site, "")
    whole = keys.joined_row_key(each.actor, each.asset, place, "", "")
    arrived = each.citation.kind is Kind.DEPLOY and each.citation.status is Status.FACT
    if each.site and not arrived:
        return [site]
    return [site, whole] if each.site else [whole]


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
