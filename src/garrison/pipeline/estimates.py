"""Estimates: from the ledger's claims to intervals, each claim with its voice, weight and probability."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from garrison.estimation.fingerprints import Paragraph, paragraphs
from garrison.estimation.lineage import Lineage, lineages
from garrison.ledger import Ledger, asking, columns, keys, observing
from garrison.ledger.columns import Filed
from garrison.ledger.days import asked_day, day_text, today
from garrison.vocabulary import Asset, Citation, Estimate, Heard, Kind, Measure, Status, UsageError

if TYPE_CHECKING:
    from garrison.estimation.statements import Said
    from garrison.estimation.voices import Voice

# Texts are compared among so many documents at most; beyond that copies are known by figure and day alone.
COMPARED = 2000
# So many answers are kept while the program runs, for a server that is asked the same again.
KEPT = 16
_ANSWERED: dict[tuple[str, tuple[int, str], observing.Question], dict[str, Estimate]] = {}


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was said of some rows, ready to be asked for any day: see :func:`hearing`."""

    filed: tuple[Filed, ...]
    voices: tuple[Voice, ...]
    rows: tuple[str, ...]
    wholes: tuple[tuple[int, int], ...]
    said: tuple[tuple[int, Said], ...]
    lineages: tuple[Lineage, ...]
    editions: dict[str, list[int]]


