"""Text per second through the grammar extractor, beside a blank spaCy tokenizer in the same run.

The news is filler sentences that name no force with one relevant sentence in some thirty (3 %), in documents of a
news article's length; the dense text is annotated passages alone. With ``../shared`` the filler comes from saved news
pages and the relevant sentences from the annotated passages; without it, from this repository's own prose.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

from garrison.extraction.registry import DEFAULT, extractor_named
from garrison.extraction.sentences import sentences
from garrison.naming.forces import has_force
from garrison.vocabulary import Document

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SHARE = 0.03  # of sentences that are relevant
PER_DOCUMENT = 33
DOCUMENTS = 300


def _prose() -> tuple[list[str], list[str]]:
    """Texts of other subjects, and texts about forces."""
    pages, gold = SHARED / "data/reading/ground-truth.json", SHARED / "gold/train.jsonl"
    if pages.exists() and gold.exists():
        bodies = [page["articleBody"] for page in json.loads(pages.read_text(encoding="utf-8")).values()]
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line]
        return bodies, [row["text"] for row in rows if row["claims"]]
    own = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/**/*.md"))]
    return own, [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/**/*.txt"))]


def _split(texts: list[str]) -> list[str]:
    return [span.of(text) for text in texts for span in sentences(text) if len(span) > 20]


def news(dense: list[str], filler: list[str]) -> list[str]:
    """Documents of filler with one relevant sentence in ``1 / SHARE``; deterministic."""
    rng = random.Random(0)
    relevant = [sentence for sentence in _split(dense) if has_force(sentence)]
    plain = [sentence for sentence in _split(filler) if not has_force(sentence)]
    documents = []
    for _ in range(DOCUMENTS):
        chosen = [rng.choice(relevant if rng.random() < SHARE else plain) for _ in range(PER_DOCUMENT)]
        paragraphs = [" ".join(chosen[at : at + 3]) for at in range(0, PER_DOCUMENT, 3)]
        documents.append("\n\n".join(paragraphs))
    return documents


def rate(texts: list[str], work: Callable[[str], object]) -> float:
    """Megabytes a second of CPU time that ``work`` gets through."""
    work(texts[0])
    start = time.process_time()
    for text in texts:
        work(text)
    return sum(len(text.encode()) for text in texts) / (time.process_time() - start) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extractor", default=DEFAULT)
    args = parser.parse_args()
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    extractor = extractor_named(args.extractor)
    filler, dense = _prose()

    def read(text: str) -> object:
        return extractor.claims(Document(text, published="2021-07-08"))

    print(f"{'text':34} {args.extractor:>12} {'spaCy blank':>12} {'ratio':>7}   (MB a second of CPU time, one core)")
    for name, texts in (("news, 3 % relevant sentences", news(dense, filler)), ("annotated passages alone", dense)):
        ours, theirs = rate(texts, read), rate(texts, tokenizer)
        print(f"{name:34} {ours:12.2f} {theirs:12.2f} {ours / theirs:7.2f}")


if __name__ == "__main__":
    main()
