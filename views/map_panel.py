"""The map itself, as a page shows it."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geo.event_types import event_labels
from geo.theatre import Theatre
from layers.export import to_html
from layers.maps import incident_map

__all__ = ["map_html", "map_panel"]


def map_html(
    theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None, *, fragment: bool = True
) -> str:
    """The theatre's map as one HTML page, with incidents and, where there are any, the fronts of all days."""
    basemap = theatre.folder / "basemap"
    map_ = incident_map(
        incidents,
        fronts,
        bbox=theatre.bbox,
        title=theatre.name,
        sides={side.id: side.name for side in theatre.sides},
        labels={"event_type": event_labels()},
        basemap=basemap if basemap.is_dir() else None,
        fragment=fragment,
    )
    return to_html(map_)


def map_panel(
    theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None, *, key: str, height_px: int
) -> str | None:
    """Show the map and return the id of the incident that was picked on it, or None."""
    st.iframe(map_html(theatre, incidents, fronts, fragment=False), height=height_px)
    return None
