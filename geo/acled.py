"""ACLED: events of the three header generations in, ACLED-shaped rows out.

Codebook: acleddata.com. The generations differ in names (`ally_actor_1` → `assoc_actor_1`, `gwno` → `iso`), in columns
that came (`sub_event_type`, `disorder_type`, `civilian_targeting`, `tags`) and went (`data_id`, `event_id_no_cnty`),
and in how days are written. ACLED keeps neither claimant nor direction; ours go into `tags` and come back from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from .columns import DateOrder, days, incidents_of, moments, numbers, text_of, texts, whole

__all__ = ["COLUMNS_OUT", "FEEDS", "acled_incidents", "acled_rows", "is_acled"]

COLUMNS_OUT = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# Which columns of the incidents table an ACLED column is made of; the others are ACLED's own.
FEEDS: Mapping[str, tuple[str, ...]] = {
    "event_id_cnty": ("incident_id",),
    "event_date": ("date_start",),
    "year": ("date_start",),
    "time_precision": ("date_prec",),
    "disorder_type": ("event_type",),
    "event_type": ("event_type", "sub_event_type"),
    "sub_event_type": ("event_type", "sub_event_type"),
    "actor1": ("side_a",),
    "actor2": ("side_b",),
    "country": ("country",),
    "admin1": ("admin1",),
    "admin2": ("admin2",),
    "location": ("place_name",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "geo_precision": ("where_prec",),
    "source": ("sources",),
    "notes": ("text",),
    "fatalities": ("deaths_best",),
    "tags": ("perpetrator", "target", "claimant", "claimant_side", "claim_status", "denied_by", "scope"),
    "timestamp": ("revised_at",),
}
OWN_TAGS = FEEDS["tags"]
PRECISION_IN = {1: 1, 2: 3, 3: 4}  # time_precision: day, week, month → UCDP date_prec
PRECISION_OUT = {1: "1", 2: "2", 3: "2", 4: "3", 5: "3"}
WHERE_IN = {1: 1, 2: 2, 3: 4}  # geo_precision: the place, near it, the region → UCDP where_prec
WHERE_OUT = {1: "1", 2: "2", 3: "2", 4: "3", 5: "3", 6: "3", 7: "3"}
# Names as they stand in shapefiles, which cut them after ten letters.
ID = ("event_id_cnty", "data_id", "event_id_c")
TIME, GEO = ("time_precision", "time_preci", "time_precis"), ("geo_precision", "geo_precis", "geo_precisi")
DISORDER = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
HASH_TAG = re.compile(r"(?:^|; )contactline:(\w+)=((?:[^;\\]|\\.)*)")


def is_acled(columns: set[str]) -> bool:
    """Whether a header (lower case) is one of ACLED's."""
    return {"event_date", "event_type", "actor1"} <= columns and bool({*ID, "event_id_no_cnty"} & columns)


def acled_incidents(
    raw: pd.DataFrame, *, types: Mapping[str, str], date_order: DateOrder | None = None
) -> gpd.GeoDataFrame:
    """Incidents from ACLED rows (text columns, lower-case names); every ACLED column is kept as `acled_…`."""
    sub_type = texts(raw, "sub_event_type", "sub_event_")
    both = texts(raw, "event_type").str.cat(sub_type.fillna(""), sep="/").str.rstrip("/")
    tags = _own_tags(texts(raw, "tags"))
    day = days(texts(raw, "event_date"), order=date_order)
    sources = texts(raw, "source").str.replace(r"\s*;\s*", "; ", regex=True)
    columns = {
        "incident_id": "acled:" + texts(raw, *ID).str.removeprefix("contactline:"),
        "date_start": day,
        "date_end": day,
        "date_prec": whole(texts(raw, *TIME)).map(PRECISION_IN),
        "event_type": both.str.casefold().map(types).fillna("other"),
        "sub_event_type": sub_type.fillna(texts(raw, "event_type")),
        "side_a": texts(raw, "actor1"),
        "side_b": texts(raw, "actor2"),
        "place_name": texts(raw, "location"),
        "latitude": numbers(texts(raw, "latitude")),
        "longitude": numbers(texts(raw, "longitude")),
        "where_prec": whole(texts(raw, *GEO)).map(WHERE_IN),
        "admin1": texts(raw, "admin1"),
        "admin2": texts(raw, "admin2"),
        "country": texts(raw, "country"),
        "deaths_best": whole(texts(raw, "fatalities")),
        "sources": sources,
        "number_of_sources": sources.str.count("; ").add(1),
        "lang": "en",
        "text": texts(raw, "notes"),
        "revised_at": moments(texts(raw, "timestamp")),
        "deleted": False,
        **tags,
    }
    return incidents_of(columns, raw.add_prefix("acled_"))


