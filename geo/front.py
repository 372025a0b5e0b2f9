"""The front: land by side and the lines between, worked out for each day from the base line and control claims.

A front is a GeoDataFrame in EPSG:4326 with the columns of FRONT_COLUMNS. Areas of one day are disjoint and cover the
theatre's land: `assessed` (who holds it), `claimed` (a side says that it took it, nobody denies it yet), `contested`
(one side says so, the other denies; `side` is the assessed holder). Lines: `assessed`, `claimed` (where the line would
run if the undenied claims hold), `disputed` (… if the denied ones hold).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from .base_line import BaseLine, polygonal, read_base_line
from .belief import Holding, holdings
from .control import control_claims
from .errors import GeoError
from .footprints import Ground, Moved, ground_of, move
from .theatre import Theatre

__all__ = ["FRONT_COLUMNS", "front_on", "fronts", "fronts_from"]

FRONT_COLUMNS = (
    "as_of",
    "kind",  # area · line
    "side",  # of an area
    "status",  # area: assessed · claimed · contested; line: assessed · claimed · disputed
    "confidence",
    "basis_claim_ids",
    "source",
    "licence",
    "band_km",  # of a line: half the width of the band that holds the true line with 90 %
)
EMPTY = shapely.Polygon()
TOUCH_M = 1.0


@dataclass(frozen=True, slots=True)
class _Layers:
    """One day's land: as assessed, with the undenied claims, with the denied ones too."""

    assessed: Moved
    claimed: Moved
    disputed: Moved


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
    wanted = sorted(set(days))
    early = [day for day in wanted if day < base.date]
    if early:
        raise GeoError(f"no front on {early[0]}: the base line is of {base.date}; that day or a later one would do")
    found = [
        frame
        for day, layers, held in _days(base, claims, wanted, as_known, each_day)
        for frame in [_rows(base, layers[0], layers[1], held, day)]
    ]
    rows = [row for frame in found for row in frame]
    table = pd.DataFrame({name: [row[name] for row in rows] for name in FRONT_COLUMNS})
    table["as_of"] = pd.to_datetime(table["as_of"])
    return gpd.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=4326)


def _days(
    base: BaseLine, claims: pd.DataFrame, days: list[dt.date], as_known: dt.date | None, each_day: bool
) -> Iterator[tuple[dt.date, tuple[Ground, _Layers], Mapping[int, Holding]]]:
    """Each day's land and holdings, carried on from the day before."""
    places = claims.drop_duplicates("place_id").sort_values("place_id")
    ground = ground_of(base, places["place_id"].tolist(), places[["longitude", "latitude"]].to_numpy(float))
    table = holdings(claims, as_known=as_known, each_day=each_day)
    numbers = table["place_id"].map(ground.index).to_numpy()
    when = table["day"].to_numpy()
    start = int(np.searchsorted(when, np.datetime64(base.date), side="right"))
    held: dict[int, Holding] = dict(zip(numbers[:start].tolist(), table["holding"][:start], strict=True))
    at_base = {i: holding.holder for i, holding in held.items()}
    at_base |= {i: side for i, side in enumerate(ground.sides) if i not in at_base}
    layers: _Layers | None = None
    for day in days:
        end = int(np.searchsorted(when, np.datetime64(day), side="right"))
        held |= dict(zip(numbers[start:end].tolist(), table["holding"][start:end], strict=True))
        layers = _layers(ground, held, at_base, layers) if layers is None or end > start else layers
        start = max(start, end)
        yield day, (ground, layers), held


def _layers(
    ground: Ground, held: Mapping[int, Holding], at_base: Mapping[int, str | None], before: _Layers | None
) -> _Layers:
    def flips(sides: Mapping[int, str | None]) -> dict[int, str]:
        return {i: side for i, side in sides.items() if side and side != at_base.get(i)}

    assessed = {i: h.holder for i, h in held.items()}
    claimed = {i: h.claimed_by or h.holder for i, h in held.items()}
    disputed = {i: h.disputed_by or h.claimed_by or h.holder for i, h in held.items()}
    first = move(ground, flips(assessed), previous=before.assessed if before else None)
    second = move(ground, flips(claimed), previous=first)
    return _Layers(first, second, move(ground, flips(disputed), previous=second))


