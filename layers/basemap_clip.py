"""The offline base of one theatre as two small files: `base.topojson` (water, lines, labels) and `relief.webp`.

TopoJSON, so that QGIS and every TopoJSON reader open it too; its member `contactline` holds the box of the relief and
the sources with their licences. Coordinates are EPSG:4326, on a grid of 1/16,384 of the box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from .errors import LayerError

__all__ = ["RELIEF", "BaseClip", "Label", "read_clip", "topojson", "topology_of", "write_clip"]

VECTORS, RELIEF = "base.topojson", "relief.webp"
STEPS = 16_383
USUAL_RANK = 3  # of a label; left out of the file

Box = tuple[float, float, float, float]


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


def write_clip(clip: BaseClip, folder: Path) -> list[Path]:
    """Write the clip's files into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / VECTORS]
    paths[0].write_text(topojson(clip.topology), encoding="utf-8")
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


def topology_of(box: Box, layers: Mapping[str, gpd.GeoDataFrame], labels: Sequence[Label]) -> dict[str, Any]:
    """Layers (polygons, or lines with `disputed` and `name`) and labels as a topology on the clip's grid."""
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
        for lab in labels
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


def topojson(topology: Mapping[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
