"""Fronts as they are known today beside fronts as they were known on their own day, in one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from .front import fronts
from .theatre import Theatre

__all__ = ["fronts_now_and_then"]


def fronts_now_and_then(
    theatre: Theatre, days: Iterable[dt.date], *, claims: pd.DataFrame | None = None
) -> gpd.GeoDataFrame:
    """The fronts of the days twice (see geo/front.py), told apart by the column `as_known`.

    False: with all that is known today. True: with what had been said by that day itself.
    """
    wanted = list(days)
    now = fronts(theatre, wanted, claims=claims).assign(as_known=False)
    then = fronts(theatre, wanted, claims=claims, each_day=True).assign(as_known=True)
    return gpd.GeoDataFrame(pd.concat([now, then], ignore_index=True), crs=4326)
