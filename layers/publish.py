"""What may leave the house: a coarsened copy of a table, made before anything is written.

Blurring works by an allow list: a column that is not known to be harmless is emptied, because a sentence, a link, an id
or a name gives a point away as surely as its coordinates do. The copy depends on nothing but the coarse values: two
tables whose incidents lie in the same cells give the same copy (the tests prove that).
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Collection
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .errors import LayerError

__all__ = ["grid_cells", "published", "published_fronts"]

EARTH_KM = 6371.0088
# Harmless beside a coarse point. All other columns are emptied when points are blurred.
HARMLESS = frozenset(
    (
        *("date_start", "date_end", "date_prec", "event_type", "sub_event_type", "scope", "country", "where_prec"),
        *("side_a", "side_b", "perpetrator", "target", "claimant", "claimant_side", "claim_status", "denied_by"),
        *("deaths_low", "deaths_best", "deaths_high", "deaths_a", "deaths_b", "deaths_civilians"),
        *("injured_low", "injured_high", "number_of_sources", "event_clarity", "lang", "confidence"),
    )
)
FREE_TEXT = ("claimant", "denied_by", "perpetrator", "target", "side_a", "side_b")  # may name a place: "mayor of …"
NAMES = ("place_id", "place_name", "place_names", "admin1", "admin2")
POSITION = ("latitude", "longitude", "geometry", "radius_km")  # one of them gives the others away
IN_VERSIONS = {"sources": ("source", "sources", "url"), "place_name": ("place_name", "place")}
SHORTEST_NAME = 4  # letters; shorter parts of names stand in half of all words


def published(
    incidents: gpd.GeoDataFrame,
    *,
    blur_km: float | None = None,
    delay: int | dt.timedelta | None = None,
    drop: Collection[str] = (),
    as_of: dt.date | None = None,
) -> gpd.GeoDataFrame:
    """A copy of the incidents table (EPSG:4326) that may be shown to everyone. Retracted incidents are never in it.

    Args:
        blur_km: move every point to the middle of its cell of a world grid with cells of about this size and equal
            area; ids are made new, and places' names, texts, sources and versions are emptied. Do not publish one table
            twice with different sizes: the overlap of two cells is smaller than either.
        delay: hold back incidents of the last days (a number of days, or a timedelta); undated ones count as new
            unless they were reported before.
        drop: columns to empty, in `versions` too. A part of the position takes all of it along.
        as_of: the day that `delay` counts from; today if not given.

    Raises:
        LayerError: an option is out of its range, or a column to drop does not exist.
    """
    days = _checked(incidents, blur_km, delay, drop)
    table = incidents.reset_index(drop=True)
    table.attrs = {}
    if "deleted" in table.columns:
        table = table[~table["deleted"].fillna(False).astype(bool)]
    if days is not None:
        table = _held_back(table, (as_of or dt.datetime.now(dt.UTC).date()) - days)
    if blur_km is not None:
        table = _blurred(table, blur_km)
    return _dropped(table, drop).reset_index(drop=True)


def published_fronts(
    fronts: gpd.GeoDataFrame,
    *,
    blur_km: float | None = None,
    delay: int | dt.timedelta | None = None,
    as_of: dt.date | None = None,
) -> gpd.GeoDataFrame:
    """A copy of a table of fronts that may be shown to everyone: coarser, without its last days and its basis."""
    days = _checked(fronts, blur_km, delay, ())
    table = fronts.copy()
    table.attrs = {}
    if days is not None:
        last = (as_of or dt.datetime.now(dt.UTC).date()) - days
        table = table[pd.to_datetime(table["as_of"]) <= pd.Timestamp(last)]
    if blur_km is not None:
        table = table.set_geometry(_coarse_shapes(table.geometry, blur_km))
        table = table[~table.geometry.is_empty]
        if "band_km" in table.columns:
            table["band_km"] = table["band_km"].clip(lower=blur_km)
    if "basis_claim_ids" in table.columns and (blur_km is not None or days is not None):
        table["basis_claim_ids"] = ""
    return table.reset_index(drop=True)


def grid_cells(
    longitude: np.ndarray, latitude: np.ndarray, size_km: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The cell that each point lies in: longitude and latitude of its middle, and the distance to its farthest corner.

    The world is cut into bands of equal height, each band into as many cells as make them about square: all cells have
    nearly the same area, on every latitude, and a point's cell does not depend on what else is in the table.
    """
    bands = max(1, math.ceil(math.pi * EARTH_KM / size_km))
    height = 180 / bands
    band = np.clip(np.floor((latitude + 90) / height), 0, bands - 1)
    middle = (band + 0.5) * height - 90
    across = np.maximum(1, np.rint(360 * np.cos(np.radians(middle)) / height))
    width = 360 / across
    column = np.floor(((longitude + 180) % 360) / width) % across
    centre = (column + 0.5) * width - 180
    corners = [_distance_km(middle, middle + up * height / 2, width / 2) for up in (-1, 1)]
    return centre, middle, np.maximum(*corners)


