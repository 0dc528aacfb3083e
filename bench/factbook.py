"""The estimate on real statements: the World Factbook's deployments, read by the grammar extractor.

    python bench/factbook.py [../shared/data]

First, Russia's troops in Tajikistan as known at the end of each half-year: the interval falls as the statements do,
and the figure is "no longer stated" once an edition leaves it out. Then, "US personnel in X" beside the official
counts of active-duty personnel at the end of 2018 (Defense Manpower Data Center through troopdata): the statements
begin in 2020, so the estimate looks two years back. Beside it stands what the first edition states, taken as it is.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tempfile
from pathlib import Path

from garrison.extraction.registry import extractor_named
from garrison.ledger import Ledger
from garrison.ledger.days import last_day
from garrison.pipeline import intake
from garrison.pipeline.estimates import estimates, row_estimates
from garrison.vocabulary import Estimate

DAYS = ("2021-02-01", "2021-07-15", "2022-06-30", "2023-03-30", "2024-02-28", "2024-12-30", "2025-06-15", "2026-02-01")
COUNTED = "2018-12-31"
# What the counts leave out or the statements put elsewhere. Three hosts look counted twice: their December counts are
# all even, and about twice what every statement says.
ROTATING = {
    "AFG": "an operation, partly counted",
    "BGR": "rotations are not counted",
    "ITA": "counted twice in the file",
    "KOR": "counted twice in the file",
    "POL": "rotations are not counted",
    "ROU": "rotations are not counted",
    "SOM": "an operation, partly counted",
    "TUR": "counted twice in the file",
}


def main() -> int:
    """Read the statements into a ledger, print both proofs; 1 if Tajikistan does not fall or stay unstated."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    statements, counts = folder / "factbook" / "statements.jsonl.gz", folder / "reference" / "us-troops-by-host.csv"
    if not statements.exists():
        print(f"skipped: there is no {statements}")
        return 0
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deployments.jsonl"
        with gzip.open(statements, "rt", encoding="utf-8") as lines, file.open("w", encoding="utf-8") as kept:
            for line in lines:
                row = json.loads(line)
                if row["field"] == "Military deployments" and row["country"] in ("Russia", "United States"):
                    kept.write(line)
        with Ledger.open(Path(place) / "garrison.db") as ledger:
            intake.read(ledger, [str(file)], extractor=extractor_named("grammar"))
            held = tajikistan(ledger)
            if counts.exists():
                united_states(ledger, counts)
    return int(not held)


def tajikistan(ledger: Ledger) -> bool:
    """Print the estimates as known on each day; whether they fall and the last are no longer stated."""
    print("Russian personnel in Tajikistan, as of and as known on")
    found = []
    for day in DAYS:
        each = estimates(ledger, place="Tajikistan", actor="Russia", as_of=day, known=day)["RUS/personnel/TJK"]
        dropped = f"no longer stated since {each.dropped}" if each.dropped else ""
        print(f"  {day}  {words(each):28} there {each.presence:.1%}  {dropped}")
        found.append(each)
    medians = [each.median or 0 for each in found]
    return medians[1] > medians[4] and all(each.dropped for each in found[-2:]) and not found[-3].dropped


def united_states(ledger: Ledger, counts: Path) -> None:
    """Print each host's estimate beside its count, and how often the interval holds it."""
    official: dict[str, tuple[str, int]] = {}
    with counts.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            when = f"{row['year']}-{row['quarter']}"
            if when <= "2018-4" and when >= official.get(row["host_iso3"], ("", 0))[0]:
                official[row["host_iso3"]] = (when, int(row["active_duty"]))
    found = estimates(ledger, actor="United States", as_of=COUNTED)
    inside, near, comparable = [], [], []
    print(f"US personnel, as of {COUNTED}: estimate, official count, what the first edition states")
    for host, (_, count) in sorted(official.items()):
        each = found.get(f"USA/personnel/{host}")
        if each is None or each.low is None or each.high is None:
            continue
        stated = first_stated(ledger, host)
        holds = each.low <= count <= each.high
        inside.append(holds)
        near.append(stated is not None and abs(stated - count) <= 0.1 * max(count, 1))
        comparable.append(host not in ROTATING)
        remark = f"{'' if holds else 'outside':8} {ROTATING.get(host, '')}"
        print(f"  {host}  {words(each):28} {count:7,}  {stated or '':7}  {remark}")
    alike = [hold for hold, same in zip(inside, comparable, strict=True) if same]
    print(
        f"  the interval holds the count for {sum(inside)} of {len(inside)} hosts; for {sum(alike)} of the {len(alike)}"
    )
    print(f"  that are comparable; the first figure stated is within 10 % of it for {sum(near)}")


def first_stated(ledger: Ledger, host: str) -> int | None:
    """The number of the first edition that gives one for the row itself."""
    _, (estimate,) = row_estimates(ledger, f"USA/personnel/{host}", [last_day(COUNTED)])
    dated = [
        (each.citation.published or "", each.citation.quantity.low or each.citation.quantity.high or 0)
        for each in estimate.heard
        if each.citation.quantity is not None and not each.part
    ]
    return min(dated)[1] if dated else None


def words(estimate: Estimate) -> str:
    return f"{estimate.low:,} – {estimate.high:,} ({estimate.median:,})"


if __name__ == "__main__":
    sys.exit(main())
