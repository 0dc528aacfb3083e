"""The model card beside the model: what it is, what it learned from, its figures and its limits."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alignment import Row
from export import MODEL, stored_settings

_TEXT = """\
# Model card: the learned extractor

| | |
|---|---|
| what it does | chooses, among the candidates that normalisers and grammar find, the claims and their fields |
| base | all-MiniLM-L6-v2 (Apache-2.0; 384 wide, six layers), its upper two trained further; heads trained here |
| files | `encoder.onnx` (weights in eight bits), `heads.npz` (half precision), `tokenizer.json`, `settings.json` |
| version | `{version}` (SHA-256 of encoder and heads, first twelve digits) |
| made | encoder {encoder}, heads {heads}, confidence {confidence} |
| learned from | {passages} passages, {claims} claims: {written} written or made (CC0, `training`), {real} real |
| judged on | {judges} |
| licence | Apache-2.0 |

{note}

## Figures on passages not learned from

Found F1 {f1:.3f} at the threshold {threshold:.2f}; expected calibration error {error:.3f}. Claims with a confidence of
{sure:.2f} or more are right nine times in ten.

| said | was | claims |
|---|---|---|
{table}

Claims learned from, by asset class: {assets}.

## Limits

- English only. It reads what the candidates offer: a force, place or time that no normaliser finds cannot be chosen.
- Rare classes (submarine, helicopter, equipment) and rare kinds (exercise, relocate) were seen some hundred times each.
- It says whether the text was read right, not whether what the text says is true.
- It never resolves a place more finely than the words, and it is no targeting tool.
"""
_REAL = """\
The weights were fitted to real passages too. These are not part of the repository, so a retraining from a clone alone
gives a different model; none of them is needed to run this one."""
_FREE = """\
Everything that the weights were fitted to is in the repository. Two things besides come from annotated real passages:
what the grounds of a claim are worth, which is its confidence, and the grammar's weights, whose odds the model sees."""
_JUDGES = {
    "real": "{count} annotated real passages, none of them learned from",
    "fold": "a fold of five of the passages ({count}), not learned from",
}


def today() -> str:
    """The day on which a part of the model is made."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def counts_of(rows: Sequence[Row]) -> dict[str, Any]:
    """What the heads learned from, as the model's settings keep it: passages may be written after they have."""
    return {
        "passages": len(rows),
        "claims": sum(len(row["claims"]) for row in rows),
        "real": sum(bool(row.get("corpus")) for row in rows),
        "assets": dict(Counter(claim["asset"] for row in rows for claim in row["claims"]).most_common()),
    }


def card_file(settings: dict[str, Any], judges: str, count: int, folder: Path = MODEL) -> None:
    """Writes ``card.md`` beside the model, with the figures of ``settings``, judged on ``count`` passages."""
    stored = stored_settings(folder)
    learned = stored["learned_from"]
    text = _TEXT.format(
        version=stored["version"],
        **stored["made"],
        passages=learned["passages"],
        claims=learned["claims"],
        written=learned["passages"] - learned["real"],
        real=learned["real"],
        judges=_JUDGES[judges].format(count=count),
        note=_REAL if learned["real"] else _FREE,
        f1=settings["held_out_found_f1"],
        threshold=settings["threshold"],
        error=settings["calibration_error"],
        sure=settings["sure"],
        table="\n".join(f"| {said:.2f} | {was:.2f} | {count} |" for said, was, count in settings["reliability"]),
        assets=", ".join(f"{asset} {count}" for asset, count in learned["assets"].items()),
    )
    (folder / "card.md").write_text(text, encoding="utf-8")
