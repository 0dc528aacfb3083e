"""Turns: what each speaker of an interview, a hearing or a written answer says after his label ("ROE: We have …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.extraction.attribution_scope import AttributionScope
from garrison.extraction.referents import Referents
from garrison.extraction.speakers import Phrase, attribution, is_person_name, names_office, tokens_of
from garrison.vocabulary import Span

# A label stands at the head of a line or after the end of a sentence; it is short, so the pattern is bounded.
_LABEL = re.compile(r"(?:^|(?<=[.?!—–\n] )|(?<=[.?!][\"”] )|(?<=\n))([A-Z][^\n:;.?!\"“”]{0,80}?(?:\([^()\n]{1,40}\))?):(?=\s)")
_QUESTION = frozenset({"q", "question", "a", "answer", "note", "interviewer", "reporter", "correction"})
_LONGEST = 6_000  # characters that one label can govern


def find_turns(text: str, referents: Referents) -> Iterator[AttributionScope]:
    """The turns of named speakers in ``text``: from each label to the next one.

    A label is a surname in capitals, a surname before a quotation, or an office ("The Minister for Defence:").
    """
    labels = list(_LABEL.finditer(text))
    for number, label in enumerate(labels):
        span = Span(*label.span(1))
        tokens = tokens_of(text, span)
        if not tokens or tokens[0].lower in _QUESTION:
            continue
        cut = next((i for i, token in enumerate(tokens) if token.text == "("), len(tokens))
        phrase = Phrase(0, cut, 0)
        shouted = cut <= 3 and label.group(1).isupper() and len(label.group(1)) > 3 and not text.isupper()
        quoted = cut <= 3 and text[label.end() : label.end() + 2].strip()[:1] in {'"', "“"}
        office = names_office(tokens, phrase) and not tokens[0].lower.endswith("ing") and cut <= 12
        if not cut or not (shouted or quoted or (office and _is_person_office(label.group(1), tokens, phrase))):
            continue
        end = labels[number + 1].start(1) if number + 1 < len(labels) else len(text)
        end = min(end, label.end() + _LONGEST)
        if quoted and not shouted and not office and not is_person_name(tokens[:cut]) and cut > 1:
            continue
        source = referents.resolve(attribution(text, tokens, phrase), tokens[:cut])
        if source and label.end() < end:
            yield AttributionScope(Span(label.end(), end), (source,), span)


def _is_person_office(label: str, tokens: object, phrase: Phrase) -> bool:
    return bool(re.search(r"(?i)\b(minister|secretary|president|spokes\w+|general|colonel|senator|deputy|governor|commander|tánaiste|taoiseach|director|ambassador|mayor|captain)\b", label))
