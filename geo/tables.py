"""Tables of reports: JSON lines, CSV and Excel sheets, one report a row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from .errors import ReportError
from .extras import optional
from .items import Broken, Item

__all__ = ["csv_items", "json_items", "row_item", "xlsx_items"]

LONGEST_CELL = 20_000_000  # characters; the csv module's own limit is shorter than long reports are
FIELDS = ("text", "id", "lang", "published", "source", "title", "url")
# Names under which the fields are met in the wild, in order of preference; compared without case, spaces and "_".
KNOWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "report", "body", "content", "fulltext", "articletext", "message", "notes", "texte", "текст"),
    "id": ("id", "reportid", "articleid", "messageid", "eventid", "dataid"),
    "lang": ("lang", "language", "langue", "язык"),
    "published": ("published", "publishedat", "publicationdate", "pubdate", "reportedat", "date", "datetime", "day"),
    "source": ("source", "outlet", "publisher", "medium", "channel", "feed", "источник"),
    "title": ("title", "headline", "titre", "subject", "заголовок"),
    "url": ("url", "link", "href", "sourceurl"),
}


def csv_items(file: IO[bytes], where: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Item | Broken]:
    """Rows of a CSV or TSV file (UTF-8 or UTF-16 with its mark; the delimiter is found from the header)."""
    csv.field_size_limit(LONGEST_CELL)
    lines = io.TextIOWrapper(file, encoding=_encoding(file), newline="")
    try:
        header = lines.readline()
        delimiter = max(",;\t|", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
    except (csv.Error, UnicodeDecodeError) as error:
        raise ReportError(f"{where}: the header cannot be read: {error}; saved as CSV in UTF-8 it would do") from None
    wanted = field_columns(names, where, columns)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            yield Broken(f"{where}, line {rows.line_num + 2}", f"cannot be read as CSV: {error}")
            if isinstance(error, UnicodeDecodeError):
                return
            continue
        if any(cells):
            yield row_item(dict(zip(names, cells, strict=False)), wanted, f"{where}, line {rows.line_num + 1}")


def xlsx_items(file: IO[bytes], where: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Item | Broken]:
    """Rows of the first sheet of an Excel file whose header has a column with text."""
    openpyxl = optional("openpyxl", extra="readers", what="reading .xlsx")
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReportError(f"{where}: not an Excel workbook: {error}; saved anew as .xlsx it would do") from None
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    names = [str(name) if name is not None else "" for name in next(rows, ())]
    wanted = field_columns(names, where, columns)
    for number, cells in enumerate(rows, 2):
        if any(cell is not None for cell in cells):
            yield row_item(dict(zip(names, cells, strict=False)), wanted, f"{where}, row {number}")


def json_items(file: IO[bytes], where: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Item | Broken]:
    """JSON lines, one object a report."""
    for number, line in enumerate(file, 1):
        place = f"{where}, line {number}"
        try:
            row = json.loads(line.decode("utf-8-sig").strip() or "null")
        except (ValueError, RecursionError) as error:
            yield Broken(place, f"not JSON: {error}; one object on each line would do")
            continue
        if row is None:
            continue
        if not isinstance(row, dict):
            yield Broken(place, 'not an object; {"text": …, "published": …} would do')
            continue
        try:
            yield row_item(row, field_columns(list(row), place, columns), place)
        except ReportError as error:
            yield Broken(place, str(error).removeprefix(f"{place}: "))


def field_columns(names: list[str], where: str, columns: Mapping[str, str] | None) -> dict[str, str]:
    """Which column holds which field; `columns` (field → column) goes before the known names.

    Raises:
        ReportError: no column holds the text, or `columns` names what is not there.
    """
    given = dict(columns or {})
    unknown = [f"{k}={v}" for k, v in given.items() if k not in FIELDS or v not in names]
    if unknown:
        raise ReportError(
            f"{where}: no such field or column: {', '.join(unknown)}; "
            f"fields are {', '.join(FIELDS)}, columns here are {', '.join(names)}"
        )
    plain = {_plain(name): name for name in reversed(names)}
    for field, known in KNOWN_NAMES.items():
        hit = next((plain[name] for name in known if name in plain), None)
        if hit is not None and field not in given and hit not in given.values():
            given[field] = hit
    if "text" not in given:
        raise ReportError(
            f"{where}: no column with the report's text among {', '.join(map(repr, names)) or 'nothing'}; "
            "rename it to 'text', or name it to contactline ingest: --column text=NAME"
        )
    return given


def row_item(row: Mapping[str, Any], columns: Mapping[str, str], where: str) -> Item | Broken:
    """One row as an item; what is no text becomes text, dates stay dates."""
    values = {field: row.get(name) for field, name in columns.items()}
    text = values.pop("text", None)
    if not isinstance(text, str) or not text.strip():
        return Broken(where, "no text in it; a row needs the report's text")
    published = values.pop("published", None)
    if isinstance(published, dt.datetime) and published.tzinfo is None and published.time() == dt.time():
        published = published.date()  # a sheet has no days, only moments at midnight
    if isinstance(published, dt.date) or (isinstance(published, str) and published.strip()):
        day: dt.date | str | None = published
    else:
        day = str(published) if isinstance(published, int | float) else None
    return Item(where, text, published=day, **{k: _word(v) for k, v in values.items()})


def _word(value: Any) -> str | None:
    if value is None or (isinstance(value, Iterable) and not value):
        return None
    return str(value).strip() or None


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _encoding(file: IO[bytes]) -> str:
    start = file.peek(2)[:2] if hasattr(file, "peek") else b""
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
