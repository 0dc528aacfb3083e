"""Export: the trained encoder as a quantised ONNX graph, and the heads' weights, into the package."""

from __future__ import annotations

import hashlib
import json
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from encoder import Encoder, weights_folder
from network import Heads

MODEL = Path(__file__).parents[1] / "src/garrison/extraction/learned/model"


class _Pass(nn.Module):
    """One unpadded passage through the encoder; no mask is needed."""

    rows: Tensor
    scales: Tensor

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        # Eight bits a word vector with a scale of its own: one scale for all would lose the small ones.
        words = encoder.bert.embeddings.word_embeddings.weight.detach()
        scales = words.abs().amax(1, keepdim=True) / 127
        self.register_buffer("scales", scales)
        self.register_buffer("rows", (words / scales.clamp_min(1e-12)).round().to(torch.int8))

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor]:
        words = self.rows[input_ids].float() * self.scales[input_ids]
        lower = self.encoder.lower(words, None)
        return lower, self.encoder.upper(lower, None)


def encoder_file(encoder: Encoder, folder: Path = MODEL) -> Path:
    """Writes the encoder, its weights in eight bits, to ``encoder.onnx``."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    encoder.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _Pass(encoder),
                (torch.ones(1, 16, dtype=torch.long),),
                str(plain),
                input_names=["input_ids"],
                output_names=["lower", "upper"],
                dynamic_axes={name: {0: "batch", 1: "length"} for name in ("input_ids", "lower", "upper")},
                opset_version=17,
                dynamo=False,
            )
        optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384).save_model_to_file(str(fused))
        out = folder / "encoder.onnx"
        # The fused operators are unknown to shape inference; everything is a float there.
        quantize_dynamic(
            str(fused),
            str(out),
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    return out


def heads_file(panel: Sequence[Heads], ends: nn.ModuleDict, folder: Path = MODEL) -> Path:
    """Writes the weights of the panel's members, as ``number/name``, and of the ends of quotations, as ``ends/name``,
    to ``heads.npz``."""
    parts = {**{str(number): heads.state_dict() for number, heads in enumerate(panel)}, "ends": ends.state_dict()}
    weights = {
        f"{part}/{name}": value.detach().numpy() for part, state in parts.items() for name, value in state.items()
    }
    return heads_weights_file(weights, folder)


def heads_weights_file(weights: Mapping[str, np.ndarray], folder: Path = MODEL) -> Path:
    """Writes weights by the names that they have there to ``heads.npz``, in half precision."""
    out = folder / "heads.npz"
    halves = {name: value.astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(out, **halves)  # type: ignore[arg-type]  # numpy's stub takes its options for arrays
    return out


def settings_file(settings: dict[str, Any], folder: Path = MODEL) -> Path:
    """Writes the settings and the version, a hash of encoder and heads, to ``settings.json``."""
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "heads.npz"):
        digest.update((folder / name).read_bytes())
    out = folder / "settings.json"
    out.write_text(
        json.dumps({"version": digest.hexdigest()[:12], **settings}, indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    return out


def stored_settings(folder: Path = MODEL) -> dict[str, Any]:
    """The settings of the model as they were last written."""
    found: dict[str, Any] = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    return found


def tokenizer_file(folder: Path = MODEL) -> Path:
    """Writes the tokenizer, without padding or truncation."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    return folder / "tokenizer.json"
