"""Gazetteer files that the user has put beside the shipped ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .errors import GazetteerError
from .folders import data_folder
from .geonames_dump import GeoNamesDump
from .sources import Source
from .vector_source import VectorSource
from .whosonfirst import WhosOnFirst

__all__ = ["add_user_source", "user_sources", "user_sources_folder"]

DUMP = re.compile(r"(?:[A-Z]{2}|allCountries|cities\d+)\.(?:zip|txt)")
ALTERNATES = re.compile(r"alternateNames(?:V2)?\.(?:zip|txt)")
DATABASES = frozenset({".db", ".sqlite", ".sqlite3"})
VECTORS = frozenset({".csv", ".tsv", ".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml"})
COMPANIONS = frozenset({".dbf", ".shx", ".prj", ".cpg"})


def user_sources_folder() -> Path:
    """Where they lie: `gazetteer/` in the user's data folder; every file in it is read."""
    return data_folder() / "gazetteer"


def user_sources(folder: Path | None = None) -> list[Source]:
    """The sources in the folder, by file name.

    Raises:
        GazetteerError: a file that is no source.
    """
    folder = folder or user_sources_folder()
    files = sorted(p for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    alternates = next((p for p in files if ALTERNATES.fullmatch(p.name)), None)
    skipped = {alternates, *(p for p in files if p.suffix.lower() in COMPANIONS)}
    return [_source(p, alternates) for p in files if p not in skipped]


def _source(path: Path, alternates: Path | None) -> Source:
    suffix = path.suffix.lower()
    if DUMP.fullmatch(path.name):
        return GeoNamesDump(path, alternates)
    if suffix in DATABASES:
        return WhosOnFirst(path)
    if suffix in VECTORS:
        return VectorSource(path)
    raise GazetteerError(
        f"{path}: no gazetteer file: a GeoNames XX.zip, a Who's On First .db, "
        f"or a table of places ({' '.join(sorted(VECTORS))}) would do"
    )


def add_user_source(path: Path, folder: Path | None = None) -> Path:
    """Put a file into the folder: a link where the system has links, else a copy.

    Raises:
        GazetteerError: no such file, or no gazetteer file.
    """
    folder = folder or user_sources_folder()
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file")
    if not ALTERNATES.fullmatch(path.name):
        _source(path, None)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    target.unlink(missing_ok=True)
    try:
        target.symlink_to(path.resolve())
    except OSError:  # Windows without the right to make links
        shutil.copy2(path, target)
    return target
