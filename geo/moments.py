"""Moments: an expression of time in a text, and those that are written out as day, month and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from .counting import Number, number_at
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["DAY", "JOIN", "Kind", "Moment", "spans_longer", "written_dates"]

Kind = Literal["day", "night", "since", "history", "anchor", "bare_night"]

DAY = dt.timedelta(days=1)
RANGE_REACH = 4  # words between the two days of one range
JOIN = 3  # words between a day and its part of the day, or a day number and its month
YEARS = range(1850, 2101)
AHEAD = 60  # days; a day and month without a year that lie further ahead are last year's


@dataclass(frozen=True, slots=True)
class Moment:
    """One expression of time: words first to last, the interval that it means, and its UCDP precision.

    `kind` history is an explicit year or month long before the theatre's time; `anchor` counts from the last day
    that the report spoke of (`offset` days), `bare_night` is a night that names no day.
    """

    kind: Kind
    first: int
    last: int
    start: dt.date
    end: dt.date
    prec: int = 1
    offset: int = 0
    year: int | None = None
    evening: bool = False

    def touches(self, other: Moment) -> bool:
        """Whether two expressions share words or stand side by side."""
        return self.first <= other.last + 1 and other.first <= self.last + 1


def written_dates(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """Dates with a month or a year: "19 octobre", "Sept 27", "oktyabrın 18-i", "18.10.2020", "1992"."""
    written = list(_explicit(reading, sentence, published))
    written += _of_this_month(reading, sentence, published)
    written += _days_alone(reading, sentence, written)
    yield from written
    for moment in _years(reading, sentence, published):
        own = (m for m in written if m.prec == 1 and m.start.year == moment.year)
        if not any(m.first - JOIN < moment.first < m.last + JOIN for m in own):
            yield moment  # the year of "22 October 2020" is no date of its own


def _of_this_month(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """ "Ayın 22-də", "ամսի 22-ին": a day of the month that it is, or of the one before."""
    for cue in reading.in_sentence("date_this_month", sentence):
        for index in _day_numbers(reading, cue.last, sentence.last, step=1):
            number = int(reading.words.folded[index])
            last = published.replace(day=1) - DAY
            day = _date(published.year, published.month, number)
            if day is None or day > published:
                day = _date(last.year, last.month, number)
            if day is not None:
                yield Moment("day", cue.first, index, day, day)


def _days_alone(reading: Reading, sentence: Sentence, written: Sequence[Moment]) -> Iterator[Moment]:
    """ "Oktyabrın 22-də …, 23-də isə …": a further day of the month named before, by its ending."""
    for cue in reading.in_sentence("date_day_endings", sentence):
        index = cue.first - 1
        before = [m for m in written if m.prec == 1 and m.last < index]
        taken = any(m.first <= index <= m.last for m in written)
        if not before or taken or index < sentence.first or reading.words.gap(cue.first) not in ("-", "–"):
            continue
        word = reading.words.folded[index]
        clock = reading.within("date_part", index - 1, index - 1)  # "saat 23-də", "ժամը 22-ին"
        day = _date(before[-1].start.year, before[-1].start.month, int(word)) if word.isdigit() else None
        if day is not None and not clock and not _is_clock(reading, index):
            yield Moment("day", index, cue.last, day, day)


def _explicit(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    words = reading.words
    for month in reading.in_sentence("month", sentence):
        number = int(month.value)
        before = list(_day_numbers(reading, month.first, sentence.first, step=-1))
        after = list(_day_numbers(reading, month.last, sentence.last, step=1))
        if after and _has_ending(reading, after[0]) and after[0] == month.last + 1:
            before = []  # "oktyabrın 1-nə", "հոկտեմբերի 27-ին": the number belongs to the month before it
        if after and after[0] == month.last + 1 and before and before[0] < month.first - 1:
            before = []  # "September 30 to October 1"
        written = _year_near(reading, month, sentence)
        year = None if written is None else _year(reading, written)
        found = before or after
        if len(found) == 2:
            yield from _two_days(reading, found, month, year or published.year, number)
            continue
        for index in found:
            day = _date(year or published.year, number, int(words.folded[index]))
            if day is None:
                continue
            if year is None and day > published + DAY * AHEAD:
                day = _date(published.year - 1, number, day.day) or day
            begun, ended = min(index, month.first), max(index, month.last)
            if written is not None and ended < written <= ended + 2:
                ended = written  # the year is part of the date and no time or number of its own
            yield Moment("day", begun, ended, day, day)
        told = None if found else _ordinal_before(reading, month) or _day_in_words(reading, month, sentence)
        if told is not None and (day := _date(year or published.year, number, told.value)):
            yield Moment("day", min(month.first, told.first), max(month.first, told.last), day, day)
        elif not before and not after and year:
            opening = dt.date(year, number, 1)
            yield Moment("day", month.first, month.last, opening, _month_end(opening), 4, year=year)
        elif not before and not after and _names_month(reading, month):
            opening = dt.date(published.year - (number > published.month), number, 1)
            yield Moment("day", month.first, month.last, opening, min(_month_end(opening), published), 4)


def _two_days(reading: Reading, found: list[int], month: Cue, year: int, number: int) -> Iterator[Moment]:
    """ "6-7 November", "noyabrın 5-dən 6-na": one interval."""
    days = [_date(year, number, int(reading.words.folded[i])) for i in sorted(found)]
    first, last = days
    if first is not None and last is not None and first <= last:
        yield Moment("day", min(*found, month.first), max(*found, month.last), first, last)


def _names_month(reading: Reading, month: Cue) -> bool:
    """A month alone must be a long word: "may", "mar", "mai" are other words too."""
    word = reading.words.folded[month.first]
    if reading.within("signal:ground_clash", month.first, month.first):
        return False  # "մարտ" is a fight, and March
    return len(word) > 3 and word not in reading.vocabulary.numbers  # "sept" is a number too


def _day_numbers(reading: Reading, month: int, stop: int, *, step: int) -> Iterator[int]:
    """Day numbers beside a month name, also two of them ("29 and 30 October", "6-7 ноября")."""
    words, taken = reading.words, 0
    fillers = {c.first for kind in ("date_fill", "date_between") for c in reading.within(kind, *sorted((month, stop)))}
    index, reach = month + step, JOIN
    while (index <= stop if step > 0 else index >= stop) and reach:
        word = words.folded[index]
        gap = words.breaks[index if step > 0 else index + 1]
        if gap == 2 and not words.gap(index if step > 0 else index + 1).startswith("."):
            return
        if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31 and not _is_clock(reading, index):
            yield index
            taken += 1
            reach = JOIN + 1  # "entre le 27 et le 31 mars"
            if taken == 2:
                return
        elif index not in fillers or (step > 0 and taken and not _goes_on(reading, index)):
            return
        index += step
        reach -= 1


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether a word behind a day number leads to another: an ending, or "and" right before a number."""
    words = reading.words
    if words.gap(index) in ("-", "–"):
        return True
    before = index - 2 if words.gap(index - 1) in ("-", "–") else index - 1  # "oktyabrın 1-i ilə 15-i"
    joins = bool(reading.within("date_between", index, index)) and words.folded[before].isdigit()
    return joins and index + 1 < len(words) and words.folded[index + 1].isdigit() and _has_ending(reading, index + 1)


