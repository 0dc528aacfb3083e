"""Which trigger governs a body: what the sentence says that the force does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.clauses import OF_ITSELF, has_a_subject, is_aside
from garrison.extraction.grammar.driving import is_driving, takes_nobody
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.exercise_words import only_meets, takes_part
from garrison.extraction.grammar.named import is_recipient
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import DRIVEN, Trigger, Voice
from garrison.extraction.grammar.words import words
from garrison.vocabulary import Asset, Kind, Span

# How much better one reading is than another; chosen on the train and written passages by core F1.
_BASE = {
    (Voice.SUBJECT, "before"): 9.0,
    (Voice.OBJECT, "after"): 9.0,
    (Voice.OBJECT, "passive"): 9.5,
    (Voice.OBJECT, "before"): 1.0,
    (Voice.SUBJECT, "after"): 2.0,
    (Voice.NOUN, "of"): 9.0,
    (Voice.NOUN, "beside"): 8.0,
    (Voice.NOUN, "apart"): 2.5,
}
_WORD = 0.35
_CLAUSE = 2.5
_COMMA = 0.7
_WEAK = 2.0  # "reservists" beside a number is a strength only where no verb says more
_PART = 4.0  # a semicolon, beyond the clause that it ends
_TOLD = 1.0  # "ordered the soldiers to leave": what they are to do says more than the order
_THRESHOLD = 1.0
_LONGEST_OPENING = 16  # characters in which a relative clause opens
_LONGEST_CLAUSE = 80  # characters before a force in which its clause may open
_FARTHEST = 240  # characters between a force and a verb, beyond which the words between cost more than any fit

_CLAUSE_WORDS = (
    *("that", "which", "who", "whose", "while", "although", "though", "because", "after", "before", "but", "whereas"),
    *("when", "if", "as", "where", "said", "says", "so"),
)
_CLAUSE_BREAK = re.compile(rf"[;:—]|\s[-–]\s|\b(?:{'|'.join(_CLAUSE_WORDS)})\b", re.IGNORECASE)
_CLAUSE_OPENERS = frozenset(_CLAUSE_WORDS)
_DASH, _WORDS = re.compile(r"\s-\s"), re.compile(r"\w+")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s*(?:\w+ly|now|also|still|already|not|first|then)?\s*$",
    re.IGNORECASE,
)

RELATIVE = re.compile(r"^\s*,? (?:which|who|that) (?=(?:is|are|was|were|has|have|had) )")
"""What opens a relative clause right after a force, which says what the force does ("the Brigade, which is in …")."""

_VERB_WORDS = (
    *("has", "have", "had", "will", "would", "may", "might", "could", "can", "should", "must", "is", "are", "was"),
    *("were", "be", "been", "being", "not", "also", "now", "already", "still", "reportedly", "again", "agree"),
    *("agreed", "agrees", "plans", "planned", "plan", "began", "begun", "begin", "begins", "start", "starts"),
    *("started", "continue", "continues", "continued", "decided", "expected", "set", "due", "ready", "likely"),
    *("about", "going", "ordered", "forced", "allowed", "want", "wants", "wanted", "trying", "tried", "tries"),
    *("intend", "intends", "hope", "hopes", "vows", "vowed", "promised", "pledged", "refuse", "refused", "preparing"),
    *("prepare", "prepared"),
)
VERB_PHRASE = rf"(?:(?:{'|'.join(_VERB_WORDS)})\s+(?:to\s+)?)"
"""A word that a verb's own phrase may begin with ("has agreed to withdraw")."""
_CHAIN = re.compile(rf"\b{VERB_PHRASE}+$", re.IGNORECASE)
_CHAINED = (*_VERB_WORDS, "to")
"""What such a phrase ends in, looked for first."""


