"""Triggers: the words that say what a force does, from ``triggers.csv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from garrison.vocabulary import Kind, Span

if TYPE_CHECKING:
    from garrison.naming.lexicon import Lexicon


_HAVE = frozenset({"have", "has", "had", "having"})
_PARTICIPLE = re.compile(
    r"\s+(?:(?:not|never|also|already|now|since|just|recently|long|so far|yet|reportedly|quietly|both|each|all)\s+)?"
    r"(?!(?:hundred|armed|unarmed|manned|unmanned|mechani[sz]ed|motori[sz]ed|armou?red|limited|combined|united|retired|"
    r"experienced|skilled|trained|uniformed|increased|estimated|seven|ten|eleven|\w+teen|dozen|men|\w+men|open|even|"
    r"often|then|between)\b)"
    r"(?:\w+ed|\w+en|\w+wn|been|begun|brought|built|come|cut|dug|fled|flown|gone|held|kept|led|left|lent|lost|made|put|"
    r"risen|sailed|sent|set|shut|stood|sunk|won)\b",
    re.IGNORECASE,
)

HOSTS = frozenset({"host", "hosts", "hosted", "hosting", "home to", "houses", "house"})
"""Verbs whose subject is the place and not the actor."""


class Voice(StrEnum):
    """Where the force stands to the trigger."""

    SUBJECT = "subject"
    OBJECT = "object"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a trigger word; ``kind`` is ``None`` for words that rule a claim out (*killed*)."""

    kind: Kind | None
    voice: Voice


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a text, with every sense that its words can have."""

    span: Span
    form: str
    senses: tuple[Sense, ...]

    def kinds(self) -> frozenset[Kind | None]:
        """The kinds of claim that the words can make."""
        return frozenset(sense.kind for sense in self.senses)


@cache
def _lexicon() -> Lexicon[tuple[Sense, ...]]:
    from garrison.naming.lexicon import Lexicon

    text = files("garrison.extraction.grammar").joinpath("triggers.csv").read_text(encoding="utf-8")
    senses: dict[str, list[Sense]] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        kind = None if row["kind"] in {"block", "none"} else Kind(row["kind"])
        sense = Sense(kind, Voice(row["voice"]))
        for form in row["forms"].split("|"):
            known = senses.setdefault(form, [])
            if sense not in known and row["kind"] != "none":
                known.append(sense)
    return Lexicon((form, tuple(known)) for form, known in senses.items())


def find_triggers(text: str) -> tuple[Trigger, ...]:
    """The trigger words of ``text``, longest first where they overlap, in order; no "has" that only forms a tense."""
    found = (Trigger(each.span, each.span.of(text).lower(), each.value) for each in _lexicon().find(text) if each.value)
    return tuple(each for each in found if each.form not in _HAVE or not _PARTICIPLE.match(text, each.span.end))
