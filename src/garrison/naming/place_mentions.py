"""Finding places in text: names known to the gazetteer, names that the words around show to be places, and borders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from garrison.naming.actors import ActorMention, Form
from garrison.naming.gazetteer import named
from garrison.naming.lexicon import scannable
from garrison.naming.place_abbreviations import LONGEST_FORM
from garrison.naming.place_arabic import without_capitals
from garrison.naming.place_context import Context, context_of, has_abbreviation
from garrison.naming.place_doubts import doubtful, has_article, is_address, is_dateline, is_home, is_small
from garrison.naming.place_pieces import Piece, Rank, is_site, pieces
from garrison.naming.place_points import coordinates_in, offset_before
from garrison.naming.place_resolution import Reading, called, read
from garrison.naming.place_surroundings import surrounded
from garrison.naming.place_words import following_words, leading_words, pattern, search, word_before, words
from garrison.naming.spelling import plain
from garrison.vocabulary import Mention, Place, PlaceKind, Span

# The characters beside a name in which the words that belong to it are looked for.
_BESIDE = 64
# About as many as tell what the sentence is about so far.
_SENTENCE = 160
_LEADS = ("type before", "border before", "part before", "part of before")
_PREPOSITIONS = frozenset(
    {*("from", "in", "to", "into", "of", "at", "and", "on", "through", "across", "inside", "near", "toward", "towards")}
    | {*("by", "for", "with", "against", "over", "via")}
)
_JOINERS = frozenset((", ", " and ", ", and ", " or ", ", or ", "/", " & ", "; "))


_STATES = re.compile(r" (?:states|countries|nations|republics)\b")
_SECOND_HALF = re.compile(r" and (?:the )?[A-Z][\w'’-]*(?: Islands)?")
# "Left Bangui for": what follows is a place, as what stands before is.
_LEAVES = re.compile(
    r"\b(?:left|leave|leaves|leaving|departed|sailed from|flew from) [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)? for (?:the )?\Z"
)
# Another name that a government's is joined to.
_WITH_ANOTHER = re.compile(r" and [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)?(?= [a-z])")


@dataclass(frozen=True, slots=True)
class _Link:
    """A name in an enumeration: as it stands, with the words beside it, and what is known of it."""

    span: Span
    wide: Span
    taken: bool
    known: bool


def find_places(text: str, title: str | None = None, outlet: str | None = None) -> tuple[Mention[Place], ...]:
    """The places that ``text`` names, in its order, none overlapping another.

    A mention takes in the words that say what or which part the place is ("Nimroz province", "eastern Ukraine", "the
    border with Turkey"). Names that the gazetteer does not know count after a locative word ("in Zhamashti"). Cities
    that stand for a government ("Moscow announced"), persons, armed groups and the adjectives of countries are none.

    Args:
        text: any text; the time taken grows in proportion to its length.
        title: the document's title, weighed for the countries of ambiguous names.
        outlet: the outlet's name; its country is the last resort for names of which nothing else tells it.
    """
    named_ = _Named(text, title, outlet)
    return tuple(_Unread(span, named_) for span in named_.spans)


def find_readings(text: str, title: str | None = None, outlet: str | None = None) -> tuple[tuple[Span, Reading], ...]:
    """As ``find_places``, with the score and the runners-up of each place."""
    named_ = _Named(text, title, outlet)
    readings = surrounded(named_.spans, [named_.reading(span) for span in named_.spans])
    return tuple(zip(named_.spans, readings, strict=True))


class _Named:
    """Where a text names places, each read when it is asked for."""

    __slots__ = ("_context", "_outlet", "_points", "_text", "spans")

    def __init__(self, text: str, title: str | None, outlet: str | None) -> None:
        self._text, self._outlet, self._context = text, outlet, context_of(text, title)
        self._points = {mention.span: Reading(mention.value, 1.0) for mention in coordinates_in(scannable(text))}
        found: list[Span] = []
        shown = self._context.text
        for span in _spans(self._context, self._points):
            if not found or span.start >= found[-1].end:
                if found and _is_other_side(shown, found[-1], span):
                    found[-1] = Span(found[-1].start, span.end)
                else:
                    found.append(span)
        self.spans = tuple(found)

    def reading(self, span: Span) -> Reading:
        """What the words at one of the spans stand for."""
        reading = self._points.get(span) or _placed(self._context.text, span, self._context, self._outlet)
        name = span.of(self._text)
        return reading if reading.place.name == name else replace(reading, place=called(reading.place, name))


class _Unread(Mention[Place]):
    """A mention whose place is made out when it is first asked for, as most of an article's stand beside no force."""

    __slots__ = ("_named",)
    _named: _Named

    def __init__(self, span: Span, named_: _Named) -> None:
        object.__setattr__(self, "span", span)
        object.__setattr__(self, "_named", named_)

    def __getattr__(self, name: str) -> Place:
        if name != "value":
            raise AttributeError(name)
        place = self._named.reading(self.span).place
        object.__setattr__(self, "value", place)
        return place

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mention) and (self.span, self.value) == (other.span, other.value)

    def __hash__(self) -> int:
        return hash((self.span, self.value))

    def __reduce__(self) -> tuple[type[Mention[Place]], tuple[Span, Place]]:
        return Mention, (self.span, self.value)