def _checked(
    table: gpd.GeoDataFrame, blur_km: float | None, delay: int | dt.timedelta | None, drop: Collection[str]
) -> dt.timedelta | None:
    if isinstance(drop, str):
        raise LayerError(f"publish: drop={drop!r} is one text; a list of columns is wanted, like [{drop!r}]")
    if blur_km is not None and not 0.1 <= blur_km <= 1000:
        raise LayerError(f"publish: blur_km={blur_km}: from 0.1 to 1000 would do")
    if table.crs is None or table.crs.to_epsg() != 4326:
        raise LayerError(f"publish: the table must be in EPSG:4326, got {table.crs}")
    strange = sorted(set(drop) - set(table.columns))
    if strange:
        raise LayerError(
            f"publish: no column {', '.join(strange)}; one of {', '.join(map(str, table.columns))} would do"
        )
    days = dt.timedelta(days=delay) if isinstance(delay, int) else delay
    if days is not None and days < dt.timedelta(0):
        raise LayerError(f"publish: delay={delay}: it cannot be negative")
    return days


def _held_back(table: gpd.GeoDataFrame, last: dt.date) -> gpd.GeoDataFrame:
    day = pd.to_datetime(table["date_start"])
    if "date_end" in table.columns:
        day = pd.to_datetime(table["date_end"]).fillna(day)
    if "reported_at" in table.columns:
        day = day.fillna(pd.to_datetime(table["reported_at"], utc=True).dt.tz_localize(None))
    table = table[day < pd.Timestamp(last) + pd.Timedelta(days=1)].copy()
    if "versions" in table.columns:
        table["versions"] = [_versions_until(text, last) for text in table["versions"]]
        table["versions"] = table["versions"].astype("string")
    return table


def _versions_until(text: Any, last: dt.date) -> str | None:
    """Claims that were made later tell of the last days too."""
    kept = [v for v in _versions(text) if str(v.get("reported_at") or "9")[:10] <= last.isoformat()]
    return json.dumps(kept, ensure_ascii=False) if kept else None


def _versions(text: Any) -> list[dict[str, Any]]:
    try:
        value = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        return []
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _blurred(table: gpd.GeoDataFrame, size_km: float) -> gpd.GeoDataFrame:
    shapes = shapely.point_on_surface(table.geometry.to_numpy())
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    lon, lat, reach = grid_cells(lon, lat, size_km)
    placed = np.isfinite(lon)
    radius = np.asarray(table["radius_km"], dtype="float64") if "radius_km" in table.columns else np.zeros(len(table))
    table = _scrubbed(table)
    for name in [c for c in table.columns if c not in HARMLESS and c != table.geometry.name]:
        table[name] = _empty(table[name])
    points = np.full(len(table), None, dtype=object)
    points[placed] = shapely.points(lon[placed], lat[placed])
    table = table.set_geometry(gpd.GeoSeries(points, index=table.index, crs=4326))
    coarse = {"longitude": lon, "latitude": lat, "radius_km": _coarse_radius(radius, reach, size_km)}
    for name, values in coarse.items():
        if name in table.columns:
            table[name] = values
    if "where_prec" in table.columns:
        table["where_prec"] = table["where_prec"].clip(lower=2).astype("Int64")
    return _renumbered(table, lon, lat)


