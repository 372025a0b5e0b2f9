"""Twins: a village of one list that is a town of another, under a name that both have and on nearly the same spot."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from .folding import name_key
from .sources import VILLAGES, RawPlace

__all__ = ["Twins", "apart_km"]

TOWNS = frozenset({"village", "town", "city"})
SAME_KM = 5.0
KM_PER_DEGREE = 111.2


class Twins:
    """Finds places that stand for the same village; a name is learnt when its country is first asked for."""

    def __init__(self, places: Sequence[RawPlace]) -> None:
        self._places = places
        self._known: dict[str, dict[str, list[int]]] = {}

    def find(self, place: RawPlace) -> int | None:
        """The row of the place that a village is already known as, or None."""
        if place.rank < VILLAGES or place.feature not in TOWNS:
            return None
        known = self._known.get(place.country)
        if known is None:
            known = self._known[place.country] = self._names(place.country)
        reach = max(SAME_KM, place.radius_km)
        for name in place.names.values():
            for row in known.get(name_key(name), ()):
                if apart_km(place, self._places[row]) <= reach:
                    return row
        return None

    def _names(self, country: str) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, place in enumerate(self._places):
            if place.country == country and place.feature in TOWNS and place.rank < VILLAGES:
                for key in {name_key(name) for name in (*place.names.values(), *place.others)}:
                    rows[key].append(row)
        return dict(rows)


def apart_km(first: RawPlace, second: RawPlace) -> float:
    """Kilometres between two places that are not far apart."""
    east = (first.longitude - second.longitude) * math.cos(math.radians(first.latitude))
    return KM_PER_DEGREE * math.hypot(first.latitude - second.latitude, east)
