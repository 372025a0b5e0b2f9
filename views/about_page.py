"""About: what the map says and what it does not, and whose data it rests on."""

from __future__ import annotations

import streamlit as st

from geo.theatre import Theatre

from .literal import literal

__all__ = ["about_page"]

READING_PX = 820
TEXT = """
#### What you see

Each point is a **claim about an event**: somebody said in a report that something happened there on that day.
*Claimed* means one side says so; *denied*, that the other side says it is not so; *confirmed*, that it is undisputed,
a side's own loss, or a third party's word; *corrected*, that the source took a figure back. The product takes no side:
places bear the names of both.

The **front** is worked out for each day from a base line and from claims of control. Solid is assessed, dashed is
claimed, dotted is disputed. It is a reconstruction with doubt, not a survey;
borders are for reference, not endorsement.

The circle around a point is the area that the place name covers. Incidents *along the line* or *in several places*
have no point of their own; they are listed, and never drawn at a made-up place. Running totals of losses are kept as
statements and never counted as one event.

#### What stays on your machine

Everything. The dashboard asks no other machine for anything. Reports that you keep are stored in your data folder.
"""


def about_page(theatre: Theatre) -> None:
    """Show how to read the map and where the theatre's data come from."""
    with st.container(width=READING_PX):
        _about(theatre)


def _about(theatre: Theatre) -> None:
    st.markdown(TEXT)
    st.markdown("#### This theatre")
    sides = ", ".join(side.name for side in theatre.sides)
    st.markdown(f"**{literal(theatre.name)}**. Sides: {literal(sides)}. Languages: {', '.join(theatre.languages)}.")
    if (theatre.folder / "reports.jsonl").exists():
        st.markdown("Its sample reports are **invented for demonstration**, agencies and details included.")
    st.caption(f"Data folder: {literal(str(theatre.folder))}")
