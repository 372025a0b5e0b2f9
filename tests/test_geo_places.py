"""An area named behind a place holds it: "Garayusifli, Barda" is a village and its district, not two towns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.mentions import Mention, find_mentions
from geo.places import place_mentions
from geo.reports import Report
from geo.sources import TableSource
from geo.theatre import load_theatre


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(load_theatre("karabakh-2020"))


def placed(text: str, gazetteer: Gazetteer) -> dict[str, Mention]:
    report = Report("r", text, lang="en", published=dt.date(2020, 10, 3))
    return {m.text: m for m in place_mentions(report, find_mentions(report, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "inner", "area"),
    [
        ("Rockets hit Garayusifli, Barda. No one was hurt.", "Garayusifli", "Barda"),
        ("Shells fell on Uman, Cherkasy. No one was hurt.", "Uman", "Cherkasy"),
    ],
)
def test_a_town_s_name_behind_a_village_of_its_area_is_the_area(
    gazetteer: Gazetteer, text: str, inner: str, area: str
) -> None:
    found = placed(text, gazetteer)
    assert found[inner].role == "event"
    assert found[area].role == "background"
    assert found[area].where_prec in (3, 4)
    assert f"the area of {inner}" in found[area].reasons[0]


@pytest.mark.parametrize(
    "text", ["Rockets hit Garayusifli, Barda and Tartar.", "Rockets hit Barda, Tartar. All is calm."]
)
def test_a_list_of_towns_stays_a_list(gazetteer: Gazetteer, text: str) -> None:
    found = placed(text, gazetteer)
    assert found["Barda"].place_id == "barda"
    assert found["Tartar"].place_id == "tartar"
    assert {m.role for m in found.values()} == {"event"}


def test_a_namesake_far_from_the_area_named_behind_it_is_not_what_is_meant(gazetteer: Gazetteer) -> None:
    found = placed("Mortars were fired at Khreshchatyk, Cherkasy. Shells fell on Uman, Odesa region.", gazetteer)
    uman = found["Uman"]
    assert uman.place_id is None
    assert uman.latitude is None
    assert "no Uman is known in Odes" in uman.reasons[-1]
    assert found["Odesa region"].role == "background"


def test_a_listed_village_leaves_the_theatres_place_that_sounds_the_same_a_choice(gazetteer: Gazetteer) -> None:
    text = "Ağdam rayonunun Əlibəyli kəndinə düşən mərmi iki qadını yaralayıb."
    report = Report("r", text, lang="az", published=dt.date(2020, 10, 8))
    found = place_mentions(report, find_mentions(report, gazetteer), gazetteer)
    assert [m.place_id for m in found] == ["agdam_rayon", "alibayli_agd"]


REGION = """place_id,name_en,feature,country,admin1,latitude,longitude,radius_km,population
XX-N,Sumland,region,XX,N,40.0,46.0,150,
town,Sumtown,city,XX,N,40.0,46.0,5,300000
village,Sumtown,village,XX,N,40.6,46.6,2,
"""


def test_a_region_behind_a_name_means_the_village_and_not_its_main_town(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(REGION, encoding="utf-8")
    small = open_gazetteer(cache_folder=tmp_path, sources=[TableSource(tmp_path / "own.csv", rank=1)])
    assert placed("Shells fell on Sumtown on Friday.", small)["Sumtown"].place_id == "town"
    assert placed("Shells fell on Sumtown, Sumland, on Friday.", small)["Sumtown"].place_id == "village"
