"""Publishing: exact values are not in the copy, and the copy says nothing that the coarse values do not say."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.schema import COLUMNS, incidents_frame, validate_incidents
from layers.errors import LayerError
from layers.export import to_html
from layers.files import table_bytes
from layers.maps import incident_map
from layers.publish import grid_cells, published, published_fronts

EXACT_LAT, EXACT_LON = 39.79513, 47.11237
SECRETS = ("39.795", "47.112", "Martuni", "Մարտունի", "Xocavənd", "martuni_nk", "claim-77", "c0ffee", "example.org")


def secret_row(**changes: Any) -> dict[str, Any]:
    row = {
        "incident_id": "c0ffee01",
        "relid": "c0ffee",
        "date_start": "2020-10-22",
        "date_end": "2020-10-23",
        "event_type": "shelling",
        "claimant": "mayor of Martuni",
        "claimant_side": "NK-AM",
        "denied_by": "Azerbaijani defence ministry",
        "denial_text": "Nothing fell on Martuni",
        "place_id": "martuni_nk",
        "place_name": "Martuni",
        "place_names": "Մարտունի / Martuni / Xocavənd",
        "latitude": EXACT_LAT,
        "longitude": EXACT_LON,
        "where_prec": 1,
        "radius_km": 2.37,
        "admin1": "Martuni Province",
        "admin2": "Martuni",
        "country": "AZ",
        "deaths_best": 2,
        "sources": "https://example.org/martuni-shelled",
        "text": "Shells fell on Martuni.",
        "versions": json.dumps(
            [
                {
                    "claimant": "A",
                    "text": "Martuni hit",
                    "source": "example.org",
                    "reported_at": "2020-10-23T05:00:00Z",
                },
                {"claimant": "B", "text": "later word", "source": "example.org", "reported_at": "2020-10-30T05:00:00Z"},
            ]
        ),
        "report_ids": "claim-77",
        "reported_at": "2020-10-23T05:30:00Z",
    }
    return row | changes


def everything(frame: gpd.GeoDataFrame) -> str:
    """All that a reader of any text format could see."""
    return "".join(table_bytes(frame, format).decode() for format in ("csv", "geojson", "kml"))


def test_nothing_exact_is_left() -> None:
    secret = incidents_frame([secret_row()])
    assert all(word in everything(secret) for word in SECRETS)
    coarse = published(secret, blur_km=10)
    assert not [word for word in SECRETS if word in everything(coarse)]
    assert not [word for word in SECRETS if word.encode() in table_bytes(coarse, "gpkg")]
    validate_incidents(coarse)


def test_what_is_harmless_stays() -> None:
    (row,) = published(incidents_frame([secret_row()]), blur_km=10).to_dict("records")
    assert (row["event_type"], row["claimant_side"], row["country"], row["deaths_best"]) == (
        "shelling",
        "NK-AM",
        "AZ",
        2,
    )
    assert row["denied_by"] == "Azerbaijani defence ministry"
    assert pd.isna(row["claimant"])  # it names the place
    assert str(row["date_start"].date()) == "2020-10-22"
    assert row["where_prec"] == 2


def test_columns_of_others_are_emptied_too() -> None:
    frame = incidents_frame([secret_row()])
    frame["mgrs"] = "38SPH6624108713"
    frame["crater"] = gpd.GeoSeries([shapely.Point(EXACT_LON, EXACT_LAT)], crs=4326)
    frame.attrs["bbox"] = (EXACT_LON, EXACT_LAT)
    coarse = published(frame, blur_km=10)
    assert coarse["mgrs"].isna().all()
    assert coarse["crater"].isna().all()
    assert coarse.attrs == {}


@st.composite
def twins(draw: st.DrawFn) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, float]:
    """Two tables that differ in everything exact, but not in the cells that the points lie in."""
    size = draw(st.floats(1, 200))
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for number in range(draw(st.integers(1, 4))):
        lon, lat = draw(st.floats(-179, 179)), draw(st.floats(-80, 80))
        (middle_lon,), (middle_lat,), _ = grid_cells(np.array([lon]), np.array([lat]), size)
        day = dt.date(2020, 10, 1) + dt.timedelta(days=draw(st.integers(0, 3)))
        shared = {"date_start": str(day), "date_end": None, "claimant": "ministry"}
        one = secret_row(latitude=lat, longitude=lon, incident_id=f"a{number}", **shared)
        two = secret_row(latitude=middle_lat, longitude=middle_lon, incident_id=f"b{9 - number}", **shared)
        words = {key: draw(st.text(max_size=8)) for key in ("place_id", "text", "sources", "relid", "report_ids")}
        rows.append((one, two | words | {"versions": None, "radius_km": size * draw(st.floats(0, 0.6))}))
    shuffled = draw(st.permutations([two for _, two in rows]))
    return incidents_frame([one | {"radius_km": 0.4} for one, _ in rows]), incidents_frame(shuffled), size


@settings(max_examples=25, deadline=None)
@given(tables=twins())
def test_the_copy_depends_on_cells_only(tables: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, float]) -> None:
    one, two, size = tables
    first, second = published(one, blur_km=size), published(two, blur_km=size)
    assert table_bytes(first, "geojson") == table_bytes(second, "geojson")
    assert table_bytes(first, "csv") == table_bytes(second, "csv")
    assert table_bytes(first, "parquet") == table_bytes(second, "parquet")


def page_without_random_names(frame: gpd.GeoDataFrame) -> str:
    """The exported page but for folium's random ids and the hash of the script that holds them."""
    map_ = incident_map(frame, front_table(), blur_km=10, delay=3, bbox=(46, 39, 48, 41))
    page = re.sub(r"[0-9a-f]{32}", "", to_html(map_))
    return re.sub(r"'sha256-[^']+'", "", page)


