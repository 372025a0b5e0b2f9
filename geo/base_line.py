"""The base line: who held which land on the day from which the front is worked out.

A theatre gives it in `theatre.toml`:

    [base_line]
    file = "line.csv"        # a closed ring (columns longitude, latitude) … or any vector file with a column 'side'
    date = 2020-09-26
    side = "A"               # who holds the ring, or the features that name no side
    outside = "B"            # who holds the rest of the land
    land = "land.geojson"    # the land that is fought over (optional: the theatre's box)
    uncertainty_km = 3.0     # of the line as drawn (optional)
    source = "…"
    licence = "…"
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from .errors import TheatreError
from .theatre import Theatre

__all__ = ["BaseLine", "base_line_of", "polygonal", "read_base_line"]

UNCERTAINTY_KM = 1.0  # of a line that says nothing of its own
NEEDED_KEYS = ("file", "date", "side", "outside")


@dataclass(frozen=True, slots=True)
class BaseLine:
    """Land by side on one day: `areas` are disjoint, valid, EPSG:4326, and together cover `land`."""

    date: dt.date
    areas: Mapping[str, BaseGeometry]
    land: BaseGeometry
    source: str = ""
    licence: str = "unclear"
    uncertainty_km: float = UNCERTAINTY_KM


def base_line_of(
    date: dt.date,
    held: Mapping[str, BaseGeometry],
    *,
    outside: str,
    land: BaseGeometry,
    source: str = "",
    licence: str = "unclear",
    uncertainty_km: float = UNCERTAINTY_KM,
) -> BaseLine:
    """A base line from the land that sides hold; `outside` holds the rest of `land`. Overlaps go to the first side."""
    taken: BaseGeometry = shapely.Polygon()
    areas: dict[str, BaseGeometry] = {}
    for side, geometry in held.items():
        areas[side] = polygonal(shapely.make_valid(geometry).difference(taken))
        taken = shapely.union_all([taken, areas[side]])
    # the ring itself stays as drawn: land grows to hold it, it is not cut to a coarser coast or border
    land = polygonal(shapely.union_all([shapely.make_valid(land), taken]))
    areas[outside] = polygonal(shapely.union_all([areas.get(outside, shapely.Polygon()), land.difference(taken)]))
    return BaseLine(date, areas, land, source, licence, uncertainty_km)


def read_base_line(theatre: Theatre) -> BaseLine:
    """The base line of a theatre.

    Raises:
        TheatreError: the theatre has none, or its keys or files are wrong; all faults at once.
    """
    raw, where = theatre.base_line, theatre.folder / "theatre.toml"
    if not raw:
        raise TheatreError(f"{where}: no [base_line]; a front needs one with {', '.join(NEEDED_KEYS)}")
    faults = [f"{where}: [base_line] '{key}' is missing" for key in NEEDED_KEYS if key not in raw]
    faults += [
        f"{theatre.folder / str(raw[key])}: no such file ([base_line] {key})"
        for key in ("file", "land")
        if key in raw and not (theatre.folder / str(raw[key])).is_file()
    ]
    if not isinstance(raw.get("date", dt.date.min), dt.date):
        faults.append(f"{where}: [base_line] 'date' must be a date like 2020-09-26 without quotes, got {raw['date']!r}")
    faults += [
        f"{where}: [base_line] '{key}' names no side of the theatre: {raw[key]!r}"
        for key in ("side", "outside")
        if key in raw and theatre.side(str(raw[key])) is None
    ]
    if faults:
        raise TheatreError.of(faults)
    held = _read_held(theatre.folder / str(raw["file"]), default_side=str(raw["side"]))
    land = _read_polygons(theatre.folder / str(raw["land"])) if "land" in raw else shapely.box(*theatre.bbox)
    return base_line_of(
        raw["date"],
        held,
        outside=str(raw["outside"]),
        land=land,
        source=str(raw.get("source", "")),
        licence=str(raw.get("licence", "unclear")),
        uncertainty_km=float(raw.get("uncertainty_km", UNCERTAINTY_KM)),
    )


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, valid and without the points and lines that overlays leave behind."""
    if geometry.geom_type in ("Polygon", "MultiPolygon") and geometry.is_valid:
        return geometry
    parts = shapely.get_parts(shapely.get_parts([shapely.make_valid(geometry)]))
    return shapely.union_all(_only_polygons(parts))


def _only_polygons(parts: Iterable[Any]) -> list[Any]:
    return [part for part in shapely.get_parts(list(parts)) if part.geom_type == "Polygon"]


def _read_held(path: Path, *, default_side: str) -> dict[str, BaseGeometry]:
    if path.suffix.lower() == ".csv":
        return {default_side: _read_ring(path)}
    frame = _read_frame(path)
    sides = frame["side"].fillna(default_side) if "side" in frame else pd.Series(default_side, index=frame.index)
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
