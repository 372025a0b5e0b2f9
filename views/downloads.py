"""Downloads: what is in view, as a page of its own or for a GIS. Each file is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import streamlit as st

from geo.theatre import Theatre
from layers.files import table_bytes
from layers.picture import find_browser, to_png

from .map_panel import map_html

__all__ = ["downloads"]

TABLES = {
    "geojson": ("GeoJSON", "application/geo+json"),
    "csv": ("CSV", "text/csv"),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet"),
}


def downloads(theatre: Theatre, incidents: gpd.GeoDataFrame, fronts: gpd.GeoDataFrame | None) -> None:
    """Show the button that opens the choice of files."""
    with st.popover("Download", icon=":material/download:"):
        st.caption(f"{len(incidents)} incidents as filtered")
        st.download_button(
            "Map as one HTML file, works offline",
            lambda: map_html(theatre, incidents, fronts).encode(),
            f"{theatre.id}.html",
            "text/html",
            on_click="ignore",
            width="stretch",
        )
        if find_browser() is not None:
            st.download_button(
                "Map as picture (PNG)",
                lambda: to_png(map_html(theatre, incidents, fronts)),
                f"{theatre.id}.png",
                "image/png",
                on_click="ignore",
                width="stretch",
            )
        for suffix, (words, mime) in TABLES.items():
            st.download_button(
                f"Incidents as {words}",
                _maker(incidents, suffix),
                f"{theatre.id}-incidents.{suffix}",
                mime,
                on_click="ignore",
                width="stretch",
            )
        if fronts is not None:
            st.download_button(
                "Fronts as GeoJSON",
                _maker(fronts[~fronts["as_known"]], "geojson"),
                f"{theatre.id}-fronts.geojson",
                TABLES["geojson"][1],
                on_click="ignore",
                width="stretch",
            )


def _maker(table: gpd.GeoDataFrame, suffix: str) -> Callable[[], bytes]:
    return lambda: table_bytes(table, suffix)
