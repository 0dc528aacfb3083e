"""A million fuzzed inputs to the normalisers: no crash, and nothing that takes more than its share of time.

Inputs are made of words that the normalisers react to, of punctuation and of arbitrary characters, with seeds that
make a run repeatable. Growth is measured on repeated pieces: the time for twice the text, over the time for once.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from garrison.extraction.attribution import find_attributions
from garrison.extraction.periods import find_periods, parse_period
from garrison.extraction.quantities import find_quantities, parse_quantity
from garrison.extraction.sentences import sentences
from garrison.extraction.status import find_statuses
from garrison.naming.actors import find_actors
from garrison.naming.forces import find_forces, has_force
from garrison.naming.units import find_units

PIECES = [
    *(
        "5,000",
        "3-4,000",
        "six",
        "thousand",
        "hundred",
        "dozens of",
        "half a",
        "about",
        "more than",
        "up to",
        "between",
    ),
    *("to", "and", "a low of", "since", "2014", "by the end of", "March", "last", "Tuesday", "22", "ago", "a decade"),
    *(
        "said",
        "told",
        "Reuters",
        "according to",
        "he",
        "“",
        "”",
        '"',
        "will",
        "not",
        "if",
        "could",
        "denied",
        "plans to",
    ),
    *("201st", "Motor Rifle Division", "troops", "T-72", "tanks", "MINUSCA", "Russian", "Syria", "U.S.", "Taliban"),
    *(
        ".",
        ",",
        ";",
        "(",
        ")",
        "-",
        "–",
        "\n",
        " ",
        "’s",
        "½",
        "٣",
        "\u200b",
        "\u2028",
        "é",
        "𝟓",
        "🪖",
        "1e9",
        "0",
        "%",
        "$",
    ),
]
LARGEST_GROWTH = 3.0  # for twice the text; 2 is linear, the rest is for a busy machine


def _text(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return "".join(
            chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x3000), rng.randrange(0x110000))))
            for _ in range(rng.randrange(30))
        )
    joint = rng.choice((" ", " ", ""))
    return joint.join(rng.choice(PIECES) for _ in range(rng.randrange(1, 14)))


def _work() -> dict[str, Callable[[str], object]]:
    published = "2021-07-08"
    return {
        "parse_quantity": parse_quantity,
        "find_quantities": find_quantities,
        "parse_period": lambda text: parse_period(text, published),
        "find_periods": lambda text: find_periods(text, published),
        "sentences": sentences,
        "find_attributions": find_attributions,
        "find_statuses": find_statuses,
        "find_actors": find_actors,
        "find_forces": find_forces,
        "find_units": find_units,
        "has_force": has_force,
    }


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def growth(work: Callable[[str], object]) -> tuple[float, str]:
    """The worst ratio of the time for twice a repeated piece to the time for once, and the piece."""
    worst = (0.0, "")
    for piece in PIECES:
        once = (piece + " ") * (5_000 // (len(piece) + 1))
        ratio = min(_seconds(work, once + once) / max(_seconds(work, once), 1e-3) for _ in range(2))
        worst = max(worst, (ratio, piece))
    return worst


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=20_000, help="per normaliser; 100,000 makes a million in all")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    failed = 0
    print(f"{'normaliser':20} {'inputs':>9} {'crashes':>8} {'worst growth for twice the text':>34}")
    for name, work in _work().items():
        rng = random.Random(args.seed)
        crashes = 0
        for _ in range(args.inputs):
            text = _text(rng)
            try:
                work(text)
            except Exception as error:  # any exception is the finding
                crashes += 1
                print(f"  {name} on {text!r}: {error!r}", file=sys.stderr)
        ratio, piece = growth(work)
        failed += crashes + (ratio > LARGEST_GROWTH)
        print(f"{name:20} {args.inputs:>9,} {crashes:>8} {ratio:>22.2f} ({piece!r})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
