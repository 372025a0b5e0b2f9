"""The browser's face: `contactline serve`. Which theatre, which page; all else stands in views."""

from __future__ import annotations

import streamlit as st

from views.about_page import about_page
from views.faults import faults_told
from views.first_start import first_start
from views.look import wear
from views.map_page import map_page
from views.report_page import report_page
from views.theatre_picker import theatre_picker
from views.unplaced_page import unplaced_page

# Drawn here, because Streamlit's own icons are fetched from another machine.
SIGN = """<rect width="32" height="32" rx="7" fill="#1f5673"/>
<path d="M5 21c5-9 8 4 12-4s6-6 10-9" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
<circle cx="10" cy="9" r="2.6" fill="#f2b84b"/><circle cx="22" cy="23" r="2.6" fill="#f2b84b"/>"""
ICON = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{SIGN}</svg>'
WORDMARK = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 168 32" height="32" width="168">{SIGN}
<text x="42" y="23" font-family="sans-serif" font-size="21" font-weight="600" fill="#1f3440"
 textLength="122" lengthAdjust="spacingAndGlyphs">contactline</text></svg>"""


def main() -> None:
    """Compose the page that the address asks for; bad input becomes a message, not a traceback."""
    st.set_page_config("contactline", ICON, layout="wide")
    st.logo(WORDMARK, size="large")
    wear()
    with faults_told():
        with st.sidebar:
            theatre = theatre_picker()
        pages = [
            st.Page(lambda: map_page(theatre), title="Map", icon=":material/map:", url_path="map", default=True),
            st.Page(lambda: report_page(theatre), title="Read a report", icon=":material/article:", url_path="report"),
            st.Page(lambda: unplaced_page(theatre), title="Not placed", icon=":material/help:", url_path="unplaced"),
            st.Page(lambda: about_page(theatre), title="About", icon=":material/info:", url_path="about"),
        ]
        page = st.navigation(pages, position="top")
        first_start(theatre)
        page.run()


main()
