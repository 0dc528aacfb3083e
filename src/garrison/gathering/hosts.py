"""Hosts: each one's turn, so that it is asked one thing at a time and no oftener than is polite."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from garrison.gathering.exchange import Host
from garrison.gathering.manners import LONGEST_WAIT_S, Manners
from garrison.gathering.retry import backoff_s
from garrison.gathering.robots import Robots


class TurnTooFarError(Exception):
    """The host's turn is further away than there is patience; ``seconds`` says how far."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class Turn:
    """One host's turns: a lock, and when the next request may go out by this machine's steady clock.

    ``down`` is whether it could not be reached: nobody waits for it then, as nobody knows until when.
    """

    host: Host
    lock: asyncio.Lock
    next_at: float
    rules: Robots | None = None
    delay_s: float = 0.0
    down: bool = False

    def sent(self) -> None:
        """A request has just gone out."""
        self.put_off(self.delay_s)

    def put_off(self, seconds: float) -> None:
        """The next request may go out in so many seconds, not before."""
        self.next_at = time.monotonic() + seconds
        self.host.next_at = time.time() + seconds

    def failed(self, seconds: float | None = None) -> float:
        """The host failed; the seconds to stay away, by what it asked for (``seconds``) or by its failures in a row."""
        self.host.failures += 1
        away = max(backoff_s(self.host.failures) if seconds is None else seconds, self.delay_s)
        self.put_off(away)
        return away

    def unreachable(self) -> float:
        """There was no connection or no answer; the seconds to stay away."""
        self.down = True
        return self.failed()

    def answered(self) -> None:
        """The host gave an answer that is no sign of trouble."""
        self.host.failures, self.down = 0, False


@dataclass(slots=True)
class Hosts:
    """All hosts' turns in one run, begun from what is remembered of them."""

    manners: Manners
    remembered: dict[str, Host] = field(default_factory=dict)
    _turns: dict[str, Turn] = field(default_factory=dict)

    def turn(self, name: str) -> Turn:
        """The turns of the host called ``name``."""
        found = self._turns.get(name)
        if found is None:
            host = self.remembered.setdefault(name, Host(name))
            away = max(host.next_at - time.time(), 0.0)
            if away > LONGEST_WAIT_S + 60:
                # No wait lasts so long: the clock was set back since.
                away = 0.0
            found = Turn(host, asyncio.Lock(), time.monotonic() + away, delay_s=self.manners.delay_s)
            self._turns[name] = found
        return found

    @asynccontextmanager
    async def asking(self, turn: Turn) -> AsyncIterator[None]:
        """The host's turn, waited for.

        Raises:
            TurnTooFarError: it is further away than there is patience.
        """
        async with turn.lock:
            away = turn.next_at - time.monotonic()
            if away > max(self.manners.patience_s, turn.delay_s) or (turn.down and away > 0):
                raise TurnTooFarError(away)
            while away > 0:
                await asyncio.sleep(away)
                away = turn.next_at - time.monotonic()
            yield
