"""Change: who gained land between two days, where the line moved, by which claims; and how far things lie from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from .errors import GeoError
from .footprints import solid
from .ground import GRID_M, Projection, projections, snapped

__all__ = ["CHANGE_COLUMNS", "area_by_side", "distance_to_front", "front_change"]

CHANGE_COLUMNS = (
    "from_day",
    "to_day",
    "kind",  # gained: land of from_side that side holds now · moved: line where none was before
    "side",
    "from_side",
    "area_km2",
    "length_km",
    "basis_claim_ids",
    "source",
    "licence",
)
MOVED_M = 50.0  # a line this close to where it was has not moved
AREA_STATUS = ("assessed", "claimed", "contested")


def area_by_side(fronts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Land by day and side in km²: as_of, side, assessed, claimed, contested and their sum `held`; for a chart."""
    areas = fronts[fronts["kind"] == "area"]
    if areas.empty:
        return pd.DataFrame(columns=["as_of", "side", *AREA_STATUS, "held"])
    to_metres, _ = projections(_bounds(areas))
    shapes, where = _distinct(areas.geometry.to_numpy())
    km2 = np.asarray(shapely.area(to_metres(shapes)))[where] / 1e6
    table = areas.assign(km2=km2).pivot_table(
        index=["as_of", "side"], columns="status", values="km2", aggfunc="sum", fill_value=0.0
    )
    table = table.reindex(columns=list(AREA_STATUS), fill_value=0.0)
    table["held"] = table.sum(axis=1)
    return table.round(3).reset_index().rename_axis(columns=None)


def front_change(fronts: gpd.GeoDataFrame, before: dt.date, after: dt.date) -> gpd.GeoDataFrame:
    """What changed between two days of a fronts table: land gained, one row a pair of sides, and lines that moved.

    What one side gained the other lost; a row names both. The claims are those that `after` rests on and `before`
    did not.

    Raises:
        GeoError: a day is not in the table.
    """
    old, new = _of_day(fronts, before), _of_day(fronts, after)
    to_metres, to_degrees = projections(_bounds(pd.concat([old, new])))
    was, now = _by_side(old, to_metres), _by_side(new, to_metres)
    said_before = _claims(old)
    common: dict[str, Any] = {"from_day": pd.Timestamp(before), "to_day": pd.Timestamp(after)}
    common |= {"source": _first(new, "source"), "licence": _first(new, "licence")}
    rows: list[dict[str, Any]] = []
    for side, land in now.items():
        basis = "; ".join(sorted(_claims(new[new["side"] == side]) - said_before))
        for from_side, before_land in was.items():
            gained = solid(shapely.intersection(land, before_land, grid_size=GRID_M))
            if from_side != side and not gained.is_empty:
                row = {"kind": "gained", "side": side, "from_side": from_side, "area_km2": round(gained.area / 1e6, 3)}
                rows.append({**common, **row, "basis_claim_ids": basis, "geometry": gained})
    basis = "; ".join(sorted(_claims(new[new["kind"] == "line"]) - said_before))
    moved = _moved(old, new, to_metres)
    if not moved.is_empty:
        row = {"kind": "moved", "length_km": round(moved.length / 1e3, 3), "basis_claim_ids": basis, "geometry": moved}
        rows.append({**common, **row})
    table = pd.DataFrame({name: [row.get(name) for row in rows] for name in CHANGE_COLUMNS})
    return gpd.GeoDataFrame(table, geometry=[to_degrees(row["geometry"]) for row in rows], crs=4326)


def distance_to_front(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, day: Any, fronts: gpd.GeoDataFrame
) -> npt.NDArray[np.float64]:
    """How far points lie from the front of their day, in km: the nearest assessed or claimed line.

    Args:
        longitude, latitude: of the points; a null one gives a null distance.
        day: one day for all points, or one a point.
        fronts: a fronts table; a point on a day that it does not have gets a null distance.
    """
    lon, lat = np.atleast_1d(np.asarray(longitude, float)), np.atleast_1d(np.asarray(latitude, float))
    days = pd.to_datetime(pd.Series(np.broadcast_to(np.asarray(day, dtype=object), lon.shape)))
    distance = np.full(lon.shape, np.nan)
    lines = fronts[(fronts["kind"] == "line") & (fronts["status"] != "disputed")]
    known = np.isfinite(lon) & np.isfinite(lat)
    if lines.empty or not known.any():
        return distance
    to_metres, _ = projections(_bounds(lines))
    points = np.full(lon.shape, None, dtype=object)
    points[known] = to_metres(shapely.points(lon[known], lat[known]))
    for as_of, group in lines.groupby("as_of"):
        here = known & (days.to_numpy() == pd.Timestamp(str(as_of)).to_datetime64())
        if here.any():
            line = shapely.union_all(to_metres(group.geometry.to_numpy()))
            shapely.prepare(line)
            distance[here] = shapely.distance(line, points[here]) / 1e3
    return distance


def _bounds(rows: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    west, south, east, north = map(float, rows.total_bounds)
    return west, south, east, north


def _of_day(fronts: gpd.GeoDataFrame, day: dt.date) -> gpd.GeoDataFrame:
    rows = fronts[fronts["as_of"] == pd.Timestamp(day)]
    if rows.empty:
        have = sorted({d.date().isoformat() for d in pd.to_datetime(fronts["as_of"])})
        span = f"{have[0]} to {have[-1]}" if have else "no day at all"
        raise GeoError(f"fronts: {day} is not in the table; it has {span}")
    return rows


def _by_side(rows: gpd.GeoDataFrame, to_metres: Projection) -> dict[str, BaseGeometry]:
    areas = rows[rows["kind"] == "area"]
    return {
        str(side): snapped(shapely.union_all(to_metres(group.geometry.to_numpy())))
        for side, group in areas.groupby("side")
    }


def _moved(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, to_metres: Projection) -> BaseGeometry:
    def line(rows: gpd.GeoDataFrame) -> BaseGeometry:
        assessed = rows[(rows["kind"] == "line") & (rows["status"] == "assessed")]
        return shapely.union_all(to_metres(assessed.geometry.to_numpy()))

    moved = line(new).difference(line(old).buffer(MOVED_M, quad_segs=2))
    parts = [part for part in shapely.get_parts(moved) if part.length > MOVED_M]
    return shapely.line_merge(shapely.MultiLineString(parts)) if parts else shapely.MultiLineString()


def _claims(rows: gpd.GeoDataFrame) -> set[str]:
    return {claim for ids in rows["basis_claim_ids"] for claim in str(ids).split("; ") if claim}


def _first(rows: gpd.GeoDataFrame, column: str) -> str:
    return str(rows[column].iloc[0])


def _distinct(shapes: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.int64]]:
    """Shapes without repetition (days on which nothing changed share theirs), and where each one went."""
    place = {key: n for n, key in enumerate(dict.fromkeys(map(id, shapes)))}
    first = dict(zip(map(id, reversed(shapes)), reversed(range(len(shapes))), strict=True))
    return shapes[[first[key] for key in place]], np.array([place[id(shape)] for shape in shapes])
