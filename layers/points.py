"""Incidents as one canvas layer: a million points stay fluent where a marker each would not.

Rows are sorted by time, then along a space-filling curve, so that a time window is two binary searches and
neighbours pack well. Nothing of the table passes through a template: it travels as bytes, see columns.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc
import shapely
from folium.map import Layer
from folium.template import Template

from .assets import add_data, add_json, add_shared, require_scripts, safe_name
from .columns import Column, category, integer, make_pack, texts
from .errors import LayerError
from .grid import EARTH_M, MAX_LATITUDE, interleave, mercator
from .styles import Styles, load_styles

__all__ = ["CORE", "TEXTS", "Points", "PointsPack", "pack_incidents"]

HOUR_S, DAY_S = 3600, 86400
MAX_BITS = 24

# What drawing, filtering and colouring need at once …
CORE = ("event_type", "claimant_side", "claim_status", "lang", "where_prec", "perpetrator", "scope", "role")
# … and what is text even where it repeats. All other columns travel as well, for popups, packed as what they hold.
TEXTS = ("incident_id", "text", "versions", "denial_text", "report_ids")
NUMBERS = {"radius_km": 0.05, "deaths_best": 1.0, "confidence": 0.01}
SKIP = frozenset({"geometry", "latitude", "longitude", "date_start", "date_end", "deleted", "span_start", "span_end"})


@dataclass(frozen=True, slots=True)
class PointsPack:
    """A packed incidents table: its bytes, what is in it, and its box (west, south, east, north; None if empty)."""

    data: bytes
    rows: int
    placed: int
    dated: int
    bounds: tuple[float, float, float, float] | None
    sha256: str


class Points(Layer):
    """Incidents on one canvas, for any folium.Map, FeatureGroup or DualMap.

    Args:
        incidents: the incidents table (EPSG:4326; a column `date_start`; all other columns of it are optional).
        color_by: the column that colours the points; the reader of the map can choose another.
        uncertainty: draw circles of `radius_km` when few enough points are in view.
        precision_m: coordinates are rounded to this grid, in metres at the equator.
        styles: colours, shapes and labels.
        credit: whom the points come from, shown in the map's line of attributions.

    Raises:
        LayerError: the table lacks a geometry or `date_start`, or is not in EPSG:4326.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = contactline.points("{{ this.get_name() }}");
        {% endmacro %}
    """)

    def __init__(
        self,
        incidents: gpd.GeoDataFrame | PointsPack,
        *,
        name: str = "Incidents",
        color_by: str = "event_type",
        uncertainty: bool = True,
        precision_m: float = 1.0,
        styles: Styles | None = None,
        columns: Sequence[str] | None = None,
        credit: str = "",
        control: bool = True,
        show: bool = True,
    ) -> None:
        super().__init__(name=safe_name(name), overlay=True, control=control, show=show)
        self._name = "Points"
        self.pack = (
            incidents
            if isinstance(incidents, PointsPack)
            else pack_incidents(incidents, precision_m=precision_m, columns=columns)
        )
        self.options: dict[str, Any] = {
            "colorBy": color_by,
            "uncertainty": uncertainty,
            "credit": credit,
            "styles": (styles or load_styles()).as_json(),
        }

    def render(self, **kwargs: Any) -> str:
        """Register scripts and data with the figure, then the layer itself."""
        require_scripts(self)
        add_data(self, f"{self.get_name()}_data", self.pack.data)
        styles = add_shared(self, self.options["styles"])
        add_json(self, f"{self.get_name()}_options", {**self.options, "styles": styles})
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        if self.pack.bounds is None:
            return [[None, None], [None, None]]
        west, south, east, north = self.pack.bounds
        return [[south, west], [north, east]]


def pack_incidents(
    incidents: gpd.GeoDataFrame, *, precision_m: float = 1.0, columns: Sequence[str] | None = None
) -> PointsPack:
    """Sort, quantise and pack an incidents table; `columns` limits what travels (None: all of it)."""
    _check(incidents)
    table = incidents.drop(columns=[c for c in incidents.columns if columns is not None and c not in _kept(columns)])
    if "deleted" in table.columns:
        table = table[~table["deleted"].fillna(False).astype(bool)]
    lon, lat = _coordinates(table)
    time = _Time.of(table)
    placed, dated = np.isfinite(lon), np.isfinite(time.start)
    curve, space = _curve(lon, lat, placed, precision_m)
    group = np.where(placed, np.where(dated, 0, 1), np.where(dated, 2, 3)).astype(np.uint64)
    order = _order(group, time.start, curve)
    sizes = np.bincount(group.astype(np.int64), minlength=4)
    core, detail, text = _columns(table, order)
    known = _known_days(table)[order]
    lasts = np.nan_to_num(time.end - time.start)[order]
    core = [
        Column("curve", "integer", curve[order], delta=True),
        integer("start", time.start[order], delta=True),
        *([integer("length", lasts)] if lasts.any() else []),
        *([integer("known", known)] if np.isfinite(known).any() else []),
        *core,
    ]
    extra = {"groups": sizes.tolist(), "unit": time.unit_s, "space": space}
    data = make_pack(core=core, detail=detail, text=text, rows=len(table), extra=extra)
    bounds = None
    if placed.any():
        x, y = lon[placed], lat[placed]
        bounds = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return PointsPack(
        data, len(table), int(sizes[0] + sizes[1]), int(sizes[0] + sizes[2]), bounds, hashlib.sha256(data).hexdigest()
    )


def _kept(columns: Sequence[str]) -> set[str]:
    return {*columns, "geometry", "date_start", "deleted"}


def _check(incidents: gpd.GeoDataFrame) -> None:
    faults = []
    if not isinstance(incidents, gpd.GeoDataFrame):
        raise LayerError(f"incidents: a GeoDataFrame is needed, got {type(incidents).__name__}")
    if "date_start" not in incidents.columns:
        faults.append("incidents: column 'date_start' is missing; add it, with nulls where the day is unknown")
    if incidents.crs is None or incidents.crs.to_epsg() != 4326:
        faults.append(f"incidents: the CRS must be EPSG:4326, got {incidents.crs}; use incidents.to_crs(4326)")
    if faults:
        raise LayerError.of(faults)


def _coordinates(table: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitude and latitude per row, NaN where there is no point (0, 0 stays a point: it is the caller's)."""
    shapes = table.geometry.to_numpy()
    other = (shapely.get_type_id(shapes) != 0) & ~shapely.is_missing(shapes)
    if other.any():
        shapes = np.where(other, shapely.centroid(shapes), shapes)
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    bad = ~(np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= MAX_LATITUDE))
    if bad.any():
        lon, lat = np.where(bad, np.nan, lon), np.where(bad, np.nan, lat)
    return lon, lat


