"""Coded reports as plain records: what `contactline code --format jsonl` writes, one object a report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .incidents import CodedReport
from .joining import claim_row
from .schema import COLUMNS

__all__ = ["coded_record"]

MENTION = ("start", "end", "text", "role", "place_id", "name", "latitude", "longitude", "radius_km", "confidence")


def coded_record(coded: CodedReport) -> dict[str, Any]:
    """One report with its mentions, its incidents (one a claim, columns of the table) and what stayed unplaced."""
    return {
        "id": coded.report.id,
        "mentions": [{name: getattr(mention, name) for name in MENTION} for mention in coded.mentions],
        "incidents": [_plain(claim_row(claim)) for claim in coded.claims],
        "unplaced": [{"text": u.text, "reason": u.reason} for u in coded.unplaced],
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(row.get(name)) for name in COLUMNS}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
