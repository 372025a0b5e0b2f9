"""Dates: when a sentence says that something happened, counted back from the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["Moment", "dates_in"]

Kind = Literal["day", "night", "since", "history", "anchor", "bare_night"]

DAY = dt.timedelta(days=1)
JOIN = 3  # words between a day and its part of the day, or a day number and its month
YEARS = range(1850, 2101)
PUBLICATION_LAG = dt.timedelta(days=300)  # a month and day without a year lie in the year before publication


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

    def touches(self, other: Moment) -> bool:
        """Whether two expressions share words or stand side by side."""
        return self.first <= other.last + 1 and other.first <= self.last + 1


def dates_in(reading: Reading, sentence: Sentence, *, published: dt.date, earliest: dt.date) -> list[Moment]:
    """All expressions of time in a sentence, by position.

    Args:
        published: the day of publication, in the theatre's time zone.
        earliest: dates before this day are history.
    """
    found = sorted(
        [
            *_explicit(reading, sentence, published),
            *_years(reading, sentence),
            *_weekdays(reading, sentence, published),
            *_relative(reading, sentence, published),
        ],
        key=lambda m: (m.first, -m.last),
    )
    days = [m for m in _longest(found) if not _inside_night(m, reading, sentence)]
    days = [_with_part(m, days, reading, sentence) for m in days]
    nights = [m for m in _nights(reading, sentence, published) if not any(m.touches(d) for d in days)]
    moments = [_after_since(m, reading) for m in sorted([*days, *nights], key=lambda m: m.first)]
    moments = list(_joined(moments, reading))
    return [_bounded(m, published, earliest) for m in moments]


def _explicit(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    words = reading.words
    for month in reading.in_sentence("month", sentence):
        number = int(month.value)
        before = list(_day_numbers(reading, month.first, sentence.first, step=-1))
        after = list(_day_numbers(reading, month.last, sentence.last, step=1))
        if after and _has_ending(reading, after[0]) and after[0] == month.last + 1:
            before = []  # "oktyabrın 1-nə", "հոկտեմբերի 27-ին": the number belongs to the month before it
        year = _year_near(reading, month, sentence)
        for index in before or after:
            day = _date(year or published.year, number, int(words.folded[index]))
            if day is None:
                continue
            if year is None and day > published + DAY * 60:
                day = _date(published.year - 1, number, day.day) or day
            yield Moment("day", min(index, month.first), max(index, month.last), day, day)
        if not before and not after and year:
            first = dt.date(year, number, 1)
            yield Moment("day", month.first, month.last, first, _month_end(first), 4, year=year)
        elif not before and not after and _names_month(reading, month):
            first = dt.date(published.year - (number > published.month), number, 1)
            yield Moment("day", month.first, month.last, first, min(_month_end(first), published), 4)


def _names_month(reading: Reading, month: Cue) -> bool:
    """A month alone must be a long word: "may", "mar", "mai" are other words too."""
    return len(reading.words.folded[month.first]) > 4


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
            reach = JOIN if step < 0 else 2
            if taken == 2:
                return
        elif index not in fillers or (step > 0 and taken):
            return
        index += step
        reach -= 1


def _has_ending(reading: Reading, index: int) -> bool:
    tail = reading.words.text[reading.words.ends[index] :][:2]
    return len(tail) == 2 and tail[0] in "-–" and tail[1].isalpha()


def _is_clock(reading: Reading, index: int) -> bool:
    text, end, start = reading.words.text, reading.words.ends[index], reading.words.starts[index]
    return (text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit()) or text[max(start - 1, 0)] == ":"


def _year_near(reading: Reading, month: Cue, sentence: Sentence) -> int | None:
    low, high = max(month.first - 4, sentence.first), min(month.last + 4, sentence.last)
    for index in [*range(month.last + 1, high + 1), *range(month.first - 1, low - 1, -1)]:
        if (year := _year(reading, index)) is not None:
            return year
    return None


def _year(reading: Reading, index: int) -> int | None:
    word = reading.words.folded[index]
    return int(word) if len(word) == 4 and word.isdigit() and int(word) in YEARS else None


def _years(reading: Reading, sentence: Sentence) -> Iterator[Moment]:
    for index in range(sentence.first, sentence.last + 1):
        if (year := _year(reading, index)) is not None and not _counts_people(reading, index):
            yield Moment("day", index, index, dt.date(year, 1, 1), dt.date(year, 12, 31), 5, year=year)
    yield from _numeric(reading, sentence)


def _counts_people(reading: Reading, index: int) -> bool:
    return any(
        reading.within(kind, index + 1, index + 2) for kind in ("dead", "wounded", "unit", "civilian", "military")
    )


def _numeric(reading: Reading, sentence: Sentence) -> Iterator[Moment]:
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


def _weekdays(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    for cue in reading.in_sentence("weekday", sentence):
        back = (published.weekday() - int(cue.value)) % 7
        around = (max(cue.first - 1, 0), min(cue.last + 1, sentence.last))
        if reading.within("date_next", *around):
            continue
        if back == 0 and reading.within("date_last", *around):
            back = 7
        day = published - DAY * back
        yield Moment("day", cue.first, cue.last, day, day)


def _relative(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    for cue in reading.in_sentence("date_days", sentence):
        offset = int(cue.value)
        if offset <= 0:
            day = published + DAY * offset
            yield Moment("day", cue.first, cue.last, day, day)
    for cue in reading.in_sentence("date_anchor", sentence):
        yield Moment("anchor", cue.first, cue.last, published, published, offset=int(cue.value))
    for cue in reading.in_sentence("date_spans", sentence):
        if cue.value == "day":
            yield Moment("day", cue.first, cue.last, published - DAY, published, 2)
        elif cue.value == "weekend":
            saturday = published - DAY * ((published.weekday() - 5) % 7)
            yield Moment("day", cue.first, cue.last, saturday, min(saturday + DAY, published), 2)
        elif cue.value == "week":
            yield Moment("day", cue.first, cue.last, published - DAY * 7, published, 3)


def _nights(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    dawns = [c for c in reading.in_sentence("date_part", sentence) if c.value == "dawn"]
    cues = [c for c in reading.in_sentence("date_spans", sentence) if c.value == "night"]
    cues += [c for c in reading.in_sentence("date_part", sentence) if c.value == "night"]
    last = -1
    for cue in sorted(cues, key=lambda c: (c.first, -c.last)):
        if cue.first > last and not any(d.first <= cue.first <= d.last for d in dawns):
            last = cue.last
            yield Moment("bare_night", cue.first, cue.last, published - DAY, published)
    for cue in dawns:
        yield Moment("bare_night", cue.first, cue.last, published, published, offset=1)


def _with_part(moment: Moment, days: Sequence[Moment], reading: Reading, sentence: Sentence) -> Moment:
    """A day with the night that belongs to it: "Thursday night", "в ночь на пятницу", "la nuit de jeudi à vendredi"."""
    if moment.kind in ("history", "anchor") or moment.prec > 1:
        return moment
    low, high = max(moment.first - JOIN - 1, sentence.first), min(moment.last + JOIN, sentence.last)
    cues = [*reading.within("date_part", low, high), *reading.within("date_spans", low, high)]
    parts = [
        c
        for c in cues
        if not _between(c, moment, reading) and not any(d is not moment and d.first <= c.first <= d.last for d in days)
    ]
    into = [
        c
        for c in reading.within("date_part", max(moment.first - 2 * JOIN, sentence.first), high)
        if _leads_into(c, moment)
    ]
    into_day = any(d.first == c.last + 1 for c in into for d in days)
    if into and into[0].first > moment.last and (into_day or _digit_at(reading, into[0].last + 1)):
        return replace(moment, kind="night", end=moment.end + DAY)  # "11-ի լույս 12-ի գիշերը"
    if into:
        return replace(moment, kind="night", first=min(moment.first, into[0].first), start=moment.start - DAY)
    if any(c.value == "dawn" for c in parts):
        return moment
    nights = [c for c in parts if c.value == "night"]
    if not nights:
        return moment
    first, last = min(moment.first, nights[0].first), max(moment.last, nights[-1].last)
    today = reading.within("date_days", moment.first, moment.last)
    if today and moment.kind == "day":
        return replace(moment, kind="night", first=first, last=last, **_night_of(int(today[0].value), moment))
    return replace(moment, kind="night", first=first, last=last, end=moment.end + DAY)


def _digit_at(reading: Reading, index: int) -> bool:
    return index < len(reading.words) and reading.words.folded[index].isdigit()


def _leads_into(cue: Cue, moment: Moment) -> bool:
    """Whether a cue like "в ночь на" stands right before a day, or "լույս" right after it."""
    return cue.value == "night_into" and (cue.last + 2 >= moment.first > cue.first or cue.first == moment.last + 1)


def _inside_night(moment: Moment, reading: Reading, sentence: Sentence) -> bool:
    """The first day of "в ночь с пятницы на субботу": the second one alone gives the night."""
    return any(
        c.value == "night_into" and c.first < moment.first and moment.last < c.last
        for c in reading.in_sentence("date_part", sentence)
    )


def _night_of(offset: int, moment: Moment) -> dict[str, dt.date]:
    """ "Tonight" as reported is the night behind; "yesterday night" ends today."""
    return (
        {"start": moment.start - DAY, "end": moment.end}
        if offset == 0
        else {"start": moment.start, "end": moment.end + DAY}
    )


def _between(cue: Cue, moment: Moment, reading: Reading) -> bool:
    """Whether a clause ends between a part of the day and the day."""
    first, last = sorted((cue.first, moment.first))
    return any(reading.words.breaks[i] for i in range(first + 1, last + 1))


def _after_since(moment: Moment, reading: Reading) -> Moment:
    near = [
        *reading.within("date_since", max(moment.first - 2, 0), moment.first - 1),
        *(
            reading.within("date_since", moment.last + 1, moment.last + 3)
            if reading.vocabulary.lang in ("az", "hy", "tr")
            else ()
        ),
    ]
    if not near or moment.kind in ("history", "anchor"):
        return moment
    if any(reading.words.breaks[i] for i in range(near[0].first + 1, moment.first + 1)):
        return moment
    return replace(moment, kind="since", first=min(near[0].first, moment.first))


def _joined(moments: Sequence[Moment], reading: Reading) -> Iterator[Moment]:
    """Two days that are one interval: "from Friday to Sunday", "la nuit de jeudi à vendredi", "ayın 30-dan 1-nə keçən gecə"."""
    index = 0
    while index < len(moments):
        here = moments[index]
        following = moments[index + 1] if index + 1 < len(moments) else None
        if following and _one_interval(here, following, reading):
            night = (
                "night" in (here.kind, following.kind) or here.kind == "bare_night" or following.kind == "bare_night"
            )
            kind: Kind = "night" if night else "day"
            start = here.start if here.kind != "bare_night" else min(following.start, here.start)
            end = (
                following.start
                if night and following.kind == "night" and following.start > here.start
                else following.end
            )
            if night and here.kind == "night" and following.kind == "day":
                end = following.start
            yield Moment(
                kind, here.first, following.last, min(start, end), max(start, end), max(here.prec, following.prec)
            )
            index += 2
        else:
            yield here
            index += 1


def _one_interval(here: Moment, following: Moment, reading: Reading) -> bool:
    if (
        {here.kind, following.kind} - {"day", "night", "since"}
        or following.first - here.last > 3
        or following.first <= here.last
    ):
        return False
    if abs((following.start - here.start).days) > 10 or following.year or here.year:
        return False
    between = range(here.last + 1, following.first)
    if any(reading.words.breaks[i] == 2 for i in between):
        return False
    joiners = {
        c.first
        for kind in ("date_between", "date_fill", "date_until")
        for c in reading.within(kind, here.last + 1, following.first)
    }
    if not set(between) <= joiners and not (
        following.first - here.last <= 2 and reading.within("date_spans", following.first, following.last)
    ):
        return False
    if following.start == here.start:  # the same day said twice ("Thursday, 22 October")
        return True
    return (
        here.kind != "day"
        or following.kind == "night"
        or bool(reading.within("date_since", max(here.first - 2, 0), here.first))
    )


def _bounded(moment: Moment, published: dt.date, earliest: dt.date) -> Moment:
    if moment.end < earliest and moment.kind not in ("anchor", "bare_night"):
        return replace(moment, kind="history")
    if moment.kind == "since":
        return replace(moment, end=published, prec=max(moment.prec, 2))
    if moment.prec >= 4 and moment.start <= published <= moment.end:
        return replace(moment, end=published)
    return replace(moment, end=published) if moment.start <= published < moment.end else moment


def _longest(found: Sequence[Moment]) -> list[Moment]:
    """Of expressions that share words, the longest."""
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda m: (m.first - m.last, m.prec, m.first)):
        if not any(
            (moment.first <= other.last and other.first <= moment.last and other.kind == moment.kind)
            or (other.first <= moment.first and moment.last <= other.last)
            for other in kept
        ):
            kept.append(moment)
    return sorted(kept, key=lambda m: m.first)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_end(first: dt.date) -> dt.date:
    following = first.replace(day=28) + DAY * 4
    return following - DAY * following.day
