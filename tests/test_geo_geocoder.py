"""The gazetteer speaks geopy: geocode, reverse, geopandas.tools, and a second opinion on names that it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import geopandas.tools
import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoder import GazetteerGeocoder
from geo.second_opinion import SecondOpinion


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder("karabakh-2020")


def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    found = geocoder.geocode("Barda")
    assert isinstance(found, Location)
    assert found.latitude == pytest.approx(40.376, abs=0.05)
    assert found.longitude == pytest.approx(47.126, abs=0.05)
    assert found.raw["place_id"] == "barda"
    assert found.raw["why"]


@pytest.mark.parametrize("name", ["Hadrut", "Гадрут", "Հադրութում", "Hadrutda", "HADRUT", "  hadrut "])
def test_a_name_is_found_in_any_script_and_case(geocoder: GazetteerGeocoder, name: str) -> None:
    found = geocoder.geocode(name)
    assert isinstance(found, Location)
    assert found.raw["place_id"] == "hadrut"


def test_a_stated_container_decides_between_twins(geocoder: GazetteerGeocoder) -> None:
    in_armenia = geocoder.geocode("Martuni, Gegharkunik")
    in_karabakh = geocoder.geocode("Martuni (Nagorno-Karabakh)")
    assert isinstance(in_armenia, Location)
    assert isinstance(in_karabakh, Location)
    assert in_armenia.raw["country"] == "AM"
    assert in_karabakh.raw["place_id"] == "martuni_nk"


def test_all_candidates_come_ranked_and_country_codes_narrow_them(geocoder: GazetteerGeocoder) -> None:
    ranked = geocoder.geocode("Martuni", exactly_one=False)
    assert isinstance(ranked, list)
    assert {"martuni_nk", "martuni_am"} <= {f.raw["place_id"] for f in ranked}
    armenian = geocoder.geocode("Martuni", exactly_one=False, country_codes="am")
    assert isinstance(armenian, list)
    assert {f.raw["country"] for f in armenian} == {"AM"}
    assert len(geocoder.geocode("Martuni", exactly_one=False, limit=1) or []) == 1


def test_nothing_found_is_none_and_an_empty_query_an_error(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Qwertyuiopolis") is None
    assert geocoder.geocode("Qwertyuiopolis", exactly_one=False) is None
    with pytest.raises(GeocoderQueryError, match="empty"):
        geocoder.geocode("  ")


@pytest.mark.parametrize("query", [(39.7601, 46.7499), "39.7601, 46.7499", Point(39.7601, 46.7499)])
def test_reverse_takes_what_geopy_takes(geocoder: GazetteerGeocoder, query: Any) -> None:
    found = geocoder.reverse(query)
    assert isinstance(found, Location)
    assert found.raw["place_id"] == "shusha"


def test_reverse_is_sorted_by_distance_and_bounded(geocoder: GazetteerGeocoder) -> None:
    near = geocoder.reverse((39.8, 46.8), exactly_one=False, distance_km=15, limit=5)
    assert isinstance(near, list)
    distances = [f.raw["distance_km"] for f in near]
    assert distances == sorted(distances)
    assert max(distances) <= 15
    assert geocoder.reverse((-50.0, -120.0)) is None
    with pytest.raises(GeocoderQueryError, match="no point"):
        geocoder.reverse("not a point")


def test_geopandas_tools_can_use_it() -> None:
    found = geopandas.tools.geocode(["Shusha", "Qwertyuiopolis"], provider=GazetteerGeocoder, theatre="karabakh-2020")
    assert found.crs == "EPSG:4326"
    assert found.geometry.iloc[0].x == pytest.approx(46.75, abs=0.05)
    assert found.geometry.iloc[1].is_empty
    points = gpd.GeoSeries.from_xy([46.75], [39.76], crs=4326)
    back = geopandas.tools.reverse_geocode(points, provider=GazetteerGeocoder, theatre="karabakh-2020")
    assert "Shusha" in back["address"].iloc[0]


def test_a_second_opinion_is_asked_only_for_what_is_unknown(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(name: str, *, exactly_one: bool) -> list[Location]:
        asked.append(name)
        return [Location("Qwertyuiopolis, Elsewhere", (1.5, 2.5), {})]

    opinion = SecondOpinion(answer, "a test", tmp_path / "answers.sqlite")
    geocoder = GazetteerGeocoder("karabakh-2020", second_opinion=opinion)
    geocoder.geocode("Shusha")
    found = geocoder.geocode("Qwertyuiopolis")
    assert asked == ["Qwertyuiopolis"]
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (1.5, 2.5)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_no_query_breaks_it(geocoder: GazetteerGeocoder, query: str) -> None:
    found = geocoder.geocode(query, exactly_one=False)
    assert found is None or all(-90 <= f.latitude <= 90 for f in found)
