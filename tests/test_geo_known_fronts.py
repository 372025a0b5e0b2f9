"""Fronts as known today and as known then stand in one table and can be told apart."""

from __future__ import annotations

import datetime as dt

from geo.front import fronts
from geo.known_fronts import fronts_now_and_then
from geo.theatre import load_theatre

DAYS = [dt.date(2020, 10, 3), dt.date(2020, 10, 20)]


def test_both_are_what_the_front_alone_gives() -> None:
    theatre = load_theatre()
    both = fronts_now_and_then(theatre, DAYS)
    now, then = both[~both["as_known"]], both[both["as_known"]]
    assert len(now) == len(fronts(theatre, DAYS))
    assert len(then) == len(fronts(theatre, DAYS, each_day=True))
    assert both.crs.to_epsg() == 4326


def test_what_was_said_later_was_not_known_then() -> None:
    both = fronts_now_and_then(load_theatre(), DAYS[:1])
    land = both[both["kind"] == "area"].dissolve(["as_known", "side"]).geometry
    assert not land[False, "AZ"].equals(land[True, "AZ"])
