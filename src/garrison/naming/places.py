"""Places in text: the public door to finding and resolving them."""

from garrison.naming.place_mentions import find_places
from garrison.naming.place_resolution import resolve_place

__all__ = ["find_places", "resolve_place"]
