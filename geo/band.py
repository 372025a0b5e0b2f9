"""The band: how far the true line may lie from the drawn one, stated with the line so that 90 % of it lies inside.

Two things widen it: how long ago somebody last drew the whole line (the base line), and, where claims moved it, how far
the nearest place lies of which anything is said. The figures come from comparing worked-out fronts with drawn ones
(benchmarks/front_eval.py prints the share inside).
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["banded", "still_km"]

DRIFT_KM = 0.28  # a line that no claim moved strays this much, times the root of the days since it was drawn
MOVED_KM = 3.0  # half-width where claims moved the line …
AWAY_SHARE = 1.1  # … and this much more for each km to the nearest place of which anything is said
WIDEST_KM = 25.0
STEP_KM = 3.0  # half-widths of moved lines are rounded up to steps, so that a line falls into few rows


def still_km(days: int, uncertainty_km: float) -> float:
    """Half-width where no claim moved the line, so many days after somebody drew it as sure as that."""
    return round(uncertainty_km + DRIFT_KM * float(np.sqrt(days)), 1)


def banded(line: BaseGeometry, beside: BaseGeometry, places: shapely.STRtree) -> list[tuple[float, BaseGeometry]]:
    """A line (metres) cut into parts of one half-width in km each: 0 where it has not moved (see `still_km`).

    Args:
        beside: where the line was when it was drawn, a metre wide.
        places: all places of which anything is said.
    """
    moved = line.difference(beside)
    if moved.is_empty or not len(places):
        return [(0.0, line)]
    parts = [(0.0, line.difference(moved.buffer(0.5, quad_segs=1)))]
    segments = _segments(moved)
    middles = shapely.line_interpolate_point(segments, 0.5, normalized=True)
    away = shapely.distance(middles, places.geometries[places.nearest(middles)]) / 1e3
    width = np.ceil(np.minimum(MOVED_KM + AWAY_SHARE * away, WIDEST_KM) / STEP_KM) * STEP_KM
    for value in np.unique(width):
        joined = shapely.line_merge(shapely.MultiLineString(segments[width == value].tolist()))
        parts.append((float(value), joined))
    return [(value, part) for value, part in parts if not part.is_empty]


def _segments(line: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The straight pieces of a line, each on its own."""
    points, index = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    same = index[1:] == index[:-1]
    pieces = np.stack([points[:-1][same], points[1:][same]], axis=1)
    return np.asarray(shapely.linestrings(pieces), dtype=object)
