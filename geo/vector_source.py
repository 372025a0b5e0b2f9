"""Places from any table or vector file with a name and a point: CSV, GeoJSON, GeoPackage, Shapefile, Who's On First."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from .errors import GazetteerError
from .sources import RawPlace, file_stamp

__all__ = ["VectorSource"]

NAME = ("name", "name_en", "wof:name", "wof_name", "asciiname", "admin1name", "adm2_en", "adm1_en", "title", "nom")
IDENTITY = ("place_id", "id", "wof:id", "wof_id", "geonameid", "geonames_id", "osm_id", "code", "pcode")
KIND = ("feature", "wof:placetype", "placetype", "place", "kind", "type")
COUNTRY = ("country", "wof:country", "iso_country", "iso2", "countrycode", "country_code")
PEOPLE = ("population", "wof:population", "pop")
RADIUS = ("radius_km",)
LONGITUDE, LATITUDE = ("longitude", "lon", "lng", "x", "geom:longitude"), ("latitude", "lat", "y", "geom:latitude")
# placetypes of Who's On First and OpenStreetMap in the words used here
KINDS: Mapping[str, str] = {
    "locality": "town",
    "localadmin": "district",
    "county": "district",
    "macrocounty": "district",
    "region": "region",
    "macroregion": "region",
    "borough": "town",
    "neighbourhood": "site",
    "campus": "site",
    "hamlet": "village",
    "marinearea": "sea",
    "ocean": "sea",
    "empire": "country",
    "dependency": "country",
    "disputed": "area",
    "peak": "ridge",
}
# ISO 639-3 in Who's On First's name:xxx_x_preferred columns
LANGUAGES: Mapping[str, str] = {
    **{"eng": "en", "fra": "fr", "fre": "fr", "rus": "ru", "ukr": "uk", "aze": "az"},
    **{"hye": "hy", "arm": "hy", "tur": "tr", "ara": "ar"},
}
MAX_RADIUS_KM = 500.0


@dataclass(frozen=True, slots=True)
class VectorSource:
    """A file of places with at least a name; areas and lines count by a point inside, their reach by their size.

    Column names are recognised without regard to case: `name`, `name_<lang>`, Who's On First's `wof:` columns and
    `name:<lang>_x_preferred`, an id, a kind, a country, a population.
    """

    path: Path
    rank: int = 1

    @property
    def name(self) -> str:
        return str(self.path)

    def fingerprint(self) -> str:
        return file_stamp(self.path)

    def places(self) -> Iterator[RawPlace]:
        """All features that have a name and a point.

        Raises:
            GazetteerError: the file cannot be read, or has no column that names its places.
        """
        frame = self._points()
        columns = {str(c).lower(): c for c in frame.columns}
        if not any(c in columns for c in NAME) and not any(c.startswith("name_") for c in columns):
            known = ", ".join(map(str, frame.columns))
            raise GazetteerError(f"{self.path}: no column names the places; 'name' would do; there are: {known}")
        prefix = self.path.stem.lower().replace(" ", "_")
        for number, row in enumerate(frame.to_dict("records"), 1):
            place = self._place({k: row[c] for k, c in columns.items()}, f"{prefix}-{number}")
            if place is not None:
                yield place

    def _points(self) -> pd.DataFrame:
        try:
            if self.path.suffix.lower() in (".csv", ".tsv"):
                frame = pd.read_csv(self.path, dtype=str, keep_default_na=False, sep=None, engine="python")
                return _with_point(frame, self.path)
            vector = gpd.read_file(self.path)
        except (pyogrio.errors.DataSourceError, OSError, UnicodeDecodeError, pd.errors.ParserError) as error:
            raise GazetteerError(f"{self.path}: cannot be read as a table of places: {error}") from None
        if vector.crs is None:
            raise GazetteerError(f"{self.path}: no CRS is stated; save it with one, EPSG:4326 would do")
        vector = vector[vector.geometry.notna() & ~vector.geometry.is_empty].to_crs(4326)
        inside = vector.geometry.representative_point()
        frame = pd.DataFrame(vector.drop(columns=vector.geometry.name))
        return frame.assign(longitude=inside.x, latitude=inside.y, radius_km=_reach_km(vector))

    def _place(self, row: Mapping[str, Any], fallback: str) -> RawPlace | None:
        names = {"": _first(row, NAME)} | _tagged(row)
        longitude, latitude = _number(_first(row, LONGITUDE)), _number(_first(row, LATITUDE))
        if not any(names.values()) or longitude is None or latitude is None or not -90 <= latitude <= 90:
            return None
        kind = _first(row, KIND).lower()
        people = int(_number(_first(row, PEOPLE)) or 0)
        return RawPlace(
            id=_first(row, IDENTITY) or fallback,
            feature=KINDS.get(kind, kind or "site"),
            longitude=longitude,
            latitude=latitude,
            names={lang: name for lang, name in names.items() if name},
            others=tuple(o for o in _first(row, ("other_names", "alternatenames")).replace(",", "|").split("|") if o),
            radius_km=min(_number(_first(row, RADIUS)) or 1.0, MAX_RADIUS_KM),
            country=_first(row, COUNTRY).upper()[:2],
            admin1=_first(row, ("admin1", "admin1code")),
            population=people,
            geonames_id=_first(row, ("geonames_id", "geonameid", "gn:id", "gn_id")),
            rank=self.rank,
        )


def _with_point(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    columns = {c.lower() for c in frame.columns}
    if not columns & set(LONGITUDE) or not columns & set(LATITUDE):
        raise GazetteerError(f"{path}: no point; columns 'longitude' and 'latitude' in degrees would do")
    return frame


def _reach_km(vector: gpd.GeoDataFrame) -> list[float]:
    """Half the diagonal of each shape's box, in kilometres; 1 for a point."""
    west, south, east, north = shapely.bounds(vector.geometry.to_numpy()).T
    corners = gpd.GeoSeries(shapely.points(west, south), crs=4326), gpd.GeoSeries(shapely.points(east, north), crs=4326)
    equal = [c.to_crs("+proj=eqearth") for c in corners]
    return [round(max(1.0, d / 2000), 1) for d in equal[0].distance(equal[1])]


def _tagged(row: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column, value in row.items():
        text = _text(value)
        if not text:
            continue
        if column.startswith("name_") and len(column) in (7, 8):
            names[column.removeprefix("name_")] = text
        elif column.startswith("name:") and "_x_" not in column:
            names[column.removeprefix("name:")] = text
        elif column.startswith("name:") and column.endswith("_x_preferred"):
            code = column.removeprefix("name:").partition("_")[0]
            names[LANGUAGES.get(code, code)] = text.strip("[]\"' ")
    return names


def _first(row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    return next((text for c in columns if (text := _text(row.get(c)))), "")


def _text(value: Hashable) -> str:
    return "" if value is None or value != value else str(value).strip()  # NaN is not equal to itself


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
