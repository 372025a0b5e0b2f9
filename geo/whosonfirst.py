"""Who's On First's SQLite distributions: `spr` for the points, `names` for the names by language."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .errors import GazetteerError
from .sources import RawPlace, file_stamp
from .vector_source import KINDS, LANGUAGES

__all__ = ["WhosOnFirst"]

# https://github.com/whosonfirst/go-whosonfirst-sqlite-features: tables spr and names
POINTS = """SELECT id, name, placetype, country, latitude, longitude FROM spr
    WHERE is_deprecated != 1 AND is_ceased != 1 AND name != ''"""
NAMES = "SELECT id, language, name, privateuse FROM names"


@dataclass(frozen=True, slots=True)
class WhosOnFirst:
    """One `whosonfirst-data-admin-xx-latest.db`, decompressed. Licence of Who's On First: see its LICENSE.md."""

    path: Path
    rank: int = 3

    @property
    def name(self) -> str:
        return str(self.path)

    def fingerprint(self) -> str:
        return file_stamp(self.path)

    def places(self) -> Iterator[RawPlace]:
        """All current places.

        Raises:
            GazetteerError: not such a database.
        """
        try:
            with closing(sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)) as base:
                names, others = _names(base)
                for number, name, kind, country, latitude, longitude in base.execute(POINTS):
                    yield RawPlace(
                        id=f"wof{number}",
                        feature=KINDS.get(kind, kind),
                        longitude=float(longitude),
                        latitude=float(latitude),
                        names={"": name, **names.get(number, {})},
                        others=tuple(others.get(number, ())),
                        radius_km=30.0 if kind in ("region", "macroregion") else 10.0 if kind == "county" else 1.0,
                        country=(country or "").upper(),
                        rank=self.rank,
                    )
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"{self.path}: not a Who's On First database ({error}); its .db.bz2 has to be decompressed first"
            ) from None


def _names(base: sqlite3.Connection) -> tuple[dict[int, dict[str, str]], dict[int, list[str]]]:
    preferred: dict[int, dict[str, str]] = defaultdict(dict)
    others: dict[int, list[str]] = defaultdict(list)
    for number, language, name, use in base.execute(NAMES):
        code = LANGUAGES.get(language, language)
        if use in ("x_preferred", "preferred") and code not in preferred[number]:
            preferred[number][code] = name
        else:
            others[number].append(name)
    return preferred, others