def _spans(context: Context, points: Iterable[Span]) -> list[Span]:
    """Where places may be named, in the order of the text, the longest first."""
    text = context.text
    found = [*points, *_of_adjectives(text, context.actors), *_of_names(context), *without_capitals(text)]
    unnamed = (Span(m.start(1), m.end(1)) for m in pattern("unnamed").finditer(text))
    # "The South" of "the South Carolina Department" is part of a name.
    found.extend(s for s in unnamed if not (text[s.end - 1].isalpha() and text[s.end : s.end + 2][1:].isupper()))
    return sorted(found, key=lambda span: (span.start, -span.end))


def _placed(text: str, span: Span, context: Context, outlet: str | None) -> Reading:
    """The place of a mention, set off where the words before it say how far from it ("20 km north of Aleppo")."""
    words_ = span.of(text)
    core = span.start + next((at for at, char in enumerate(words_) if char.isupper()), 0)
    offset = offset_before(text, core)
    if offset is None and _is_offshore(text, span):
        return read(text[span.start - 4 : span.end], context, span.start - 4, outlet)
    if offset is None:
        return read(words_, context, span.start, outlet)
    return read(text[offset[2] : span.end], context, span.start, outlet)


def _is_offshore(text: str, span: Span) -> bool:
    """Whether something afloat lies off a place ("ships off Yemen", and not "cut off Aleppo")."""
    lead = text[max(0, span.start - _SENTENCE) : span.start].lower()
    if not lead.endswith(" off "):
        return False
    around = lead + words_ if (words_ := span.of(text).lower()).startswith("the ") else lead
    return not words("prepositions", "afloat").isdisjoint(re.findall(r"[a-z]+", around))


def _is_other_side(text: str, border: Span, span: Span) -> bool:
    """Whether a place is the other side of the border before it ("the border between Chad" *and Sudan*)."""
    if text[border.end : span.start] not in (" and ", " and the "):
        return False
    words_ = border.of(text)
    return " between " in words_ and " and " not in words_ and search("border of or between", words_) is not None


def _of_adjectives(text: str, actors: tuple[ActorMention, ...]) -> list[Span]:
    """Borders and grounds said with a country's adjective: "the Tajik-Afghan border", "Syrian soil"."""
    found: list[Span] = []
    for actor in actors:
        if actor.actor.iso3 is None or actor.form not in (Form.ADJECTIVE, Form.NAME):
            continue
        at = actor.span.end + (2 if text[actor.span.end : actor.span.end + 3] in ("'s ", "’s ") else 0)
        names = ("border after", "ground after") if actor.form is Form.ADJECTIVE else ("border after",)
        reach = _match_after(text, at, *names)
        if reach:
            found.append(Span(_with_article(text, actor.span.start), at + reach))
    return found


def _of_names(context: Context) -> list[Span]:
    """Names of places, with the words beside them that belong to them."""
    text, actors, persons = context.text, context.actors, context.persons
    groups = {a.span.start: a.span for a in actors if a.form not in (Form.NAME, Form.CAPITAL, Form.METONYM)}
    governments = {a.span.start for a in actors if a.form in (Form.CAPITAL, Form.METONYM)}
    found: list[Span] = []
    chain: list[_Link] = []
    reached = 0
    for run in context.names:
        for told in pieces(run.of(text)):
            piece = told
            span = _with_states(text, Span(run.start + piece.start, run.start + piece.end))
            if span.start < reached:
                continue
            if told.start and told.rank < Rank.COUNTRY and span.of(text) in persons and _given(text, span.start):
                continue
            both = _with_second_half(text, span)
            if both is not None:
                span, piece, reached = both, replace(piece, rank=Rank.COUNTRY), both.end
            group = groups.get(span.start)
            if group is not None and not (span.covers(group) and piece.rank >= Rank.LISTED):
                continue
            if chain and text[chain[-1].wide.end : span.start] not in _JOINERS:
                found.extend(_accepted(text, chain))
                chain = []
            joined = bool(chain) and chain[-1].taken
            short = _abbreviated(text, span)
            if short is not None:
                span, taken = short, True
            else:
                taken = _is_place(text, span, piece, joined, span.start in governments, persons)
            chain.append(_Link(span, _widened(text, span) if taken else span, taken, piece.rank >= Rank.TOWN))
    return [*found, *_accepted(text, chain)]


