"""Cells of tables that a spreadsheet will open: text that it would run as a formula is made harmless, and back."""

from __future__ import annotations

import pandas as pd

__all__ = ["guarded", "unguarded"]

# A cell that begins with one of these is run by Excel, LibreOffice and Google Sheets, unless nothing or a ";" follows,
# which no formula allows. One "'" before it makes it text; cells that begin with such a guard themselves get one more,
# so that taking one away always gives the text back.
_RISKY = r"^('+[=+\-@\t\r]|[=+\-@\t\r](?!;|\Z))"
_GUARDED = r"^'('*[=+\-@\t\r])"
_NUMBER = r"[+-]?\d+(?:\.\d+)?"


def guarded(rows: pd.DataFrame) -> pd.DataFrame:
    """Text columns with risky cells guarded; plain numbers such as -12.5 stay."""
    guards = {str(n): c.where(_plain(c), c.str.replace(_RISKY, r"'\1", regex=True)) for n, c in rows.items()}
    return rows.assign(**guards)


def unguarded(rows: pd.DataFrame) -> pd.DataFrame:
    """The text that `guarded` was given."""
    return rows.assign(**{str(n): c.str.replace(_GUARDED, r"\1", regex=True) for n, c in rows.items()})


def _plain(column: pd.Series[str]) -> pd.Series[bool]:
    return column.str.fullmatch(_NUMBER).fillna(value=False).astype(bool)
