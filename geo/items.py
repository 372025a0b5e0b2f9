"""Items: what a reader finds in a file before it is a report, and what it could not read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Broken", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One text with what its file says about it; `where` names its place for messages, such as `a.csv, row 7`."""

    where: str
    text: str
    id: str | None = None
    lang: str | None = None
    published: dt.date | dt.datetime | str | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that cannot be read: where it stands, what is wrong and what would do."""

    where: str
    why: str
