"""One incident: what is said to have happened, who says so, who denies it, and the sentence it came from."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from geo.reports import Report

from .highlight import Mark, highlighted
from .literal import literal
from .wording import facts, known, title_words

__all__ = ["incident_detail"]

BADGES: Mapping[str, Literal["orange", "red", "green", "blue"]] = {
    "claimed": "orange",
    "denied": "red",
    "confirmed": "green",
    "corrected": "blue",
}
VERBS = {"confirmed": "confirms", "corrected": "corrects"}


def incident_detail(incident: pd.Series[Any], report: Report | None, labels: Mapping[str, str]) -> None:
    """Show one row of the incidents table, and the report that it came from where that is kept."""
    status = known(incident["claim_status"]) or "claimed"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"##### {literal(title_words(incident, labels))}", width="content")
        st.badge(literal(labels.get(status, status)), color=BADGES.get(status, "gray"))
    for who, verb, text, kind in _versions(incident):
        _quote(labels.get(who, who), verb, text, kind)
    rows = "".join(f"<span>{html.escape(k)}</span><div>{html.escape(v)}</div>" for k, v in facts(incident, labels))
    st.html(f'<div class="cl-facts">{rows}</div>')
    if report is not None:
        _in_report(incident, report)


def _versions(incident: pd.Series[Any]) -> list[tuple[str, str, str, str]]:
    """Who says what: each version as claimant, verb, sentence and kind; the denial stands last."""
    kept = json.loads(known(incident["versions"]) or "[]")
    versions = kept or [{name: known(incident[name]) for name in ("claimant", "claim_status", "text")}]
    said = [
        (v.get("claimant") or "The report", VERBS.get(v.get("claim_status") or "", "claims"), v.get("text") or "", "")
        for v in versions
    ]
    if denier := known(incident["denied_by"]):
        said.append((denier, "denies", known(incident["denial_text"]) or "", "denied"))
    return list(dict.fromkeys(said))


def _quote(who: str, verb: str, text: str, kind: str) -> None:
    st.html(
        f'<div><span class="cl-who">{html.escape(who)}</span> <span class="cl-dim">{verb}</span></div>'
        f'<div class="cl-quote {kind}">{html.escape(text)}</div>'
    )


def _in_report(incident: pd.Series[Any], report: Report) -> None:
    """The whole report with the sentence marked."""
    marks = []
    if pd.notna(incident["span_start"]) and pd.notna(incident["span_end"]):
        marks = [Mark(int(incident["span_start"]), int(incident["span_end"]), "sentence", "coded from this sentence")]
    st.caption(literal(f"{report.source or 'Report'} · {report.published or 'no date'} · {report.lang or '?'}"))
    st.html(f'<div class="cl-text" lang="{html.escape(report.lang or "")}">{highlighted(report.text, marks)}</div>')