def _ordinal_before(reading: Reading, month: Cue) -> Number | None:
    """ "السابع من مارس": the day is an ordinal before its month."""
    near = reading.within("date_ordinals", month.first - JOIN, month.first - 1)
    fills = {c.first for c in reading.within("date_fill", month.first - 1, month.first - 1)}
    close = [c for c in near if c.last == month.first - 1 or (c.last == month.first - 2 and month.first - 1 in fills)]
    longest = min(close, key=lambda c: c.first, default=None)
    return None if longest is None else Number(longest.first, longest.last, int(longest.value))


def _day_in_words(reading: Reading, month: Cue, sentence: Sentence) -> Number | None:
    """ "Oktyabrın on ikisində": a day in words behind its month, by its ending; "two people" has none. Else "on iki
    oktyabr": right before it."""
    following, stop = month.last + 1, sentence.last
    if reading.vocabulary.has("number_endings") and not reading.words.breaks[month.first]:
        for at in range(max(month.first - 2, sentence.first), month.first):
            before = number_at(at, month.first - 1, reading)
            if before is not None and before.last == month.first - 1 and 1 <= before.value <= 31:
                return before
    if following > stop or not reading.vocabulary.has("number_endings") or reading.words.breaks[following]:
        return None
    number = number_at(following, stop, reading)
    words = reading.words.folded
    if number is None or not 1 <= number.value <= 31 or words[number.last].isdigit():
        return None
    return None if words[number.last] in reading.vocabulary.numbers else number


