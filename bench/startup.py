"""Seconds until ``garrison --help`` has printed, beside what importing its libraries takes alone."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 11
LIMIT = 0.3
COMMANDS = {
    'python -c "pass"': ["-c", "pass"],
    'python -c "import typer, rich"': ["-c", "import typer, rich"],
    "garrison --help": ["-m", "garrison", "--help"],
    "garrison posture --help": ["-m", "garrison", "posture", "--help"],
}


def seconds(arguments: list[str]) -> float:
    """The median wall-clock seconds of ``RUNS`` runs of Python with ``arguments``."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    for name, arguments in COMMANDS.items():
        print(f"{name:<34} {seconds(arguments):6.3f} s (median of {RUNS})")
    print(f"limit for garrison --help          {LIMIT:6.3f} s")


if __name__ == "__main__":
    main()
