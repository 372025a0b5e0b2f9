"""The grid that coordinates are rounded to: Web Mercator as a unit square, x to the east, y to the south."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = ["EARTH_M", "MAX_LATITUDE", "interleave", "mercator"]

EARTH_M = 2 * math.pi * 6378137.0  # the equator of Web Mercator, metres
MAX_LATITUDE = 85.0511


def mercator(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitude and latitude (degrees) to the unit square."""
    s = np.sin(np.radians(lat))
    return lon / 360 + 0.5, 0.5 - np.log((1 + s) / (1 - s)) / (4 * math.pi)


def interleave(x: npt.NDArray[np.uint64], y: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Position on the Z-order curve: the bits of two 24-bit numbers in turn, x first."""
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Put a zero between the bits of a 24-bit number (the classic way, by masks)."""
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F)):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    for shift, mask in ((2, 0x3333333333333333), (1, 0x5555555555555555)):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value
