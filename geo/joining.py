"""Joining: claims of one event, from several reports and languages, become one incident."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import geopandas as gpd

from .claims import Claim
from .schema import incidents_frame

__all__ = ["claim_row", "incidents_as_known", "join_claims"]

NEAR_KM = 2.0  # a cathedral and its town are one place
CELL = 0.03  # degrees; a cell is wider than NEAR_KM at every latitude below 55
KM_PER_DEGREE = 111.32
FAMILIES: Mapping[str, str] = dict.fromkeys(
    ("shelling", "missile_strike", "air_strike", "drone_strike", "ceasefire_violation"), "fire"
)
NOT_IN_ROW = frozenset({"claim_id", "report_id", "spans", "source", "origin"})
FIGURES = ("deaths_low", "deaths_best", "deaths_high", "injured_low", "injured_high")
CLEAR, AGGREGATED, DAY_OR_TWO = 1, 2, 2  # UCDP's event_clarity, and the date_prec up to which an event is one
BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)


def join_claims(claims: Iterable[Claim], *, recorded_at: dt.datetime | None = None) -> gpd.GeoDataFrame:
    """The incidents table (EPSG:4326, columns of geo/schema.py): one row an event, by date and place.

    Two claims are one event when their kinds agree, their intervals end on the same day and their places lie within
    2 km; without a place, when the claimant is the same too. The order of the claims changes nothing, and the time
    grows with their number only.

    Args:
        claims: of any number of reports.
        recorded_at: when they came to be known here; default: when they were reported.
    """
    groups = _groups(sorted(_without_repeats(claims), key=_seniority))
    rows = [_row(group, recorded_at) for group in groups]
    rows.sort(key=lambda row: (row["date_start"], row["incident_id"]))
    return incidents_frame(rows)


def incidents_as_known(claims: Iterable[Claim], *, at: dt.datetime | dt.date) -> gpd.GeoDataFrame:
    """The incidents table as it stood at a moment (a day: at its end, UTC): later claims are not known yet."""
    moment = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time.max, tzinfo=dt.UTC)
    return join_claims(c for c in claims if (c.reported_at or BEGINNING) <= moment)


def claim_row(claim: Claim) -> dict[str, Any]:
    """One claim as a row of the incidents table."""
    return _row([claim], None)


def _without_repeats(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without repetitions: reading a report twice changes nothing."""
    return list({claim.claim_id: claim for claim in claims}.values())


def _seniority(claim: Claim) -> tuple[dt.datetime, str]:
    return claim.reported_at or BEGINNING, claim.claim_id


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    buckets: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        buckets[_kind_and_day(claim)].append(claim)
    return [group for bucket in buckets.values() for group in _by_place(bucket)]


def _kind_and_day(claim: Claim) -> Hashable:
    family = FAMILIES.get(claim.event_type, claim.event_type)
    days: Hashable = claim.date_end
    if (claim.date_end - claim.date_start).days > 1:
        days = (claim.date_start, claim.date_end)
    return family, claim.scope, days, claim.claimant if claim.latitude is None else None


