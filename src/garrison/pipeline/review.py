"""Review: a person's judgements as they are put on the command line, into the ledger."""

from __future__ import annotations

from garrison.ledger import Ledger, Verdict
from garrison.vocabulary import UsageError

WITHDRAW = "withdraw"


def judged(ledger: Ledger, claim: str, verdict: str, what: str | None, *, by: str, because: str) -> str:
    """Record a judgement, or withdraw one, and tell in a sentence what was done.

    Args:
        ledger: an open ledger.
        claim: the claim's id or its beginning.
        verdict: ``accept``, ``reject``, ``correct``, ``same-as`` or ``withdraw``.
        what: ``FIELD=VALUE`` to correct, the other claim for ``same-as``, the judgement to withdraw if not the newest.
        by: who decides.
        because: why.

    Raises:
        UsageError: a verdict that is unknown or lacks what it needs, an unknown claim, field or value.
    """
    if verdict == WITHDRAW:
        return _withdrawn(ledger, claim, what, by=by, because=because)
    try:
        chosen = Verdict(verdict)
    except ValueError:
        raise UsageError(f"{verdict!r} is no verdict; it must be {', '.join(Verdict)} or {WITHDRAW}") from None
    field = value = same_as = None
    if chosen is Verdict.CORRECT:
        field, equals, value = (what or "").partition("=")
        if not equals or not field:
            raise UsageError('say what to correct as FIELD=VALUE, such as quantity="about 7,000"')
    elif chosen is Verdict.SAME_AS:
        if not what:
            raise UsageError("say which claim it is the same as: same-as CLAIM")
        same_as = what
    elif what:
        raise UsageError(f"{verdict} takes nothing more, yet {what!r} follows it; put the reason in --because")
    id = ledger.judge(claim, chosen, by=by, because=because, field=field, value=value, same_as=same_as)
    return f"judgement {id} recorded; take it back with: garrison judge {claim} {WITHDRAW} --by NAME --because REASON"


def _withdrawn(ledger: Ledger, claim: str, judgement: str | None, *, by: str, because: str) -> str:
    standing = [one for one in ledger.judgements(ledger.claim(claim).claim) if one.withdrawn is None]
    if judgement:
        standing = [one for one in standing if one.id.startswith(judgement)]
    if not standing:
        which = f"judgement {judgement} of " if judgement else "judgement of "
        raise UsageError(f"there is no {which}claim {claim} to withdraw; list them with: garrison judge {claim}")
    ledger.withdraw(standing[-1].id, by=by, because=because)
    return f"judgement {standing[-1].id} ({standing[-1].verdict}) withdrawn"
