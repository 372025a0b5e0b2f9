"""The ground: base line, land and places projected to one plane; what stays the same on all days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from .base_line import BaseLine, polygonal

__all__ = ["GRID_M", "Ground", "between", "ground_of", "projections", "snapped"]

NEIGHBOURS = 48  # more than are asked on a given day: some say nothing then
GRID_M = 0.001  # coordinates snap to it, so that overlays of overlays stay exact and leave no slivers
TOUCH_M = 1.0

Projection = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything in metres, equal-area. `sides[i]` is who held the land at place i on the day of the base line."""

    index: Mapping[str, int]
    xy: npt.NDArray[np.float64]
    tree: shapely.STRtree  # of the same points
    sides: tuple[str | None, ...]
    neighbours: npt.NDArray[np.int64]  # the nearest places on the same side's land, nearest first; -1: no more
    apart: npt.NDArray[np.float64]  # how far they are
    depths: Mapping[str, npt.NDArray[np.float64]]  # how far each place lies from each side's land
    areas: Mapping[str, BaseGeometry]
    land: BaseGeometry
    border: BaseGeometry  # the edge of the land, widened by a metre
    beside: BaseGeometry  # the base line, widened by a metre
    shapes: Mapping[int, BaseGeometry]  # of places that are no points
    to_metres: Projection
    to_degrees: Projection

    def depth(self, place: int, side: str) -> float:
        """How far behind the base line a place lies, seen from a side; 0 for a side that had no land."""
        return float(self.depths[side][place]) if side in self.depths else 0.0


def ground_of(base: BaseLine, place_ids: Sequence[str], lonlat: npt.NDArray[np.float64]) -> Ground:
    """The ground of a base line and places (n × 2, lon, lat)."""
    to_metres, to_degrees = projections(base.land.bounds)
    points = to_metres(shapely.points(lonlat.reshape(-1, 2)))
    areas = {side: snapped(to_metres(area)) for side, area in base.areas.items()}
    land = snapped(to_metres(base.land))
    index = {place_id: i for i, place_id in enumerate(place_ids)}
    border = land.boundary.buffer(TOUCH_M, quad_segs=2)
    sides: list[str | None] = [None] * len(points)
    for side, area in areas.items():
        shapely.prepare(area)
        for i in np.flatnonzero(shapely.intersects(area, points)).tolist():
            sides[i] = sides[i] or side
    xy = shapely.get_coordinates(points).reshape(-1, 2)
    neighbours, apart = _neighbours(xy, sides)
    return Ground(
        index=index,
        xy=xy,
        tree=shapely.STRtree(np.asarray(points)),
        sides=tuple(sides),
        neighbours=neighbours,
        apart=apart,
        depths={side: np.asarray(shapely.distance(area, points)) for side, area in areas.items()},
        areas=areas,
        land=land,
        border=border,
        beside=between(areas, border).buffer(TOUCH_M, quad_segs=1),
        shapes={index[place]: snapped(to_metres(shape)) for place, shape in base.shapes.items() if place in index},
        to_metres=to_metres,
        to_degrees=to_degrees,
    )


def snapped(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, valid, on the grid."""
    return polygonal(shapely.set_precision(shapely.make_valid(geometry), GRID_M))


def between(areas: Mapping[str, BaseGeometry], border: BaseGeometry) -> BaseGeometry:
    """The lines between sides: the outlines of all but the largest area, without the edge of the land."""
    smaller = sorted(areas.values(), key=lambda area: area.area)[:-1]
    outlines = [area.boundary for area in smaller if not area.is_empty]
    edge = outlines[0] if len(outlines) == 1 else shapely.union_all(outlines, grid_size=GRID_M)
    return shapely.difference(edge, border)


def projections(bounds: tuple[float, float, float, float]) -> tuple[Projection, Projection]:
    """To and from an equal-area plane around the middle of a box in degrees."""
    west, south, east, north = bounds
    crs = f"+proj=laea +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m"
    there = Transformer.from_crs(4326, crs, always_xy=True)
    back = Transformer.from_crs(crs, 4326, always_xy=True)

    return partial(_reprojected, there), partial(_reprojected, back)


def _reprojected(transformer: Transformer, geometry: Any) -> Any:
    def transform(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, transform)


def _neighbours(
    xy: npt.NDArray[np.float64], sides: Sequence[str | None]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """For each place the nearest ones on the same land, and their distances; blocks keep the table small."""
    nearest = np.full((len(xy), NEIGHBOURS), -1, dtype=np.int64)
    apart = np.full((len(xy), NEIGHBOURS), np.inf)
    for side in set(sides):
        members = np.array([i for i, s in enumerate(sides) if s == side], dtype=np.int64)
        count = min(NEIGHBOURS, len(members) - 1)
        if count < 1:
            continue
        for block in np.array_split(members, len(members) // 500 + 1):
            far = np.hypot(*(xy[block][:, None, :] - xy[members][None, :, :]).transpose(2, 0, 1))
            far[block[:, None] == members[None, :]] = np.inf
            close = np.argpartition(far, count - 1, axis=1)[:, :count]
            close.sort(axis=1)  # equal distances in the order of places
            order = np.take_along_axis(close, np.argsort(np.take_along_axis(far, close, 1), axis=1, kind="stable"), 1)
            nearest[block, :count] = members[order]
            apart[block, :count] = np.take_along_axis(far, order, 1)
    return nearest, apart
