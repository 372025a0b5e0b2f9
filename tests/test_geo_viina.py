"""VIINA, GDELT and GeoConfirmed in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from catalogue_samples import KML, as_csv, row, write

from geo.catalogues import read_catalogue
from geo.errors import CatalogueError
from geo.gdelt import HEADER as GDELT_HEADER


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
