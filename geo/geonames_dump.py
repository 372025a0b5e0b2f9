"""GeoNames dumps that the user has: XX.zip, allCountries.zip, with alternateNamesV2 for names by language."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import GazetteerError
from .sources import RawPlace, file_stamp

__all__ = ["GeoNamesDump", "dump_lines"]

FIELDS = 19  # of the main table; https://download.geonames.org/export/dump/readme.txt
RANK_PEOPLED, RANK_REST = 2, 3
FEATURES: Mapping[str, str] = {
    **dict.fromkeys(("PCLI", "PCLD", "PCLS", "PCLF", "PCLIX", "TERR"), "country"),
    "ADM1": "region",
    **dict.fromkeys(("ADM2", "ADM3", "ADM4", "ADMD"), "district"),
    "CONT": "continent",
    **dict.fromkeys(("RGN", "AREA", "RGNE", "PLN", "VAL", "VALG", "DSRT"), "area"),
    **dict.fromkeys(("STM", "STMI", "CNL", "WAD"), "river"),
    **dict.fromkeys(("LK", "LKS", "LKI", "LGN"), "lake"),
    **dict.fromkeys(("RSV", "DAM"), "reservoir"),
    **dict.fromkeys(("SEA", "OCN", "GULF", "BAY", "STRT"), "sea"),
    **dict.fromkeys(("MTS", "MT", "RDGE", "HLL", "HLLS", "PK", "PKS", "SPUR"), "ridge"),
    "PASS": "pass",
    **dict.fromkeys(("ISL", "ISLS"), "island"),
    **dict.fromkeys(("MILB", "INSM", "AIRB", "NVB"), "military"),
}
RADIUS_KM: Mapping[str, float] = {
    "country": 300,
    "region": 60,
    "district": 20,
    "area": 40,
    "river": 40,
    "lake": 10,
    "sea": 200,
    "ridge": 10,
    "island": 10,
    "continent": 2000,
}


@dataclass(frozen=True, slots=True)
class GeoNamesDump:
    """One country file or allCountries, zipped or not; `alternate_names` is alternateNamesV2 (.zip or .txt).

    Without `alternate_names` the dump's own untagged alternates are used. CC BY 4.0.
    """

    path: Path
    alternate_names: Path | None = None

    rank: int = 2  # of its peopled places; where no one lives is one below

    @property
    def name(self) -> str:
        return str(self.path)

    def fingerprint(self) -> str:
        return file_stamp(*(p for p in (self.path, self.alternate_names) if p))

    def places(self) -> Iterator[RawPlace]:
        """All places of a kind that a report may name.

        Raises:
            GazetteerError: not a GeoNames dump; the message names the line.
        """
        tagged = self._tagged_names() if self.alternate_names else {}
        for number, line in enumerate(dump_lines(self.path), 1):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) != FIELDS:
                raise GazetteerError(
                    f"{self.path}:{number}: {len(fields)} fields; a GeoNames dump has {FIELDS}, tabs between"
                )
            place = _place(fields, tagged.get(fields[0], {}))
            if place is not None:
                yield place

    def _tagged_names(self) -> dict[str, dict[str, str]]:
        """Name by language of each geonameid; a preferred name wins over the others."""
        names: dict[str, dict[str, str]] = {}
        ids = {line.split("\t", 1)[0] for line in dump_lines(self.path)}
        assert self.alternate_names is not None
        for line in dump_lines(self.alternate_names):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) < 5 or fields[1] not in ids or not 2 <= len(fields[2]) <= 3:
                continue
            own = names.setdefault(fields[1], {})
            if fields[2] not in own or fields[4] == "1":
                own[fields[2]] = fields[3]
        return names


def _place(fields: list[str], tagged: Mapping[str, str]) -> RawPlace | None:
    people = int(fields[14] or 0)
    if fields[6] == "P":
        feature = "city" if people >= 100_000 else "town" if people >= 5_000 else "village"
        radius = max(0.5, 0.01 * math.sqrt(people))
    else:
        feature = FEATURES.get(fields[7], "")
        radius = RADIUS_KM.get(feature, 2.0)
    if not feature or fields[7] in ("PPLH", "PPLW"):  # no longer there
        return None
    return RawPlace(
        id=f"gn{fields[0]}",
        feature=feature,
        longitude=float(fields[5]),
        latitude=float(fields[4]),
        names={"": fields[1], **tagged},
        others=tuple(o for o in {fields[2], *fields[3].split(",")} if o and o != fields[1]),
        radius_km=round(radius, 1),
        country=fields[8],
        admin1=fields[10],
        population=people,
        geonames_id=fields[0],
        rank=RANK_PEOPLED if people else RANK_REST,
        capital=fields[7] == "PPLC",
    )


def dump_lines(path: Path) -> Iterator[str]:
    """The lines of a GeoNames file, zipped or not.

    Raises:
        GazetteerError: it cannot be read.
    """
    try:
        with _opened(path) as file:
            yield from file
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: cannot be read as a GeoNames dump: {error}") from None


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOBase]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        inner = [n for n in archive.namelist() if n.endswith(".txt") and not n.lower().startswith(("readme", "iso-"))]
        if not inner:
            raise GazetteerError(f"{path}: no table inside; a GeoNames file such as UA.zip would do")
        with archive.open(inner[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as file:
            yield file