_PASSING = re.compile(
    r",? (?:(?:which|who|that) (?:is|are|was|were|has been|have been) )?(?:now |currently |still |already )?"
)
_PREDICATE = re.compile(
    r" (?:(?:in|at|on|near|inside|across|around|along|outside) )?(?:[\w’'-]+ ){1,6}?"
    r"(?:(?:has|have|had|will|would|may|might|could|can|should|must|is|are|was|were) "
    r"(?:not |soon |also |all |now |eventually )?"
    r"(?:be |been |being |to |to be |due to |due to be |expected to |set to |likely to )?)"
)
_FINITE = frozenset(
    {"remain", "remains", "stay", "stays", "stand", "stands", "sit", "sits", "lie", "lies", "are there", "is there"}
)
_CLOSING = frozenset({"close", "closes", "closed", "closing", "shut", "shuts", "shutting"})  # what bases alone do
_SAID = 6.0  # the fit from which a second verb says something of its own
_BY = re.compile(r"\bby (?:the )?$")
_BEING = frozenset({"", "is", "are", "was", "were", "has been", "have been"})
_RELIEF = words("relieving") | words("relieved_by")
_RELIEVED = frozenset({Asset.PERSONNEL, Asset.UNIT, Asset.WARSHIP, Asset.COMBAT_AIRCRAFT})
MOVING = "a noun of moving"
"""The rule by which a noun of moving stands for a force that nobody names: "the US withdrawal"."""
_MOVES = frozenset({Kind.WITHDRAW, Kind.RELOCATE, Kind.DEPLOY})


_INSERTED = re.compile(
    rf"\)?(?:, (?!but\b|while\b|yet\b)(?:[^;:.–—]|\.(?=\d)){{3,110}},| [–—-] [^;:.–—]{{3,110}} [–—-])\s{VERB_PHRASE}*",
    re.IGNORECASE,
)
_OBLIQUE = re.compile(r"\s(?:by|to)\s(?:(?:the|its|their|an?|some|several)\s)?(?:[A-Z][\w-]+\s){0,2}")
_SERVED_WITH = re.compile(
    r"\s(?:(?:in|at|off|to|of)\s)?(?:the\s)?(?:[A-Z][\w-]*\s|and\s){1,5}(?:in\s\d{4}\s)?with\s(?:the\s)?(?:[A-Z][\w’'-]*\s){0,3}"
)
"""The words between a person who served and the unit that he served with: "served in Iraq with the 1st Division"."""
_TAKES = re.compile(
    r"\s(?:an?|the|its|their|his|some|several|more|about|around|at\sleast|up\sto|hundreds|thousands|dozens|two|three|four|five|six|"
    r"seven|eight|nine|ten|\d[\d,.]*)\s(?!(?:[a-z]+\s){0,2}(?:km|kilomet\w+|miles?|met(?:re|er)s|years?|months?|weeks?|days?|"
    r"hours?|decades?|nights?|times?|ago|more)\b)(?!\d)|"
    r"\s(?:(?:more|additional|extra|small|fresh|further|new|armed|ground|combat|special)\s)?(?:troops|soldiers|men|personnel|"
    r"elements|reinforcements|forces|police|tanks|jets|warships|helicopters|drones|vehicles|units)\b"
)
"""What a verb has for its object ("sent an armoured convoy"), and no distance or time ("sent a year ago")."""
_RELATIVE_OPEN = re.compile(r",\s(?:who|which|whose|where)\s[^,;:]*$")


@dataclass(frozen=True, slots=True)
class Governed:
    """A body with the trigger that governs it, the kind of claim it makes and how well they fit."""

    trigger: Trigger
    kind: Kind | None
    voice: Voice
    passive: bool
    fit: float


