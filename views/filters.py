"""Filters: which incidents are wanted. Each lives in the address of the page, so that a link shows the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.theatre import Theatre

__all__ = ["Filters", "apply_filters", "filter_panel"]

# Column of the incidents table, its label; the key is also the name in the address.
CHOICES = {
    "type": ("event_type", "Event"),
    "side": ("claimant_side", "Claimed by"),
    "status": ("claim_status", "Status"),
    "lang": ("lang", "Language"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """The wanted days, both included, and for each column the wanted values; no value given means all."""

    first: dt.date
    last: dt.date
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()


def filter_panel(theatre: Theatre, incidents: gpd.GeoDataFrame, labels: dict[str, str]) -> Filters:
    """Show the filters in the sidebar and return what they say; `labels` names values for people."""
    first, last = _days(theatre, incidents)
    wanted = []
    for key, (column, label) in CHOICES.items():
        options = sorted(incidents[column].dropna().unique(), key=lambda value: labels.get(value, value))
        chosen = st.multiselect(
            label,
            options,
            key=key,
            bind="query-params",
            persist_state="session",
            format_func=lambda value: labels.get(value, value),
            placeholder="all",
        )
        if chosen:
            wanted.append((column, tuple(chosen)))
    return Filters(first, last, tuple(wanted))


def apply_filters(incidents: gpd.GeoDataFrame, filters: Filters) -> gpd.GeoDataFrame:
    """The rows that meet all filters. An incident that spans several days counts on each of them."""
    first, last = pd.Timestamp(filters.first), pd.Timestamp(filters.last)
    ends = incidents["date_end"].fillna(incidents["date_start"])
    keep = ~(incidents["date_start"] > last) & ~(ends < first)  # an unknown day excludes nothing
    for column, values in filters.wanted:
        keep &= incidents[column].isin(values)
    return incidents[keep]


def _days(theatre: Theatre, incidents: gpd.GeoDataFrame) -> tuple[dt.date, dt.date]:
    """The wanted days; the theatre's own are the widest choice unless an incident lies outside of them."""
    starts, ends = incidents["date_start"].dropna(), incidents["date_end"].dropna()
    low = min([theatre.date_from, *([starts.min().date()] if len(starts) else [])])
    high = max([theatre.date_to, *([ends.max().date()] if len(ends) else [])])
    wanted = (theatre.date_from, theatre.date_to)
    first, last = st.slider(
        "Days", low, high, wanted, format="D MMM", key="days", bind="query-params", persist_state="session"
    )
    return first, last
