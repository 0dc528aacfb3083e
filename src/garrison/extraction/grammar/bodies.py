"""Bodies: the forces of a sentence, each with its number, unit and the actor named beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from garrison.extraction.grammar.scene import Scene, within
from garrison.naming.actors import ActorMention
from garrison.naming.forces import ForceMention
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Mention, Quantity, Span

_LONGEST_PREMODIFIER = 7  # words between a number and the force that it counts
_NO_MODIFIER = frozenset("in at to from into on near for by with who which that were was are is and or but of".split())
_PARTITIVE = frozenset({"of"})


@dataclass(frozen=True, slots=True)
class Body:
    """A force as one noun phrase.

    ``span`` covers the number, the force words and the unit; ``head`` is what the phrase is about (force words,
    unit, or a bare number). ``actor`` is the one named inside or right beside the phrase.
    """

    span: Span
    head: Span
    asset: Asset
    asset_text: str | None
    rule: str
    quantity: Mention[Quantity] | None = None
    unit: UnitMention | None = None
    actor: ActorMention | None = None
    strong: bool = False


def bodies_of(scene: Scene, sentence: Span) -> tuple[Body, ...]:
    """The bodies of ``sentence``, in order."""
    units = within(scene.units, sentence)
    quantities = list(within(scene.quantities, sentence))
    actors = within(scene.actors, sentence)
    forces = [force for force in within(scene.forces, sentence) if not _inside_a_unit(force, units)]
    found: list[Body] = []
    taken: set[Span] = set()
    for force in forces:
        body = _counted(scene, force, forces, quantities, taken)
        body = _with_unit(scene, body, units, taken)
        found.append(_with_actor(scene, body, actors))
    for unit in units:
        if unit.span not in taken:
            body = Body(unit.span, unit.span, Asset.UNIT, unit.name, "a named unit", unit=unit)
            body = _count_before(scene, body, quantities, taken)
            found.append(_with_actor(scene, body, actors))
    for quantity in quantities:
        if quantity.span not in taken and _stands_alone(scene, quantity, sentence):
            body = Body(quantity.span, quantity.span, Asset.PERSONNEL, None, "a number with no noun", quantity=quantity)
            found.append(_with_actor(scene, body, actors))
    return tuple(sorted(found, key=lambda body: body.head.start))


def _inside_a_unit(force: ForceMention, units: tuple[UnitMention, ...]) -> bool:
    return any(unit.span.covers(force.span) for unit in units)


def _counted(
    scene: Scene,
    force: ForceMention,
    forces: list[ForceMention],
    quantities: list[Mention[Quantity]],
    taken: set[Span],
) -> Body:
    """The force with the number that counts it, before ("400 hardcore fighters") or after ("a force of 400")."""
    body = Body(force.span, force.span, force.asset, force.span.of(scene.text), "a force word")
    before = [q for q in quantities if q.span.end <= force.span.start and q.span not in taken]
    if before:
        number = before[-1]
        gap = scene.text[number.span.end : force.span.start]
        if _is_modifier(gap) and not any(
            other.span.start >= number.span.end and other.span.end <= force.span.start for other in forces
        ):
            taken.add(number.span)
            strong = gap.strip().lower().startswith(("-strong", "strong"))
            return replace(
                body,
                span=Span(number.span.start, force.span.end),
                quantity=number,
                strong=strong,
                rule="a force word with its number before it",
            )
    for number in quantities:
        if number.span in taken or number.span.start < force.span.end:
            continue
        gap = scene.text[force.span.end : number.span.start].strip().lower()
        if gap in {
            "of",
            "of around",
            "numbering",
            "totalling",
            "totaling",
            "now numbering",
            "of some",
            ", numbering",
            ", now",
            "(",
        }:
            taken.add(number.span)
            return replace(
                body,
                span=Span(force.span.start, number.span.end),
                quantity=number,
                rule="a force word with its number after it",
            )
        break
    for number in quantities:
        # "1,200-strong force", "force 3,000 strong"
        if number.span.overlaps(force.span):
            taken.add(number.span)
            return replace(body, quantity=number, rule="a force word with its number inside")
    return body


def _count_before(scene: Scene, body: Body, quantities: list[Mention[Quantity]], taken: set[Span]) -> Body:
    """A unit's own number ("the 3,000-strong Force Intervention Brigade")."""
    before = [q for q in quantities if q.span.end <= body.head.start and q.span not in taken]
    if not before:
        return body
    number = before[-1]
    gap = scene.text[number.span.end : body.head.start].strip().lower()
    if gap in {"-strong", "strong", "of the", "from the", "of", "men of the", "-member", "-man"}:
        taken.add(number.span)
        return replace(
            body,
            span=Span(number.span.start, body.span.end),
            quantity=number,
            asset=Asset.PERSONNEL,
            strong="strong" in gap,
            rule="a named unit with its number before it",
        )
    return body