def readings_of(scene: Scene, body: Body, triggers: Sequence[Trigger], listed: Span | None = None) -> list[Governed]:
    """Every reading of ``body`` under the ``triggers`` of its sentence that are near enough to fit at all.

    ``listed`` covers the forces that are listed with it, which a verb before or after them has all for its own.
    """
    found: list[Governed] = []
    told_of = RELATIVE.match(scene.text[body.span.end : body.span.end + _LONGEST_OPENING])
    if told_of is None and is_recipient(scene, body):
        kept = words("hosts") | words("relieved_by")
        triggers = [trigger for trigger in triggers if trigger.form in kept]
    if body.asset is Asset.BASE:
        triggers = [trigger for trigger in triggers if not carries(trigger)]
    if body.rule == MOVING:
        triggers = [each for each in triggers if each.span == body.head or not _moves_only(each)]
    told = OF_ITSELF.match(scene.text, body.span.end)
    if told is not None:  # "the rebels said they had entered the town"
        triggers = [each for each in triggers if not told.start() <= each.span.start < told.end()]
    for trigger in triggers:
        if trigger.form in words("seated") and _is_of_command(scene, body, trigger):
            continue
        gap = max(trigger.span.start - body.head.end, body.head.start - trigger.span.end)
        if gap <= _FARTHEST and (not trigger.span.overlaps(body.head) or _is_noun(trigger)):
            outside = listed is not None and not trigger.span.overlaps(listed)
            head = _with_army(body) if listed is None or not outside else listed
            if told is not None and trigger.span.start >= told.end():
                head = Span(head.start, told.end())
            closes = trigger.form in _CLOSING and body.asset is not Asset.BASE
            read = _readings(scene, head, trigger, parted=is_parted(scene, body, trigger))
            if is_aside(trigger, scene.text[trigger.span.end : body.head.start]):
                read = [each for each in read if each.voice is not Voice.OBJECT]
            read = _of_relief(scene, body, trigger, read) if trigger.form in _RELIEF else read
            alone = closes and body.asset is Asset.PERSONNEL  # people are not closed either
            found.extend(each for each in read if not (alone or (closes and each.voice is Voice.SUBJECT)))
    return found


def carries(trigger: Trigger) -> bool:
    """Whether a verb is one of carrying, which no base is the object of: "flew from the base on Diego Garcia"."""
    return trigger.form.split(" ", 1)[0] in words("carrying")


def _is_of_command(scene: Scene, body: Body, trigger: Trigger) -> bool:
    """Whether a verb says where the unit is that a force is under: "men of 144 Battalion under 14 Brigade based in"."""
    if trigger.span.start < body.span.end:
        return False
    between = within(scene.units, Span(body.span.end, trigger.span.start))
    if not between or scene.text[between[-1].span.end : trigger.span.start].strip(" ,"):
        return False
    led = between[-1].sort not in ("mission", "operation")
    return led and scene.text.endswith(("under ", "under the "), body.span.end, between[-1].span.start)


def _moves_only(trigger: Trigger) -> bool:
    """Whether a trigger says nothing else than that something moves, which a noun of moving says of itself."""
    return trigger.kinds() <= _MOVES


def _of_relief(scene: Scene, body: Body, trigger: Trigger, readings: list[Governed]) -> list[Governed]:
    """The ``readings`` under a verb of relief that fit the side of it that a force stands on.

    Who replaces goes there, who is replaced leaves. What is no force of people or ships is replaced by new makes.
    """
    ahead = body.head.start < trigger.span.start
    if not ahead and _BY.search(scene.between(trigger.span, body.head)):
        return []
    left = not ahead
    if trigger.form in words("relieved_by"):
        left = ahead
    elif ahead:
        left = _PASSIVE.search(scene.between(body.head, trigger.span)) is not None
    if body.asset not in _RELIEVED and not (left and trigger.form.startswith("hand")):
        return []
    return [reading for reading in readings if (reading.kind is Kind.WITHDRAW) is left]


def _with_army(body: Body) -> Span:
    """The head of a force, and the army named after it: "the 82 Division of the Nigerian Army"."""
    named = body.unit is not None and body.unit.span == body.head
    return Span(body.head.start, max(body.head.end, body.span.end)) if named else body.head


def governing(readings: Sequence[Governed]) -> Governed | None:
    """The best of the ``readings`` that make a claim; ``None`` if none fits."""
    claims = [reading for reading in readings if reading.kind is not None and reading.fit >= _THRESHOLD]
    return max(claims, key=lambda reading: reading.fit, default=None)


def predicate(scene: Scene, body: Body, governed: Governed, readings: Sequence[Governed]) -> Governed | None:
    """What else the sentence says of a force, one thing in passing: "the 900 troops based in Syria will leave".

    ``governed`` is the best of the ``readings``; ``None`` where the sentence says no more.
    """
    for reading in sorted(readings, key=lambda each: each.trigger.span):
        if reading.trigger.span.start < body.head.end or reading.voice is Voice.NOUN or reading.kind is None:
            continue
        if reading.fit >= _SAID and is_parted(scene, body, reading.trigger):
            return _inside(body, reading, readings) if reading.trigger == governed.trigger else reading
    return _after_participle(scene, body, governed, readings)


