"""Control lists: tables that name, day by day, who is said to hold each settlement (VIINA, a chronicle).

A list is one voice: it repeats itself every day, forgets places and takes them up again. Its claims are the days on
which it changed its word.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from .control import CLAIM_COLUMNS, empty_claims
from .errors import GeoError

__all__ = ["claims_from_lists"]

LIST_CONFIDENCE = 0.8
NEEDED = ("date", "longitude", "latitude", "side")


def claims_from_lists(lists: pd.DataFrame, *, sides: Collection[str], source: str = "control list") -> pd.DataFrame:
    """Control claims (geo.control.CLAIM_COLUMNS) from lists.

    Args:
        lists: one row per place and day of a list: date, longitude, latitude, side; a side that is not among `sides`
            but given (such as CONTESTED) means contested, a null one that nothing is known.
        sides: ids of those who can hold a place.

    Rows at the same point (to a hundredth of a degree) speak of the same place, whatever its spelling. A place that
    drops out of the list is no longer spoken of: `unlisted` until it returns.

    Raises:
        GeoError: a column is missing.
    """
    missing = [name for name in NEEDED if name not in lists.columns]
    if missing:
        raise GeoError(f"control lists: column {', '.join(missing)} is missing; needed are {', '.join(NEEDED)}")
    known = lists[lists["side"].notna()].copy()
    if known.empty:
        return empty_claims()
    known["date"] = pd.to_datetime(known["date"]).dt.normalize()
    known["place_id"] = known["longitude"].map("{:.2f}".format) + "," + known["latitude"].map("{:.2f}".format)
    known = known.sort_values(["date", "place_id", "side"], kind="stable")
    points = known.drop_duplicates("place_id").set_index("place_id")[["longitude", "latitude"]]
    # a list that names two holders of one place on one day says nothing certain
    voices = known.groupby(["place_id", "date"])["side"].transform("nunique")
    said = known.assign(side=known["side"].where(voices == 1, "")).drop_duplicates(["place_id", "date"])
    table = _changes(said, list(sides))
    table = table.join(points, on="place_id")
    table["reported_at"] = table["date"]
    table["claim_id"] = table["place_id"] + "@" + table["date"].dt.strftime("%Y-%m-%d") + ":" + table["kind"]
    table = table.assign(from_side=None, claimant=source, claimant_side=None, source=source, confidence=LIST_CONFIDENCE)
    return table[list(CLAIM_COLUMNS)].sort_values(["place_id", "date"], ignore_index=True)


def _changes(said: pd.DataFrame, sides: list[str]) -> pd.DataFrame:
    """One row for each day on which the list changed its word about a place."""
    names = [*sides, ""]
    code = said["side"].map({side: n for n, side in enumerate(sides)}).fillna(len(sides)).astype(int)
    grid = pd.DataFrame({"place_id": said["place_id"], "date": said["date"], "code": code})
    wide = grid.pivot(index="place_id", columns="date", values="code").fillna(-1).astype(int)
    codes = wide.to_numpy()
    before = np.c_[np.full(len(codes), -1), codes[:, :-1]]
    place, day = np.nonzero(codes != before)
    now = codes[place, day]
    kind = np.where(now < 0, "unlisted", np.where(now == len(sides), "contested", "listed"))
    to_side = [names[n] or None for n in np.where(now < 0, len(sides), now)]
    frame = pd.DataFrame({"place_id": wide.index[place], "date": wide.columns[day], "kind": kind, "to_side": to_side})
    return _challenged(frame, sides)


def _challenged(frame: pd.DataFrame, sides: list[str]) -> pd.DataFrame:
    """Contested between two sides: the one that did not hold the place before may have it now."""
    if len(sides) != 2:
        return frame
    held: pd.Series[Any] = frame.sort_values(["place_id", "date"], kind="stable")["to_side"]
    before = held.groupby(frame["place_id"]).ffill()
    other = before.map({sides[0]: sides[1], sides[1]: sides[0]})
    return frame.assign(
        to_side=frame["to_side"].where(frame["kind"] != "contested", other).where(frame["kind"] != "unlisted")
    )
