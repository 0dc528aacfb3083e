"""Exchanges: what was asked of a host and what it answered, kept as received."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to fetch; ``etag`` and ``modified`` are those of the copy that is held, if one is."""

    url: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer; ``body`` is as received, its content encoding (if any) not undone.

    ``at`` is when the answer came (ISO 8601, UTC), ``protocol`` as in ``HTTP/1.1`` and ``HTTP/2``.
    """

    url: str
    at: str
    protocol: str
    status: int
    phrase: str
    asked: Headers
    answered: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of the answer's header ``name``."""
        return next((value for key, value in self.answered if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer to what was wanted: the way to it (redirects first) and its body unpacked.

    ``unchanged`` is whether the host said that the held copy is still good (304); the body is empty then.
    """

    wanted: Wanted
    way: tuple[Exchange, ...]
    body: bytes
    unchanged: bool = False

    @property
    def last(self) -> Exchange:
        """The exchange that the body came with."""
        return self.way[-1]

    @property
    def url(self) -> str:
        """The address that the body came from, after redirects."""
        return self.way[-1].url

    @property
    def media(self) -> str | None:
        """The media type that it was served with."""
        return self.way[-1].header("content-type")


class Fault(StrEnum):
    """Why an address was not fetched."""

    FORBIDDEN = "forbidden"  # by robots.txt, by the guard or by what an address may be
    GONE = "gone"  # the host says that there is no such page, or none for us
    BROKEN = "broken"  # what came is not usable: too large, damaged, a loop of redirects
    UNREACHABLE = "unreachable"  # no connection, no answer, an error of the host's own
    PUT_OFF = "put off"  # the host's turn is too far away to wait for


@dataclass(frozen=True, slots=True)
class Missed:
    """An address that was not fetched, and why; ``again_s`` is in how many seconds it is worth another try."""

    wanted: Wanted
    fault: Fault
    reason: str
    again_s: float | None = None
    status: int | None = None


Outcome = Fetched | Missed


@dataclass(slots=True)
class Host:
    """What is remembered of a host: when it may be asked again, how often it failed in a row, its robots.txt.

    Times are seconds since the epoch (UTC), so that they last from one run to the next.
    """

    name: str
    next_at: float = 0.0
    failures: int = 0
    robots: str | None = None
    robots_at: float = field(default=0.0)
