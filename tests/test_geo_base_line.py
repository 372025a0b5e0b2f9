"""The base line: every form in which a theatre may give it, and what is said when it is wrong."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.base_line import base_line_of, read_base_line
from geo.control import control_claims
from geo.errors import TheatreError
from geo.front import front_on, fronts
from geo.theatre import load_theatre

HEAD = """
id = "x"
name = "X"
bbox = [30, 47, 33, 49]
date_from = 2021-01-01
date_to = 2021-02-01
[[sides]]
id = "A"
name = "A"
[[sides]]
id = "B"
name = "B"
[[sides]]
id = "C"
name = "C"
"""
WEST, EAST = shapely.box(30, 47, 31, 49), shapely.box(31, 47, 33, 49)


def theatre(folder: Path, base: str, **files: str) -> Path:
    (folder / "theatre.toml").write_text(HEAD + "\n[base_line]\ndate = 2021-01-01\n" + base, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".", 1)).write_text(text, encoding="utf-8")
    return folder


def features(*rows: tuple[dict, shapely.Geometry]) -> str:
    made = [{"type": "Feature", "properties": p, "geometry": shapely.geometry.mapping(g)} for p, g in rows]
    return json.dumps({"type": "FeatureCollection", "features": made})


def test_polygons_of_both_sides_are_the_land(tmp_path: Path) -> None:
    held = features(({"side": "A"}, WEST), ({"side": "B"}, EAST))
    base = read_base_line(load_theatre(theatre(tmp_path, 'file = "held.geojson"', held_geojson=held)))
    assert set(base.areas) == {"A", "B"}
    assert shapely.symmetric_difference(base.land, shapely.box(30, 47, 33, 49)).area < 1e-9
    assert (base.licence, base.date) == ("unclear", dt.date(2021, 1, 1))


def test_the_rest_of_the_box_goes_to_the_outside(tmp_path: Path) -> None:
    text = 'file = "held.geojson"\nside = "A"\noutside = "B"'
    base = read_base_line(load_theatre(theatre(tmp_path, text, held_geojson=features(({}, WEST)))))
    assert shapely.symmetric_difference(base.areas["B"], EAST).area < 1e-9


def test_a_ring_of_vertices(tmp_path: Path) -> None:
    ring = "longitude,latitude\n30,47\n31,47\n31,49\n30,49\n"
    text = 'file = "ring.csv"\nside = "A"\noutside = "B"'
    base = read_base_line(load_theatre(theatre(tmp_path, text, ring_csv=ring)))
    assert shapely.symmetric_difference(base.areas["A"], WEST).area < 1e-9


def test_another_projection_and_format(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"side": ["A", "B"]}, geometry=[WEST, EAST], crs=4326).to_crs(3857)
    frame.to_parquet(tmp_path / "held.parquet")
    base = read_base_line(load_theatre(theatre(tmp_path, 'file = "held.parquet"')))
    assert base.land.bounds == pytest.approx((30, 47, 33, 49), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'file' is missing"),
        ('file = "none.geojson"', "no such file"),
        ('file = "held.geojson"\noutside = "Z"', "names no side of the theatre: 'Z'"),
        ('file = "held.geojson"', "feature 2 names no 'side'"),
        ('file = "held.geojson"\nside = "Q"', "names no side"),
        ('file = "held.geojson"\nside = "A"', "land of one side only"),
        ('file = "ring.csv"\nside = "A"\noutside = "B"', "the ring crosses itself"),
        ('file = "short.csv"\nside = "A"\noutside = "B"', "2 vertices close no ring"),
        ('file = "ring.csv"', "a ring needs"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    files = {
        "held_geojson": features(({"side": "A"}, WEST), ({"side": None}, shapely.box(32, 47, 33, 48))),
        "ring_csv": "longitude,latitude\n30,47\n31,49\n31,47\n30,49\n",
        "short_csv": "longitude,latitude\n30,47\n31,49\n",
    }
    with pytest.raises(TheatreError, match=message):
        read_base_line(load_theatre(theatre(tmp_path, text, **files)))


def test_no_base_line_at_all(tmp_path: Path) -> None:
    (tmp_path / "theatre.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(TheatreError, match=r"no \[base_line\]; a front needs one"):
        front_on(load_theatre(tmp_path), dt.date(2021, 1, 2))


def test_slivers_between_ring_and_border_go_to_the_ring_but_pockets_stay() -> None:
    land = shapely.box(30, 47, 33, 49)
    ring = shapely.Polygon([(30.005, 47), (31, 47), (31, 49), (30.005, 49), (30, 48)])  # leaves two slivers in the west
    pocket = shapely.box(30.5, 48, 30.55, 48.05)
    base = base_line_of(dt.date(2021, 1, 1), {"A": ring.difference(pocket)}, outside="B", land=land)
    assert shapely.symmetric_difference(base.areas["A"], WEST.difference(pocket)).area < 1e-9
    assert len(shapely.get_parts(base.areas["B"])) == 2


def test_a_place_with_an_outline_changes_hands_as_a_whole(tmp_path: Path) -> None:
    corridor = shapely.box(30.2, 47.9, 30.9, 48.0)
    text = 'file = "held.geojson"\nside = "A"\noutside = "B"'
    files = {
        "held_geojson": features(({}, WEST)),
        "shapes_geojson": features(({"place_id": "road"}, corridor)),
        "places_csv": "place_id,feature,longitude,latitude\nroad,corridor,30.5,47.95\ntown,town,30.5,48.2\n",
        "control.changes_csv": "",
    }
    files.pop("control.changes_csv")
    folder = theatre(tmp_path, text, **files)
    changes = "place_id,date,controller,kind,confidence,source\n"
    changes += "town,2021-01-01,A,held,high,s\nroad,2021-01-05,C,agreed,high,s\ntown,2021-01-05,B,agreed,high,s\n"
    (folder / "control_changes.csv").write_text(changes, encoding="utf-8")
    loaded = load_theatre(folder)
    assert len(control_claims(loaded)) == 3
    table = fronts(loaded, [dt.date(2021, 1, 4), dt.date(2021, 1, 5)])
    after = table[(table["as_of"] == "2021-01-05") & (table["kind"] == "area")].dissolve("side").geometry
    assert shapely.symmetric_difference(after["C"], corridor).area < 1e-5
    assert after["B"].intersects(shapely.Point(30.5, 48.2))
    assert "C" not in set(table.loc[table["as_of"] == "2021-01-04", "side"])
