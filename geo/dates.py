"""Dates: when a sentence says that something happened, counted back from the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .counted_days import bare_days, days_ago, nights_numbered
from .moments import DAY, JOIN, Kind, Moment, written_dates
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["dates_in"]

BESIDE = 2  # words from a weekday to the date that it belongs to
COMPARED = 5  # words from "as" to the day that something is compared with
ARTICLE = "\u0627\u0644"  # Arabic
DEEDS = ("shelling", "impact", "missile_strike", "air_strike", "drone_strike", "ground_clash", "capture", "withdrawal")


def dates_in(reading: Reading, sentence: Sentence, *, published: dt.date, earliest: dt.date) -> list[Moment]:
    """All expressions of time in a sentence, by position.

    Args:
        published: the day of publication, in the theatre's time zone.
        earliest: dates before this day are history.
    """
    written = list(written_dates(reading, sentence, published))
    found = sorted(
        [
            *written,
            *(m for m in _weekdays(reading, sentence, published) if not _is_named_again(m, written)),
            *_relative(reading, sentence, published),
            *days_ago(reading, sentence, published),
            *nights_numbered(reading, sentence, published),
            *bare_days(reading, sentence, published),
        ],
        key=lambda m: (m.first, -m.last),
    )
    days = [m for m in _longest(found) if not _inside_night(m, reading, sentence) and not _only_compared(m, reading)]
    days = [m for m in days if not _only_part(m, days, reading) and not _same_day(m, days, reading)]
    days = [_with_part(m, days, reading, sentence) for m in days]
    nights = [m for m in _nights(reading, sentence, published) if not any(_part_of(m, d, reading) for d in days)]
    moments = [_after_since(m, reading) for m in sorted([*days, *nights], key=lambda m: m.first)]
    moments = list(_joined(moments, reading))
    return [_bounded(m, published, earliest) for m in moments]


def _only_compared(moment: Moment, reading: Reading) -> bool:
    """Whether a day is only what the event's own is compared with ("as on Thursday last")."""
    before = reading.within("date_compared", max(moment.first - COMPARED, 0), moment.first - 1)
    return any(not any(reading.words.breaks[c.last + 1 : moment.first + 1]) for c in before)


def _weekdays(reading: Reading, sentence: Sentence, published: dt.date) -> Iterator[Moment]:
    for cue in reading.in_sentence("weekday", sentence):
        if _is_number(cue, reading):
            continue  # "two", not "Monday"
        back = (published.weekday() - int(cue.value)) % 7
        around = (max(cue.first - 1, 0), min(cue.last + 1, sentence.last))
        nearby = reading.within("date_days", max(cue.first - 2, sentence.first), min(cue.last + 2, sentence.last))
        if reading.within("date_next", *around) or any(int(c.value) > 0 for c in nearby):
            continue  # "tomorrow, Monday"
        if any(c.first <= cue.first <= c.last for c in reading.within("date_weeks", cue.first - 2, cue.first)):
            continue  # "մեկ շաբաթ": the week has the name of its last day
        if back == 0 and any(not _of_night(c, reading) for c in reading.within("date_last", *around)):
            back = 7
        day = published - DAY * back
        yield Moment("day", cue.first, cue.last, day, day)


def _is_number(cue: Cue, reading: Reading) -> bool:
    """Whether an Arabic number word, which a weekday is but for its article, stands there without one."""
    words = reading.words
    if words.folded[cue.first] not in reading.vocabulary.numbers:
        return False
    written = words.text[words.starts[cue.first] : words.ends[cue.first]]
    return ARTICLE not in written[:4]


def _is_named_again(weekday: Moment, written: Sequence[Moment]) -> bool:
    """ "Thursday 15 October", told on another Thursday: the date says which."""
    return any(
        m.start == m.end != weekday.end
        and m.start.weekday() == weekday.start.weekday()
        and 0 < max(m.first - weekday.last, weekday.first - m.last) <= BESIDE
        for m in written
    )


def _of_night(cue: Cue, reading: Reading) -> bool:
    """Whether a word for "last" belongs to a night ("bazara keçən gecə"), not to the day beside it."""
    nights = [*reading.within("date_part", cue.first, cue.first), *reading.within("date_spans", cue.first, cue.first)]
    return any(n.last > cue.last for n in nights)


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
        elif cue.value.isdigit():  # "for the third day running"
            yield Moment("day", cue.first, cue.last, published - DAY * (int(cue.value) - 1), published, 2)
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


def _part_of(night: Moment, day: Moment, reading: Reading) -> bool:
    """Whether a part of the day is told of a day beside it ("before dawn on Thursday")."""
    if night.touches(day):
        return True
    first, last = (night.last, day.first) if night.last < day.first else (day.last, night.first)
    return 0 < last - first <= JOIN and not any(reading.words.breaks[i] for i in range(first + 1, last + 1))