def _inside(body: Body, main: Governed, readings: Sequence[Governed]) -> Governed | None:
    """The best reading by what is inserted before the ``main`` verb."""
    end = main.trigger.span.start
    inner = [each for each in readings if body.head.end <= each.trigger.span.start < end and each.kind is not None]
    best = max(inner, key=lambda each: each.fit, default=None)
    return best if best is not None and best.fit >= _SAID and best.voice is not Voice.NOUN else None


def _after_participle(scene: Scene, body: Body, governed: Governed, readings: Sequence[Governed]) -> Governed | None:
    """The reading by the main verb, where ``governed`` is one by a participle right after the force."""
    start = governed.trigger.span.start
    if governed.kind is not Kind.PRESENT or start < body.head.end:
        return None
    if not _PASSING.fullmatch(scene.text, body.head.end, start):
        return None
    for reading in sorted(readings, key=lambda each: each.trigger.span):
        verb = reading.trigger.span
        if verb.start < governed.trigger.span.end or reading.kind not in _MOVES or reading.voice is Voice.NOUN:
            continue
        between = scene.text[governed.trigger.span.end : verb.start]
        passive = bool(_PASSIVE.search(between))
        if _PREDICATE.fullmatch(between) and passive is (reading.voice is Voice.OBJECT):
            return replace(reading, passive=passive, fit=_BASE[Voice.SUBJECT, "before"])
    return None


def moving(scene: Scene, body: Body, governed: Governed, readings: Sequence[Governed]) -> Governed | None:
    """The verb that moves a force of which ``governed`` says where it is in passing: "withdrew the 900 based in …"."""
    start = governed.trigger.span.start
    if governed.kind is not Kind.PRESENT or governed.voice is Voice.NOUN or start < body.head.end:
        return None
    if not _PASSING.fullmatch(scene.text, body.head.end, start) or governed.trigger.form in _FINITE:
        return None
    ahead = [each for each in readings if each.kind in _MOVES and each.trigger.span.end <= body.span.start]
    verbs = [each for each in ahead if each.voice is Voice.OBJECT and each.fit >= _SAID and not each.passive]
    return max(verbs, key=lambda each: each.fit, default=None)


def blocking(readings: Sequence[Governed]) -> float:
    """How well the best reading fits that rules a claim out (*killed*); 0 if there is none."""
    return max((reading.fit for reading in readings if reading.kind is None and reading.fit > 0), default=0.0)


def _is_noun(trigger: Trigger) -> bool:
    return any(sense.voice is Voice.NOUN for sense in trigger.senses)


def inserted(between: str) -> bool:
    """Whether only something inserted parts a subject from its verb: ", with its base at Kotido, has been"."""
    opened = between[between[:1] == ")" :][:3]
    return (opened[:2] == ", " or opened in (" – ", " — ", " - ")) and _INSERTED.fullmatch(between) is not None


def is_parted(scene: Scene, body: Body, trigger: Trigger) -> bool:
    """Whether only something inserted stands between a force, with its unit and actors, and the verb after it."""
    start, unit = trigger.span.start, body.unit
    ahead = unit is not None and unit.span.end <= body.head.start
    if ahead and unit is not None and unit.span.end < start and inserted(scene.text[unit.span.end : start]):
        return True
    if body.head.end < start and inserted(scene.text[body.head.end : start]):
        return True
    end = phrase_of(body).end if body.span.end < start else start
    return end < start and end != body.head.end and inserted(scene.text[end:start])


def _outside(scene: Scene, head: Span, trigger: Trigger) -> float:
    """What it costs that a verb stands outside of the relative clause that the force stands in."""
    if trigger.span.start < head.end or "," not in scene.text[head.end : trigger.span.start]:
        return 0.0
    before = scene.text[max(0, head.start - _LONGEST_CLAUSE) : head.start]
    return 2 * _CLAUSE if _RELATIVE_OPEN.search(before) else 0.0