def _with_states(text: str, span: Span) -> Span:
    """``span`` with the "states" or "countries" that a group of them is known with ("the Baltic states")."""
    following = _STATES.match(text, span.end)
    if following is None or not named(plain(text[span.start : following.end()])):
        return span
    return Span(span.start, following.end())


def _with_second_half(text: str, span: Span) -> Span | None:
    """``span`` with what follows it, where both are the name of one country ("Bosnia and Herzegovina")."""
    second = _SECOND_HALF.match(text, span.end)
    if second is None:
        return None
    both = Span(span.start, second.end())
    return both if any(place.kind is PlaceKind.COUNTRY for place in named(plain(both.of(text)))) else None


def _accepted(text: str, chain: list[_Link]) -> list[Span]:
    """The places of an enumeration: in one of three or more names, all are where the known ones are half of them."""
    sure = sum(link.taken and link.known for link in chain)
    if len(chain) < 3 or sure * 2 < len(chain):
        return [link.wide for link in chain if link.taken]
    return [link.wide for link in chain if link.taken or _is_name(link.span.of(text))]


def _is_name(words_: str) -> bool:
    """Whether the words can be the name of a place that the gazetteer lacks: one word or two, no abbreviation."""
    parts = words_.split(" ")
    return len(parts) <= 2 and not any(map(_is_word, parts))


def _abbreviated(text: str, span: Span) -> Span | None:
    """The span of a region's abbreviation with its stop, where it is one ("London, Ky."); else ``None``."""
    if len(span) > LONGEST_FORM or not has_abbreviation(text, span):
        return None
    return Span(span.start, span.end + (text[span.end : span.end + 1] == "." and span.of(text).count(".") != 0))


def _is_place(text: str, span: Span, piece: Piece, joined: bool, government: bool, persons: frozenset[str]) -> bool:
    """Whether the words around a name leave it standing for a place."""
    before = word_before(text, span.start)
    after = text[span.end : span.end + _BESIDE]
    if before.rstrip(".") in words("others", "titles"):
        return False
    strong = before in words("prepositions", "strong") or before in words("prepositions", "arrival")
    strong = strong or is_home(text, span.start) or is_dateline(text, span)
    if (
        Rank.UNKNOWN < piece.rank < Rank.COUNTRY
        and not strong
        and doubtful(text, span, persons, listed=piece.rank is Rank.LISTED)
    ):
        return False
    # "Kant" of "Immanuel Kant", and not "Kant air base".
    if piece.rank is Rank.LISTED and not strong and span.of(text) in persons and _is_bare_site(text, span):
        return False
    if piece.rank is Rank.UNKNOWN and " " in span.of(text):
        joined = False
    beside = _match_after(text, span.end, "type after", "border after")
    # "A book by Kant": who does something, if anything.
    if before == "by" and piece.rank is Rank.LISTED and not (beside or piece.typed) and is_site(span.of(text)):
        return False
    if not beside and not piece.typed and has_article(text, span.start) and is_small(span.of(text)):
        return False
    if piece.rank >= Rank.TOWN or piece.typed:
        return (
            strong
            or joined
            or before == "of"
            or before in words("parts", "directions")
            or is_address(text, span)
            or not _acts(after, government, joint=government and before not in _PREPOSITIONS)
        )
    lead = text[max(0, span.start - _BESIDE) : span.start]
    moved = (before == "to" or lead.endswith("out of ")) and (piece.rank > Rank.UNKNOWN or _moves(lead))
    moved = moved or (
        piece.rank > Rank.UNKNOWN and (before == "left" or (before == "for" and _LEAVES.search(lead) is not None))
    )
    settled = before == "of" and _settlement_before(text, span.start)
    typed = bool(beside)
    # "At the Oscars": a name that no list has, with an article and without a word for its kind, is no place.
    if piece.rank is Rank.UNKNOWN and not typed and not settled and has_article(text, span.start):
        return False
    addressed = piece.rank > Rank.UNKNOWN and is_address(text, span)
    locative = strong or moved or joined or settled or typed or addressed
    return locative and not _is_word(span.of(text)) and not (before in ("to", "from") and _acts(after, True))


