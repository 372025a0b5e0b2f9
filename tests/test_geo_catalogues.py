"""Other catalogues in and out: every header generation, nothing lost on the way back, hostile cells harmless."""

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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.acled import COLUMNS_OUT as ACLED_COLUMNS
from geo.catalogues import catalogue_rows, mark_deleted, read_catalogue, write_catalogue
from geo.cells import guarded, unguarded
from geo.errors import CatalogueError, GeoError
from geo.files import read_incidents
from geo.gdelt import HEADER as GDELT_HEADER
from geo.schema import COLUMNS, incidents_frame, validate_incidents
from geo.sheets import write_incident_sheet
from geo.ucdp import COLUMNS_OUT as UCDP_COLUMNS
from layers.files import write_table

OLD = (
    "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
    "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,"
    "FATALITIES\n"
    "999,12TST,12,18/04/2016,2016,1,Battle-No change of territory,Army of Northland,,1,Southland Guard,,2,12,Northland,"
    'North,Upper,,Millbrook,41.5,44.25,2,Wire; Daily,"Fighting near Millbrook, four soldiers died.",4\n'
    "999,13TST,13,02/05/2016,2016,2,Remote violence,Army of Northland,,1,,,0,10,Northland,North,,,Ferry,41.6,44.5,1,"
    "Wire,Shelling of Ferry.,0\n"
)
MIDDLE = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3\n"
    "#event+id,#country+code,#event+code,#event+code+no,#date,#date+year,#date+precision,#event+type,#event+type+sub,"
    "#group+name+first,#group+name+first+assoc,#group+first,#group+name+second,#group+name+second+assoc,#group+second,"
    "#interaction,#region+name,#country+name,#adm1+name,#adm2+name,#adm3+name,#loc+name,#geo+lat,#geo+lon,"
    "#geo+precision,#meta+source,#meta+scale,#description,#affected+killed,#date+updated,#country+iso3\n"
    "77,900,TST77,77,15 April 2020,2020,3,Explosions/Remote violence,Air/drone strike,Army of Northland,,1,"
    "Civilians (Southland),,7,17,Europe,Southland,South,,,Hillside,40.25,45.125,3,Wire,National,Two people died.,2,"
    "1587000000,SOU\n"
)
NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp,population_best\n"
    "TST901,2024-03-05,2024,1,Political violence,Battles,Non-state actor overtakes territory,Southland Guard,,"
    "Rebel group,Army of Northland,,State forces,Rebel group-State forces,,900,Europe,Northland,North,,,Ferry,41.6,"
    "44.5,1,Wire-Daily,National,Ferry was taken.,0,crowd size=no report,1710000000,12000\n"
)
UCDP_ROW = dict.fromkeys(UCDP_COLUMNS, "") | {
    "id": "5001", "relid": "NOR-2020-1-1-1", "year": "2020", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "3", "conflict_dset_id": "9", "conflict_new_id": "10", "conflict_name": "Northland: South",
    "dyad_new_id": "11", "side_a": "Government of Northland", "side_b": "Civilians", "number_of_sources": "2",
    "source_article": '"Wire,2020-10-05,Four die";"Daily,2020-10-06,Village burns"', "source_office": "Wire;Daily",
    "source_headline": "Four die;Village burns", "source_original": "Mayor of Hillside", "where_prec": "2",
    "where_coordinates": "Hillside town", "where_description": "near Hillside", "adm_1": "South oblast",
    "latitude": "40.25", "longitude": "45.125", "geom_wkt": "POINT (45.125 40.25)", "priogrid_gid": "187651",
    "country": "Southland", "iso3": "SOU", "country_id": "900", "region": "Europe", "event_clarity": "1",
    "date_prec": "2", "date_start": "2020-10-04 00:00:00.000", "date_end": "2020-10-05 00:00:00.000", "deaths_a": "0",
    "deaths_b": "0", "deaths_civilians": "4", "deaths_unknown": "0", "best": "4", "high": "6", "low": "3",
    "gwnoa": "900",
}  # fmt: skip


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def raw_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key.lower(): value for key, value in row.items()} for row in csv.DictReader(file)]


def row(frame: gpd.GeoDataFrame, number: int = 0) -> dict[str, Any]:
    return {name: value for name, value in frame.iloc[number].items() if not pd.isna(value)}


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


