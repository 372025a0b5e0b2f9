"""`contactline front`: one day, many days, what changed, and land by side."""

from __future__ import annotations

import io
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

from commands.front import app
from geo.errors import GeoError
from geo.schema import incidents_frame

run = CliRunner()


def test_one_day_goes_to_stdout_as_geojson() -> None:
    result = run.invoke(app, ["--on", "2020-10-09"])
    assert result.exit_code == 0
    features = json.loads(result.stdout)["features"]
    assert {f["properties"]["as_of"] for f in features} == {"2020-10-09"}
    areas = [f["properties"] for f in features if f["properties"]["kind"] == "area"]
    assert {a["side"] for a in areas} == {"AZ", "NK-AM"}
    assert {a["status"] for a in areas} == {"assessed", "claimed", "contested"}
    lines = [f["properties"] for f in features if f["properties"]["kind"] == "line"]
    assert {line["status"] for line in lines} == {"assessed", "claimed", "disputed"}
    assert all(line["band_km"] > 3 for line in lines if line["status"] == "assessed")


@pytest.mark.parametrize("name", ["fronts.geojson", "fronts.gpkg", "fronts.parquet", "fronts.csv"])
def test_many_days_go_to_a_file(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    result = run.invoke(app, ["--from", "2020-10-09", "--to", "2020-10-11", "-o", str(out)])
    assert result.exit_code == 0, result.output
    if out.suffix == ".csv":
        table = pd.read_csv(out)
    else:
        table = gpd.read_parquet(out) if out.suffix == ".parquet" else gpd.read_file(out)
    assert pd.to_datetime(table["as_of"]).dt.day.unique().tolist() == [9, 10, 11]


def test_as_known_then_differs_from_today() -> None:
    then = run.invoke(app, ["--on", "2020-10-20", "--as-known", "2020-10-20"]).stdout
    today = run.invoke(app, ["--on", "2020-10-20"]).stdout
    each = run.invoke(app, ["--from", "2020-10-20", "--to", "2020-10-20", "--each-day"]).stdout
    assert then != today
    assert json.loads(each)["features"] == json.loads(then)["features"]


def test_diff_names_what_was_gained() -> None:
    result = run.invoke(app, ["diff", "2020-10-19", "2020-10-20"])
    kinds = {f["properties"]["kind"] for f in json.loads(result.stdout)["features"]}
    assert kinds == {"gained", "moved"}


def test_area_is_a_table_by_day_and_side() -> None:
    result = run.invoke(app, ["area", "--from", "2020-11-09", "--to", "2020-11-10"])
    table = pd.read_csv(io.StringIO(result.stdout))
    assert table.columns.tolist() == ["as_of", "side", "assessed", "claimed", "contested", "held"]
    assert table.groupby("as_of")["held"].sum().diff().abs().max() < 0.1


def test_coded_captures_move_the_front(tmp_path: Path) -> None:
    capture = {"incident_id": "i1", "event_type": "capture", "date_start": "2020-10-01", "place_id": "arajadzor"}
    capture |= {"longitude": 46.66, "latitude": 40.13, "perpetrator": "AZ", "claimant_side": "NK-AM", "confidence": 0.9}
    capture |= {"claim_status": "confirmed", "sources": "a paper", "where_prec": 1, "deleted": False}
    path = tmp_path / "incidents.geojson"
    frame = incidents_frame([capture])
    frame.to_file(path)
    result = run.invoke(app, ["--on", "2020-10-02", "--incidents", str(path)])
    assert result.exit_code == 0, result.output
    assert any("i1" in f["properties"]["basis_claim_ids"].split("; ") for f in json.loads(result.stdout)["features"])


def test_wrong_calls_say_what_would_do(tmp_path: Path) -> None:
    assert run.invoke(app, ["--on", "2020-10-09", "--from", "2020-10-01"]).exit_code == 2
    late = run.invoke(app, ["--from", "2020-10-09", "--to", "2020-10-01"])
    assert isinstance(late.exception, GeoError)
    early = run.invoke(app, ["--on", "2019-01-01"])
    assert "that day or a later one would do" in str(early.exception)
    odd = run.invoke(app, ["--on", "2020-10-09", "-o", str(tmp_path / "front.xyz")])
    assert "would do" in str(odd.exception)
