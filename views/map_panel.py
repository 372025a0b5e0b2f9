"""The map itself, as a page shows it."""

from __future__ import annotations

import folium
import geopandas as gpd
import streamlit as st

from geo.event_types import event_labels
from geo.theatre import Theatre
from layers.export import to_html
from layers.maps import incident_map

__all__ = ["folium_map", "map_panel"]


def folium_map(
    theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None, *, fragment: bool = True
) -> folium.Map:
    """The theatre's map with incidents and, where there are any, the fronts of all days."""
    basemap = theatre.folder / "basemap"
    return incident_map(
        incidents,
        fronts,
        bbox=theatre.bbox,
        title=theatre.name,
        sides={side.id: side.name for side in theatre.sides},
        labels={"event_type": event_labels()},
        basemap=basemap if basemap.is_dir() else None,
        fragment=fragment,
    )


def map_panel(
    theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None, *, key: str, height_px: int
) -> str | None:
    """Show the map and return the id of the incident that was picked on it, or None."""
    st.iframe(to_html(folium_map(theatre, incidents, fronts, fragment=False)), height=height_px)
    return None
