"""The browser's face: `contactline serve`. Which theatre, which page; all else stands in views."""

from __future__ import annotations

import streamlit as st

from geo.errors import GeoError
from layers.errors import LayerError
from views.about_page import about_page
from views.first_start import first_start
from views.look import wear
from views.map_page import map_page
from views.report_page import report_page
from views.theatre_picker import theatre_picker
from views.unplaced_page import unplaced_page


def main() -> None:
    """Compose the page that the address asks for; bad input becomes a message, not a traceback."""
    st.set_page_config("contactline", ":material/explore:", layout="wide")
    wear()
    try:
        with st.sidebar:
            theatre = theatre_picker()
        first_start(theatre)
        pages = [
            st.Page(lambda: map_page(theatre), title="Map", icon=":material/map:", url_path="map", default=True),
            st.Page(lambda: report_page(theatre), title="Read a report", icon=":material/article:", url_path="report"),
            st.Page(lambda: unplaced_page(theatre), title="Not placed", icon=":material/help:", url_path="unplaced"),
            st.Page(lambda: about_page(theatre), title="About", icon=":material/info:", url_path="about"),
        ]
        st.navigation(pages, position="top").run()
    except (GeoError, LayerError) as error:
        for fault in str(error).splitlines():
            st.error(fault, icon=":material/error:")


main()
