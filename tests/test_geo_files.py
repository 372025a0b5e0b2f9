"""Tables of incidents that were written are read with all their types."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from catalogue_samples import row, write

from geo.errors import GeoError
from geo.files import read_incidents
from geo.schema import COLUMNS, incidents_frame
from geo.sheets import write_incident_sheet
from layers.files import write_table


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".parquet", ".kml", ".csv", ".xlsx"])
def test_a_written_table_is_read_with_all_its_types(tmp_path: Path, suffix: str) -> None:
    moment = dt.datetime(2020, 10, 4, 18, 30, tzinfo=dt.UTC)
    full = {
        "incident_id": "007", "relid": "1e5", "date_start": dt.date(2020, 10, 4), "date_end": dt.date(2020, 10, 5),
        "date_prec": 2, "event_type": "shelling", "place_name": "=1+1", "place_names": "Şuşa / Շուշի",
        "latitude": 39.795, "longitude": 47.112, "where_prec": 1, "radius_km": 2.5, "deaths_low": 0, "deaths_best": 14,
        "text": "-5 \"x\", <b>; 'y'", "span_start": 3, "confidence": 0.75, "versions": '[{"claimant": "a"}]',
        "reported_at": moment, "recorded_at": moment, "deleted": False,
    }  # fmt: skip
    frame = incidents_frame([full, {"incident_id": "8", "event_type": "capture", "date_start": dt.date(2020, 10, 6)}])
    path = tmp_path / f"x{suffix}"
    if suffix == ".xlsx":
        write_incident_sheet(frame, path)
    else:
        write_table(frame, path)
    back = read_incidents(path)
    pd.testing.assert_frame_equal(pd.DataFrame(back[list(COLUMNS)]), pd.DataFrame(frame[list(COLUMNS)]))
    assert back.crs.to_epsg() == 4326
    assert back.geometry.isna().tolist() == [False, True]


def test_the_incidents_of_coded_reports_are_read_from_json_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "coded.jsonl",
        '{"id": "a", "mentions": [], "unplaced": [], "incidents": [{"incident_id": "1", "event_type": '
        '"shelling", "date_start": "2020-10-04", "date_end": "2020-10-04", '
        '"latitude": 39.8, "longitude": 47.1, "deaths_low": 2}]}\n'
        '{"id": "b", "mentions": [], "unplaced": [], "incidents": []}\n',
    )
    frame = read_incidents(path)
    assert row(frame)["deaths_low"] == 2
    assert row(frame)["date_start"] == pd.Timestamp(2020, 10, 4)


def test_files_that_hold_no_incidents(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match=r"ends in one of \.geojson"):
        read_incidents(tmp_path / "a.docx")
    with pytest.raises(GeoError, match="no such file"):
        read_incidents(tmp_path / "a.csv")
    with pytest.raises(GeoError, match="no column 'event_type' and 'date_start'"):
        read_incidents(write(tmp_path, "b.csv", "a\n1\n"))
    with pytest.raises(GeoError, match="line 1 is a report, not a coded one; contactline code"):
        read_incidents(write(tmp_path, "r.jsonl", '{"text": "A"}'))
    with pytest.raises(GeoError, match="cannot be read as gpkg"):
        read_incidents(write(tmp_path, "c.gpkg", b"nonsense"))
