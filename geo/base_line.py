"""The base line: who held which land on the day from which the front is worked out.

A theatre gives it in `theatre.toml`:

    [base_line]
    file = "held.geojson"    # polygons with a property 'side'; or a .csv ring of vertices (longitude, latitude)
    date = 2020-09-26
    side = "A"               # who holds the ring, or the polygons that name no side
    outside = "B"            # who holds the rest of the land; without it the land is what the polygons cover
    land = "land.geojson"    # the land that is fought over (optional: the theatre's box)
    uncertainty_km = 3.0     # of the line as drawn (optional)
    source = "…"
    licence = "…"

A place that is no point (a corridor, a district) may have its outline in `shapes.geojson`, by `place_id`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from .errors import TheatreError
from .theatre import Theatre

__all__ = ["BaseLine", "base_line_of", "polygonal", "read_base_line"]

UNCERTAINTY_KM = 1.0  # of a line that says nothing of its own
SLIVER_KM2 = 30.0
KM_A_DEGREE = 111.2
NEEDED_KEYS = ("file", "date")


@dataclass(frozen=True, slots=True)
class BaseLine:
    """Land by side on one day: `areas` are disjoint, valid, EPSG:4326, and together cover `land`.

    `shapes` are the outlines of places that are no points, by place id.
    """

    date: dt.date
    areas: Mapping[str, BaseGeometry]
    land: BaseGeometry
    source: str = ""
    licence: str = "unclear"
    uncertainty_km: float = UNCERTAINTY_KM
    shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)


def base_line_of(
    date: dt.date,
    held: Mapping[str, BaseGeometry],
    *,
    outside: str | None,
    land: BaseGeometry | None = None,
    source: str = "",
    licence: str = "unclear",
    uncertainty_km: float = UNCERTAINTY_KM,
) -> BaseLine:
    """A base line from the land that sides hold; `outside` holds the rest of `land`. Overlaps go to the first side.

    Without `outside` the land is what the sides hold together.
    """
    taken: BaseGeometry = shapely.Polygon()
    areas: dict[str, BaseGeometry] = {}
    for side, geometry in held.items():
        areas[side] = polygonal(shapely.make_valid(geometry).difference(taken))
        taken = shapely.union_all([taken, areas[side]])
    if outside is None or land is None:
        return BaseLine(date, areas, polygonal(taken), source, licence, uncertainty_km)
    # the ring itself stays as drawn: land grows to hold it, it is not cut to a coarser coast or border
    land = polygonal(shapely.union_all([shapely.make_valid(land), taken]))
    rest = shapely.union_all([areas.get(outside, shapely.Polygon()), land.difference(taken)])
    areas = _without_slivers({**areas, outside: polygonal(rest)}, outside, land)
    return BaseLine(date, areas, land, source, licence, uncertainty_km)


def read_base_line(theatre: Theatre) -> BaseLine:
    """The base line of a theatre.

    Raises:
        TheatreError: the theatre has none, or its keys or files are wrong; all faults at once.
    """
    raw, where = theatre.base_line, theatre.folder / "theatre.toml"
    if not raw:
        raise TheatreError(f"{where}: no [base_line]; a front needs one with {' and '.join(NEEDED_KEYS)}")
    faults = list(_faults(raw, theatre))
    if faults:
        raise TheatreError.of(faults)
    path, outside = theatre.folder / str(raw["file"]), raw.get("outside")
    held = _read_held(path, default_side=raw.get("side"))
    unknown = [side for side in held if theatre.side(side) is None]
    if unknown:
        raise TheatreError(f"{path}: no such side in theatre.toml: {', '.join(map(repr, unknown))}")
    if outside is None and len(held) < 2:
        raise TheatreError(f"{where}: [base_line] has land of one side only; 'outside' should say who holds the rest")
    base = base_line_of(
        raw["date"],
        held,
        outside=outside,
        land=_read_polygons(theatre.folder / str(raw["land"])) if "land" in raw else shapely.box(*theatre.bbox),
        source=str(raw.get("source", "")),
        licence=str(raw.get("licence", "unclear")),
        uncertainty_km=float(raw.get("uncertainty_km", UNCERTAINTY_KM)),
    )
    return replace(base, shapes=_read_shapes(theatre))


def _read_shapes(theatre: Theatre) -> dict[str, BaseGeometry]:
    path = theatre.folder / "shapes.geojson"
    if not path.is_file():
        return {}
    frame = _read_frame(path)
    if "place_id" not in frame:
        raise TheatreError(f"{path}: features need a property 'place_id'")
    return {str(place): polygonal(group.union_all()) for place, group in frame.groupby("place_id").geometry}


def _without_slivers(areas: dict[str, BaseGeometry], outside: str, land: BaseGeometry) -> dict[str, BaseGeometry]:
    """Where a drawn ring and the land's edge disagree, slivers are left between: they belong to the ring's holder.

    A small part of the outside that is cut off from the rest and lies at the edge of the land is such a sliver; one
    inside the ring is a pocket and stays.
    """
    parts = shapely.get_parts(areas[outside])
    if len(parts) < 2:
        return areas
    largest = int(np.argmax(shapely.area(parts)))
    small = (_km2(parts) < SLIVER_KM2) & (shapely.distance(parts, land.boundary) == 0)
    small[largest] = False
    found = {**areas, outside: polygonal(shapely.union_all(parts[~small]))}
    for part in parts[small]:
        near = {s: area.intersection(part.buffer(1e-6)).area for s, area in areas.items() if s != outside}
        taker = max(near, key=lambda side: near[side]) if any(near.values()) else outside
        found[taker] = polygonal(shapely.union(found[taker], part))
    return found


def _km2(parts: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """About how large, good enough to tell a sliver."""
    middle = shapely.bounds(parts)[:, [1, 3]].mean(axis=1)
    return np.asarray(shapely.area(parts) * KM_A_DEGREE**2 * np.cos(np.radians(middle)))


def _faults(raw: Mapping[str, Any], theatre: Theatre) -> Iterator[str]:
    where = theatre.folder / "theatre.toml"
    yield from (f"{where}: [base_line] '{key}' is missing" for key in NEEDED_KEYS if key not in raw)
    for key in ("file", "land"):
        if key in raw and not (theatre.folder / str(raw[key])).is_file():
            yield f"{theatre.folder / str(raw[key])}: no such file ([base_line] {key})"
    if not isinstance(raw.get("date", dt.date.min), dt.date):
        yield f"{where}: [base_line] 'date' must be a date like 2020-09-26 without quotes, got {raw['date']!r}"
    for key in ("side", "outside"):
        if key in raw and theatre.side(str(raw[key])) is None:
            yield f"{where}: [base_line] '{key}' names no side of the theatre: {raw[key]!r}"


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, valid and without the points and lines that overlays leave behind."""
    if geometry.geom_type in ("Polygon", "MultiPolygon") and geometry.is_valid:
        return geometry
    parts = shapely.get_parts(shapely.get_parts([shapely.make_valid(geometry)]))
    return shapely.union_all(_only_polygons(parts))


