"""The weights that ship say the same to numpy as to the network that they were trained in."""

import sys
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the train extra")
pytest.importorskip("transformers", reason="needs the train extra")
sys.path.insert(0, str(Path(__file__).parents[3] / "training"))

from garrison.extraction.learned.boundaries import BOUNDARY_WIDTH  # noqa: E402
from garrison.extraction.learned.encoder import model  # noqa: E402
from garrison.extraction.learned.features import ANCHOR_WIDTH, ODDS_WIDTH  # noqa: E402
from garrison.extraction.learned.heads import Heads  # noqa: E402
from garrison.extraction.learned.pairs import PAIR_WIDTH  # noqa: E402
from garrison.vocabulary import Kind  # noqa: E402
from network import Heads as Network  # noqa: E402
from quotes import Side  # noqa: E402

RNG = np.random.default_rng(0)


def table(rows, width):
    return RNG.normal(size=(rows, width)).astype(np.float32)


@pytest.fixture(scope="module")
def pair():
    """The second member of the shipped panel, alone, in numpy and in torch."""
    with as_file(files("garrison.extraction.learned").joinpath("model/heads.npz")) as path, np.load(path) as stored:
        member = {name[2:]: stored[name].astype(np.float32) for name in stored.files if name.startswith("1/")}
    network = Network(len(model().marks))
    network.load_state_dict({name: torch.from_numpy(weight.copy()) for name, weight in member.items()})
    return Heads.of([member]), network.eval()


@torch.no_grad()
def test_anchors_and_their_kinds_agree(pair):
    shipped, network = pair
    spans, features, marks = table(4, 192), table(4, ANCHOR_WIDTH), table(4, len(model().marks))
    mine = shipped.anchors(spans[None], features, marks)
    theirs = network.anchors(*(torch.from_numpy(each) for each in (spans, features, marks)))
    assert np.allclose(mine[0], theirs.numpy(), atol=1e-3)
    odds = features[:, -ODDS_WIDTH:]
    logits = network.kind(theirs) + network.odds(torch.from_numpy(odds))
    assert np.allclose(shipped.kinds(mine, odds)[0], torch.sigmoid(logits).numpy(), atol=1e-3)


@torch.no_grad()
def test_the_scores_of_options_agree(pair):
    shipped, network = pair
    claims, options, pairs = table(2, 256), table(5, 192), table(10, PAIR_WIDTH)
    mine, none = shipped.scores(
        "place", claims[None], shipped.options("place", options[None]), pairs.reshape(5, 2, PAIR_WIDTH)
    )
    which = torch.arange(2).repeat(5)
    given = torch.from_numpy(options).repeat_interleave(2, 0)
    theirs, absent = network.scores("place", torch.from_numpy(claims), which, given, torch.from_numpy(pairs))
    assert np.allclose(mine[0], theirs.numpy().reshape(5, 2), atol=1e-3)
    assert np.allclose(none[0], absent.numpy(), atol=1e-3)


@torch.no_grad()
def test_the_ends_of_quotations_agree():
    ends, side = model().ends, Side()
    side.load_state_dict(
        {
            name.removeprefix("left."): torch.from_numpy(w)
            for name, w in ends.weights.items()
            if name.startswith("left.")
        }
    )
    features, kind = table(6, BOUNDARY_WIDTH), np.eye(len(Kind), dtype=np.float32)[1]
    theirs = side.eval()(torch.from_numpy(features), torch.from_numpy(kind)).exp().numpy()
    assert np.allclose(ends.chances("left", features, kind), theirs, atol=1e-4)
