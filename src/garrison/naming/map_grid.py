"""The military grid (MGRS): a square's letters and digits to latitude and longitude on WGS 84.

Formulas: J. P. Snyder, Map Projections, a Working Manual (USGS Professional Paper 1395, 1987), equations 8-12 to 8-25;
lettering of the squares: NGA.STND.0037 (public domain).
"""

from __future__ import annotations

import math

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_SCALE = 0.9996
_E2 = _FLATTENING * (2 - _FLATTENING)


def from_mgrs(square: str) -> tuple[float, float, float] | None:
    """The middle of a grid square, such as ``37SBV8540``, and its half diagonal in km; ``None`` if there is none such.

    Args:
        square: zone, band, two letters and an even number of digits, without spaces.
    """
    at = 2 if square[1:2].isdigit() else 1
    zone, band, column, row, digits = int(square[:at]), *square[at : at + 3], square[at + 3 :]
    letters = _COLUMNS[(zone - 1) % 3]
    if not 1 <= zone <= 60 or band not in _BANDS or column not in letters or row not in _ROWS or len(digits) % 2:
        return None
    half = len(digits) // 2
    size = 10.0 ** (5 - half)
    east = (letters.index(column) + 1) * 100_000 + int(digits[:half] or 0) * size + size / 2
    north = (
        ((_ROWS.index(row) - (5 if zone % 2 == 0 else 0)) % 20) * 100_000 + int(digits[half:] or 0) * size + size / 2
    )
    south = band < "N"
    # Northings repeat every 2,000 km; the band says which repetition is meant.
    bottom = -80 + 8 * _BANDS.index(band)
    for cycle in range(6):
        lat, lon = _from_utm(zone, east, north + cycle * 2_000_000, south=south)
        if bottom - 0.9 <= lat <= bottom + (12.9 if band == "X" else 8.9):
            return lat, lon, size / 1000 * math.sqrt(0.5)
    return None


def _from_utm(zone: int, east: float, north: float, *, south: bool) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point of the Universal Transverse Mercator grid, in metres."""
    second = _E2 / (1 - _E2)
    small = (1 - math.sqrt(1 - _E2)) / (1 + math.sqrt(1 - _E2))
    arc = (north - (10_000_000 if south else 0)) / _SCALE
    mu = arc / (_AXIS * (1 - _E2 / 4 - 3 * _E2**2 / 64 - 5 * _E2**3 / 256))
    foot = (
        mu
        + (3 * small / 2 - 27 * small**3 / 32) * math.sin(2 * mu)
        + (21 * small**2 / 16 - 55 * small**4 / 32) * math.sin(4 * mu)
        + 151 * small**3 / 96 * math.sin(6 * mu)
        + 1097 * small**4 / 512 * math.sin(8 * mu)
    )
    sine, cosine, tangent = math.sin(foot), math.cos(foot), math.tan(foot)
    c, t = second * cosine**2, tangent**2
    n = _AXIS / math.sqrt(1 - _E2 * sine**2)
    r = _AXIS * (1 - _E2) / (1 - _E2 * sine**2) ** 1.5
    d = (east - 500_000) / (n * _SCALE)
    lat = foot - (n * tangent / r) * (
        d**2 / 2
        - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * second) * d**4 / 24
        + (61 + 90 * t + 298 * c + 45 * t**2 - 252 * second - 3 * c**2) * d**6 / 720
    )
    lon = (
        d - (1 + 2 * t + c) * d**3 / 6 + (5 - 2 * c + 28 * t - 3 * c**2 + 8 * second + 24 * t**2) * d**5 / 120
    ) / cosine
    return math.degrees(lat), math.degrees(lon) + zone * 6 - 183
