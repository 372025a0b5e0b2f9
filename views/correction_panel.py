"""Correct an incident: another place or type, the same event as another, two events in one, or none; and undo it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.corrections import Correction, Kind
from geo.event_types import event_labels

from .faults import faults_told
from .holdings import coder_of, incidents_of, store
from .literal import literal
from .wording import day_words, known, title_words

__all__ = ["correction_panel", "corrections_made"]

KINDS: Mapping[str, Kind] = {
    "Another place": "move",
    "Another type": "retype",
    "Same as another": "merge",
    "Two events in one": "split",
    "No event": "reject",
}
VERBS: Mapping[str, str] = {
    "move": "moved",
    "retype": "another type",
    "merge": "merged",
    "split": "split",
    "reject": "rejected",
}
CANDIDATES = 8
NEIGHBOUR_DAYS = 3
Values = dict[str, Any]


def correction_panel(incident: pd.Series[Any], *, theatre_id: str, labels: Mapping[str, str]) -> None:
    """A closed panel below an incident. What is recorded holds at once and after re-coding; the page runs anew."""
    with st.expander("Correct this incident", icon=":material/edit:"):
        chosen = st.segmented_control("What is wrong", list(KINDS), key="correct-kind", label_visibility="collapsed")
        if chosen is not None:
            _entry(KINDS[chosen], incident, theatre_id, labels)
        ids = {version.get("claim_id") for version in _versions(incident)}
        made = [c for c in store().corrections(theatre=theatre_id) if ids & {anchor.claim_id for anchor in c.anchors}]
        _list(made, labels)


def corrections_made(theatre_id: str, labels: Mapping[str, str]) -> None:
    """All corrections of a theatre, the latest first; also those of incidents that are no longer on the map."""
    made = store().corrections(theatre=theatre_id)
    if not made:
        st.caption("Nothing has been corrected.")
    _list(made[::-1], labels)


def _entry(kind: Kind, incident: pd.Series[Any], theatre_id: str, labels: Mapping[str, str]) -> None:
    """The fields that a correction needs, and the button that records it."""
    ids, values, claim_ids, ready = [str(incident["incident_id"])], {}, [], True
    if kind == "move":
        values = _place(theatre_id)
        ready = bool(values)
    elif kind == "retype":
        types = event_labels()
        values = {"event_type": st.selectbox("Type", list(types), format_func=lambda t: types[t], key="correct-type")}
    elif kind == "merge":
        others = _others(incident, incidents_of(theatre_id), labels)
        other = st.selectbox("The other incident", list(others), format_func=lambda id: others[id], key="correct-other")
        ids, ready = ([*ids, other], True) if other else (ids, False)
    elif kind == "split":
        claim_ids = _claims(incident, labels)
        ready = bool(claim_ids)
    who, why = st.columns(2)
    name = who.text_input("Who corrects", key="correct-who")
    reason = why.text_input("Why", key="correct-why", placeholder="a reason that others can check")
    if st.button("Record the correction", type="primary", disabled=not ready, key="correct-record"):
        with faults_told():
            store().correct(kind, ids, theatre=theatre_id, who=name, why=reason, values=values, claim_ids=claim_ids)
            st.rerun()


def _place(theatre_id: str) -> Values:
    """A place of the gazetteer by its name, or a point."""
    name = st.text_input("Name of the place, in any language", key="correct-place")
    found = coder_of(theatre_id).gazetteer.search(name)[:CANDIDATES] if name.strip() else []
    places = {place.id: place for place in found}
    if places:
        id = st.selectbox(
            "Which one",
            list(places),
            format_func=lambda i: f"{places[i].name} ({places[i].feature}, {places[i].country} {places[i].admin1})",
            key="correct-candidate",
        )
        place = places[id]
        names = " / ".join(dict.fromkeys(n for n in place.names.values() if n))
        return {
            "place_id": place.id,
            "place_names": names or place.name,
            "longitude": place.longitude,
            "latitude": place.latitude,
            "radius_km": place.radius_km,
            "where_prec": place.where_prec,
            "country": place.country or None,
            "admin1": place.admin1 or None,
        }
    if name.strip():
        st.caption("No such place; a point would do.")
    point = st.text_input("Or a point: longitude, latitude", key="correct-point", placeholder="47.112, 39.795")
    return _point(point)


def _point(text: str) -> Values:
    if not text.strip():
        return {}
    try:
        longitude, latitude = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        st.caption("Two numbers are needed, degrees with a decimal point: longitude, latitude.")
        return {}
    return {"longitude": longitude, "latitude": latitude}


def _others(incident: pd.Series[Any], incidents: gpd.GeoDataFrame, labels: Mapping[str, str]) -> dict[str, str]:
    """Incidents of about the same days, those at the nearest place first."""
    apart = (incidents["date_start"] - incident["date_start"]).abs() <= pd.Timedelta(days=NEIGHBOUR_DAYS)
    near = incidents[apart & (incidents["incident_id"] != incident["incident_id"])]
    if pd.notna(incident["latitude"]):
        off = (near["latitude"] - incident["latitude"]).abs() + (near["longitude"] - incident["longitude"]).abs()
        near = near.loc[off.sort_values(na_position="last").index]
    return {
        str(
            row["incident_id"]
        ): f"{title_words(row, labels)} · {day_words(row)} · {known(row['claimant']) or 'no claimant'}"
        for _, row in near.head(50).iterrows()
    }


def _claims(incident: pd.Series[Any], labels: Mapping[str, str]) -> list[str]:
    """Which of the incident's claims are about another event: some, not all."""
    said = {v["claim_id"]: _said(v, labels) for v in _versions(incident) if "claim_id" in v}
    if len(said) < 2:
        st.caption("Only one claim: there is nothing to split.")
        return []
    taken = st.multiselect(
        "Which belong to another event", list(said), format_func=lambda i: said[i], key="correct-claims"
    )
    return taken if len(taken) < len(said) else []


def _said(version: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    who = version.get("claimant") or version.get("source") or "the report"
    return f"{labels.get(who, who)}: {version.get('text') or ''}"


def _versions(incident: pd.Series[Any]) -> list[dict[str, Any]]:
    return [dict(version) for version in json.loads(known(incident["versions"]) or "[]")]


def _list(made: Sequence[Correction], labels: Mapping[str, str]) -> None:
    for correction in made:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_line(correction, labels))
            if correction.undone_at is None and st.button("Undo", key=f"undo-{correction.correction_id}"):
                with faults_told():
                    store().undo(correction.correction_id, who=st.session_state.get("correct-who") or "dashboard")
                    st.rerun()


def _line(correction: Correction, labels: Mapping[str, str]) -> str:
    values = correction.values
    point = f"{values['latitude']:.3f}, {values['longitude']:.3f}" if "latitude" in values else ""
    to = labels.get(values.get("event_type", ""), "") or values.get("place_names") or point
    what = f"{VERBS[correction.kind]}{': ' + to if to else ''}"
    words = literal(f"{what} — {correction.who}, {correction.made_at:%d %b %Y}: {correction.why}")
    return f"~~{words}~~ undone by {literal(correction.undone_by or '')}" if correction.undone_at else words
