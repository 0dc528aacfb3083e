"""Languages: which one a text is in, cheaply."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LOOKED_AT = 5000
"""Characters that are looked at."""
_PUNCTUATION = ".,;:!?()[]\"'“”‘’"
_SURE_WORDS = 40
_SURE_SHARE = 0.12
_SHORT = 120
_CERTAIN = 0.9


def language_of(text: str, declared: str | None = None) -> str | None:
    """The language of ``text`` as an ISO 639-1 code.

    Args:
        text: only its first ``LOOKED_AT`` characters are looked at.
        declared: a language tag that the source gives (``en-GB``): it decides where the text is too short to.

    Returns:
        The code; ``None`` where there is no letter to go by and nothing is declared. A text too short to tell is
        English unless there is evidence otherwise.
    """
    sample = text[:LOOKED_AT]
    tag = _primary(declared)
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return tag
    words = [word.strip(_PUNCTUATION) for word in sample.lower().split()]
    english = _function_words()
    common = [word for word in words if word in english]
    if len(words) >= _SURE_WORDS and len(common) >= _SURE_SHARE * len(words) and len(set(common)) >= 4:
        return "en"
    code, probability = _identifier().classify(sample)
    code = "en" if code == "pcm" else str(code)  # plain English with few verbs is taken for Nigerian Pidgin
    if letters >= _SHORT or probability >= _CERTAIN:
        return code
    if tag is not None:
        return tag
    latin = sum(1 for sign in sample if "a" <= sign <= "z" or "A" <= sign <= "Z")
    return "en" if latin >= 0.9 * letters else code


def _primary(declared: str | None) -> str | None:
    tag = (declared or "").strip().lower().replace("_", "-").partition("-")[0]
    return tag if len(tag) == 2 and tag.isascii() and tag.isalpha() else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _function_words() -> frozenset[str]:
    lines = files("garrison.reading").joinpath("function_words.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
