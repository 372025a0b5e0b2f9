"""Footprints: how much land a change of control at a place moves.

Land is cut into one cell a place (Voronoi). The base line moves only inside the cells of places whose holder changed,
and there only as far as the changes around reach behind the line. Everything here is projected (metres).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from .base_line import BaseLine, polygonal

__all__ = ["Ground", "Moved", "ground_of", "move"]

MIN_RADIUS_M = 2_000.0  # a settlement and the fields around it
REACH = 1.3  # a footprint reaches this much farther than the deepest change around it lies behind the line
NEAR_M = 25_000.0  # changes within this distance support each other
SLIVER_M2 = 1_000.0

Projection = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """The base line and the places on it, projected: what stays the same on all days."""

    place_ids: tuple[str, ...]
    index: Mapping[str, int]
    xy: npt.NDArray[np.float64]  # n × 2, metres
    cells: npt.NDArray[np.object_]  # one polygon a place, inside the land
    sides: tuple[str | None, ...]  # the base line's side at each place
    areas: Mapping[str, BaseGeometry]
    land: BaseGeometry
    to_metres: Projection
    to_degrees: Projection


@dataclass(frozen=True, slots=True)
class Moved:
    """The land by side after some places changed hands."""

    flips: Mapping[int, str]
    radii: Mapping[int, float]
    areas: Mapping[str, BaseGeometry]
    prints: Mapping[int, BaseGeometry] = field(default_factory=dict)


def ground_of(base: BaseLine, place_ids: Sequence[str], lonlat: npt.NDArray[np.float64]) -> Ground:
    """Project a base line and places (n × 2, lon, lat) to an equal-area plane and cut the land into cells."""
    to_metres, to_degrees = _projections(base.land)
    xy = shapely.get_coordinates(to_metres(shapely.points(lonlat)))
    areas = {side: polygonal(to_metres(area)) for side, area in base.areas.items()}
    land = polygonal(to_metres(base.land))
    at = [next((s for s, area in areas.items() if shapely.intersects_xy(area, *point)), None) for point in xy]
    index = {place_id: i for i, place_id in enumerate(place_ids)}
    cells = _cells(xy, land)
    return Ground(tuple(place_ids), index, xy, cells, tuple(at), areas, land, to_metres, to_degrees)


def move(ground: Ground, flips: Mapping[int, str], *, previous: Moved | None = None) -> Moved:
    """Move the base line by the places that changed hands (place number → side that holds it now).

    With `previous`, only the cells that differ from it are worked out again.
    """
    before = previous or Moved({}, {}, ground.areas)
    if dict(flips) == dict(before.flips):
        return before
    radii = _radii(ground, flips)
    changed = [
        i for i in {*flips, *before.flips} if flips.get(i) != before.flips.get(i) or radii.get(i) != before.radii.get(i)
    ]
    prints = {i: shape for i, shape in before.prints.items() if i in flips}
    prints |= {i: ground.cells[i].intersection(_disc(ground.xy[i], radii[i])) for i in changed if i in flips}
    stale = shapely.union_all([ground.cells[i] for i in changed])
    areas: dict[str, BaseGeometry] = {}
    for side in sorted({*ground.areas, *flips.values()}):
        kept = before.areas.get(side, shapely.Polygon()).difference(stale)
        gained = [prints[i] for i in changed if flips.get(i) == side]
        lost = shapely.union_all([prints[i] for i in changed if flips.get(i, side) != side])
        based = ground.areas.get(side, shapely.Polygon()).intersection(stale).difference(lost)
        areas[side] = _clean(shapely.union_all([kept, based, *gained]))
    return Moved(dict(flips), radii, areas, prints)


def _projections(land: BaseGeometry) -> tuple[Projection, Projection]:
    west, south, east, north = land.bounds
    crs = f"+proj=laea +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +units=m"
    there = Transformer.from_crs(4326, crs, always_xy=True)

    def to_metres(geometry: Any) -> Any:
        return shapely.transform(geometry, there.transform, interleaved=False)

    def to_degrees(geometry: Any) -> Any:
        back = Transformer.from_crs(crs, 4326, always_xy=True)
        return shapely.transform(geometry, back.transform, interleaved=False)

    return to_metres, to_degrees


def _cells(xy: npt.NDArray[np.float64], land: BaseGeometry) -> npt.NDArray[np.object_]:
    """Voronoi cells in the order of the places; places at one point share the cell of the first."""
    points, first, where = np.unique(xy, axis=0, return_index=True, return_inverse=True)
    if len(points) < 2:
        return np.array([land] * len(xy), dtype=object)
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=land.envelope, ordered=True)
    cells = np.array(shapely.intersection(shapely.get_parts(diagram), land), dtype=object)[where.ravel()]
    doubles = np.setdiff1d(np.arange(len(xy)), first)
    cells[doubles] = shapely.Polygon()
    return cells


def _radii(ground: Ground, flips: Mapping[int, str]) -> dict[int, float]:
    """How far each change reaches: as deep as the deepest change to the same side around it lies behind the line."""
    radii: dict[int, float] = {}
    for side in set(flips.values()):
        members = np.array(sorted(i for i, s in flips.items() if s == side))
        xy = ground.xy[members]
        area = ground.areas.get(side)
        depth = shapely.distance(shapely.points(xy), area) if area is not None else np.full(len(xy), NEAR_M)
        apart = np.hypot(*(xy[:, None, :] - xy[None, :, :]).transpose(2, 0, 1))
        deepest = np.where(apart <= NEAR_M, depth[None, :], 0.0).max(axis=1)
        radii |= dict(zip(members.tolist(), np.maximum(MIN_RADIUS_M, REACH * deepest).tolist(), strict=True))
    return radii


def _disc(point: npt.NDArray[np.float64], radius_m: float) -> BaseGeometry:
    return shapely.Point(point).buffer(radius_m, quad_segs=8)


def _clean(geometry: BaseGeometry) -> BaseGeometry:
    """Without the slivers that overlays leave."""
    parts = shapely.get_parts(polygonal(geometry))
    return shapely.multipolygons(parts[shapely.area(parts) > SLIVER_M2])
