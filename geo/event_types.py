"""Event types: the theatre-neutral list of what can happen, with its words for people."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["event_labels"]

TABLE = Path(__file__).resolve().parent.parent / "data" / "event_types.csv"


def event_labels(lang: str = "en") -> dict[str, str]:
    """The word for each event type, in order of the list; English where the language has none."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["event_type"]: row.get(f"label_{lang}") or row["label_en"] for row in csv.DictReader(file)}
