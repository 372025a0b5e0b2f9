"""What is not on the map, and why: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.theatre import Theatre

from .correction_panel import corrections_made
from .holdings import incidents_of, statements_of, store
from .labels import labels_of
from .wording import WHERE_PREC

__all__ = ["unplaced_page"]


def unplaced_page(theatre: Theatre) -> None:
    """Show the names and statements that could not be placed, and the incidents without a point."""
    labels = labels_of(theatre)
    incidents = incidents_of(theatre.id)
    without = incidents[incidents["latitude"].isna()]
    st.subheader(f"Incidents without a point ({len(without)})", anchor=False)
    st.caption("They happened somewhere along a line or in a wide area. They count in the list and on the timeline.")
    st.dataframe(
        pd.DataFrame(
            {
                "Day": without["date_start"].dt.date,
                "Event": without["event_type"].map(lambda code: labels.get(code, code)),
                "Claimed by": without["claimant"].fillna("not said").map(lambda code: labels.get(code, code)),
                "Where": without["where_prec"].map(WHERE_PREC, na_action="ignore"),
                "Sentence": without["text"],
            }
        ).sort_values("Day"),
        hide_index=True,
    )
    _statements(statements_of(theatre.id), labels)
    _left_over(theatre)
    st.subheader("Corrections", anchor=False)
    corrections_made(theatre.id, labels)


def _statements(totals: gpd.GeoDataFrame, labels: Mapping[str, str]) -> None:
    st.subheader(f"Running totals ({len(totals)})", anchor=False)
    st.caption("Losses since a date, as somebody stated them. They are no event of a day and count in nothing else.")
    st.dataframe(
        pd.DataFrame(
            {
                "From": totals["date_start"].dt.date,
                "To": totals["date_end"].dt.date,
                "Stated by": totals["claimant"].fillna("not said").map(lambda code: labels.get(code, code)),
                "Killed, at least": totals["deaths_low"].astype("string").fillna("–"),
                "at most": totals["deaths_high"].astype("string").fillna("–"),
                "Sentence": totals["text"],
            }
        ),
        hide_index=True,
    )


def _left_over(theatre: Theatre) -> None:
    items = store().unplaced(theatre=theatre.id)
    st.subheader(f"Not placed or not coded ({len(items)})", anchor=False)
    reasons = sorted({item.reason for item in items})
    chosen = st.multiselect("Reason", reasons, key="reason", bind="query-params", placeholder="all")
    shown = [item for item in items if not chosen or item.reason in chosen]
    st.dataframe(
        pd.DataFrame([(i.text, i.reason, i.report_id) for i in shown], columns=["Text", "Reason", "Report"]),
        hide_index=True,
    )
