"""The offline base of one theatre as two small files: `base.topojson` (water, lines, labels) and `relief.webp`.

TopoJSON, so that QGIS and every TopoJSON reader open it too; its member `contactline` holds the box of the relief and
the sources with their licences. Coordinates are EPSG:4326, on a grid of 1/16,384 of the box.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

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

__all__ = ["BaseClip", "Label", "build_clip", "read_clip", "write_clip"]

VECTORS, RELIEF = "base.topojson", "relief.webp"
STEPS = 16_383
USUAL_RANK = 3  # of a label; left out of the file
DETAIL = 1 / 4000  # of the box's longer side: what is smaller is not drawn at the scale of a theatre
RELIEF_WIDTHS = (1100, 900, 720, 560, 420)
QUALITIES = (70, 55, 40)
NEAR_A_RIVER = 0.03  # degrees: what two sources of a kilometre or two may differ by
LINES = ("borders", "districts", "rivers", "disputed")
POLYGONS = ("sea", "lakes")


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map. `rank` 1 is drawn first and from the widest zoom; `kind` is place, water, relief or land."""

    text: str
    longitude: float
    latitude: float
    rank: int
    kind: str = "place"


@dataclass(frozen=True, slots=True)
class BaseClip:
    """The offline base of one box: a TopoJSON topology, the relief picture (WebP, Web Mercator) and its box."""

    topology: Mapping[str, Any]
    relief: bytes | None

    @property
    def box(self) -> Box:
        """West, south, east, north."""
        west, south, east, north = self.topology["bbox"]
        return west, south, east, north

    @property
    def sources(self) -> Sequence[Mapping[str, str]]:
        """One entry a source: what, credit, licence, package."""
        sources: Sequence[Mapping[str, str]] = self.topology["contactline"]["sources"]
        return sources


def build_clip(
    box: Box,
    sources: Mapping[str, Source],
    *,
    labels: Iterable[Label] = (),
    without: Sequence[str] = (),
    streams: bool = True,
    budget_kb: int = 150,
) -> BaseClip:
    """Cut the base for a box out of the sources.

    Args:
        box: west, south, east, north in degrees.
        labels: names to draw.
        without: names of disputed lines to leave out (a theatre with its own line of contact needs no second one).
        streams: draw the streams of valleys, worked out from the heights, where no source draws a river.
        budget_kb: what both files together may weigh; the relief gives way first.

    Raises:
        LayerError: the box is wrong, or the vectors alone are over the budget.
    """
    _check_box(box)
    tolerance = max(box[2] - box[0], box[3] - box[1]) * DETAIL
    layers = {what: _lines(sources[what], box, tolerance, without) for what in LINES if what in sources}
    layers |= {what: _polygons(sources[what], box, tolerance) for what in POLYGONS if what in sources}
    used = [s for what, s in sources.items() if what in layers and len(layers[what])]
    heights = _heights(sources, box)
    if heights is not None and streams:
        layers["streams"] = _streams(heights[1], layers, tolerance)
        used += [dataclasses.replace(heights[0], what="streams (worked out from heights)")]
    topology = _topology(box, layers, [lab for lab in labels if _inside(lab, box)])
    left = budget_kb * 1000 - len(_dumped(topology)) - 1500  # room for the sources
    if left < 0:
        raise LayerError(
            f"base map {box}: lines and labels alone take more than {budget_kb} KB; a smaller box would do"
        )
    relief = _relief_of(heights, sources.get("shaded relief"), box)
    picture = _fitting(relief[1], relief[2], left) if relief else None
    topology["contactline"] = {
        "relief": {"file": RELIEF, "bbox": [round(v, 5) for v in relief[2]]} if relief and picture else None,
        "sources": credits([*used, *([relief[0]] if relief and picture else [])]),
        "note": "Borders are for reference, not endorsement.",
    }
    return BaseClip(topology, picture)


