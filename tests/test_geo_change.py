"""Change between two days, land by side, and how far things lie from the front."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.change import area_by_side, distance_to_front, front_change
from geo.errors import GeoError
from geo.front import fronts
from geo.ground import projections
from geo.theatre import load_theatre

BEFORE, AFTER = dt.date(2020, 10, 18), dt.date(2020, 10, 20)


@pytest.fixture(scope="module")
def table() -> gpd.GeoDataFrame:
    return fronts(load_theatre("karabakh-2020"), [dt.date(2020, 9, 26), BEFORE, AFTER])


def test_land_by_side_adds_up_to_the_same_land_every_day(table: gpd.GeoDataFrame) -> None:
    areas = area_by_side(table)
    assert list(areas.columns) == ["as_of", "side", "assessed", "claimed", "contested", "held"]
    assert np.ptp(areas.groupby("as_of")["held"].sum()) < 0.1
    held = areas.set_index(["as_of", "side"])["held"]
    assert held[pd.Timestamp("2020-09-26"), "NK-AM"] == pytest.approx(11_644, abs=1)  # README of the table: 11,644 km²
    assert held[pd.Timestamp(AFTER), "NK-AM"] < held[pd.Timestamp(BEFORE), "NK-AM"]


def test_what_one_side_gained_the_other_lost(table: gpd.GeoDataFrame) -> None:
    change = front_change(table, BEFORE, AFTER)
    gained = change[change["kind"] == "gained"].set_index(["side", "from_side"])["area_km2"]
    held = area_by_side(table).set_index(["as_of", "side"])["held"]
    difference = held[pd.Timestamp(AFTER), "AZ"] - held[pd.Timestamp(BEFORE), "AZ"]
    assert gained["AZ", "NK-AM"] - gained.get(("NK-AM", "AZ"), 0) == pytest.approx(difference, abs=0.5)
    assert difference > 100


def test_the_claims_that_did_it_are_named(table: gpd.GeoDataFrame) -> None:
    change = front_change(table, BEFORE, AFTER)
    ids = set(change.loc[change["kind"] == "gained", "basis_claim_ids"].iloc[0].split("; "))
    assert "dordchinar_fuz@2020-10-20:announced" in ids
    assert {claim.partition("@")[2][:10] for claim in ids} <= {"2020-10-18", "2020-10-19", "2020-10-20", "2020-10-09"}
    moved = change[change["kind"] == "moved"].iloc[0]
    assert 10 < moved["length_km"] < 400


def test_nothing_changes_between_a_day_and_itself(table: gpd.GeoDataFrame) -> None:
    assert front_change(table, AFTER, AFTER).empty


def test_a_day_that_is_not_there_is_named(table: gpd.GeoDataFrame) -> None:
    with pytest.raises(GeoError, match="2020-10-19 is not in the table; it has 2020-09-26 to 2020-10-20"):
        front_change(table, dt.date(2020, 10, 19), AFTER)


def test_distances_are_those_to_the_line_of_the_same_day(table: gpd.GeoDataFrame) -> None:
    lon, lat = [47.112, np.nan, 46.75, 46.75], [39.795, 40.0, 39.76, 39.76]
    days = [BEFORE, BEFORE, BEFORE, dt.date(2020, 10, 19)]
    found = distance_to_front(lon, lat, days, table)
    metres, _ = projections(tuple(table.total_bounds))
    rows = table[(table["as_of"] == pd.Timestamp(BEFORE)) & (table["kind"] == "line") & (table["status"] != "disputed")]
    lines = metres(shapely.union_all(rows.geometry.to_numpy()))
    for n in 0, 2:
        assert found[n] == pytest.approx(shapely.distance(lines, metres(shapely.Point(lon[n], lat[n]))) / 1e3, rel=1e-4)
    assert np.isnan(found[[1, 3]]).all()
    one_day = distance_to_front([47.112, 46.75], [39.795, 39.76], BEFORE, table)
    assert one_day.tolist() == found[[0, 2]].tolist()
    assert distance_to_front([], [], BEFORE, table).size == 0
