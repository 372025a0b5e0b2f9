"""The first start: the theatre's sample reports are coded by the real pipeline, in view of the user, and kept."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.gazetteer import open_gazetteer
from geo.incidents import coder_version
from geo.ingest import Ingested
from geo.reports import read_reports
from geo.theatre import Theatre

from .holdings import coder_of, lock, store
from .literal import literal

__all__ = ["first_start"]


def first_start(theatre: Theatre) -> None:
    """Code what is not coded yet by this version of coder and data; shows its progress, does nothing the next time."""
    done = _done()
    if theatre.id in done:
        return
    with lock():
        if theatre.id not in done:
            _code_samples(theatre)
            done.add(theatre.id)


@st.cache_resource(show_spinner=False)
def _done() -> set[str]:
    """Theatres that this process has brought up to date."""
    return set()


def _code_samples(theatre: Theatre) -> None:
    samples = theatre.folder / "reports.jsonl"
    window = (theatre.date_from, theatre.date_to)
    reports = list(read_reports(samples, window=window, timezone=theatre.timezone)) if samples.exists() else []
    version = coder_version(theatre)
    kept = store().outdated(theatre=theatre.id, coder=version)
    if not reports and not kept:
        return
    box = st.empty()
    bar = box.progress(0.0, "Opening the gazetteer …")

    def reading(what: str, places: int) -> None:
        bar.progress(0.0, f"Making the gazetteer, only this time: {literal(Path(what).name)}, {places:,} places")

    def coding(state: Ingested, total: int, words: str) -> None:
        bar.progress(min(state.done / max(total, 1), 1.0), f"{words}: {state.done} of {total}")

    open_gazetteer(theatre, progress=reading)
    code = coder_of(theatre.id).code
    store().ingest(
        reports,
        code,
        theatre=theatre.id,
        coder=version,
        progress=lambda state: coding(state, len(reports), "Coding the sample reports"),
    )
    if kept:
        store().recode(
            code,
            theatre=theatre.id,
            coder=version,
            progress=lambda state: coding(state, kept, "Coding your reports again with the new version"),
        )
    box.empty()