def write_clip(clip: BaseClip, folder: Path) -> list[Path]:
    """Write the clip's files into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / VECTORS]
    paths[0].write_text(_dumped(clip.topology), encoding="utf-8")
    if clip.relief is not None:
        paths.append(folder / RELIEF)
        paths[1].write_bytes(clip.relief)
    return paths


def read_clip(folder: Path) -> BaseClip:
    """Read a clip from its folder.

    Raises:
        LayerError: there is none, or its files are not what `contactline basemap build` writes.
    """
    path = folder / VECTORS
    if not path.is_file():
        raise LayerError(f"{path}: no offline base map here; `contactline basemap build` makes one")
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
        west, south, east, north = map(float, topology["bbox"])
        relief = topology["contactline"]["relief"]
        known = all(isinstance(s["credit"], str) for s in topology["contactline"]["sources"])
    except (ValueError, KeyError, TypeError) as error:
        raise LayerError(f"{path}: not a base map clip ({error}); `contactline basemap build` makes one") from None
    if topology.get("type") != "Topology" or not known or not (west < east and south < north):
        raise LayerError(f"{path}: not a base map clip; `contactline basemap build` makes one")
    if relief is None:
        return BaseClip(topology, None)
    picture = folder / RELIEF  # never the name in the file: it could point elsewhere
    if not picture.is_file():
        raise LayerError(f"{picture}: missing, but {path.name} names a relief; build the clip anew")
    return BaseClip(topology, picture.read_bytes())


def _check_box(box: Box) -> None:
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise LayerError(f"base map: the box needs west < east and south < north within ±180, ±85, got {box}")


def _inside(label: Label, box: Box) -> bool:
    return box[0] <= label.longitude <= box[2] and box[1] <= label.latitude <= box[3]


def _lines(source: Source, box: Box, tolerance: float, without: Sequence[str]) -> gpd.GeoDataFrame:
    """One row for the settled lines and one for each name of disputed ones: rows cost bytes, not points."""
    frame = read_lines(source, box)
    frame = frame[~frame["name"].isin(list(without))]
    doubtful = frame["kind_of_line"].astype("string").str.startswith("Disputed").fillna(False).astype(bool)
    disputed = doubtful | (source.what == "disputed")
    parts = frame.groupby([disputed.rename("disputed"), frame["name"].fillna("")]).geometry
    merged = {key: shapely.line_merge(shapely.multilinestrings(_single(lines))) for key, lines in parts}
    coarser = tolerance * (3 if source.what == "districts" else 1)
    return gpd.GeoDataFrame(
        {"disputed": [key[0] for key in merged], "name": [key[1] for key in merged]},
        geometry=shapely.simplify(np.array(list(merged.values()), dtype=object), coarser),
        crs=4326,
    )


def _single(lines: Any) -> Any:
    parts = shapely.get_parts(lines.to_numpy())
    return parts[shapely.get_type_id(parts) == 1]


def _polygons(source: Source, box: Box, tolerance: float) -> gpd.GeoDataFrame:
    parts = read_polygons(source, box)
    parts = shapely.simplify(parts[shapely.area(parts) > (4 * tolerance) ** 2], tolerance)
    return gpd.GeoDataFrame(geometry=parts[~shapely.is_empty(parts)], crs=4326)


def _heights(sources: Mapping[str, Source], box: Box) -> tuple[Source, Elevation] | None:
    source = sources.get("elevation")
    grid = read_elevation(source, box) if source is not None else None
    return (source, grid) if source is not None and grid is not None else None


def _streams(heights: Elevation, layers: Mapping[str, gpd.GeoDataFrame], tolerance: float) -> gpd.GeoDataFrame:
    """Valley streams, without what runs beside a river that is drawn already or through a lake."""
    drawn = [layers[what].geometry.union_all() for what in ("rivers", "lakes", "sea") if what in layers]
    near = shapely.union_all([shape.buffer(NEAR_A_RIVER) for shape in drawn])
    parts = shapely.get_parts(shapely.difference(np.array(valley_streams(heights), dtype=object), near))
    parts = parts[shapely.length(parts) > NEAR_A_RIVER * 3]
    merged = shapely.simplify(shapely.MultiLineString(list(parts)), tolerance)
    return gpd.GeoDataFrame({"disputed": [False], "name": [""]}, geometry=[merged], crs=4326)


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


def _fitting(picture: np.ndarray, box: Box, budget: int) -> bytes | None:
    """The picture as sharp as the budget allows; None if even a small one is too much."""
    for width in (w for w in RELIEF_WIDTHS if w <= max(2 * picture.shape[1], RELIEF_WIDTHS[-1])):
        for quality in QUALITIES:
            packed = as_webp(to_mercator(picture, box, width=width), quality=quality)
            if len(packed) <= budget:
                return packed
    return None


def _topology(box: Box, layers: Mapping[str, gpd.GeoDataFrame], labels: Sequence[Label]) -> dict[str, Any]:
    arcs: list[list[list[int]]] = []
    scale = ((box[2] - box[0]) / STEPS, (box[3] - box[1]) / STEPS)
    objects: dict[str, Any] = {}
    for what, frame in layers.items():
        shapes = [s for shape in frame.itertuples() if (s := _shape(shape, box, scale, arcs))]
        objects[what] = {"type": "GeometryCollection", "geometries": shapes}
    points = [
        {
            "type": "Point",
            "coordinates": _steps(np.array([[lab.longitude, lab.latitude]]), box, scale)[0].tolist(),
            "properties": {"text": lab.text}
            | ({"rank": lab.rank} if lab.rank != USUAL_RANK else {})
            | ({"kind": lab.kind} if lab.kind != "place" else {}),
        }
        for lab in sorted(labels, key=lambda lab: (lab.rank, lab.text))
    ]
    objects["labels"] = {"type": "GeometryCollection", "geometries": points}
    return {
        "type": "Topology",
        "bbox": list(box),
        "transform": {"scale": list(scale), "translate": [box[0], box[1]]},
        "objects": objects,
        "arcs": arcs,
    }


def _shape(row: Any, box: Box, scale: tuple[float, float], arcs: list[list[list[int]]]) -> dict[str, Any] | None:
    """One feature as a TopoJSON geometry; its rings or lines are appended to `arcs`."""
    parts = shapely.get_parts(row.geometry)
    polygonal = row.geometry.geom_type.endswith("Polygon")
    lines = [shapely.get_rings(p) if polygonal else [p] for p in parts]
    numbers: list[list[list[int]]] = []
    for group in lines:
        numbers.append([])
        for line in group:
            steps = _steps(shapely.get_coordinates(line), box, scale)
            moved = np.diff(steps, axis=0, prepend=[[0, 0]])
            moved = np.concatenate([moved[:1], moved[1:][np.any(moved[1:] != 0, axis=1)]])
            if len(moved) >= (4 if polygonal else 2):
                numbers[-1].append([len(arcs)])
                arcs.append(moved.tolist())
    if polygonal:
        return {"type": "MultiPolygon", "arcs": [g for g in numbers if g]} if any(numbers) else None
    properties = ({"disputed": True} if row.disputed else {}) | ({"name": row.name} if row.name else {})
    kept = [arc for group in numbers for arc in group]
    return {"type": "MultiLineString", "arcs": kept, "properties": properties} if kept else None


def _steps(coordinates: np.ndarray, box: Box, scale: tuple[float, float]) -> np.ndarray:
    return np.asarray(np.rint((coordinates - [box[0], box[1]]) / np.array(scale)).astype(int))


def _dumped(topology: Mapping[str, Any]) -> str:
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
