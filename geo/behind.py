"""Behind: what a word or a sentence says of an event that another one tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .draft import Draft
from .scenes import Scene
from .sentences import Reading
from .triggers import Trigger

__all__ = ["breaks_truce", "dated_behind", "named_behind", "sums_losses", "without_doubles"]


GUNS = ("signal:weapon_artillery", "signal:shelling")
BLASTS = frozenset({"missile_strike", "drone_strike", "air_strike"})


def dated_behind(reading: Reading, scene: Scene, last: Draft) -> bool:
    """ "It happened on Wednesday": a sentence that only dates what the one before told."""
    if last.moment is not None or scene.sentence.index - last.scene.sentence.index > 2 or scene.names_place:
        return False
    return reading.has("occurred", scene.sentence) and any(m.kind in ("day", "night") for m in scene.moments)


def breaks_truce(reading: Reading, scene: Scene) -> bool:
    """ "Breached the ceasefire, firing on X": fire told of beside the breach is the breach."""
    return any(t.event_type == "ceasefire_violation" and not t.undone for t in scene.triggers)


def named_behind(reading: Reading, scene: Scene, last: Draft) -> str | None:
    """ "The strike killed nine. It was a missile that …": what a blast told of in general words was, by the sentence
    right behind it that names no other place and no other day."""
    if last.event_type != "shelling" or scene.sentence.index - last.scene.sentence.index != 1 or scene.places:
        return None
    if any(reading.within(kind, last.scene.sentence.first, last.scene.sentence.last) for kind in GUNS):
        return None  # shells were named
    if any(m.kind in ("day", "night", "anchor") and m.start != last.start for m in scene.moments):
        return None
    told = {t.event_type for t in scene.triggers if not t.undone}
    return told.pop() if len(told) == 1 and told <= BLASTS else None


def without_doubles(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drop an event without a place when the same speaker places one of its kind on that day."""
    for draft in drafts:
        if draft.place is None and not draft.vague and draft.event_type != "ceasefire":
            twins = [d for d in drafts if d.place and d.event_type == draft.event_type and d.end == draft.end]
            if any(t.claimant == draft.claimant or t.speaker is None for t in twins):
                continue
        if draft.trigger.weak and any(_is_closer(other, draft) for other in drafts):
            continue
        yield draft


def _is_closer(other: Draft, draft: Draft) -> bool:
    """Whether one sentence tells of a blast and behind it what it was: "an explosion was heard: a missile fell"."""
    if other is draft or other.trigger.weak or other.scene is not draft.scene or draft.event_type != "shelling":
        return False
    same = other.place is not None and draft.place is not None and other.place.place_id == draft.place.place_id
    return same and other.event_type in BLASTS and other.start == draft.start


def sums_losses(trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """ "Six tanks were put out of action": a sum of arms without a day, no event."""
    lost = reading.in_sentence("signal:losses", scene.sentence)
    return not scene.moments and any(c.first <= trigger.first <= c.last for c in lost)
