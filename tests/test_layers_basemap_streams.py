"""Streams from heights: water runs down, in the valley, and no stream is drawn where heights say nothing."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from layers.basemap_sources import Elevation
from layers.basemap_streams import MOST_CELLS, _catchment, _cell_km2, _flood, _merged, valley_streams

BOX = (44.0, 39.0, 45.0, 40.0)  # 100 × 100 cells of about a kilometre


def height_at(elevation: Elevation, point: tuple[float, float]) -> float:
    west, south, east, north = elevation.box
    rows, columns = elevation.metres.shape
    row = int((north - point[1]) / (north - south) * rows)
    column = int((point[0] - west) / (east - west) * columns)
    return float(elevation.metres[min(row, rows - 1), min(column, columns - 1)])


def valley(*, depth_m: float = 1000.0, fall_m: float = 10.0) -> Elevation:
    """A straight valley from north to south in the middle of the box."""
    rows, columns = np.mgrid[0:100, 0:100]
    return Elevation(500.0 + fall_m * (99 - rows) + depth_m / 50 * np.abs(columns - 50), BOX)


def test_the_stream_runs_along_the_valley() -> None:
    (line,) = valley_streams(valley())
    longitudes = shapely.get_coordinates(line)[:, 0]
    assert np.abs(longitudes - 44.505).max() < 0.011
    assert line.length > 0.7


def test_lines_run_downhill() -> None:
    elevation = valley()
    (line,) = valley_streams(elevation)
    heights = [height_at(elevation, point) for point in line.coords]
    assert heights == sorted(heights, reverse=True)


def test_a_tributary_meets_its_river() -> None:
    rows, columns = np.mgrid[0:100, 0:100]
    river = 20.0 * np.abs(columns - 70)
    side = 20.0 * np.abs(rows - 50) + 6.0 * np.maximum(70 - columns, 0)
    metres = 500 + 5.0 * (99 - rows) + np.minimum(river, np.where(columns < 70, side, river))
    lines = valley_streams(Elevation(metres, BOX), catchment_km2=200, depth_m=50)
    assert len(lines) >= 2
    main, *others = sorted(lines, key=lambda line: -line.length)
    assert min(main.distance(other) for other in others) < 0.02


def test_on_a_plain_there_is_none() -> None:
    rng = np.random.default_rng(4)
    rows, _ = np.mgrid[0:100, 0:100]
    assert valley_streams(Elevation(100 + 0.2 * rows + rng.normal(0, 3, (100, 100)), BOX)) == []


def test_in_the_sea_there_is_none() -> None:
    assert valley_streams(Elevation(np.minimum(valley().metres - 3000, 0), BOX)) == []


def test_a_hollow_does_not_hold_the_water_up() -> None:
    elevation = valley()
    elevation.metres[48:52, 48:53] -= 400
    assert max(line.length for line in valley_streams(elevation)) > 0.7


@settings(max_examples=30, deadline=None)
@given(metres=arrays("float64", st.tuples(st.integers(4, 14), st.integers(4, 14)), elements=st.floats(0, 3000)))
def test_every_drop_leaves_once(metres: np.ndarray) -> None:
    rows, columns = metres.shape
    order, downstream = _flood(metres)
    assert sorted(order) == list(range(rows * columns))
    area = _cell_km2(BOX, rows, columns)
    outlets = downstream == -1
    assert _catchment(order, downstream, area)[outlets].sum() == pytest.approx(area.sum())
    place = {cell: number for number, cell in enumerate(order)}
    assert all(place[down] < place[cell] for cell, down in enumerate(downstream.tolist()) if down >= 0)


def test_large_grids_are_merged_without_moving() -> None:
    rows, columns = np.mgrid[0:2000, 0:2400]
    merged, box = _merged(Elevation((rows + columns).astype("float64"), (20.0, 10.0, 44.0, 30.0)))
    assert merged.size <= MOST_CELLS
    assert box == pytest.approx((20, 10, 44, 30), abs=0.05)
    assert merged[0, 0] == 0
    assert merged[1, 0] == 2000 / merged.shape[0]
