"""What the pages say of an incident, from rows of the real table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import incidents_frame
from views.wording import day_words, facts, figure_words, place_words, point_words, title_words


def row(**fields: Any) -> pd.Series[Any]:
    return incidents_frame([{"event_type": "shelling", **fields}]).iloc[0]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-10-22", "2020-10-22", "22 Oct 2020"),
        ("2020-10-22", None, "22 Oct 2020"),
        ("2020-10-22", "2020-10-23", "22–23 Oct 2020"),
        ("2020-09-27", "2020-10-03", "27 Sep – 3 Oct 2020"),
        (None, None, "day unknown"),
    ],
)
def test_days(start: str | None, end: str | None, words: str) -> None:
    assert day_words(row(date_start=start, date_end=end)) == words


def test_a_place_is_called_by_its_first_name_and_all_its_names_are_told() -> None:
    both = row(place_name="Мартуни", place_names="Martuni / Xocavənd / Մարտունի")
    assert title_words(both, {"shelling": "Shelling"}) == "Shelling · Martuni"
    assert dict(facts(both, {}))["Names"] == "Martuni · Xocavənd · Մարտունի"
    assert dict(facts(both, {}))["As written"] == "Мартуни"
    assert place_words(row(place_name="Martuni")) == "Martuni"
    assert place_words(row()) == "no named place"


def test_midnight_is_no_hour() -> None:
    assert dict(facts(row(reported_at="2020-10-23T00:00:00Z"), {}))["Reported"] == "23 Oct 2020"
    assert dict(facts(row(reported_at="2020-10-23T10:50:00Z"), {}))["Reported"] == "23 Oct 2020, 10:50 UTC"


def test_a_point_says_how_sure_it_is_and_absence_is_no_point() -> None:
    assert point_words(row(latitude=39.795, longitude=47.112, where_prec=1, radius_km=2.4)) == (
        "39.795 N 47.112 E (exact place, ± 2 km)"
    )
    assert point_words(row(latitude=-3.5, longitude=-60.0, where_prec=3)) == "3.500 S 60.000 W (district)"
    assert point_words(row(where_prec=5)) == "not on the map (along a line or in an area)"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (None, None, None, ""),
        (2, 2, 2, "2"),
        (2, None, None, "at least 2"),
        (None, None, 5, "up to 5"),
        (2, 3, 5, "2–5, best 3"),
        (None, 4, None, "4"),
        (0, 0, 0, "0"),
    ],
)
def test_figures(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert figure_words(low, best, high) == words


count = st.none() | st.integers(0, 10_000)


@given(count, count, count)
def test_no_figure_that_is_known_is_kept_back(low: int | None, best: int | None, high: int | None) -> None:
    words = figure_words(low, best, high)
    assert all(str(value) in words for value in (low, high) if value is not None)


def test_a_running_total_says_so() -> None:
    said = dict(facts(row(scope="cumulative_total", deaths_low=5000), {}))
    assert said["Killed"] == "at least 5000 (a running total, not one event)"


def test_facts_name_sides_by_their_words() -> None:
    said = dict(facts(row(perpetrator="AZ", target="NK-AM", sources="demo"), {"AZ": "Azerbaijan"}))
    assert (said["By"], said["Against"], said["Sources"]) == ("Azerbaijan", "NK-AM", "demo")
