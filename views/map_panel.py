"""The map itself: as a panel of a page that outlives reruns, and as one HTML page to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import streamlit as st

from geo.event_types import event_labels
from geo.theatre import Theatre
from layers.basemap import OfflineBase
from layers.component import MAP_JS, PanelData, panel_data, panel_view, store_css, store_js
from layers.export import to_html
from layers.front import pack_fronts
from layers.maps import incident_map
from layers.points import pack_incidents
from layers.styles import Styles, load_styles

__all__ = ["PLACES_FROM", "PanelEvents", "map_html", "map_panel"]

PLACES_FROM = "Places: GeoNames, CC BY 4.0"


MOST = 0.05  # this share on each edge may lie outside of the first view
MARGIN = 0.25  # degrees


@dataclass(frozen=True, slots=True)
class PanelEvents:
    """What the reader did on the map: the incident just clicked, and the days of its window when last let go."""

    picked: str | None = None
    since: dt.date | None = None
    day: dt.date | None = None


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
        labels=_labels(theatre),
        credit=PLACES_FROM,
        basemap=basemap if basemap.is_dir() else None,
        fragment=fragment,
    )
    return to_html(map_)


def map_panel(
    theatre: Theatre,
    incidents: gpd.GeoDataFrame,
    fronts: gpd.GeoDataFrame | None,
    *,
    key: str,
    height_px: int,
    first: dt.date | None = None,
    last: dt.date | None = None,
    only: Mapping[str, Sequence[str]] | None = None,
    chosen: str | None = None,
    version: str | None = None,
    color_by: str = "event_type",
    timeline: bool = True,
) -> PanelEvents:
    """Show the map; the tables go to the browser once, later reruns send what the page wants and no more.

    Args:
        first, last: the days wanted, both included; they move the map's own slider only when they change.
        only: for a column of the table, the values wanted.
        chosen: id of the incident to mark, such as one picked in a list.
        version: names the state of the tables; with it they are packed once for all sessions.
    """
    data = _shared(theatre.id, version, theatre, incidents, fronts) if version else _parts(theatre, incidents, fronts)
    store, panel = _components()
    view = panel_view(
        data,
        bounds=_bounds(theatre, incidents),
        height_px=height_px,
        first=first,
        last=last,
        only=only,
        chosen=chosen,
        color_by=color_by,
        credit=PLACES_FROM,
    )
    view["timeline"] = timeline
    with st.container(gap=None):
        store(key=f"{key}-store", data=data.message, height=1)
        result = panel(key=key, data=view, height="content", on_pick_change=_heard, on_window_change=_heard)
    window = result.get("window")
    return PanelEvents(result.get("pick"), _day(window, "from"), _day(window, "time"))


def _bounds(theatre: Theatre, incidents: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Where most of it happened: a strike far behind the front must not make all else small."""
    west, south, east, north = theatre.bbox
    points = shapely.get_coordinates(incidents.geometry.dropna())
    inside = points[((points >= (west, south)) & (points <= (east, north))).all(axis=1)]
    if not len(inside):
        return theatre.bbox
    (west, south), (east, north) = np.quantile(inside, [MOST, 1 - MOST], axis=0)
    return (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)


def _heard() -> None:
    """The rerun itself is the answer; Streamlit wants a callback to know that the event exists."""


def _day(window: Mapping[str, Any] | None, edge: str) -> dt.date | None:
    moment = window.get(edge) if window else None
    return None if moment is None else dt.datetime.fromtimestamp(float(moment), dt.UTC).date()


def _components() -> tuple[Any, Any]:
    store = st.components.v2.component("contactline_store", js=_library(), css=store_css(), isolate_styles=False)
    panel = st.components.v2.component("contactline_map", html="<span></span>", js=MAP_JS, isolate_styles=False)
    return store, panel


@st.cache_data(show_spinner=False)
def _library() -> str:
    return store_js()


# The tables are named by their version: comparing a million rows on every rerun would cost more than drawing them.
@st.cache_resource(show_spinner=False, max_entries=4)
def _shared(
    theatre_id: str, version: str, _theatre: Theatre, _incidents: gpd.GeoDataFrame, _fronts: gpd.GeoDataFrame | None
) -> PanelData:
    return _parts(_theatre, _incidents, _fronts)


def _parts(theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None) -> PanelData:
    basemap = theatre.folder / "basemap"
    return panel_data(
        pack_incidents(incidents),
        pack_fronts(fronts) if fronts is not None else None,
        base=OfflineBase(basemap) if basemap.is_dir() else None,
        styles=_styles(theatre),
    )


def _styles(theatre: Theatre) -> Styles:
    names = {side.id: side.name for side in theatre.sides}
    styles = load_styles().with_sides(names)
    for field, labels in _labels(theatre).items():
        styles = styles.with_labels(field, labels)
    return styles


def _labels(theatre: Theatre) -> dict[str, dict[str, str]]:
    """Words for the codes of the table: what happened, and who says so."""
    actors = {actor.actor_id: actor.name for actor in theatre.actors}
    return {"event_type": event_labels(), "claimant": actors}
