"""The rows of a front table: from one day's land to areas and lines with status, confidence and basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .band import banded, still_km
from .base_line import BaseLine
from .belief import Holding
from .footprints import Moved, joined, less, solid
from .ground import GRID_M, Ground, between

__all__ = ["FRONT_COLUMNS", "FrontDay", "Layers", "dated", "front_rows"]

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
SHORTEST_M = 1.0
UNMOVED_CONFIDENCE = 0.9  # of land that no claim moved: it is as good as the base line


@dataclass(frozen=True, slots=True)
class Layers:
    """One day's land as assessed, and what sides would hold beyond it by undenied and by denied claims."""

    assessed: Moved
    claimed: Mapping[str, BaseGeometry]
    disputed: Mapping[str, BaseGeometry]
    claimed_by: Mapping[int, str]  # place → side
    disputed_by: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class FrontDay:
    """What a front table says of one day, before it is cut into rows."""

    day: dt.date
    ground: Ground
    layers: Layers
    held: Mapping[int, Holding]


def front_rows(base: BaseLine, day: FrontDay) -> Iterator[dict[str, Any]]:
    """Areas, then lines, as rows without `as_of`; the band is that of moved lines, 0 elsewhere (see `dated`)."""
    common = {"source": base.source, "licence": base.licence, "band_km": np.nan}
    for row in [*_areas(day), *_lines(day)]:
        yield {**common, **row, "geometry": day.ground.to_degrees(row["geometry"])}


def dated(row: Mapping[str, Any], base: BaseLine, day: dt.date) -> dict[str, Any]:
    """A row on a day: the band widens while nobody draws the line anew."""
    band_km = max(row["band_km"], still_km((day - base.date).days, base.uncertainty_km))
    return {**row, "as_of": day, "band_km": np.nan if np.isnan(row["band_km"]) else band_km}


def _areas(day: FrontDay) -> Iterator[dict[str, Any]]:
    layers = day.layers
    contested = less(joined(layers.disputed.values()), EMPTY)
    claimed = {side: less(area, contested) for side, area in _disjoint(layers.claimed).items()}
    open_ = joined([*claimed.values(), contested])
    for side, area in layers.assessed.areas.items():
        basis = [day.held[i] for i, shape in layers.assessed.prints.items() if shape.side == side]
        yield from _area(area if open_.is_empty else less(area, open_), side, "assessed", basis)
        if not contested.is_empty:
            both = solid(shapely.intersection(area, contested, grid_size=GRID_M))
            basis = [day.held[i] for i in layers.disputed_by if day.held[i].holder == side]
            yield from _area(both, side, "contested", basis)
    for side, area in claimed.items():
        yield from _area(area, side, "claimed", [day.held[i] for i, by in layers.claimed_by.items() if by == side])


def _disjoint(areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Where two sides claim the same land, the first in order has it: areas of a day do not overlap."""
    found: dict[str, BaseGeometry] = {}
    for side, area in areas.items():
        found[side] = less(area, joined(found.values())) if found else area
    return found


def _area(area: BaseGeometry, side: str, status: str, basis: list[Holding]) -> Iterator[dict[str, Any]]:
    if not area.is_empty:
        yield {"kind": "area", "side": side, "status": status, **_backing(basis), "geometry": area}


def _lines(day: FrontDay) -> Iterator[dict[str, Any]]:
    layers, border = day.layers, day.ground.border
    drawn = between(layers.assessed.areas, border)
    backing = _backing([day.held[i] for i in sorted(layers.assessed.prints)])
    for band_km, part in banded(drawn, day.ground.beside, day.ground.tree):
        if part.length > SHORTEST_M:
            row = {"kind": "line", "side": None, "status": "assessed", "band_km": band_km}
            yield {**row, **backing, "geometry": _merged(part)}
    for status, areas, places in (
        ("claimed", layers.claimed, layers.claimed_by),
        ("disputed", layers.disputed, layers.disputed_by),
    ):
        edge = joined([area.boundary for area in areas.values()])
        own = shapely.difference(shapely.difference(edge, drawn, grid_size=GRID_M), border)
        if own.length > SHORTEST_M:
            backing = _backing([day.held[i] for i in sorted(places)])
            yield {"kind": "line", "side": None, "status": status, **backing, "geometry": _merged(own)}


def _merged(line: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.line_merge(line) if line.geom_type == "MultiLineString" else line)
    return shapely.MultiLineString([part for part in parts if part.length > SHORTEST_M])


def _backing(basis: list[Holding]) -> dict[str, Any]:
    """Confidence, and the claims that a row rests on."""
    confidence = round(float(np.mean([h.belief for h in basis])), 3) if basis else UNMOVED_CONFIDENCE
    return {
        "confidence": confidence,
        "basis_claim_ids": "; ".join(sorted({claim_id for holding in basis for claim_id in holding.claim_ids})),
    }
