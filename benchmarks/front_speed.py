"""Speed of the front: one day and 45 days of a shipped theatre, and a made-up theatre of 5,500 places and 600 days.

python -m benchmarks.front_speed
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.base_line import BaseLine, base_line_of
from geo.control import CLAIM_COLUMNS
from geo.front import front_on, fronts, fronts_from
from geo.theatre import load_theatre

PLACES, DAYS = 5_500, 600
VERTICES = 2_000  # of the base line
SWING = 1.2  # degrees
FIRST = dt.date(2022, 3, 1)


def main() -> None:
    """Print the table."""
    theatre = load_theatre()
    days = [theatre.date_from + dt.timedelta(days=n) for n in range(45)]
    front_on(theatre, days[0])  # the first call imports; it is no part of what is measured
    rows = [
        ("one day of the shipped theatre", _seconds(lambda: front_on(theatre, days[-1]))),
        ("its 45 days", _seconds(lambda: fronts(theatre, days))),
    ]
    base, claims = made_up_theatre()
    long = [FIRST + dt.timedelta(days=n) for n in range(DAYS)]
    rows.append(
        (
            f"{PLACES:,} places, {DAYS} days, {len(claims) - PLACES:,} claims",
            _seconds(lambda: fronts_from(base, claims, long)),
        )
    )
    rows.append((f"{PLACES:,} places, one day", _seconds(lambda: fronts_from(base, claims, long[-1:]))))
    quiet = claims[claims["kind"] == "held"]
    rows.append((f"{PLACES:,} places, {DAYS} days without a claim", _seconds(lambda: fronts_from(base, quiet, long))))
    print(f"{'':<48} {'wall s':>8} {'CPU s':>8}")
    for name, (wall, cpu) in rows:
        print(f"{name:<48} {wall:8.2f} {cpu:8.2f}")


def made_up_theatre(*, places: int = PLACES, days: int = DAYS) -> tuple[BaseLine, pd.DataFrame]:
    """A land of 12 by 8 degrees with a line that winds through it and moves to and fro, here fast and there slowly.

    A list says of each place who holds it, changes its word when the line passes, and is wrong now and then.
    """
    random = np.random.default_rng(7)
    lat = np.linspace(45, 53, VERTICES)
    line = 36 + 0.8 * np.sin(lat * 2.3) + 0.2 * np.sin(lat * 17) + random.normal(0, 0.003, len(lat))
    land = shapely.box(30, 45, 42, 53)
    east = shapely.make_valid(shapely.Polygon([*zip(line, lat, strict=True), (42, 53), (42, 45)]))
    base = base_line_of(FIRST, {"EAST": east}, outside="WEST", land=land)
    x, y = random.uniform(30.1, 41.9, places), random.uniform(45.1, 52.9, places)
    when = np.arange(days + 1)[:, None]
    offset = SWING * np.sin(when / 60 + y[None, :] * 1.3) * np.minimum(when / 30, 1.0)
    is_east = x[None, :] > np.interp(y, lat, line)[None, :] + offset
    is_east[1:] ^= random.random((days, places)) < 1e-5
    turned = np.vstack([np.ones((1, places), dtype=bool), is_east[1:] != is_east[:-1]])
    day, place = np.nonzero(turned)
    side = np.where(is_east[day, place], "EAST", "WEST")
    table = pd.DataFrame({"place": place, "date": pd.Timestamp(FIRST) + pd.to_timedelta(day, "D"), "to_side": side})
    table["kind"] = np.where(day == 0, "held", "listed")
    table["place_id"] = table["place"].map("p{:04d}".format)
    table["claim_id"] = [f"c{n}" for n in range(len(table))]
    table = table.assign(
        longitude=x[place],
        latitude=y[place],
        reported_at=table["date"],
        from_side=None,
        claimant="list",
        claimant_side=None,
        confidence=0.9,
        source="made up",
    )
    return base, table[list(CLAIM_COLUMNS)]


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
