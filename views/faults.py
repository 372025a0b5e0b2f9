"""Faults of input, told on the page instead of as a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.errors import GeoError
from layers.errors import LayerError

from .literal import literal

__all__ = ["faults_told"]


@contextmanager
def faults_told() -> Iterator[None]:
    """Within it, a fault of the input ends the work and becomes a message, one for each thing that is wrong."""
    try:
        yield
    except (GeoError, LayerError) as error:
        for fault in str(error).splitlines():
            st.error(literal(fault), icon=":material/error:")
