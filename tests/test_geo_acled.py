"""ACLED of every generation in and out, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from catalogue_samples import MIDDLE, NEW, OLD, raw_rows, row, write

from geo.acled import COLUMNS_OUT as ACLED_COLUMNS
from geo.catalogues import catalogue_rows, mark_deleted, read_catalogue, write_catalogue
from geo.errors import CatalogueError
from geo.schema import incidents_frame, validate_incidents


@pytest.mark.parametrize(("name", "content", "rows"), [("old", OLD, 2), ("middle", MIDDLE, 1), ("new", NEW, 1)])
def test_acled_of_each_generation_comes_back_as_it_was(tmp_path: Path, name: str, content: str, rows: int) -> None:
    source = write(tmp_path, f"{name}.csv", content)
    frame = read_catalogue(source)
    validate_incidents(frame)
    assert len(frame) == rows
    write_catalogue(frame, tmp_path / "out.csv", "acled")
    wanted = [r for r in raw_rows(source) if not r["event_date"].startswith("#")]
    assert raw_rows(tmp_path / "out.csv") == wanted


def test_acled_old_upper_case(tmp_path: Path) -> None:
    frame = read_catalogue(write(tmp_path, "a.csv", OLD))
    first = row(frame)
    assert first["incident_id"] == "acled:12TST"
    assert first["date_start"] == first["date_end"] == pd.Timestamp(2016, 4, 18)
    assert (first["date_prec"], first["where_prec"], first["radius_km"]) == (1, 2, 25.0)
    assert (first["event_type"], first["sub_event_type"]) == ("ground_clash", "Battle-No change of territory")
    assert (first["side_a"], first["side_b"], first["deaths_best"]) == ("Army of Northland", "Southland Guard", 4)
    assert (first["sources"], first["number_of_sources"]) == ("Wire; Daily", 2)
    assert (first["geometry"].x, first["geometry"].y) == (44.25, 41.5)
    assert "perpetrator" not in first  # the order of ACLED's actors says nothing about direction
    assert row(frame, 1)["date_start"] == pd.Timestamp(2016, 5, 2)  # the 18 in the other row tells the order
    assert row(frame, 1)["date_prec"] == 3


def test_acled_with_a_row_of_hxl_tags(tmp_path: Path) -> None:
    only = row(read_catalogue(write(tmp_path, "a.csv", MIDDLE)))
    assert (only["incident_id"], only["event_type"], only["date_prec"], only["where_prec"]) == (
        "acled:TST77",
        "air_strike",
        4,
        4,
    )
    assert only["revised_at"] == pd.Timestamp(1587000000, unit="s", tz="UTC")


def test_days_in_figures_that_no_row_decides(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", OLD.replace("18/04/2016", "08/04/2016"))
    with pytest.raises(CatalogueError, match="date_order"):
        read_catalogue(path)
    assert row(read_catalogue(path, date_order="dmy"))["date_start"] == pd.Timestamp(2016, 4, 8)
    assert row(read_catalogue(path, date_order="mdy"))["date_start"] == pd.Timestamp(2016, 8, 4)


@pytest.mark.parametrize(
    "written",
    [
        "15-April-2020",
        "15-Apr-20",
        "Apr 15",
        "April 15, 2020",
        "15.04.2020",
        "20200415",
        "2020-04-15T00:00:00",
        "04/15/2020",
    ],
)
def test_days_in_other_forms(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, "a.csv", MIDDLE.replace("15 April 2020", f'"{written}"'))
    errors: list[str] = []
    frame = read_catalogue(path, on_error=lambda error: errors.append(str(error)))
    if written == "Apr 15":
        assert errors == [f"{path}, row 3: no day that can be read; the row is left out"]
    else:
        assert row(frame)["date_start"] == pd.Timestamp(2020, 4, 15)
        assert not errors


def test_deletions(tmp_path: Path) -> None:
    frame = read_catalogue(write(tmp_path, "a.csv", OLD))
    gone = write(tmp_path, "gone.csv", "event_id_cnty,deleted_timestamp\n13TST,1700000000\nOTHER,1700000000\n")
    marked = mark_deleted(frame, gone)
    assert marked["deleted"].tolist() == [False, True]
    write_catalogue(marked, tmp_path / "out.csv", "acled")
    assert [r["event_id_cnty"] for r in raw_rows(tmp_path / "out.csv")] == ["12TST"]
    with pytest.raises(CatalogueError, match="no column 'event_id_cnty'"):
        mark_deleted(frame, write(tmp_path, "b.csv", "id\n1\n"))


def test_a_changed_value_is_written_and_the_rest_stays_as_it_came(tmp_path: Path) -> None:
    source = write(tmp_path, "a.csv", NEW)
    frame = read_catalogue(source)
    frame.loc[0, ["deaths_best", "event_type", "claimant"]] = [3, "shelling", "mod_north"]
    after = catalogue_rows(frame, "acled").iloc[0].to_dict()
    before = raw_rows(source)[0]
    changed = {name: value for name, value in after.items() if before[name] != value}
    assert changed == {
        "fatalities": "3",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "tags": "crowd size=no report; contactline:claimant=mod_north",
    }


def test_what_acled_does_not_hold_travels_in_its_tags(tmp_path: Path) -> None:
    claimed = {"perpetrator": "A;\\", "target": "B", "claimant": "mod=x; y", "claim_status": "denied", "denied_by": "B"}
    frame = incidents_frame(
        [{"incident_id": "x1", "event_type": "capture", "date_start": dt.date(2020, 10, 4), **claimed}]
    )
    write_catalogue(frame, tmp_path / "a.csv", "acled")
    back = row(read_catalogue(tmp_path / "a.csv"))
    assert {name: back[name] for name in claimed} == claimed


def test_names_cut_after_ten_letters(tmp_path: Path) -> None:
    """As in tables that were a shapefile once."""
    header, *lines = OLD.splitlines()
    cut = ",".join(name[:10] for name in header.split(","))
    first = row(read_catalogue(write(tmp_path, "a.csv", "\n".join([cut, *lines]))))
    assert (first["incident_id"], first["date_prec"], first["where_prec"]) == ("acled:12TST", 1, 2)


def test_types_in_capitals_are_the_same_types(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", OLD.replace("Battle-No change of territory", "BATTLE-NO CHANGE OF TERRITORY"))
    assert row(read_catalogue(path))["event_type"] == "ground_clash"


def test_acled_in_a_workbook(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    frame = read_catalogue(write(tmp_path, "a.csv", NEW))
    write_catalogue(frame, tmp_path / "a.xlsx", "acled")
    again = read_catalogue(tmp_path / "a.xlsx")
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(frame))


def test_acled_columns_are_those_of_the_current_export() -> None:
    assert set(ACLED_COLUMNS) < set(NEW.splitlines()[0].split(","))
