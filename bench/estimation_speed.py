"""How fast a full pass of the estimate is, beside the same recursion with dense matrices, and what is kept of it.

    python bench/estimation_speed.py [--claims 1000000] [--rows 10000] [--ledger FILE [--kept] | --no-ledger]

Claims are spread over rows by Zipf's law and over sixteen years of days; a third have numbers, one in twenty is a
move. The pass gives the posterior of every row on every day on which something is said, and the probability of every
claim being right. The reference has the matrix of each gap's drift ready and multiplies by it row by row;
it runs on a share of the rows and is scaled up by their steps. Then: what one new claim costs, in a row worked
through as a whole and in one that goes on from its marks, and what it takes to fit the records of outlets.

The same on a ledger (``--ledger`` takes the one that lies there, or makes it there, as ``bench/posture.py`` does): the
first building of the kept estimates from the claims, the world as known today in a program just begun and in one that
goes on, the world as known on three other days, and one new document recorded in families of several sizes, until
the kept estimates have it. Since a busy machine makes everything slower, beside each stands how many times as
long it took as a piece of work that never changes (:func:`reference`), timed just before.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench import posture

from garrison.estimation.answers import answered
from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.chains import chains, continued
from garrison.estimation.drift import YEAR, Drift, drift
from garrison.estimation.grid import grid
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.records import records
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.timeline import posteriors
from garrison.ledger import Ledger, asking, columns, observing
from garrison.ledger.redaction import delete_beside, estimates_beside
from garrison.naming.countries import country_by_code
from garrison.pipeline import kept, making
from garrison.pipeline.world import world
from garrison.vocabulary import (
    Actor,
    Asset,
    Claim,
    Document,
    Hedge,
    Kind,
    Measure,
    Obtained,
    Place,
    PlaceKind,
    Quantity,
    Reading,
    Span,
    Status,
    Version,
)

FIRST, DAYS, VOICES = 733_000, 16 * 365, 300
PASS_S, REFIT_S, VERSION_MS, WORLD_MS, KNOWN_S, MEMORY_GB = 20.0, 180.0, 50.0, 500.0, 10.0, 1.0
# Two thirds of the claims were known by the first of these days, nearly all by the others: but for those of half a
# year, which are of most rows, and for those of a fortnight, which are of some.
KNOWN = ("2020-12-31", "2025-12-31", "2026-06-15")
# The places, by how many claims they have, of the families of which something new is recorded.
RANKS = (0, 3, 10, 100, 1000)
SHARE = 200
PLACES = 200
STATUS = Path("/proc/self/status")


def main() -> int:
    """Make the claims, pass over them, print; 1 if a target is missed at full size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--ledger", type=Path, help="make the ledger here, or take the one that lies here")
    parser.add_argument("--no-ledger", action="store_true", help="only the estimate itself")
    parser.add_argument("--kept", action="store_true", help="only ask of the estimates kept beside --ledger")
    asked = parser.parse_args()
    if asked.kept:
        return int(asked_of(asked.ledger))
    made = claims(asked.claims, asked.rows)
    started = time.perf_counter()
    steps = sum(len(block.day) for block in posteriors(made))
    ours = time.perf_counter() - started
    print(f"{asked.claims:,} claims in {asked.rows:,} rows, {steps:,} steps: {ours:.1f} s, at most {PASS_S:.0f} s")
    gigabytes = memory()
    anew()
    print(f"memory at most {gigabytes:.2f} GB, under {MEMORY_GB:.0f} GB")
    reference, reference_steps = dense(made, asked.rows)
    scaled = reference * steps / reference_steps
    print(f"with dense matrices: {reference:.1f} s for {reference_steps:,} steps, so {scaled:.0f} s for all")
    largest = made.where(made.row == np.bincount(made.row).argmax())
    milliseconds = [one_more(made, row) for row in (0, asked.rows // 100, asked.rows // 2)]
    print(
        f"a row again as a whole: {milliseconds[0]:.0f} ms in the largest ({len(largest):,} claims), "
        f"{milliseconds[1]:.1f} ms in the hundredth part, {milliseconds[2]:.1f} ms in the middle one"
    )
    more = [going_on(made, row) for row in (0, asked.rows // 100, asked.rows // 2)]
    print(
        f"a row going on with a claim more: {more[0]:.0f} ms in the largest, {more[1]:.1f} ms in the hundredth part, "
        f"{more[2]:.1f} ms in the middle one, at most {VERSION_MS:.0f} ms"
    )
    started = time.perf_counter()
    fitted = records(made, ["personnel"] * asked.rows)
    refit = time.perf_counter() - started
    held = memory()
    print(f"records of {len(fitted)} outlets fitted: {refit:.0f} s, at most {REFIT_S:.0f} s; memory {held:.2f} GB")
    gigabytes = max(gigabytes, held)
    missed = ours > PASS_S or gigabytes > MEMORY_GB or max(more) > VERSION_MS or refit > REFIT_S
    del made, largest
    if not asked.no_ledger:
        missed |= on_ledger(asked.ledger, asked.claims, asked.rows)
    return int(missed and asked.claims >= 1_000_000)


def memory(*, beside: bool = False) -> float:
    """Gigabytes that this process has held at most since :func:`anew`, with the largest that worked ``beside`` it."""
    status = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if beside else 0
    return (int(status["VmHWM"].split()[0]) + other) / 2**20


def anew() -> None:
    """Forget how much this process has held at most."""
    STATUS.with_name("clear_refs").write_text("5")


def going_on(made: Statements, row: int, times: int = 5) -> float:
    """Milliseconds, in the median, for a claim at the end of time in a row that goes on from its marks."""
    own = made.where(made.row == row)
    own = replace(own, row=np.zeros(len(own), dtype=np.int64))
    last = np.argsort(own.day, kind="stable")[1:][-times:]
    key = np.arange(len(own))
    known = np.setdiff1d(key, last)
    ((_, chain),) = chains(known, own.where(known), ["personnel"])
    taken = []
    for at in last:
        known = np.sort(np.append(known, at))
        said = own.where(known)
        started = time.perf_counter()
        again = continued(chain, known, said, DEFAULT)
        taken.append((time.perf_counter() - started) * 1000)
        if again is None:
            # Too short to have a mark before the claim: it is worked through as a whole.
            started = time.perf_counter()
            ((_, again),) = chains(known, said, ["personnel"])
            taken[-1] += (time.perf_counter() - started) * 1000
        chain = again
    # Of a row with one claim, as there are in small ledgers, nothing goes on.
    return statistics.median(taken) if taken else 0.0


def on_ledger(path: Path | None, claims_: int, rows: int) -> bool:
    """Print what kept estimates of a ledger cost; whether a bar was missed."""
    with tempfile.TemporaryDirectory() as folder:
        at = path or Path(folder) / "large.db"
        if not at.exists():
            posture.generate(at, claims_, rows, PLACES)
        delete_beside(estimates_beside(at))
        with Ledger.open(at) as ledger:
            anew()
            started = time.perf_counter()
            families = kept.refresh(ledger)
            built, held = time.perf_counter() - started, memory()
        print(
            f"first building of {families:,} families from the ledger: {built:.0f} s; memory {held:.2f} GB", flush=True
        )
        # A program of its own, as whoever asks has one: what this one has held already is none of its memory.
        missed = subprocess.run([sys.executable, __file__, "--ledger", str(at), "--kept"], check=False).returncode
    return bool(missed) or held > MEMORY_GB


def asked_of(at: Path) -> bool:
    """Print what questions to the kept estimates of a ledger take, and new documents; whether a bar was missed."""
    with Ledger.open(at) as ledger:
        kept.refresh(ledger)
        kept.forget()
        still = statistics.median(timed(reference) for _ in range(5))
        began, again = (timed(partial(world, ledger)) for _ in range(2))
        print(f"world as known today: {began:.0f} ms in a program just begun, then {again:.0f} ms", end="")
        print(f", at most {WORLD_MS:.0f} ms; the reference took {still:.0f} ms: {began / still:.1f} and ", end="")
        print(f"{again / still:.1f} times as long")
        known = max(as_known(ledger, day) for day in KNOWN)
        both = memory(beside=True)
        print(f"memory for these, the most of either program together: {both:.2f} GB")
        anew()
        versions = [one_version(ledger, rank) for rank in RANKS]
        held = memory()
    print(f"one new document, until the kept estimates have it, at most {VERSION_MS:.0f} ms:")
    for claims, first, each, ratio in versions:
        print(f"  in a family of {claims:,}: {each:.0f} ms ({ratio:.1f} times the reference); ", end="")
        print(f"the first that a program records {first:.0f} ms")
    size = estimates_beside(at).stat().st_size / 1e6
    print(f"memory for these {held:.2f} GB, kept beside the ledger {size:.0f} MB")
    slow = began > WORLD_MS or known > KNOWN_S or max(each for _, _, each, _ in versions) > VERSION_MS
    return slow or max(both, held) > MEMORY_GB


def as_known(ledger: Ledger, day: str) -> float:
    """Print what the world takes as known on another day, which is made from what is kept; seconds by the clock."""
    ask = partial(world, ledger, as_of=day, known=day)
    still = min(busy(reference) for _ in range(5))
    started = time.perf_counter()
    took = busy(ask)
    known = time.perf_counter() - started
    print(f"world as known on {day}: {known:.1f} s, at most {KNOWN_S:.0f} s ", end="")
    print(f"({took / 1000:.1f} s of the processors, {took / still:.0f} times the reference); ", end="")
    print(f"asked again {timed(ask):.0f} ms")
    return known


def busy(ask: Callable[[], object]) -> float:
    """Milliseconds of the processors, also in a program beside this one, which what others do lengthens less."""
    started = _worked()
    ask()
    return (_worked() - started) * 1000


def _worked() -> float:
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def reference() -> int:
    """Work that never changes, some 25 ms on a machine that does nothing else: tuples and a table of names in Python,
    and vectors times a matrix, about as much of one as of the other."""
    names: dict[str, list[tuple[int, str]]] = {}
    for number in range(40_000):
        names.setdefault(str(number % 997), []).append((number, "name"))
    matrix = np.full((186, 186), 1 / 186, dtype=np.float32)
    vector = np.ones(186, dtype=np.float32)
    for _ in range(2_000):
        vector = vector @ matrix
    return len(names) + len(vector)


def one_version(ledger: Ledger, rank: int, times: int = 5) -> tuple[int, float, float, float]:
    """Claims of the family that has the ``rank``-th most; of a document about it, milliseconds.

    First those of the first document that a program records, then of one more (median), and as a ratio to what
    :func:`reference` took just before.
    """
    sizes = columns.families(ledger.session, observing.Question(day=1, moment=asking.Moment(), current=False))
    family = sorted(sizes, key=lambda each: -sizes[each])[rank]
    actor, place = country_by_code()[family.actor], country_by_code()[family.place]
    making._HELD.clear()
    taken, ratios = [], []
    for number in range(1 + times):
        text = f"{actor.name} has {100 + number} {family.asset} in {place.name}, says the bench at {time.time()}."
        said = Claim(
            quote=text,
            span=Span(0, len(text)),
            kind=Kind.PRESENT,
            status=Status.FACT,
            asset=Asset(family.asset),
            measure=Measure.LEVEL,
            actor=Actor(actor.name, actor.iso3),
            place=Place(place.name, place.iso3, PlaceKind.COUNTRY),
            quantity=Quantity(str(100 + number), 100 + number, 100 + number, Hedge.EXACT),
        )
        version = Version(hashlib.sha256(text.encode()).hexdigest(), Obtained.FILE, "2026-07-01T00:00:00+00:00")
        document = Document(text, published="2026-07-01", outlet=f"Outlet {1 + number}")
        ledger.record(Reading(document, version, "text 1", "grammar 1", (said,)))
        still = timed(reference)
        taken.append(timed(partial(kept.refresh, ledger)))
        ratios.append(taken[-1] / still)
    return sizes[family], taken[0], statistics.median(taken[1:]), statistics.median(ratios[1:])


def claims(many: int, rows: int) -> Statements:
    """Claims at random; the same every time."""
    chance = np.random.default_rng(20260701)
    share = 1 / np.arange(1, rows + 1)
    row = chance.choice(rows, size=many, p=share / share.sum())
    kinds = np.array([Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.AT_MOST, Sort.RANGE, Sort.PRESENT, Sort.ABSENT])
    sort = chance.choice(kinds, size=many, p=[0.15, 0.13, 0.02, 0.02, 0.02, 0.64, 0.02])
    moves = chance.random(many) < 0.05
    sort[moves] = chance.choice(
        [Sort.ARRIVAL, Sort.DEPARTURE, Sort.RISE, Sort.FALL], moves.sum(), p=[0.45, 0.45, 0.05, 0.05]
    )
    size = np.round(np.exp(chance.normal(6, 2, rows)))[row] * chance.integers(80, 120, many) / 100
    number = np.maximum(1.0, np.round(size / 10) * 10)
    low, high = number.copy(), number.copy()
    high[sort == Sort.RANGE] *= 1.5
    high[sort == Sort.AT_LEAST] = np.nan
    low[sort == Sort.AT_MOST] = np.nan
    for unnumbered in (Sort.PRESENT, Sort.ABSENT, Sort.ARRIVAL, Sort.DEPARTURE):
        low[sort == unnumbered] = high[sort == unnumbered] = np.nan
    day = FIRST + chance.integers(0, DAYS, many)
    voice = chance.integers(0, VOICES, many)
    house = np.where(voice < 30, voice // 5, -1)
    return Statements(row, day, np.zeros(many), day, sort, low, high, voice, house, np.full(many, 0.1))


def dense(made: Statements, rows: int) -> tuple[float, int]:
    """Seconds and steps of the forward and the backward recursion by dense matrices, on one row in ``SHARE``."""
    passing = drift(DEFAULT)
    kept: dict[int, Masses] = {}
    days = [np.unique(made.day[made.row == row]) for row in range(SHARE // 2, rows, SHARE)]
    days = [own for own in days if len(own)]
    likely = np.random.default_rng(1).random(grid().states, dtype=np.float32)
    for own in days:
        # Matrices are built beforehand, which takes longer than all else and is not counted.
        for gap in np.diff(own, prepend=own[0]).tolist():
            matrix(gap, kept, passing)
    started = time.perf_counter()
    for own in days:
        recursion(own, kept, passing, likely)
    return time.perf_counter() - started, sum(map(len, days))


def recursion(days: Whole, kept: dict[int, Masses], passing: Drift, likely: Masses) -> Floats:
    now = np.full(grid().states, 1 / grid().states, dtype=np.float32)
    found = np.empty((len(days), grid().states), dtype=np.float32)
    gaps = np.diff(days, prepend=days[0]).tolist()
    for at, gap in enumerate(gaps):
        now = (now @ matrix(gap, kept, passing)) * likely
        now /= now.sum()
        found[at] = now
    later = np.ones(grid().states, dtype=np.float32)
    for at in range(len(gaps) - 1, 0, -1):
        later = matrix(gaps[at], kept, passing) @ (later * likely)
        later /= later.max()
        found[at - 1] *= later
    normal: Floats = (found / found.sum(axis=1, keepdims=True)).astype(np.float64)
    return normal


def matrix(gap: int, kept: dict[int, Masses], passing: Drift) -> Masses:
    if gap not in kept:
        years = np.full(grid().states, gap / YEAR, dtype=np.float32)
        kept[gap] = passing.forward(np.eye(grid().states, dtype=np.float32), passing.terms(years))
    return kept[gap]


def one_more(made: Statements, row: int) -> float:
    own = made.where(made.row == row)
    started = time.perf_counter()
    answered(own, np.array([row]), np.array([FIRST + DAYS]))
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
