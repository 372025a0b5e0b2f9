"""Counted days: "three days ago", and a night between two bare numbers ("dans la nuit du 22 au 23")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .moments import DAY, Moment
from .sentences import Reading, Sentence

__all__ = ["bare_days", "days_ago", "nights_numbered"]

MOST_DAYS = 14  # a number of days that a report still counts back
NIGHT_REACH = 3  # words between "night" and its first number


def days_ago(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """ "Il y a quatre jours", "four days ago": a number and the word for days, beside the word for "ago"."""
    for cue in reading.in_sentence("date_ago", sentence):
        before = cue.last + 1 <= sentence.last and _number(reading, cue.last + 1)
        if before and reading.within("date_day_word", cue.last + 2, cue.last + 2):
            yield _back(before, cue.first, cue.last + 2, published)
    for cue in reading.in_sentence("date_ago_behind", sentence):
        number = cue.first - 2 >= sentence.first and _number(reading, cue.first - 2)
        if number and reading.within("date_day_word", cue.first - 1, cue.first - 1):
            yield _back(number, cue.first - 2, cue.last, published)


def _number(reading: Reading, index: int) -> int:
    word = reading.words.folded[index]
    value = int(word) if word.isdigit() else reading.vocabulary.numbers.get(word, 0)
    return value if value <= MOST_DAYS else 0


def _back(days: int, first: int, last: int, published: dt.date) -> Moment:
    day = published - DAY * days
    return Moment("day", first, last, day, day)


def nights_numbered(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """A night between two consecutive days that are told by their numbers alone: the last such night."""
    nights = [
        *(c for c in reading.in_sentence("date_part", sentence) if c.value == "night"),
        *(c for c in reading.in_sentence("date_spans", sentence) if c.value == "night"),
    ]
    for cue in nights:
        found = _two_numbers(reading, cue.last + 1, sentence.last)
        if found is None or reading.within("month", found[1] + 1, found[1] + 1):
            continue
        low, high = (int(reading.words.folded[i]) for i in found)
        for back in range(MOST_DAYS):
            day = published - DAY * back
            if (day - DAY).day == low and day.day == high:
                yield Moment("night", cue.first, found[1], day - DAY, day)
                break


def bare_days(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """A day of the month by its number alone ("взяли ещё 3-го", "13-го числа"): the last such day."""
    words = reading.words
    for cue in reading.in_sentence("date_bare_day", sentence):
        at = cue.first - 1
        if at < sentence.first or not words.folded[at].isdigit() or not 1 <= int(words.folded[at]) <= 31:
            continue
        ends = cue.last == sentence.last or words.breaks[cue.last + 1] or cue.last > cue.first
        if not ends or reading.within("month", at - 3, cue.last + 3):
            continue  # "the 3rd battalion", "the 3rd of October"
        for back in range(MOST_DAYS * 2):
            day = published - DAY * back
            if day.day == int(words.folded[at]):
                yield Moment("day", at, cue.last, day, day)
                break


def _two_numbers(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    words, found = reading.words, list[int]()
    fillers = {c.first for kind in ("date_fill", "date_between") for c in reading.within(kind, first, last)}
    for index in range(first, min(first + 2 * NIGHT_REACH, last + 1)):
        word = words.folded[index]
        if word.isdigit() and 1 <= int(word) <= 31:
            found.append(index)
            if len(found) == 2:
                return found[0], found[1]
        elif index not in fillers or words.breaks[index] == 2:
            return None
    return None
