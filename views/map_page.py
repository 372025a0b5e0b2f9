"""The map: incidents and the front of a day, the list beside it, and the incident that was picked."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geo.theatre import Theatre

from .downloads import downloads
from .filters import apply_filters, filter_panel
from .holdings import fronts_of, incidents_of, store
from .incident_detail import incident_detail
from .incident_list import incident_list
from .labels import labels_of
from .map_panel import map_panel
from .wording import known

__all__ = ["map_page"]

MAP_HEIGHT_PX = 640


def map_page(theatre: Theatre) -> None:
    """Compose the page; what is picked on the map or in the list opens below the list."""
    labels = labels_of(theatre)
    incidents = incidents_of(theatre.id)
    with st.sidebar:
        filters = filter_panel(theatre, incidents, labels)
    shown = apply_filters(incidents, filters)
    fronts = fronts_of(theatre.id)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{theatre.name}**  \n:gray[{_summary(shown, incidents)}]", width="content")
        downloads(theatre, shown, fronts)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        on_map = map_panel(theatre, shown, fronts, key="map", height_px=MAP_HEIGHT_PX)
    with right:
        picked = incident_list(shown, labels) or on_map.picked
        _detail(shown, picked, labels)


def _summary(shown: gpd.GeoDataFrame, incidents: gpd.GeoDataFrame) -> str:
    placed = int(shown["latitude"].notna().sum())
    of_all = "" if len(shown) == len(incidents) else f" of {len(incidents)}"
    return f"{len(shown)}{of_all} incidents · {placed} on the map · {len(shown) - placed} without a point"


def _detail(shown: gpd.GeoDataFrame, picked: str | None, labels: dict[str, str]) -> None:
    rows = shown[shown["incident_id"] == picked]
    if rows.empty:
        st.caption("Pick an incident on the map or in the list to see who claims it, who denies it, and its sentence.")
        return
    incident = rows.iloc[0]
    first_report = (known(incident["report_ids"]) or "").split("; ")[0]
    with st.container(border=True):
        incident_detail(incident, store().report(first_report), labels)
