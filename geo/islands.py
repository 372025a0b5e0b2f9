"""Islands: land cut off from its side. One that no claim supports goes to the side around it, as an analyst draws it.

What cuts land off are footprints that grew together around it. It stays when it was an island of the base line, or when
somebody has vouched since then for a place on it; places that were merely held before the front passed do not count,
unless they are too many for an oversight.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from .ground import GRID_M, Ground

__all__ = ["absorbed"]

OVERSIGHT_M2 = 100e6  # a pocket of more than this is no oversight of those who list captures
SAME = 0.02  # an island is one of the base line's when its size differs by no more than this share
TOUCH_M = 1.0


def absorbed(
    ground: Ground,
    areas: Mapping[str, BaseGeometry],
    *,
    holders: Mapping[int, str],
    vouched: Collection[int],
) -> dict[str, BaseGeometry]:
    """The areas with unsupported islands given to the side around them.

    Args:
        holders: who holds which place.
        vouched: the places of which somebody said since the base line who holds them.
    """
    found = dict(areas)
    for side in areas:
        islands = _islands(ground, areas[side], side)
        if not len(islands):
            continue
        which, place = ground.tree.query(islands, predicate="intersects")
        mine = np.array([holders.get(int(i)) == side for i in place], dtype=bool)
        told = np.array([int(i) in vouched for i in place], dtype=bool)
        kept = np.isin(np.arange(len(islands)), which[mine & told])
        kept |= np.isin(np.arange(len(islands)), which[mine]) & (shapely.area(islands) > OVERSIGHT_M2)
        found = _given_away(found, side, islands[~kept])
    return found


def _given_away(
    areas: Mapping[str, BaseGeometry], side: str, islands: npt.NDArray[np.object_]
) -> dict[str, BaseGeometry]:
    found = dict(areas)
    takers = [_around(island, side, areas) for island in islands]
    for taker in {name for name in takers if name is not None}:
        gift = shapely.union_all([island for island, name in zip(islands, takers, strict=True) if name == taker])
        found[side] = shapely.difference(found[side], gift, grid_size=GRID_M)
        found[taker] = shapely.union(found[taker], gift, grid_size=GRID_M)
    return found


def _islands(ground: Ground, area: BaseGeometry, side: str) -> npt.NDArray[np.object_]:
    """All parts of an area but its largest, without those that were islands before."""
    parts = shapely.get_parts(area)
    if len(parts) < 2:
        return np.array([], dtype=object)
    sizes = shapely.area(parts)
    others: npt.NDArray[np.object_] = np.delete(parts, int(np.argmax(sizes)))
    before = shapely.get_parts(ground.areas[side]) if side in ground.areas else np.array([], dtype=object)
    tree = shapely.STRtree(before)
    which, where = tree.query(shapely.point_on_surface(others), predicate="intersects")
    old = np.zeros(len(others), dtype=bool)
    size_before, size_now = shapely.area(before[where]), shapely.area(others[which])
    old[which] = np.abs(size_before - size_now) <= SAME * size_before
    return others[~old]


def _around(island: BaseGeometry, side: str, areas: Mapping[str, BaseGeometry]) -> str | None:
    """The side with which an island shares most of its edge; None when it touches nobody's land."""
    if len(areas) == 2:
        return next(other for other in areas if other != side)
    ring = island.boundary.buffer(TOUCH_M, quad_segs=1)
    shared = {s: shapely.intersection(area, ring).area for s, area in areas.items() if s != side}
    best = max(sorted(shared), key=lambda s: shared[s], default=None)
    return best if best is not None and shared[best] > 0 else None
