"""Records: claims, mentions and what stayed unplaced as plain JSON values, and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from .claims import Claim, Unplaced
from .mentions import Candidate, Mention

__all__ = ["claim_from", "mention_from", "record", "unplaced_from"]

_CLAIM_FIELDS = {field.name for field in dataclasses.fields(Claim)}
_MENTION_FIELDS = frozenset(Mention._fields)


def record(thing: Claim | Mention | Unplaced) -> dict[str, Any]:
    """JSON values of one thing, without what is None or empty: those are the defaults."""
    names = thing._fields if isinstance(thing, Mention) else [field.name for field in dataclasses.fields(thing)]
    values = {name: getattr(thing, name) for name in names}
    return {name: _plain(value) for name, value in values.items() if value not in (None, (), {})}


def claim_from(values: Mapping[str, Any]) -> Claim:
    """The claim of a record; fields that a newer version wrote are left out."""
    known = {name: value for name, value in values.items() if name in _CLAIM_FIELDS}
    for day in ("date_start", "date_end"):
        known[day] = dt.date.fromisoformat(known[day])
    if known.get("reported_at"):
        known["reported_at"] = dt.datetime.fromisoformat(known["reported_at"])
    known["spans"] = {name: (span[0], span[1]) for name, span in known.get("spans", {}).items()}
    return Claim(**known)


def mention_from(values: Mapping[str, Any]) -> Mention:
    """The mention of a record."""
    known = {name: value for name, value in values.items() if name in _MENTION_FIELDS}
    known["candidates"] = tuple(
        Candidate(c["place_id"], c["score"], tuple(c.get("reasons", ()))) for c in known.get("candidates", ())
    )
    known["reasons"] = tuple(known.get("reasons", ()))
    return Mention(**known)


def unplaced_from(values: Mapping[str, Any]) -> Unplaced:
    """What could not be placed, of a record."""
    return Unplaced(**{name: values.get(name) for name in ("report_id", "text", "reason", "start", "end")})  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Candidate):
        return {"place_id": value.place_id, "score": value.score, "reasons": list(value.reasons)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value  # NumPy numbers are no JSON
