"""Sheets: incidents as an Excel workbook in which nothing is run and every text comes back as it was."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from .columns import text_of
from .extras import optional
from .schema import COLUMNS

__all__ = ["write_incident_sheet", "write_sheet"]

NUMBERS = ("Int64", "float64")


def write_incident_sheet(frame: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write incidents as a workbook: numbers as numbers, days and moments as ISO text."""
    plain = pd.DataFrame(frame.drop(columns=[frame.geometry.name]))
    numeric = [name for name in plain.columns if COLUMNS.get(name) in NUMBERS]
    write_sheet(plain.apply(text_of), Path(path), numeric=numeric)


def write_sheet(rows: pd.DataFrame, path: Path, *, numeric: list[str] | None = None) -> None:
    """Write text rows as the one sheet of a workbook; cells of the columns in `numeric` become numbers.

    Text is stored as text also where it begins with "=", and letters that XML cannot hold are escaped as Excel does.

    Raises:
        GeoError: openpyxl is not installed.
    """
    what = "writing .xlsx"
    openpyxl = optional("openpyxl", extra="readers", what=what)
    new_cell = optional("openpyxl.cell", extra="readers", what=what).WriteOnlyCell
    escape = optional("openpyxl.utils.escape", extra="readers", what=what).escape
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("incidents")
    sheet.append(list(rows.columns))
    is_number = [name in (numeric or ()) for name in rows.columns]
    for values in rows.itertuples(index=False):
        cells = []
        for value, number in zip(values, is_number, strict=True):
            cell = new_cell(sheet, value=float(value) if number and value else escape(str(value)) or None)
            if cell.value is not None and not number:
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
