"""Carried: what a report carries over from sentence to sentence, and the place that a later one means by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .actors import ActorBook
from .draft import Draft
from .mentions import Mention
from .scenes import Scene, is_seat, may_be_scene
from .sentences import Reading
from .topics import spoken_of
from .triggers import Trigger

__all__ = [
    "BLASTS",
    "FIRE",
    "HELD",
    "State",
    "alike",
    "behind_colon",
    "carried_weapon",
    "fought_for",
    "goes_on_there",
    "here_or_vague",
    "is_own",
    "just_taken",
    "just_told",
    "night_before",
    "opening_place",
    "that_place",
    "those",
]

FIRE = frozenset({"shelling", "missile_strike", "drone_strike", "air_strike", "ceasefire_violation", "casualties"})
JUST = 2  # sentences behind a capture in which the other side's withdrawal is from there
HELD = frozenset({"capture", "withdrawal"})
BLASTS = frozenset({"missile_strike", "drone_strike", "air_strike"})


@dataclass(slots=True)
class State:
    """What carries over from sentence to sentence."""

    day: dt.date
    published: dt.date
    book: ActorBook
    usual: Trigger | None
    day_known: bool = False
    first_day: dt.date | None = None
    truce: bool = False
    gains: bool = False
    last: Draft | None = None
    place: Mention | None = None
    before: Mention | None = None
    seen: int = -1  # the last sentence that named one place and no other
    told: Trigger | None = None  # fire that the sentence before told of without a place
    named: tuple[Mention, ...] = ()  # places of the last sentence, where it tells of nothing: a list may go on
    dateline: Mention | None = None


def carried_weapon(trigger: Trigger, scene: Scene, state: State, reading: Reading) -> str | None:
    """The kind of fire that the sentence before told of without a place, where this one only tells where it hit."""
    told = state.told
    if told is None or told.event_type not in BLASTS or not trigger.weak or trigger.event_type != "shelling":
        return None
    return None if reading.has("signal:weapon_artillery", scene.sentence) else told.event_type


def just_taken(
    trigger: Trigger, scene: Scene, state: State, drafts: Sequence[Draft], reading: Reading
) -> Mention | None:
    """Where a withdrawal told of without a place was from: the town whose capture has just been told."""
    if trigger.event_type not in HELD or trigger.weak:
        return None
    last = state.last
    if last is None or last.event_type not in HELD or last.event_type == trigger.event_type or last.place is None:
        return None
    near = scene.sentence.index - last.scene.sentence.index <= JUST
    if not near or any(d.event_type == trigger.event_type for d in drafts):
        return None
    listed = [d for d in drafts if d.scene is last.scene and d.event_type == last.event_type and d.place]
    meant = spoken_of(listed, scene, reading)
    town = len(meant) < len(listed) or reading.has("signal:same_place", scene.sentence)
    return meant[0].place if town and meant else last.place  # "the town": of a town and its villages


def fought_for(trigger: Trigger, scene: Scene, state: State) -> Mention | None:
    """The town that is still fought for, by the word of who denies that it was taken."""
    last = state.last
    if trigger.event_type != "ground_clash" or trigger.weak or last is None or last.event_type != "capture":
        return None
    near = scene.sentence.index - last.scene.sentence.index <= 1
    return last.place if near and any(s.known and s.mode in ("denies", "holds") for s in scene.speakers) else None


def that_place(trigger: Trigger, scene: Scene, state: State, reading: Reading, *, placed: bool) -> Mention | None:
    """Which place "that town" is: beside one that is named the one before it, and the named one where none was."""
    if not placed:
        return state.place or state.dateline
    named = [m for m in scene.places if reading.word_at(m.start) < trigger.first]
    return state.before or (named[-1] if named else None)


def here_or_vague(trigger: Trigger, scene: Scene, reading: Reading, *, placed: bool) -> tuple[bool, bool]:
    """Whether the clause of an event means the place told before ("the town"), or only some part of the front."""
    clause = [i for i in range(scene.sentence.first, scene.sentence.last + 1) if reading.clauses[i] == trigger.clause]
    here = bool(reading.within("signal:same_place", clause[0], clause[-1])) if clause else False
    told_whole = not scene.names_place and not trigger.weak  # the town may be named in another clause of the sentence
    here = here or (told_whole and reading.has("signal:same_place", scene.sentence))
    fronts = reading.within("signal:vague_place", clause[0], clause[-1]) if clause else []
    vague = any(not trigger.first <= c.first <= trigger.last for c in fronts)  # "fell back to its positions": no place
    vague = vague and not any(reading.clauses[reading.word_at(p.start)] == trigger.clause for p in scene.places)
    vague = vague or (not placed and reading.has("signal:vague_place", scene.sentence))
    return here, vague


def opening_place(trigger: Trigger, scene: Scene, state: State, reading: Reading, *, dated: bool) -> Mention | None:
    """The dateline where the first event of a report was, unless it is a capital from where all is reported."""
    line = state.dateline
    if line is None or state.place is not None or not (dated or _hits_behind(trigger, scene, state, reading)):
        return None
    word = reading.word_at(line.start)
    return None if reading.within("actor", word, word) else line


def _hits_behind(trigger: Trigger, scene: Scene, state: State, reading: Reading) -> bool:
    """ "DNIPRO, 14 January. A missile hit a house": right behind a dateline of its own, something was hit."""
    line = state.dateline
    if line is None or trigger.weak or scene.sentence.index != 1 or line.start >= scene.sentence.start:
        return False
    return _is_hit(trigger, scene, reading)


def _is_hit(trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """Whether the clause of an event says that something was hit."""
    hit = [*reading.in_sentence("signal:impact", scene.sentence), *reading.in_sentence("dead", scene.sentence)]
    return any(reading.clauses[c.first] == trigger.clause for c in hit)


def goes_on_there(
    trigger: Trigger, scene: Scene, state: State, drafts: Sequence[Draft], reading: Reading, *, dated: bool
) -> bool:
    """ "Grief in X. A missile killed six at noon": the first event is where the sentence before it was."""
    if drafts or state.place is None or trigger.event_type not in BLASTS or scene.names_place or state.dateline:
        return False
    near = state.place.end <= scene.sentence.start and state.seen == scene.sentence.index - 1
    told = dated or any(f.best > 0 for f in scene.figures) or _is_hit(trigger, scene, reading)
    return near and told and (may_be_scene(state.place) or is_seat(state.place))


def night_before(state: State) -> dt.date:
    """The day on which a night without a date ended: publication's, unless the report is about an earlier day."""
    return state.published if (state.published - state.day).days <= 1 else state.day


