"""The incidents table is the contract between geo and layers: both must mean the same columns."""

from __future__ import annotations

from geo.schema import COLUMNS
from layers import points


# `role` is a column of the table of mentions that the report page draws (views/mention_map.py).
def test_layers_name_only_columns_of_the_incidents_table() -> None:
    named = {*points.CORE, *points.TEXTS, *points.NUMBERS, *points.SKIP} - {"geometry", "role"}
    assert named - set(COLUMNS) == set()
