"""Lists: places of a sentence that share one event, and places that only seemed to stand aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .carried import FIRE
from .draft import Draft
from .mentions import Mention
from .scenes import WIDE, Scene
from .sentences import Reading
from .triggers import Trigger

__all__ = ["in_lists", "is_listing", "opens_list", "read_out", "recruited", "without_areas"]

LIST_REACH = 4  # words between two places of one list


def in_lists(placed: list[tuple[Mention, Trigger]], reading: Reading) -> list[tuple[Mention, Trigger]]:
    """Places of one list share one event: the one before the list, behind it where the verb comes last."""
    runs: list[list[tuple[Mention, Trigger]]] = []
    for place, trigger in placed:
        first = reading.word_at(place.start)
        last = reading.word_at(runs[-1][-1][0].end - 1) if runs else -LIST_REACH
        hard = any(reading.words.breaks[i] == 2 for i in range(max(last, 0) + 1, first + 1))
        if runs and first - last <= LIST_REACH and not hard:
            runs[-1].append((place, trigger))
        else:
            runs.append([(place, trigger)])
    chosen = -1 if reading.vocabulary.has("verb_last") else 0
    return [(place, run[chosen][1] if len(run) > 2 else trigger) for run in runs for place, trigger in run]


def recruited(
    reading: Reading, scene: Scene, placed: Sequence[tuple[Mention, Trigger]], *, listed: bool
) -> list[tuple[Mention, Trigger]]:
    """The first places that only seemed to stand aside, for a clear event that has no other; a list's places."""
    if placed:
        return []
    for trigger in scene.triggers:
        if listed and is_listing(trigger, reading) and len(scene.asides) > 1:
            return [(place, trigger) for place in scene.asides]
        if is_listing(trigger, reading) and not listed:
            continue
        claimed = trigger.event_type == "capture" and any(s.mode == "says" for s in scene.speakers)
        deadly = trigger.event_type in FIRE and any(f.kind == "dead" and f.best for f in scene.figures)
        if trigger.undone or (trigger.weak and not (claimed or deadly)) or trigger.event_type == "ceasefire":
            continue
        there = reading.in_sentence("signal:same_place", scene.sentence)
        if any(reading.clauses[c.first] == trigger.clause for c in there) and not trigger.weak:
            asides = [m for m in scene.asides if reading.clauses[reading.word_at(m.start)] == trigger.clause]
            if not asides:
                continue  # "they are no longer in the village, which faces X"
        same = [m for m in scene.asides if reading.clauses[reading.word_at(m.start)] == trigger.clause]
        told = {t.clause for t in scene.triggers}
        other = [m for m in scene.asides if reading.clauses[reading.word_at(m.start)] in told]
        found = same or other or (list(scene.asides) if len(scene.triggers) == 1 else [])
        if found:
            held = trigger.event_type in ("capture", "withdrawal")  # "we left X and Y"
            return [(place, trigger) for place in (_one_list(found, reading) if held else found[:1])]
    return []


def read_out(reading: Reading, scene: Scene, named: Sequence[Mention]) -> list[tuple[Mention, Trigger]]:
    """ "X, Y, Z… The president's list begins like this": names without a verb, and who read them out."""
    if not any(s.known and s.mode == "says" for s in scene.speakers):
        return []
    listing = next((t for t in scene.triggers if is_listing(t, reading) and not t.undone), None)
    return [(place, listing) for place in named] if listing else []


def _one_list(places: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The first place and those that "and" joins to it."""
    run = [places[0]]
    for place in places[1:]:
        low, high = reading.word_at(run[-1].end - 1) + 1, reading.word_at(place.start)
        if high - low > 1 or not reading.within("and", low, high):
            break
        run.append(place)
    return run


def is_listing(trigger: Trigger, reading: Reading) -> bool:
    """Whether an event is only that places are listed."""
    return trigger.weak and any(
        c.first == trigger.first for c in reading.within("signal:listing", trigger.first, trigger.first)
    )


def opens_list(before: Scene, draft: Draft, reading: Reading) -> bool:
    """ "Eight villages were freed, the president said. Among them are X and Y": he names them too."""
    told = any(t.event_type == draft.event_type and not t.undone for t in before.triggers)
    return told and not before.places and is_listing(draft.trigger, reading)


def without_areas(drafts: Sequence[Draft], listed: Sequence[Draft]) -> Iterator[Draft]:
    """Of an area that fell, its places are listed now: they stand for it, on the same word."""
    for draft in drafts:
        if draft.event_type != "capture" or draft.place is None or draft.place.where_prec not in WIDE:
            yield draft
            continue
        for place in listed:
            place.speaker = place.speaker or draft.speaker