def test_viina_1_with_labels_and_viina_2(tmp_path: Path) -> None:
    one = {"event_id": "1", "report_id": "7", "location": "1", "tempid": "3", "source": "wire", "date": "20220304",
           "time": "9:05", "url": "https://example.org/1", "text": "Обстріл", "lang": "ua", "address": "Main street",
           "longitude": "36.25", "latitude": "50.0", "GEO_PRECISION": "STREET", "GEO_API": "Yandex",
           "t_mil_b": "1", "t_artillery_b": "1", "t_artillery_pred": "0.9", "a_rus_b": "1", "a_ukr_b": "0"}  # fmt: skip
    only = row(read_catalogue(write(tmp_path, "v1.csv", as_csv([one]))))
    assert (only["incident_id"], only["event_type"], only["perpetrator"]) == ("viina:1", "shelling", "RU")
    assert (only["lang"], only["where_prec"], only["place_name"]) == ("uk", 1, "Main street")
    assert only["reported_at"] == pd.Timestamp(2022, 3, 4, 9, 5, tz="UTC")
    assert only["viina_geo_precision"] == "STREET"
    two = {"viina_version": "v", "event_id_1pd": "9", "date": "20230918", "n_reports": "3", "event_ids": "1,2,3",
           "sources": "wire,daily", "geonameid": "706483", "feature_code": "PPL", "asciiname": "Kharkiv",
           "ADM1_NAME": "Kharkiv", "ADM2_NAME": "Kharkivs'kyi", "longitude": "36.25", "latitude": "50.0",
           "GEO_PRECISION": "ADM3", "t_mil_b": "1", "t_uav_b": "1", "t_airstrike_b": "1", "a_rus_b": "1",
           "a_ukr_b": "1", "a_rus_init_b": "0", "a_ukr_init_b": "1"}  # fmt: skip
    only = row(read_catalogue(write(tmp_path, "v2.csv", as_csv([two]))))
    assert (only["incident_id"], only["event_type"], only["sub_event_type"]) == (
        "viina:9",
        "drone_strike",
        "t_uav; t_airstrike",
    )
    assert (only["perpetrator"], only["number_of_sources"], only["sources"]) == ("UA", 3, "wire; daily")
    assert (only["place_id"], only["admin2"]) == ("geonames:706483", "Kharkivs'kyi")


