"""Put the points of data/world/settlement_points.csv into data/world/settlements.csv.gz.

    python tools/settlement_points.py

Villages that the sources of `tools/ukraine_settlements.py` place only roughly stand where the table of corrections
says, with its radius and its source. That tool applies them too; this one needs none of its packages.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["COLUMNS", "LISTED", "SETTLEMENTS", "corrected", "far_km", "read_corrections", "write"]

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
SETTLEMENTS, CORRECTIONS = WORLD / "settlements.csv.gz", WORLD / "settlement_points.csv"
COLUMNS = (
    "place_id", "name_uk", "name_en", "name_ru", "name_az", "other_names", "feature", "country", "admin1", "district",
    "latitude", "longitude", "radius_km", "geonames_id", "source",
)  # fmt: skip
LISTED = "KATOTTG"
RAION = 6  # so many of a code's signs are the raion's
Point = tuple[float, float]  # latitude and longitude


def main() -> None:
    with gzip.open(SETTLEMENTS, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    corrections = read_corrections()
    write(corrected(rows, corrections), SETTLEMENTS)
    print(f"{len(corrections)} of {len(rows)} rows stand on a corrected point")


def read_corrections(path: Path = CORRECTIONS) -> dict[str, dict[str, str]]:
    """The corrected points by `place_id`."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["place_id"]: row for row in csv.DictReader(file)}


def corrected(
    rows: Iterable[Mapping[str, object]], corrections: Mapping[str, Mapping[str, str]]
) -> list[dict[str, object]]:
    """The rows with the corrected points, and raions that reach them; a correction that fits no row is an error."""
    done, left = [dict(row) for row in rows], dict(corrections)
    reached: dict[str, list[Point]] = defaultdict(list)
    moved: dict[tuple[str, Point], Point] = {}
    for row in done:
        correction = left.pop(str(row["place_id"]), None)
        if not correction:
            continue
        if row["name_en"] != correction["name_en"]:
            raise SystemExit(f"{row['place_id']} is {row['name_en']}, not {correction['name_en']}")
        raion, before = str(row["place_id"])[:RAION], point_of(row)
        row["latitude"] = f"{float(correction['latitude']):.4f}"
        row["longitude"] = f"{float(correction['longitude']):.4f}"
        reached[raion].append(point_of(row))
        if float(str(row["radius_km"])) <= 1:
            moved[raion, before] = point_of(row)
        row["radius_km"] = float(correction["radius_km"])
        row["source"] = f"{LISTED}; {correction['source']}"
    if left:
        raise SystemExit(f"no settlement is called {', '.join(left)}")
    for row in done:
        raion = str(row["place_id"])[:RAION]
        if row["feature"] == "district" and raion in reached:
            middle = moved.get((raion, point_of(row)), point_of(row))
            row["latitude"], row["longitude"] = (f"{degrees:.4f}" for degrees in middle)
            far = max(far_km(middle, point) for point in reached[raion])
            row["radius_km"] = max(float(str(row["radius_km"])), round(far + 0.05, 1))
    return done


def point_of(row: Mapping[str, object]) -> Point:
    return float(str(row["latitude"])), float(str(row["longitude"]))


def far_km(first: Point, second: Point) -> float:
    """Near enough for places of one country."""
    east = (first[1] - second[1]) * math.cos(math.radians(first[0]))
    return 111.2 * math.hypot(first[0] - second[0], east)


def write(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    """The table, with the same bytes whenever it is made from the same data."""
    ordered = sorted(rows, key=lambda row: str(row["place_id"]))
    ids = Counter(str(row["place_id"]) for row in ordered)
    assert max(ids.values()) == 1, ids.most_common(3)
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    out.writeheader()
    out.writerows(ordered)
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
