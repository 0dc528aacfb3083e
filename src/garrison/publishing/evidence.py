"""Evidence: a claim's quotation in its context, as it leaves the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from garrison.vocabulary import Citation

SetAside = Literal["rejected", "same as"]
"""Why no picture counts a claim, where a person decided so: it was rejected, or is the same as another."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with the words around its quotation and what is known of the version it stands in.

    ``before`` and ``after`` are the text around the quotation, up to about a sentence each, empty where the text is
    not held. ``repeated`` is whether the same words stand elsewhere in the document too. ``page`` is the number of
    the page in a paged source. ``archived`` is the address of an archived copy, ``location`` where the bytes were got.
    ``copy`` names the copy in the archive beside the ledger: file, record, day received and hash. ``stands`` is where
    the quotation stands: ``text``, ``headline``, ``caption`` (of a picture). ``at`` is when an entry of a live blog was
    posted, as stated. ``barrier`` is what seems to have come in the place of the whole article: ``cookie notice``,
    ``paywall``. ``set_aside`` is why no picture counts the claim now, where a person decided so.
    """

    citation: Citation
    before: str = ""
    after: str = ""
    repeated: bool = False
    page: int | None = None
    authors: tuple[str, ...] = ()
    archived: str | None = None
    location: str | None = None
    reader: str | None = None
    copy: str | None = None
    stands: str = "text"
    at: str | None = None
    barrier: str | None = None
    set_aside: SetAside | None = None

    @property
    def judged(self) -> str:
        """What people made of the claim, in words."""
        match self.set_aside:
            case "rejected":
                return "rejected by a person"
            case "same as":
                return "judged by a person to repeat another claim"
        return "checked by a person" if self.citation.checked else "not checked by a person"
