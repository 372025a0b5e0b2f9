"""VIINA 1 and 2: events from news reports in (codebook: github.com/zhukovyuri/VIINA).

Three shapes are known: `event_info` (one row a report and place), the same joined with `event_labels` by `event_id`,
and `event_1pd` (one row a day, place and kind of event).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from .columns import DateOrder, days, incidents_of, moments, numbers, texts, whole

__all__ = ["is_viina", "viina_incidents"]

WHERE = {"STREET": 1, "ADM3": 1, "ADM2": 3, "ADM1": 4, "ADM0": 6}  # GEO_PRECISION → UCDP where_prec
LANGUAGES = {"ua": "uk", "ru": "ru"}


def is_viina(columns: set[str]) -> bool:
    """Whether a header (lower case) is VIINA's."""
    place = bool({"geo_precision", "geonameid", "asciiname"} & columns)
    return (
        place and bool({"event_id_1pd", "event_id"} & columns) and bool({"a_rus_b", "a_rus", "text", "url"} & columns)
    )


def viina_incidents(
    raw: pd.DataFrame, *, types: Mapping[str, str], date_order: DateOrder | None = None
) -> gpd.GeoDataFrame:
    """Incidents from VIINA rows (text columns, lower-case names); every column is kept as `viina_…`.

    The date is the day of the report, so `date_prec` is 2. Without labels the type is `other`.
    """
    day = days(texts(raw, "date"), order=date_order)
    named, kind = _kinds(raw, types)
    sources = texts(raw, "source", "sources", "sources_matching").str.replace(r"\s*[|,;]\s*", "; ", regex=True)
    columns = {
        "incident_id": "viina:" + texts(raw, "event_id", "event_id_1pd"),
        "relid": "viina:" + texts(raw, "event_id_1pd"),
        "date_start": day,
        "date_end": day,
        "date_prec": 2,
        "event_type": kind,
        "sub_event_type": named,
        "perpetrator": _initiator(raw),
        "place_name": texts(raw, "asciiname", "address"),
        "place_id": "geonames:" + texts(raw, "geonameid"),
        "latitude": numbers(texts(raw, "latitude")),
        "longitude": numbers(texts(raw, "longitude")),
        "where_prec": texts(raw, "geo_precision").str.upper().map(WHERE),
        "admin1": texts(raw, "adm1_name"),
        "admin2": texts(raw, "adm2_name"),
        "sources": sources,
        "number_of_sources": whole(texts(raw, "n_reports")).fillna(sources.str.count("; ").add(1)),
        "lang": texts(raw, "lang").replace(LANGUAGES),
        "text": texts(raw, "text", "representative_text"),
        "reported_at": _reported_at(day, texts(raw, "time")),
        "deleted": False,
    }
    return incidents_of(columns, raw.add_prefix("viina_"))


def _flag(raw: pd.DataFrame, *names: str) -> pd.Series[bool]:
    return numbers(texts(raw, *names)).eq(1)


def _kinds(raw: pd.DataFrame, types: Mapping[str, str]) -> tuple[pd.Series[str], pd.Series[str]]:
    """All kinds whose flag is set, and the event type of the first of them in the order of the table of types."""
    named = pd.Series("", index=raw.index, dtype="string")
    kind = pd.Series("other", index=raw.index, dtype="string")
    open_ = pd.Series(True, index=raw.index)
    for code, event_type in types.items():
        here = _flag(raw, f"{code}_b", code)
        named = named.where(~here, named + "; " + code)
        kind = kind.mask(here & open_, event_type)
        open_ &= ~here
    named = named.str.removeprefix("; ")
    return named.where(named.ne("")), kind


def _initiator(raw: pd.DataFrame) -> pd.Series[str]:
    """Who began it, where the labels say it of one side only: by the flag for initiators, else by that for actors."""
    sides = pd.Series(pd.NA, index=raw.index, dtype="string")
    for pattern in ("a_{}_init", "a_{}"):
        russian = _flag(raw, pattern.format("rus") + "_b", pattern.format("rus"))
        ukrainian = _flag(raw, pattern.format("ukr") + "_b", pattern.format("ukr"))
        sides = sides.mask(sides.isna() & russian & ~ukrainian, "RU").mask(sides.isna() & ukrainian & ~russian, "UA")
    return sides


def _reported_at(day: pd.Series[Any], time: pd.Series[str]) -> pd.Series[Any]:
    written = day.dt.strftime("%Y-%m-%d") + "T" + time.str.extract(r"(\d{1,2}:\d{2})")[0].str.zfill(5) + "Z"
    return moments(written)
