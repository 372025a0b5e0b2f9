"""Look: the few rules of style that Streamlit's theme does not have."""

from __future__ import annotations

import streamlit as st

__all__ = ["ROLE_COLOURS", "wear"]

# Roles of a name in a report: a tint each, told apart by underline as well as by colour.
ROLE_COLOURS = {
    "event": ("#fbd9d3", "solid #b3382c"),
    "dateline": ("#e3e6ea", "dotted #5b6570"),
    "metonym": ("#e6dcf3", "dashed #6a4c9c"),
    "actor": ("#d8e8f5", "solid #2b6ca3"),
    "background": ("#eef0e4", "dotted #6d7443"),
}

RULES = """
.stMainBlockContainer {padding: 3.6rem clamp(1rem, 2.5vw, 2.5rem) 2rem; max-width: 1760px}
[data-testid="stSidebarHeader"] {margin-bottom: 0}
.st-key-map-panel .contactline-panel {height: clamp(400px, 78vh, 960px) !important}
@media (max-width: 640px) {.st-key-map-panel .contactline-panel {height: 66vh !important}}
.cl-text {line-height: 1.65; overflow-wrap: anywhere; white-space: pre-wrap}
.cl-text mark {color: inherit; border-radius: 3px; padding: 0 .12em}
.cl-text mark.sentence {background: #fff3c4; border-bottom: 2px solid #d7a514}
.cl-facts {display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; font-size: .925rem}
.cl-facts span {color: #5b6570} .cl-facts div {overflow-wrap: anywhere}
.cl-quote {border-left: 3px solid #c9d2d9; padding: .1rem .8rem; margin: .3rem 0 .8rem; overflow-wrap: anywhere}
.cl-quote.denied {border-color: #b3382c}
.cl-who {font-weight: 600} .cl-dim {color: #5b6570; font-size: .875rem}
"""


def wear() -> None:
    """Put the rules on the page; once a run."""
    roles = "".join(
        f".cl-text mark.{role} {{background: {tint}; border-bottom: 2px {line}}}"
        for role, (tint, line) in ROLE_COLOURS.items()
    )
    st.html(f"<style>{RULES}{roles}</style>")
