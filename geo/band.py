"""The band: how far the true line may lie from the drawn one, stated with the line so that 90 % of it lies inside.

Two things widen it: how long ago somebody last drew the whole line (the base line), and, where claims moved it, how far
a footprint reaches beyond the places that are known. The figures come from comparing worked-out fronts with drawn ones
(benchmarks/front_eval.py prints the share inside).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .footprints import Print

__all__ = ["banded"]

DRIFT_KM = 0.25  # a line that no claim moved strays this much, times the root of the days since it was drawn
MOVED_KM = 3.0  # half-width where claims moved the line …
MOVED_SHARE = 0.6  # … and this share of the reach of the footprint beside it
STEP_KM = 5.0  # half-widths of moved lines are rounded up to steps, so that a line falls into few rows


def banded(
    line: BaseGeometry, beside: BaseGeometry, prints: Mapping[int, Print], *, days: int, uncertainty_km: float
) -> list[tuple[float, BaseGeometry]]:
    """A line (metres) cut into parts of one half-width in km each, narrowest first.

    Args:
        beside: where the line was when it was drawn, a metre wide.
        prints: the footprints that moved it.
        days: since the base line.
        uncertainty_km: of the base line itself.
    """
    still = uncertainty_km + DRIFT_KM * float(np.sqrt(days))
    if not prints:
        return [(round(still, 1), line)]
    moved = line.difference(beside)
    if moved.is_empty:
        return [(round(still, 1), line)]
    parts = [(round(still, 1), line.difference(moved.buffer(0.5, quad_segs=1)))]
    segments = _segments(moved)
    shapes = [shape for _, shape in sorted(prints.items()) if not shape.land.is_empty]
    nearest = shapely.STRtree([shape.land for shape in shapes]).nearest(
        shapely.line_interpolate_point(segments, 0.5, normalized=True)
    )
    reach = np.array([shape.radius for shape in shapes])[nearest] / 1e3
    width = np.ceil(np.maximum(MOVED_KM + MOVED_SHARE * reach, still) / STEP_KM) * STEP_KM
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
