"""Control claims: who is said to hold a place from which day on, and by whom.

Two sources join in one table: the theatre's `control_changes.csv` and coded incidents of type capture and withdrawal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from .theatre import Theatre

__all__ = ["CLAIM_COLUMNS", "control_claims", "empty_claims"]

CLAIM_COLUMNS = (
    "claim_id",
    "place_id",
    "longitude",
    "latitude",
    "date",  # the day from which the control is said to hold, midnight without zone
    "reported_at",  # the day on which it could be known
    "to_side",  # who is said to hold the place; null: contested
    "from_side",
    "claimant",
    "claimant_side",
    "kind",  # held · announced · denied · confirmed · agreed · withdrawn
    "confidence",  # of the record itself, 0–1
    "source",
)

# kinds of the theatre's table and of coded incidents, to the kinds that belief knows
KINDS: Mapping[str, str] = {
    "held_before_war": "held",
    "held": "held",
    "announced_capture": "announced",
    "announced": "announced",
    "denied": "denied",
    "confirmed": "confirmed",
    "handed_over_by_agreement": "agreed",
    "agreed": "agreed",
    "withdrawn": "withdrawn",
}
RECORD_CONFIDENCE: Mapping[str, float] = {"high": 0.95, "medium": 0.85, "low": 0.6}
SETTLEMENT_PREC = 2  # where_prec: what is said of a district or a ridge is said of no place in particular
# A settlement stands for the land around it; a district or a ridge only where something is said to have changed.
POINT_FEATURES = frozenset({"city", "town", "village", "site", "military", "settlement"})


def empty_claims() -> pd.DataFrame:
    """A table of control claims without a row."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in CLAIM_COLUMNS})


def control_claims(theatre: Theatre, incidents: gpd.GeoDataFrame | None = None) -> pd.DataFrame:
    """All control claims of a theatre, one row each, in the columns of CLAIM_COLUMNS, sorted by place and day.

    Args:
        theatre: its `control_changes` and `places` tables are read.
        incidents: a table in the schema of `geo.schema`; captures and withdrawals in it become further claims.
    """
    places = theatre.table("places")
    table = _from_table(theatre.table("control_changes"), places)
    if incidents is not None and len(incidents):
        coded = _from_incidents(incidents, theatre)
        if len(coded):
            table = coded if table.empty else pd.concat([table, coded], ignore_index=True)
    table["claimant_side"] = [_side(_known(name), theatre) or name for name in table["claimant_side"]]
    return table.sort_values(["place_id", "date", "claim_id"], kind="stable", ignore_index=True)


