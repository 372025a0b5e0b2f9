"""Dated fronts as one layer: who holds what on the day of the slider, and what changed.

Fronts of neighbouring days share almost all of their corners, so the corners travel once, a ring that did not move
travels once, and what stays the same over days is one feature with a first and a last day.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from folium.map import Layer
from folium.template import Template

from .assets import add_data, add_json, add_shared, require_scripts, safe_name
from .columns import integer, planes
from .errors import LayerError
from .grid import EARTH_M, mercator
from .squeeze import Piece, squeeze
from .styles import Styles, load_styles

__all__ = ["Fronts", "FrontsPack", "pack_fronts"]

MAGIC = b"CLF1"
NEEDED = ("as_of", "kind", "status")
ABOUT = ("kind", "side", "status", "confidence", "band_km", "basis_claim_ids", "source", "licence", "as_known")


@dataclass(frozen=True, slots=True)
class FrontsPack:
    """Packed fronts: bytes, days, who holds land, and the box (west, south, east, north; None if empty)."""

    data: bytes
    days: tuple[str, ...]
    sides: tuple[str, ...]
    bounds: tuple[float, float, float, float] | None
    sha256: str


class Fronts(Layer):
    """The front of the day, for any folium.Map, FeatureGroup or DualMap.

    Args:
        fronts: one row an area or line and day (EPSG:4326; columns `as_of`, `kind`, `status`, and optionally `side`,
            `confidence`, `band_km` (half the width of the band that a line runs in), `basis_claim_ids`, `source`,
            `licence`). Rows with a true `as_known` are the front
            as it was known on its own day; the switch "as known then" shows them instead of the others.
        precision_m: corners are rounded to this grid, in metres at the equator.
        styles: colours and names of the sides.

    Raises:
        LayerError: a column is missing, or the table is not in EPSG:4326.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = contactline.fronts("{{ this.get_name() }}");
        {% endmacro %}
    """)

    def __init__(
        self,
        fronts: gpd.GeoDataFrame | FrontsPack,
        *,
        name: str = "Front",
        precision_m: float = 50.0,
        styles: Styles | None = None,
        control: bool = True,
        show: bool = True,
    ) -> None:
        super().__init__(name=safe_name(name), overlay=True, control=control, show=show)
        self._name = "Fronts"
        self.pack = fronts if isinstance(fronts, FrontsPack) else pack_fronts(fronts, precision_m=precision_m)
        styles = (styles or load_styles()).with_sides({side: side for side in self.pack.sides})
        self.options = {"styles": styles.as_json()}

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


def pack_fronts(fronts: gpd.GeoDataFrame, *, precision_m: float = 50.0) -> FrontsPack:
    """Quantise, share and pack dated fronts."""
    _check(fronts)
    table = fronts[~(fronts.geometry.isna() | fronts.geometry.is_empty)]
    stamps = pd.to_datetime(table["as_of"]).dt.normalize()
    days = sorted(stamps.unique())
    corners = _Corners(precision_m / EARTH_M)
    shapes = [corners.rings_of(shape) for shape in table.geometry]
    features = _features(table, [days.index(day) for day in stamps], shapes)
    about = {"days": [day.strftime("%Y-%m-%d") for day in days], "features": features}
    data = _join(corners, json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode())
    box = tuple(map(float, table.total_bounds)) if len(table) else None
    sides = tuple(map(str, table["side"].dropna().unique())) if "side" in table.columns else ()
    return FrontsPack(data, tuple(about["days"]), sides, box, hashlib.sha256(data).hexdigest())  # type: ignore[arg-type]


def _check(fronts: gpd.GeoDataFrame) -> None:
    if not isinstance(fronts, gpd.GeoDataFrame):
        raise LayerError(f"fronts: a GeoDataFrame is needed, got {type(fronts).__name__}")
    faults = [f"fronts: column '{name}' is missing" for name in NEEDED if name not in fronts.columns]
    if fronts.crs is None or fronts.crs.to_epsg() != 4326:
        faults.append(f"fronts: the CRS must be EPSG:4326, got {fronts.crs}; use fronts.to_crs(4326)")
    if faults:
        raise LayerError.of(faults)


@dataclass(slots=True)
class _Corners:
    """All corners of all days on one grid, each once, and all rings as runs of corner numbers, each once."""

    step: float
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    runs: dict[tuple[int, ...], int] = field(default_factory=dict)

    def rings_of(self, shape: Any) -> list[int]:
        """Numbers of the rings (of an area) or runs (of a line) that make up a shape."""
        parts = shapely.get_parts(shape)
        closed = bool(len(parts)) and shapely.get_dimensions(parts[0]) == 2
        pieces = shapely.get_rings(parts) if closed else parts[shapely.get_dimensions(parts) == 1]
        found = (self._run(shapely.get_coordinates(piece), closed) for piece in pieces)
        return [number for number in found if number is not None]

    def _run(self, points: npt.NDArray[np.float64], closed: bool) -> int | None:
        if not len(points):
            return None
        x, y = mercator(points[:, 0], points[:, 1])
        grid = np.column_stack([np.rint(x / self.step), np.rint(y / self.step)]).astype(np.int64)
        grid = grid[np.append(True, (np.diff(grid, axis=0) != 0).any(axis=1))]
        ids = [self.numbers.setdefault((a, b), len(self.numbers)) for a, b in grid.tolist()]
        if closed and ids[0] == ids[-1]:
            ids = ids[:-1]
        if len(ids) < (3 if closed else 2):  # smaller than the grid
            return None
        if closed:  # the ring starts at its lowest corner, so that the same ring is the same run
            lowest = ids.index(min(ids))
            ids = ids[lowest:] + ids[:lowest]
        return self.runs.setdefault(tuple(ids), len(self.runs))


def _features(table: pd.DataFrame, days: list[int], shapes: list[list[int]]) -> list[dict[str, Any]]:
    """One entry for each stretch of days on which an area or line stayed the same."""
    names = [name for name in ABOUT if name in table.columns]
    seen: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for values, day, rings in zip(table[names].itertuples(index=False, name=None), days, shapes, strict=True):
        if not rings:
            continue
        plain = [_plain(v) for v in values]
        stretches = seen.setdefault((*plain, *rings), [])
        if stretches and day <= stretches[-1]["to"] + 1:
            stretches[-1]["to"] = day
        else:
            known = {k: v for k, v in zip(names, plain, strict=True) if v is not None}
            stretches.append({"from": day, "to": day, "rings": rings, **known})
    return [feature for stretches in seen.values() for feature in stretches]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:  # NaN is the one value that differs from itself
        return None
    plain = value.item() if isinstance(value, np.generic) else value
    return None if plain is False else plain


def _join(corners: _Corners, about: bytes) -> bytes:
    points = np.array(list(corners.numbers), dtype=np.float64).reshape(-1, 2)
    low = points.min(axis=0) if len(points) else np.zeros(2)
    axes = [integer(name, points[:, k] - low[k], delta=True) for k, name in enumerate("xy")]
    width = 2 if len(points) < 1 << 16 else 4
    runs = np.array(list(_flat(corners.runs)), dtype=f"<u{width}").tobytes()
    sizes = [len(run) for run in corners.runs]
    head = {
        "corners": len(points),
        "widths": [axis.width for axis in axes],
        "grid": {"x": float(low[0]) * corners.step, "y": float(low[1]) * corners.step, "step": corners.step},
        "start": [axis.start for axis in axes],
        "run_width": width,
        "runs": sizes,
    }
    parts = squeeze([[Piece(part)] for part in (planes(axes), runs, about, json.dumps(head).encode())])
    return b"".join([MAGIC, struct.pack("<4I", *map(len, parts)), *parts])


def _flat(runs: Iterable[tuple[int, ...]]) -> Iterable[int]:
    for run in runs:
        yield from run
