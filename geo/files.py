"""Files of incidents: the table read back from GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, CSV or XLSX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from .cells import unguarded
from .columns import incidents_of
from .errors import GeoError
from .extras import optional
from .schema import COLUMNS

__all__ = ["READABLE", "read_incidents"]

READABLE = (".geojson", ".json", ".gpkg", ".fgb", ".parquet", ".geoparquet", ".kml", ".csv", ".xlsx", ".jsonl")
# Fields that the KML driver adds to every feature.
_KML_FIELDS = ("id", "Name", "Description", "name", "description", "timestamp", "begin", "end", "altitudeMode", "icon",
               "tessellate", "extrude", "visibility", "drawOrder", "snippet")  # fmt: skip
_TRUE, _FALSE = ("true", "1", "1.0", "yes"), ("false", "0", "0.0", "no")


def read_incidents(path: str | Path) -> gpd.GeoDataFrame:
    """Read a table of incidents, typed as in `COLUMNS` (EPSG:4326); further columns are kept as text.

    From JSON lines the `incidents` of each coded report are read.

    Raises:
        GeoError: the file cannot be read, or is no table of incidents.
    """
    path = Path(path)
    if path.suffix.lower() not in READABLE:
        raise GeoError(f"{path}: a table of incidents ends in one of {', '.join(READABLE)}")
    if not path.exists():
        raise GeoError(f"{path}: there is no such file")
    try:
        raw = _raw(path)
    except (ValueError, KeyError, OSError, RuntimeError) as error:
        raise GeoError(f"{path}: cannot be read as {path.suffix[1:]}: {' '.join(str(error).split())}") from None
    missing = [name for name in ("event_type", "date_start") if name not in raw.columns]
    if missing and len(raw):
        hint = "a table of another catalogue is read with read_catalogue (contactline catalogue)"
        raise GeoError(f"{path}: no column {' and '.join(map(repr, missing))}, so no table of incidents; {hint}")
    extras = raw[[name for name in raw.columns if name not in COLUMNS]]
    columns = {name: _typed(raw[name], kind) for name, kind in COLUMNS.items() if name in raw.columns}
    return incidents_of(columns, extras.astype("string"))


def _raw(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return unguarded(pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig"))
    if suffix == ".xlsx":
        optional("openpyxl", extra="readers", what="reading .xlsx")
        return pd.read_excel(path, dtype="string", keep_default_na=False)
    if suffix == ".jsonl":
        return _coded(path)
    frame = gpd.read_parquet(path) if suffix in (".parquet", ".geoparquet") else gpd.read_file(path)
    points = frame.geometry
    raw = pd.DataFrame(frame.drop(columns=[frame.geometry.name]))
    if suffix == ".kml":
        raw = raw.drop(columns=[name for name in _KML_FIELDS if name in raw.columns])
    for name, values in (("longitude", points.x), ("latitude", points.y)):
        if name not in raw.columns:
            raw[name] = values
    return raw


def _coded(path: Path) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        try:
            coded = json.loads(line) if line.strip() else {"incidents": []}
            rows += coded["incidents"]
        except KeyError:
            raise ValueError(
                f"line {number} is a report, not a coded one; contactline code would make it one"
            ) from None
        except (ValueError, TypeError) as error:
            raise ValueError(f"line {number} is no coded report: {error}") from None
    return pd.DataFrame(rows)


def _typed(column: pd.Series[Any], kind: str) -> pd.Series[Any]:
    if kind == "string":
        text = column.astype("string")
        return text.where(text.ne(""))
    if kind.startswith("datetime64"):
        if str(column.dtype).startswith("date32"):
            column = column.astype("datetime64[ns]")
        if not pd.api.types.is_datetime64_any_dtype(column):
            text = column.astype("string")
            column = pd.to_datetime(text.where(text.ne("")), format="ISO8601", utc="UTC" in kind)
        return _in_zone(column, kind)
    if kind == "boolean":
        text = column.astype("string").str.lower()
        truth: pd.Series[Any] = text.map({**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)})
        return truth
    numbers: pd.Series[Any] = pd.to_numeric(column, errors="coerce")
    return numbers


def _in_zone(column: pd.Series[Any], kind: str) -> pd.Series[Any]:
    aware, wanted = column.dt.tz is not None, "UTC" if "UTC" in kind else None
    zoned: pd.Series[Any] = column.dt.tz_convert("UTC").dt.tz_localize(None) if aware else column
    return zoned.dt.tz_localize(wanted) if wanted else zoned
