"""Attribution: which stretches of a text stand on whose word (guide, *source*)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from garrison.extraction.attribution_scope import AttributionScope
from garrison.extraction.descriptions import attribution, offices, speaks_for_the_outlet
from garrison.extraction.quotations import find_quotations
from garrison.extraction.referents import Referents
from garrison.extraction.sayings import OPENERS, Saying, may_say, saying_at
from garrison.extraction.sentences import sentences, windows
from garrison.extraction.speakers import phrases_after
from garrison.extraction.tokens import Token, tokens_within
from garrison.extraction.turns import find_turns
from garrison.extraction.words import words
from garrison.vocabulary import Attribution, Span

_COORDINATORS = frozenset({"but", "while", "whereas", "although", "though", "and", ";"})
_BACKGROUND = frozenset({"after", "before", "when", "since", "because"})
_SHORTEST_CARRIED = 12  # characters: shorter quotations are words in quotation marks
_LONGEST_GAP = 40  # characters between two quotations of one speaker
_LONGEST_CREDIT = 10  # words and marks
_NEIGHBOURS = 6  # cues of the same sentence that may bound a scope
_GOVERNS_PARAGRAPH = frozenset({"informs", "announces", "states", "communicates"})
_LONGEST_PARAGRAPH = 6_000  # characters


def find_attributions(text: str, title: str | None = None) -> tuple[AttributionScope, ...]:
    """The stretches of ``text`` that stand on someone's word, in order of their cues; they may overlap and nest.

    Args:
        text: the passage.
        title: its headline, in which pronouns and surnames may find their referents.

    Returns:
        Scopes with speakers by name where the passage names them, else by description as written; speakers whom
        neither names ("he said" with no referent) give no scope. Takes time in proportion to the text.
    """
    referents = Referents(text, title)
    quotations = find_quotations(text)
    scopes: list[AttributionScope] = list(find_turns(text, referents))
    found: list[list[AttributionScope]] = []
    spans = [span for sentence in sentences(text) for span in windows(sentence)]
    for number, sentence in enumerate(spans):
        tokens = tokens_within(text, referents.tokens, sentence)
        referents.open_sentence(tokens)
        found.append(_in_sentence(text, tokens, referents))
        if number and found[-1] and _points_back(tokens):
            # "…. The minister said this on Friday": his word, in place of whoever was given before.
            found[-2] = [AttributionScope(spans[number - 1], scope.sources, scope.cue) for scope in found[-1][:1]]
            found[-1] = []
        credit = _credited(text, tokens, referents) if number else None
        if credit:
            found[-1] = [AttributionScope(spans[number - 1], credit, sentence)]
    scopes.extend(scope for here in found for scope in here)
    scopes.extend(_between(spans, found))
    return tuple(sorted(_over_quotations(text, scopes, quotations), key=lambda scope: scope.cue))


def _credited(text: str, tokens: Sequence[Token], referents: Referents) -> tuple[Attribution, ...]:
    """Whom a sentence that is only a credit ("Source: X.") gives for the one before it."""
    if not tokens or tokens[0].lower not in {"source", "sources"} or len(tokens) > _LONGEST_CREDIT:
        return ()
    first = 2 if len(tokens) > 2 and tokens[1].text == ":" else 1
    phrases = phrases_after(tokens, first)
    if not phrases or not tokens[first].is_capitalised or any(t.lower in words("auxiliaries.txt") for t in tokens):
        return ()
    named = (
        referents.resolve(attribution(text, tokens, phrase), tokens[phrase.first : phrase.last]) for phrase in phrases
    )
    return tuple(source for source in named if source)


def _points_back(tokens: Sequence[Token]) -> bool:
    """Whether the sentence only says whose words the one before was: "X said this while …", "X made the remarks"."""
    for at, token in enumerate(tokens[:-2]):
        if token.lower in {"said", "stated", "disclosed", "revealed"} and tokens[at + 1].lower == "this":
            return tokens[at + 2].lower in words("prepositions.txt") | words("temporal.txt") | {"while", "when", "."}
    return False


def _between(spans: Sequence[Span], found: Sequence[Sequence[AttributionScope]]) -> Iterator[AttributionScope]:
    """Sentences without a cue that stand between two of the same speaker go on with what he says."""
    for before, here, after, span in zip(found, found[1:], found[2:], spans[1:], strict=False):
        if not here and before and after:
            names = {source.name for scope in before for source in scope.sources}
            same = next((scope for scope in after if {source.name for source in scope.sources} <= names), None)
            if same:
                yield AttributionScope(span, same.sources, same.cue)


def sources_at(span: Span, scopes: Iterable[AttributionScope]) -> tuple[Attribution, ...]:
    """Who says so for a claim quoted at ``span``, innermost first; empty where the outlet itself does.

    Args:
        span: where the claim's quotation stands in the text.
        scopes: what `find_attributions` found in the same text.
    """
    covering = []
    for scope in scopes:
        shared = min(span.end, scope.scope.end) - max(span.start, scope.scope.start)
        if shared > 0 and (2 * shared >= len(span) or span.covers(scope.cue)):
            covering.append(scope)
    covering.sort(key=lambda scope: (len(scope.scope), scope.cue))
    sources: list[Attribution] = []
    voiced = any(not _is_paper(source) for scope in covering for source in scope.sources)
    for scope in covering:
        for source in scope.sources:
            if voiced and _is_paper(source):
                # "pictures show …, the firm said": the document is not a voice of its own.
                continue
            if all(source.name.casefold() != other.name.casefold() for other in sources):
                sources.append(source)
    return tuple(sources)


def _is_paper(source: Attribution) -> bool:
    last = source.name.split()[-1].lower() if source.name else ""
    return offices().get(last, ("", ""))[1] == "paper"


def _in_sentence(text: str, tokens: Sequence[Token], referents: Referents) -> list[AttributionScope]:
    cues = may_say()
    sayings = [saying for at, token in enumerate(tokens) if token.lower in cues and (saying := saying_at(tokens, at))]
    scopes: list[AttributionScope] = []
    last: tuple[Attribution, ...] = ()
    for number, saying in enumerate(sayings):
        # "…, adding that": whoever spoke last in the sentence, else its subject.
        sources = last if saying.sort == "ing" and last else _named(text, tokens, saying, referents)
        if not sources:
            continue
        last = sources
        span = _scope(tokens, saying, sayings, number)
        cue = Span(tokens[saying.begins].start, tokens[saying.ends - 1].end)
        for recipient in saying.recipient:
            outlet = attribution(text, tokens, recipient)
            if _is_named_outlet(outlet, tokens[recipient.first : recipient.last]):
                sources = (*sources, outlet)
        if span and tokens[saying.verb].lower in _GOVERNS_PARAGRAPH and text[cue.end : cue.end + 1] == ":":
            end = text.find("\n\n", span.end)
            span = Span(span.start, min(end if end >= 0 else len(text), span.start + _LONGEST_PARAGRAPH))
        if span:
            scopes.append(AttributionScope(span, sources, cue))
    return scopes


def _is_named_outlet(outlet: Attribution, piece: Sequence[Token]) -> bool:
    """Whether someone spoke to a news organisation that the phrase names: "told Reuters", "told the weekly X"."""
    media = [token for token in piece if offices().get(token.lower, ("", ""))[:2] == ("media", "body")]
    if speaks_for_the_outlet(piece):
        return False
    described = " ".join(token.lower for token in piece)
    return (
        outlet.name.lower() in words("news_agencies.txt")
        or "news agency" in described
        or bool(media and not media[-1].is_capitalised)
    )


def _named(text: str, tokens: Sequence[Token], saying: Saying, referents: Referents) -> tuple[Attribution, ...]:
    sources = []
    for phrase in saying.phrases:
        piece = tokens[phrase.first : phrase.last]
        if speaks_for_the_outlet(piece):
            continue
        source = referents.resolve(attribution(text, tokens, phrase), piece)
        if source and source.name:
            sources.append(source)
    return tuple(sources)


def _scope(tokens: Sequence[Token], saying: Saying, sayings: Sequence[Saying], number: int) -> Span | None:
    if saying.follows:
        first, last = saying.ends, len(tokens)
        while first < len(tokens) and tokens[first].text in {",", ":"}:
            first += 1
        # "A promised that …; B is to stay": a semicolon ends what is said, unless within a quotation.
        last = next(
            (i for i in range(first, last) if tokens[i].text == ";" and tokens[first].text not in OPENERS), last
        )
        for other in sayings[number + 1 : number + 1 + _NEIGHBOURS]:
            if other.follows and other.sort != "ing" and _coordinated(tokens, other.begins):
                last = min(last, other.begins - 1)
                break
        if saying.sort in {"call", "noun"}:
            first = saying.begins
        if (saying.begins and tokens[saying.begins - 1].lower in _BACKGROUND) or (
            saying.begins == 1 and tokens[0].lower in {"though", "although", "while"}
        ):
            last = next((i for i in range(first, last) if tokens[i].text == ","), last)
    else:
        first, last = 0, len(tokens)
        for other in sayings[max(number - _NEIGHBOURS, 0) : number]:
            if other.follows and other.sort not in {"ing", "cite"}:
                cut = next(
                    (i for i in range(saying.begins - 1, other.ends, -1) if tokens[i].lower in _COORDINATORS - {"and"}),
                    0,
                )
                first = max(first, cut)
        for other in sayings[number + 1 : number + 1 + _NEIGHBOURS]:
            if other.follows and other.sort != "ing" and _coordinated(tokens, other.begins):
                last = other.begins - 1
                break
    if first >= last:
        # "X says:", what is said stands in the next paragraph.
        return Span(tokens[-1].end, tokens[-1].end) if tokens[-1].text == ":" and saying.follows else None
    return Span(tokens[first].start, tokens[last - 1].end)


def _coordinated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a conjunction or semicolon right before ``at`` opens a clause beside the one before."""
    return any(token.lower in _COORDINATORS for token in tokens[max(at - 3, 0) : at])


