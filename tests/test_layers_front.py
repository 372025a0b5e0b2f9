"""Fronts packed in Python, read by the script of the page (through Node) and compared with the table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from test_layers_points import read

from layers.errors import LayerError
from layers.front import Fronts, pack_fronts

WEST = shapely.box(46.0, 39.0, 46.5, 40.0)
EAST = shapely.box(46.5, 39.0, 47.0, 40.0)
RING = shapely.Polygon(shapely.box(46.0, 39.0, 47.0, 40.0).exterior, [shapely.box(46.4, 39.4, 46.6, 39.6).exterior])
LINE = shapely.LineString([(46.5, 39.0), (46.5, 40.0)])


def day(number: int) -> dt.date:
    return dt.date(2020, 9, 27) + dt.timedelta(days=number)


def frame(rows: list[tuple[Any, ...]]) -> gpd.GeoDataFrame:
    names = ["as_of", "kind", "side", "status", "geometry"]
    return gpd.GeoDataFrame([dict(zip(names, row, strict=True)) for row in rows], geometry="geometry", crs=4326)


def test_each_day_shows_its_own_shapes(tmp_path: Path) -> None:
    fronts = frame(
        [
            (day(0), "area", "A", "assessed", WEST), (day(0), "area", "B", "assessed", EAST),
            (day(0), "line", None, "assessed", LINE), (day(1), "area", "A", "assessed", WEST),
            (day(1), "area", "B", "contested", EAST), (day(2), "area", "A", "assessed", RING),
        ]
    )  # fmt: skip
    got = read(pack_fronts(fronts).data, tmp_path, "fronts")
    assert [d["day"] for d in got] == [str(day(k)) for k in range(3)]
    for place, shown in enumerate(got):
        rows = fronts[fronts["as_of"] == day(place)]
        assert len(shown["features"]) == len(rows)
        for feature in shown["features"]:
            side = feature.get("side")
            row = rows[
                (rows["kind"] == feature["kind"]) & (rows["side"].isna() if side is None else rows["side"] == side)
            ]
            assert feature["status"] == row.iloc[0]["status"]
            rings = feature["rings"]
            shape = shapely.LineString(rings[0]) if side is None else shapely.Polygon(rings[0], rings[1:])
            assert shapely.hausdorff_distance(shape.boundary, row.iloc[0].geometry.boundary) < 0.0005


def test_what_does_not_move_travels_once() -> None:
    still = pack_fronts(frame([(day(k), "area", "A", "assessed", WEST) for k in range(300)]))
    alone = pack_fronts(frame([(day(0), "area", "A", "assessed", WEST)]))
    assert len(still.days) == 300
    assert len(still.data) < len(alone.data) + 1000


def test_a_stretch_ends_where_a_day_is_missing(tmp_path: Path) -> None:
    rows = [(day(k), "area", "A", "assessed", WEST) for k in (0, 1, 3)]
    rows.append((day(2), "area", "B", "assessed", EAST))
    got = read(pack_fronts(frame(rows)).data, tmp_path, "fronts")
    assert [[f["side"] for f in d["features"]] for d in got] == [["A"], ["A"], ["B"], ["A"]]


def test_the_front_as_known_then_travels_beside_the_one_of_today(tmp_path: Path) -> None:
    today = frame([(day(k), "area", "A", "assessed", WEST) for k in range(2)]).assign(as_known=False)
    then = frame([(day(k), "area", "A", "assessed", EAST) for k in range(2)]).assign(as_known=True)
    both = gpd.GeoDataFrame(pd.concat([today, then], ignore_index=True), geometry="geometry", crs=4326)
    for known, shape in (("today", WEST), ("then", EAST)):
        kind = "fronts" if known == "today" else "fronts-known"
        got = read(pack_fronts(both).data, tmp_path, kind)
        assert [len(d["features"]) for d in got] == [1, 1]
        assert shapely.hausdorff_distance(shapely.Polygon(got[1]["features"][0]["rings"][0]), shape) < 0.001


spots = st.tuples(st.floats(-179, 179), st.floats(-80, 80))
sizes = st.sampled_from([0.0, 1e-7, 1e-4, 1e-2, 1.0])
outlines = st.tuples(spots, sizes, st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=9))


@settings(deadline=None)
@given(st.lists(outlines, max_size=5), st.booleans())
def test_no_shape_however_small_or_crooked_stops_the_packing(outlines: list[Any], closed: bool) -> None:
    rows = []
    for k, ((x, y), size, corners) in enumerate(outlines):
        points = [(x + size * a, y + size * b) for a, b in corners]
        shape = shapely.Polygon(points) if closed else shapely.LineString(points)
        rows.append((day(k % 3), "area" if closed else "line", "A", "assessed", shape))
        rows.append(
            (day(k % 3), "area", "A", "assessed", shapely.MultiPolygon([shapely.box(x, y, x + size, y + size)]))
        )
        rows.append((day(k % 3), "line", None, "assessed", shapely.GeometryCollection([shapely.Point(x, y), shape])))
    assert pack_fronts(frame(rows) if rows else frame([(day(0), "line", None, "assessed", LINE)]).iloc[:0]).data


def test_sides_get_colours_without_being_named() -> None:
    layer = Fronts(frame([(day(0), "area", "A", "assessed", WEST), (day(0), "area", "B", "assessed", EAST)]))
    sides = layer.options["styles"]["sides"]
    assert sides["A"]["color"] != sides["B"]["color"]


def test_empty_shapes_and_empty_tables_are_no_fault() -> None:
    assert pack_fronts(frame([(day(0), "area", "A", "assessed", shapely.Polygon())])).bounds is None
    assert pack_fronts(frame([(day(0), "area", "A", "assessed", WEST)]).iloc[:0]).days == ()


def test_a_table_that_cannot_be_drawn_is_refused_with_a_way_out() -> None:
    with pytest.raises(LayerError, match="'status' is missing"):
        pack_fronts(frame([(day(0), "area", "A", "assessed", WEST)]).drop(columns="status"))
    with pytest.raises(LayerError, match="EPSG:4326"):
        pack_fronts(frame([(day(0), "area", "A", "assessed", WEST)]).to_crs(3857))


def test_a_speck_smaller_than_the_grid_is_left_out() -> None:
    speck = shapely.box(46.0, 39.0, 46.0000001, 39.0000001)
    both = pack_fronts(frame([(day(0), "area", "A", "assessed", WEST), (day(0), "area", "B", "claimed", speck)]))
    assert both.days == ("2020-09-27",)