def _from_table(changes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    if changes.empty or places.empty:
        return empty_claims()
    joined = changes.merge(places[["place_id", "longitude", "latitude", "feature"]], on="place_id", how="inner")
    kind = joined["kind"].map(KINDS).fillna("announced")
    # places that only look like a point (districts, ridges) and never change say nothing about the land around them
    spoken_of = set(joined.loc[kind != "held", "place_id"])
    keep = joined["feature"].isin(POINT_FEATURES) | joined["place_id"].isin(spoken_of)
    joined, kind = joined[keep], kind[keep]
    day = pd.to_datetime(joined["date"])
    reported = joined.get("reported_at", joined["date"])
    claims = pd.DataFrame(
        {
            "place_id": joined["place_id"],
            "longitude": joined["longitude"].astype(float),
            "latitude": joined["latitude"].astype(float),
            "date": day,
            "reported_at": pd.to_datetime(reported.where(reported != "", joined["date"])),
            "to_side": joined["controller"].replace("", None),
            "from_side": None,
            "claimant": joined.get("announced_by", ""),
            "claimant_side": joined.get("claimant_side", ""),
            "kind": kind,
            "confidence": joined["confidence"].map(RECORD_CONFIDENCE).fillna(RECORD_CONFIDENCE["medium"]),
            "source": joined["source"],
        }
    )
    claims["claim_id"] = _ids(claims)
    return claims[list(CLAIM_COLUMNS)]


def _ids(claims: pd.DataFrame) -> pd.Series[Any]:
    """Readable and stable: the same row gives the same id, whatever the order of rows."""
    stem = claims["place_id"] + "@" + claims["date"].dt.strftime("%Y-%m-%d") + ":" + claims["kind"]
    order = claims.assign(stem=stem).sort_values(["stem", "to_side", "claimant", "source"])
    number = order.groupby("stem").cumcount().sort_index()
    ids: pd.Series[Any] = stem.where(number == 0, stem + "#" + (number + 1).astype(str))
    return ids


def _from_incidents(incidents: gpd.GeoDataFrame, theatre: Theatre) -> pd.DataFrame:
    """Captures: the side that took the place. Withdrawals: the other fighting side gains what one side leaves."""
    wanted = (
        incidents["event_type"].isin(["capture", "withdrawal"])
        & incidents["place_id"].notna()
        & incidents["longitude"].notna()
        & incidents["date_start"].notna()
        & (incidents["where_prec"].fillna(1) <= SETTLEMENT_PREC)
        & ~incidents["deleted"].fillna(False).astype(bool)
    )
    rows = incidents[wanted]
    gains = [_gain({str(k): v for k, v in row.items()}, theatre) for row in rows.to_dict("records")]
    frame = pd.DataFrame(
        {
            "claim_id": rows["incident_id"].astype(object).to_numpy(),
            "place_id": rows["place_id"].astype(object).to_numpy(),
            "longitude": rows["longitude"].to_numpy(float),
            "latitude": rows["latitude"].to_numpy(float),
            "date": pd.to_datetime(rows["date_start"]).to_numpy(),
            "reported_at": _civil_day(rows["reported_at"], theatre, otherwise=rows["date_start"]),
            "to_side": [gain[0] for gain in gains],
            "from_side": [gain[1] for gain in gains],
            "claimant": rows["claimant"].astype(object).to_numpy(),
            "claimant_side": rows["claimant_side"].astype(object).to_numpy(),
            "kind": [gain[2] for gain in gains],
            "confidence": rows["confidence"].fillna(RECORD_CONFIDENCE["medium"]).to_numpy(float),
            "source": rows["sources"].astype(object).to_numpy(),
        }
    )
    frame = frame[frame["to_side"].notna()]
    denials = _denials(frame, rows.set_index("incident_id"), theatre)
    return pd.concat([frame, denials], ignore_index=True) if len(denials) else frame.reset_index(drop=True)


def _gain(row: Mapping[str, Any], theatre: Theatre) -> tuple[str | None, str | None, str]:
    """(to_side, from_side, kind) of one capture or withdrawal; (None, None, …) where the direction is not told."""
    doer, other = _known(row["perpetrator"]), _known(row["target"])
    confirmed = row["claim_status"] == "confirmed"
    if row["event_type"] == "capture":
        gainer = doer or _known(row["claimant_side"])
        return _side(gainer, theatre), _side(other, theatre), "confirmed" if confirmed else "announced"
    leaver = doer or _known(row["side_a"])
    sides = [side for side in (_known(row["side_a"]), _known(row["side_b"]), other) if side and side != leaver]
    gainer = sides[0] if sides else _opponent(leaver, theatre)
    return _side(gainer, theatre), _side(leaver, theatre), "confirmed" if confirmed else "withdrawn"


def _known(value: Any) -> str | None:
    return None if value is None or value is pd.NA or value != value or value == "" else str(value)


def _side(name: str | None, theatre: Theatre) -> str | None:
    """The side that holds land for this one: a party's first side (an ally's troops hold it for the party)."""
    party = theatre.party_of(name)
    return next((s.id for s in theatre.sides if s.party == party), None) if party else None


def _opponent(name: str | None, theatre: Theatre) -> str | None:
    """The other side, where it is clear who that is: of the base line's two holders, else of two parties."""
    base = theatre.base_line or {}
    holders = [str(base[key]) for key in ("side", "outside") if key in base]
    first = {side.party: side.id for side in reversed(theatre.sides)}
    known = {str(theatre.party_of(side)): side for side in holders} if len(holders) == 2 else first
    others = [side for party, side in known.items() if party != theatre.party_of(name)]
    return others[0] if name and len(others) == 1 else None


def _civil_day(moments: pd.Series[Any], theatre: Theatre, *, otherwise: pd.Series[Any]) -> Any:
    local = pd.to_datetime(moments, utc=True).dt.tz_convert(theatre.timezone).dt.tz_localize(None).dt.normalize()
    return local.fillna(pd.to_datetime(otherwise)).to_numpy()


def _denials(claims: pd.DataFrame, rows: pd.DataFrame, theatre: Theatre) -> pd.DataFrame:
    """A denied capture brings a second claim: the denier says that it still holds the place."""
    deniers = rows["denied_by"].reindex(claims["claim_id"])
    denied = claims[deniers.notna().to_numpy()].copy()
    holder = denied["from_side"].where(denied["from_side"].notna(), [_opponent(s, theatre) for s in denied["to_side"]])
    denied = denied.assign(
        claim_id=denied["claim_id"] + ":denied",
        from_side=denied["to_side"],
        to_side=holder,
        claimant=deniers.dropna().to_numpy(),
        claimant_side=holder,
        kind="denied",
    )
    return denied[denied["to_side"].notna()].replace({np.nan: None})