def _over_quotations(
    text: str, scopes: Sequence[AttributionScope], quotations: Sequence[Span]
) -> list[AttributionScope]:
    """The scopes, widened over the quotations that they touch, and carried on to quotations that follow."""
    widened = [_widened(scope, quotations) for scope in scopes]
    nearest_end: list[tuple[int, AttributionScope]] = sorted(
        ((max(scope.cue.end, scope.scope.end), scope) for scope in widened), key=lambda pair: pair[0]
    )
    covered = _covered(widened)
    carried: list[AttributionScope] = []
    before = 0
    for quotation in quotations:
        while before < len(nearest_end) and nearest_end[before][0] <= quotation.start:
            before += 1
        opens = text[quotation.start + 1 : quotation.start + 4].lstrip()[:1]
        if len(quotation) < _SHORTEST_CARRIED or not opens.isupper() or _is_touched(quotation, covered):
            continue
        if carried and carried[-1].scope.end > (nearest_end[before - 1][0] if before else -1):
            end, nearest = carried[-1].scope.end, carried[-1]
        elif before:
            end, nearest = nearest_end[before - 1]
        else:
            continue
        gap = text[end : quotation.start]
        if len(gap) < _LONGEST_GAP and "." not in gap.strip(" ."):
            carried.append(AttributionScope(quotation, nearest.sources, nearest.cue))
    return widened + carried


def _widened(scope: AttributionScope, quotations: Sequence[Span]) -> AttributionScope:
    start, end = scope.scope.start, scope.scope.end
    first = bisect_left(quotations, start, key=lambda quotation: quotation.end)
    for quotation in islice(quotations, first, None):
        opened = start == end and 0 <= quotation.start - end < 4
        if quotation.start >= end and not opened:
            break
        if not quotation.covers(scope.cue) and (quotation.end > start):
            start, end = min(start, quotation.start), max(end, quotation.end)
    return AttributionScope(Span(start, end), scope.sources, scope.cue)


def _covered(scopes: Sequence[AttributionScope]) -> list[Span]:
    """The stretches that any of the scopes covers, in order, none touching another."""
    merged: list[Span] = []
    for span in sorted(scope.scope for scope in scopes):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _is_touched(quotation: Span, covered: Sequence[Span]) -> bool:
    at = bisect_right(covered, quotation.start, key=lambda span: span.end)
    return at < len(covered) and covered[at].overlaps(quotation)