def test_the_exported_page_knows_cells_only() -> None:
    """Not one byte of the page, packed columns and hashes included, differs between two tables of the same cells."""
    (lon,), (lat,), _ = grid_cells(np.array([EXACT_LON]), np.array([EXACT_LAT]), 10)
    other = secret_row(
        latitude=lat, longitude=lon, text="Other words", sources="elsewhere", incident_id="z", versions="[]"
    )
    other |= {"place_id": "x", "place_name": "Y", "place_names": "Y", "radius_km": 1.0, "report_ids": "r", "relid": "q"}
    one, two = (page_without_random_names(incidents_frame([row])) for row in (secret_row(), other | {"claimant": None}))
    assert one == two
    assert page_without_random_names(incidents_frame([secret_row(latitude=41.2)])) != one  # the test can fail


@settings(max_examples=100, deadline=None)
@given(lon=st.floats(-180, 180), lat=st.floats(-89, 89), size=st.floats(0.5, 500))
def test_a_point_lies_in_its_cell(lon: float, lat: float, size: float) -> None:
    (middle_lon,), (middle_lat,), (reach,) = grid_cells(np.array([lon]), np.array([lat]), size)
    _, _, metres = Geod(ellps="WGS84").inv(lon, lat, middle_lon, middle_lat)
    assert metres / 1000 <= reach * 1.006 + 0.001  # the sphere is off by half a percent
    assert reach <= size * 1.2 or abs(lat) > 85
    again = grid_cells(np.array([middle_lon]), np.array([middle_lat]), size)
    assert again[0][0] == pytest.approx(middle_lon, abs=1e-9)
    assert again[1][0] == pytest.approx(middle_lat, abs=1e-9)


def test_cells_have_one_area_on_every_latitude() -> None:
    lats = np.arange(-80.0, 80.0, 5.3)
    lons = np.linspace(-180, 180, 20_000, endpoint=False)
    areas = []
    for lat in lats:
        cells = len(np.unique(grid_cells(lons, np.full(len(lons), lat), 50)[0]))
        areas.append(np.cos(np.radians(grid_cells(lons[:1], np.array([lat]), 50)[1][0])) / cells)
    assert max(areas) / min(areas) < 1.01


def test_different_points_share_a_cell() -> None:
    """A grid that never merges would be no blur."""
    rng = random.Random(5)
    rows = [secret_row(latitude=40 + rng.random() * 0.01, longitude=47 + rng.random() * 0.01) for _ in range(50)]
    coarse = published(incidents_frame(rows), blur_km=50)
    assert coarse.geometry.nunique() <= 2
    assert set(coarse["radius_km"]) == {coarse["radius_km"].iloc[0]}


def test_a_place_that_was_vague_does_not_become_exact() -> None:
    coarse = published(incidents_frame([secret_row(radius_km=33.0)]), blur_km=10)
    assert coarse["radius_km"].iloc[0] == 40.0


def test_unplaced_stay_unplaced() -> None:
    coarse = published(incidents_frame([secret_row(latitude=None, longitude=None)]), blur_km=10)
    assert coarse.geometry.isna().all()
    assert coarse[["latitude", "longitude", "radius_km"]].isna().all(axis=None)


def test_the_last_days_are_held_back() -> None:
    days = ["2020-10-01", "2020-10-05", "2020-10-06", None, None]
    rows = [
        secret_row(incident_id=str(n), date_start=day, date_end=None, reported_at=reported)
        for n, (day, reported) in enumerate(zip(days, [None, None, None, None, "2020-10-04T10:00Z"], strict=True))
    ]
    shown = published(incidents_frame(rows), delay=5, as_of=dt.date(2020, 10, 10))
    assert list(shown["incident_id"]) == ["0", "1", "4"]
    assert list(
        published(incidents_frame(rows), delay=dt.timedelta(days=9), as_of=dt.date(2020, 10, 10)).incident_id
    ) == ["0"]


def test_an_event_that_still_goes_on_is_held_back() -> None:
    frame = incidents_frame([secret_row(date_start="2020-10-01", date_end="2020-10-09")])
    assert published(frame, delay=5, as_of=dt.date(2020, 10, 10)).empty


