"""Corrections: what an analyst changed, who, when and why; applied anew to whatever the coder says next.

A correction is tied to claims, by id and by the span of text that they came from, so that it survives re-coding. It is
never deleted: undoing is a further entry.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

import geopandas as gpd
import pandas as pd

from .claims import Claim
from .errors import CorrectionError
from .schema import COLUMNS, incidents_frame

__all__ = [
    "Alias",
    "Anchor",
    "Corrected",
    "Correction",
    "Join",
    "Kind",
    "claims_of",
    "corrected",
    "learnt_aliases",
    "new_correction",
]

Kind = Literal["move", "retype", "merge", "split", "reject"]
Join = Callable[[Iterable[Claim]], gpd.GeoDataFrame]
PLACE = ("place_id", "place_names", "latitude", "longitude", "where_prec", "radius_km", "admin1", "admin2", "country")
NEEDED: Mapping[str, tuple[str, ...]] = {"move": ("latitude", "longitude"), "retype": ("event_type",)}
ALLOWED: Mapping[str, tuple[str, ...]] = {"move": PLACE, "retype": ("event_type", "sub_event_type")}
STATUS_ORDER = ("confirmed", "denied", "corrected", "claimed")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a corrected claim stands: found again by its id, else by its type and place in the report."""

    claim_id: str
    report_id: str
    span_start: int
    span_end: int
    event_type: str
    group: int = 0  # of a merge: which of the incidents it belonged to


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of an analyst about the claims at `anchors`; `values` holds what a move or retype sets."""

    correction_id: str
    theatre: str
    kind: Kind
    who: str
    why: str
    made_at: dt.datetime
    anchors: tuple[Anchor, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    undone_at: dt.datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected incidents, and the corrections whose claims are no longer there: they did nothing."""

    incidents: gpd.GeoDataFrame
    stale: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that an analyst tied to a place: offered to the theatre, not taken over by itself."""

    place_id: str
    name: str
    lang: str
    correction_id: str


def new_correction(
    kind: Kind,
    incidents: Sequence[Sequence[Claim]],
    *,
    theatre: str,
    who: str,
    why: str,
    values: Mapping[str, Any] | None = None,
) -> Correction:
    """A correction of incidents, each given by its claims; of a split, by the claims that are to be taken out.

    Raises:
        CorrectionError: all faults at once: nobody or no reason named, values missing, unknown or impossible.
    """
    values = dict(values or {})
    faults = list(_faults(kind, incidents, who, why, values))
    if faults:
        raise CorrectionError.of(faults)
    anchors = tuple(
        Anchor(c.claim_id, c.report_id, c.span_start, c.span_end, c.event_type, group)
        for group, claims in enumerate(incidents)
        for c in claims
    )
    return Correction(
        uuid.uuid4().hex, theatre, kind, who.strip(), why.strip(), dt.datetime.now(dt.UTC), anchors, values
    )


def corrected(claims: Iterable[Claim], corrections: Iterable[Correction], join: Join) -> Corrected:
    """Incidents from claims with the corrections applied in the order in which they were made.

    Moves, retypes and rejections change the claims before they are joined; splits keep claims apart; merges put
    incidents together afterwards. `revised_at` of what was touched is when it was corrected.
    """
    here = {claim.claim_id: claim for claim in claims}
    apart: dict[str, tuple[str, ...]] = {}
    touched: dict[str, dt.datetime] = {}
    merges: list[tuple[Correction, dict[str, int]]] = []
    stale = []
    for correction in (c for c in corrections if c.undone_at is None):
        found = _found(correction, here)
        if not found or (correction.kind == "merge" and len(set(found.values())) < 2):
            stale.append(correction)
            continue
        touched.update(dict.fromkeys(found, correction.made_at))
        if correction.kind == "reject":
            here = {id: claim for id, claim in here.items() if id not in found}
        elif correction.kind == "split":
            apart.update({id: (*apart.get(id, ()), correction.correction_id) for id in found})
        elif correction.kind == "merge":
            merges.append((correction, found))
        else:
            here.update({id: _changed(here[id], correction) for id in found})
    frame = _joined(here.values(), apart, join)
    for correction, found in merges:
        frame = _merged(frame, found, correction.made_at)
    return Corrected(_stamped(frame, touched), tuple(stale))


def claims_of(frame: gpd.GeoDataFrame, incident_ids: Sequence[str], *, only: set[str]) -> list[list[str]]:
    """Ids of the claims of each of the incidents; with `only`, those among them, which must not be all.

    Raises:
        CorrectionError: an id is not there, or `only` leaves nothing to take out or nothing behind.
    """
    versions = dict(zip(frame["incident_id"], frame["versions"], strict=True))
    unknown = [id for id in incident_ids if id not in versions]
    if unknown:
        raise CorrectionError(f"no incident {', '.join(map(repr, unknown))}; the list of incidents shows their ids")
    groups = [_ids(versions[id]) for id in incident_ids]
    if not only:
        return groups
    kept = [[id for id in group if id in only] for group in groups]
    if any(not part or len(part) == len(group) for part, group in zip(kept, groups, strict=True)):
        raise CorrectionError("split: name some claims of the incident, not all and not none; 'versions' lists them")
    return kept


def learnt_aliases(corrections: Iterable[Correction], claims: Iterable[Claim]) -> list[Alias]:
    """Names, as written, that moves tied to another place than the coder had found (or to one where it found none)."""
    here = {claim.claim_id: claim for claim in claims}
    aliases: dict[tuple[str, str], Alias] = {}
    for correction in (c for c in corrections if c.undone_at is None and c.kind == "move"):
        place_id = correction.values.get("place_id")
        for id in _found(correction, here):
            claim = here[id]
            if place_id and claim.place_name and claim.place_id != place_id:
                alias = Alias(place_id, claim.place_name, claim.lang, correction.correction_id)
                aliases.setdefault((place_id, claim.place_name), alias)
    return list(aliases.values())


def _faults(
    kind: str, incidents: Sequence[Sequence[Claim]], who: str, why: str, values: Mapping[str, Any]
) -> Iterable[str]:
    if kind not in get_args(Kind):
        yield f"correction {kind!r}: one of {', '.join(get_args(Kind))} would do"
    if not who.strip():
        yield f"{kind}: who corrects? A name would do"
    if not why.strip():
        yield f"{kind}: why? A reason that others can check would do"
    if not incidents or not all(incidents):
        yield f"{kind}: there is no such incident, or it has no claims"
    if kind in ("split", "move", "retype") and len(incidents) > 1:
        yield f"{kind}: one incident at a time"
    if kind == "merge" and len(incidents) < 2:
        yield "merge: two incidents or more are needed"
    missing = [name for name in NEEDED.get(kind, ()) if values.get(name) is None]
    if missing:
        yield f"{kind}: {', '.join(missing)} missing"
    unknown = set(values) - set(ALLOWED.get(kind, ()))
    if unknown:
        allowed = ", ".join(ALLOWED.get(kind, ())) or "nothing"
        yield f"{kind}: cannot set {', '.join(sorted(unknown))}; {allowed} would do"
    if kind == "move" and not missing:
        longitude, latitude = float(values["longitude"]), float(values["latitude"])
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90) or longitude == latitude == 0:
            yield f"move: {latitude}, {longitude} (latitude, longitude) is no place on Earth"


def _found(correction: Correction, here: Mapping[str, Claim]) -> dict[str, int]:
    """Ids of the claims that a correction is about, with their group: by id, else by where they stand."""
    found = {a.claim_id: a.group for a in correction.anchors if a.claim_id in here}
    lost = [a for a in correction.anchors if a.claim_id not in here]
    told = {anchor.report_id for anchor in lost}
    about = [claim for claim in here.values() if claim.report_id in told] if lost else []
    for anchor in lost:
        near = [
            claim
            for claim in about
            if claim.report_id == anchor.report_id
            and claim.span_start < anchor.span_end
            and anchor.span_start < claim.span_end
        ]
        same = [claim for claim in near if claim.event_type == anchor.event_type] or near
        if len(same) == 1:
            found.setdefault(same[0].claim_id, anchor.group)
    return found


def _changed(claim: Claim, correction: Correction) -> Claim:
    """A claim with another type, or at another place: nothing of the old place but its name as written stays."""
    cleared = {**dict.fromkeys(PLACE), "where_prec": 1} if correction.kind == "move" else {"sub_event_type": None}
    return replace(claim, **(cleared | dict(correction.values)))


def _joined(claims: Iterable[Claim], apart: Mapping[str, tuple[str, ...]], join: Join) -> gpd.GeoDataFrame:
    parts: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        parts.setdefault(apart.get(claim.claim_id, ()), []).append(claim)
    rows = [row for part in parts.values() for row in _rows(join(part))]
    return incidents_frame(sorted(rows, key=lambda row: (row["date_start"], row["incident_id"])))


def _merged(frame: gpd.GeoDataFrame, found: Mapping[str, int], made_at: dt.datetime) -> gpd.GeoDataFrame:
    """One row in the place of all that hold one of the claims; the first incident that was named gives its place."""
    rows = _rows(frame)
    groups = [min((found[id] for id in _claim_ids(row) if id in found), default=-1) for row in rows]
    chosen = [rows[number] for _, number in sorted((g, n) for n, g in enumerate(groups) if g >= 0)]
    if len(chosen) < 2:
        return frame
    kept = [row for row, group in zip(rows, groups, strict=True) if group < 0]
    one = _one_row(chosen) | {"revised_at": made_at}
    return incidents_frame(sorted([*kept, one], key=lambda row: (row["date_start"], row["incident_id"])))


def _one_row(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    latest_first = sorted(rows, key=lambda row: str(row["revised_at"]), reverse=True)
    versions = [version for row in rows for version in json.loads(row["versions"] or "[]")]
    versions.sort(key=lambda version: (str(version.get("reported_at")), str(version.get("claim_id"))))
    sources, reports, deniers = (_parts(rows, name) for name in ("sources", "report_ids", "denied_by"))
    statuses = {row["claim_status"] for row in rows}
    one = dict(rows[0])
    for name in ("deaths_low", "deaths_best", "deaths_high", "deaths_a", "deaths_b", "deaths_civilians"):
        one[name] = next((row[name] for row in latest_first if row["deaths_best"] is not None), one[name])
    for name in ("injured_low", "injured_high"):
        one[name] = next((row[name] for row in latest_first if row["injured_low"] is not None), one[name])
    return one | {
        "date_start": min(row["date_start"] for row in rows),
        "date_end": max(row["date_end"] for row in rows),
        "claim_status": next((status for status in STATUS_ORDER if status in statuses), one["claim_status"]),
        "denied_by": "; ".join(deniers) or None,
        "sources": "; ".join(sources),
        "number_of_sources": len(sources),
        "report_ids": "; ".join(reports),
        "versions": json.dumps(versions, ensure_ascii=False),
        "reported_at": min((row["reported_at"] for row in rows if row["reported_at"] is not None), default=None),
        "confidence": max((row["confidence"] for row in rows if row["confidence"] is not None), default=None),
    }


def _stamped(frame: gpd.GeoDataFrame, touched: Mapping[str, dt.datetime]) -> gpd.GeoDataFrame:
    moments = frame["versions"].map(
        lambda versions: max((touched[id] for id in _ids(versions) if id in touched), default=None)
    )
    stamps = pd.to_datetime(moments, utc=True).astype(frame["revised_at"].dtype)
    stamped: gpd.GeoDataFrame = frame.assign(revised_at=stamps.fillna(frame["revised_at"]))
    return stamped


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    plain = pd.DataFrame(frame[list(COLUMNS)]).astype(object)
    names = list(plain.columns)
    return [dict(zip(names, row, strict=True)) for row in plain.where(plain.notna(), None).itertuples(index=False)]


def _claim_ids(row: Mapping[str, Any]) -> list[str]:
    return _ids(row["versions"])


def _ids(versions: Any) -> list[str]:
    return [version["claim_id"] for version in json.loads(versions)] if isinstance(versions, str) else []


def _parts(rows: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return sorted({part for row in rows for part in (row[name] or "").split("; ") if part})