def _has_ending(reading: Reading, index: int) -> bool:
    tail = reading.words.text[reading.words.ends[index] :][:2]
    return len(tail) == 2 and tail[0] in "-–" and tail[1].isalpha()


def _is_clock(reading: Reading, index: int) -> bool:
    text, end, start = reading.words.text, reading.words.ends[index], reading.words.starts[index]
    return (text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit()) or text[max(start - 1, 0)] == ":"


def _year_near(reading: Reading, month: Cue, sentence: Sentence) -> int | None:
    """The word that is the year of a month, which may stand behind the day or before it."""
    low, high = max(month.first - 4, sentence.first), min(month.last + 4, sentence.last)
    for index in chain(range(month.last + 1, high + 1), range(month.first - 1, low - 1, -1)):
        if _year(reading, index) is not None:
            return int(index)
    return None


def _year(reading: Reading, index: int) -> int | None:
    word: str = reading.words.folded[index]
    return int(word) if len(word) == 4 and word.isdigit() and int(word) in YEARS else None


def _years(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    for index in range(sentence.first, sentence.last + 1):
        if (year := _year(reading, index)) is not None and not _counts_people(reading, index):
            yield Moment("day", index, index, dt.date(year, 1, 1), dt.date(year, 12, 31), 5, year=year)
    yield from _numeric(reading, sentence, published)


def _counts_people(reading: Reading, index: int) -> bool:
    """Whether a number like a year counts the dead, or tells when one of them was born."""
    if reading.within("of_age", index + 1, index + 1) or reading.within("of_age", index - 2, index - 1):
        return True
    return any(reading.within(kind, index + 1, index + 2) for kind in ("dead", "wounded", "civilian", "military"))


def _numeric(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """18.10.2020, 18/10/2020 and 2020-10-18."""
    words = reading.words
    for index in range(sentence.first, sentence.last - 1):
        gaps = {words.gap(index + 1), words.gap(index + 2)}
        if len(gaps) != 1 or not gaps <= {".", "/", "-"}:
            continue
        parts = words.folded[index : index + 3]
        if all(p.isdigit() for p in parts):
            year, month, day = map(int, parts if len(parts[0]) == 4 else reversed(parts))
            if year in YEARS and (date := _date(year, month, day)):
                yield Moment("day", index, index + 2, date, date)
    yield from _without_year(reading, sentence, published)


def _without_year(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    """ "Le 23/10": a day and month behind a word that leads to a date, not long before the report."""
    words = reading.words
    for index in range(sentence.first + 1, sentence.last):
        if words.gap(index + 1) != "/" or not reading.within("date_fill", index - 1, index - 1):
            continue
        parts = words.folded[index : index + 2]
        if not all(p.isdigit() for p in parts) or words.text[words.ends[index + 1] :][:1] == "/":
            continue
        date = _date(published.year, int(parts[1]), int(parts[0]))
        if date is not None and DAY * 0 <= published - date <= DAY * AHEAD:
            yield Moment("day", index, index + 1, date, date)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_end(first: dt.date) -> dt.date:
    following = first.replace(day=28) + DAY * 4
    return following - DAY * following.day


def spans_longer(reading: Reading, moments: Sequence[Moment], days: int) -> bool:
    """ "Between 27 September and 19 October": so long lasts no event."""
    dated = [m for m in moments if m.kind == "day" and m.prec == 1]
    for first, second in pairwise(dated):
        opened = reading.within("date_range", first.first - 2, first.first - 1)
        if opened and (second.end - first.start).days > days and second.first - first.last <= RANGE_REACH:
            return True
    return False
