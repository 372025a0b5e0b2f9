"""The list beside the map: one line an incident; a click opens it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import geopandas as gpd
import pandas as pd
import streamlit as st

from .wording import NOWHERE

__all__ = ["incident_list"]

SHORT_PX, TALL_PX = 300, 690  # with an incident open below it, and without


def incident_list(incidents: gpd.GeoDataFrame, labels: Mapping[str, str], *, tall: bool) -> None:
    """Show the incidents, newest first; a click writes the incident's id into the address."""
    ordered = incidents.sort_values(["date_start", "incident_id"], ascending=[False, True], kind="stable")
    st.caption(f"{len(ordered)} incidents, newest first. Click one to open it.")
    table = pd.DataFrame(
        {
            "Day": ordered["date_start"].dt.date,
            "Event": _words(ordered["event_type"], labels),
            "Place": _first_names(ordered),
            "Status": _words(ordered["claim_status"], labels),
            "Side": ordered["claimant_side"].fillna("–"),
            "Killed": ordered["deaths_low"],
            "Claimed by": _words(ordered["claimant"].fillna(ordered["claimant_side"]), labels),
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height=TALL_PX if tall else SHORT_PX,
        key="list",
        on_select=partial(_picked, tuple(ordered["incident_id"])),
        selection_mode="single-cell",
        column_config={
            "Day": st.column_config.DateColumn(format="D MMM", width=54),
            "Event": st.column_config.TextColumn(width=114),
            "Place": st.column_config.TextColumn(width=98),
            "Status": st.column_config.TextColumn(width=72),
            "Side": st.column_config.TextColumn(width=52, help="Whose side claims it"),
            "Killed": st.column_config.NumberColumn(width=58, help="At least"),
        },
    )


def _picked(ids: tuple[str, ...]) -> None:
    """Runs before the page does, so that the map already marks what was clicked in the list."""
    cells = st.session_state["list"]["selection"]["cells"]
    if cells and cells[0][0] < len(ids):
        st.query_params["incident"] = ids[cells[0][0]]


def _first_names(incidents: gpd.GeoDataFrame) -> pd.Series[str]:
    first = incidents["place_names"].str.split(" / ", n=1).str[0]
    return first.fillna(incidents["place_name"]).fillna(NOWHERE)


def _words(codes: pd.Series[str], labels: Mapping[str, str]) -> list[str]:
    return [labels.get(code, code) if isinstance(code, str) else "" for code in codes]
