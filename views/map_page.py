"""The map: incidents and the front of a day, the list beside it, and the incident that was picked.

What is chosen lives in the address: the filters by their widgets, `on` the day of the map, `incident` the one picked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.reports import Report
from geo.theatre import Theatre

from .correction_panel import correction_panel
from .downloads import downloads
from .filters import Filters, apply_filters, filter_panel
from .holdings import fronts_of, incidents_of, land_of, state_of, store
from .incident_detail import incident_detail
from .incident_list import incident_list
from .labels import labels_of
from .literal import literal
from .map_panel import PanelEvents, map_panel
from .wording import known

__all__ = ["map_page", "report_of"]

MAP_HEIGHT_PX = 660
INVENTED = " · the sample reports are invented for demonstration"


def map_page(theatre: Theatre) -> None:
    """Compose the page; what is picked on the map or in the list opens below the list, and lives in the address."""
    labels = labels_of(theatre)
    incidents = incidents_of(theatre.id)
    with st.sidebar:
        filters = filter_panel(theatre, incidents, labels)
    shown = apply_filters(incidents, filters)
    fronts = fronts_of(theatre.id)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        words = _summary(shown, incidents) + (INVENTED if (theatre.folder / "reports.jsonl").exists() else "")
        st.markdown(f"**{literal(theatre.name)}**  \n:gray[{words}]", width="content")
        downloads(theatre, shown, fronts)
    left, right = st.columns([8, 5], gap="medium")
    with left, st.container(key="map-panel"):
        listed = _map(theatre, incidents, fronts, filters)
        _land(theatre)
    with right:
        picked = incidents[incidents["incident_id"] == st.query_params.get("incident")]
        incident_list(apply_filters(incidents, listed), labels, tall=picked.empty)
        if not picked.empty:
            _detail(theatre.id, picked.iloc[0], labels)


def _map(theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None, filters: Filters) -> Filters:
    """Show the map and return the filters narrowed to the days that it shows."""
    whole = (filters.first, filters.last) == (theatre.date_from, theatre.date_to)
    last = _opening_day(filters) if whole else filters.last
    events = map_panel(
        theatre,
        incidents,
        fronts,
        key=f"map-{theatre.id}",
        height_px=MAP_HEIGHT_PX,
        first=None if whole else filters.first,
        last=last,
        only=dict(filters.wanted),
        chosen=st.query_params.get("incident"),
        version=state_of(theatre.id),
    )
    if events.picked:
        st.query_params["incident"] = events.picked
    if events.day is None or events.since is None or not _is_news(events, filters):
        return replace(filters, last=last)
    st.query_params["on"] = events.day.isoformat()
    return replace(filters, first=max(filters.first, events.since), last=min(filters.last, events.day))


def _opening_day(filters: Filters) -> dt.date:
    """The day that a shared link asks for; later the map keeps its own."""
    asked = st.session_state.setdefault("opening_day", st.query_params.get("on"))
    try:
        day = dt.date.fromisoformat(asked or "")
    except ValueError:
        return filters.last
    return day if filters.first <= day <= filters.last else filters.last


def _is_news(events: PanelEvents, filters: Filters) -> bool:
    """Whether the map's window was set after the days of the filters: those move the map without a word from it."""
    window, days = (events.since, events.day), (filters.first, filters.last)
    heard, asked = st.session_state.get("window_heard", (None, None))
    if heard != window:
        asked = days
    elif asked != days:
        asked = None
    st.session_state["window_heard"] = (window, asked)
    return bool(asked == days)


def _land(theatre: Theatre) -> None:
    """How much land each side holds, day by day, as the front has it."""
    land = land_of(theatre.id)
    if land.empty:
        return
    box = st.expander("Land by side", key="land", on_change="rerun")
    if box.open:  # a chart that is drawn out of sight has no size
        names = {side.id: side.name for side in theatre.sides}
        table = land.pivot(index="as_of", columns="side", values="held").rename(columns=names)
        box.line_chart(table, x_label="", y_label="km²", height=240)
        box.caption("Assessed, claimed and contested land together, within the land that is fought over.")


def _summary(shown: gpd.GeoDataFrame, incidents: gpd.GeoDataFrame) -> str:
    placed = int(shown["latitude"].notna().sum())
    of_all = "" if len(shown) == len(incidents) else f" of {len(incidents)}"
    return f"{len(shown)}{of_all} incidents · {placed} on the map · {len(shown) - placed} without a point"


def _detail(theatre_id: str, incident: pd.Series[Any], labels: Mapping[str, str]) -> None:
    with st.container(border=True):
        incident_detail(incident, report_of(incident), labels)
    correction_panel(incident, theatre_id=theatre_id, labels=labels)


def report_of(incident: pd.Series[Any]) -> Report | None:
    """The report that the incident's sentence stands in: one of several that tell of the event."""
    ids = (known(incident["report_ids"]) or "").split("; ")
    kept = (store().report(report_id) for report_id in ids)
    span = slice(*(None if pd.isna(incident[edge]) else int(incident[edge]) for edge in ("span_start", "span_end")))
    return next((report for report in kept if report and report.text[span] == incident["text"]), None)
