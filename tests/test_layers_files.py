"""Files that leave the product: every format opens elsewhere with its types, its dates and every letter of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.schema import COLUMNS, incidents_frame
from layers.errors import LayerError
from layers.files import FORMATS, table_bytes, write_layers, write_table

GDAL_FORMATS = ("geojson", "gpkg", "fgb", "kml")
HOSTILE = '=HYPERLINK("x") </Placemark></name>]]> <script>1</script> ${1} {{7*7}} Մարտունի / Xocavənd "\'`\\'


def incidents() -> gpd.GeoDataFrame:
    placed = {
        "incident_id": "i1",
        "date_start": "2020-10-22",
        "date_end": "2020-10-23",
        "event_type": "shelling",
        "place_name": "Martuni",
        "latitude": 39.795,
        "longitude": 47.112,
        "deaths_best": 2,
        "confidence": 0.75,
        "deleted": False,
        "text": HOSTILE,
        "reported_at": "2020-10-23T09:30:00+04:00",
    }
    unplaced = {"incident_id": "i2", "date_start": "2020-10-23", "event_type": "ground_clash", "where_prec": 5}
    return incidents_frame([placed, unplaced])


def fronts() -> gpd.GeoDataFrame:
    area = shapely.box(46, 39, 47, 40).difference(shapely.box(46.4, 39.4, 46.6, 39.6))
    shapes = [area, shapely.MultiPolygon([shapely.box(47, 39, 48, 40)]), shapely.LineString([(47, 39), (47, 40)])]
    return gpd.GeoDataFrame(
        {
            "as_of": [dt.date(2020, 10, 1)] * 3,
            "kind": ["area", "area", "line"],
            "side": ["NK-AM", "AZ", None],
            "confidence": [0.9, 0.8, 0.7],
        },
        geometry=shapes,
        crs=4326,
    )


def opened(data: bytes, format: str, folder: Path) -> gpd.GeoDataFrame:
    if format == "parquet":
        return gpd.read_parquet(io.BytesIO(data))
    path = folder / f"table.{format}"
    path.write_bytes(data)
    return gpd.read_file(path)


@pytest.mark.parametrize("format", [*GDAL_FORMATS, "parquet"])
def test_rows_points_and_texts_survive(format: str, tmp_path: Path) -> None:
    back = opened(table_bytes(incidents(), format), format, tmp_path)
    assert list(back["incident_id"]) == ["i1", "i2"]
    assert back["text"].iloc[0] == HOSTILE
    assert back.geometry.iloc[0].equals_exact(shapely.Point(47.112, 39.795), 1e-6)
    assert back.geometry.iloc[1] is None
    assert back["deaths_best"].iloc[0] == 2
    assert pd.isna(back["deaths_best"].iloc[1])
    assert back.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("format", "day"), [("geojson", "OFTDate"), ("gpkg", "OFTDate"), ("fgb", "OFTDateTime")], ids=lambda v: str(v)
)
def test_gdal_sees_types(format: str, day: str, tmp_path: Path) -> None:
    path = tmp_path / f"table.{format}"
    write_table(incidents(), path)
    info = pyogrio.read_info(path)
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    subtypes = dict(zip(info["fields"], info["ogr_subtypes"], strict=True))
    assert types["date_start"] == day
    assert types["reported_at"] == "OFTDateTime"
    assert types["deaths_best"] in ("OFTInteger", "OFTInteger64")
    assert types["latitude"] == types["confidence"] == "OFTReal"
    assert subtypes["deleted"] == "OFSTBoolean"
    assert info["geometry_type"] == "Point"


def test_parquet_types() -> None:
    back = gpd.read_parquet(io.BytesIO(table_bytes(incidents(), "parquet")))
    assert str(back["date_start"].dtype) == "date32[day][pyarrow]"
    assert str(back["reported_at"].dtype) == "timestamp[ms, tz=UTC][pyarrow]"
    assert str(back["deaths_best"].dtype) == "int64[pyarrow]"
    assert str(back["deleted"].dtype) == "bool[pyarrow]"
    assert set(COLUMNS) < set(back.columns)


def test_moments_are_utc() -> None:
    feature = json.loads(table_bytes(incidents(), "geojson"))["features"][0]["properties"]
    assert feature["date_start"] == "2020-10-22"
    assert feature["reported_at"] == "2020-10-23T05:30:00Z"
    assert feature["deleted"] is False


def test_kml_has_a_time_span(tmp_path: Path) -> None:
    back = opened(table_bytes(incidents(), "kml"), "kml", tmp_path)
    if "begin" in back.columns:  # GDAL built with LIBKML reads the span
        assert str(back["begin"].iloc[0]).startswith("2020-10-22")
    text = table_bytes(incidents(), "kml").decode()
    assert "<begin>2020-10-22</begin><end>2020-10-23</end>" in text
    assert "<script" not in text


def test_geojson_numbers_keep_one_centimetre() -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(47.1234567891, 39.9876543219)], crs=4326)
    point = json.loads(table_bytes(frame, "geojson"))["features"][0]["geometry"]["coordinates"]
    assert point == [47.1234568, 39.9876543]


def test_csv_is_no_spreadsheet_program() -> None:
    rows = list(csv.DictReader(io.StringIO(table_bytes(incidents(), "csv").decode())))
    assert rows[0]["text"] == "'" + HOSTILE
    assert rows[0]["latitude"] == "39.795"
    assert rows[1]["latitude"] == rows[1]["deaths_best"] == ""


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "''=1"])
def test_csv_guard_can_be_undone(cell: str) -> None:
    frame = gpd.GeoDataFrame({"t": [cell]}, geometry=[shapely.Point(1, 2)], crs=4326)
    (row,) = csv.DictReader(io.StringIO(table_bytes(frame, "csv").decode(), newline=""))
    assert row["t"] == "'" + cell


def test_fronts_go_as_areas_and_lines(tmp_path: Path) -> None:
    (path,) = write_layers({"incidents": incidents(), "fronts": fronts()}, tmp_path / "all.gpkg")
    layers = {name: kind for name, kind in pyogrio.list_layers(path)}
    assert layers == {"incidents": "Point", "fronts_lines": "LineString", "fronts_areas": "MultiPolygon"}
    areas = gpd.read_file(path, layer="fronts_areas")
    assert sum(shape.area for shape in areas.geometry) == pytest.approx(1 - 0.04 + 1)
    assert pyogrio.read_info(path, layer="fronts_areas")["ogr_types"][0] == "OFTDate"


@pytest.mark.parametrize("format", [*GDAL_FORMATS, "parquet"])
def test_fronts_in_every_format(format: str, tmp_path: Path) -> None:
    data = table_bytes(fronts(), format, layer="fronts")
    path = tmp_path / f"fronts.{format}"
    path.write_bytes(data)
    back = (
        [gpd.read_file(path, layer=name) for name, _ in pyogrio.list_layers(path)]
        if format == "gpkg"
        else [opened(data, format, tmp_path)]
    )
    shapes = [shape for part in back for shape in part.geometry]
    assert sum(shape.area for shape in shapes) == pytest.approx(1.96)
    assert sum(shape.length for shape in shapes if "Line" in shape.geom_type) == pytest.approx(1)
    assert {str(day)[:10] for part in back for day in part["as_of"]} == {"2020-10-01"}


def test_other_layers_go_to_files_of_their_own(tmp_path: Path) -> None:
    paths = write_layers({"incidents": incidents(), "fronts": fronts()}, tmp_path / "map.geojson")
    assert [path.name for path in paths] == ["map_incidents.geojson", "map_fronts.geojson"]
    assert all(path.stat().st_size for path in paths)


@pytest.mark.parametrize("format", sorted(set(FORMATS.values())))
def test_empty_tables_open_too(format: str, tmp_path: Path) -> None:
    data = table_bytes(incidents_frame([]), format)
    if format == "csv":
        assert data.decode().count("\n") == 1
    else:
        assert len(opened(data, format, tmp_path)) == 0


def test_other_crs_is_brought_to_degrees() -> None:
    frame = incidents().iloc[:1].to_crs(3857)
    point = json.loads(table_bytes(frame, "geojson"))["features"][0]["geometry"]["coordinates"]
    assert point == pytest.approx([47.112, 39.795])


def test_errors_say_what_would_do(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match=r"table\.xyz.*\.geojson"):
        write_table(incidents(), tmp_path / "table.xyz")
    with pytest.raises(LayerError, match=r"shp.*geojson"):
        table_bytes(incidents(), "shp")
    with pytest.raises(LayerError, match="set_crs"):
        table_bytes(incidents().set_crs(None, allow_override=True), "geojson")
    with pytest.raises(LayerError, match="cannot be written"):
        write_table(incidents(), tmp_path / "no" / "such" / "folder.csv")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    frame = gpd.GeoDataFrame({"t": texts}, geometry=[shapely.Point(1, 2)] * len(texts), crs=4326)
    features = json.loads(table_bytes(frame, "geojson"))["features"]
    assert [feature["properties"]["t"] for feature in features] == texts
    assert list(gpd.read_parquet(io.BytesIO(table_bytes(frame, "parquet")))["t"]) == texts
    rows = csv.DictReader(io.StringIO(table_bytes(frame, "csv").decode(), newline=""))
    assert [row["t"].removeprefix("'") for row in rows] == [text.removeprefix("'") for text in texts]


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_any_text_makes_kml_that_parses(text: str) -> None:
    frame = gpd.GeoDataFrame({"place_name": [text]}, geometry=[shapely.Point(1, 2)], crs=4326)
    root = ElementTree.fromstring(table_bytes(frame, "kml"))
    assert len(root.findall(".//{*}Placemark")) == 1
    assert len(root.findall(".//{*}SimpleData")) == 1
