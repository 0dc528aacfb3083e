"""Further: a hearing that goes on from the last one by what has been said since, so that not all is heard again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from garrison.estimation.arrays import Whole
from garrison.estimation.room import appended
from garrison.estimation.voices import SAME_WORD
from garrison.ledger import Ledger, columns
from garrison.ledger.columns import Family, family_of
from garrison.ledger.observing import Question
from garrison.pipeline.hearing import Hearing, ids_of, statements_of
from garrison.pipeline.roll import NONE, Roll
from garrison.pipeline.transcript import transcribed
from garrison.pipeline.words import Word


def heard_further(
    ledger: Ledger, question: Question, family: Family, before: Hearing, more: Sequence[Word]
) -> Hearing | None:
    """The hearing of what was said of a family ``before`` and of ``more``, in the order of the ledger.

    Its statements are those of before, and after them those that more makes. ``None`` where what was said before may be
    heard otherwise for what is said now, so that all has to be heard again.
    """
    fresh = transcribed(more)
    if not _adds_only(before, fresh.roll) or not _known_rows(before, family, [each.row for each in more]):
        return None
    words = before.words.with_more(more, fresh)
    roll = fresh.roll
    claim, key, statements = statements_of(roll, roll.voice, roll.house, before.row)
    dated = columns.editions(ledger.session, question, before.editions) if before.editions else {}
    return replace(
        before,
        words=words,
        statements=before.statements.with_more(statements),
        claim=appended(before.claim, claim + len(before.words)),
        key=appended(before.key, key),
        editions=dated,
        voice=appended(before.voice, roll.voice),
        ids=ids_of(ledger, words.roll),
        speaking=_speaking(before, roll),
    )


def _adds_only(before: Hearing, roll: Roll) -> bool:
    """Whether words come after all others, are no copies, of no series, and no official's who said the same then."""
    old = before.words.roll
    if not before.crowded or roll.serial.any():
        return False
    if len(roll) and (roll.edition.min() <= old.edition.max() or roll.standing.min() <= old.standing.max()):
        return False
    for at in np.flatnonzero(roll.official != NONE).tolist():
        same = (old.official == roll.official[at]) & (old.figure == roll.figure[at])
        if (np.abs(old.day[same].astype(np.int64) - int(roll.day[at])) <= SAME_WORD).any():
            return False
    return not len(roll.repeated())


def _known_rows(before: Hearing, family: Family, named: Sequence[str | None]) -> bool:
    """Whether the rows of a family that words state levels of were known before."""
    return all(row is None or row in before.rows or family_of(row) != family for row in named)


def _speaking(before: Hearing, roll: Roll) -> Whole:
    """How many voices state a level of each row with those of ``roll``."""
    found, old = before.speaking.copy(), before.words.roll.row
    for at, row in enumerate(before.row.tolist()):
        for voice in {int(each) for each in roll.voice[roll.row == row]}:
            found[at] += not bool(((before.voice == voice) & (old == row)).any())
    return found
