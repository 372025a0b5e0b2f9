"""Ours: where "our" tells of a place that was taken, and where only whose men they are."""

from __future__ import annotations

from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["without_ours"]


def without_ours(signals: dict[str, list[Cue]], reading: Reading, sentence: Sentence) -> None:
    """ "X is ours!" tells of a capture, "our men" does not: there the noun follows."""
    weak = signals.get("capture_weak", [])
    kept = [
        c
        for c in weak
        if c.last == sentence.last or reading.words.breaks[c.last + 1] or not reading.within("our", c.last, c.last)
    ]
    if weak and not kept:
        del signals["capture_weak"]
    elif weak:
        signals["capture_weak"] = kept