def _is_modifier(gap: str) -> bool:
    """Whether the words between a number and a force only modify the force ("hardcore Isis")."""
    words = gap.replace("-", " ").split()
    if len(words) > _LONGEST_PREMODIFIER or any(mark in gap for mark in ";:()[].!?\n"):
        return False
    lowered = [word.strip(",’'\"“”").lower() for word in words]
    if lowered[:1] == ["of"]:
        lowered = lowered[1:]
    if gap.count(",") > 1:
        return False
    return not any(word in _NO_MODIFIER for word in lowered)


def _with_unit(scene: Scene, body: Body, units: tuple[UnitMention, ...], taken: set[Span]) -> Body:
    """The unit that the force belongs to: "troops from Russia's 201st Division", "82nd Airborne soldiers"."""
    for unit in units:
        if unit.span in taken:
            continue
        gap = scene.between(body.span, unit.span).strip()
        lowered = gap.lower().split()
        if unit.span.start >= body.span.end:
            close = bool(lowered) and lowered[0] in {
                "from",
                "of",
                "with",
                "in",
                "under",
                "assigned",
                "belonging",
                "attached",
            }
            close = (
                (close and len(lowered) <= 6 and not any(mark in gap for mark in ",;:.")) or gap in {"(", ","} and False
            )
        else:
            close = len(gap) == 0 or (unit.span.end <= body.head.start and not gap)
        if close:
            taken.add(unit.span)
            return replace(
                body, unit=unit, span=Span(min(body.span.start, unit.span.start), max(body.span.end, unit.span.end))
            )
    return body


def _with_actor(scene: Scene, body: Body, actors: tuple[ActorMention, ...]) -> Body:
    """The actor named in the phrase or right beside it ("Russian troops", "soldiers from Chad")."""
    inside = [a for a in actors if body.span.covers(a.span) and not _is_unit_word(a, body)]
    if inside:
        return replace(body, actor=inside[-1])
    for actor in reversed(actors):
        if actor.span.end <= body.span.start:
            gap = scene.text[actor.span.end : body.span.start]
            words = gap.replace("’s", " 's").replace("'s", " 's").split()
            if (
                len(words) <= 3
                and not any(mark in gap for mark in ",;:.()")
                and not _NO_MODIFIER & {w.lower() for w in words}
            ):
                return replace(body, actor=actor)
            break
    for actor in actors:
        if actor.span.start >= body.span.end:
            gap = scene.text[body.span.end : actor.span.start].split()
            if (
                1 <= len(gap) <= 4
                and gap[0].lower() in {"from", "of", "belonging", "loyal"}
                and not any("," in w for w in gap)
            ):
                return replace(body, actor=actor)
            break
    return body


def _is_unit_word(actor: ActorMention, body: Body) -> bool:
    return body.unit is not None and body.unit.span.covers(actor.span) and body.unit.span != body.span


def _stands_alone(scene: Scene, number: Mention[Quantity], sentence: Span) -> bool:
    """Whether a number is followed by no noun that it could count ("7,500 to Nigeria", "the 2,500 in Afghanistan")."""
    rest = scene.text[number.span.end : sentence.end].lstrip()
    first = rest.split(maxsplit=1)[0].strip(",.;:").lower() if rest else ""
    return first in {
        "in",
        "at",
        "to",
        "from",
        "into",
        "on",
        "there",
        "more",
        "by",
        "strong",
        "who",
        "were",
        "are",
        "had",
        "have",
        "remain",
        "remained",
        "active",
    } or not rest.strip(".,; ")