def _coarse_radius(radius_km: np.ndarray, reach_km: np.ndarray, size_km: float) -> np.ndarray:
    """The reach of the cell, or more for what was vaguer; in steps, because a place's own radius tells which it is."""
    vaguer = np.ceil(np.nan_to_num(radius_km) / size_km) * size_km
    return np.asarray(np.where(np.nan_to_num(radius_km) > reach_km, vaguer, np.ceil(reach_km * 10) / 10))


def _scrubbed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Empty a speaker or target that names the place of its own row."""
    names = [c for c in NAMES if c in table.columns]
    columns = [c for c in FREE_TEXT if c in table.columns]
    parts = [_name_parts(row) for row in table[names].astype("string").fillna("").itertuples(index=False)]
    table = table.copy()
    for column in columns:
        texts = table[column].astype("string").fillna("")
        said = [any(p in t.casefold() for p in own) for t, own in zip(texts, parts, strict=True)]
        table.loc[said, column] = pd.NA
    return table


def _name_parts(names: tuple[str, ...]) -> set[str]:
    words = re.findall(r"\w+", " ".join(names).replace("_", " ").casefold())
    return {word[: max(SHORTEST_NAME, len(word) - 2)] for word in words if len(word) >= SHORTEST_NAME}


def _renumbered(table: gpd.GeoDataFrame, lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    """In an order and with ids that say nothing but what the other columns say."""
    keys = [c for c in table.columns if c in HARMLESS]
    order = table[keys].assign(lon=lon, lat=lat).sort_values([*keys, "lon", "lat"], na_position="last").index
    table = table.loc[order]
    if "incident_id" in table.columns:
        table["incident_id"] = pd.array([f"p{n:06d}" for n in range(1, len(table) + 1)], dtype="string")
    return table


def _dropped(table: gpd.GeoDataFrame, drop: Collection[str]) -> gpd.GeoDataFrame:
    wanted = set(drop)
    if wanted & set(POSITION[:3]):
        wanted |= set(POSITION)
        table = table.set_geometry(_empty(table.geometry))
    for name in sorted(wanted & set(table.columns) - {table.geometry.name}):
        table[name] = _empty(table[name])
    inner = {key for name in wanted for key in IN_VERSIONS.get(name, (name,))}
    if inner and "versions" in table.columns and table["versions"].notna().any():
        table["versions"] = pd.array([_versions_without(text, inner) for text in table["versions"]], dtype="string")
    return table


def _versions_without(text: Any, keys: set[str]) -> str | None:
    kept = [{k: v for k, v in version.items() if k not in keys} for version in _versions(text)]
    return json.dumps(kept, ensure_ascii=False) if kept else None


def _empty(column: pd.Series[Any]) -> pd.Series[Any]:
    """The same column without any value, of the same type where that type knows absence."""
    return column.iloc[:0].reindex(column.index)


def _coarse_shapes(shapes: gpd.GeoSeries, size_km: float) -> gpd.GeoSeries:
    """Shapes with every corner on an equal-area grid; what neighbours share stays shared."""
    flat = shapely.make_valid(shapes.to_crs(6933).to_numpy())  # a shape that touches itself cannot be put on a grid
    coarse = shapely.set_precision(flat, size_km * 1000)
    return gpd.GeoSeries(coarse, index=shapes.index, crs=6933).to_crs(4326)


def _distance_km(latitude: np.ndarray, other: np.ndarray, degrees_apart: np.ndarray) -> np.ndarray:
    a, b, c = np.radians(latitude), np.radians(other), np.radians(degrees_apart)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(c / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
