"""Map symbols: the symbol identification codes of MIL-STD-2525D and APP-6(D) for classes of force."""

from __future__ import annotations

from functools import cache, lru_cache

from garrison.naming.echelons import echelon_code
from garrison.naming.lexicon import reference_rows
from garrison.vocabulary import Actor, Asset

_VERSION = "10"
_REALITY = "0"
# Nobody is friend or foe here: a state's forces have the neutral frame, everyone else's the unknown one.
_UNKNOWN, _NEUTRAL = "1", "4"
_PRESENT, _ANTICIPATED = "0", "1"
_LAND_UNIT = "10"


@lru_cache(maxsize=4096)
def symbol(asset: Asset, actor: Actor | None, unit: str | None = None, *, planned: bool = False) -> str:
    """The 20 digits of the symbol of a force.

    Args:
        asset: its class.
        actor: whose it is; a state's has the neutral frame, any other the unknown frame.
        unit: the unit's name, whose echelon (platoon, brigade …) is shown where the class is a land unit.
        planned: draw it as anticipated, with a dashed frame.
    """
    symbol_set, entity = _entities()[asset.value]
    identity = _NEUTRAL if actor is not None and actor.iso3 else _UNKNOWN
    code = echelon_code(unit) if unit and symbol_set == _LAND_UNIT else None
    status = _ANTICIPATED if planned else _PRESENT
    return f"{_VERSION}{_REALITY}{identity}{symbol_set}{status}0{code or 0:02d}{entity}0000"


@cache
def _entities() -> dict[str, tuple[str, str]]:
    return {row["asset"]: (row["set"], row["entity"]) for row in reference_rows("symbols.csv")}
