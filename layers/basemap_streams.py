"""Streams that no map at this scale carries, worked out from the heights: where the water of a valley must run.

A flood that rises from the edge of the grid reaches each cell from its lowest neighbour; followed backwards, that is
the way its water takes out (Barnes, Lehman, Mulla 2014, "Priority-flood"). Only valleys are kept: on a plain, the
heights of a kilometre grid say nothing about a river's course.
"""

from __future__ import annotations

import heapq

import numpy as np
import shapely

from .basemap_sources import Elevation

__all__ = ["valley_streams"]

KM_PER_DEGREE = 111.32
MOST_CELLS = 1_200_000  # more are merged first: the flood visits them one by one
DRY, OUT, FENCE = -2, -1, -3
WINDOW = 3  # cells on each side that a valley's depth is measured over


def valley_streams(
    elevation: Elevation, *, catchment_km2: float = 400.0, depth_m: float = 120.0, shortest_km: float = 12.0
) -> list[shapely.LineString]:
    """Lines (lon, lat) along which more than `catchment_km2` drain through ground that is at least `depth_m` uneven.

    The lines are as good as the grid: about a cell off, and blind to tunnels, canals and underground water.
    """
    metres, box = _merged(elevation)
    rows, columns = metres.shape
    order, downstream = _flood(metres)
    catchment = _catchment(order, downstream, _cell_km2(box, rows, columns))
    stream = (catchment >= catchment_km2) & _uneven(metres, depth_m).ravel() & (metres.ravel() > 0)
    cell = KM_PER_DEGREE * (box[3] - box[1]) / rows
    paths = [path for path in _paths(order, downstream, stream) if len(path) * cell >= shortest_km]
    return [_line(path, box, rows, columns) for path in paths]


def _merged(elevation: Elevation) -> tuple[np.ndarray, tuple[float, float, float, float]]:
    """Fewer cells, each the lowest of its part, so that gorges stay open."""
    metres = elevation.metres
    step = int(np.ceil(np.sqrt(metres.size / MOST_CELLS)))
    if step <= 1:
        return metres, elevation.box
    rows, columns = (side // step * step for side in metres.shape)
    west, south, east, north = elevation.box
    down, across = (north - south) / metres.shape[0], (east - west) / metres.shape[1]
    box = (west, north - rows * down, west + columns * across, north)
    return metres[:rows, :columns].reshape(rows // step, step, columns // step, step).min(axis=(1, 3)), box


def _flood(metres: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Cells in the order in which a rising flood reaches them; and for each the one that its water leaves by, or -1."""
    fenced = np.pad(metres, 1, constant_values=np.inf)  # so that every cell of the grid has eight neighbours
    rows, columns = fenced.shape
    heights = fenced.ravel().tolist()
    ways = np.where(np.isinf(fenced), FENCE, DRY).ravel().tolist()
    heap = []
    for number, cell in enumerate(_rim(rows, columns)):
        ways[cell] = OUT
        heap.append((heights[cell], number, cell))
    heapq.heapify(heap)
    number, order = len(heap), []
    steps = (-columns, columns, -1, 1, -columns - 1, -columns + 1, columns - 1, columns + 1)
    while heap:
        level, _, cell = heapq.heappop(heap)
        order.append(cell)
        for step in steps:
            other = cell + step
            if ways[other] == DRY:
                ways[other] = cell
                number += 1
                heapq.heappush(heap, (max(level, heights[other]), number, other))
    return _unfenced(order, ways, rows, columns)


def _rim(rows: int, columns: int) -> list[int]:
    """The outermost cells inside the fence."""
    inside = np.arange(rows * columns).reshape(rows, columns)[1:-1, 1:-1]
    return [int(c) for c in np.unique(np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]]))]


def _unfenced(order: list[int], ways: list[int], rows: int, columns: int) -> tuple[list[int], np.ndarray]:
    def plain(cells: np.ndarray) -> np.ndarray:
        return np.asarray((cells // columns - 1) * (columns - 2) + cells % columns - 1)

    inside = np.array(ways).reshape(rows, columns)[1:-1, 1:-1].ravel()
    return plain(np.array(order)).tolist(), np.where(inside >= 0, plain(inside), -1)


def _catchment(order: list[int], downstream: np.ndarray, cell_km2: np.ndarray) -> np.ndarray:
    area = cell_km2.tolist()
    ways = downstream.tolist()
    for cell in reversed(order):
        if ways[cell] >= 0:
            area[ways[cell]] += area[cell]
    return np.array(area)


def _cell_km2(box: tuple[float, float, float, float], rows: int, columns: int) -> np.ndarray:
    down, across = (box[3] - box[1]) / rows, (box[2] - box[0]) / columns
    latitudes = box[3] - (np.arange(rows) + 0.5) * down
    area = down * across * KM_PER_DEGREE**2 * np.cos(np.radians(latitudes))
    return np.repeat(area, columns)


def _uneven(metres: np.ndarray, depth_m: float) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(metres, WINDOW, mode="edge"), (2 * WINDOW + 1,) * 2)
    return np.asarray(windows.max(axis=(2, 3)) - windows.min(axis=(2, 3)) >= depth_m)


def _paths(order: list[int], downstream: np.ndarray, stream: np.ndarray) -> list[list[int]]:
    """Stream cells as paths, longest first, each ending where it meets a longer one or leaves the stream."""
    wet, ways = stream.tolist(), downstream.tolist()
    longest: dict[int, tuple[int, int]] = {}  # cell: (length above it, the cell above it on the longest way)
    for cell in reversed(order):
        if wet[cell]:
            length = longest.setdefault(cell, (0, -1))[0] + 1
            below = ways[cell]
            if below >= 0 and wet[below] and longest.get(below, (0, -1))[0] < length:
                longest[below] = (length, cell)
    mouths = [cell for cell in longest if ways[cell] < 0 or not wet[ways[cell]]]
    side = [cell for cell in longest if cell not in mouths and longest[ways[cell]][1] != cell]
    paths = []
    for foot in [*mouths, *side]:
        path = [ways[foot]] if foot in longest and ways[foot] >= 0 else []
        cell = foot
        while cell != -1:
            path.append(cell)
            cell = longest[cell][1]
        paths.append(path[::-1])
    return paths


def _line(path: list[int], box: tuple[float, float, float, float], rows: int, columns: int) -> shapely.LineString:
    row, column = np.divmod(np.array(path), columns)
    down, across = (box[3] - box[1]) / rows, (box[2] - box[0]) / columns
    points = np.column_stack([box[0] + (column + 0.5) * across, box[3] - (row + 0.5) * down])
    return shapely.simplify(shapely.LineString(points), 0.9 * down)  # the steps of the grid are no bends of the river
