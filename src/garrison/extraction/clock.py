"""Which occurrence is meant: the March, the Tuesday or the summer of a text published on some day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from garrison.extraction.dates import DAYS_IN_WEEK, PartialDate, dated, easter

# A deadline that passed this recently is still the one meant ("by 14 May" in a text of June); an older one is not.
_PASSED_MONTHS = 3
_PASSED_DAYS = 92


class Lean(Enum):
    """To which side of the date of publication the words look."""

    NEAREST = auto()
    PAST = auto()
    AHEAD = auto()
    DEADLINE = auto()


@dataclass(frozen=True, slots=True)
class Clock:
    """The date of publication and the side to which the words look.

    Every method returns ``None`` where the date of publication is missing or not precise enough to decide.
    """

    published: PartialDate | None
    lean: Lean = Lean.NEAREST

    def leaning(self, lean: Lean) -> Clock:
        """The same date, looking to another side."""
        return Clock(self.published, lean)

    @property
    def day(self) -> PartialDate | None:
        """The day of publication."""
        return self.published if self.published and self.published.day else None

    @property
    def month(self) -> PartialDate | None:
        """The month of publication."""
        return self.published.to_month if self.published and self.published.month else None

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return self.published.year if self.published else None

    def days_away(self, days: int) -> PartialDate | None:
        """The day so many days after publication."""
        return self.day.plus_days(days) if self.day else None

    def months_away(self, months: int) -> PartialDate | None:
        """The month so many months after publication."""
        return self.month.plus_months(months) if self.month else None

    def years_away(self, years: int) -> PartialDate | None:
        """The year so many years after publication."""
        return dated(self.year + years) if self.year is not None else None

    def _chosen(self, distances: list[int], passed: int) -> int:
        """The index of the occurrence meant, from their distances ahead in ascending order."""
        coming = next((i for i, distance in enumerate(distances) if distance >= 0), len(distances) - 1)
        gone = max((i for i, distance in enumerate(distances) if distance <= 0), default=0)
        match self.lean:
            case Lean.PAST:
                return gone
            case Lean.AHEAD:
                return coming
            case Lean.DEADLINE:
                return gone if distances[gone] >= -passed else coming
            case Lean.NEAREST:
                return coming if distances[coming] < -distances[gone] else gone

    def month_named(self, month: int, span: int = 1) -> PartialDate | None:
        """The month (1 to 12) of that name, or the first of a season of ``span`` months."""
        here = self.month
        if here is None or here.month is None:
            return None
        now = here.year * 12 + here.month
        distances = []
        for year in (here.year - 1, here.year, here.year + 1):
            first = year * 12 + month
            if self.lean is Lean.NEAREST:
                # A season counts from its middle.
                distances.append(first + span // 2 - now)
            else:
                distances.append(max(0, first - now) or min(0, first + span - 1 - now))
        chosen = self._chosen(distances, _PASSED_MONTHS)
        return dated(here.year - 1 + chosen, month)

    def day_named(self, month: int, day: int) -> PartialDate | None:
        """The day of that month and number; with Easter's rule for month 0, ``day`` counting from Easter Sunday."""
        here = self.day
        if here is None:
            named = self.month_named(month) if month else None
            return dated(named.year, month, day) if named else None
        candidates: list[PartialDate] = []
        # Eight years, so that the 29th of February has one on each side.
        for year in range(here.year - 8, here.year + 9):
            candidate = feast(year, month, day)
            if candidate is not None:
                candidates.append(candidate)
        if not candidates:
            return None
        distances = [(candidate.first - here.first).days for candidate in candidates]
        return candidates[self._chosen(distances, _PASSED_DAYS)]

    def day_numbered(self, number: int) -> PartialDate | None:
        """The day of that number in this month or the one next to it that fits ("on the 9th")."""
        here = self.day
        if here is None:
            return None
        months = [here.plus_months(shift) for shift in (-2, -1, 0, 1, 2)]
        candidates = [day for month in months if month and (day := dated(month.year, month.month, number))]
        if not candidates:
            return None
        lean = Lean.PAST if self.lean is Lean.NEAREST else self.lean
        distances = [(candidate.first - here.first).days for candidate in candidates]
        return candidates[self.leaning(lean)._chosen(distances, DAYS_IN_WEEK)]

    def weekday(self, weekday: int) -> PartialDate | None:
        """The weekday (0 is Monday) of that name; without a lean the one on or just before publication."""
        if self.day is None:
            return None
        behind = (self.day.first.weekday() - weekday) % DAYS_IN_WEEK
        ahead = -behind % DAYS_IN_WEEK
        if self.lean is Lean.AHEAD or (self.lean is Lean.DEADLINE and behind > 1):
            return self.days_away(ahead)
        return self.days_away(-behind)

    def week(self, shift: int) -> tuple[PartialDate | None, PartialDate | None]:
        """Monday and Sunday of the week so many weeks after that of publication."""
        if self.day is None:
            return None, None
        monday = DAYS_IN_WEEK * shift - self.day.first.weekday()
        return self.days_away(monday), self.days_away(monday + DAYS_IN_WEEK - 1)


def feast(year: int, month: int, day: int) -> PartialDate | None:
    """The day of ``year`` with that month and number; month 0 counts ``day`` from Easter Sunday."""
    if month:
        return dated(year, month, day)
    sunday = easter(year) if 1 <= year <= 9999 else None
    return sunday.plus_days(day) if sunday else None
