"""The same incidents as a page, by our layer and by what else there is; each builder writes one HTML file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from folium.plugins import FastMarkerCluster
from folium.utilities import JsCode

from layers.export import to_html
from layers.maps import IncidentMap, incident_map

__all__ = ["BOX", "VARIANTS", "Variant", "made_up"]

BOX = (44.5, 38.3, 49.0, 41.5)
TYPES = ("shelling", "ground_clash", "drone_strike", "capture", "ceasefire_violation", "casualties")
COLORS = ("#d55e00", "#222222", "#6a3d9a", "#0072b2", "#d99a00", "#6b6b6b")
DAYS = 2800


@dataclass(frozen=True, slots=True)
class Variant:
    """How a page is made, and the script that shows a third of the days in it, a later third with each `step`.

    `symbols`: the same with a symbol for every incident, where `third` may show their density instead.
    """

    build: Callable[[gpd.GeoDataFrame, Path], None]
    third: str | None
    symbols: str | None = None
    webgl: bool = False


def made_up(count: int, seed: int = 20) -> gpd.GeoDataFrame:
    """Incidents that nobody reported: two thirds along a line, the rest anywhere; five fields beside the point."""
    random = np.random.default_rng(seed)
    along = count * 2 // 3
    place = random.random(along)
    lon = np.interp(place, [0, 0.3, 0.6, 1], [45.9, 46.7, 47.1, 46.8]) + random.normal(0, 0.12, along)
    lat = np.interp(place, [0, 0.3, 0.6, 1], [40.3, 40.2, 39.7, 39.0]) + random.normal(0, 0.1, along)
    lon = np.concatenate([lon, random.uniform(BOX[0], BOX[2], count - along)]).clip(BOX[0], BOX[2])
    lat = np.concatenate([lat, random.uniform(BOX[1], BOX[3], count - along)]).clip(BOX[1], BOX[3])
    kind = random.integers(0, len(TYPES), count)
    village = random.integers(1, 900, count)
    words = [f"{TYPES[t]} near village {v}, report {k:07d}" for k, (t, v) in enumerate(zip(kind, village, strict=True))]
    start = np.datetime64("2016-01-01") + random.integers(0, DAYS, count).astype("timedelta64[D]")
    return gpd.GeoDataFrame(
        {
            "date_start": pd.Series(start.astype("datetime64[ns]")),
            "event_type": pd.Series(np.array(TYPES, dtype=object)[kind], dtype="string"),
            "sources": pd.Series(np.array([f"source {k}" for k in range(40)], dtype=object), dtype="string")
            .iloc[random.integers(0, 40, count)]
            .reset_index(drop=True),
            "radius_km": random.choice([0.1, 0.5, 1.0, 2.5, 5.0, 10.0], count),
            "text": pd.Series(words, dtype="string"),
        },
        geometry=shapely.points(lon, lat),
        crs=4326,
    )


def ours(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """Our layer with its timeline, legend and list."""
    to_html(incident_map(incidents, bbox=BOX), path)


def _rows(incidents: gpd.GeoDataFrame) -> list[list[object]]:
    days = ((incidents["date_start"] - pd.Timestamp("2016-01-01")) // pd.Timedelta(days=1)).astype(int)
    kinds = incidents["event_type"].map({t: k for k, t in enumerate(TYPES)}).astype(int)
    columns = (
        incidents.geometry.y, incidents.geometry.x, days, kinds, incidents["sources"], incidents["radius_km"],
        incidents["text"],
    )  # fmt: skip
    return [list(row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def geojson(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """The best of folium's own ways that keeps the fields: one GeoJson layer of circle markers on a canvas."""
    names = ("day", "type", "source", "radius", "text")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row[1], row[0]]},
            "properties": dict(zip(names, row[2:], strict=True)),
        }
        for row in _rows(incidents)
    ]
    map_ = IncidentMap([39.9, 46.75], zoom_start=8, tiles=None, max_zoom=18, prefer_canvas=True)
    colors = json.dumps(COLORS)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        point_to_layer=JsCode(
            f"(f, at) => L.circleMarker(at, {{radius: 4, weight: 1, color: {colors}[f.properties.type]}})"
        ),
        tooltip=folium.GeoJsonTooltip(list(names)),
    ).add_to(map_)
    to_html(map_, path)


def cluster(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """folium's FastMarkerCluster: fast because it shows clusters, not incidents."""
    map_ = IncidentMap([39.9, 46.75], zoom_start=8, tiles=None, max_zoom=18)
    callback = "(row) => { const m = L.circleMarker([row[0], row[1]], {radius: 4}); m.day = row[2]; return m; }"
    FastMarkerCluster(_rows(incidents), callback=callback).add_to(map_)
    to_html(map_, path)


def plotly_page(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """plotly's scattermap on a white ground, its script inside the page."""
    import plotly.graph_objects as go

    rows = _rows(incidents)
    trace = go.Scattermap(
        lat=incidents.geometry.y,
        lon=incidents.geometry.x,
        customdata=[row[2:] for row in rows],
        marker={"color": [COLORS[row[3]] for row in rows]},
        hovertemplate="%{customdata}",
    )
    layout = {"style": "white-bg", "center": {"lat": 39.9, "lon": 46.75}, "zoom": 7}
    go.Figure(trace, {"map": layout}).write_html(path, include_plotlyjs=True)


def pydeck_page(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """pydeck's ScatterplotLayer, its script inside the page."""
    import pydeck as deck

    names = ("lat", "lon", "day", "type", "source", "radius", "text")
    data = [dict(zip(names, row, strict=True)) for row in _rows(incidents)]
    layer = deck.Layer("ScatterplotLayer", data, get_position="[lon, lat]", get_radius=300, pickable=True)
    view = deck.ViewState(latitude=39.9, longitude=46.75, zoom=7)
    deck.Deck(layer, initial_view_state=view, map_provider=None, tooltip=True).to_html(
        str(path), offline=True, open_browser=False, notebook_display=False
    )


STATE = "window.__map.contactline"
STEP_OURS = f"""(() => {{ const s = {STATE};
  s.set({{ window: Math.round(s.steps / 3), index: Math.round(s.steps * (0.4 + 0.05 * step)) }}); }})()"""
STEP_SYMBOLS = f"(() => {{ {STATE}.density = 'off'; return {STEP_OURS}; }})()"
STEP_GEOJSON = """(() => { const g = Object.values(window).find((v) => v instanceof L.GeoJSON);
  window.__all ??= g.toGeoJSON().features;
  const from = 200 + 100 * step;
  g.clearLayers();
  const features = __all.filter((f) => f.properties.day >= from && f.properties.day < from + 933);
  g.addData({ type: 'FeatureCollection', features }); })()"""
STEP_CLUSTER = """(() => { const g = Object.values(window).find((v) => v instanceof L.MarkerClusterGroup);
  window.__all ??= g.getLayers();
  const from = 200 + 100 * step;
  g.clearLayers();
  g.addLayers(__all.filter((m) => m.day >= from && m.day < from + 933)); })()"""
# plotly's and pydeck's steps are not measured: without a GPU plotly's promise of having redrawn never comes true, and
# a page of pydeck offers no way to filter.
VARIANTS = {
    "contactline": Variant(ours, STEP_OURS, STEP_SYMBOLS),
    "GeoJson, canvas": Variant(geojson, STEP_GEOJSON),
    "FastMarkerCluster": Variant(cluster, STEP_CLUSTER),
    "plotly scattermap": Variant(plotly_page, None, webgl=True),
    "pydeck": Variant(pydeck_page, None, webgl=True),
}
