"""Turns: what each speaker of an interview, a hearing or a written answer says after his label ("ROE: We have …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.extraction.attribution_scope import AttributionScope
from garrison.extraction.descriptions import Phrase, attribution, is_person_name, named_person, offices
from garrison.extraction.referents import Referents
from garrison.extraction.tokens import tokens_of
from garrison.extraction.words import words
from garrison.vocabulary import Attribution, Span

# A label stands at the head of a line or after the end of a sentence; it is short, so the pattern is bounded.
_LABEL = re.compile(
    r"(?:^|(?<=[.?!—–\n] )|(?<=[.?!][\"”] )|(?<=\n))([A-Z][^\n:;.?!\"“”]{0,80}?(?:\([^()\n]{1,40}\))?):(?=\s)"
)
_COLON = re.compile(r":\s")  # most texts have none, and there is no label then
_QUESTION = frozenset({"q", "question", "interviewer"})
_ANSWERS = frozenset({"a", "answer"})
_LONGEST = 6_000  # characters that one label can govern


def find_turns(text: str, referents: Referents) -> Iterator[AttributionScope]:
    """The turns of named speakers in ``text``: from each label to the next one.

    A label is a surname in capitals, a surname before a quotation, or an office ("The Minister for Defence:").
    """
    labels = list(_LABEL.finditer(text)) if _COLON.search(text) else []
    heads = [label.group(1) for label in labels]
    interview = any(head.lower() in _QUESTION for head in heads)
    for number, label in enumerate(labels):
        span = Span(*label.span(1))
        end = labels[number + 1].start(1) if number + 1 < len(labels) else len(text)
        end = min(end, label.end() + _LONGEST)
        source = _answering(text, label, referents, interview or heads.count(label.group(1)) > 1)
        if source and label.end() < end:
            yield AttributionScope(Span(label.end(), end), (source,), span)


def _answering(text: str, label: re.Match[str], referents: Referents, interview: bool) -> Attribution | None:
    """Whom the label names, if it is a speaker's."""
    head = label.group(1)
    tokens = tokens_of(text, Span(*label.span(1)))
    if head.lower() in _ANSWERS:
        return referents.interviewee()
    if head.lower() in _QUESTION or tokens[0].lower in _QUESTION:
        return None
    cut = next((i for i, token in enumerate(tokens) if token.text == "("), len(tokens))
    piece, finite = tokens[:cut], words("finite_verbs.txt")
    if not piece or any(token.lower in finite for token in piece):
        return None
    shouted = cut <= 3 and interview and head.isupper() and len(head) > 3
    quoted = cut <= 3 and text[label.end() : label.end() + 2].strip()[:1] in {'"', "“"}
    named = named_person(piece) is not None or (quoted and (cut == 1 or is_person_name(piece)))
    office = cut <= 12 and any(offices().get(token.lower, ("", ""))[1] == "title" for token in piece)
    if not (shouted or named or (office and not piece[-1].lower.endswith("s"))):
        return None
    return referents.resolve(attribution(text, tokens, Phrase(0, cut, 0)), piece)