def estimates(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> dict[str, Estimate]:
    """The estimates of the rows that pass, by the rows' keys (``garrison.ledger.keys``).

    Args:
        ledger: an open ledger.
        place: a country or a site.
        actor: a country or group.
        asset: one class.
        as_of: the day it was so (ISO 8601, partial: its last day), today if ``None``.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = _question(ledger, place, actor, asset, as_of, known, recorded)
    # What a ledger says changes only with its ticks: until the next, the same question has the same answer.
    asked = (str(ledger.path.resolve()), columns.last_change(ledger.session), question)
    if asked not in _ANSWERED:
        found = estimated(hearing(ledger, question), [question.day])
        while len(_ANSWERED) >= KEPT:
            del _ANSWERED[next(iter(_ANSWERED))]
        _ANSWERED[asked] = {row: of_days[0] for row, of_days in found.items()}
    return dict(_ANSWERED[asked])


def row_estimates(
    ledger: Ledger, id: str, days: Sequence[int], *, known: str | None = None, recorded: str | None = None
) -> tuple[str, tuple[Estimate, ...]]:
    """The key of the row with this id, and its estimates on ``days`` (ordinals), all by what was known by ``known``.

    Raises:
        UsageError: no such row.
    """
    key = keys.split_row_key(id)
    if key is None or observing.row_named(ledger.session, key) is None:
        raise UsageError(f"the ledger has no row {id!r}; rows are named actor/asset/place, such as RUS/personnel/TJK")
    head = key.partition(":")[0].split("/")
    question = observing.Question(
        day=max(days), moment=asking.moment(ledger.session, known, recorded), current=False, actor_key=head[0]
    )
    narrowed = replace(question, asset=head[1])
    found = estimated(hearing(ledger, narrowed, only=key), days, only=key)
    if key not in found:
        raise UsageError(f"nothing is known of the row {id!r} by then")
    return key, found[key]


def _question(
    ledger: Ledger,
    place: str | None,
    actor: str | None,
    asset: Asset | None,
    as_of: str | None,
    known: str | None,
    recorded: str | None,
) -> observing.Question:
    return observing.Question(
        day=asked_day(as_of, "the day of the picture") if as_of else today(),
        moment=asking.moment(ledger.session, known, recorded),
        current=False,
        place=asking.somewhere(ledger.session, place) if place else None,
        actor_key=asking.someone(actor) if actor else None,
        asset=asset.value if asset else None,
    )


def hearing(ledger: Ledger, question: observing.Question, only: str | None = None) -> Hearing:
    """The claims that ``question`` is about, joined into voices and filed under rows; ``only`` one and its parts."""
    from garrison.estimation.voices import voices

    filed = columns.heard(ledger.session, question)
    if only is not None:
        filed = [each for each in filed if _concerns(each, only)]
    shared = shared_passages(ledger, comparable([each.citation for each in filed]))
    rows = tuple(sorted({each.row for each in filed if each.row is not None}))
    number = {row: at for at, row in enumerate(rows)}
    wholes = tuple((at, number[whole]) for at, row in enumerate(rows) for whole in _wholes(row) if whole in number)
    spoken = voices([each.citation for each in filed], shared)
    said = tuple(_said(filed, spoken, number))
    series = {each.series for each in filed if each.series and each.row is not None}
    dated = columns.editions(ledger.session, question, series)
    return Hearing(tuple(filed), spoken, rows, wholes, said, shared, dated)


def _concerns(filed: Filed, row: str) -> bool:
    """Whether a claim feeds the row: it is of the row, of a part of it, or a move or denial there."""
    head = row.partition(":")[0].split("/")
    if filed.row is not None:
        return filed.row == row or row in _wholes(filed.row)
    return filed.place == head[2] or filed.origin == head[2]


def _wholes(row: str) -> list[str]:
    """The rows that bound ``row`` from above: without its component, without its site, without both."""
    head, _, component = row.partition(":")
    parts = head.split("/")
    found = [head] if component else []
    if len(parts) == 4:
        found.append("/".join(parts[:3]))
        if component:
            found.append(f"{'/'.join(parts[:3])}:{component}")
    return found


def comparable(citations: Sequence[Citation]) -> list[Citation]:
    """Those whose figure another outlet gives too: only among them can a copy pass for a voice of its own."""
    from garrison.estimation.voices import figure

    outlets: dict[object, set[str]] = defaultdict(set)
    for each in citations:
        outlets[figure(each)].add(each.voice)
    return [each for each in citations if len(outlets[figure(each)]) > 1]


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


def _said(filed: Sequence[Filed], spoken: Sequence[Voice], number: dict[str, int]) -> list[tuple[int, Said]]:
    """The statements that claims make, each with the position of its claim."""
    from garrison.estimation.statements import Sort

    voice_of = {name: at for at, name in enumerate(sorted({each.id for each in spoken}))}
    house_of = {name: at for at, name in enumerate(sorted({each.house for each in spoken if each.house}))}
    restated, parts = _restated(filed), _parts_of_strengths(filed)
    moving = {(each.citation.document, each.actor, each.asset, each.place) for each in filed if _changes(each.citation)}
    found = []
    for at, (each, voice) in enumerate(zip(filed, spoken, strict=True)):
        house = house_of[voice.house] if voice.house else -1
        for row, spoken_of in _statements(each, number, moving):
            statement = replace(spoken_of, sort=Sort.FLOOR, high=None) if at in parts else spoken_of
            found.append((at, replace(statement, row=row, voice=voice_of[voice.id], house=house)))
            if (each.series, each.row) in restated and statement.sort <= Sort.FLOOR:
                # A series that goes on stating a figure of last year says that the force is there this year.
                still = replace(statement, sort=Sort.PRESENT, low=None, high=None, day=each.said, give=0.0)
                found.append((at, replace(still, row=row, voice=voice_of[voice.id], house=house)))
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


def _statements(each: Filed, number: dict[str, int], moving: set[tuple[str, str, str, str]]) -> list[tuple[int, Said]]:
    from garrison.estimation.filing import filed as statement_of

    citation = each.citation
    fresh = (citation.document, each.actor, each.asset, each.place) in moving
    if each.row is not None:
        statement = statement_of(citation, fresh=fresh)
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


def estimated(heard: Hearing, days: Sequence[int], only: str | None = None) -> dict[str, tuple[Estimate, ...]]:
    """The estimates of every row on each of ``days``, by key; the claims heard stand with the last day."""
    if not heard.said or not days:
        return {}
    import numpy as np

    from garrison.estimation.answers import answered_by_class
    from garrison.estimation.disputes import disputes
    from garrison.estimation.nesting import nested
    from garrison.estimation.parameters import DEFAULT
    from garrison.estimation.statements import Sort
    from garrison.estimation.statements import columns as as_columns
    from garrison.estimation.weighing import weights

    own = as_columns([statement for _, statement in heard.said])
    statements, stems = nested(own, heard.wholes)
    asked = [heard.rows.index(only)] if only is not None and only in heard.rows else list(range(len(heard.rows)))
    chosen = np.flatnonzero(np.isin(statements.row, asked))
    statements, stems = statements.where(chosen), stems[chosen]
    rows, on = (
        np.repeat(np.array(asked, dtype=np.int64), len(days)),
        np.tile(np.array(days, dtype=np.int64), len(asked)),
    )
    answer = answered_by_class(statements, rows, on, [_class(row) for row in heard.rows])
    weight = weights(statements, DEFAULT)
    numbered = set(np.unique(statements.row[statements.sort <= Sort.FLOOR]).tolist())
    by_row: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(statements.row.tolist()):
        by_row[row].append(at)
    voiced: dict[int, list[Heard]] = {row: [] for row in asked}
    at_of: dict[int, Heard] = {}
    for row in asked:
        for at in by_row[row]:
            claim = heard.said[int(stems[at])][0]
            right = float(answer.right[at])
            each = Heard(
                heard.filed[claim].citation,
                heard.voices[claim].name,
                heard.voices[claim].because,
                float(weight[at]),
                None if np.isnan(right) else right,
                int(own.row[stems[at]]) != row,
            )
            at_of[at] = each
            voiced[row].append(each)
    disputed = {each.row: (at_of[each.one], at_of[each.other]) for each in disputes(statements)}
    filed_under: dict[str | None, list[Filed]] = defaultdict(list)
    for filed in heard.filed:
        filed_under[filed.row].append(filed)
    levels = answer.levels
    found: dict[str, tuple[Estimate, ...]] = {}
    for position, row in enumerate(asked):
        of_days = []
        for offset, day in enumerate(days):
            at = position * len(days) + offset
            sized = row in numbered
            of_days.append(
                Estimate(
                    row=heard.rows[row],
                    as_of=day_text(day),
                    low=int(levels.low[at]) if sized else None,
                    median=round(float(levels.median[at])) if sized else None,
                    high=int(levels.high[at]) if sized else None,
                    presence=float(levels.presence[at]),
                    heard=tuple(voiced[row]) if offset == len(days) - 1 else (),
                    dispute=disputed.get(row) if offset == len(days) - 1 else None,
                    dropped=_dropped(heard, filed_under[heard.rows[row]], day),
                )
            )
        found[heard.rows[row]] = tuple(of_days)
    return _capped(found)


def _class(row: str) -> str:
    """The class by which a row is modelled: its asset; for a force in all, larger by some orders."""
    _, asset, place = row.partition(":")[0].split("/")[:3]
    if place != keys.STRENGTH_PLACE:
        return asset
    return keys.STRENGTH_PLACE if asset == Asset.PERSONNEL else Asset.PERSONNEL


def _capped(found: dict[str, tuple[Estimate, ...]]) -> dict[str, tuple[Estimate, ...]]:
    """A part is no larger than its whole; that bounds the answer, and feeds nothing back."""
    capped = {}
    for row, of_days in found.items():
        wholes = [found[whole] for whole in _wholes(row) if whole in found and found[whole][0].sized]
        capped[row] = tuple(_below(each, [whole[at] for whole in wholes]) for at, each in enumerate(of_days))
    return capped


def _below(part: Estimate, wholes: Sequence[Estimate]) -> Estimate:
    tops = [whole.high for whole in wholes if whole.high is not None]
    if part.low is None or part.median is None or part.high is None or not tops:
        return part
    top = min(tops)
    return replace(part, low=min(part.low, top), median=min(part.median, top), high=min(part.high, top))


def _dropped(heard: Hearing, mine: Sequence[Filed], day: int) -> str | None:
    """The day of the first edition without a figure, if every series that gave one has dropped it by ``day``."""
    last: dict[str, int] = {}
    for each in mine:
        if each.citation.quantity is not None and each.said <= day:
            if each.series is None or each.series not in heard.editions:
                return None
            last[each.series] = max(last.get(each.series, 0), each.said)
    since = []
    for series, said in last.items():
        editions = heard.editions[series]
        later = bisect_right(editions, said)
        if later == len(editions) or editions[later] > day:
            return None
        since.append(editions[later])
    return day_text(max(since)) if since else None
