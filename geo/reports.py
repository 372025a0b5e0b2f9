"""Reports: what comes in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it was published; `text` is NFC, offsets into it count code points.

    `published` is the day in the theatre's time zone; `published_at` the aware moment, where it is known.
    `lang` is a BCP 47 tag, None until it is found from the text.
    """

    id: str
    text: str
    lang: str | None = None
    published: dt.date | None = None
    published_at: dt.datetime | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
