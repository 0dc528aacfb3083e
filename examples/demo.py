"""Reads the bundled dispatches into a new ledger, ``demo.db``, and shows what Garrison makes of them.

Every step is a command that can be typed: the program prints it, runs it and adds nothing. ``make demo`` calls it, and
``make demo SERVE=1`` with ``--serve``, which ends with the address of a web page that shows the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DISPATCHES = Path(__file__).parent / "tajikistan-2021"
LEDGER = Path("demo.db")
DAY = "2021-08-07"
ROW = "RUS/personnel/TJK"


def garrison(*words: str, about: str) -> None:
    """Print what comes, the command and then its output."""
    print(f"\n# {about}\n{command(*words)}\n", flush=True)
    subprocess.run([sys.executable, "-m", "garrison", *words, "--ledger", str(LEDGER)], check=True)  # noqa: S603 (our own words)


def command(*words: str) -> str:
    """The command as it would be typed, with the program of this environment."""
    program = Path(sys.executable).with_name("garrison")
    here = Path.cwd()
    shown = program.relative_to(here) if program.is_relative_to(here) else program
    return f"$ {shown} {' '.join(words)} --ledger {LEDGER}"


def main() -> int:
    """Run the demonstration; returns the exit status."""
    for leftover in (LEDGER, *(Path(f"{LEDGER}{end}") for end in ("-wal", "-shm", ".estimates"))):
        leftover.unlink(missing_ok=True)
    try:
        garrison("read", os.path.relpath(DISPATCHES), about="Read 18 dispatches, written for this demonstration.")
        garrison("posture", "Tajikistan", "--as-of", DAY, about="Who is in Tajikistan on 7 August 2021, with what.")
        garrison("why", ROW, about="One figure traced to its quotations: Russian troops in Tajikistan.")
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    if "--serve" in sys.argv[1:]:
        try:
            garrison("serve", about="The same as a web page, until you stop it with Ctrl-C.")
        except subprocess.CalledProcessError as failed:
            return failed.returncode
        except KeyboardInterrupt:
            pass
        return 0
    print(f"\n# The ledger is {LEDGER}. Three commands to try next:")
    print(command("posture", "Tajikistan", "--as-of", "2021-07-08", "--known", "2021-07-08"))
    print("  the same country a month earlier, from what was known then")
    print(command("why", ROW, "--cite"))
    print("  the same quotations as footnotes, to paste")
    print(command("claims", "--actor", "USA", "--since", "2021-07"))
    print("  the American withdrawal, claim by claim")
    print("All of it as a web page: make demo SERVE=1")
    return 0


if __name__ == "__main__":
    sys.exit(main())
