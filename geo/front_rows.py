"""The rows of a front table: from one day's land to areas and lines with status, confidence and basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .base_line import BaseLine
from .belief import Holding
from .footprints import Moved, less, solid
from .ground import GRID_M, Ground

__all__ = ["FRONT_COLUMNS", "FrontDay", "Layers", "front_rows"]

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
    """One day's land: as assessed, with the undenied claims, with the denied ones too."""

    assessed: Moved
    claimed: Moved
    disputed: Moved


@dataclass(frozen=True, slots=True)
class FrontDay:
    """What a front table says of one day, before it is cut into rows."""

    day: dt.date
    ground: Ground
    layers: Layers
    held: Mapping[int, Holding]


def front_rows(base: BaseLine, day: FrontDay) -> Iterator[dict[str, Any]]:
    """Areas, then lines, as rows without `as_of`."""
    common = {"source": base.source, "licence": base.licence, "band_km": np.nan}
    for row in [*_areas(day), *_lines(day)]:
        yield {**common, **row, "geometry": day.ground.to_degrees(row["geometry"])}


def _areas(day: FrontDay) -> Iterator[dict[str, Any]]:
    layers = day.layers
    claimed = {side: less(area, layers.assessed.areas.get(side, EMPTY)) for side, area in layers.claimed.areas.items()}
    taken = _union(claimed.values())
    denied = [less(area, layers.claimed.areas.get(side, EMPTY)) for side, area in layers.disputed.areas.items()]
    contested = less(_union(denied), taken)
    open_ = _union([taken, contested])
    for side, area in layers.assessed.areas.items():
        basis = [day.held[i] for i, shape in layers.assessed.prints.items() if shape.side == side]
        yield from _area(less(area, open_), side, "assessed", basis)
        both = solid(shapely.intersection(area, contested, grid_size=GRID_M))
        yield from _area(both, side, "contested", [h for h in day.held.values() if h.disputed_by and h.holder == side])
    for side, area in claimed.items():
        new = layers.claimed.changed() - layers.assessed.changed()
        basis = [day.held[i] for i in sorted(new) if layers.claimed.prints[i].side == side]
        yield from _area(area, side, "claimed", basis)


def _area(area: BaseGeometry, side: str, status: str, basis: list[Holding]) -> Iterator[dict[str, Any]]:
    if not area.is_empty:
        yield {"kind": "area", "side": side, "status": status, **_backing(basis), "geometry": area}


def _lines(day: FrontDay) -> Iterator[dict[str, Any]]:
    layers = day.layers
    drawn: BaseGeometry = shapely.LineString()
    seen: frozenset[int] = frozenset()
    for status, moved in (("assessed", layers.assessed), ("claimed", layers.claimed), ("disputed", layers.disputed)):
        line = _between(moved.areas, day.ground.border)
        own = line if drawn.is_empty else shapely.difference(line, drawn, grid_size=GRID_M)
        new = moved.changed() - seen
        if status == "disputed":
            new |= {i for i, holding in day.held.items() if holding.disputed_by}
        if own.length > SHORTEST_M:
            basis = [day.held[i] for i in sorted(new)]
            yield {"kind": "line", "side": None, "status": status, **_backing(basis), "geometry": _merged(own)}
        drawn, seen = _union([drawn, own]), seen | moved.changed()


def _between(areas: Mapping[str, BaseGeometry], border: BaseGeometry) -> BaseGeometry:
    """The lines between sides: the outlines of all but the largest area, without the edge of the land."""
    smaller = sorted(areas.values(), key=lambda area: area.area)[:-1]
    return shapely.difference(_union([area.boundary for area in smaller]), border)


def _merged(line: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.line_merge(line) if line.geom_type == "MultiLineString" else line)
    return shapely.multilinestrings([part for part in parts if part.length > SHORTEST_M])


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(list(shapes), grid_size=GRID_M)


def _backing(basis: list[Holding]) -> dict[str, Any]:
    """Confidence, and the claims that a row rests on."""
    confidence = round(float(np.mean([h.belief for h in basis])), 3) if basis else UNMOVED_CONFIDENCE
    return {
        "confidence": confidence,
        "basis_claim_ids": "; ".join(sorted({claim_id for holding in basis for claim_id in holding.claim_ids})),
    }
