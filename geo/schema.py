"""The incidents table: the contract between `geo`, `layers` and everyone else's tools.

Field names follow UCDP GED and convert to ACLED. The table is a GeoDataFrame in EPSG:4326; an incident without a
place has an empty geometry (None) and null latitude and longitude.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from .errors import GeoError

__all__ = ["COLUMNS", "empty_incidents", "incidents_frame", "validate_incidents"]

DAY = "datetime64[ns]"  # a civil day, midnight without zone
MOMENT = "datetime64[ns, UTC]"

COLUMNS: Mapping[str, str] = {
    "incident_id": "string",
    "relid": "string",
    "date_start": DAY,
    "date_end": DAY,
    "date_prec": "Int64",  # UCDP 1 exact day … 5 year
    "event_type": "string",
    "sub_event_type": "string",
    "side_a": "string",
    "side_b": "string",
    "perpetrator": "string",
    "target": "string",
    "claimant": "string",
    "claimant_side": "string",
    "claim_status": "string",  # claimed · denied · confirmed · corrected
    "denied_by": "string",
    "denial_text": "string",
    "place_id": "string",
    "place_name": "string",  # as written
    "place_names": "string",  # both sides' forms, " / " between
    "latitude": "float64",
    "longitude": "float64",
    "where_prec": "Int64",  # UCDP 1 exact … 5 linear or fuzzy, 6 country, 7 international
    "radius_km": "float64",
    "admin1": "string",
    "admin2": "string",
    "country": "string",
    "deaths_low": "Int64",
    "deaths_best": "Int64",
    "deaths_high": "Int64",
    "deaths_a": "Int64",
    "deaths_b": "Int64",
    "deaths_civilians": "Int64",
    "injured_low": "Int64",
    "injured_high": "Int64",
    "scope": "string",  # incident · increment · cumulative_total · enemy_loss_claim
    "sources": "string",  # "; " between
    "number_of_sources": "Int64",
    "event_clarity": "Int64",  # UCDP 1 an event of its own, 2 told of several or of a longer time together
    "lang": "string",
    "text": "string",  # the sentence that it came from
    "span_start": "Int64",
    "span_end": "Int64",
    "confidence": "float64",
    "versions": "string",  # JSON list, one object a claim: claimant, claim_status, text, source, reported_at, figures
    "report_ids": "string",  # "; " between
    "reported_at": MOMENT,
    "recorded_at": MOMENT,
    "revised_at": MOMENT,
    "deleted": "boolean",
}


def empty_incidents() -> gpd.GeoDataFrame:
    """An incidents table with all columns and no row (EPSG:4326)."""
    return incidents_frame([])


def incidents_frame(rows: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Build the incidents table from rows; missing columns become null, points come from longitude and latitude."""
    rows = list(rows)
    data = {name: _column([row.get(name) for row in rows], kind) for name, kind in COLUMNS.items()}
    frame = pd.DataFrame(data)
    known = frame["longitude"].notna() & frame["latitude"].notna()
    points: pd.Series[Any] = pd.Series([None] * len(frame), dtype=object)
    points[known] = shapely.points(frame.loc[known, "longitude"], frame.loc[known, "latitude"])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points.to_numpy(), crs=4326))


def validate_incidents(frame: gpd.GeoDataFrame) -> None:
    """Check a table that came from outside.

    Raises:
        GeoError: all faults at once (missing columns, wrong CRS, points that disagree with latitude and longitude).
    """
    faults = [f"incidents: column '{name}' is missing" for name in COLUMNS if name not in frame.columns]
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        faults.append(f"incidents: the CRS must be EPSG:4326, got {frame.crs}")
    if not faults:
        zero = (frame["latitude"] == 0) & (frame["longitude"] == 0)
        faults += [f"incidents: row {i}: 0, 0 is no place; leave unknown points null" for i in frame.index[zero]]
    if faults:
        raise GeoError.of(faults)


def _column(values: list[Any], kind: str) -> pd.Series[Any]:
    column: pd.Series[Any] = pd.Series(values, dtype=object)
    if kind in (DAY, MOMENT):
        column = pd.to_datetime(column, utc=kind == MOMENT, format="ISO8601", errors="raise")
    return column.astype(pd.api.types.pandas_dtype(kind))
