"""Folders: what is shipped, and of the user what may be thrown away (cache) and what may not (data)."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["SHIPPED", "cache_folder", "data_folder"]

# What comes with the program. Told here and not beside its readers, because compiled modules lie deeper.
SHIPPED = Path(__file__).resolve().parent.parent / "data"


def cache_folder() -> Path:
    """Compiled things that can be made again; $CONTACTLINE_CACHE overrides the platform's place."""
    return _made(os.environ.get("CONTACTLINE_CACHE") or platformdirs.user_cache_dir("contactline", appauthor=False))


def data_folder() -> Path:
    """The user's theatres and coded reports; $CONTACTLINE_DATA overrides the platform's place."""
    return _made(os.environ.get("CONTACTLINE_DATA") or platformdirs.user_data_dir("contactline", appauthor=False))


def _made(path: str) -> Path:
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