@dataclass(frozen=True, slots=True)
class _Time:
    """Start and end in whole units since 1970 (NaN = unknown); the unit is a day unless the table has hours."""

    start: npt.NDArray[np.float64]
    end: npt.NDArray[np.float64]
    unit_s: int

    @classmethod
    def of(cls, table: pd.DataFrame) -> _Time:
        start = _seconds(table["date_start"])
        end = _seconds(table["date_end"]) if "date_end" in table.columns else start
        known = start[np.isfinite(start)]
        unit = DAY_S if not (known % DAY_S).any() else HOUR_S
        start, end = np.floor(start / unit), np.floor(end / unit)
        return cls(start, np.fmax(start, np.where(np.isfinite(end), end, start)), unit)


def _seconds(series: pd.Series[Any]) -> npt.NDArray[np.float64]:
    moments = pd.to_datetime(series, utc=True, errors="coerce").dt.tz_localize(None)
    stamps = moments.to_numpy().astype("datetime64[s]")
    return np.where(np.isnat(stamps), np.nan, stamps.astype(np.int64).astype(np.float64))


def _known_days(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The day on which an incident was first reported; unknown stays NaN and passes for always known."""
    for name in ("reported_at", "recorded_at"):
        if name in table.columns and table[name].notna().any():
            return np.floor(_seconds(table[name]) / DAY_S)
    return np.full(len(table), np.nan)


def _curve(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], placed: npt.NDArray[np.bool_], precision_m: float
) -> tuple[npt.NDArray[np.uint64], dict[str, float]]:
    """Position on a Z-order curve over a grid in Web Mercator (unit square), and the grid."""
    if not placed.any():
        return np.zeros(len(lon), np.uint64), {"x": 0.0, "y": 0.0, "step": 1.0}
    x, y = mercator(lon, lat)
    x0, y0 = float(np.nanmin(x)), float(np.nanmin(y))
    reach = max(float(np.nanmax(x)) - x0, float(np.nanmax(y)) - y0)
    step = max(precision_m / EARTH_M, reach / (2**MAX_BITS - 1))
    grid = [np.rint(np.where(placed, (v - v0) / step, 0)).astype(np.uint64) for v, v0 in ((x, x0), (y, y0))]
    return interleave(grid[0], grid[1]), {"x": x0, "y": y0, "step": step}


def _order(
    group: npt.NDArray[np.uint64], start: npt.NDArray[np.float64], curve: npt.NDArray[np.uint64]
) -> npt.NDArray[np.intp]:
    """Rows by group, time and place; ties keep their order, so the same table gives the same bytes."""
    since = (
        np.nan_to_num(start - np.nanmin(start), nan=0.0).astype(np.uint64) if np.isfinite(start).any() else curve * 0
    )
    time_bits, place_bits = (int(v.max()).bit_length() if len(v) else 0 for v in (since, curve))
    if time_bits + place_bits > 62:  # hours over centuries all over the world: too much for one number
        return np.lexsort((curve, since, group))
    key = (group << np.uint64(62)) | (since << np.uint64(place_bits)) | curve
    return np.argsort(key, kind="stable")


def _columns(
    table: gpd.GeoDataFrame, order: npt.NDArray[np.intp]
) -> tuple[list[Column], list[Column], Mapping[str, Any]]:
    """All other columns, in the order of the rows: what is small goes as codes, what is long as text."""
    core: list[Column] = []
    detail: list[Column] = []
    text: dict[str, Any] = {}
    for name in map(str, table.columns):
        if name in SKIP:
            continue
        series = _told_twice(table[name]) if name == "versions" else table[name]
        column = _number(name, series, order) if _is_number(series) else None
        if column is None:
            packed = None if name in TEXTS else category(name, series)
            if packed is None:
                text[name] = pc.take(texts(series), order)
                continue
            column = Column(name, "category", packed.codes[order], values=packed.values)
        if column.codes.any():  # a column without a value need not travel
            (core if name in CORE or name in ("radius_km", "deaths_best") else detail).append(column)
    return core, detail, text


def _told_twice(versions: pd.Series[Any]) -> pd.Series[Any]:
    """Versions of incidents that more than one claim tells of; a single version is the row itself over again."""
    alone = pc.less(pc.count_substring(texts(versions), '"claimant"'), 2)
    return versions.mask(pc.fill_null(alone, True).to_numpy(zero_copy_only=False))


def _is_number(series: pd.Series[Any]) -> bool:
    numeric = pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series)
    return numeric or pd.api.types.is_datetime64_any_dtype(series)


def _number(name: str, series: pd.Series[Any], order: npt.NDArray[np.intp]) -> Column | None:
    if name == "where_prec":
        return None  # a class, not a quantity: readers filter and colour by it
    if pd.api.types.is_datetime64_any_dtype(series):
        return integer(name, _seconds(series)[order], step=60)
    values = series.to_numpy(dtype=np.float64, na_value=np.nan)
    return integer(name, values[order], step=NUMBERS.get(name, 1.0 if _whole(values) else 0.001))


def _whole(values: npt.NDArray[np.float64]) -> bool:
    known = values[np.isfinite(values)]
    return bool((known == np.rint(known)).all())