@pytest.mark.parametrize("header", [True, False])
def test_gdelt_2_with_and_without_its_header(tmp_path: Path, header: bool) -> None:
    values = dict.fromkeys(GDELT_HEADER, "") | {
        "GlobalEventID": "1116905115", "Day": "20201004", "Actor1Name": "ARMY", "Actor2Code": "CVL", "EventCode": "194",
        "EventRootCode": "19", "NumSources": "4", "ActionGeo_Type": "4", "ActionGeo_Fullname": "Hillside, South",
        "ActionGeo_Lat": "40.25", "ActionGeo_Long": "45.125", "DATEADDED": "20201004003000",
        "SOURCEURL": "https://example.org/a",
    }  # fmt: skip
    content = as_csv([values], "\t") if header else "\t".join(values.values()) + "\n"
    frame = read_catalogue(write(tmp_path, "x.export.CSV", content))
    only = row(frame)
    assert len(GDELT_HEADER) == 61
    assert (only["incident_id"], only["event_type"], only["perpetrator"], only["target"]) == (
        "gdelt:1116905115", "shelling", "ARMY", "CVL",
    )  # fmt: skip
    assert (only["where_prec"], only["latitude"], only["number_of_sources"]) == (1, 40.25, 4)
    assert only["reported_at"] == pd.Timestamp(2020, 10, 4, 0, 30, tz="UTC")


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Map</name>
<Folder><name>Events</name><Folder><name>Northland</name>
<Placemark id="p1"><name>12 APR 2022</name><description><![CDATA[Missile hits the depot &amp; the <b>bridge</b>.<br>
Source: <a href="https://example.org/1">film</a> https://example.org/2]]></description><styleUrl>#icon-1</styleUrl>
<Point><coordinates>45.125,40.25,0</coordinates></Point></Placemark>
<Placemark><name>Ferry</name><TimeStamp><when>2022-04-13T10:00:00Z</when></TimeStamp>
<ExtendedData><Data name="Equipment"><value>T-72</value></Data></ExtendedData>
<Point><coordinates> 44.5,41.6 </coordinates></Point></Placemark>
<Placemark><name>No day</name><Point><coordinates>44.5,41.6</coordinates></Point></Placemark>
<Placemark><name>14 APR 2022</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>
</Folder></Folder></Document></kml>"""


@pytest.mark.parametrize("zipped", [False, True])
def test_geoconfirmed_placemarks(tmp_path: Path, zipped: bool) -> None:
    content = KML.encode()
    if zipped:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("doc.kml", KML)
        content = packed.getvalue()
    errors: list[str] = []
    path = write(tmp_path, "g.kmz" if zipped else "g.kml", content)
    frame = read_catalogue(path, on_error=lambda error: errors.append(str(error)))
    first, second = row(frame), row(frame, 1)
    assert (first["incident_id"], first["event_type"], first["side_a"]) == (
        "geoconfirmed:p1",
        "missile_strike",
        "Northland",
    )
    assert first["date_start"] == pd.Timestamp(2022, 4, 12)
    assert first["text"].startswith("Missile hits the depot & the bridge.\nSource:")
    assert (first["sources"], first["number_of_sources"]) == ("https://example.org/1; https://example.org/2", 2)
    assert (second["date_start"], second["place_name"]) == (pd.Timestamp(2022, 4, 13), "Ferry")
    assert second["geoconfirmed_equipment"] == "T-72"
    assert len(frame) == 2
    assert len(errors) == 1


def test_geoconfirmed_rows(tmp_path: Path) -> None:
    rows = {"Date": "2026-09-17", "Name": "17 SEP 2026", "Faction": "Neutral", "Origin": "PIC", "Latitude": "40.25",
            "Longitude": "45.125", "PlusCode": "9CC5+22 Hillside, South, Southland",
            "Description": "FPV strike on a lorry", "Source": "https://example.org/1, https://example.org/2",
            "Geolocation": "https://example.org/3", "Id": "a1"}  # fmt: skip
    only = row(read_catalogue(write(tmp_path, "g.csv", as_csv([rows], ";"))))
    assert (only["incident_id"], only["event_type"], only["place_name"]) == (
        "geoconfirmed:a1",
        "drone_strike",
        "Hillside",
    )
    assert (only["date_start"], only["side_a"], only["number_of_sources"]) == (pd.Timestamp(2026, 9, 17), "Neutral", 3)


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


def test_names_cut_after_ten_letters(tmp_path: Path) -> None:
    """As in tables that were a shapefile once."""
    header, *lines = OLD.splitlines()
    cut = ",".join(name[:10] for name in header.split(","))
    first = row(read_catalogue(write(tmp_path, "a.csv", "\n".join([cut, *lines]))))
    assert (first["incident_id"], first["date_prec"], first["where_prec"]) == ("acled:12TST", 1, 2)


def test_types_in_capitals_are_the_same_types(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", OLD.replace("Battle-No change of territory", "BATTLE-NO CHANGE OF TERRITORY"))
    assert row(read_catalogue(path))["event_type"] == "ground_clash"


def test_viina_labels_in_a_file_of_their_own(tmp_path: Path) -> None:
    info = write(
        tmp_path, "info.csv", "event_id,date,text,url,GEO_PRECISION\n1,20220304,a,u,ADM1\n2,20220304,b,u,ADM1\n"
    )
    labels = write(tmp_path, "labels.csv", "event_id,date,t_artillery_b,a_rus_b\n1,20220304,1,1\n")
    assert read_catalogue(info)["event_type"].tolist() == ["other", "other"]
    assert read_catalogue(info, labels=labels)["event_type"].tolist() == ["shelling", "other"]
    with pytest.raises(CatalogueError, match="joined by 'event_id'"):
        read_catalogue(info, labels=write(tmp_path, "c.csv", "id\n1\n"))


def test_a_kml_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>'
    with pytest.raises(CatalogueError, match="entities"):
        read_catalogue(write(tmp_path, "b.kml", bomb))
    with pytest.raises(CatalogueError, match="not well-formed"):
        read_catalogue(write(tmp_path, "c.kml", "<kml><Document>"))


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


def test_acled_in_a_workbook(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    frame = read_catalogue(write(tmp_path, "a.csv", NEW))
    write_catalogue(frame, tmp_path / "a.xlsx", "acled")
    again = read_catalogue(tmp_path / "a.xlsx")
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(frame))


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
    with pytest.raises(GeoError, match="cannot be read as gpkg"):
        read_incidents(write(tmp_path, "c.gpkg", b"nonsense"))


def test_acled_columns_are_those_of_the_current_export() -> None:
    assert set(ACLED_COLUMNS) < set(NEW.splitlines()[0].split(","))
