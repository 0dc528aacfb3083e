"""Finding places named in Arabic letters, which have no capitals to tell names by."""

from __future__ import annotations

import re
from functools import lru_cache

from garrison.naming.gazetteer import known, named
from garrison.naming.place_words import words
from garrison.naming.spelling import LONGEST, plain
from garrison.vocabulary import PlaceKind, Span

# Words in Arabic letters, with the marks and joiners that may be written among them.
_ARABIC = re.compile(
    r"[\u0620-\u065f\u066e-\u06d3\u0750-\u077f]+(?:[ \u200c-][\u0620-\u065f\u066e-\u06d3\u0750-\u077f]+)*"
)
_ARABIC_WORD = re.compile("[^ \u200c-]+")
# An Arabic name has no more words than this, and its town so many people, where it stands among other words.
_MOST_ARABIC = 3
_WEIGHTY = 50_000


def without_capitals(text: str) -> list[Span]:
    """Known names in Arabic letters, which have no capitals to tell them by: where nothing else stands in such letters,
    and larger places after a word that says that one follows ("in", "north of", "the city of")."""
    if text.isascii():
        return []
    found: list[Span] = []
    for run in _ARABIC.finditer(text):
        start, end = run.span()
        if end - start <= LONGEST and known(plain(run.group())):
            found.append(Span(start, end))
            continue
        words_ = [(word.start() + start, word.end() + start) for word in _ARABIC_WORD.finditer(run.group())]
        frames = words("prepositions", "arabic")
        for at, (first, last) in enumerate(words_[:-1], 1):
            if text[first:last] not in frames:
                continue
            ends = (to for _, to in reversed(words_[at : at + _MOST_ARABIC]))
            named_ = (Span(words_[at][0], to) for to in ends)
            span = next((one for one in named_ if _is_weighty(one.of(text))), None)
            if span is not None:
                found.append(span)
    return found


@lru_cache(maxsize=1 << 12)
def _is_weighty(name: str) -> bool:
    """Whether a name is that of a town of some size or of something that our tables list."""
    return any(place.population >= _WEIGHTY or place.kind is not PlaceKind.CITY for place in named(plain(name)))
