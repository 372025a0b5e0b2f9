"""Hours: numbers that tell the time of the day or count things, and so count nobody."""

from __future__ import annotations

from .counting import Number, number_at
from .sentences import Reading, Sentence

__all__ = ["at_hour", "counts_things", "tells_time"]

HOURS, MINUTES = 12, 60
SHORTEST_PLURAL = 4
TOLD_REACH = 12  # words between a word for the dead and a number that it may count


def tells_time(number: Number, reading: Reading, sentence: Sentence) -> bool:
    """ "Ten past six", "twenty to five": minutes and hours; "five to seven" is a range."""
    if number.value >= MINUTES:
        return False
    if reading.within("clock_joint", number.last + 1, number.last + 1) and number.last + 2 <= sentence.last:
        hour = number_at(number.last + 2, sentence.last, reading)
        return hour is not None and hour.value <= min(HOURS, max(number.value, 0 if number.low else HOURS))
    if not reading.within("clock_joint", number.first - 1, number.first - 1) or number.value > HOURS:
        return False
    minutes = number_at(number.first - 2, number.first - 2, reading)
    return minutes is not None or bool(reading.within("half", number.first - 2, number.first - 2))


def at_hour(number: Number, reading: Reading) -> bool:
    """ "At six", where nothing that is counted follows; "put it at six" counts."""
    dead = reading.within("dead", number.first - TOLD_REACH, number.first - 1)
    if number.value > HOURS or any(c.first < number.first - 1 <= c.last for c in dead):
        return False
    return bool(reading.within("clock_before", number.first - 1, number.first - 1))


def counts_things(number: Number, reading: Reading, sentence: Sentence) -> bool:
    """Whether a plural stands right behind a number that is none of people: "ten rounds", "two orders"."""
    after = number.last + 1
    if not reading.vocabulary.has("plural_s") or after > sentence.last or reading.words.breaks[after]:
        return False
    word = reading.words.folded[after]
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return False
    return not any(reading.within(kind, after, after) for kind in ("people", "not_plural"))