def _only_polygons(parts: Iterable[Any]) -> list[Any]:
    return [part for part in shapely.get_parts(list(parts)) if part.geom_type == "Polygon"]


def _read_held(path: Path, *, default_side: str | None) -> dict[str, BaseGeometry]:
    if path.suffix.lower() == ".csv":
        if default_side is None:
            raise TheatreError(f"{path}: a ring needs [base_line] 'side' to say who holds it")
        return {default_side: _read_ring(path)}
    frame = _read_frame(path)
    named = frame["side"] if "side" in frame else pd.Series(None, index=frame.index, dtype=object)
    sides = named.where(named.notna() & (named != ""), default_side)
    if sides.isna().any():
        number = int(sides.isna().to_numpy().argmax()) + 1
        raise TheatreError(f"{path}: feature {number} names no 'side', and [base_line] has no 'side' to stand in")
    return {str(side): polygonal(group.geometry.union_all()) for side, group in frame.groupby(sides.astype(str))}


def _read_ring(path: Path) -> BaseGeometry:
    table = pd.read_csv(path)
    missing = {"longitude", "latitude"} - set(table.columns)
    if missing:
        raise TheatreError(f"{path}: column {', '.join(sorted(missing))} is missing; a base line is a ring of vertices")
    if len(table) < 4:
        raise TheatreError(f"{path}: {len(table)} vertices close no ring; four or more would do")
    ring = shapely.Polygon(table[["longitude", "latitude"]].to_numpy(float))
    if not ring.is_valid:
        raise TheatreError(f"{path}: the ring crosses itself: {shapely.is_valid_reason(ring)}")
    return ring


def _read_polygons(path: Path) -> BaseGeometry:
    land = polygonal(_read_frame(path).geometry.union_all())
    if land.is_empty:
        raise TheatreError(f"{path}: no polygon in it; the land must be polygons")
    return land


def _read_frame(path: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(path) if path.suffix.lower() in (".parquet", ".geoparquet") else gpd.read_file(path)
    frame = frame.set_crs(4326) if frame.crs is None else frame.to_crs(4326)
    return frame[frame.geometry.notna()].assign(geometry=lambda t: shapely.make_valid(t.geometry.to_numpy()))
