"""Regions of towns: GeoNames numbers first-level regions its own way; here its numbers become ISO 3166-2 codes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .folding import name_key
from .sources import RawPlace

__all__ = ["with_iso_regions"]

SAME_CODES = frozenset({"US"})
NAMED_LIKE = 0.5
KM_PER_DEGREE = 111.2


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
    codes: dict[tuple[str, str], str] = {}
    for country in sorted({country for country, _ in towns} - SAME_CODES):
        groups = {number: group for (own, number), group in towns.items() if own == country}
        codes |= {(country, number): code for number, code in _matched(groups, regions[country]).items()}
    return [
        replace(place, admin1=code)
        if place.rank == 2 and place.geonames_id and (code := codes.get((place.country, place.admin1)))
        else place
        for place in places
    ]


def _matched(groups: Mapping[str, Sequence[RawPlace]], regions: Sequence[RawPlace]) -> dict[str, str]:
    """ISO's code of each of GeoNames' regions: the nearest one's that is still free, where its radius reaches so far.

    So a capital and the region round it, which have nearly the same middle, do not become one.
    """
    pairs = [(far, number, region) for number, group in groups.items() for far, region in _distances(group, regions)]
    pairs.sort(key=lambda p: (p[0], p[1]))
    nearest: dict[str, str] = {}
    found: dict[str, str] = {}
    for far, number, region in pairs:
        nearest.setdefault(number, region.admin1)
        reached = nearest[number] == region.admin1 or far * KM_PER_DEGREE <= region.radius_km
        if number not in found and region.admin1 not in found.values() and reached:
            found[number] = region.admin1
    return {**nearest, **found}


def _distances(group: Sequence[RawPlace], regions: Sequence[RawPlace]) -> list[tuple[float, RawPlace]]:
    """How far each region's point is from the middle of some towns, in degrees of latitude."""
    longitude = sum(p.longitude for p in group) / len(group)
    latitude = sum(p.latitude for p in group) / len(group)
    largest = {name_key(name) for name in max(group, key=lambda p: p.population).names.values()}
    squeeze = math.cos(math.radians(latitude))

    def far(region: RawPlace) -> float:
        away = math.hypot((region.longitude - longitude) * squeeze, region.latitude - latitude)
        named = any(name_key(name) in largest for name in region.names.values())
        return away * (NAMED_LIKE if named else 1.0)

    return [(far(region), region) for region in regions]
