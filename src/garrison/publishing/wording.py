"""Figures, dates and forces in words, for people."""

from __future__ import annotations

from collections.abc import Iterable

from garrison.vocabulary import Asset, Citation, Hedge, Kind, Measure, Quantity, Role, Row, Status

UNSIZED = "present, size not stated"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_OVER = ("more than", "over", "above", "in excess of", "upwards of")
_UNDER = ("fewer than", "less than", "under", "below")
_PLURALS = {
    Asset.PERSONNEL: "personnel",
    Asset.ARMOURED_VEHICLE: "armoured vehicles",
    Asset.ARTILLERY: "artillery",
    Asset.AIR_DEFENCE: "air defence",
    Asset.COMBAT_AIRCRAFT: "combat aircraft",
    Asset.AIRCRAFT: "aircraft",
    Asset.UAV: "drones",
    Asset.EQUIPMENT: "equipment",
}
_STATED_SHOWN = 3


def asset_words(asset: Asset, *, one: bool = False) -> str:
    """The class as a heading would name it: ``tanks``, ``armoured vehicles``; ``one``: ``tank``."""
    plural = _PLURALS.get(asset, f"{asset.value}s")
    return plural[:-1] if one and plural.endswith("s") else plural


def quantity_words(quantity: Quantity) -> str:
    """A stated number in words: ``about 7,000``, ``up to 6,000``, ``more than 100``, ``24–99 (dozens)``."""
    low, high, said = quantity.low, quantity.high, quantity.text.strip().lower()
    match quantity.hedge:
        case Hedge.ABOUT:
            return f"about {low:,}"
        case Hedge.AT_LEAST:
            return f"{_spoken(said, _OVER, 'at least')} {low:,}"
        case Hedge.AT_MOST:
            return f"{_spoken(said, _UNDER, 'up to')} {high:,}"
        case Hedge.VAGUE:
            return f"{bounds_words(low, high)} ({' '.join(said.split())})" if said else bounds_words(low, high)
        case Hedge.EXACT | Hedge.RANGE:
            return bounds_words(low, high)


def _spoken(said: str, words: tuple[str, ...], otherwise: str) -> str:
    return next((word for word in words if said.startswith(word)), otherwise)


def bounds_words(low: int | None, high: int | None) -> str:
    """Bounds in words; both open says that no size is stated."""
    if low is None and high is None:
        return UNSIZED
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def stated_words(row: Row) -> str:
    """What a row's voices state, newest first where they differ in few ways, else the span of their bounds."""
    return figures_words((one.quantity for one in row.stated if one.quantity), row.low, row.high)


def figures_words(figures: Iterable[Quantity], low: int | None, high: int | None) -> str:
    """``figures`` in words, each way of stating one once, else the span ``low`` to ``high`` where they are many."""
    said: list[str] = []
    for one in figures:
        words = quantity_words(one)
        if words not in said:
            said.append(words)
        # A row has hundreds of figures; so many ways of stating them are not shown.
        if len(said) > _STATED_SHOWN:
            break
    if said and len(said) <= _STATED_SHOWN:
        return "; ".join(said)
    return bounds_words(low, high)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 claim``, ``3 claims``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def date_words(date: str | None) -> str:
    """An ISO date, partial or with a time, in words: ``15 July 2021``, ``July 2021``, ``2021``; empty for none."""
    if not date:
        return ""
    parts = date[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        words = [str(numbers[0])]
        if len(numbers) > 1:
            words.insert(0, _MONTHS[numbers[1] - 1])
        if len(numbers) > 2:
            words.insert(0, str(numbers[2]))
    except (ValueError, IndexError):
        return date
    return " ".join(words)


def run_words(first: str, last: str) -> str:
    """The first and last day of a run as ISO dates: ``2021-07-05 – 2021-07-15``, one date where they are the same."""
    first, last = first[:10], last[:10]
    return first if first == last else f"{first} – {last}"


def move_words(citation: Citation) -> str:
    """What a cited claim says of the force, as a phrase: ``6,000 personnel to Tajikistan from Russia``."""
    single = citation.quantity is not None and citation.quantity.low == citation.quantity.high == 1
    kind = asset_words(citation.asset, one=single)
    force = citation.unit if citation.unit and citation.asset is Asset.UNIT else kind
    if citation.unit and force != citation.unit:
        force = f"{force} ({citation.unit})"
    size = quantity_words(citation.quantity) if citation.quantity else ""
    origin = f" from {citation.origin.name}" if citation.origin else ""
    place = citation.place.name if citation.place else None
    moves = citation.kind in (Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE)
    if moves and size and citation.measure is Measure.LEVEL:
        left = "leaving" if citation.kind is Kind.WITHDRAW else "to a total of"
        return f"{force}{origin}, {left} {size}{f' in {place}' if place else ''}"
    return f"{size} {force}{_PREPOSITION[citation.kind] + place if place else ''}{origin}".strip()


_PREPOSITION = {
    Kind.PRESENT: " in ",
    Kind.DEPLOY: " to ",
    Kind.WITHDRAW: " out of ",
    Kind.RELOCATE: " to ",
    Kind.EXERCISE: " in ",
    Kind.STRENGTH: " in ",
}


def verb_words(kind: Kind, status: Status) -> str:
    """A claim's kind and status as a verb: ``sends``, ``is to send``, ``may send``, ``does not send``."""
    said = _VERBS[kind]
    return said[(Status.FACT, Status.PLANNED, Status.POSSIBLE, Status.DENIED).index(status)]


_VERBS = {
    Kind.PRESENT: ("is there", "is to be there", "may be there", "is said not to be there"),
    Kind.DEPLOY: ("arrives or is sent", "is to be sent", "may be sent", "is said not to be sent"),
    Kind.WITHDRAW: ("leaves", "is to leave", "may leave", "is said not to leave"),
    Kind.RELOCATE: ("moves", "is to move", "may move", "is said not to move"),
    Kind.EXERCISE: ("exercises", "is to exercise", "may exercise", "is said not to exercise"),
    Kind.STRENGTH: ("numbers", "is to number", "may number", "is said not to number"),
}


def sources_words(citation: Citation, *, private: bool = False) -> tuple[str, ...]:
    """Who says so, innermost first; private persons by description unless ``private``."""
    if private:
        return citation.sources
    roles = citation.roles or (None,) * len(citation.sources)
    return tuple(
        "a private person" if role is Role.PRIVATE_PERSON else name
        for name, role in zip(citation.sources, roles, strict=False)
    )


def listed(words: Iterable[str]) -> str:
    """Words as a list in prose: ``a``, ``a and b``, ``a, b and c``."""
    *rest, last = list(words) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def printable(words: str) -> str:
    """``words`` fit for a terminal: one line, without the control characters that a hostile page may carry."""
    line = " ".join(words.split())
    return line if line.isprintable() else "".join(_safe(letter) for letter in line)


def _safe(letter: str) -> str:
    code = ord(letter)
    control = code < 0x20 or 0x7F <= code < 0xA0
    direction = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return "\N{REPLACEMENT CHARACTER}" if control or direction else letter
