"""The front against land that experts drew on fifteen days of another war (evaluation data, not in the repository).

    CONTACTLINE_EVAL=<folder> python -m benchmarks.front_eval
    cd benchmarks && python <folder>/front/score.py front_eval:estimate

`estimate(base, claims, on)` is a thin call of the product's own functions. Printed for the pairs of days of the
folder's list and for all other pairs of its days, up to 200 days apart: the error as a ratio to "nothing moved", and
the share of the true line inside the stated 90 % band. One set of figures in geo/footprints.py serves all pairs.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.base_line import BaseLine, base_line_of
from geo.control_lists import claims_from_lists
from geo.front import fronts_from, held_from

SIDES = ("RU", "UA")
LISTS_BEFORE = pd.Timedelta(days=14)  # the lists begin so long before the first day
FAST_KM2_A_DAY = 40.0  # other pairs are called fast or static by how much land changed hands


def estimate(base: Any, claims: pd.DataFrame, on: dt.date) -> Any:
    """The land that RU is assessed to hold on a day (EPSG:4326)."""
    return held_from(*_given(base, claims), on)["RU"]


def front(base: Any, claims: pd.DataFrame, on: dt.date) -> gpd.GeoDataFrame:
    """The whole front of that day."""
    return fronts_from(*_given(base, claims), [on])


def _given(base: Any, claims: pd.DataFrame) -> tuple[BaseLine, pd.DataFrame]:
    """The land that one side held on the first day as a base line, and lists of control since as claims."""
    lists = claims.rename(columns={"lon": "longitude", "lat": "latitude", "control": "side"})
    lists = lists[lists["side"] != "UNKNOWN"]
    return _base_line(base, lists), claims_from_lists(lists, sides=SIDES)


def _base_line(base: Any, lists: pd.DataFrame) -> BaseLine:
    west, south, east, north = base.bounds
    box = shapely.box(
        min(west, lists["longitude"].min()) - 0.5,
        min(south, lists["latitude"].min()) - 0.5,
        max(east, lists["longitude"].max()) + 0.5,
        max(north, lists["latitude"].max()) + 0.5,
    )
    first = (lists["date"].min() + LISTS_BEFORE).date()
    return base_line_of(first, {"RU": base}, outside="UA", land=box)


def main() -> None:
    """Print the tables, or say what is missing."""
    folder = Path(os.environ.get("CONTACTLINE_EVAL", "")) / "front"
    if "CONTACTLINE_EVAL" not in os.environ or not (folder / "score.py").is_file():
        print("front_eval: skipped; set CONTACTLINE_EVAL to the folder of evaluation data")
        return
    score = _module(folder / "score.py")
    listed = [tuple(row) for row in pd.read_csv(folder / "pairs_dev.csv").itertuples(index=False)]
    known = {(first, last): phase for first, last, phase in listed}
    table = pd.DataFrame(_rows(score, folder, known))
    print(table.to_string(index=False))
    for name, group in table.groupby(["pairs", "phase"]):
        pooled = group["error_km2"].sum() / group["nothing_moved_km2"].sum()
        inside = np.average(group["inside_band"], weights=group["line_km"])
        print(
            f"{' '.join(name):<16} {len(group):>3} pairs: pooled ratio {pooled:.3f}, worst {group['ratio'].max():.3f}, "
            f"line inside the 90 % band {inside:.3f}"
        )
    for name, group in table.groupby("pairs"):
        print(f"{name}: line inside the 90 % band {np.average(group['inside_band'], weights=group['line_km']):.3f}")


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("front_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(score: Any, folder: Path, known: dict[tuple[str, str], str]) -> Iterator[dict[str, Any]]:
    land = score.outline()
    border = land.boundary.buffer(3000, quad_segs=4).simplify(100)
    lists = pd.read_csv(folder / "settlement_control_daily.csv.gz").rename(columns={"snapshot_date": "date"})
    lists["date"] = pd.to_datetime(lists["date"])
    days = sorted(path.stem for path in (folder / "deepstate").glob("*.geojson"))
    for first, last in itertools.combinations(days, 2):
        age = (pd.Timestamp(last) - pd.Timestamp(first)).days
        if (first, last) not in known and not 7 <= age <= 200:
            continue
        base, _ = score.truth(first, folder / "deepstate")
        drawn, unknown = score.truth(last, folder / "deepstate")
        began = time.perf_counter()
        claims = score.claims_between(lists, first, last)
        held = estimate(base, claims, dt.date.fromisoformat(last))
        seconds = time.perf_counter() - began
        table = front(base, claims, dt.date.fromisoformat(last))
        shapes = (held, base, drawn)
        mine, before, true = (score.project(shapely.make_valid(shape)).intersection(land) for shape in shapes)
        gap = score.project(unknown) if unknown is not None else None
        error, nothing = score.error_km2(mine, true, gap), score.error_km2(before, true, gap)
        points = score.samples(score.line(true, border))
        phase = "fast" if nothing > FAST_KM2_A_DAY * age else "static"
        yield {
            "pairs": "listed" if (first, last) in known else "other",
            "phase": known.get((first, last), phase),
            "first": first,
            "last": last,
            "error_km2": round(error),
            "nothing_moved_km2": round(nothing),
            "ratio": round(error / nothing, 3),
            "line_km": len(points),
            "inside_band": round(float(_inside(table, points, score.AEA).mean()), 3),
            "seconds": round(seconds, 2),
        }


def _inside(table: gpd.GeoDataFrame, points: Any, plane: str) -> Any:
    """Which points of the true line lie inside the band of the assessed line."""
    lines = table[(table["kind"] == "line") & (table["status"] == "assessed")]
    shapes = lines.geometry.to_crs(plane)
    near = [shapely.distance(line, points) <= km * 1e3 for line, km in zip(shapes, lines["band_km"], strict=True)]
    return np.any(near, axis=0)


if __name__ == "__main__":
    main()
