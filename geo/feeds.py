"""Feeds: every entry of an RSS or Atom feed is one report."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from collections.abc import Iterator
from typing import IO, Any

from .errors import ReportError
from .extras import optional
from .items import Broken, Item
from .markup import plain_text

__all__ = ["feed_items"]


def feed_items(file: IO[bytes], where: str) -> Iterator[Item | Broken]:
    """Entries with title and text as one text, since feeds often say in the title what the text does not repeat.

    Raises:
        ReportError: this is no feed.
    """
    feedparser = optional("feedparser", extra="readers", what="reading feeds")
    feed = feedparser.parse(io.BytesIO(file.read()))  # bytes: a text would be taken for an address and fetched
    if not feed.entries and (feed.bozo or not feed.get("version")):
        reason = feed.get("bozo_exception", "no RSS and no Atom in it")
        raise ReportError(f"{where}: not a feed: {reason}; the address of its RSS or Atom file would do")
    outlet = plain_text(feed.feed.get("title", "")) or None
    lang = (feed.feed.get("language") or "").split("-")[0].lower() or None
    for number, entry in enumerate(feed.entries, 1):
        yield _item(entry, f"{where}, entry {number}", outlet, lang)


def _item(entry: Any, where: str, outlet: str | None, lang: str | None) -> Item | Broken:
    title = plain_text(entry.get("title", ""))
    bodies = [content.get("value", "") for content in entry.get("content", ())]
    body = plain_text(max([*bodies, entry.get("summary", "")], key=len))
    text = body if body.startswith(title) else f"{title}\n\n{body}".strip()
    if not text:
        return Broken(where, "neither title nor text")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return Item(
        where,
        text,
        id=entry.get("id") or entry.get("link"),
        lang=lang,
        published=dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC) if moment else None,
        source=(entry.get("source") or {}).get("title") or outlet,
        title=title or None,
        url=entry.get("link"),
    )
