"""Robots: what a host's robots.txt lets this program fetch, and how often (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

LIMIT = 500 * 2**10
"""Bytes of a robots.txt that are looked at (RFC 9309, 2.5)."""
LASTS_S = 24 * 3600.0
"""Seconds that a robots.txt is held to (RFC 9309, 2.4)."""
LONGEST_DELAY_S = 300.0
"""The longest crawl delay that is kept to; hosts that ask for more are asked this often."""
ALLOW_ALL = ""
FORBID_ALL = "User-agent: *\nDisallow: /\n"
_LONGEST_LINE = 2000
_MOST_WILDCARDS = 8


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host."""

    rules: Protego
    token: str

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be fetched."""
        return bool(self.rules.can_fetch(url, self.token))

    @property
    def delay_s(self) -> float:
        """The seconds between requests that the host asks for, 0 if it asks for none."""
        delay = self.rules.crawl_delay(self.token) or 0.0
        rate = self.rules.request_rate(self.token)
        if rate is not None and rate.requests > 0:
            delay = max(delay, rate.seconds / rate.requests)
        return min(max(float(delay), 0.0), LONGEST_DELAY_S)


def rules_of(text: str, token: str) -> Robots:
    """The rules in the ``text`` of a robots.txt for the program called ``token``."""
    return Robots(Protego.parse(text), token)


def bounded(body: bytes) -> str:
    """The text of a robots.txt, cut to what is looked at and without lines that are written to be slow to match."""
    text = body[:LIMIT].decode("utf-8", "replace").lstrip("\ufeff")
    kept = (line for line in text.splitlines() if len(line) <= _LONGEST_LINE and line.count("*") <= _MOST_WILDCARDS)
    return "\n".join(kept)


def rules_after(status: int, body: bytes) -> str:
    """The rules that hold after a host answered ``status`` to the request for its robots.txt (RFC 9309, 2.3.1)."""
    if status < 300:
        return bounded(body)
    return FORBID_ALL if status == 429 or status >= 500 else ALLOW_ALL