def behind_colon(detail: Trigger, triggers: Sequence[Trigger], scene: Scene, reading: Reading) -> Trigger | None:
    """The event that a colon goes into: "drones struck the ports: in X a depot is on fire"."""
    if not detail.weak or detail.event_type not in FIRE:
        return None
    placed = {reading.clauses[reading.word_at(p.start)] for p in scene.places}
    for told in reversed(triggers):
        colon = any(reading.colon_before(i) for i in range(told.last + 1, detail.first + 1))
        if colon and told.event_type in FIRE and not (told.weak or told.undone) and told.clause not in placed:
            return told
    return None


def those(lost: Mention, scene: Scene, drafts: Sequence[Draft], reading: Reading) -> list[Mention]:
    """The place that was told of last, or all of its sentence where several are meant ("the capture of those")."""
    told = next((d for d in reversed(drafts) if d.place is lost), None)
    if told is None or not reading.has("those_places", scene.sentence):
        return [lost]
    return [d.place for d in drafts if d.scene is told.scene and d.event_type == told.event_type and d.place]


def is_own(draft: Draft, scene: Scene, book: ActorBook) -> bool:
    """Whether who denies something told of this event themselves: it is not what they deny."""
    deniers = {book.party(s.side) for s in scene.speakers if s.mode == "denies" and s.side}
    return draft.side is not None and book.party(draft.side) in deniers


def alike(first: str, second: str) -> bool:
    """Whether two event types may be two words for one event."""
    return first == second or (first in FIRE and second in FIRE)


def just_told(trigger: Trigger, state: State) -> Draft | None:
    """The event told last, where the words at hand may be others for it."""
    return state.last if state.last is not None and alike(state.last.event_type, trigger.event_type) else None
