"""Merged: one list of places from several sources, each place once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .names import usable_alternate
from .sources import RawPlace, Source
from .twins import Twins

__all__ = ["Progress", "joined", "merged"]

Progress = Callable[[str, int], None]


def merged(sources: Iterable[Source], progress: Progress | None) -> list[RawPlace]:
    """All places; what a later source repeats only lends its other names to the earlier entry."""
    places: list[RawPlace] = []
    by_geonames: dict[str, int] = {}
    by_country: dict[str, int] = {}
    by_id: dict[str, int] = {}
    for source in sources:
        if progress:
            progress(source.name, len(places))
        twins = Twins(places)
        for place in source.places():
            known = by_id.get(place.id)
            if known is None and place.geonames_id:
                known = by_geonames.get(place.geonames_id)
            if known is None and place.feature == "country":
                known = by_country.get(place.country)
            if known is None:
                known = twins.find(place)
            if known is not None:
                places[known] = joined(places[known], place)
                continue
            by_id[place.id] = len(places)
            if place.geonames_id:
                by_geonames[place.geonames_id] = len(places)
            if place.feature == "country":
                by_country[place.country] = len(places)
            places.append(place)
    return places


def joined(first: RawPlace, second: RawPlace) -> RawPlace:
    """One place from two entries: the second only adds what the first lacks."""
    others = [o for o in second.others if second.rank < 2 or usable_alternate(o)]
    chosen = first.rank < 2 <= second.rank  # what people chose keeps apart from what came with a list
    names = {**second.names, **first.names}
    extra = [n for lang, n in second.names.items() if names.get(lang) != n]
    return RawPlace(
        id=first.id,
        feature=first.feature,
        longitude=first.longitude,
        latitude=first.latitude,
        names=names,
        others=(*first.others, *(() if chosen else (*extra, *others))),
        raw=(*first.raw, *second.raw, *((*extra, *others) if chosen else ())),
        radius_km=first.radius_km,
        country=first.country or second.country,
        admin1=first.admin1 or second.admin1,
        population=max(first.population, second.population),
        geonames_id=first.geonames_id or second.geonames_id,
        rank=first.rank,
        capital=first.capital or second.capital,
        shorts=first.shorts or second.shorts,
        by_rule=first.by_rule,
        fought_over=first.fought_over,
    )
