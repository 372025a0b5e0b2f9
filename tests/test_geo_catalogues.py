"""Catalogues: what all have in common: broken rows, archives, round trips of any incidents, hostile cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from catalogue_samples import NEW, OLD, UCDP_ROW, as_csv, raw_rows, row, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.catalogues import catalogue_rows, read_catalogue, write_catalogue
from geo.cells import guarded, unguarded
from geo.errors import CatalogueError
from geo.schema import incidents_frame
from geo.ucdp import COLUMNS_OUT as UCDP_COLUMNS

letters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
words = st.text(letters, min_size=1, max_size=20) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-x",
        "@SUM(A1)",
        "\t=1",
        "'=1",
        "''-",
        "'",
        '"',
        "; ",
        "a;b",
        "contactline:claimant=x",
        "#event+id",
        "nan",
        "NULL",
    ]
)
words = words.filter(lambda text: text.strip() == text and text.strip(" ;") != "")
counts = st.none() | st.integers(0, 5000)
coordinates = st.tuples(st.integers(-1799, 1799), st.integers(-899, 899)).filter(lambda p: p != (0, 0))


@st.composite
def incidents(draw: st.DrawFn) -> gpd.GeoDataFrame:
    rows = []
    for number in range(draw(st.integers(1, 30))):
        day = draw(st.dates(dt.date(1997, 1, 1), dt.date(2030, 1, 1)))
        point = draw(st.none() | coordinates)
        made: dict[str, Any] = {"incident_id": f"i{number}", "date_start": day, "date_end": day, "deleted": False}
        made["event_type"] = draw(st.sampled_from(["shelling", "air_strike", "ground_clash", "capture", "withdrawal"]))
        for name in ("side_a", "side_b", "perpetrator", "claimant", "place_name", "admin1", "country", "text"):
            made[name] = draw(st.none() | words)
        made |= {
            "deaths_best": draw(counts),
            "date_prec": draw(st.sampled_from([1, 3, 4])),
            "where_prec": draw(st.sampled_from([1, 2, 4])),
        }
        if point:
            made |= {"longitude": point[0] / 10, "latitude": point[1] / 10}
        rows.append(made)
    return incidents_frame(rows)


ACLED_HOLDS = ["date_start", "date_prec", "event_type", "side_a", "side_b", "perpetrator", "claimant", "place_name",
               "admin1", "country", "text", "deaths_best", "where_prec", "longitude", "latitude"]  # fmt: skip
UCDP_HOLDS = [name for name in ACLED_HOLDS if name not in ("event_type", "perpetrator")]


def test_ucdp_with_all_columns_comes_back_as_it_was(tmp_path: Path) -> None:
    source = write(tmp_path, "ged.csv", as_csv([UCDP_ROW]))
    frame = read_catalogue(source)
    only = row(frame)
    assert (only["incident_id"], only["relid"], only["event_type"]) == (
        "ucdp:5001",
        "NOR-2020-1-1-1",
        "attack_on_civilians",
    )
    assert (only["date_start"], only["date_end"]) == (pd.Timestamp(2020, 10, 4), pd.Timestamp(2020, 10, 5))
    assert [only[f"deaths_{x}"] for x in ("low", "best", "high", "a", "b", "civilians")] == [3, 4, 6, 0, 0, 4]
    assert (only["claimant"], only["sources"], only["scope"]) == ("Mayor of Hillside", "Wire; Daily", "incident")
    write_catalogue(frame, tmp_path / "out.csv", "ucdp")
    assert (tmp_path / "out.csv").read_text() == source.read_text()


def test_own_incidents_in_the_shape_of_ged() -> None:
    frame = incidents_frame(
        [
            {
                "incident_id": "x1", "event_type": "shelling", "date_start": dt.date(2020, 10, 4),
                "date_end": dt.date(2020, 10, 5), "date_prec": 2, "latitude": 40.25, "longitude": 45.125,
                "where_prec": 1, "deaths_low": 1, "deaths_best": 3, "deaths_high": 4, "deaths_a": 1,
                "scope": "incident", "side_a": "A",
            },
            {"incident_id": "x2", "event_type": "ceasefire", "date_start": dt.date(2020, 10, 6)},
        ]
    )  # fmt: skip
    rows = catalogue_rows(frame, "ucdp")
    assert tuple(rows.columns) == UCDP_COLUMNS
    first = rows.iloc[0]
    assert (first["type_of_violence"], first["geom_wkt"], first["priogrid_gid"]) == (
        "1",
        "POINT (45.125 40.25)",
        "187651",
    )
    assert (first["best"], first["deaths_unknown"], first["date_start"]) == ("3", "2", "2020-10-04 00:00:00.000")
    assert rows.iloc[1][["type_of_violence", "geom_wkt", "priogrid_gid", "best"]].tolist() == ["", "", "", ""]


def test_running_totals_are_no_events_there(tmp_path: Path) -> None:
    event = {"event_type": "shelling", "date_start": dt.date(2020, 10, 4), "deaths_best": 3}
    total = {**event, "incident_id": "x2", "scope": "cumulative_total", "deaths_best": 926}
    frame = incidents_frame([{**event, "incident_id": "x1"}, total])
    assert write_catalogue(frame, tmp_path / "a.csv", "acled") == 1
    assert [r["event_id_cnty"] for r in raw_rows(tmp_path / "a.csv")] == ["x1"]


def test_a_table_of_several_catalogues_keeps_what_each_came_with(tmp_path: Path) -> None:
    acled = read_catalogue(write(tmp_path, "a.csv", NEW))
    own = incidents_frame([{"incident_id": "x1", "event_type": "shelling", "date_start": dt.date(2020, 10, 4)}])
    rows = catalogue_rows(gpd.GeoDataFrame(pd.concat([acled, own], ignore_index=True), crs=4326), "acled")
    assert rows["event_id_cnty"].tolist() == ["TST901", "x1"]
    assert rows["population_best"].tolist() == ["12000", ""]
    assert rows["inter1"].tolist() == ["Rebel group", ""]


def test_tables_in_an_archive_and_in_an_old_encoding(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "x")
        archive.writestr("data/acled.csv", OLD.replace("Millbrook", "Müllbach").encode("cp1252"))
    frame = read_catalogue(write(tmp_path, "a.zip", packed.getvalue()))
    assert frame["place_name"].tolist() == ["Müllbach", "Ferry"]
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.png", "x")
    with pytest.raises(CatalogueError, match=r"nothing in this archive ends in \.csv"):
        read_catalogue(write(tmp_path, "b.zip", empty.getvalue()))


def test_answers_of_the_interfaces(tmp_path: Path) -> None:
    names, values = (next(csv.reader([line])) for line in NEW.splitlines())
    answer = {"status": 200, "data": [dict(zip(names, [*values[:-1], None], strict=True))]}
    only = row(read_catalogue(write(tmp_path, "a.json", json.dumps(answer))))
    assert (only["incident_id"], only["event_type"], only["latitude"]) == ("acled:TST901", "capture", 41.6)
    ged = {**UCDP_ROW, "id": 5001, "latitude": 40.25, "best": 4}
    only = row(read_catalogue(write(tmp_path, "b.json", json.dumps({"TotalCount": 1, "Result": [ged]}))))
    assert (only["incident_id"], only["deaths_best"], only["latitude"]) == ("ucdp:5001", 4, 40.25)
    for content in ("{}", "[1]", "nonsense", '{"data": 7}'):
        with pytest.raises(CatalogueError, match=r"c\.json"):
            read_catalogue(write(tmp_path, "c.json", content))


def test_broken_rows_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = OLD.splitlines()
    no_id = lines[1].replace("12TST", "", 1)
    no_place = lines[2].replace("41.6,44.5", "0,0").replace("13TST", "14TST")
    too_far = lines[2].replace("41.6,44.5", "141.6,44.5").replace("13TST", "15TST")
    too_long = lines[2] + ",more,and,more"
    path = write(tmp_path, "a.csv", "\n".join([*lines, no_id, no_place, too_far, too_long]))
    errors: list[str] = []
    frame = read_catalogue(path, on_error=lambda error: errors.append(str(error)))
    assert frame["incident_id"].tolist() == ["acled:12TST", "acled:13TST", "acled:14TST", "acled:15TST"]
    assert frame["geometry"].isna().tolist() == [False, False, True, True]
    assert sorted(e.split(", row ")[-1][:1] for e in errors if ", row " in e) == ["4", "5", "6"]
    assert any("28 cells" in e for e in errors)
    with pytest.raises(CatalogueError):
        read_catalogue(path)


def test_what_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="none of: ACLED, UCDP GED, GDELT, VIINA, GeoConfirmed"):
        read_catalogue(write(tmp_path, "a.csv", "a,b\n1,2\n"))
    with pytest.raises(CatalogueError, match="No such file"):
        read_catalogue(tmp_path / "none.csv")
    with pytest.raises(CatalogueError, match="not an Excel workbook"):
        read_catalogue(write(tmp_path, "b.xlsx", b"PK"))
    with pytest.raises(CatalogueError, match="not an archive"):
        read_catalogue(write(tmp_path, "c.zip", b"PK"))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".kml", ".kmz", ".zip"])
def test_any_bytes_are_a_clear_error(tmp_path: Path, suffix: str) -> None:
    for content in (
        b"",
        b"\n",
        b"\x00\xff",
        b"PK\x03\x04",
        b"a",
        b'"',
        b"a\tb\n1\t2\n",
        b"1\t2\n",
        b"<kml>",
        b"\xff\xfea",
    ):
        with pytest.raises(CatalogueError, match=f"x{suffix}"):
            read_catalogue(write(tmp_path, f"x{suffix}", content))


@pytest.mark.parametrize(("kind", "held"), [("acled", ACLED_HOLDS), ("ucdp", UCDP_HOLDS)])
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frame=incidents())
def test_own_incidents_lose_nothing_that_the_target_holds(
    tmp_path: Path, kind: Any, held: list[str], frame: gpd.GeoDataFrame
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    write_catalogue(frame, first, kind)
    back = read_catalogue(first)
    pd.testing.assert_frame_equal(pd.DataFrame(back[held]), pd.DataFrame(frame[held]))
    write_catalogue(back, second, kind)
    assert second.read_bytes() == first.read_bytes()


@settings(deadline=None)
@given(st.lists(words | st.text(letters), min_size=1))
def test_no_cell_is_a_formula_and_every_text_comes_back(cells: list[str]) -> None:
    rows = pd.DataFrame({"a": cells}, dtype="string")
    safe = guarded(rows)["a"]
    risky = safe.str.match(r"[=+\-@\t\r](?!;|\Z)") & ~safe.str.fullmatch(r"[+-]?\d+(\.\d+)?")
    assert not risky.any()
    assert unguarded(guarded(rows))["a"].tolist() == cells
