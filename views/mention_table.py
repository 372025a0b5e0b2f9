"""The names of a report as a table that the map can draw, coloured by their part in the report."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo.incidents import CodedReport

__all__ = ["mention_table"]


def mention_table(coded: Sequence[CodedReport]) -> gpd.GeoDataFrame:
    """Placed mentions of the reports (EPSG:4326): place_name as written, role, radius_km, confidence, text = why."""
    rows = [
        {
            "incident_id": f"{one.report.id}:{m.start}",
            "date_start": one.report.published,
            "role": m.role,
            "place_name": m.text,
            "place_names": m.name,
            "radius_km": m.radius_km,
            "confidence": m.confidence,
            "text": "; ".join(m.reasons),
            "longitude": m.longitude,
            "latitude": m.latitude,
        }
        for one in coded
        for m in one.mentions
        if m.latitude is not None
    ]
    names = ["incident_id", "date_start", "role", "place_name", "place_names", "radius_km", "confidence", "text"]
    table = pd.DataFrame(rows, columns=[*names, "longitude", "latitude"])
    table["date_start"] = pd.to_datetime(table["date_start"])
    points = gpd.points_from_xy(table.pop("longitude"), table.pop("latitude"), crs=4326)
    return gpd.GeoDataFrame(table, geometry=points)
