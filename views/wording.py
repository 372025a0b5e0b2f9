"""Wording: what one incident says, in words for people. Pure functions of a row of the incidents table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

__all__ = [
    "NOWHERE",
    "WHERE_PREC",
    "day_words",
    "facts",
    "figure_words",
    "known",
    "place_words",
    "point_words",
    "title_words",
]

NOWHERE = "no named place"
DATE_PREC = {
    1: "exact day",
    2: "within two to six days",
    3: "within the week",
    4: "within the month",
    5: "within the year",
}
WHERE_PREC = {
    1: "exact place",
    2: "near the place",
    3: "district",
    4: "region",
    5: "along a line or in an area",
    6: "country",
    7: "unknown",
}
SCOPE = {
    "increment": "since the last report",
    "cumulative_total": "a running total, not one event",
    "enemy_loss_claim": "losses of the enemy, as claimed",
}
FIGURES = (  # words, lowest, best, highest
    ("Killed", "deaths_low", "deaths_best", "deaths_high"),
    ("Civilians killed", "deaths_civilians", None, None),
    ("Killed on side A", "deaths_a", None, None),
    ("Killed on side B", "deaths_b", None, None),
    ("Injured", "injured_low", None, "injured_high"),
)
PARTS = (("claimant_side", "Side that claims"), ("perpetrator", "By"), ("target", "Against"))


def known(value: Any) -> str | None:
    """A text, or None for all that stands for absence in a table."""
    return None if value is None or pd.isna(value) or value == "" else str(value)


def day_words(incident: pd.Series[Any]) -> str:
    """The days of an incident, like 22–23 Oct 2020."""
    start, end = incident["date_start"], incident["date_end"]
    if pd.isna(start):
        return "day unknown"
    if pd.isna(end) or end == start:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    return f"{start.day} {start:%b} – {end.day} {end:%b %Y}"


def place_words(incident: pd.Series[Any]) -> str:
    """The place by its first name, else as written, else that none is named."""
    names = (known(incident["place_names"]) or "").split(" / ")[:1]
    return names[0] or known(incident["place_name"]) or NOWHERE


def title_words(incident: pd.Series[Any], labels: Mapping[str, str]) -> str:
    """Event and place."""
    return f"{labels.get(incident['event_type'], incident['event_type'])} · {place_words(incident)}"


def point_words(incident: pd.Series[Any]) -> str:
    """Where it is drawn and how sure that is."""
    precision = WHERE_PREC.get(_number(incident["where_prec"]) or 7, "unknown")
    if pd.isna(incident["latitude"]):
        return f"not on the map ({precision})"
    latitude, longitude = float(incident["latitude"]), float(incident["longitude"])
    radius = "" if pd.isna(incident["radius_km"]) else f", ± {incident['radius_km']:.0f} km"
    point = f"{abs(latitude):.3f} {'N' if latitude >= 0 else 'S'} {abs(longitude):.3f} {'E' if longitude >= 0 else 'W'}"
    return f"{point} ({precision}{radius})"


def figure_words(low: int | None, best: int | None, high: int | None) -> str:
    """A count with its bounds, like `at least 2` or `2–5, best 3`; empty when nothing is known."""
    if low is None and high is None:
        return "" if best is None else str(best)
    if low == high:
        return str(low)
    words = f"at least {low}" if high is None else f"up to {high}" if low is None else f"{low}–{high}"
    return f"{words}, best {best}" if best is not None and best not in (low, high) else words


def facts(incident: pd.Series[Any], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All that is known of an incident beside its text, as pairs of a word and its value."""
    precision = DATE_PREC.get(_number(incident["date_prec"]) or 0, "precision unknown")
    yield "When", f"{day_words(incident)} ({precision})"
    yield "Where", point_words(incident)
    if names := known(incident["place_names"]):
        yield "Names", names.replace(" / ", " · ")
    if written := known(incident["place_name"]):
        yield "As written", written
    for column, words in PARTS:
        if value := known(incident[column]):
            yield words, labels.get(value, value)
    scope = SCOPE.get(known(incident["scope"]) or "")
    for words, low, best, high in FIGURES:
        if figure := figure_words(*(_number(incident[name]) if name else None for name in (low, best, high or low))):
            yield words, f"{figure} ({scope})" if scope else figure
    if pd.notna(incident["confidence"]):
        yield "Confidence", f"{incident['confidence']:.0%}"
    if sources := known(incident["sources"]):
        yield "Sources", sources
    if pd.notna(incident["reported_at"]):
        yield "Reported", _moment(incident["reported_at"])


def _moment(moment: pd.Timestamp) -> str:
    """A moment, or only its day where midnight says that no hour is known."""
    day = f"{moment.day} {moment:%b %Y}"
    return day if moment == moment.normalize() else f"{day}, {moment:%H:%M} UTC"


def _number(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
