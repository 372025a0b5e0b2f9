"""Villages and townships of Myanmar, read from the package mm_geo_coder where that is installed.

The package brings the place codes of the Myanmar Information Management Unit (MIMU). Its terms do not clearly let
anyone pass them on, so nothing of it is shipped: `pip install 'contactline[myanmar]'` fetches it, and it is used.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .errors import GazetteerError
from .folding import name_key
from .sources import VILLAGES, RawPlace

__all__ = ["MimuVillages", "mimu_database"]

PACKAGE, FILE = "mm_geo_coder", "database/mimu_geo_data_public.db"
SOURCE = "MIMU place codes (mm_geo_coder)"
# ISO 3166-2 of MIMU's states; it counts the parts of Bago and Shan singly
ISO: Mapping[str, str] = {
    "MMR001": "11", "MMR002": "12", "MMR003": "13", "MMR004": "14", "MMR005": "01", "MMR006": "05", "MMR007": "02",
    "MMR008": "02", "MMR009": "03", "MMR010": "04", "MMR011": "15", "MMR012": "16", "MMR013": "06", "MMR014": "17",
    "MMR015": "17", "MMR016": "17", "MMR017": "07", "MMR018": "18",
}  # fmt: skip
VILLAGE_ROWS = """select village_pcode, village_eng, village_tract_pcode, village_tract_eng, township_pcode,
    township_eng, state_pcode, latitude, longitude from villages where latitude > 0 and longitude > 0"""
TOWN_ROWS = """select town_pcode, town_eng, township_pcode, township_eng, state_pcode, avg(latitude), avg(longitude)
    from wards where latitude > 0 and longitude > 0 group by town_pcode order by count(*) desc"""
BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
KM_PER_DEGREE = 111.2

TOWNSHIP_KM = 5.0  # of one that has no villages: it is part of a city

Row = tuple[str, str, str, str, str, str, str, float, float]
Town = tuple[str, str, str, str, str, float, float]


def mimu_database() -> Path | None:
    """The database inside the installed package, or None. The package itself is not run."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0], FILE)
    return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class MimuVillages:
    """MIMU's towns and villages, village tracts that no village is called after, and townships round their towns."""

    path: Path
    rank: int = VILLAGES

    @property
    def name(self) -> str:
        return SOURCE

    def fingerprint(self) -> str:
        try:
            version = importlib.metadata.version(PACKAGE)
        except importlib.metadata.PackageNotFoundError:
            version = ""
        return f"{version}-{self.path.stat().st_size}"

    def places(self) -> Iterator[RawPlace]:
        """All places that have a point.

        Raises:
            GazetteerError: the database is not what it was.
        """
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as base:
                rows: list[Row] = base.execute(VILLAGE_ROWS).fetchall()
                towns: list[Town] = base.execute(TOWN_ROWS).fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(f"{self.path}: not MIMU's places as {PACKAGE} has them: {error}") from None
        seen: set[str] = set()
        for row in rows:
            if row[1] and str(row[0]) not in seen:
                seen.add(str(row[0]))
                yield self._place(f"mimu{row[0]}", BRACKETS.sub(" ", row[1]), row[6], (row[7], row[8]))
        for code, name, _, _, state, *point in towns:
            yield self._place(f"mimu{code}", name.removesuffix(" Town"), state, (point[0], point[1]), "town")
        yield from self._tracts(rows)
        yield from self._townships(rows, towns)

    def _tracts(self, rows: list[Row]) -> Iterator[RawPlace]:
        for code, group in _grouped(rows, 2).items():
            name = BRACKETS.sub(" ", group[0][3] or "").strip()
            named = {name_key(row[1]) for row in group if row[1]}
            if name and name_key(name) not in named:
                yield self._place(f"mimu{code}", name, group[0][6], _middle(group), radius_km=_reach(group))

    def _townships(self, rows: list[Row], towns: list[Town]) -> Iterator[RawPlace]:
        """Townships at the town of their name, else at their largest one, else in the middle of their villages."""
        groups = _grouped(rows, 4)
        seats: dict[str, Town] = {}
        for town in towns:
            if town[2] not in seats or town[1] == f"{town[3]} Town":
                seats[town[2]] = town
        for code in sorted({*groups, *seats}):
            group, seat = groups.get(code, []), seats.get(code)
            point = (seat[5], seat[6]) if seat else _middle(group)
            name, state = (seat[3], seat[4]) if seat else (group[0][5], group[0][6])
            radius = _reach(group, point) if group else TOWNSHIP_KM
            yield self._place(f"mimu{code}", f"{name} Township", state, point, "district", radius_km=radius)

    def _place(
        self,
        code: str,
        name: str,
        state: str,
        point: tuple[float, float],
        feature: str = "village",
        *,
        radius_km: float = 1.0,
    ) -> RawPlace:
        return RawPlace(
            id=code,
            feature=feature,
            longitude=point[1],
            latitude=point[0],
            names={"en": name.strip()},
            radius_km=radius_km,
            country="MM",
            admin1=ISO.get(state, ""),
            rank=self.rank,
        )


def _grouped(rows: list[Row], column: int) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column]:
            groups[str(row[column])].append(row)
    return groups


def _middle(group: list[Row]) -> tuple[float, float]:
    lats, lons = sorted(row[7] for row in group), sorted(row[8] for row in group)
    return lats[len(lats) // 2], lons[len(lons) // 2]


def _reach(group: list[Row], point: tuple[float, float] | None = None) -> float:
    """Within how many km nine of ten villages lie."""
    lat, lon = point or _middle(group)
    squeeze = math.cos(math.radians(lat))
    far = sorted(KM_PER_DEGREE * math.hypot(row[7] - lat, (row[8] - lon) * squeeze) for row in group)
    return round(max(1.0, far[len(far) * 9 // 10 if len(far) > 1 else 0]), 1)
