"""The incidents table is the contract between geo and layers: both must mean the same columns."""

from __future__ import annotations

from geo.schema import COLUMNS
from layers import points


def test_layers_name_only_columns_of_the_incidents_table() -> None:
    named = {*points.CORE, *points.DETAIL, *points.NUMBERS, *points.SKIP} - {"geometry"}
    assert named - set(COLUMNS) == set()
