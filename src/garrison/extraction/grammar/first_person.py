"""First person: whose "our troops" are and who "we" is, by who is quoted."""

from __future__ import annotations

import re

from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.naming.actors import Form
from garrison.vocabulary import Actor, Role, Span

_OUR = re.compile(r"\bour\s(?:own\s)?(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_WE = re.compile(
    r"\bwe(?:['’](?:re|ve|ll|d))?\s(?:(?!(?:they|he|she|it|and|but|who|which|that)\b)[\w’'-]+\s){0,7}$", re.IGNORECASE
)
_BEFORE = 70  # characters looked at before a force and its verb
_OFFICIAL = frozenset({Role.GOVERNMENT, Role.FORCE})


def of_ourselves(scene: Scene, sentence: Span, start: int, governed: Governed | None) -> Actor | None:
    """Whose a force that begins at ``start`` is, where a quoted official calls it "ours" or says what "we" do."""
    if _OUR.search(scene.text, max(sentence.start, start - _BEFORE), start) is None:
        verb = governed.trigger.span.start if governed is not None else start
        if _WE.search(scene.text, max(sentence.start, verb - _BEFORE), verb) is None:
            return None
    return speaking_for(scene, start)


def speaking_for(scene: Scene, at: int) -> Actor | None:
    """The country or group for which the official speaks who is quoted at ``at``."""
    quoting = [scope for scope in scene.attributions if scope.scope.start <= at < scope.scope.end]
    for scope in sorted(quoting, key=lambda each: len(each.scope)):
        official = any(source.role in _OFFICIAL for source in scope.sources)
        for named in within(scene.actors, scope.cue):
            if named.form is Form.LEADER or (official and not stands_for_a_place(scene, named)):
                return named.actor
    return None
