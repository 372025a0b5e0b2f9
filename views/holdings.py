"""Holdings: what all sessions of the dashboard share, opened or worked out once."""

from __future__ import annotations

import datetime as dt
import threading

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.change import area_by_side
from geo.control import control_claims
from geo.incidents import Coder, join_claims, open_coder
from geo.known_fronts import fronts_now_and_then
from geo.store import Store, open_store
from geo.theatre import load_theatre
from geo.totals import events_of, totals_of

__all__ = ["coder_of", "fronts_of", "incidents_of", "land_of", "lock", "state_of", "statements_of", "store"]


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The user's store."""
    return open_store()


@st.cache_resource(show_spinner=False)
def lock() -> threading.Lock:
    """Held while reports are coded, so that two open tabs do not code the same."""
    return threading.Lock()


@st.cache_resource(show_spinner="Opening the gazetteer …")
def coder_of(theatre_id: str) -> Coder:
    """The theatre's coder."""
    return open_coder(load_theatre(theatre_id))


def state_of(theatre_id: str) -> str:
    """Changes whenever reports come in or are corrected."""
    return store().state(theatre=theatre_id)


def incidents_of(theatre_id: str) -> gpd.GeoDataFrame:
    """All incidents of the theatre's kept reports, without running totals. Shared: never change it in place."""
    return events_of(_incidents(theatre_id, state_of(theatre_id)))


def statements_of(theatre_id: str) -> gpd.GeoDataFrame:
    """The running totals that the theatre's kept reports state."""
    return totals_of(_incidents(theatre_id, state_of(theatre_id)))


def fronts_of(theatre_id: str) -> gpd.GeoDataFrame | None:
    """The front of each day, now and as known then (`as_known`); None where the theatre has no base line."""
    return _fronts(theatre_id, state_of(theatre_id))


def land_of(theatre_id: str) -> pd.DataFrame:
    """Land by day and side in km² (see geo/change.py); empty where there is no front."""
    return _land(theatre_id, state_of(theatre_id))


# With another state of the store the tables are made anew.
@st.cache_resource(show_spinner=False, max_entries=4)
def _incidents(theatre_id: str, state: str) -> gpd.GeoDataFrame:
    return store().incidents(theatre=theatre_id, join=join_claims)


@st.cache_resource(show_spinner="Working out the front of each day …", max_entries=4)
def _fronts(theatre_id: str, state: str) -> gpd.GeoDataFrame | None:
    theatre = load_theatre(theatre_id)
    if theatre.base_line is None:
        return None
    days = [theatre.date_from + dt.timedelta(days=n) for n in range((theatre.date_to - theatre.date_from).days + 1)]
    return fronts_now_and_then(theatre, days, claims=control_claims(theatre, _incidents(theatre_id, state)))


@st.cache_resource(show_spinner=False, max_entries=4)
def _land(theatre_id: str, state: str) -> pd.DataFrame:
    table = _fronts(theatre_id, state)
    return pd.DataFrame() if table is None else area_by_side(table[~table["as_known"]])
