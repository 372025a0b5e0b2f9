"""Read a report: paste or upload one, and see every name with its part, every incident on the map, and what is left."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from geo.incidents import CodedReport, coder_version, join_claims
from geo.mentions import Mention
from geo.reports import READERS, Report, read_reports_from, report_from
from geo.theatre import Theatre
from geo.totals import events_of

from .faults import faults_told
from .highlight import Mark, highlighted
from .holdings import coder_of, lock, store
from .incident_detail import incident_detail
from .labels import labels_of
from .literal import literal
from .look import ROLE_COLOURS
from .map_panel import map_panel
from .mention_table import mention_table

__all__ = ["report_page"]

MAP_HEIGHT_PX = 440
UPLOADS = sorted(READERS)
ROLE_WORDS = {
    "event": "where it happened",
    "dateline": "where it was filed",
    "metonym": "a capital that stands for its government",
    "actor": "part of an actor's name",
    "background": "only mentioned",
}


def report_page(theatre: Theatre) -> None:
    """Ask for a report, code it, and show what was read from it."""
    with faults_told():
        reports = _asked_for(theatre)
        if reports:
            _show(theatre, reports)


def _show(theatre: Theatre, reports: Sequence[Report]) -> None:
    """Code the reports and lay out what was read: the text at the left, what became of it at the right."""
    coder = coder_of(theatre.id)
    coded = [coder.code(report) for report in reports]
    incidents = join_claims([claim for one in coded for claim in one.claims])
    labels = labels_of(theatre)
    left, right = st.columns([1, 1], gap="large")
    with left:
        _legend()
        for one in coded:
            _marked_text(one)
        for index in incidents.sort_values("span_start").index:
            with st.container(border=True):
                incident_detail(incidents.loc[index], None, labels)
        _left_over(coded)
    with right:
        _maps(theatre, coded, incidents)
        _keep_button(theatre, reports)


def _maps(theatre: Theatre, coded: Sequence[CodedReport], incidents: gpd.GeoDataFrame) -> None:
    """Two maps, one at a time: a map in a hidden tab would not know its size."""
    what = st.segmented_control("On the map", ["Incidents", "Names"], default="Incidents", required=True)
    names = what == "Names"
    map_panel(
        theatre,
        mention_table(coded) if names else events_of(incidents),
        None,
        key="names-map" if names else "report-map",
        height_px=MAP_HEIGHT_PX,
        color_by="role" if names else "event_type",
        timeline=False,
    )


def _asked_for(theatre: Theatre) -> list[Report]:
    """The reports that the user gave; an empty list until there is one."""
    with st.form("report", border=False):
        text = st.text_area("Paste a report", height=130, key="text", placeholder="BAKU, Oct 23 – …")
        left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
        published = left.date_input(
            "Published", None, key="published", help="Needed only where the report does not say it."
        )
        lang = middle.selectbox(
            "Language", theatre.languages, index=None, key="report_lang", placeholder="found from the text"
        )
        file = right.file_uploader("or upload a file", UPLOADS, key="file")
        st.form_submit_button("Read it", type="primary", icon=":material/play_arrow:")
    window, zone = (theatre.date_from, theatre.date_to), theatre.timezone
    if file is None:
        return [report_from(text, lang=lang, published=published, window=window, timezone=zone)] if text.strip() else []
    faults: list[GeoError] = []
    upload = io.BytesIO(file.getvalue())
    reports = list(
        read_reports_from(
            upload, name=file.name, lang=lang, published=published, on_error=faults.append, window=window, timezone=zone
        )
    )
    for fault in faults:
        st.warning(literal(str(fault)), icon=":material/warning:")
    return reports


def _keep_button(theatre: Theatre, reports: Sequence[Report]) -> None:
    """Keeping is the user's decision: what is only pasted is not stored."""
    if st.button("Keep among my reports", icon=":material/bookmark_add:"):
        with lock():
            done = store().ingest(reports, coder_of(theatre.id).code, theatre=theatre.id, coder=coder_version(theatre))
        st.success(f"{done.new} new, {done.revised} revised, {done.known} known before.")


def _legend() -> None:
    marks = " ".join(f'<mark class="{role}">{role}</mark> {ROLE_WORDS[role]} ·' for role in ROLE_COLOURS)
    st.html(f'<p class="cl-text cl-dim">{marks.rstrip("·")}</p>')


def _marked_text(coded: CodedReport) -> None:
    marks = [Mark(m.start, m.end, m.role, _hint(m)) for m in coded.mentions]
    lang = html.escape(coded.report.lang or "")
    st.html(f'<div class="cl-text" lang="{lang}">{highlighted(coded.report.text, marks)}</div>')


def _hint(mention: Mention) -> str:
    where = (
        "no place"
        if mention.latitude is None
        else f"{mention.name}, {mention.latitude:.3f} N {mention.longitude:.3f} E"
    )
    return f"{mention.role}: {where}, {mention.confidence:.0%}. " + "; ".join(mention.reasons)


def _left_over(coded: Sequence[CodedReport]) -> None:
    items = [item for one in coded for item in one.unplaced]
    if items:
        with st.expander(f"Not placed or not coded ({len(items)})"):
            st.table([{"Text": item.text, "Reason": item.reason} for item in items])
