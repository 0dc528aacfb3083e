"""Manners: who asks, through what, how often and how much; what a watched host gets to see of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from garrison.gathering.guard import Guard, allowed_servers
from garrison.vocabulary.errors import UsageError

DELAY_S = 5.0
"""Seconds between two requests to one host."""
LONGEST_WAIT_S = 24 * 3600.0
"""Seconds that a host may tell us to stay away, and the longest backoff."""
TEST_SERVERS = "GARRISON_TEST_SERVERS"
"""The environment variable with a developer's servers, which are allowed by name."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost.

    ``received`` and ``unpacked`` are bytes of a body before and after its content encoding is undone; ``seconds`` is
    for a whole answer, ``silence_s`` without any byte, ``connect_s`` until a connection stands; ``redirects`` is how
    many are followed.
    """

    received: int = 32 * 2**20
    unpacked: int = 32 * 2**20
    seconds: float = 60.0
    silence_s: float = 20.0
    connect_s: float = 15.0
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Manners:
    """How Garrison behaves towards hosts.

    ``delay_s`` is kept between two requests to a host (more where its robots.txt says so); ``patience_s`` is how long
    a fetch waits for its turn before it is put off; ``at_once`` how many hosts are asked at a time. ``proxy`` is a
    ``socks5h://`` address through which everything goes, names unresolved. With ``revocation``, issuers of
    certificates are asked for their lists of revoked ones.
    """

    user_agent: str
    delay_s: float = DELAY_S
    patience_s: float = 120.0
    at_once: int = 16
    proxy: str | None = None
    robots: bool = True
    revocation: bool = True
    limits: Limits = Limits()
    guard: Guard = field(default_factory=Guard)

    @property
    def token(self) -> str:
        """The name that robots.txt files call this program by."""
        return self.user_agent.partition("/")[0].split()[0]


def manners(
    *,
    user_agent: str | None = None,
    contact: str | None = None,
    proxy: str | None = None,
    delay_s: float = DELAY_S,
    patience_s: float = 120.0,
    revocation: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> Manners:
    """The manners that a person chose.

    Args:
        user_agent: what to call ourselves, instead of ``Garrison/VERSION``.
        contact: a page or mail address for the hosts' owners, told to them in the user agent.
        proxy: ``socks5h://[USER:PASSWORD@]HOST:PORT``.
        delay_s: seconds between two requests to a host, 0 or more.
        patience_s: seconds that a fetch waits for its turn.
        revocation: whether issuers are asked which certificates they revoked.
        environment: where a developer's test servers are named.

    Raises:
        UsageError: a proxy of another sort, words that no header can carry, a negative delay.
    """
    name = (user_agent or software()).strip()
    if contact and contact.strip():
        name = f"{name} (+{contact.strip()})"
    if not name.strip() or not name.isascii() or not name.isprintable():
        raise UsageError("the user agent and the contact go into a header: plain ASCII letters, digits and signs only")
    if not 0 <= delay_s <= LONGEST_WAIT_S:
        raise UsageError(f"the delay between requests is 0 to {LONGEST_WAIT_S:.0f} seconds, not {delay_s:g}")
    if proxy is not None:
        checked_proxy(proxy)
    return Manners(
        user_agent=name,
        delay_s=delay_s,
        patience_s=patience_s,
        proxy=proxy,
        revocation=revocation,
        guard=Guard(allowed_servers(environment.get(TEST_SERVERS, ""))),
    )


def software() -> str:
    """This program's name and version, as in ``Garrison/0.1.0``."""
    from importlib.metadata import version

    return f"Garrison/{version('garrison')}"


def checked_proxy(proxy: str) -> tuple[str, int]:
    """Host and port of a ``socks5h://`` proxy.

    Raises:
        UsageError: it is another sort of proxy, which would resolve names here or see more than it must.
    """
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port or 1080
    except ValueError:
        host, port, parts = None, 0, urlsplit("")
    if parts.scheme != "socks5h" or not host:
        # Not repeated, since there may be a password in it.
        raise UsageError("the proxy is written socks5h://HOST:PORT: names are resolved by it, never here")
    return host, port
