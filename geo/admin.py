"""Regions of towns: GeoNames numbers first-level regions its own way; here its numbers become ISO 3166-2 codes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .folding import name_key
from .sources import RawPlace

__all__ = ["with_iso_regions"]

SAME_CODES = frozenset({"US"})
NAMED_LIKE = 0.5


def with_iso_regions(places: Sequence[RawPlace]) -> list[RawPlace]:
    """The places with each town's `admin1` as ISO 3166-2 has it, where the region can be told.

    All towns of one GeoNames region go to the ISO region whose point is nearest to their middle; one that is named like
    their largest town counts as half as far.
    """
    regions: dict[str, list[RawPlace]] = defaultdict(list)
    towns: dict[tuple[str, str], list[RawPlace]] = defaultdict(list)
    for place in places:
        if place.rank == 1 and place.feature == "region" and place.id == f"{place.country}-{place.admin1}":
            regions[place.country].append(place)
        elif place.rank == 2 and place.geonames_id and place.admin1:
            towns[place.country, place.admin1].append(place)
    codes = {
        (country, number): _nearest(group, regions[country]).admin1
        for (country, number), group in towns.items()
        if country not in SAME_CODES and regions[country]
    }
    return [
        replace(place, admin1=code)
        if place.rank == 2 and place.geonames_id and (code := codes.get((place.country, place.admin1)))
        else place
        for place in places
    ]


def _nearest(group: Sequence[RawPlace], regions: Sequence[RawPlace]) -> RawPlace:
    longitude = sum(p.longitude for p in group) / len(group)
    latitude = sum(p.latitude for p in group) / len(group)
    largest = {name_key(name) for name in max(group, key=lambda p: p.population).names.values()}
    squeeze = math.cos(math.radians(latitude))

    def far(region: RawPlace) -> float:
        away = math.hypot((region.longitude - longitude) * squeeze, region.latitude - latitude)
        named = any(name_key(name) in largest for name in region.names.values())
        return away * (NAMED_LIKE if named else 1.0)

    return min(regions, key=far)
