"""Cut the offline base of a box out of installed packages, and make it fit its budget."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from .basemap_clip import RELIEF, BaseClip, Label, topojson, topology_of
from .basemap_relief import as_webp, tinted, tinted_from_grey, to_mercator
from .basemap_sources import (
    Box,
    Elevation,
    Source,
    credits,
    read_elevation,
    read_lines,
    read_polygons,
    read_shaded_relief,
)
from .basemap_streams import valley_streams
from .errors import LayerError

__all__ = ["build_clip"]

DETAIL = 1 / 4000  # of the box's longer side: what is smaller is not drawn at the scale of a theatre
COARSER = (1.0, 1.5, 2.5, 4.0, 7.0)  # times that, when there is more than fits
LINES_SHARE, LABELS_SHARE = 0.47, 0.32  # of the budget at most; the relief takes what is left
CREDITS_BYTES = 1500
RELIEF_WIDTHS = (1100, 900, 720, 560, 420)
QUALITIES = (70, 55, 40)
NEAR_A_RIVER = 0.03  # degrees: what two sources of a kilometre or two may differ by
LINES = ("borders", "districts", "rivers", "disputed")
POLYGONS = ("sea", "lakes")
LESS_EXACT = {"districts": 3.0}  # faint and dashed


def build_clip(
    box: Box,
    sources: Mapping[str, Source],
    *,
    labels: Iterable[Label] = (),
    label_sources: Sequence[Mapping[str, str]] = (),
    without: Sequence[str] = (),
    streams: bool = True,
    budget_kb: int = 150,
) -> BaseClip:
    """Cut the base for a box out of the sources.

    Args:
        box: west, south, east, north in degrees.
        labels: names to draw; where they are too many, the last of the highest ranks stay out.
        label_sources: whom the names and points are owed to: what, credit, licence, package.
        without: names of disputed lines to leave out (a theatre with its own line of contact needs no second one).
        streams: draw the streams of valleys, worked out from the heights, where no source draws a river.
        budget_kb: what both files together may weigh; lines get coarser and the relief smaller until they do.

    Raises:
        LayerError: the box is wrong, or even the coarsest lines are over the budget.
    """
    _check_box(box)
    budget = budget_kb * 1000 - CREDITS_BYTES
    heights = _heights(sources, box)
    layers = _layers(sources, box, without, heights[1] if heights and streams else None)
    used = [source for what, source in sources.items() if what in layers and len(layers[what])]
    if heights and streams:
        used.append(dataclasses.replace(heights[0], what="streams (worked out from heights)"))
    topology = _fitting_topology(box, layers, [label for label in labels if _inside(label, box)], budget)
    relief = _relief_of(heights, sources.get("shaded relief"), box)
    picture = _fitting_picture(relief[1], relief[2], budget - _weight(topology)) if relief else None
    topology["contactline"] = {
        "relief": {"file": RELIEF, "bbox": [round(v, 5) for v in relief[2]]} if relief and picture else None,
        "sources": [*credits([*used, *([relief[0]] if relief and picture else [])]), *label_sources],
        "note": "Borders are for reference, not endorsement.",
    }
    return BaseClip(topology, picture)


def _layers(
    sources: Mapping[str, Source], box: Box, without: Sequence[str], heights: Elevation | None
) -> dict[str, gpd.GeoDataFrame]:
    """All lines and water of the box, as exact as the sources are."""
    layers = {what: _lines(sources[what], box, without) for what in LINES if what in sources}
    layers |= {
        what: gpd.GeoDataFrame(geometry=read_polygons(sources[what], box), crs=4326)
        for what in POLYGONS
        if what in sources
    }
    if heights is not None:
        layers["streams"] = _streams(heights, layers)
    return layers


def _fitting_topology(
    box: Box, layers: Mapping[str, gpd.GeoDataFrame], labels: Sequence[Label], budget: int
) -> dict[str, Any]:
    finest = max(box[2] - box[0], box[3] - box[1]) * DETAIL
    coarse: dict[str, gpd.GeoDataFrame] = {}
    for factor in COARSER:
        coarse = {what: _simplified(what, frame, finest * factor) for what, frame in layers.items()}
        if _weight(topology_of(box, coarse, [])) <= budget * LINES_SHARE:
            break
    ranked = sorted(labels, key=lambda label: label.rank)
    free = max(budget * LABELS_SHARE, budget * (LINES_SHARE + LABELS_SHARE) - _weight(topology_of(box, coarse, [])))
    while ranked and _weight(topology_of(box, {}, ranked)) > free:
        ranked = ranked[: len(ranked) * 9 // 10]
    topology = topology_of(box, coarse, ranked)
    if _weight(topology) > budget:
        raise LayerError(
            f"base map {box}: its lines alone take more than {budget / 1000:.0f} KB; a smaller box would do"
        )
    return topology


def _simplified(what: str, frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    if what in POLYGONS:
        frame = frame[shapely.area(frame.geometry.to_numpy()) > (4 * tolerance) ** 2]
    shapes = shapely.simplify(frame.geometry.to_numpy(), tolerance * LESS_EXACT.get(what, 1.0))
    return gpd.GeoDataFrame(
        frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=4326))[~shapely.is_empty(shapes)]
    )


def _weight(topology: Mapping[str, Any]) -> int:
    return len(topojson(topology).encode("utf-8"))


def _check_box(box: Box) -> None:
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise LayerError(f"base map: the box needs west < east and south < north within ±180, ±85, got {box}")


def _inside(label: Label, box: Box) -> bool:
    return box[0] <= label.longitude <= box[2] and box[1] <= label.latitude <= box[3]


def _lines(source: Source, box: Box, without: Sequence[str]) -> gpd.GeoDataFrame:
    """One row for the settled lines and one for each name of disputed ones: rows cost bytes, not points."""
    frame = read_lines(source, box)
    frame = frame[~frame["name"].isin(list(without))]
    doubtful = frame["kind_of_line"].astype("string").str.startswith("Disputed").fillna(False).astype(bool)
    disputed = doubtful | (source.what == "disputed")
    parts = frame.groupby([disputed.rename("disputed"), frame["name"].fillna("")]).geometry
    merged = {key: shapely.line_merge(shapely.multilinestrings(_single(lines))) for key, lines in parts}
    return gpd.GeoDataFrame(
        {"disputed": [key[0] for key in merged], "name": [key[1] for key in merged]},
        geometry=list(merged.values()),
        crs=4326,
    )


def _single(lines: Any) -> Any:
    parts = shapely.get_parts(lines.to_numpy())
    return parts[shapely.get_type_id(parts) == 1]


def _heights(sources: Mapping[str, Source], box: Box) -> tuple[Source, Elevation] | None:
    source = sources.get("elevation")
    grid = read_elevation(source, box) if source is not None else None
    return (source, grid) if source is not None and grid is not None else None


def _streams(heights: Elevation, layers: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Valley streams, without what runs beside a river that is drawn already or through a lake."""
    drawn = [layers[what].geometry.union_all() for what in ("rivers", "lakes", "sea") if what in layers]
    near = shapely.union_all([shape.buffer(NEAR_A_RIVER) for shape in drawn])
    parts = shapely.get_parts(shapely.difference(np.array(valley_streams(heights), dtype=object), near))
    parts = parts[shapely.length(parts) > NEAR_A_RIVER * 3]
    return gpd.GeoDataFrame(
        {"disputed": [False], "name": [""]}, geometry=[shapely.MultiLineString(list(parts))], crs=4326
    )


def _relief_of(
    heights: tuple[Source, Elevation] | None, world: Source | None, box: Box
) -> tuple[Source, np.ndarray, Box] | None:
    """The picture at full size, from the best source that reaches over the whole box."""
    if heights is not None:
        return heights[0], tinted(heights[1]), heights[1].box
    if world is None:
        return None
    grid = read_shaded_relief(world, box)
    return world, tinted_from_grey(grid), grid.box


def _fitting_picture(picture: np.ndarray, box: Box, budget: int) -> bytes | None:
    """The picture as sharp as the budget allows; None if even a small one is too much."""
    for width in (w for w in RELIEF_WIDTHS if w <= max(2 * picture.shape[1], RELIEF_WIDTHS[-1])):
        for quality in QUALITIES:
            packed = as_webp(to_mercator(picture, box, width=width), quality=quality)
            if len(packed) <= budget:
                return packed
    return None
