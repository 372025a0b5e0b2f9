"""Joining: claims of one event become one incident, whatever their order and number."""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims import Claim
from geo.joining import incidents_as_known, join_claims
from geo.schema import COLUMNS

DAY = dt.date(2020, 10, 28)


def claim(number: int, **fields: Any) -> Claim:
    values: dict[str, Any] = {
        "claim_id": f"c-{number:06}",
        "report_id": f"r-{number}",
        "event_type": "shelling",
        "date_start": DAY,
        "date_end": DAY,
        "date_prec": 1,
        "text": f"sentence {number}",
        "span_start": 0,
        "span_end": 10,
        "lang": "en",
        "reported_at": dt.datetime(2020, 10, 28, tzinfo=dt.UTC) + dt.timedelta(hours=number % 48),
        "claimant": "az_prosecutor",
        "place_id": "barda",
        "latitude": 40.3744,
        "longitude": 47.1266,
        "source": f"source {number % 3}",
    }
    return Claim(**(values | fields))


def test_reports_of_one_event_become_one_incident_with_its_history() -> None:
    deaths = (14, 19, 20, 21)
    table = join_claims(
        claim(n, lang=lang, deaths_low=d, deaths_best=d, deaths_high=d)
        for n, (d, lang) in enumerate(zip(deaths, ("en", "fr", "ru", "az"), strict=True))
    )
    (row,) = table.to_dict("records")
    assert (row["deaths_best"], row["number_of_sources"], row["event_clarity"]) == (21, 3, 1)
    assert [v["deaths_best"] for v in json.loads(row["versions"])] == list(deaths)
    assert set(table.columns) == {*COLUMNS, "geometry"}


def test_the_kind_of_fire_does_not_part_an_event_but_another_day_or_place_does() -> None:
    same = [claim(1), claim(2, event_type="missile_strike"), claim(3, latitude=40.3790)]
    assert len(join_claims(same)) == 1
    assert len(join_claims([*same, claim(4, date_start=DAY + dt.timedelta(2), date_end=DAY + dt.timedelta(2))])) == 2
    assert len(join_claims([*same, claim(5, latitude=40.60)])) == 2
    assert len(join_claims([*same, claim(6, event_type="capture")])) == 2


def test_a_night_is_its_last_day() -> None:
    assert len(join_claims([claim(1), claim(2, date_start=DAY - dt.timedelta(1))])) == 1


def test_without_a_place_only_the_same_claimant_s_words_join() -> None:
    nowhere: dict[str, Any] = {"place_id": None, "latitude": None, "longitude": None}
    table = join_claims([claim(1, **nowhere), claim(2, **nowhere), claim(3, claimant="am_mod", **nowhere)])
    assert len(table) == 2
    assert table["latitude"].isna().all()
    assert table.geometry.isna().all()


def test_a_denial_of_one_report_marks_the_incident() -> None:
    denied = claim(2, claim_status="denied", denied_by="am_mod", denial_text="No.")
    (row,) = join_claims([claim(1), denied]).to_dict("records")
    assert (row["claim_status"], row["denied_by"], row["denial_text"]) == ("denied", "am_mod", "No.")


def test_what_was_known_when() -> None:
    early = claim(1, reported_at=dt.datetime(2020, 10, 28, 9, tzinfo=dt.UTC), deaths_best=3)
    late = claim(2, reported_at=dt.datetime(2020, 10, 30, 9, tzinfo=dt.UTC), deaths_best=21)
    then = incidents_as_known([late, early], at=dt.date(2020, 10, 28))
    now = incidents_as_known([late, early], at=dt.datetime(2020, 10, 30, 9, tzinfo=dt.UTC))
    assert (then["deaths_best"][0], now["deaths_best"][0]) == (3, 21)
    assert then["incident_id"][0] == now["incident_id"][0]
    assert now["revised_at"][0] > now["reported_at"][0]
    assert incidents_as_known([early], at=dt.date(2020, 10, 27)).empty


def test_reading_twice_changes_nothing() -> None:
    claims = [claim(n, latitude=40 + n % 4) for n in range(20)]
    assert join_claims(claims).equals(join_claims([*claims, *claims]))


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng: random.Random) -> None:
    claims = [
        claim(
            n,
            latitude=40 + (n % 7) * 0.01,
            event_type=("shelling", "capture", "ground_clash")[n % 3],
            date_end=DAY + dt.timedelta(n % 3),
            reported_at=dt.datetime(2020, 10, 29, tzinfo=dt.UTC),
        )
        for n in range(40)
    ]
    expected = join_claims(claims)
    rng.shuffle(claims)
    assert join_claims(claims).equals(expected)


def test_ten_times_the_claims_take_about_ten_times_as_long() -> None:
    def seconds(count: int) -> float:
        claims = [
            claim(n, latitude=38 + (n * 7919 % 9973) / 3000, date_end=DAY + dt.timedelta(n % 300)) for n in range(count)
        ]
        start = time.process_time()
        join_claims(claims)
        return time.process_time() - start

    seconds(300)
    assert min(seconds(6000) for _ in range(2)) < 14 * max(min(seconds(600) for _ in range(4)), 0.01)


def test_a_sum_or_a_long_time_is_no_event_of_its_own() -> None:
    table = join_claims([claim(1, scope="cumulative_total"), claim(2, date_prec=4, latitude=40.6)])
    assert set(table["event_clarity"]) == {2}
