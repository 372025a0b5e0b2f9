"""Timing: which of a sentence's dates belongs to which of its events."""

from __future__ import annotations

from collections.abc import Sequence

from .draft import Draft
from .moments import Moment
from .scenes import LONGEST_SINCE, Scene
from .sentences import Reading
from .triggers import Trigger

__all__ = ["dates_later", "moment_for"]

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
    low = max(moment.first - STATEMENT_REACH, scene.sentence.first)
    said = reading.within("said", low, min(moment.last + STATEMENT_REACH, scene.sentence.last))
    return any(not _split(reading, c.first, moment) for c in said)


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
