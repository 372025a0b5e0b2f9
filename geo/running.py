"""Running totals: deaths counted since a day, and the event's own figures beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .figures import Figure
from .moments import Moment, spans_longer
from .phrases import Cue
from .sentences import Reading, Sentence
from .triggers import Trigger

__all__ = ["LONGEST_SINCE", "besides_total", "is_total"]

LONGEST_SINCE = 14  # days; what went on since an earlier day is no event
LONG_SINCE = 2  # days; deaths "since" an earlier day are a running total
RANKED = 3  # words from "the most" to "since the war began"
MANY_EACH = 50  # deaths "on each side" that no single event has


def besides_total(
    reading: Reading,
    sentence: Sentence,
    figures: Sequence[Figure],
    moments: Sequence[Moment],
    triggers: Sequence[Trigger],
    published: dt.date,
) -> list[Figure]:
    """Figures of an event beside a sum in a clause of its own: "three were killed, taking the dead to 19 since May";
    "shells have been falling on X since Tuesday, killing four"."""
    since = [m for m in moments if m.kind == "since"]
    sums = {reading.clauses[m.last] for m in since}
    sums |= {reading.clauses[c.first] for c in reading.in_sentence("running_total", sentence)}
    apart = [f for f in figures if f.best > 0 and reading.clauses[f.last] not in sums]
    own = [f for f in apart if f.kind == "dead"]
    counted = [f for f in figures if f.kind == "dead" and reading.clauses[f.last] in sums]
    begun = {reading.clauses[m.last] for m in since if (published - m.start).days <= LONGEST_SINCE}
    told = any(t.clause in begun and not t.undone and t.event_type != "casualties" for t in triggers)
    less = bool(counted) and max((f.best for f in own), default=0) < max(f.best for f in counted)
    before = any(f.last < counted[0].first for f in apart) if counted else False  # "one was hurt; 65 died since May"
    if (own and (told or less)) or (before and less):
        return [f for f in figures if f not in counted and not f.total]
    return []


def is_total(
    reading: Reading, sentence: Sentence, figures: Sequence[Figure], moments: Sequence[Moment], published: dt.date
) -> bool:
    dead = [f for f in figures if f.kind == "dead" and f.best > 0]
    if not dead:
        return any(m.kind == "since" and (m.end - m.start).days > LONGEST_SINCE for m in moments) and (
            reading.has("total", sentence) or reading.has("running_total", sentence)
        )
    since = any(m.kind == "since" and (published - m.start).days >= LONG_SINCE for m in moments)
    each = reading.has("each_other", sentence) and max(f.best for f in dead) > MANY_EACH
    sums = [c for c in reading.in_sentence("running_total", sentence) if not _ranks(c.first, reading)]
    running = bool(sums) or (since and reading.has("total", sentence)) or spans_longer(reading, moments, LONGEST_SINCE)
    slain = reading.has("signal:attack_on_civilians", sentence) and any(m.kind == "day" for m in moments)
    many = any(f.total for f in dead) and not slain  # a massacre may have so many dead
    return running or (many and not _only_ranked(sentence, sums, reading)) or each


def _ranks(at: int, reading: Reading) -> bool:
    """Whether a word for "the most" stands before a period: "the bloodiest since the war began" sums up nothing."""
    return bool(reading.within("superlative", max(at - RANKED, 0), at - 1))


def _only_ranked(sentence: Sentence, sums: Sequence[Cue], reading: Reading) -> bool:
    return reading.has("running_total", sentence) and not sums
