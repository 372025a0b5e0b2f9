"""Reports: what comes in, whatever file it comes in."""

from __future__ import annotations

import datetime as dt
import email.utils
import functools
import hashlib
import io
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from .datelines import load_months, published_in
from .errors import ReportError
from .feeds import feed_items
from .fetcher import Fetch, fetch
from .items import Broken, Item
from .pages import page_items
from .pdfs import pdf_items
from .tables import csv_items, json_items, xlsx_items
from .telegram import json_file_items

__all__ = ["READERS", "Report", "read_reports", "read_reports_from", "report_from"]

Reader = Callable[[IO[bytes], str], Iterator[Item | Broken]]
OnError = Callable[[ReportError], None]
# Halves of letters and control characters: no file format and no database holds them all; replaced one for one.
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


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


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What holds where an item does not say it itself."""

    lang: str | None
    published: dt.date | None
    window: tuple[dt.date, dt.date] | None
    timezone: ZoneInfo
    months: Callable[[], Mapping[str, int]]  # read only when a report does not say its day


def read_reports(
    source: str | Path,
    *,
    lang: str | None = None,
    published: dt.date | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    timezone: str = "UTC",
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch = fetch,
    on_error: OnError | None = None,
) -> Iterator[Report]:
    """Read reports from a file, a folder, an address (http, https) or standard input ("-").

    `lang` and `published` hold where an item does not say them itself. Without a publication day the text's own
    dateline is read; `window` (first and last day of the theatre) supplies a year that is not written. `format` is a
    key of READERS when the name of the source does not tell; `columns` maps fields to the columns of a table.
    A broken item goes to `on_error` and the rest is read; without `on_error` the first one is raised.

    Raises:
        ReportError: the source cannot be opened or its format is unknown; a broken item, when `on_error` is None.
    """
    defaults = _Defaults(lang, published, window, ZoneInfo(timezone), functools.cache(load_months))
    return _reports(_items(str(source), format, columns, fetch), defaults, on_error)


def read_reports_from(
    file: IO[bytes],
    *,
    name: str,
    lang: str | None = None,
    published: dt.date | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    timezone: str = "UTC",
    columns: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
) -> Iterator[Report]:
    """Read reports from an open file, such as an upload; `name` tells its format. See `read_reports`."""
    defaults = _Defaults(lang, published, window, ZoneInfo(timezone), functools.cache(load_months))
    buffered = io.BufferedReader(io.BytesIO(file.read()))
    items = _reader(None, Path(name).suffix.lower(), buffered, columns, name)(buffered, name)
    return _reports(items, defaults, on_error)


def report_from(
    text: str,
    *,
    id: str | None = None,
    lang: str | None = None,
    published: dt.date | None = None,
    window: tuple[dt.date, dt.date] | None = None,
    timezone: str = "UTC",
    source: str | None = None,
) -> Report:
    """One report from a text at hand, such as a pasted one; see `read_reports`.

    Raises:
        ReportError: the text is empty or its publication day cannot be known.
    """
    defaults = _Defaults(lang, published, window, ZoneInfo(timezone), functools.cache(load_months))
    return _report_of(Item("pasted text", text, id=id, source=source), defaults)


def _reports(items: Iterator[Item | Broken], defaults: _Defaults, on_error: OnError | None) -> Iterator[Report]:
    for item in items:
        try:
            yield _report_of(item, defaults)
        except ReportError as error:
            if on_error is None:
                raise
            on_error(error)


def _items(source: str, format: str | None, columns: Mapping[str, str] | None, fetch: Fetch) -> Iterator[Item | Broken]:
    if source == "-":
        yield from _reader(format, "", sys.stdin.buffer, columns, "standard input")(sys.stdin.buffer, "standard input")
    elif source.startswith(("http://", "https://")):
        page = fetch(source)
        file = io.BufferedReader(io.BytesIO(page.content))
        yield from _reader(format, page.suffix, file, columns, source)(file, source)
    elif Path(source).is_dir():
        for path in sorted(p for p in Path(source).rglob("*") if p.suffix.lower() in READERS and p.is_file()):
            yield from _file_items(path, format, columns)
    else:
        yield from _file_items(Path(source), format, columns)


def _file_items(path: Path, format: str | None, columns: Mapping[str, str] | None) -> Iterator[Item | Broken]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror or error}; give a file, a folder, an address or '-'") from None
    with file:
        yield from _reader(format, path.suffix.lower(), file, columns, str(path))(file, str(path))


def _reader(format: str | None, suffix: str, file: IO[bytes], columns: Mapping[str, str] | None, where: str) -> Reader:
    key = f".{format.lower().lstrip('.')}" if format else suffix
    if key not in READERS and not format:
        key = _sniffed(file)
    if key not in READERS:
        known = ", ".join(sorted(READERS))
        raise ReportError(f"{where}: no reader for {key or 'this'}; one of these would do: {known}")
    reader = READERS[key]
    return functools.partial(reader, columns=columns) if reader in WITH_COLUMNS else reader


def _sniffed(file: IO[bytes]) -> str:
    start = file.peek(512).lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower() if hasattr(file, "peek") else b""
    if start.startswith(b"%pdf"):
        return ".pdf"
    if start.startswith(b"{"):
        return ".jsonl"
    if start.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in start:
        return ".rss"
    return ".html" if start.startswith((b"<!doctype html", b"<html")) else ".txt"


def _dispatch(file: IO[bytes], where: str) -> Iterator[Item | Broken]:
    """A text file is one dispatch."""
    raw = file.read()
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        yield Broken(where, f"not UTF-8 at byte {error.start}; saved as UTF-8 it would do")
        return
    stem = Path(where).stem if where != "standard input" else "stdin"
    yield Item(where, text, id=f"{stem}-{_digest(text)}")


def _report_of(item: Item | Broken, defaults: _Defaults) -> Report:
    if isinstance(item, Broken):
        raise ReportError(f"{item.where}: {item.why}")
    text = _usable(unicodedata.normalize("NFC", item.text.removeprefix("\ufeff")))
    if not text.strip():
        raise ReportError(f"{item.where}: no text in it; a report needs one")
    lang = _usable(item.lang or defaults.lang or "") or None
    day, moment = _published(item, defaults, text, lang)
    return Report(
        id=_usable(item.id) if item.id else f"{Path(item.where.split(',')[0]).stem}-{_digest(text)}",
        text=text,
        lang=lang,
        published=day,
        published_at=moment,
        source=_usable(item.source) if item.source else None,
        title=_usable(item.title) if item.title else None,
        url=_usable(item.url) if item.url else None,
    )


def _usable(text: str) -> str:
    return UNUSABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _published(item: Item, defaults: _Defaults, text: str, lang: str | None) -> tuple[dt.date, dt.datetime | None]:
    given = item.published
    if isinstance(given, str):
        given = _parsed(given, item.where, defaults, lang)
    if isinstance(given, dt.datetime):
        moment = given if given.tzinfo else given.replace(tzinfo=defaults.timezone)
        return moment.astimezone(defaults.timezone).date(), moment.astimezone(dt.UTC)
    day = given or defaults.published
    if day is None:
        try:
            day = published_in(text, months=defaults.months(), lang=lang, window=defaults.window)
        except ReportError as error:
            raise ReportError(f"{item.where}: {error}") from None
    if day is None:
        raise ReportError(f"{item.where}: the text names no publication day; give it (--published YYYY-MM-DD)")
    return day, None


def _parsed(written: str, where: str, defaults: _Defaults, lang: str | None) -> dt.date | dt.datetime:
    """A date or moment as tables and feeds write it: ISO 8601, RFC 2822, seconds since 1970, or as in a dateline."""
    written = written.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{8}", written):
        form = dt.date.fromisoformat
    elif re.fullmatch(r"\d{9,10}(\.\d+)?", written):
        return dt.datetime.fromtimestamp(float(written), dt.UTC)
    else:
        form = dt.datetime.fromisoformat
    try:
        return form(written)
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(written)
    except (ValueError, TypeError):
        pass
    try:
        day = published_in(written, months=defaults.months(), lang=lang, window=defaults.window)
    except ReportError as error:
        raise ReportError(f"{where}: {error}") from None
    if day is None:
        raise ReportError(f"{where}: {written[:80]!r} is no date that can be read; 2020-10-23 would do")
    return day


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


WITH_COLUMNS = (csv_items, json_items, json_file_items, xlsx_items)
READERS: Mapping[str, Callable[..., Iterator[Item | Broken]]] = {
    ".txt": _dispatch,
    ".jsonl": json_items,
    ".ndjson": json_items,
    ".csv": csv_items,
    ".tsv": csv_items,
    ".xlsx": xlsx_items,
    ".json": json_file_items,
    ".html": page_items,
    ".htm": page_items,
    ".rss": feed_items,
    ".atom": feed_items,
    ".xml": feed_items,
    ".pdf": pdf_items,
}