def _only_part(moment: Moment, days: Sequence[Moment], reading: Reading) -> bool:
    """Whether a word that alone means today's morning belongs to a day beside it ("в среду утром")."""
    part = any(c.last == moment.last for c in reading.within("date_part", moment.first, moment.first))
    return part and any(d is not moment and d.kind == "day" and _part_of(moment, d, reading) for d in days)


def _same_day(moment: Moment, days: Sequence[Moment], reading: Reading) -> bool:
    """Whether an expression that only means "that day" belongs to a day beside it ("dans la soirée de jeudi")."""
    if moment.kind != "anchor" or moment.offset:
        return False
    return any(d.kind == "day" and d.prec == 1 and _part_of(moment, d, reading) for d in days)


def _with_part(moment: Moment, days: Sequence[Moment], reading: Reading, sentence: Sentence) -> Moment:
    """A day with the night that belongs to it: "Thursday night", "в ночь на пятницу", "la nuit de jeudi à vendredi"."""
    if moment.kind in ("history", "anchor") or moment.prec > 1 or moment.end > moment.start:
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
        if _leads_into(c, moment) and not any(moment.last < d.first <= d.last < c.first for d in days)
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
        return replace(moment, evening=any(c.value == "evening" for c in parts))
    first, last = min(moment.first, nights[0].first), max(moment.last, nights[-1].last)
    today = [c for c in reading.within("date_days", moment.first, moment.last) if c.value == "0"]
    if today:  # "tonight" as it is reported is the night behind
        return replace(moment, kind="night", first=first, last=last, start=moment.start - DAY)
    return replace(moment, kind="night", first=first, last=last, end=moment.end + DAY)


def _digit_at(reading: Reading, index: int) -> bool:
    return index < len(reading.words) and reading.words.folded[index].isdigit()


def _leads_into(cue: Cue, moment: Moment) -> bool:
    """Whether a cue like "в ночь на" stands right before a day, or "լույս" right after it."""
    return cue.value == "night_into" and (cue.last + 2 >= moment.first > cue.first or 0 < cue.first - moment.last <= 2)


def _inside_night(moment: Moment, reading: Reading, sentence: Sentence) -> bool:
    """The first day of "в ночь с пятницы на субботу": the second one alone gives the night."""
    return any(
        c.value == "night_into" and c.first < moment.first and moment.last < c.last
        for c in reading.in_sentence("date_part", sentence)
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
            if reading.vocabulary.has("since_behind")
            else ()
        ),
    ]
    if not near or moment.kind in ("history", "anchor"):
        return moment
    if moment.kind == "day" and moment.prec == 1 and moment.end > moment.start:
        return moment  # "from 10 to 12 October" ends by itself
    if any(reading.words.breaks[i] for i in range(near[0].first + 1, moment.first + 1)):
        return moment
    if near[0].first > moment.last:
        parts = reading.within("date_part", moment.last, near[0].first)
        if any(reading.words.breaks[i] for i in range(moment.last + 1, near[0].first + 1)) or any(
            c.first < near[0].first <= c.last for c in parts
        ):
            return moment  # "on the 19th, in the afternoon"
        if any(reading.within("signal:" + kind, moment.last + 1, near[0].first) for kind in DEEDS):
            return moment  # "after the strike of the 28th"
    return replace(moment, kind="since", first=min(near[0].first, moment.first))


def _joined(moments: Sequence[Moment], reading: Reading) -> Iterator[Moment]:
    """Two days that are one interval: "from Friday to Sunday", "ayın 30-dan 1-nə keçən gecə"."""
    index = 0
    while index < len(moments):
        here = moments[index]
        following = moments[index + 1] if index + 1 < len(moments) else None
        if following and following.kind == here.kind == "night" and following.first <= here.last:
            yield here  # "dans la nuit de mardi à mercredi": the second day only ends the night
            index += 2
        elif following and _one_interval(here, following, reading):
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
            if following.start == here.start and not night:
                end = max(here.end, following.end)  # "for the third day, since Friday"
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
        for kind in ("date_between", "date_fill", "date_until", "date_part")
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
        or _from_to(here, following, reading)
        or following.kind == "night"
        or _next_day(here, following, reading)
        or bool(reading.within("date_since", max(here.first - 2, 0), here.first))
    )


def _next_day(here: Moment, following: Moment, reading: Reading) -> bool:
    """ "On Tuesday and Wednesday": one interval, where nothing but a conjunction stands between."""
    joined = bool(reading.within("and", here.last + 1, following.first - 1))
    return joined and following.start == following.end == here.end + DAY


def _from_to(here: Moment, following: Moment, reading: Reading) -> bool:
    """ "Entre mardi et jeudi", "du 19 au 21": a word before each day, and the two go together."""
    opening = reading.within("date_range", here.first - 1, here.first - 1)
    joints = range(here.last + 1, following.first)
    return any(reading.words.folded[i] == c.value for c in opening for i in joints)


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
