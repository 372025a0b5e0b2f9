"""Behind: what a word or a sentence says of an event that another one tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .draft import Draft
from .mentions import Mention
from .scenes import Scene, is_origin, may_be_scene
from .sentences import Reading
from .triggers import Trigger

__all__ = [
    "breaks_truce",
    "located_behind",
    "named_behind",
    "only_named",
    "settle_behind",
    "sums_losses",
    "without_doubles",
]


LOCATED = ("aircraft_shot_down", "prisoner_exchange")  # often told before it is told where
ARMS = ("signal:weapon_artillery", "signal:weapon_missile")
DOES = ("signal:impact", "signal:clash_weak", "signal:downing")
GUNS = ("signal:weapon_artillery", "signal:shelling")
BLASTS = frozenset({"missile_strike", "drone_strike", "air_strike"})


def settle_behind(reading: Reading, scene: Scene, mentions: Sequence[Mention], told: Sequence[Draft]) -> None:
    """ "It happened on Wednesday near X": a sentence that only tells when or where what one before told was."""
    if not told or not reading.has("occurred", scene.sentence):
        return
    near = scene.sentence.index - told[-1].scene.sentence.index
    inside = [m for m in mentions if scene.sentence.start <= m.start < scene.sentence.end]
    here = [m for m in inside if may_be_scene(m) and not is_origin(m, reading)]
    if near > 2 or (scene.names_place and (len(told) > 1 or len(here) != 1)):
        return
    if here and len(told) == 1 and told[0].place is not None:
        told[0].place = here[0]
    found = next((m for m in scene.moments if m.kind in ("day", "night")), None)
    for draft in (d for d in told if found is not None and d.moment is None):
        assert found is not None
        draft.start, draft.end, draft.prec, draft.moment = found.start, found.end, found.prec, found


def breaks_truce(reading: Reading, scene: Scene) -> bool:
    """ "Breached the ceasefire, firing on X": fire told of beside the breach is the breach."""
    return any(t.event_type == "ceasefire_violation" and not t.undone for t in scene.triggers)


def located_behind(reading: Reading, scene: Scene, last: Draft) -> bool:
    """ "The wreck lies in X", "the handover took place near X": where what was told without a place was."""
    if last.place is not None or scene.sentence.index - last.scene.sentence.index > 2 or len(scene.places) != 1:
        return False
    if last.event_type not in LOCATED or not reading.has("took_place", scene.sentence):
        return False
    last.place = scene.places[0]
    return True


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


def only_named(trigger: Trigger, reading: Reading) -> bool:
    """Whether an event is nothing but the name of a weapon, which nothing in its clause is said to do."""
    at = trigger.first
    if not trigger.weak or any(reading.within(kind, at, at) for kind in DOES):
        return False
    return any(reading.within(kind, at, at) for kind in ARMS)


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
