"""Behind: what a word or a sentence says of an event that another one tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .draft import Draft
from .scenes import Scene
from .sentences import Reading

__all__ = ["breaks_truce", "dated_behind", "without_doubles"]


def dated_behind(reading: Reading, scene: Scene, last: Draft) -> bool:
    """ "It happened on Wednesday": a sentence that only dates what the one before told."""
    if last.moment is not None or scene.sentence.index - last.scene.sentence.index != 1 or scene.names_place:
        return False
    return reading.has("occurred", scene.sentence) and any(m.kind in ("day", "night") for m in scene.moments)


def breaks_truce(reading: Reading, scene: Scene) -> bool:
    """ "Breached the ceasefire, firing on X": fire told of beside the breach is the breach."""
    return any(t.event_type == "ceasefire_violation" and not t.undone for t in scene.triggers)


def without_doubles(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drop an event without a place when the same speaker places one of its kind on that day."""
    for draft in drafts:
        if draft.place is None and not draft.vague and draft.event_type != "ceasefire":
            twins = [d for d in drafts if d.place and d.event_type == draft.event_type and d.end == draft.end]
            if any(t.claimant == draft.claimant or t.speaker is None for t in twins):
                continue
        yield draft
