"""UCDP GED: events of version 23.1 and later in, GED-shaped rows out (codebook: ucdp.uu.se)."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from .columns import DateOrder, days, incidents_of, numbers, text_of, texts, whole

__all__ = ["COLUMNS_OUT", "FEEDS", "is_ucdp", "ucdp_incidents", "ucdp_rows"]

COLUMNS_OUT = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "iso3", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
# GED column → our column, where one is the other.
SAME: Mapping[str, str] = {
    "relid": "relid",
    "side_a": "side_a",
    "side_b": "side_b",
    "number_of_sources": "number_of_sources",
    "source_headline": "text",
    "source_original": "claimant",
    "where_prec": "where_prec",
    "where_coordinates": "place_name",
    "adm_1": "admin1",
    "adm_2": "admin2",
    "latitude": "latitude",
    "longitude": "longitude",
    "country": "country",
    "date_prec": "date_prec",
    "date_start": "date_start",
    "date_end": "date_end",
    "deaths_a": "deaths_a",
    "deaths_b": "deaths_b",
    "deaths_civilians": "deaths_civilians",
    "best": "deaths_best",
    "high": "deaths_high",
    "low": "deaths_low",
}
FEEDS: Mapping[str, tuple[str, ...]] = {
    **{theirs: (ours,) for theirs, ours in SAME.items()},
    "id": ("incident_id",),
    "year": ("date_start",),
    "type_of_violence": ("event_type",),
    "source_office": ("sources",),
    "geom_wkt": ("latitude", "longitude"),
    "priogrid_gid": ("latitude", "longitude"),
    "event_clarity": ("event_clarity", "scope"),
    "deaths_unknown": ("deaths_best", "deaths_a", "deaths_b", "deaths_civilians"),
}
KIND_OF_VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}


def is_ucdp(columns: set[str]) -> bool:
    """Whether a header (lower case) is UCDP GED's."""
    return {"type_of_violence", "where_prec", "date_start", "best"} <= columns


def ucdp_incidents(
    raw: pd.DataFrame, *, types: Mapping[str, str], date_order: DateOrder | None = None
) -> gpd.GeoDataFrame:
    """Incidents from GED rows (text columns, lower-case names); every GED column is kept as `ucdp_…`.

    GED does not say by what means people died, so a state-based or non-state event is of type `casualties`.
    """
    violence = texts(raw, "type_of_violence")
    counted = ("deaths_a", "deaths_b", "deaths_civilians", "best", "high", "low", "number_of_sources")
    columns = {ours: texts(raw, theirs) for theirs, ours in SAME.items()}
    columns |= {SAME[name]: whole(texts(raw, name)) for name in (*counted, "where_prec", "date_prec")}
    columns |= {name: numbers(texts(raw, name)) for name in ("latitude", "longitude")}
    columns |= {name: days(texts(raw, name), order=date_order) for name in ("date_start", "date_end")}
    columns |= {
        "incident_id": "ucdp:" + texts(raw, "id"),
        "date_end": columns["date_end"].fillna(columns["date_start"]),
        "event_type": violence.map(types).fillna("other"),
        "sub_event_type": violence.map(KIND_OF_VIOLENCE),
        "sources": texts(raw, "source_office").str.replace(r"\s*;\s*", "; ", regex=True),
        "event_clarity": whole(texts(raw, "event_clarity")),
        "scope": texts(raw, "event_clarity").map({"1": "incident", "2": "increment"}),
        "lang": pd.Series("en", index=raw.index, dtype="string"),
        "deleted": pd.Series(False, index=raw.index),
    }
    return incidents_of(columns, raw.add_prefix("ucdp_"))


def ucdp_rows(frame: gpd.GeoDataFrame, *, codes: pd.DataFrame) -> pd.DataFrame:
    """GED-shaped text rows of any incidents; `codes` is data/event_types.csv by event type.

    UCDP's own identifiers (conflict, dyad, side, country codes) stay empty where we do not know them.
    """
    out = pd.DataFrame("", index=frame.index, columns=list(COLUMNS_OUT), dtype="string")
    for theirs, ours in SAME.items():
        out[theirs] = text_of(frame[ours])
    for name in ("date_start", "date_end"):
        out[name] = out[name].where(out[name] == "", out[name] + " 00:00:00.000")
    known = frame["latitude"].notna() & frame["longitude"].notna()
    cell = np.floor((frame["latitude"] + 90) * 2) * 720 + np.floor((frame["longitude"] + 180) * 2) + 1
    counted = frame[["deaths_a", "deaths_b", "deaths_civilians"]].sum(axis=1)
    violence = frame["sub_event_type"].map({kind: code for code, kind in KIND_OF_VIOLENCE.items()})
    out["id"] = text_of(frame["incident_id"].str.removeprefix("ucdp:"))
    out["year"] = text_of(frame["date_start"].dt.year.astype("Int64"))
    out["type_of_violence"] = text_of(violence.fillna(frame["event_type"].map(codes["type_of_violence"])))
    out["source_office"] = text_of(frame["sources"].str.replace("; ", ";"))
    out["geom_wkt"] = ("POINT (" + out["longitude"] + " " + out["latitude"] + ")").where(known, "")
    out["priogrid_gid"] = text_of(cell.where(known).astype("Int64"))  # cells of half a degree, from the south-west
    clarity = text_of(frame["event_clarity"])
    told = text_of(frame["scope"].map({"incident": "1", "increment": "2", "cumulative_total": "2"}))
    out["event_clarity"] = clarity.where(clarity != "", told)
    out["deaths_unknown"] = text_of((frame["deaths_best"] - counted).clip(lower=0))
    return out