def _rows(
    base: BaseLine, ground: Ground, layers: _Layers, held: Mapping[int, Holding], day: dt.date
) -> Iterator[dict[str, Any]]:
    claimed = {s: polygonal(a.difference(layers.assessed.areas.get(s, EMPTY))) for s, a in layers.claimed.areas.items()}
    taken = shapely.union_all(list(claimed.values()))
    other = [a.difference(layers.claimed.areas.get(s, EMPTY)) for s, a in layers.disputed.areas.items()]
    contested = polygonal(shapely.union_all(other).difference(taken))
    gone = shapely.union_all([taken, contested])
    common = {"as_of": day, "kind": "area", "source": base.source, "licence": base.licence, "band_km": np.nan}
    moved = {i: h for i, h in held.items() if len(h.claim_ids) > 1 or i in layers.disputed.flips}
    for side, area in layers.assessed.areas.items():
        ids = [h for i, h in moved.items() if h.holder == side and i in layers.assessed.flips]
        yield from _area(ground, polygonal(area.difference(gone)), common, side, "assessed", ids)
        ids = [h for h in moved.values() if h.disputed_by and h.holder == side]
        yield from _area(ground, polygonal(area.intersection(contested)), common, side, "contested", ids)
    for side, area in claimed.items():
        ids = [h for h in moved.values() if h.claimed_by == side]
        yield from _area(ground, area, common, side, "claimed", ids)
    yield from _lines(ground, layers, moved, common)


def _area(
    ground: Ground, area: BaseGeometry, common: Mapping[str, Any], side: str, status: str, basis: list[Holding]
) -> Iterator[dict[str, Any]]:
    if area.is_empty:
        return
    yield {
        **common,
        "side": side,
        "status": status,
        "confidence": _mean_belief(basis),
        "basis_claim_ids": _ids(basis),
        "geometry": ground.to_degrees(area),
    }


def _lines(
    ground: Ground, layers: _Layers, moved: Mapping[int, Holding], common: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    border = ground.land.boundary.buffer(TOUCH_M)
    lines = {
        "assessed": _between(layers.assessed.areas, border),
        "claimed": _between(layers.claimed.areas, border),
        "disputed": _between(layers.disputed.areas, border),
    }
    drawn = lines["assessed"]
    basis = {
        "assessed": [h for i, h in moved.items() if i in layers.assessed.flips],
        "claimed": [h for h in moved.values() if h.claimed_by],
        "disputed": [h for h in moved.values() if h.disputed_by],
    }
    for status, line in lines.items():
        own = line if status == "assessed" else line.difference(drawn.buffer(TOUCH_M))
        if not own.is_empty and own.length > TOUCH_M:
            yield {
                **common,
                "kind": "line",
                "side": None,
                "status": status,
                "confidence": _mean_belief(basis[status]),
                "basis_claim_ids": _ids(basis[status]),
                "geometry": ground.to_degrees(own),
            }
        drawn = shapely.union_all([drawn, own])


def _between(areas: Mapping[str, BaseGeometry], border: BaseGeometry) -> BaseGeometry:
    """The lines between sides: the outlines of all but the largest area, without the edge of the land."""
    ordered = sorted(areas.values(), key=lambda area: area.area)[:-1]
    lines = shapely.union_all([area.boundary for area in ordered]).difference(border)
    return shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines


def _mean_belief(basis: list[Holding]) -> float:
    return round(float(np.mean([h.belief for h in basis])), 3) if basis else 0.9


def _ids(basis: list[Holding]) -> str:
    return "; ".join(sorted({claim_id for holding in basis for claim_id in holding.claim_ids}))