def _given(text: str, start: int) -> bool:
    """Whether the word before an offset can be a given name ("John Washington", and not "In Washington")."""
    word = text[max(0, start - _BESIDE) : start].rstrip(" ").rpartition(" ")[2]
    return word[:1].isupper() and word.isalpha() and word.lower() not in words("others", "never")


def _is_bare_site(text: str, span: Span) -> bool:
    """Whether a name is a site's, without a word beside it that says so ("Kant", not "Kant air base")."""
    return is_site(span.of(text)) and not _match_after(text, span.end, "type after")


def _settlement_before(text: str, start: int) -> bool:
    """Whether the words before "of" are a settlement's ("in the town of")."""
    lead = text[max(0, start - _BESIDE) : start].lower().split()
    if len(lead) < 2 or lead[-1] != "of":
        return False
    return lead[-2] in words("types", "city") or lead[-2] in words("prepositions", "settled")


def _moves(lead: str) -> bool:
    """Whether the words before "to" are about going or sending somewhere."""
    return not words("prepositions", "movement").isdisjoint(lead.lower().split())


def _acts(after: str, government: bool, *, joint: bool = False) -> bool:
    """Whether a verb of saying or deciding follows: the name is then a government or a person, not a place.

    ``joint`` also where it acts with another ("Washington and Beijing had agreed").
    """
    if joint and (other := _WITH_ANOTHER.match(after)) is not None:
        after = after[other.end() :]
    word = after[1:].split(" ", 1)[0].strip(",.;:").lower() if after[:1] == " " else ""
    return word in words("metonym", "speech") or (government and word in words("metonym", "deeds"))


def _is_word(name: str) -> bool:
    """Whether an unknown name is an abbreviation or an ordinary capitalised word."""
    lower = name.lower()
    return (name.isupper() and len(name) <= 6) or lower in words("others", "never") or len(name) < 3


def _widened(text: str, span: Span) -> Span:
    """``span`` with the words around it that say what or which part the place is."""
    start, end = span.start, span.end
    follows = _match_after(text, end, "type after", "border after")
    if follows:
        end += follows
    elif text[end : end + 3] in ("'s ", "’s "):
        owned = _match_after(text, end + 2, "owned part")
        end += 2 + owned if owned else 0
    for _ in range(3):
        lead = text[max(0, start - _BESIDE) : start]
        if _last_word(lead) not in leading_words():
            break
        match = next(filter(None, (pattern(name).search(lead) for name in _LEADS)), None)
        if match is None:
            break
        start -= len(lead) - match.start(1) - _small(match[1])
    return Span(_with_article(text, start), end)


def _small(lead: str) -> int:
    """How many characters of the words before a name are a preposition ("from neighbouring Iraq")."""
    first, _, rest = lead.partition(" ")
    return len(first) + 1 if rest and first.lower() in _PREPOSITIONS else 0


def _match_after(text: str, at: int, *names: str) -> int:
    """How far the first of the patterns reaches that matches right after an offset; 0 if none does."""
    after = text[at : at + _BESIDE]
    if not after or after[0] not in " -–/":
        return 0
    if after[0] == " " and _first_word(after) not in following_words():
        return 0
    match = next(filter(None, (pattern(name).search(after) for name in names)), None)
    return match.end() if match is not None else 0


def _first_word(after: str) -> str:
    word = after[1:].split(" ", 1)[0].split("-", 1)[0]
    return word.strip(".,;:)\"'’”").lower()


def _last_word(lead: str) -> str:
    """The last word before a name in lower case, "the" passed over."""
    parts = lead.rstrip(" -").rsplit(None, 2)
    if parts and parts[-1].lower() == "the":
        parts.pop()
    return parts[-1].rsplit("-", 1)[-1].strip("(\"'‘“").lower() if parts else ""


def _with_article(text: str, start: int) -> int:
    """The start of "the" right before ``start``, where there is one."""
    return start - 4 if text[max(0, start - 4) : start].lower() == "the " else start
