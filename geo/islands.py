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
        mine = np.array(sorted(i for i, holder in holders.items() if holder == side), dtype=np.int64)
        claimed = np.isin(mine, list(vouched))
        tree = shapely.STRtree(list(map(shapely.Point, ground.xy[mine])))
        for island in _islands(ground, areas[side], side):
            on_it = tree.query(island, predicate="intersects")
            if claimed[on_it].any() or (len(on_it) and island.area > OVERSIGHT_M2):
                continue
            taker = _around(island, side, found)
            if taker is not None:
                found[side] = shapely.difference(found[side], island, grid_size=GRID_M)
                found[taker] = shapely.union(found[taker], island, grid_size=GRID_M)
    return found


def _islands(ground: Ground, area: BaseGeometry, side: str) -> list[BaseGeometry]:
    """All parts of an area but its largest, without those that were islands before."""
    parts = shapely.get_parts(area)
    if len(parts) < 2:
        return []
    sizes = shapely.area(parts)
    others: npt.NDArray[np.object_] = np.delete(parts, int(np.argmax(sizes)))
    before = shapely.get_parts(ground.areas[side]) if side in ground.areas else np.array([], dtype=object)
    tree = shapely.STRtree(before)
    which, where = tree.query(shapely.point_on_surface(others), predicate="intersects")
    old = np.zeros(len(others), dtype=bool)
    size_before, size_now = shapely.area(before[where]), shapely.area(others[which])
    old[which] = np.abs(size_before - size_now) <= SAME * size_before
    return list(others[~old])


def _around(island: BaseGeometry, side: str, areas: Mapping[str, BaseGeometry]) -> str | None:
    """The side with which an island shares most of its edge; None when it touches nobody's land."""
    ring = island.boundary.buffer(TOUCH_M, quad_segs=1)
    shared = {s: shapely.intersection(area, ring).area for s, area in areas.items() if s != side}
    best = max(sorted(shared), key=lambda s: shared[s], default=None)
    return best if best is not None and shared[best] > 0 else None
