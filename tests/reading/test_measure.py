"""The article bodies of saved news pages: at least as good as trafilatura alone, by the benchmark's measure."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT.parent / "shared" / "data" / "reading"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_reading", ROOT / "bench" / "reading.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_body_read_whole_scores_one_and_one_read_twice_half_the_precision(bench):
    body = "Russia has about 7,000 troops in Tajikistan"
    assert bench.scores([bench.counts(body, body)]) == (1.0, 1.0, 1.0)
    precision, recall, _ = bench.scores([bench.counts("a b c d", "a b c d. e")])
    assert (precision, recall) == (0.5, 1.0)


@pytest.mark.skipif(not PAGES.exists(), reason="needs the saved pages in ../shared/data/reading")
def test_bodies_are_at_least_as_good_as_those_of_trafilatura_alone(bench):
    held = bench.pages()
    ours = {name: bench.ours(data) for name, data in held.items()}
    theirs = {name: bench.theirs(data).text for name, data in held.items()}
    reference = bench.scored(theirs)[2]
    assert bench.scored({name: document.text for name, document in ours.items()})[2] >= reference
    assert (
        bench.scored({name: bench.without_captions(document) for name, document in ours.items()})[2] >= reference + 0.01
    )
