"""War zones: how thick the known places of a war lie round a place, which tells its namesakes apart.

Of twenty villages called Vodiane the one at the front is meant where a report of a war says no more than the name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

import numpy as np

from .sources import AT_WAR, WORLD, RawPlace

__all__ = ["fought_over"]

POINTS = WORLD / "settlement_points.csv"
KARABAKH = WORLD.parent / "theatres" / "karabakh-2020"
REACH_KM = 10.0
ENOUGH = 20.0  # so many places of the war on the spot leave no doubt
KM_PER_DEGREE = 111.2


def fought_over(places: Sequence[RawPlace]) -> list[float]:
    """For each place a share from 0, no place of a war is near, to 1, it lies among them."""
    points = np.array(list(_points()))
    shares: list[float] = []
    for place in places:
        north = (points[:, 0] - place.latitude) * KM_PER_DEGREE
        east = (points[:, 1] - place.longitude) * KM_PER_DEGREE * np.cos(np.radians(place.latitude))
        near = np.exp(-np.hypot(north, east) / REACH_KM).sum()
        shares.append(round(float(min(1.0, np.log1p(near) / np.log1p(ENOUGH))), 2))
    return shares


def _points() -> Iterator[tuple[float, float]]:
    """Latitude and longitude of the known places of wars."""
    with (KARABAKH / "control_changes.csv").open(encoding="utf-8", newline="") as file:
        fallen = {row["place_id"] for row in csv.DictReader(file)}
    for path in (AT_WAR, POINTS, KARABAKH / "places.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if path.parent != KARABAKH or row["place_id"] in fallen:
                    yield float(row["latitude"]), float(row["longitude"])
