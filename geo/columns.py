"""Columns of text turned into the incidents table, whole columns at a time, and back into text.

Raw tables hold text only, "" where nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import geopandas as gpd
import pandas as pd
import shapely

from .errors import CatalogueError
from .schema import COLUMNS

__all__ = ["DateOrder", "days", "incidents_of", "moments", "numbers", "points", "text_of", "texts", "whole"]

DateOrder = Literal["dmy", "mdy"]
Series: TypeAlias = "pd.Series[Any]"

NEAR_KM = 25.0  # what where_prec 2 means in the codebook of UCDP GED
# Forms of a day that can be read in one way only.
_DAY_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%Y%m%d", "%d.%m.%Y")


def incidents_of(columns: Mapping[str, Any], extras: pd.DataFrame) -> gpd.GeoDataFrame:
    """The incidents table from typed columns (missing ones are null), followed by the columns of `extras`."""
    data = {name: _typed(columns.get(name), kind, extras.index) for name, kind in COLUMNS.items()}
    near = data["where_prec"].eq(2).fillna(value=False)
    data["radius_km"] = data["radius_km"].mask(data["radius_km"].isna() & near, NEAR_KM)
    data["longitude"], data["latitude"] = points(data["longitude"], data["latitude"])
    geometry: Any = pd.Series([None] * len(extras), index=extras.index, dtype=object)
    known = data["longitude"].notna()
    geometry[known] = shapely.points(data["longitude"][known], data["latitude"][known])
    frame = pd.concat([pd.DataFrame(data, index=extras.index), extras.astype("string")], axis=1)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, index=extras.index, crs=4326))


def points(longitude: Series, latitude: Series) -> tuple[Series, Series]:
    """Longitude and latitude with null for both where they are no place on Earth, or 0, 0."""
    good = longitude.between(-180, 180) & latitude.between(-90, 90) & ~((longitude == 0) & (latitude == 0))
    return longitude.where(good), latitude.where(good)


def texts(raw: pd.DataFrame, *names: str) -> Series:
    """The first of the named columns that is there; nothing but spaces is null."""
    for name in names:
        if name in raw.columns:
            column = raw[name].astype("string")
            return column.where(column.str.strip().ne(""))
    return pd.Series(pd.NA, index=raw.index, dtype="string")


def numbers(column: Series) -> Series:
    """Text as numbers; what is none is null. A comma alone is a decimal point, as some exports write it."""
    column = column.astype("string").str.strip()
    return pd.to_numeric(column.str.replace(r"^(-?\d+),(\d+)$", r"\1.\2", regex=True), errors="coerce").astype(
        "float64"
    )


def whole(column: Series) -> Series:
    """Text as whole numbers; what is none, and what is below zero, is null."""
    values = numbers(column)
    return values.where((values >= 0) & (values % 1 == 0)).astype("Int64")


def days(column: Series, *, order: DateOrder | None = None) -> Series:
    """Text as civil days; what is none is null.

    Raises:
        CatalogueError: day and month are in figures, no row tells which comes first, and `order` is not given.
    """
    column = column.astype("string").str.strip().str.replace(r"(?<=\d)[T ]\d{2}:\d{2}.*$", "", regex=True)
    found: Series = pd.Series(pd.NaT, index=column.index, dtype="datetime64[ns]")
    for form in _DAY_FORMS:
        left = found.isna() & column.notna()
        if not left.any():
            return found
        found[left] = pd.to_datetime(column[left], format=form, errors="coerce").astype("datetime64[ns]")
    figures = column.str.extract(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$").astype("Float64")
    left = found.isna() & figures[0].notna()
    if left.any():
        first = order or _order_of(figures[left], str(column[left].iloc[0]))
        named = figures[left].astype("Int64").astype("string")
        year = "%y" if figures.loc[left, 2].max() < 100 else "%Y"
        form = f"%d/%m/{year}" if first == "dmy" else f"%m/%d/{year}"
        joined = named[0] + "/" + named[1] + "/" + named[2].str.zfill(2)
        found[left] = pd.to_datetime(joined, format=form, errors="coerce").astype("datetime64[ns]")
    return found


def moments(column: Series) -> Series:
    """Text as aware moments (UTC): seconds since 1970, YYYYMMDDHHMMSS, or ISO 8601; what is none is null."""
    column = column.astype("string").str.strip()
    digits = column.str.fullmatch(r"\d{14}").fillna(value=False)
    seconds = column.str.fullmatch(r"\d{9,11}").fillna(value=False)
    found: Series = pd.to_datetime(column.mask(digits | seconds), utc=True, format="ISO8601", errors="coerce")
    found = found.astype("datetime64[ns, UTC]")
    found[digits] = pd.to_datetime(column[digits], format="%Y%m%d%H%M%S", utc=True, errors="coerce")
    found[seconds] = pd.to_datetime(pd.to_numeric(column[seconds]), unit="s", utc=True)
    return found


def text_of(column: Series) -> Series:
    """A typed column as other tools read it: days as YYYY-MM-DD, numbers without a needless ".0", "" for null."""
    if pd.api.types.is_datetime64_any_dtype(column):
        aware = getattr(column.dtype, "tz", None) is not None
        written = column.dt.strftime("%Y-%m-%dT%H:%M:%SZ" if aware else "%Y-%m-%d")
    elif pd.api.types.is_float_dtype(column):
        written = column.map(lambda value: f"{value:.10f}".rstrip("0").rstrip("."), na_action="ignore")
    else:
        written = column.astype("string")
    text: Series = written.astype("string").fillna("")
    return text


def _order_of(figures: pd.DataFrame, example: str) -> DateOrder:
    day_first, month_first = bool((figures[0] > 12).any()), bool((figures[1] > 12).any())
    if day_first == month_first:
        raise CatalogueError(
            f"dates such as {example!r} can be read in two ways: say which comes first (date_order 'dmy' or 'mdy')"
        )
    return "dmy" if day_first else "mdy"


def _typed(values: Any, kind: str, index: pd.Index[Any]) -> Series:
    if values is None or isinstance(values, str | int | float | bool | dt.datetime):
        values = pd.Series([values] * len(index), index=index, dtype=object)
    if kind.startswith("datetime64"):
        values = pd.to_datetime(values, utc="UTC" in kind)
    typed: Series = values.astype(pd.api.types.pandas_dtype(kind))
    return typed
