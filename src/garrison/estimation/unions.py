"""Unions: things that turn out to be one, joined pair by pair."""

from __future__ import annotations


class Unions:
    """Numbered things, each alone at first; the least number of a group stands for it, so order does not matter."""

    def __init__(self, many: int) -> None:
        self._above = list(range(many))

    def of(self, one: int) -> int:
        """The number that stands for the group of ``one``."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make the groups of both one."""
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first

    def add(self) -> int:
        """One thing more, alone at first; its number."""
        self._above.append(len(self._above))
        return self._above[-1]

    def groups(self) -> list[list[int]]:
        """The groups, each in order, by their least number."""
        found: dict[int, list[int]] = {}
        for one in range(len(self._above)):
            found.setdefault(self.of(one), []).append(one)
        return list(found.values())
