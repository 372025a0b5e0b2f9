"""A theatre: one folder of data that makes the rest of the code work for one conflict.

The folder holds `theatre.toml` (names, box, dates, sides, base line), `places.csv`, `actors.csv` and, where known,
`control_changes.csv` and the base line. Nothing in here knows a particular conflict.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from .errors import TheatreError
from .folders import data_folder

__all__ = ["Actor", "Side", "Theatre", "list_theatres", "load_theatre", "theatre_folders"]

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "theatres"
DEFAULT_THEATRE = "karabakh-2020"


@dataclass(frozen=True, slots=True)
class Side:
    """Who holds land or fights. Sides of one `party` speak and fight together."""

    id: str
    name: str
    party: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks or acts: an office, a person, a force, a medium; `aliases` by language."""

    actor_id: str
    name: str
    side: str
    role: str
    aliases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Theatre:
    """One conflict as data. `bbox` is west, south, east, north in degrees (EPSG:4326)."""

    id: str
    name: str
    folder: Path
    bbox: tuple[float, float, float, float]
    date_from: dt.date
    date_to: dt.date
    timezone: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    hours_of_night: tuple[int, int]
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    base_line: Mapping[str, Any] | None

    def side(self, side_id: str) -> Side | None:
        """The side with this id, or None: mediators and media are no side."""
        return next((s for s in self.sides if s.id == side_id), None)

    def party_of(self, side_id: str | None) -> str | None:
        """The fighting party that a side belongs to, or None."""
        side = self.side(side_id) if side_id else None
        return side.party if side else None

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id, or None."""
        return next((a for a in self.actors if a.actor_id == actor_id), None)

    def table(self, name: str) -> pd.DataFrame:
        """One of the folder's CSV tables as text columns; an empty frame when the theatre has none."""
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return pd.DataFrame()
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def theatre_folders() -> list[Path]:
    """Where theatres are looked for: $CONTACTLINE_THEATRES, the user's data folder, then what is shipped."""
    extra = [Path(p) for p in os.environ.get("CONTACTLINE_THEATRES", "").split(os.pathsep) if p]
    return [*extra, data_folder() / "theatres", SHIPPED]


def list_theatres() -> list[str]:
    """Ids of all theatres that can be loaded by name, sorted."""
    return sorted({p.parent.name for folder in theatre_folders() for p in folder.glob("*/theatre.toml")})


def load_theatre(id_or_folder: str | Path = DEFAULT_THEATRE) -> Theatre:
    """Load a theatre by its id or from its folder.

    Raises:
        TheatreError: no such theatre, or faults in its files; all faults are listed at once.
    """
    folder = _find(id_or_folder)
    path = folder / "theatre.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TheatreError(f"{path}: not valid TOML: {error}") from None
    faults = list(_faults(raw, path))
    if faults:
        raise TheatreError.of(faults)
    west, south, east, north = map(float, raw["bbox"])
    night = raw.get("hours_of_night", (21, 6))
    return Theatre(
        id=raw["id"],
        name=raw["name"],
        folder=folder,
        bbox=(west, south, east, north),
        date_from=raw["date_from"],
        date_to=raw["date_to"],
        timezone=raw.get("timezone", "UTC"),
        countries=tuple(raw.get("countries", ())),
        languages=tuple(raw.get("languages", ("en",))),
        hours_of_night=(int(night[0]), int(night[1])),
        sides=tuple(Side(s["id"], s["name"], s.get("party", s["id"]), s.get("country")) for s in raw.get("sides", ())),
        actors=tuple(_read_actors(folder / "actors.csv")),
        base_line=raw.get("base_line"),
    )


def _find(id_or_folder: str | Path) -> Path:
    direct = Path(id_or_folder)
    if (direct / "theatre.toml").is_file():
        return direct.resolve()
    for parent in theatre_folders():
        if (parent / str(id_or_folder) / "theatre.toml").is_file():
            return parent / str(id_or_folder)
    known = ", ".join(list_theatres()) or "none"
    raise TheatreError(f"no theatre {str(id_or_folder)!r}: give a folder with a theatre.toml, or one of: {known}")


def _faults(raw: Mapping[str, Any], path: Path) -> Iterator[str]:
    for key in ("id", "name", "bbox", "date_from", "date_to"):
        if key not in raw:
            yield f"{path}: '{key}' is missing"
    if "bbox" in raw:
        yield from _bbox_faults(raw["bbox"], path)
    first, last = raw.get("date_from"), raw.get("date_to")
    for key, value in (("date_from", first), ("date_to", last)):
        if value is not None and not isinstance(value, dt.date):
            yield f"{path}: '{key}' must be a date like 2020-09-27 without quotes, got {value!r}"
    if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
        yield f"{path}: 'date_from' {first} lies after 'date_to' {last}"
    for number, side in enumerate(raw.get("sides", ()), 1):
        if not {"id", "name"} <= side.keys():
            yield f"{path}: side {number} needs 'id' and 'name', has {', '.join(side) or 'nothing'}"
    try:
        ZoneInfo(raw.get("timezone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        yield f"{path}: 'timezone' {raw['timezone']!r} is not in the tz database; one like Asia/Baku would do"


def _bbox_faults(bbox: Any, path: Path) -> Iterator[str]:
    numbers = isinstance(bbox, list) and len(bbox) == 4 and all(isinstance(v, int | float) for v in bbox)
    if not numbers:
        yield f"{path}: 'bbox' needs four numbers (west, south, east, north), got {bbox!r}"
        return
    west, south, east, north = bbox
    if not west < east:
        yield f"{path}: 'bbox' needs west < east, got {west}, {east}"
    if not south < north:
        yield f"{path}: 'bbox' needs south < north, got {south}, {north}"


def _read_actors(path: Path) -> Iterator[Actor]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            aliases = {
                column.removeprefix("aliases_"): tuple(a for a in (value or "").split("|") if a)
                for column, value in row.items()
                if column.startswith("aliases_")
            }
            yield Actor(row["actor_id"], row["name"], row["side"], row.get("role", ""), aliases)