def _readings(scene: Scene, head: Span, trigger: Trigger, *, parted: bool) -> list[Governed]:
    between = scene.between(head, trigger.span)
    cost = _COMMA if parted else _distance(between) + _outside(scene, head, trigger)
    found = []
    precedes = head.start <= trigger.span.start
    told_of_others = precedes and has_a_subject(scene, head, trigger)
    for sense in trigger.senses:
        passive = False
        if trigger.form in words("participles") and not (precedes and between.strip() in _BEING):
            continue
        if told_of_others and sense.voice is not Voice.NOUN:
            continue
        if sense.voice is Voice.NOUN:
            stripped = between.strip().lower()
            if not stripped or head.overlaps(trigger.span):
                where = "beside"
            elif not precedes and re.match(r"(?:on \w+ |there )?of\b", stripped):
                where = "of"
            else:
                where = "apart"
                if sense.kind is Kind.EXERCISE and not takes_part(between, ahead=precedes):
                    continue
        elif precedes:
            where = "before"
            if sense.voice is Voice.OBJECT and _is_passive(scene, between, trigger):
                where, passive = "passive", True
        else:
            where = "after"
        told = _TOLD if sense.voice is Voice.SUBJECT and precedes and between.strip() == "to" else 0.0
        if told and trigger.form in words("ranging"):
            told = 0.0  # "deployed four ships to patrol the gulf"
        if where == "after" and sense.kind is Kind.EXERCISE and only_meets(between):
            continue  # "held drills after a jet collided with a patrol boat"
        if where == "before" and sense == DRIVEN and is_driving(trigger.form):
            continue  # "the army drove them from Gao"
        if where == "after" and sense.voice is Voice.OBJECT and _OBLIQUE.fullmatch(between):
            where = "before"  # who sends, or is sent something
        if where == "after" and trigger.form in words("serving") and _SERVED_WITH.fullmatch(between):
            where = "before"
        elif trigger.form in words("touring"):
            continue  # "the brigade toured Mali"; but "toured Mali with the brigade"
        if where == "before" and sense.voice is Voice.OBJECT and _TAKES.match(scene.text, trigger.span.end):
            continue  # "the army sent 300 men": it has stayed behind
        fit = (
            _BASE[sense.voice, where]
            + told
            - cost
            - (_WEAK if sense.kind is Kind.STRENGTH and where == "beside" else 0.0)
        )
        found.append(Governed(trigger, sense.kind, sense.voice, passive, fit))
    return found


def _is_passive(scene: Scene, between: str, trigger: Trigger) -> bool:
    """Whether a trigger after the force is a passive or a participle that modifies it."""
    if not trigger.form.split()[0].endswith(("ed", "en", "nt", "t", "wn", "de", "ld", "ut", "pt", "one")):
        return False
    if _PASSIVE.search(between):
        return True
    if trigger.form == "left":  # those who left are gone; only "were left" are there
        return False
    rest = between.strip()
    if is_driving(trigger.form) and not takes_nobody(scene.text, trigger.form, trigger.span):
        return False  # "the army pushed Boko Haram out of Bama"
    if not rest or rest.startswith(("(", ",")):
        return not _clauses(rest) if rest else _TAKES.match(scene.text, trigger.span.end) is None
    pieces = rest.lower().split()
    return pieces[0] in {"will", "to"} and "be" in pieces


def _distance(between: str) -> float:
    opened = RELATIVE.match(between)
    if opened is not None:
        between = between[opened.end() :]
    if not between.isascii() or between.rstrip().lower().endswith(_CHAINED):
        between = _CHAIN.sub("", between)
    count = len(between.split())
    if not count:
        return 0.0
    return count * _WORD + _clauses(between) * _CLAUSE + between.count(", ") * _COMMA + between.count(";") * _PART


def _clauses(between: str) -> int:
    """How often a clause breaks off in the words between: as often as ``_CLAUSE_BREAK`` is found, but sooner told."""
    if not between.isascii():
        return len(_CLAUSE_BREAK.findall(between))
    openers = sum([word in _CLAUSE_OPENERS for word in _WORDS.findall(between.lower())])
    dashes = len(_DASH.findall(between)) if "-" in between else 0
    return openers + dashes + between.count(";") + between.count(":")
