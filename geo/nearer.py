"""Land nearer to one point than to others, for many points at once.

The land is where half-planes meet; the corners of such a figure are the edges of the convex hull of its dual points
(x · a <= 1 is dual to a), which GEOS finds for all of them in one call.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["nearer"]

CORNERS = 32  # of the disc
BLOCK = 256  # points at a time, to keep the table of distances small

Points = npt.NDArray[np.float64]


def nearer(centres: Points, foes: Points, radii: npt.NDArray[np.float64]) -> list[shapely.Polygon]:
    """For each centre (n × 2) the disc of its radius, cut to what is nearer to it than to any foe (m × 2).

    A foe on the very spot of a centre leaves nothing (an empty polygon).
    """
    found: list[shapely.Polygon] = []
    for block in np.array_split(np.arange(len(centres)), len(centres) // BLOCK + 1):
        found += _block(centres[block], foes, radii[block])
    return found


def _block(centres: Points, foes: Points, radii: npt.NDArray[np.float64]) -> list[shapely.Polygon]:
    if not len(centres):
        return []
    away = foes[None, :, :] - centres[:, None, :]
    far = np.hypot(away[..., 0], away[..., 1])
    buried = (far == 0).any(axis=1) if len(foes) else np.zeros(len(centres), dtype=bool)
    which, foe = np.nonzero((far > 0) & (far < 2 * radii[:, None]))
    planes = 2 * away[which, foe] / far[which, foe][:, None] ** 2
    angles = 2 * np.pi * np.arange(CORNERS) / CORNERS
    rim = np.c_[np.cos(angles), np.sin(angles)][None, :, :] / radii[:, None, None]
    points = np.concatenate([planes, rim.reshape(-1, 2)])
    owner = np.concatenate([which, np.repeat(np.arange(len(centres)), CORNERS)])
    order = np.argsort(owner, kind="stable")
    # in units of the radius: the hull works best on numbers around one
    hulls = shapely.convex_hull(shapely.multipoints(points[order] * radii[owner[order]][:, None], indices=owner[order]))
    ring, index = shapely.get_coordinates(hulls, return_index=True)
    inside = index[1:] == index[:-1]
    first, second, index = ring[:-1][inside], ring[1:][inside], index[1:][inside]
    cross = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    turn = second - first
    corners = np.c_[turn[:, 1], -turn[:, 0]] / cross[:, None] * radii[index][:, None] + centres[index]
    # the hull once more: nearly parallel edges may have crossed in the last digits
    shapes = shapely.convex_hull(shapely.multipoints(corners, indices=index))
    return [
        shapely.Polygon() if gone or shape.geom_type != "Polygon" else shape
        for shape, gone in zip(shapes, buried, strict=True)
    ]