def acled_rows(frame: gpd.GeoDataFrame, *, codes: pd.DataFrame) -> pd.DataFrame:
    """ACLED-shaped text rows of any incidents; `codes` is data/event_types.csv by event type.

    What ACLED codes and we do not know (inter1, region, iso …) stays empty.
    """
    event = frame["event_type"].map(codes["acled_event_type"]).fillna("Strategic developments")
    sub_event = frame["event_type"].map(codes["acled_sub_event_type"]).fillna("Other")
    out = pd.DataFrame("", index=frame.index, columns=list(COLUMNS_OUT), dtype="string")
    out["event_id_cnty"] = text_of(frame["incident_id"].str.removeprefix("acled:"))
    out["event_date"] = text_of(frame["date_start"])
    out["year"] = text_of(frame["date_start"].dt.year.astype("Int64"))
    out["time_precision"] = text_of(frame["date_prec"].map(PRECISION_OUT))
    out["disorder_type"] = event.map(lambda e: "Political violence" if e in DISORDER else "Strategic developments")
    out["event_type"], out["sub_event_type"] = text_of(event), text_of(sub_event)
    for ours, theirs in (("side_a", "actor1"), ("side_b", "actor2"), ("country", "country"), ("admin1", "admin1")):
        out[theirs] = text_of(frame[ours])
    for ours, theirs in (("admin2", "admin2"), ("latitude", "latitude"), ("longitude", "longitude"), ("text", "notes")):
        out[theirs] = text_of(frame[ours])
    out["location"] = text_of(frame["place_name"].fillna(frame["place_names"]))
    out["geo_precision"] = text_of(frame["where_prec"].map(WHERE_OUT))
    out["source"] = text_of(frame["sources"])
    out["fatalities"] = text_of(frame["deaths_best"].fillna(frame["deaths_low"]))
    out["tags"] = _with_own_tags(frame)
    seconds = frame["revised_at"].fillna(frame["recorded_at"]).astype("datetime64[s, UTC]").astype("int64")
    known = frame["revised_at"].notna() | frame["recorded_at"].notna()
    out["timestamp"] = text_of(seconds.where(known).astype("Int64"))
    return out


def _own_tags(tags: pd.Series[str]) -> dict[str, pd.Series[str]]:
    found = {name: tags.str.extract(rf"(?:^|; )contactline:{name}=((?:[^;\\]|\\.)*)")[0] for name in OWN_TAGS}
    return {name: values.str.replace(r"\\(.)", r"\1", regex=True) for name, values in found.items()}


def _with_own_tags(frame: gpd.GeoDataFrame) -> pd.Series[str]:
    theirs = frame["acled_tags"] if "acled_tags" in frame else pd.Series("", index=frame.index, dtype="string")
    written = theirs.fillna("").str.replace(HASH_TAG.pattern, "", regex=True).str.removeprefix("; ")
    for name in OWN_TAGS:
        value = frame[name].str.replace(r"([;\\])", r"\\\1", regex=True)
        tag = ("; contactline:" + name + "=" + value).fillna("")
        written = written + tag
    return written.str.removeprefix("; ").astype("string")
