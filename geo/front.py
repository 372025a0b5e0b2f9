"""The front: land by side and the lines between, worked out for each day from the base line and control claims.

A front is a GeoDataFrame in EPSG:4326 with the columns of FRONT_COLUMNS. Areas of one day are disjoint and cover the
theatre's land: `assessed` (who holds it), `claimed` (a side says that it took it, nobody denies it yet), `contested`
(one side says so, the other denies; `side` is the assessed holder). Lines: `assessed`, `claimed` (where the line would
run if the undenied claims hold), `disputed` (… if the denied ones hold).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from .base_line import BaseLine, read_base_line
from .belief import Holding, holdings
from .control import control_claims
from .errors import GeoError
from .footprints import Said, move, patches
from .front_rows import FRONT_COLUMNS, FrontDay, Layers, dated, front_rows
from .ground import Ground, ground_of
from .theatre import Theatre

__all__ = ["FRONT_COLUMNS", "front_on", "fronts", "fronts_from", "held_from"]


def front_on(
    theatre: Theatre, day: dt.date, *, claims: pd.DataFrame | None = None, as_known: dt.date | None = None
) -> gpd.GeoDataFrame:
    """The front of one day.

    Args:
        claims: control claims (geo.control); None: those of the theatre's table.
        as_known: only what was reported by this day; None: all that is known today.

    Raises:
        GeoError: the day lies before the base line's, or the theatre has no base line.
    """
    return fronts(theatre, [day], claims=claims, as_known=as_known)


def fronts(
    theatre: Theatre,
    days: Iterable[dt.date],
    *,
    claims: pd.DataFrame | None = None,
    as_known: dt.date | None = None,
    each_day: bool = False,
) -> gpd.GeoDataFrame:
    """The fronts of several days in one table, sorted by day; what did not change is reused from the day before.

    Args:
        each_day: every day as it was known on that day itself.
    """
    table = control_claims(theatre) if claims is None else claims
    return fronts_from(read_base_line(theatre), table, days, as_known=as_known, each_day=each_day)


def fronts_from(
    base: BaseLine,
    claims: pd.DataFrame,
    days: Iterable[dt.date],
    *,
    as_known: dt.date | None = None,
    each_day: bool = False,
) -> gpd.GeoDataFrame:
    """The fronts of several days from a base line and control claims, without a theatre."""
    wanted = _not_before(base, days)
    rows: list[dict[str, Any]] = []
    last: tuple[Layers, list[dict[str, Any]]] | None = None
    for day in _days(base, claims, wanted, as_known=as_known, each_day=each_day):
        if last is None or last[0] is not day.layers:
            last = (day.layers, list(front_rows(base, day)))
        rows += [dated(row, base, day.day) for row in last[1]]
    table = pd.DataFrame({name: [row[name] for row in rows] for name in FRONT_COLUMNS})
    table["as_of"] = pd.to_datetime(table["as_of"])
    return gpd.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=4326)


def held_from(
    base: BaseLine, claims: pd.DataFrame, day: dt.date, *, as_known: dt.date | None = None
) -> dict[str, BaseGeometry]:
    """The land that each side is assessed to hold on a day (EPSG:4326), whatever others claim of it."""
    (found,) = _days(base, claims, [_not_before(base, [day])[0]], as_known=as_known, each_day=False)
    areas = found.layers.assessed.areas
    return {side: found.ground.to_degrees(area) for side, area in areas.items()}


def _not_before(base: BaseLine, days: Iterable[dt.date]) -> list[dt.date]:
    wanted = sorted(set(days))
    if wanted and wanted[0] < base.date:
        raise GeoError(f"no front on {wanted[0]}: the base line is of {base.date}; that day or a later one would do")
    return wanted


def _days(
    base: BaseLine, claims: pd.DataFrame, days: list[dt.date], *, as_known: dt.date | None, each_day: bool
) -> Iterator[FrontDay]:
    """Each day's land and holdings, carried on from the day before; the same layers object while nothing changes."""
    places = claims.drop_duplicates("place_id").sort_values("place_id")
    ground = ground_of(base, places["place_id"].tolist(), places[["longitude", "latitude"]].to_numpy(float))
    table = holdings(claims, as_known=as_known, each_day=each_day)
    numbers = table["place_id"].map(ground.index).to_numpy(int)
    when, holding = table["day"].to_numpy(), table["holding"].tolist()
    start = int(np.searchsorted(when, np.datetime64(base.date), side="right"))
    held: dict[int, Holding] = dict(zip(numbers[:start].tolist(), holding[:start], strict=True))
    at_base = {i: h.holder for i, h in held.items()}
    layers: Layers | None = None
    for day in days:
        end = int(np.searchsorted(when, np.datetime64(day), side="right"))
        if layers is None or end > start:
            new = dict(zip(numbers[start:end].tolist(), holding[start:end], strict=True))
            held = held | new
            layers = _layers(ground, held, new if layers else held, at_base, layers)
        start = max(start, end)
        yield FrontDay(day, ground, layers, held)


def _layers(
    ground: Ground,
    held: Mapping[int, Holding],
    new: Mapping[int, Holding],
    at_base: Mapping[int, str | None],
    before: Layers | None,
) -> Layers:
    """A day's land; `new` are the holdings that differ from those `before`."""
    said = dict(before.assessed.said) if before else {}
    said |= {i: _said(h, at_base.get(i, ground.sides[i]), fresh=i not in at_base) for i, h in new.items()}
    assessed = move(ground, said, previous=before.assessed if before else None)
    # what the assessed line does not follow yet (too lonely a change), and what a gainer says and nobody denies
    here = {i: h for i, h in held.items() if ground.sides[i] is not None}
    claimed = {
        i: said[i]
        for i in here
        if said[i].changed and said[i].side not in (None, ground.sides[i]) and i not in assessed.prints
    }
    claimed |= {i: Said(h.claimed_by, changed=True, sure=True) for i, h in here.items() if h.claimed_by}
    disputed = {i: Said(h.disputed_by, changed=True, sure=True) for i, h in here.items() if h.disputed_by}
    return Layers(
        assessed,
        patches(ground, assessed, claimed),
        patches(ground, assessed, disputed),
        {i: str(s.side) for i, s in claimed.items()},
        {i: str(s.side) for i, s in disputed.items()},
    )


def _said(holding: Holding, at_base: str | None, *, fresh: bool) -> Said:
    return Said(holding.holder, holding.holder != at_base, holding.sure, holding.agreed, fresh)
