"""Timing: which of a sentence's dates belongs to which of its events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .carried import State, night_before
from .draft import Draft
from .moments import DAY, Moment
from .scenes import LONGEST_SINCE, Scene
from .sentences import Reading
from .triggers import Trigger

__all__ = ["dates_later", "interval_of", "moment_for"]

TITLES = ("office", "side", "actor", "spokes")
TITLE_WORDS = 6
STATEMENT_REACH = 3  # words between a date and the verb of saying whose date it is


def moment_for(at: int, trigger: Trigger, scene: Scene, anchors: Sequence[int], reading: Reading) -> Moment | None:
    """The date that belongs to a place: dates of events before dates of statements, in the order of the text."""
    usable = [m for m in scene.moments if m.kind != "history"]
    usable = [m for m in usable if m.kind != "bare_night" or not _is_calm(m, scene, reading)]
    usable = [m for m in usable if m.kind != "since" or (m.end - m.start).days <= LONGEST_SINCE]
    moments = [m for m in usable if not _of_statement(m, scene, reading)] or usable
    if trigger.event_type == "ceasefire":
        spans = range(reading.clauses[trigger.first], reading.clauses[trigger.last] + 1)
        moments = [m for m in moments if reading.clauses[m.first] in spans or m.kind == "day"]
    if len(moments) > 1 and any(m.kind == "since" for m in moments):
        moments = [m for m in moments if m.kind != "bare_night"]
    if len(moments) <= 1:
        return moments[0] if moments else None
    same = [m for m in moments if reading.clauses[m.first] == trigger.clause]
    if len(anchors) < 2:
        return min(same or moments, key=lambda m: (abs(m.first - trigger.first), m.first))
    if moments[0].first < min(anchors):
        before = [m for m in moments if m.first < at]
        return before[-1] if before else moments[0]
    after = [m for m in moments if m.first > at]
    return after[0] if after else moments[-1]


def _is_calm(moment: Moment, scene: Scene, reading: Reading) -> bool:
    """ "After a calm night": nothing happened then."""
    calm = reading.in_sentence("signal:calm", scene.sentence)
    return any(reading.clauses[c.first] == reading.clauses[moment.first] for c in calm)


def _of_statement(moment: Moment, scene: Scene, reading: Reading) -> bool:
    """Whether a date tells when somebody spoke ("said on Monday")."""
    low = moment.first - 1
    verb_first = not reading.vocabulary.has("verb_last")
    while verb_first and low > scene.sentence.first and _names_who(low, reading):
        low -= 1  # "said the Russian ministry of defence on Monday"
    low = max(min(low, moment.first - STATEMENT_REACH), scene.sentence.first)
    said = reading.within("said", low, min(moment.last + STATEMENT_REACH, scene.sentence.last))
    return any(not _split(reading, c.first, moment) for c in said)


def _names_who(word: int, reading: Reading) -> bool:
    """Whether a word belongs to the name of an office, a side or an actor."""
    near = (c for kind in TITLES for c in reading.within(kind, word - TITLE_WORDS, word))
    return any(c.first <= word <= c.last for c in near)


def _split(reading: Reading, word: int, moment: Moment) -> bool:
    low, high = sorted((word, moment.first))
    return any(reading.words.breaks[i] for i in range(low + 1, high + 1))


def dates_later(moment: Moment | None, scene: Scene, told: Draft | None) -> bool:
    """Give an event told without a day in the sentence before the day on which this one says that it happened."""
    if told is None or told.moment is not None or moment is None or moment.kind not in ("day", "night"):
        return False
    if scene.sentence.index - told.scene.sentence.index != 1:
        return False
    told.start, told.end, told.prec, told.moment = moment.start, moment.end, moment.prec, moment
    return True


def interval_of(
    moment: Moment | None, scene: Scene, state: State, *, new_topic: bool, by_day: bool
) -> tuple[dt.date, dt.date, int]:
    """First and last day of an event, and how precise they are, by the moment that belongs to it."""
    if moment is None:
        if state.last is not None and state.last.start < state.last.end and by_day:
            return state.last.end, state.last.end, state.last.prec
        if state.last is not None and not new_topic:
            return state.last.start, state.last.end, state.last.prec
        day = state.first_day or state.day
        return day, day, 1
    if moment.kind == "anchor":
        day = _counted_from(moment, scene, state)
        return day, day, 1
    if moment.kind == "bare_night":
        explicit = [m for m in scene.moments if m.kind == "day" and m.prec == 1 and m.first < moment.first]
        day = explicit[0].start if explicit else night_before(state)
        if moment.offset:
            return day, day, 1
        evening = [m for m in explicit if m.last < moment.first and m.evening]
        return (day, min(day + DAY, state.published), 1) if evening else (day - DAY, day, 1)
    return moment.start, moment.end, moment.prec


def _counted_from(moment: Moment, scene: Scene, state: State) -> dt.date:
    """The day that "the day before" or "that evening" means: counted from the last one that the text spoke of."""
    earlier = [m for m in scene.moments if m.kind in ("day", "anchor") and m.first < moment.first]
    if earlier:
        last = earlier[-1]
        base = last.start if last.kind == "day" else _counted_from(last, scene, state)
    else:
        base = state.last.end if state.last is not None and state.last.end == state.last.start else state.day
    return base + DAY * moment.offset
