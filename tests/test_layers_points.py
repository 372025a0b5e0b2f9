"""Incidents packed in Python, read by the script of the page (through Node) and compared with the table."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from conftest import node
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.schema import empty_incidents, incidents_frame
from layers.errors import LayerError
from layers.points import Points, pack_incidents

ROOT = Path(__file__).resolve().parent.parent
DAY_S = 86400


def read(pack: bytes, tmp_path: Path, kind: str = "incidents") -> Any:
    """What the page's own script reads from a pack."""
    path = tmp_path / "pack.bin"
    path.write_bytes(pack)
    script = ROOT / "tests" / "js" / "read_pack.mjs"
    done = subprocess.run([node(), script, kind, path], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def row(**values: Any) -> dict[str, Any]:
    return {"incident_id": "i1", "date_start": "2020-10-01", "longitude": 46.75, "latitude": 39.8, **values}


TWO = '[{"claimant": "x"}, {"claimant": "y"}]'


def test_a_single_version_is_the_row_itself_and_stays_at_home(tmp_path: Path) -> None:
    table = incidents_frame(
        [row(versions='[{"claimant": "x"}]'), row(incident_id="i2", versions=TWO), row(incident_id="i3")]
    )
    got = {r["incident_id"]: r.get("versions") for r in read(pack_incidents(table).data, tmp_path)["rows"]}
    assert got == {"i1": None, "i2": TWO, "i3": None}


def test_every_value_comes_back(tmp_path: Path) -> None:
    table = incidents_frame(
        [
            row(
                date_end="2020-10-03", event_type="shelling", claim_status="denied", denied_by="AZ", where_prec=2,
                radius_km=2.5, deaths_best=12, deaths_low=0, confidence=0.85, text="Обстрел 12 домов в 7:15 & <b>",
                versions=TWO, sources="a; b", reported_at="2020-10-02T18:30:00Z", span_start=4,
            )
        ]
    )  # fmt: skip
    got = read(pack_incidents(table).data, tmp_path)["rows"][0]
    assert got["text"] == "Обстрел 12 домов в 7:15 & <b>"
    assert (got["time"], got["length"]) == (pd.Timestamp("2020-10-01").timestamp() / DAY_S, 2)
    assert (got["deaths_best"], got["deaths_low"], got["radius_km"]) == (12, 0, pytest.approx(2.5))
    assert (got["where_prec"], got["claim_status"], got["denied_by"]) == ("2", "denied", "AZ")
    assert got["confidence"] == pytest.approx(0.85)
    assert got["reported_at"] == pd.Timestamp("2020-10-02T18:30Z").timestamp()
    assert (got["versions"], got["sources"], got["incident_id"]) == (TWO, "a; b", "i1")
    assert "deaths_high" not in got  # a column without a value does not travel


day = st.dates(pd.Timestamp("1989-01-01").date(), pd.Timestamp("2026-12-31").date()).map(str)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "date_start": st.none() | day,
            "place": st.none() | st.tuples(st.floats(-179, 179), st.floats(-80, 80)),
            "event_type": st.none() | st.sampled_from(["shelling", "capture"]),
            "text": st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
        }
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_whatever_is_missing_every_row_arrives_at_its_place_and_time(tmp_path: Path, given_rows: list[Any]) -> None:
    listed = []
    for k, values in enumerate(given_rows):
        lon, lat = values.pop("place") or (None, None)
        listed.append({**values, "longitude": lon, "latitude": lat, "incident_id": f"n{k}"})
    table = incidents_frame(listed)
    got = read(pack_incidents(table).data, tmp_path)
    assert sorted(r["incident_id"] for r in got["rows"]) == sorted(table["incident_id"])
    wanted = {r["incident_id"]: r for r in listed}
    times = [r["time"] for r in got["rows"][: got["dated"]]]
    assert times == sorted(times)
    for k, found in enumerate(got["rows"]):
        want = wanted[found["incident_id"]]
        assert found.get("text") == want["text"]
        assert found.get("event_type") == want["event_type"]
        date = None if want["date_start"] is None else pd.Timestamp(want["date_start"]).timestamp() / DAY_S
        assert found["time"] == date
        assert (k < got["placed"]) == (want["longitude"] is not None)
        if want["longitude"] is not None:
            _, _, metres = Geod(ellps="WGS84").inv(want["longitude"], want["latitude"], found["lon"], found["lat"])
            assert metres < 2.0  # a box around the world has a grid of 2.4 m at the equator


def test_in_a_theatre_a_point_moves_by_less_than_a_metre(tmp_path: Path) -> None:
    places = [(44.4 + k * 0.0731 % 4.6, 38.3 + k * 0.0517 % 3.2) for k in range(200)]
    table = incidents_frame([row(incident_id=f"{k}", longitude=x, latitude=y) for k, (x, y) in enumerate(places)])
    for found in read(pack_incidents(table).data, tmp_path)["rows"]:
        x, y = places[int(found["incident_id"])]
        assert Geod(ellps="WGS84").inv(x, y, found["lon"], found["lat"])[2] < 1.0


def test_hours_are_kept_when_the_table_has_them(tmp_path: Path) -> None:
    stamps = pd.to_datetime(["2020-10-01 06:00", "2020-10-01 23:00"])
    table = gpd.GeoDataFrame({"date_start": stamps}, geometry=shapely.points([46, 47], [39, 40]), crs=4326)
    got = read(pack_incidents(table).data, tmp_path)
    assert got["unit"] == 3600
    assert [r["time"] for r in got["rows"]] == [s.timestamp() / 3600 for s in stamps]


def test_the_same_table_gives_the_same_bytes_and_is_left_as_it_was() -> None:
    table = incidents_frame([row(), row(date_start=None), row(latitude=None, longitude=None)])
    before = table.copy()
    assert pack_incidents(table).data == pack_incidents(table).data
    pd.testing.assert_frame_equal(table, before)


def test_what_was_withdrawn_does_not_travel() -> None:
    pack = pack_incidents(incidents_frame([row(), row(incident_id="gone", deleted=True)]))
    assert pack.rows == 1


def test_columns_can_be_left_at_home(tmp_path: Path) -> None:
    table = incidents_frame([row(text="secret", event_type="capture")])
    got = read(pack_incidents(table, columns=["event_type"]).data, tmp_path)["rows"][0]
    assert got["event_type"] == "capture"
    assert "text" not in got
    assert "incident_id" not in got


def test_counts_tell_what_has_no_place_or_date() -> None:
    pack = pack_incidents(incidents_frame([row(), row(date_start=None), row(latitude=None, longitude=None)]))
    assert (pack.rows, pack.placed, pack.dated) == (3, 2, 2)
    assert pack.bounds == (46.75, 39.8, 46.75, 39.8)
    assert pack_incidents(empty_incidents()).bounds is None


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pd.DataFrame({"date_start": []}), "a GeoDataFrame is needed"),
        (gpd.GeoDataFrame({"x": [1]}, geometry=shapely.points([46], [39]), crs=4326), "'date_start' is missing"),
        (gpd.GeoDataFrame({"date_start": [None]}, geometry=shapely.points([46], [39]), crs=3857), "to_crs(4326)"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused_with_a_way_out(table: Any, words: str) -> None:
    with pytest.raises(LayerError, match=words.replace("(", r"\(").replace(")", r"\)")):
        Points(table)