def test_later_claims_are_held_back_with_the_days() -> None:
    shown = published(incidents_frame([secret_row()]), delay=5, as_of=dt.date(2020, 10, 31))
    assert [v["claimant"] for v in json.loads(shown["versions"].iloc[0])] == ["A"]


def test_delay_counts_from_today() -> None:
    today = dt.datetime.now(dt.UTC).date()
    frame = incidents_frame([secret_row(date_start=str(today), date_end=None), secret_row()])
    assert list(published(frame, delay=2)["date_start"].dt.year) == [2020]


def test_retracted_incidents_are_never_shown() -> None:
    assert published(incidents_frame([secret_row(deleted=True)])).empty


def test_dropped_fields_are_gone_from_versions_too() -> None:
    shown = published(incidents_frame([secret_row()]), drop=["sources", "text", "denial_text"])
    assert "example.org" not in everything(shown)
    assert "Martuni hit" not in everything(shown)
    assert json.loads(shown["versions"].iloc[0])[0] == {"claimant": "A", "reported_at": "2020-10-23T05:00:00Z"}
    assert shown["place_name"].iloc[0] == "Martuni"
    validate_incidents(shown)


@pytest.mark.parametrize("part", ["latitude", "longitude", "geometry"])
def test_half_a_position_is_not_dropped(part: str) -> None:
    shown = published(incidents_frame([secret_row()]), drop=[part])
    assert shown.geometry.isna().all()
    assert shown[["latitude", "longitude", "radius_km"]].isna().all(axis=None)


def test_every_column_can_be_dropped() -> None:
    shown = published(incidents_frame([secret_row()]), drop=list(COLUMNS))
    assert shown.drop(columns="geometry").isna().all(axis=None)


def test_the_table_itself_is_not_touched() -> None:
    frame = incidents_frame([secret_row()])
    before = frame.copy()
    published(frame, blur_km=10, delay=3, drop=["text"])
    pd.testing.assert_frame_equal(frame, before)


def test_without_options_nothing_changes() -> None:
    frame = incidents_frame([secret_row(), secret_row(incident_id="2")])
    pd.testing.assert_frame_equal(published(frame), frame)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"blur_km": 0}, "blur_km=0"),
        ({"blur_km": float("nan")}, "blur_km=nan"),
        ({"delay": -1}, "negative"),
        ({"drop": ["txt"]}, "no column txt"),
        ({"drop": "text"}, "a list of columns"),
    ],
)
def test_wrong_options_say_what_would_do(options: dict[str, Any], message: str) -> None:
    with pytest.raises(LayerError, match=message):
        published(incidents_frame([secret_row()]), **options)


def front_table() -> gpd.GeoDataFrame:
    west = shapely.Polygon([(46, 39), (46.713, 39), (46.6421, 39.5), (46.7713, 40), (46, 40)])
    east = shapely.box(46, 39, 48, 40).difference(west)
    line = shapely.LineString([(46.713, 39), (46.6421, 39.5), (46.7713, 40)])
    days = [dt.date(2020, 10, 1), dt.date(2020, 10, 9)]
    return gpd.GeoDataFrame(
        {
            "as_of": [day for day in days for _ in range(3)],
            "kind": ["area", "area", "line"] * 2,
            "side": ["NK-AM", "AZ", None] * 2,
            "status": "assessed",
            "basis_claim_ids": "claim-77",
            "band_km": [np.nan, np.nan, 1.5] * 2,
        },
        geometry=[west, east, line] * 2,
        crs=4326,
    )


def test_fronts_lose_their_last_days_their_basis_and_their_corners() -> None:
    shown = published_fronts(front_table(), blur_km=10, delay=5, as_of=dt.date(2020, 10, 10))
    assert set(shown["as_of"]) == {dt.date(2020, 10, 1)}
    assert "claim-77" not in everything(shown)
    assert "46.6421" not in everything(shown)
    assert shown.loc[shown["kind"] == "line", "band_km"].tolist() == [10]
    west, east = shown.loc[shown["kind"] == "area"].geometry
    assert west.is_valid
    assert east.is_valid
    assert west.intersection(east).area == pytest.approx(0, abs=1e-9)
    assert west.union(east).area == pytest.approx(2, rel=0.1)


def test_fronts_that_cross_themselves_are_coarsened_too() -> None:
    frame = front_table().iloc[:1].copy()
    crossed = shapely.Polygon([(46, 39), (47, 40), (47, 39), (46, 40), (46, 39)])
    assert not crossed.is_valid
    (shape,) = published_fronts(frame.set_geometry([crossed], crs=4326), blur_km=10).geometry
    assert shape.is_valid
    assert shape.area == pytest.approx(0.5, rel=0.2)


def test_fronts_without_options_stay() -> None:
    frame = front_table()
    pd.testing.assert_frame_equal(published_fronts(frame), frame)
