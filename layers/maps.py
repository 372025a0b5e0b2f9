"""Incidents and fronts to one Folium map."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import folium
import geopandas as gpd
from branca.element import Figure

from .basemap import OfflineBase, online_tiles
from .basemap_clip import BaseClip
from .errors import LayerError
from .front import Fronts, FrontsPack
from .legend import Legend, Listing
from .points import Points, PointsPack
from .publish import published, published_fronts
from .styles import Styles, load_styles
from .timeline import Timeline
from .view import View

__all__ = ["IncidentMap", "incident_map"]

Box = tuple[float, float, float, float]


class IncidentMap(folium.Map):
    """A folium.Map that asks for Leaflet and nothing else, so that a page of ours carries nothing else.

    Elements of folium that need more (`folium.Popup`, plugins) still bring their own scripts; `to_html` inlines those
    that an installed package carries.
    """

    title: str = ""

    default_js: ClassVar = [("leaflet", "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js")]  # type: ignore[misc]
    default_css: ClassVar = [("leaflet_css", "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css")]  # type: ignore[misc]

    def __init__(self, location: Sequence[float] | None = None, *, max_zoom: int = 18, **options: Any) -> None:
        super().__init__(location, max_zoom=max_zoom, **options)
        self.options |= {"min_zoom": 2, "max_zoom": max_zoom}  # folium tells only its tiles, and there may be none


def incident_map(
    incidents: gpd.GeoDataFrame | PointsPack,
    fronts: gpd.GeoDataFrame | FrontsPack | None = None,
    *,
    bbox: Box | None = None,
    title: str = "Incidents",
    sides: Mapping[str, str] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    color_by: str = "event_type",
    day: dt.date | None = None,
    window_days: int = 0,
    basemap: BaseClip | Path | None = None,
    online: Sequence[str] = (),
    note: str = "",
    credit: str = "",
    fragment: bool = True,
    styles: Styles | None = None,
    blur_km: float | None = None,
    delay: int | dt.timedelta | None = None,
    drop: Collection[str] = (),
) -> folium.Map:
    """Make the map: base, fronts, incidents, one time control, a legend that filters, and a list.

    Args:
        incidents: the incidents table (EPSG:4326), or the same packed by `pack_incidents`.
        fronts: dated fronts (EPSG:4326), or the same packed by `pack_fronts`.
        bbox: west, south, east, north of the view; None takes what the tables cover.
        title: of the page and the legend.
        sides: id and name of each side, in the order in which they get their colours.
        labels: other words for the values of a column, such as `{"event_type": {"shelling": "Обстрел"}}`.
        color_by: the column that colours the points at first.
        day, window_days: what the time control opens on; None is the last day, 0 is all so far.
        basemap: an offline base map, or the folder of one.
        online: names of tile providers that the reader may switch to; nothing is asked of them before that.
        note: shown below the legend.
        credit: whom the points come from, such as a gazetteer with its licence.
        fragment: keep the state in the address of the page.
        blur_km, delay, drop: make it safe to publish before anything is packed; see `published`.

    Raises:
        LayerError: a table lacks a column that is needed, or is not in EPSG:4326.
    """
    incidents, fronts = _public(incidents, fronts, blur_km=blur_km, delay=delay, drop=drop)
    front = Fronts(fronts, styles=_styled(styles, sides, labels)) if fronts is not None else None
    held_by = {side: side for side in front.pack.sides} if front else {}
    styles = _styled(styles, sides, labels).with_sides(held_by)
    points = Points(incidents, color_by=color_by, styles=styles, credit=credit)
    map_ = _empty_map(title, basemap, online)
    for layer in filter(None, (front, points)):
        layer.add_to(map_)
    Timeline(day=day, window_days=window_days, fragment=fragment).add_to(map_)
    Legend(title=title, note=note, styles=styles).add_to(map_)
    Listing(styles=styles).add_to(map_)
    if online:
        folium.LayerControl(position="topleft").add_to(map_)
    View(bbox or _box(points.pack.bounds, front.pack.bounds if front else None)).add_to(map_)
    return map_


def _styled(
    styles: Styles | None, sides: Mapping[str, str] | None, labels: Mapping[str, Mapping[str, str]] | None
) -> Styles:
    styles = (styles or load_styles()).with_sides(sides or {})
    for field, words in (labels or {}).items():
        styles = styles.with_labels(field, words)
    return styles


def _empty_map(title: str, basemap: BaseClip | Path | None, online: Sequence[str]) -> IncidentMap:
    """A page with a title and what lies below incidents and fronts."""
    map_ = IncidentMap(tiles=None, zoom_snap=0.5, world_copy_jump=True, zoom_control=True)
    page = map_.get_root()
    assert isinstance(page, Figure)  # folium.Map always makes one
    page.title = html.escape(title)  # folium writes it as it is
    map_.title = title
    if basemap is not None:
        OfflineBase(basemap).add_to(map_)
    for provider in online:
        online_tiles(provider).add_to(map_)
    return map_


def _public(
    incidents: gpd.GeoDataFrame | PointsPack,
    fronts: gpd.GeoDataFrame | FrontsPack | None,
    *,
    blur_km: float | None,
    delay: int | dt.timedelta | None,
    drop: Collection[str],
) -> tuple[gpd.GeoDataFrame | PointsPack, gpd.GeoDataFrame | FrontsPack | None]:
    """The tables as they may be shown to everyone, if that was asked for."""
    if blur_km is None and delay is None and not drop:
        return incidents, fronts
    if isinstance(incidents, PointsPack) or isinstance(fronts, FrontsPack):
        raise LayerError(
            "blur_km, delay and drop work on tables; give the GeoDataFrames, not what was packed from them"
        )
    coarse = published(incidents, blur_km=blur_km, delay=delay, drop=drop)
    return coarse, None if fronts is None else published_fronts(fronts, blur_km=blur_km, delay=delay)


def _box(*boxes: Box | None) -> Box:
    known = [box for box in boxes if box is not None]
    if not known:
        return (-180.0, -60.0, 180.0, 75.0)
    west, south, east, north = (f(b[k] for b in known) for k, f in enumerate((min, min, max, max)))
    return (west - 0.1, south - 0.1, east + 0.1, north + 0.1)
