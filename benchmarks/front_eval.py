"""The front against lines that experts drew (evaluation data; not part of the repository).

`estimate(base, claims, on)` is what a scoring script calls: a thin call of the product's own functions.

    cd benchmarks && python <evaluation data>/front/score.py front_eval:estimate
    python -m benchmarks.front_eval          # the same, and the share of the true line inside the stated band
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.base_line import BaseLine, base_line_of
from geo.control_lists import claims_from_lists
from geo.front import fronts_from

SIDES = ("RU", "UA")


def front(base: Any, claims: pd.DataFrame, on: dt.date) -> gpd.GeoDataFrame:
    """The front on a day from the land that one side held on the first day and lists of control since."""
    lists = claims.rename(columns={"lon": "longitude", "lat": "latitude", "control": "side"})
    lists = lists[lists["side"] != "UNKNOWN"]
    return fronts_from(_base_line(base, lists), claims_from_lists(lists, sides=SIDES), [on])


def estimate(base: Any, claims: pd.DataFrame, on: dt.date) -> Any:
    """The land that RU is assessed to hold on a day (EPSG:4326)."""
    table = front(base, claims, on)
    held = table[(table["kind"] == "area") & (table["side"] == "RU") & (table["status"] != "claimed")]
    return shapely.union_all(held.geometry.to_numpy())


def _base_line(base: Any, lists: pd.DataFrame) -> BaseLine:
    # the lists begin a fortnight before the first day; the land is what base and places span
    first = lists["date"].min() + pd.Timedelta(days=14)
    west, south, east, north = base.bounds
    box = shapely.box(
        min(west, lists["longitude"].min()) - 0.5,
        min(south, lists["latitude"].min()) - 0.5,
        max(east, lists["longitude"].max()) + 0.5,
        max(north, lists["latitude"].max()) + 0.5,
    )
    return base_line_of(first.date(), {"RU": base}, outside="UA", land=box)
