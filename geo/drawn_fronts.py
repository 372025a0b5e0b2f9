"""Fronts that somebody drew: read from files into the table of fronts, each with its source, licence and version.

GeoJSON, KML and KMZ, GeoPackage, Shapefile (also zipped) and GeoParquet; one file with a column of days, or a folder
of files with the day in their names. What is repaired or left out is listed with file and feature number.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from .errors import GeoError
from .front_rows import FRONT_COLUMNS

__all__ = ["DrawnFronts", "read_drawn_fronts"]

SUFFIXES = (".geojson", ".json", ".kml", ".kmz", ".gpkg", ".shp", ".zip", ".parquet", ".geoparquet")
DAY_COLUMNS = ("as_of", "date", "day", "timestamp", "datetime", "reportdate", "report_date", "valid_from", "begin")
SIDE_COLUMNS = ("side", "controller", "controlled_by", "control", "status", "name")
DAY_IN_NAME = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])[-_.](?P<m>0[1-9]|1[0-2])[-_.](?P<y>20\d\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class DrawnFronts:
    """The fronts (columns of geo.front and `version`), and what was wrong with features, one line each."""

    table: gpd.GeoDataFrame
    faults: tuple[str, ...]


def read_drawn_fronts(
    path: str | Path,
    *,
    source: str,
    licence: str = "unclear",
    version: str = "",
    sides: Mapping[str, str | None] | None = None,
    side_column: str | None = None,
    date_column: str | None = None,
    day: dt.date | None = None,
) -> DrawnFronts:
    """Read drawn fronts from a file or a folder of files.

    Args:
        source, licence, version: carried by every row; a map that is handed on leaves out what has no clear licence.
        sides: what the file writes → side; what is not in it, or None, is left out. Without it the file's words stand.
        side_column, date_column: found by their usual names when not given.
        day: the day of all features, when neither a column nor the file's name tells it.

    Raises:
        GeoError: no such file, no usable feature, or a day that cannot be told.
    """
    files = _files(Path(path))
    faults: list[str] = []
    rows: list[dict[str, Any]] = []
    for file in files:
        for number, feature in enumerate(_features(file), 1):
            where = f"{file}: feature {number}"
            when = day or _day_of(feature, date_column) or _day_in_name(file.stem)
            if when is None:
                faults.append(
                    f"{where}: no day in a column or in the file's name; a name like 2022-09-11.geojson would do"
                )
                continue
            shape, fault = _sound(feature.get("geometry"))
            faults += [f"{where}: {fault}"] if fault else []
            side = _side_of(feature, side_column)
            wanted = side if sides is None or side is None else sides.get(side)
            if shape is None or (side is not None and wanted is None):
                continue
            rows.append({"as_of": when, "side": wanted, **_kind(shape), "geometry": shape})
    if not rows:
        raise GeoError.of(faults or [f"{path}: no feature in it"])
    return DrawnFronts(_table(rows, source=source, licence=licence, version=version), tuple(faults))


def _table(rows: list[dict[str, Any]], **fixed: str) -> gpd.GeoDataFrame:
    common = {"status": "assessed", "confidence": np.nan, "basis_claim_ids": "", "band_km": np.nan, **fixed}
    names = [*FRONT_COLUMNS, "version"]
    table = pd.DataFrame({name: [{**common, **row}[name] for row in rows] for name in names})
    table["as_of"] = pd.to_datetime(table["as_of"])
    frame = gpd.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=4326)
    return frame.sort_values(["as_of", "kind"], kind="stable", ignore_index=True)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        if not found:
            raise GeoError(f"{path}: no file in it ends in {', '.join(SUFFIXES)}")
        return found
    if not path.is_file():
        raise GeoError(f"{path}: no such file or folder")
    if path.suffix.lower() not in SUFFIXES:
        raise GeoError(f"{path}: cannot read {path.suffix or 'a file without suffix'}; {', '.join(SUFFIXES)} would do")
    return [path]


def _features(file: Path) -> Iterable[dict[str, Any]]:
    """The features of all layers of a file, in EPSG:4326."""
    try:
        frames = [gpd.read_parquet(file)] if file.suffix.lower().endswith("parquet") else list(_layers(file))
    except (pyogrio.errors.DataSourceError, ValueError, OSError, zipfile.BadZipFile, KeyError) as error:
        raise GeoError(f"{file}: cannot be read: {error}") from None
    for frame in frames:
        if "geometry" not in frame and not hasattr(frame, "crs"):
            continue  # a table without shapes in a GeoPackage
        turned = frame.set_crs(4326) if frame.crs is None else frame.to_crs(4326)
        shape = turned.geometry.name
        for record in turned.to_dict("records"):
            yield {"geometry" if name == shape else str(name): value for name, value in record.items()}


def _layers(file: Path) -> Iterable[gpd.GeoDataFrame]:
    suffix = file.suffix.lower()
    if suffix == ".kmz":
        with zipfile.ZipFile(file) as archive:
            inner = next((n for n in archive.namelist() if n.lower().endswith(".kml")), None)
            if inner is None:
                raise GeoError(f"{file}: no .kml in it")
            data = archive.read(inner)
        for layer, _ in pyogrio.list_layers(data):
            yield gpd.read_file(io.BytesIO(data), layer=layer)
        return
    target = f"zip://{file}" if suffix == ".zip" else file
    for layer, _ in pyogrio.list_layers(target):
        yield gpd.read_file(target, layer=layer)


def _day_of(feature: Mapping[str, Any], column: str | None) -> dt.date | None:
    lower = {name.lower(): name for name in feature}
    for name in [column] if column else [lower[key] for key in DAY_COLUMNS if key in lower]:
        value = feature.get(str(name))
        if value is None or value is pd.NaT or value == "" or value != value:
            continue
        if isinstance(value, int | float):
            continue  # a number may be anything
        moment = pd.to_datetime(str(value), errors="coerce", utc=True)
        if not pd.isna(moment):
            return moment.date()
    return None


def _day_in_name(stem: str) -> dt.date | None:
    for pattern in DAY_IN_NAME:
        match = pattern.search(stem)
        if match:
            try:
                return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


def _side_of(feature: Mapping[str, Any], column: str | None) -> str | None:
    lower = {name.lower(): name for name in feature}
    for name in [column] if column else [lower[key] for key in SIDE_COLUMNS if key in lower]:
        value = feature.get(str(name))
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _sound(shape: Any) -> tuple[Any, str | None]:
    """A usable shape or None, and what was wrong with it."""
    if shape is None or shape.is_empty:
        return None, "no geometry; left out"
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return None, f"coordinates outside of the globe ({west:.1f}, {south:.1f}); left out"
    if shape.is_valid:
        return shape, None
    reason = shapely.is_valid_reason(shape)
    mended = shapely.make_valid(shape)
    return mended, f"made valid: {reason}"


def _kind(shape: Any) -> dict[str, str]:
    area = shape.geom_type in ("Polygon", "MultiPolygon") or (
        shape.geom_type == "GeometryCollection" and any(part.area > 0 for part in shapely.get_parts(shape))
    )
    return {"kind": "area" if area else "line"}
