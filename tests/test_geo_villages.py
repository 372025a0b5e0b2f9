"""Villages: the shipped list, Myanmar's where it is installed, twins, and which of many namesakes is meant."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import sqlite3
import time
from pathlib import Path

import pytest

from geo import mimu
from geo.incidents import Coder, open_coder
from geo.mimu import MimuVillages
from geo.new_theatre import Founding, new_theatre
from geo.reports import Report
from geo.sources import VILLAGES, RawPlace
from geo.theatre import load_theatre
from geo.twins import Twins, apart_km
from geo.village_sources import SETTLEMENTS, village_sources

DAY = dt.date(2022, 3, 20)


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    founding = Founding("ua", ("UA",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    return open_coder(load_theatre(new_theatre(founding, tmp_path_factory.mktemp("theatres"))))


def village(name: str, lon: float, lat: float, *, rank: int = VILLAGES, radius_km: float = 1.0) -> RawPlace:
    return RawPlace(f"{name}{lon}", "village", lon, lat, {"en": name}, radius_km=radius_km, country="UA", rank=rank)


def test_the_shipped_list_is_small_and_whole() -> None:
    assert SETTLEMENTS.stat().st_size < 3_000_000
    with gzip.open(SETTLEMENTS, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["place_id"] for row in rows}) == len(rows) > 30_000
    assert all(row["source"] and row["country"] for row in rows)
    vodiane = [row for row in rows if row["name_uk"] == "Водяне"]
    assert len(vodiane) > 15
    assert {row["name_en"] for row in vodiane} == {"Vodiane"}
    assert all("Vodyane" in row["other_names"] for row in vodiane)


def test_the_shipped_list_holds_the_corrected_points() -> None:
    with gzip.open(SETTLEMENTS, "rt", encoding="utf-8", newline="") as file:
        rows = {row["place_id"]: row for row in csv.DictReader(file)}
    with (SETTLEMENTS.parent / "settlement_points.csv").open(encoding="utf-8", newline="") as file:
        corrections = list(csv.DictReader(file))
    assert len(corrections) > 150
    assert len({(c["latitude"], c["longitude"]) for c in corrections}) == len(corrections), "each on a point of its own"
    for correction in corrections:
        row = rows[correction["place_id"]]
        for column in ("name_en", "latitude", "longitude"):
            assert row[column] == correction[column]
        assert float(row["radius_km"]) == float(correction["radius_km"])
        assert float(row["radius_km"]) <= 6 or correction["source"] != "own knowledge"
        assert row["source"] == f"KATOTTG; {correction['source']}"
    [pisky] = [
        r for r in rows.values() if r["name_en"] == "Pisky" and (r["admin1"], r["district"]) == ("14", "Покровський")
    ]
    there = village("Pisky", float(pisky["longitude"]), float(pisky["latitude"]))
    assert apart_km(there, village("Pisky", 37.68, 48.06)) < 4


def test_a_village_of_one_name_on_one_spot_is_known() -> None:
    twins = Twins([village("Pisky", 37.68, 48.06, rank=2), village("Pisky", 30.0, 50.0, rank=2)])
    assert twins.find(village("Pisky", 37.70, 48.07)) == 0
    assert twins.find(village("Pisky", 35.0, 48.0)) is None
    assert twins.find(village("Pisky", 37.60, 48.10, radius_km=11.0)) == 0, "a rough point reaches further"
    assert twins.find(village("Pisky", 37.68, 48.06, rank=2)) is None, "only villages of lists are doubted"


def test_a_new_theatre_has_villages_and_no_twins(ukraine: Coder) -> None:
    places = ukraine.theatre.table("places")
    assert places["place_id"].is_unique
    numbers = places.loc[places["geonames_id"] != "", "geonames_id"]
    assert numbers.is_unique
    assert (places["name_uk"] != "").sum() > 25_000
    sumy = places[places["place_id"] == "ua-59"].iloc[0]
    assert (round(float(sumy["latitude"]), 1), round(float(sumy["longitude"]), 1)) == (50.9, 34.8), "at its main town"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("On 20 March 2022, Russian forces shelled Vodiane, Pokrovskyi raion, Donetsk oblast.", (48.1, 37.65)),
        ("On 20 March 2022, Russian forces shelled Borova village, Kharkiv.", (49.4, 37.6)),
        ("On 20 March 2022, Russian forces shelled Borova, Kyiv.", (50.2, 30.1)),
        ("On 20 March 2022, shelling was reported in Vasylivka district.", (47.4, 35.3)),
    ],
)
def test_region_and_raion_pick_among_namesakes(ukraine: Coder, text: str, near: tuple[float, float]) -> None:
    [claim] = ukraine.code(Report("r", text, lang="en", published=DAY)).claims
    assert claim.latitude == pytest.approx(near[0], abs=0.15)
    assert claim.longitude == pytest.approx(near[1], abs=0.15)


def test_a_gazetteer_opens_at_once(ukraine: Coder) -> None:
    start = time.process_time()
    open_coder(ukraine.theatre)
    assert time.process_time() - start < 2


def test_myanmar_is_read_where_its_package_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mimu.db"
    with sqlite3.connect(path) as base:
        base.execute(
            "create table villages (village_pcode, village_eng, village_tract_pcode, village_tract_eng, township_pcode,"
            " township_eng, state_pcode, latitude, longitude)"
        )
        base.execute(
            "create table wards (town_pcode, town_eng, township_pcode, township_eng, state_pcode, latitude, longitude)"
        )
        for number, name in enumerate(("Kan (East)", "Ma Hpe")):
            row = (number, name, "T1", "Aye Tract", "MMR005027", "Kale", "MMR005", 23.1 + number / 10, 94.1)
            base.execute("insert into villages values (?,?,?,?,?,?,?,?,?)", row)
        base.execute("insert into wards values ('K1', 'Kale Town', 'MMR005027', 'Kale', 'MMR005', 23.19, 94.06)")
    places = {place.id: place for place in MimuVillages(path).places()}
    assert places["mimu0"].names == {"en": "Kan"}
    assert places["mimuT1"].names == {"en": "Aye Tract"}
    township = places["mimuMMR005027"]
    assert (township.feature, township.latitude, township.admin1) == ("district", 23.19, "01")
    monkeypatch.setattr(mimu, "PACKAGE", "no_such_package")
    assert mimu.mimu_database() is None
    assert village_sources()
