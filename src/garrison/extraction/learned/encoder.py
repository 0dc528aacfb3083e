"""The shipped model: the encoder as a quantised ONNX graph, its tokenizer, and the weights of the heads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from threading import Lock, Thread
from typing import Any

import numpy as np
import numpy.typing as npt

from garrison.extraction.learned.heads import Heads
from garrison.extraction.learned.quoting import Ends
from garrison.extraction.learned.worth import Worth

__all__ = ["Model", "begin_loading", "model", "tokenizer"]

_LOADING = Lock()
_ENDS = "ends/"  # before the names of the weights for quotations


@dataclass(frozen=True)
class Model:
    """Everything that a reading needs.

    ``marks`` numbers the grammar's marks, ``settings`` are those of the card; ``streams`` says for each member of the
    panel which of the encoder's outputs it reads: the lower layers as they were pre-trained, or the upper ones as they
    were trained for this.
    """

    session: Any  # onnxruntime has no stubs
    panel: Heads
    streams: tuple[str, ...]
    ends: Ends
    worth: Worth
    marks: dict[str, int]
    settings: dict[str, Any]

    def vectors(self, ids: npt.NDArray[np.int64]) -> list[npt.NDArray[np.float32]]:
        """The vectors of one passage's tokens, for each member of the panel those that it reads."""
        wanted = sorted(set(self.streams))
        given = self.session.run(wanted, {"input_ids": ids[None]})
        found = {stream: each[0] for stream, each in zip(wanted, given, strict=True)}
        return [found[stream] for stream in self.streams]


@cache
def tokenizer() -> Any:  # the tokenizers library has no stubs
    """The encoder's tokenizer, loaded once."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(_folder().joinpath("tokenizer.json").read_text(encoding="utf-8"))


def model() -> Model:
    """The model of the package, loaded once, whichever thread asks first."""
    with _LOADING:
        return _loaded()


def begin_loading() -> None:
    """Begins to load the model in a thread of its own if it is not there yet: much of that is no work for Python, so
    that the rules can load their names meanwhile."""
    if not _LOADING.locked() and not _loaded.cache_info().currsize:
        Thread(target=model, daemon=True).start()


def _folder() -> Traversable:
    return files("garrison.extraction.learned").joinpath("model")


@cache
def _loaded() -> Model:
    import onnxruntime

    folder = _folder()
    settings = json.loads(folder.joinpath("settings.json").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Results are the same on every machine and for every neighbour: one passage a run, no spinning threads.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with as_file(folder.joinpath("encoder.onnx")) as path:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    with as_file(folder.joinpath("heads.npz")) as path, np.load(path) as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files}
    ends = Ends({name.removeprefix(_ENDS): weights.pop(name) for name in list(weights) if name.startswith(_ENDS)})
    worth = Worth.from_settings(settings["worth"])
    marks = {mark: number for number, mark in enumerate(settings["marks"])}
    return Model(session, _panel(weights), tuple(settings["streams"]), ends, worth, marks, settings)


def _panel(weights: dict[str, npt.NDArray[np.float32]]) -> Heads:
    """The heads of the panel, whose members' weights are stored as ``number/name``."""
    members: dict[str, dict[str, npt.NDArray[np.float32]]] = {}
    for name, weight in weights.items():
        number, layer = name.split("/", 1)
        members.setdefault(number, {})[layer] = weight
    return Heads.of([members[number] for number in sorted(members)])
