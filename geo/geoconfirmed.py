"""GeoConfirmed: placemarks of a KML or KMZ file in, or rows of its CSV export.

A placemark holds its day in its name ("12 APR 2022") or time stamp, what happened and the addresses of the footage in
its description, and the side in the folder or icon that it belongs to. The place is seen in footage: precision 1.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import IO

import geopandas as gpd
import pandas as pd

from .archives import unpacked
from .columns import DateOrder, days, incidents_of, numbers, texts
from .errors import CatalogueError
from .markup import plain_text

__all__ = ["geoconfirmed_incidents", "is_geoconfirmed", "kml_rows"]

COLUMNS = ("id", "name", "description", "when", "folder", "style", "longitude", "latitude")
_DAY = r"\b(\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})\b"
_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"',.;)]")


def is_geoconfirmed(columns: set[str]) -> bool:
    """Whether rows come from placemarks, or a header (lower case) is that of the CSV export."""
    return set(COLUMNS) <= columns or {"faction", "pluscode", "geolocation"} <= columns


def kml_rows(file: IO[bytes], where: str) -> pd.DataFrame:
    """The point placemarks of a KML or KMZ file as text rows; extended data as further columns.

    Raises:
        CatalogueError: it is no KML, or declares entities, which no KML needs and which can be made to fill the memory.
    """
    content = file.read()
    if content[:2] == b"PK":
        content, _ = unpacked(content, where, (".kml",))
    if b"<!ENTITY" in content:
        raise CatalogueError(
            f"{where}: declares XML entities, which is not safe to read; saved anew as KML it would do"
        )
    try:
        root = ET.fromstring(content)
    except ET.ParseError as error:
        raise CatalogueError(f"{where}: not well-formed KML: {error}") from None
    rows = list(_placemarks(root, ()))
    names = list(dict.fromkeys((*COLUMNS, *(name for row in rows for name in row))))
    return pd.DataFrame([[row.get(name, "") for name in names] for row in rows], columns=names, dtype="string")


def geoconfirmed_incidents(
    raw: pd.DataFrame, *, types: Mapping[str, str], date_order: DateOrder | None = None
) -> gpd.GeoDataFrame:
    """Incidents from placemark rows; every column is kept as `geoconfirmed_…`."""
    plain = texts(raw, "description").fillna("").map(lambda markup: plain_text(markup, addresses=True)).astype("string")
    name = texts(raw, "name").fillna("")
    said = name.str.extract(_DAY, expand=False).fillna(texts(raw, "when", "date").str[:10])
    said = said.fillna(plain.str.extract(_DAY, expand=False)).str.replace(r"[.,](?=\s)", "", regex=True)
    day = days(said, order=date_order)
    words = plain.str.casefold() + " " + texts(raw, "style").fillna("").str.casefold()
    kind = pd.Series("other", index=raw.index, dtype="string")
    for word, event_type in types.items():
        here = words.str.contains(rf"\b{re.escape(word)}", regex=True)
        kind = kind.mask(kind.eq("other") & here, event_type)
    linked = plain + " " + texts(raw, "source").fillna("") + " " + texts(raw, "geolocation").fillna("")
    digest = (name + plain + texts(raw, "longitude").fillna("") + texts(raw, "latitude").fillna("")).map(_digest)
    columns = {
        "incident_id": "geoconfirmed:" + texts(raw, "id").fillna(digest.astype("string")),
        "date_start": day,
        "date_end": day,
        "date_prec": 1,
        "event_type": kind,
        "latitude": numbers(texts(raw, "latitude")),
        "longitude": numbers(texts(raw, "longitude")),
        "where_prec": 1,
        "claim_status": "confirmed",
        "place_name": texts(raw, "pluscode").str.extract(r"^\S+\s+([^,]+)", expand=False).fillna(_named(name)),
        "side_a": texts(raw, "folder", "faction").str.split(" / ").str[-1],
        "sources": _filled(linked.map(lambda text: "; ".join(dict.fromkeys(_ADDRESS.findall(text))))),
        "number_of_sources": linked.map(lambda text: len(set(_ADDRESS.findall(text))) or None).astype("Float64"),
        "text": _filled(plain),
        "deleted": False,
    }
    return incidents_of(columns, raw.add_prefix("geoconfirmed_"))


def _named(name: pd.Series[str]) -> pd.Series[str]:
    """What the name says beside the day."""
    return _filled(name.str.replace(_DAY, "", regex=True).str.strip(" -|,"))


def _filled(column: pd.Series[str]) -> pd.Series[str]:
    return column.where(column.ne(""))


def _placemarks(element: ET.Element, folders: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for child in element:
        tag = _tag(child)
        if tag == "Placemark":
            yield from _placemark(child, folders)
        elif tag == "Folder":
            yield from _placemarks(child, (*folders, _text(child, "name")))
        elif tag in ("Document", "kml"):
            yield from _placemarks(child, folders)


def _placemark(mark: ET.Element, folders: tuple[str, ...]) -> Iterator[dict[str, str]]:
    spot = next((e for e in mark.iter() if _tag(e) == "coordinates"), None)
    if spot is None or not any(_tag(e) == "Point" for e in mark.iter()):
        return
    longitude, latitude = [*(spot.text or "").strip().split(","), "", ""][:2]
    when = next((e.text or "" for e in mark.iter() if _tag(e) in ("when", "begin")), "")
    row = {"id": mark.get("id", ""), "name": _text(mark, "name"), "description": _text(mark, "description")}
    row |= {"when": when.strip(), "folder": " / ".join(f for f in folders if f), "style": _text(mark, "styleUrl")}
    row |= {"longitude": longitude.strip(), "latitude": latitude.strip()}
    for data in mark.iter():
        if _tag(data) in ("Data", "SimpleData") and (name := data.get("name", "").strip().lower()):
            row.setdefault(name, "".join(data.itertext()).strip())
    yield row


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element, name: str) -> str:
    return next(("".join(child.itertext()).strip() for child in element if _tag(child) == name), "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
