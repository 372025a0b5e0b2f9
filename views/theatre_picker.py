"""The theatre in view, chosen in the sidebar and kept in the address."""

from __future__ import annotations

import streamlit as st

from geo.errors import TheatreError
from geo.theatre import DEFAULT_THEATRE, Theatre, list_theatres, load_theatre

__all__ = ["theatre_picker"]


def theatre_picker() -> Theatre:
    """Show the choice of theatres and return the chosen one.

    The address holds the id; a widget bound to it by Streamlit would write the name.
    """
    known = list_theatres()
    asked = st.query_params.get("theatre", DEFAULT_THEATRE)
    chosen = st.selectbox(
        "Theatre",
        known,
        index=known.index(asked) if asked in known else 0,
        key="theatre_choice",
        persist_state="session",
        format_func=_name,
    )
    if chosen != DEFAULT_THEATRE:
        st.query_params["theatre"] = chosen
    elif "theatre" in st.query_params:
        del st.query_params["theatre"]
    return load_theatre(chosen)


def _name(theatre_id: str) -> str:
    """A short name. A theatre with faults says what they are when it is chosen; the others stay usable."""
    try:
        theatre = load_theatre(theatre_id)
    except TheatreError:
        return f"{theatre_id} (cannot be read)"
    years = dict.fromkeys((theatre.date_from.year, theatre.date_to.year))
    return f"{theatre.name.split(',')[0]} {'–'.join(map(str, years))}"