def _by_place(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one kind and day by place; a grid gives each place its neighbours: no loop over pairs."""
    unplaced: dict[Hashable, list[Claim]] = defaultdict(list)
    points: dict[tuple[float, float], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.latitude is None or claim.longitude is None:
            unplaced[claim.place_id or claim.place_name].append(claim)
        else:
            points[claim.longitude, claim.latitude].append(claim)
    root = {point: point for point in points}
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for point in sorted(points):
        x, y = _cell(point)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other in cells.get((x + dx, y + dy), ()):
                    if _km(point, other) <= NEAR_KM:
                        _unite(root, point, other)
        cells[x, y].append(point)
    joined: dict[tuple[float, float], list[Claim]] = defaultdict(list)
    for point, here in points.items():
        joined[_root(root, point)] += here
    return [sorted(group, key=_seniority) for group in (*unplaced.values(), *joined.values())]


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return math.floor(point[0] / (2 * CELL)), math.floor(point[1] / CELL)


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot(east, a[1] - b[1]) * KM_PER_DEGREE


Point = tuple[float, float]


def _root(root: dict[Point, Point], point: Point) -> Point:
    while root[point] != point:
        root[point] = root[root[point]]
        point = root[point]
    return point


def _unite(root: dict[Point, Point], a: Point, b: Point) -> None:
    low, high = sorted((_root(root, a), _root(root, b)))
    root[high] = low


def _row(group: Sequence[Claim], recorded_at: dt.datetime | None) -> dict[str, Any]:
    first, latest = group[0], group[-1]
    main = max(group, key=lambda c: (c.claimant is not None, c.place_id is not None, c.confidence, c.claim_id))
    row = {name: value for name, value in asdict(main).items() if name not in NOT_IN_ROW}
    row.update(_agreed(group, main))
    row.update(_figures(group))
    sources = sorted({c.source for c in group if c.source})
    return row | {
        "incident_id": "i-" + _digest(first.claim_id),
        "relid": "r-" + _digest(first.claim_id if main.latitude is None else _event_key(group)),
        "sources": "; ".join(sources) or None,
        "number_of_sources": len({c.source or c.report_id for c in group}),
        "event_clarity": CLEAR if any(_is_clear(c) for c in group) else AGGREGATED,
        "report_ids": "; ".join(sorted({c.report_id for c in group})),
        "versions": json.dumps([_version(c) for c in group], ensure_ascii=False),
        "confidence": max(c.confidence for c in group),
        "reported_at": first.reported_at,
        "recorded_at": recorded_at or first.reported_at,
        "revised_at": latest.reported_at,
        "deleted": False,
    }


def _is_clear(claim: Claim) -> bool:
    """Whether a claim tells of one event: not of a sum, and of a day that is known to a day or two."""
    return claim.scope == "incident" and claim.date_prec <= DAY_OR_TWO


def _agreed(group: Sequence[Claim], main: Claim) -> dict[str, Any]:
    types = Counter(c.event_type for c in group)
    top = max(types.values())
    deniers = sorted({c.denied_by for c in group if c.denied_by})
    return {
        "event_type": main.event_type if types[main.event_type] == top else min(t for t in types if types[t] == top),
        "date_start": min(c.date_start for c in group),
        "date_end": max(c.date_end for c in group),
        "date_prec": min(c.date_prec for c in group),
        "claim_status": _status(group),
        "denied_by": "; ".join(deniers) or None,
        "denial_text": next((c.denial_text for c in group if c.denial_text), None),
    }


def _status(group: Sequence[Claim]) -> str:
    """Confirmed by somebody named, else denied, corrected or claimed by somebody, else told as a fact."""
    named = {c.claim_status for c in group if c.claimant is not None}
    for status in ("confirmed", "denied", "corrected", "claimed"):
        if status in named:
            return status
    return "denied" if any(c.denied_by for c in group) else group[0].claim_status


def _figures(group: Sequence[Claim]) -> dict[str, int | None]:
    """The figures of the latest report that gives any; the earlier ones stay in `versions`."""
    figures: dict[str, int | None] = {}
    for names in (("deaths_low", "deaths_best", "deaths_high", "deaths_civilians"), ("injured_low", "injured_high")):
        told = [c for c in group if any(getattr(c, name) is not None for name in names)]
        figures.update({name: getattr(told[-1], name) if told else None for name in names})
    return figures


def _version(claim: Claim) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "report_id": claim.report_id,
        "claimant": claim.claimant,
        "claim_status": claim.claim_status,
        "denied_by": claim.denied_by,
        "event_type": claim.event_type,
        "text": claim.text,
        "source": claim.source,
        "lang": claim.lang,
        "origin": claim.origin,
        "reported_at": claim.reported_at.isoformat() if claim.reported_at else None,
        **{name: getattr(claim, name) for name in FIGURES},
    }


def _event_key(group: Sequence[Claim]) -> str:
    """One day at one place, whatever its kinds: what groups the accounts of a day's fighting there."""
    point = min((c.longitude or 0.0, c.latitude or 0.0) for c in group)
    return f"{_cell(point)} {max(c.date_end for c in group)}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]
