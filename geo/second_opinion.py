"""A second opinion on names that the gazetteer lacks: any geopy geocoder, asked slowly, remembered on disk.

Off unless the caller makes one. Only the name itself leaves the machine, never a sentence, a report or who asks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location

__all__ = ["SecondOpinion"]

TABLE = """CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, name TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (service, name))"""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Ask `geocoder` (Nominatim, Photon, …) for names, at most one question in `min_delay_s` seconds.

    Answers, also "unknown", are kept in the SQLite file `answers` and not asked for again. A service that fails
    (time-out, refusal) gives no answer this time, and nothing is kept. Use one as GazetteerGeocoder(second_opinion=…).
    """

    ask: Callable[..., Any]
    service: str
    answers: Path

    @classmethod
    def of(cls, geocoder: Geocoder, *, answers: Path, min_delay_s: float = 1.0, max_retries: int = 1) -> SecondOpinion:
        """Wrap a geopy geocoder; `answers` is the file to keep what it said."""
        limited = RateLimiter(
            geocoder.geocode, min_delay_seconds=min_delay_s, max_retries=max_retries, swallow_exceptions=False
        )
        where = getattr(geocoder, "api", "") or getattr(geocoder, "domain", "")
        return cls(limited, f"{type(geocoder).__name__} {where}".strip(), answers)

    def geocode(self, name: str) -> list[Location]:
        """What the service says a name means, best first; [] when it knows none or does not answer."""
        name = " ".join(name.split())
        if not name:
            return []
        with _open(self.answers) as store:
            kept = store.execute(
                "SELECT answer FROM answers WHERE service = ? AND name = ?", (self.service, name)
            ).fetchone()
            if kept is not None:
                return [_location(item, self.service) for item in json.loads(kept[0])]
            try:
                found = self.ask(name, exactly_one=False) or []
            except GeopyError:
                return []
            items = [{"address": f.address, "latitude": f.latitude, "longitude": f.longitude} for f in found]
            store.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)",
                (self.service, name, json.dumps(items, ensure_ascii=False)),
            )
        return [_location(item, self.service) for item in items]


def _location(item: dict[str, Any], service: str) -> Location:
    return Location(item["address"], (item["latitude"], item["longitude"]), {**item, "service": service})


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(path, timeout=30)
    try:
        with store:
            store.execute(TABLE)
            yield store
    finally:
        store.close()
