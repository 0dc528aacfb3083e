"""Review: what there is to look at, judgements, and claims that were missed. There only where the server may edit."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response

from garrison.ledger import ClaimFilter, Ledger, asking, changing, paging
from garrison.pipeline import adding, queue
from garrison.pipeline.alike import alike
from garrison.pipeline.queue import Wanting
from garrison.publishing.wording import quantity_words
from garrison.server.answering import claims_out, judgement_out
from garrison.server.asked import CursorText, Id, InPath, Limit, Name, OptionalId, Room, answered, cursor, keys_of
from garrison.server.claim_answer import passage
from garrison.server.models.reviewing import (
    Added,
    Alike,
    Decision,
    Draft,
    Judged,
    MissedClaim,
    Queue,
    QueueItem,
    QueueNumbers,
    Withdrawal,
)
from garrison.server.refusing import NotFoundError
from garrison.vocabulary import Place

_CLAIMS = (Wanting.UNCHECKED, Wanting.UNSURE)


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(prefix="/review", tags=["review"])

    @routes.get("/queue", response_model=Queue)
    def listed(
        of: Wanting = Wanting.UNCHECKED,
        place: Name = None,
        actor: Name = None,
        outlet: Name = None,
        document: OptionalId = None,
        by: Name = None,
        limit: Limit = 20,
        cursor_: CursorText = None,
    ) -> Response:
        """What there is to review; ``by`` is who asks, for second opinions on others' judgements."""
        which = ClaimFilter(place=place, actor=actor, outlet=outlet, document=document)
        question = (of, which, by)
        with room.pool.reading() as ledger:
            sorts = {each: queue.judged(ledger, each, by) for each in Wanting if each not in _CLAIMS}
            more: tuple[int, ...] | None
            if of in _CLAIMS:
                after = None
                if cursor_:
                    seq, *keys = keys_of(cursor_, 4, *question)
                    after = paging.Place(seq, tuple(keys))
                asked = replace(which, unsure=True) if of is Wanting.UNSURE else which
                found, next_place = queue.unchecked(ledger, asked, limit, after)
                more = (next_place.seq, *next_place.keys) if next_place else None
            else:
                last = keys_of(cursor_, 2, *question) if cursor_ else ()
                left = [each for each in sorts[of] if queue.position(each[0]) > last]
                found = queue.items(ledger, left[:limit])
                more = queue.position(left[limit - 1][0]) if len(left) > limit else None
            return answered(
                Queue(
                    of=of.value,
                    items=_items(ledger, found, room.settings.excerpt_chars),
                    next=cursor(more, *question) if more else None,
                    numbers=QueueNumbers(
                        unchecked=changing.unchecked(ledger.session),
                        unsure=changing.unsure(ledger.session, asking.moment(ledger.session, None, None)),
                        waiting=len(sorts[Wanting.WAITING]),
                        carried=len(sorts[Wanting.CARRIED]),
                        second=len(sorts[Wanting.SECOND]),
                    ),
                )
            )

    @routes.get("/alike", response_model=Alike)
    def alike_to(claim: Id, limit: Limit = 50) -> Response:
        """The claims that one may be the same as, of the same force and place, near in number and day first."""
        with room.pool.reading() as ledger:
            return answered(Alike(items=claims_out(ledger, alike(ledger, ledger.claim(claim), limit))))

    @routes.get("/parse", response_model=Draft)
    def parse(
        document: Id, start: Annotated[int, Query(ge=0, le=1 << 31)], end: Annotated[int, Query(ge=1, le=1 << 31)]
    ) -> Response:
        """What the grammar sees in selected words, to begin from; nothing where it sees nothing."""
        with room.pool.reading() as ledger:
            seen = adding.draft(ledger, document, start, end)
        return answered(
            Draft(
                kind=seen.kind if seen else None,
                status=seen.status if seen else None,
                asset=seen.asset if seen else None,
                measure=seen.measure if seen else None,
                actor=seen.actor.name if seen and seen.actor else None,
                unit=seen.unit if seen else None,
                quantity=quantity_words(seen.quantity) if seen and seen.quantity else None,
                place=_written(seen.place) if seen else None,
                origin=_written(seen.origin) if seen else None,
                when=f"{seen.when.start or '..'}/{seen.when.end or '..'}" if seen and seen.when else None,
            )
        )

    @routes.post("/judgements", response_model=Judged, status_code=201)
    def judge(given: Decision) -> Response:
        """Accept, reject or correct a claim, or call it the same as another."""
        with room.pool.writing() as ledger:
            id = ledger.judge(
                given.claim,
                given.verdict,
                by=given.by,
                because=given.because,
                field=given.field,
                value=given.value,
                same_as=given.same_as,
            )
            return _made(_judged(ledger, given.claim, id))

    @routes.post("/judgements/{id}/withdraw", response_model=Judged)
    def withdraw(id: InPath, given: Withdrawal) -> Response:
        """Take a judgement back; it stays on record as withdrawn."""
        with room.pool.writing() as ledger:
            found = [one for one in ledger.judgements() if one.id.startswith(id.lower())]
            if len(found) != 1:
                raise NotFoundError(f"no single judgement begins with {id!r}")
            ledger.withdraw(found[0].id, by=given.by, because=given.because)
            return answered(_judged(ledger, found[0].claim, found[0].id))

    @routes.post("/claims", response_model=Added, status_code=201)
    def add(given: MissedClaim) -> Response:
        """Add a claim that was missed, by the words that make it."""
        fields = {name: None if value is None else str(value) for name, value in given.fields.model_dump().items()}
        with room.pool.writing() as ledger:
            id = adding.added(
                ledger, given.document, given.start, given.end, fields, by=given.by, because=given.because
            )
            return _made(Added(claim=claims_out(ledger, [ledger.claim(id)])[0]))

    return routes


def _made(model: Judged | Added) -> Response:
    made = answered(model)
    made.status_code = 201
    return made


def _judged(ledger: Ledger, claim: str, judgement: str) -> Judged:
    cited = ledger.claim(claim)
    one = next(each for each in ledger.judgements(cited.claim) if each.id == judgement)
    return Judged(judgement=judgement_out(one), claim=claims_out(ledger, [cited])[0])


def _items(ledger: Ledger, found: list[queue.Item], excerpt: int | None) -> list[QueueItem]:
    claims = iter(claims_out(ledger, [each.evidence.citation for each in found if each.evidence]))
    return [
        QueueItem(
            claim=next(claims) if each.evidence else None,
            judgement=judgement_out(each.judgement) if each.judgement else None,
            passage=passage(each.evidence, excerpt) if each.evidence else None,
            others=[judgement_out(one) for one in each.others],
        )
        for each in found
    ]


def _written(place: Place | None) -> str | None:
    """A place as a person writes it when correcting."""
    if place is None:
        return None
    return place.name if place.iso3 is None else f"{place.name} ({place.iso3})"
