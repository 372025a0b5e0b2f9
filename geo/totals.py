"""Totals: statements of losses since a date. They belong to no day and no place, and must not count as events."""

from __future__ import annotations

import geopandas as gpd

__all__ = ["events_of", "totals_of"]

TOTAL = "cumulative_total"


def events_of(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows of an incidents table that are events; a row without scope is one."""
    return incidents[incidents["scope"].ne(TOTAL).fillna(True)]


def totals_of(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows that are running totals."""
    return incidents[incidents["scope"].eq(TOTAL).fillna(False)]
