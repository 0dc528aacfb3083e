"""Windows: every sentence that speaks of a force is read once, with its neighbours."""

import itertools
import re

from garrison.extraction.learned.windows import windows_of

FORCE = "Two battalions of the 4th Brigade were sent to Gao. "
IDLE = "The harvest was late and the market stayed shut for a week. "


def starts(text):
    return [match.start() for match in re.finditer(r"\S+", text)]


def windows(text):
    return windows_of(text, starts(text))


def test_a_text_without_a_force_word_has_no_window():
    assert windows(IDLE * 500) == ()


def test_a_short_text_is_one_window():
    (window,) = windows(FORCE + IDLE)
    assert window.core.start == 0
    assert window.core.end == len(FORCE + IDLE)


def test_every_force_sentence_lies_in_exactly_one_core():
    text = (FORCE + IDLE * 3) * 60
    found = windows(text)
    assert len(found) > 5
    for match in re.finditer(re.escape(FORCE.strip()), text):
        assert sum(w.core.start <= match.start() and match.end() <= w.core.end for w in found) == 1


def test_cores_do_not_overlap_and_lie_in_their_windows():
    found = windows((FORCE * 7 + IDLE * 9) * 30)
    assert all(w.span.covers(w.core) for w in found)
    assert all(left.core.end <= right.core.start for left, right in itertools.pairwise(found))


def test_sentences_far_from_any_force_are_in_no_window():
    text = FORCE + IDLE * 400 + FORCE
    assert sum(len(window.span) for window in windows(text)) < len(text) / 5


def test_a_window_has_a_bounded_number_of_tokens():
    text = "soldiers in Gao " * 4000
    longest = max(len(starts(window.span.of(text))) for window in windows(text))
    assert longest <= 340


def test_a_sentence_longer_than_a_core_is_cut_and_nothing_of_it_is_lost():
    text = "soldiers and tanks, " * 2000
    covered = "".join(window.core.of(text) for window in windows(text))
    assert covered.strip() == text.strip()
