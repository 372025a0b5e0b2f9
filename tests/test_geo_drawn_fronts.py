"""Fronts that others drew, in every form that they come in."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.drawn_fronts import read_drawn_fronts
from geo.errors import GeoError
from geo.front import FRONT_COLUMNS

SQUARE = shapely.box(30, 47, 31, 48)
LINE = shapely.LineString([(31, 47), (31, 48)])
BOW = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


def drawn(**columns: list) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"side": ["A", "line"], **columns}, geometry=[SQUARE, LINE], crs=4326)


def write(frame: gpd.GeoDataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".kmz":
        frame.iloc[:1].to_file(path.with_suffix(".kml"), driver="KML")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(path.with_suffix(".kml"), "doc.kml")
        path.with_suffix(".kml").unlink()
    elif path.suffix == ".zip":
        inner = path.with_suffix(".shp")
        frame.iloc[:1].to_crs(3857).to_file(inner)
        with zipfile.ZipFile(path, "w") as archive:
            for part in inner.parent.glob(f"{inner.stem}.*"):
                if part.suffix != ".zip":
                    archive.write(part, part.name)
                    part.unlink()
    elif path.suffix in (".kml", ".shp"):
        frame.iloc[:1].to_file(path, driver="KML" if path.suffix == ".kml" else None)
    else:
        frame.to_file(path)
    return path


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".kml", ".kmz", ".shp", ".zip"])
def test_every_format_gives_the_same_table(tmp_path: Path, suffix: str) -> None:
    path = write(drawn(), tmp_path / f"front_2022-09-11{suffix}")
    found = read_drawn_fronts(path, source="someone", licence="CC BY 4.0", version="v2")
    assert list(found.table.columns) == [*FRONT_COLUMNS, "version", "geometry"]
    assert found.table.crs.to_epsg() == 4326
    area = found.table[found.table["kind"] == "area"].iloc[0]
    assert area["as_of"] == pd.Timestamp("2022-09-11")
    assert (area["source"], area["licence"], area["version"]) == ("someone", "CC BY 4.0", "v2")
    assert shapely.symmetric_difference(area.geometry, SQUARE).area < 1e-6
    assert not found.faults


def test_another_projection_comes_back_to_degrees(tmp_path: Path) -> None:
    path = tmp_path / "f_20220911.gpkg"
    drawn().to_crs(32636).to_file(path)
    found = read_drawn_fronts(path, source="s").table
    assert found.total_bounds == pytest.approx([30, 47, 31, 48], abs=1e-6)
    assert set(found["kind"]) == {"area", "line"}
    assert set(found["licence"]) == {"unclear"}


def test_days_come_from_a_column_before_the_name(tmp_path: Path) -> None:
    path = write(drawn(date=["2022-05-01", "2022-05-02T10:00:00Z"]), tmp_path / "all.geojson")
    assert [day.date().isoformat() for day in read_drawn_fronts(path, source="s").table["as_of"]] == [
        "2022-05-01",
        "2022-05-02",
    ]
    named = read_drawn_fronts(path, source="s", date_column="date").table
    assert named["as_of"].nunique() == 2


@pytest.mark.parametrize("name", ["2022-09-11", "map_20220911_final", "11.09.2022", "2022_09_11"])
def test_a_folder_of_dated_files(tmp_path: Path, name: str) -> None:
    write(drawn(), tmp_path / f"{name}.geojson")
    write(drawn(), tmp_path / "2022-09-17.geojson")
    (tmp_path / "notes.txt").write_text("not a map")
    days = read_drawn_fronts(tmp_path, source="s").table["as_of"]
    assert {day.date() for day in days} == {dt.date(2022, 9, 11), dt.date(2022, 9, 17)}


def test_faults_are_listed_with_their_feature(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "properties": {"side": "A"}, "geometry": shapely.geometry.mapping(BOW)},
        {"type": "Feature", "properties": {"side": "A"}, "geometry": None},
        {
            "type": "Feature",
            "properties": {"side": "A"},
            "geometry": shapely.geometry.mapping(shapely.box(300, 0, 301, 1)),
        },
        {"type": "Feature", "properties": {"side": "A"}, "geometry": shapely.geometry.mapping(SQUARE)},
    ]
    path = tmp_path / "2022-01-01.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_drawn_fronts(path, source="s")
    assert len(found.table) == 2
    assert found.table.geometry.is_valid.all()
    assert [fault.split(": ")[1] for fault in found.faults] == ["feature 1", "feature 2", "feature 3"]
    assert "Self-intersection" in found.faults[0]


def test_sides_are_translated_or_left_out(tmp_path: Path) -> None:
    path = write(drawn(), tmp_path / "2022-01-01.geojson")
    found = read_drawn_fronts(path, source="s", sides={"A": "RU"}).table
    assert found["side"].tolist() == ["RU"]


def test_what_cannot_be_read_says_what_would_do(tmp_path: Path) -> None:
    undated = write(drawn(), tmp_path / "front.geojson")
    with pytest.raises(GeoError, match=r"feature 1: no day .* 2022-09-11.geojson would do"):
        read_drawn_fronts(undated, source="s")
    assert len(read_drawn_fronts(undated, source="s", day=dt.date(2022, 1, 1)).table) == 2
    (tmp_path / "broken_2022-01-01.geojson").write_text("{")
    with pytest.raises(GeoError, match="cannot be read"):
        read_drawn_fronts(tmp_path / "broken_2022-01-01.geojson", source="s")
    with pytest.raises(GeoError, match="no such file"):
        read_drawn_fronts(tmp_path / "nothing.geojson", source="s")
    (tmp_path / "map.pdf").write_text("x")
    with pytest.raises(GeoError, match=r"cannot read \.pdf"):
        read_drawn_fronts(tmp_path / "map.pdf", source="s")
