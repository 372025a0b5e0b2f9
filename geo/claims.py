"""Claims: who says that what happened where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Claim", "ClaimStatus", "Scope", "Unplaced"]

ClaimStatus = Literal["claimed", "denied", "confirmed", "corrected"]
Scope = Literal["incident", "increment", "cumulative_total", "enemy_loss_claim"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one claimant about one event, with the span that it came from.

    The fields carry the names of the incidents table (geo/schema.py). `text` is the sentence,
    `report.text[span_start:span_end] == text`; `spans` gives the span of each single field where known.
    """

    claim_id: str
    report_id: str
    event_type: str
    date_start: dt.date
    date_end: dt.date
    date_prec: int
    text: str
    span_start: int
    span_end: int
    lang: str
    sub_event_type: str | None = None
    reported_at: dt.datetime | None = None
    side_a: str | None = None
    side_b: str | None = None
    perpetrator: str | None = None
    target: str | None = None
    claimant: str | None = None
    claimant_side: str | None = None
    claim_status: ClaimStatus = "claimed"
    denied_by: str | None = None
    denial_text: str | None = None
    place_id: str | None = None
    place_name: str | None = None
    place_names: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    where_prec: int = 7
    radius_km: float | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    deaths_low: int | None = None
    deaths_best: int | None = None
    deaths_high: int | None = None
    deaths_a: int | None = None
    deaths_b: int | None = None
    deaths_civilians: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    scope: Scope = "incident"
    source: str | None = None
    confidence: float = 0.5
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A report, name or claim that could not be placed or coded, with the reason: nothing is dropped in silence."""

    report_id: str
    text: str
    reason: str
    start: int | None = None
    end: int | None = None
