"""Telling: news sent to whom the rules name, once each, tried again where it could not be sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from garrison.ledger import Ledger, noticing
from garrison.pipeline.notice_rules import Rules
from garrison.pipeline.noticing import told_of
from garrison.publishing.notices import message
from garrison.vocabulary import UsageError

FIRST_TRY_S = 60.0
LONGEST_S = 24 * 3600.0
MOST_TRIES = 12
Send = Callable[[str, str, str], bool]
"""Sends title and text to an address; whether it arrived."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: messages that arrived, and addresses that could not be reached, with what becomes of it."""

    arrived: int
    failed: tuple[str, ...]


def tell(ledger: Ledger, rules: Rules, send: Send, *, now: Callable[[], float] | None = None) -> Sent:
    """Send what is due, one message to an address; what does not arrive is due again, later each time."""
    now = now or time.time
    arrived, failed = 0, []
    for target in rules.to:
        waiting = noticing.due(ledger.session, target, now())
        told = told_of(ledger, [notice for notice, _ in waiting])
        gone = {notice.pk for notice, _ in waiting} - {each.id for each in told}
        # What it was about has been erased since: nobody is told.
        with ledger.session.writing():
            noticing.sent(ledger.session, target, gone)
        if not told:
            continue
        if send(target, *message(told, content=rules.content)):
            with ledger.session.writing():
                noticing.sent(ledger.session, target, [each.id for each in told])
            arrived += 1
            continue
        tries = {notice.pk: tried + 1 for notice, tried in waiting if notice.pk not in gone}
        again = {pk: None if tried >= MOST_TRIES else now() + wait_s(tried) for pk, tried in tries.items()}
        with ledger.session.writing():
            noticing.missed(ledger.session, target, again)
        given_up = sum(each is None for each in again.values())
        end = f"; given up after {MOST_TRIES} tries: {given_up}" if given_up else "; it is tried again"
        failed.append(f"{masked(target)}: {len(told)} new could not be sent{end}")
    return Sent(arrived, tuple(failed))


def checked_way(rules: Rules, proxy: str | None) -> None:
    """Nothing, where messages may go out as they would.

    Raises:
        UsageError: pages are fetched through a proxy, and messages, which would go past it, were not allowed to.
    """
    if proxy is not None and rules.to and not rules.outside_proxy:
        raise UsageError(
            "messages do not go through the proxy, so whoever watches this connection would see them: leave --proxy or "
            "the addresses out, or say outside_proxy = true under [send]"
        )


def wait_s(tried: int) -> float:
    """Seconds until the next try after so many."""
    return float(min(FIRST_TRY_S * 2 ** (tried - 1), LONGEST_S))


def masked(target: str) -> str:
    """An address without what may be a password: its service and nothing more."""
    return f"{target.partition('://')[0]}://…"


def through_apprise(targets: Sequence[str]) -> Send:
    """What sends to ``targets``.

    Raises:
        UsageError: apprise is not installed, or does not know an address.
    """
    try:
        import apprise
    except ImportError:
        raise UsageError(
            "messages are sent by apprise, which is not installed: pip install 'garrison[notify]'"
        ) from None
    # It logs what it sends, and whereto.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    from garrison.gathering.manners import software

    asset = apprise.AppriseAsset(app_id="Garrison", app_desc=software(), async_mode=False, storage_mode="memory")
    senders = {}
    for target in targets:
        sender = apprise.Apprise(asset=asset)
        if not sender.add(target):
            raise UsageError(f"apprise knows no address such as {masked(target)}; its list: https://appriseit.com")
        senders[target] = sender

    def send(target: str, title: str, text: str) -> bool:
        try:
            return bool(senders[target].notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT))
        except Exception:  # whatever one of its hundred services raises, the next round tries again
            return False

    return send
