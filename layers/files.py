"""Tables to files that other tools open with their types right: a day is a date there, not a text or a midnight.

GeoJSON and KML are written here, because GDAL's drivers lose dates in them; GeoPackage and FlatGeobuf go through GDAL
as Arrow columns. Texts are data in every format: nothing in them ends an element or starts a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from .errors import LayerError
from .kml import kml_document

__all__ = ["FORMATS", "table_bytes", "write_layers", "write_table"]

FORMATS: Mapping[str, str] = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".csv": "csv",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".fgb": "fgb",
    ".kml": "kml",
}
DECIMALS = 7  # 1 cm; RFC 7946 advises no more
FORMULA = re.compile(r"^'*[=+\-@\t\r]")  # what a spreadsheet would compute; more quotes so that undoing is exact
FAMILIES = {"Point": "points", "LineString": "lines", "Polygon": "areas"}


def table_bytes(frame: gpd.GeoDataFrame, format: str, *, layer: str = "incidents") -> bytes:
    """A table (EPSG:4326) as the bytes of a file.

    Args:
        format: geojson, csv, gpkg, parquet, fgb or kml.
        layer: what the layer is called inside the file.

    Raises:
        LayerError: there is no such format, or the table has no CRS.
    """
    writer = _WRITERS.get(format)
    if writer is None:
        raise LayerError(f"format {format!r}: one of {', '.join(_WRITERS)} would do")
    if frame.crs is None:
        raise LayerError(f"{layer}: the table has no CRS; frame.set_crs(4326) would do if it is in degrees")
    return writer(frame.to_crs(4326) if frame.crs.to_epsg() != 4326 else frame, layer)


def write_table(
    frame: gpd.GeoDataFrame, target: Path | BinaryIO, format: str | None = None, *, layer: str = "incidents"
) -> None:
    """Write a table to a path or an open binary file; without `format` the path's suffix says it.

    Raises:
        LayerError: see `table_bytes`; or the suffix says nothing, or the path cannot be written.
    """
    if not isinstance(target, Path):
        target.write(table_bytes(frame, format or "geojson", layer=layer))
        return
    data = table_bytes(frame, format or _format_of(target), layer=layer)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise LayerError(f"{target}: cannot be written ({error.strerror}); give another path") from None


def write_layers(layers: Mapping[str, gpd.GeoDataFrame], target: Path) -> list[Path]:
    """Write layers into one GeoPackage, or beside each other as `<name>_<layer><suffix>`; returns the paths."""
    format = _format_of(target)
    if format != "gpkg":
        paths = [target.with_name(f"{target.stem}_{name}{target.suffix}") for name in layers]
        for path, (name, frame) in zip(paths, layers.items(), strict=True):
            write_table(frame, path, format, layer=name)
        return paths
    target.unlink(missing_ok=True)
    for name, frame in layers.items():
        _write_gpkg(frame.to_crs(4326), name, str(target))
    return [target]


def _format_of(path: Path) -> str:
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise LayerError(f"{path}: the suffix says no format; one of {', '.join(FORMATS)} would do")
    return format


def _geojson(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    shapes = shapely.to_geojson(shapely.set_precision(frame.geometry.to_numpy(), 10**-DECIMALS, mode="pointwise"))
    rows = _rows(frame)
    features = (
        f'{{"type":"Feature","geometry":{shape or "null"},"properties":{json.dumps(row, ensure_ascii=False)}}}'
        for shape, row in zip(shapes, rows, strict=True)
    )
    head = f'{{"type":"FeatureCollection","name":{json.dumps(layer)},"features":[\n'
    return (head + ",\n".join(features) + "\n]}\n").encode("utf-8", "replace")


def _csv(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    out = io.StringIO(newline="")
    shapes = frame.geometry.to_numpy()
    point_like = {"latitude", "longitude"} <= set(frame.columns)
    names = [*_fields(frame), *([] if point_like else ["geometry"])]
    writer = csv.DictWriter(out, names, lineterminator="\r\n")  # RFC 4180; a bare \r in a text is quoted then
    writer.writeheader()
    for shape, row in zip(shapes, _rows(frame), strict=True):
        cells = {name: _cell(value) for name, value in row.items()}
        if not point_like:
            cells["geometry"] = shapely.to_wkt(shape, rounding_precision=DECIMALS) if shape is not None else ""
        writer.writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and FORMULA.match(value):
        return "'" + value
    return value


def _kml(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    return kml_document(_fields(frame), list(_rows(frame)), list(frame.geometry), layer).encode("utf-8", "replace")


def _parquet(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    out = io.BytesIO()
    columns = {name: _arrow(frame[name]) for name in _fields(frame)}
    typed = {name: pd.Series(column, dtype=pd.ArrowDtype(column.type)) for name, column in columns.items()}
    table = gpd.GeoDataFrame(typed, geometry=gpd.GeoSeries(frame.geometry.to_numpy(), crs=4326))
    table.to_parquet(out, index=False, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)
    return out.getvalue()


def _flatgeobuf(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    out = io.BytesIO()
    index = "NO" if frame.geometry.isna().any() or frame.empty else "YES"  # the index has no room for what has no place
    _write(frame, out, layer, "FlatGeobuf", {"SPATIAL_INDEX": index})
    return out.getvalue()


def _gpkg(frame: gpd.GeoDataFrame, layer: str) -> bytes:
    # A GeoPackage is a database, and GDAL adds a second layer only to one on disk.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        _write_gpkg(frame, layer, str(path))
        return path.read_bytes()


def _write_gpkg(frame: gpd.GeoDataFrame, layer: str, path: str) -> None:
    for name, part in _by_family(frame, layer).items():
        _write(part, path, name, "GPKG", {}, append=Path(path).exists())


def _by_family(frame: gpd.GeoDataFrame, layer: str) -> dict[str, gpd.GeoDataFrame]:
    """One layer for points, lines and areas each, because a GIS styles and queries them apart."""
    family = frame.geom_type.str.replace("Multi", "").where(frame.geom_type.notna(), None)
    kinds = [kind for kind in FAMILIES if (family == kind).any()]
    if len(kinds) <= 1:
        return {layer: frame}
    return {f"{layer}_{FAMILIES[kind]}": frame[family == kind] for kind in kinds}


def _write(
    frame: gpd.GeoDataFrame,
    out: str | io.BytesIO,
    layer: str,
    driver: str,
    options: dict[str, str],
    append: bool = False,
) -> None:
    shapes, kind = _one_kind(frame)
    table = pa.table(
        {**{name: _arrow(frame[name]) for name in _fields(frame)}, "geometry": pa.array(shapes, pa.binary())}
    )
    pyogrio.write_arrow(
        table,
        out,
        layer=layer,
        driver=driver,
        geometry_name="geometry",
        geometry_type=kind,
        crs="EPSG:4326",
        append=append,
        layer_options=options,
    )


def _one_kind(frame: gpd.GeoDataFrame) -> tuple[list[bytes | None], str]:
    """WKB and the one geometry type of the layer; single shapes become multi ones where both occur."""
    kinds = set(frame.geom_type.dropna())
    shapes = frame.geometry.to_numpy()
    families = {kind.removeprefix("Multi") for kind in kinds}
    if len(families) != 1:
        return list(shapely.to_wkb(shapes)), "Point" if not families else "Unknown"
    (family,) = families
    if kinds == {family}:
        return list(shapely.to_wkb(shapes)), family
    make = _MULTI[family]
    multi = [None if shape is None else make(shapely.get_parts(shape)) for shape in shapes]
    return list(shapely.to_wkb(np.array(multi, dtype=object))), f"Multi{family}"


def _fields(frame: gpd.GeoDataFrame) -> list[str]:
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def _rows(frame: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Rows as plain values that JSON, CSV and KML can hold: days and moments in ISO 8601, absence as None."""
    names = _fields(frame)
    columns = [[_plain(value) for value in _arrow(frame[name]).to_pylist()] for name in names]
    if not names:
        return iter([{}] * len(frame))
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _arrow(column: pd.Series[Any]) -> pa.Array:
    """A column as Arrow with the type it means: midnights without zone are days, zones become UTC."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return pa.array(column.dt.tz_convert("UTC"), pa.timestamp("ms", tz="UTC"), from_pandas=True, safe=False)
    if pd.api.types.is_datetime64_any_dtype(column):
        days = column.dropna()
        kind = pa.date32() if bool((days == days.dt.normalize()).all()) else pa.timestamp("ms")
        return pa.array(column, pa.timestamp("ms"), from_pandas=True, safe=False).cast(kind)
    if pd.api.types.is_bool_dtype(column):
        return pa.array(column, pa.bool_(), from_pandas=True)
    if pd.api.types.is_numeric_dtype(column):
        return pa.array(column, pa.int64() if pd.api.types.is_integer_dtype(column) else pa.float64(), from_pandas=True)
    values = [None if _absent(value) else value for value in column]
    if values and all(value is None or type(value) is dt.date for value in values) and any(values):
        return pa.array(values, pa.date32())
    return pa.array([None if value is None else _text(value) for value in values], pa.string())


def _absent(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair would break every format


_MULTI: Mapping[str, Any] = {
    "Point": shapely.multipoints,
    "LineString": shapely.multilinestrings,
    "Polygon": shapely.multipolygons,
}
_WRITERS: Mapping[str, Callable[[gpd.GeoDataFrame, str], bytes]] = {
    "geojson": _geojson,
    "csv": _csv,
    "gpkg": _gpkg,
    "parquet": _parquet,
    "fgb": _flatgeobuf,
    "kml": _kml,
}
