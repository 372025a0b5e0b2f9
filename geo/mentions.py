"""Mentions: the spans of a report that name a place, and what part each plays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Candidate", "Mention", "Role"]

Role = Literal["event", "dateline", "metonym", "actor", "background"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean; `score` is comparable within one mention only."""

    place_id: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a report: `text == report.text[start:end]` (code points of the NFC text).

    Before resolution the place fields are None. A mention whose place stays unknown keeps them None and says why in
    `reasons`; it is never given a made-up point. `confidence` is the probability that the place is right.
    """

    start: int
    end: int
    text: str
    role: Role = "background"
    place_id: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    where_prec: int | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
