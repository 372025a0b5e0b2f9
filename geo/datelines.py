"""Datelines: the day on which a dispatch says that it was published.

Only dates that stand where a publication date stands are read: on a short line of their own, after a separator
together with a clock time, or in a dateline behind its town. A date in running text is the date of some event and is
never taken. Month names come from `months` in `data/lexicons/<lang>/dates.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import ReportError

__all__ = ["load_months", "published_in"]

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons"
HEAD_CHARS = 1200  # where a dispatch names its day; further down only events are dated
SHORT_LINE_CHARS = 60
WORDS_BEFORE = 3  # "Publié le vendredi 23 octobre 2020"

_NUMBER_TAIL = r"(?:-?(?:er|st|nd|rd|th|го|е|ci|cı|cu|cü|ı|i|u|ü|ին|ի))?"
_CLOCK = r"(?:[,\s]|à|at|в|о|saat|ժամը)*\d{1,2}[:h.]\d{2}"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
        r"(?<![\d./-])(?P<d>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/-])",
        rf"(?<![\d:])(?P<d>\d{{1,2}}){_NUMBER_TAIL}\s+(?:de\s|of\s)?(?P<name>[^\W\d_]{{3,}})"
        r"(?:\.?,?\s+(?P<y>(?:19|20)\d\d)(?!\d))?",
        r"(?:(?<!\d)(?P<y0>(?:19|20)\d\d)\s?(?:թվականի|թ\.?|-?(?:ci|cı|cu|cü)\s+il(?:in)?)\s+)?"
        rf"(?P<name>[^\W\d_]{{3,}})\.?\s+(?P<d>\d{{1,2}}){_NUMBER_TAIL}(?![\d:])(?:,?\s+(?P<y>(?:19|20)\d\d)(?!\d))?",
    )
)
# "BAKOU/EREVAN, 23 octobre (Reuters) -", "Bakı, 4 oktyabr, AZƏRTAC", "Москва. 23 октября. …": words, then the day
_TOWN_BEFORE = re.compile(
    r"(?:^|\s)(?P<town>[^\W\d_][\w'’.-]*(?:[ /,]{1,2}[^\W\d_][\w'’.-]*){0,4})(?P<mark>\s?[,.،]\s?| )$"
)
_AFTER_DATELINE = re.compile(r"\s*(?:[.,،(/:։–—]|$)|\s-\s")
_AGENCY_AFTER = re.compile(r"\s*[(/]")  # without a comma behind the town, only an agency in brackets makes a dateline
_SEPARATOR_BEFORE = re.compile(r"(?:^|[•|·–—:>])\s*(?:[^\W\d_]{1,10}\s+)?$")


@dataclass(frozen=True, slots=True)
class _Found:
    """One date where a publication date stands; `days` holds both readings when it can be read in two ways."""

    written: str
    days: tuple[tuple[int, int], ...]  # (month, day)
    year: int | None


def load_months(folder: Path = LEXICONS) -> dict[str, int]:
    """Month names of all languages, folded, with their number."""
    names: dict[str, int] = {}
    for path in sorted(folder.glob("*/dates.toml")):
        for number, forms in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("months", ()), 1):
            names.update((_fold(form).rstrip("."), number) for form in forms)
    return names


def published_in(
    text: str,
    *,
    months: Mapping[str, int],
    lang: str | None = None,
    window: tuple[dt.date, dt.date] | None = None,
) -> dt.date | None:
    """The publication day that a dispatch names itself, or None where it names none.

    A year that is not written is taken from `window` (first and last day of the theatre) or from a year and month at
    the head of the text, and only where one year fits.

    Raises:
        ReportError: a day is named that can be read in two ways, or lacks its year.
    """
    head = text[:HEAD_CHARS]
    found = list(_publication_dates(head, months))
    complete = [f for f in found if f.year is not None]
    bare = [f for f in found if f.year is None]
    if complete:
        return _read_complete(complete[0], bare, lang, window)
    if bare:
        return _read_bare(bare[0], head, window)
    return None


def _publication_dates(head: str, months: Mapping[str, int]) -> Iterator[_Found]:
    offset = 0
    for line in head.splitlines(keepends=True):
        hits = sorted(((m.start(), n, m) for n, p in enumerate(_DATES) for m in p.finditer(line)), key=lambda h: h[:2])
        for _, _, match in hits:
            if (found := _date_of(match, months)) and _stands_alone(line, match, complete=found.year is not None):
                yield found
        offset += len(line)


def _date_of(match: re.Match[str], months: Mapping[str, int]) -> _Found | None:
    groups = match.groupdict()
    year = int(groups.get("y") or groups.get("y0") or 0) or None
    day = int(groups["d"])
    if "name" in groups:
        month = months.get(_fold(groups["name"]))
        readings = [(month, day)] if month else []
    elif groups.get("sep") in ("/", "-"):
        readings = [(int(groups["m"]), day), (day, int(groups["m"]))]
    else:
        readings = [(int(groups["m"]), day)]
    days = tuple(dict.fromkeys(r for r in readings if _exists(year or 2020, *r)))
    return _Found(match.group().strip(), days, year) if days else None


def _stands_alone(line: str, match: re.Match[str], *, complete: bool) -> bool:
    before, after = line[: match.start()], line[match.end() :]
    town = _TOWN_BEFORE.search(before)
    ending = _AFTER_DATELINE if town and town["mark"].strip() else _AGENCY_AFTER
    if town and ending.match(after) and _is_dateline(before, town):
        return True
    if not complete:
        return False
    if _SEPARATOR_BEFORE.search(before) and re.match(_CLOCK, after):
        return True
    around = re.findall(r"[^\W\d_]{2,}", before), re.findall(r"[^\W\d_]{4,}", after)
    return len(line.strip()) <= SHORT_LINE_CHARS and len(around[0]) <= WORDS_BEFORE and not around[1]


def _is_dateline(before: str, town: re.Match[str]) -> bool:
    """Names at the start of the line, or, where the script has capitals, a word in capitals before the mark."""
    words = re.findall(r"[^\W\d_][\w'’-]{2,}", town["town"])
    at_start = not before[: town.start("town")].strip()
    if at_start and words and all(word[0].upper() == word[0] for word in words):
        return True
    last = words[-1] if words else ""
    return last.upper() == last and last.lower() != last


def _read_complete(
    found: _Found, bare: list[_Found], lang: str | None, window: tuple[dt.date, dt.date] | None
) -> dt.date:
    assert found.year is not None
    readings = list(found.days)
    if len(readings) > 1 and lang and lang.split("-")[0].lower() != "en":
        readings = readings[:1]  # day before month everywhere but in English
    if len(readings) > 1:
        agreed = [r for r in readings if any(r in b.days for b in bare)]
        readings = agreed or readings
    days = [dt.date(found.year, *r) for r in readings]
    if len(days) > 1 and window:
        days = [d for d in days if window[0] <= d <= window[1]] or days
    if len(days) > 1:
        raise ReportError(
            f"the date {found.written!r} can be {days[0]} or {days[1]}: "
            f"give the publication day (--published {days[0]}) or the language (--lang)"
        )
    return days[0]


def _read_bare(found: _Found, head: str, window: tuple[dt.date, dt.date] | None) -> dt.date:
    month, day = found.days[0]
    years = {int(y) for y, m in re.findall(r"(?<!\d)((?:19|20)\d\d)-(\d\d)(?![\d-])", head) if int(m) == month}
    if window and not years:
        span = range(window[0].year, window[1].year + 1)
        years = {y for y in span if _exists(y, month, day) and window[0] <= dt.date(y, month, day) <= window[1]}
    if len(years) != 1:
        raise ReportError(
            f"the dateline {found.written!r} has no year: "
            f"give the publication day (--published YYYY-{month:02}-{day:02})"
        )
    return dt.date(years.pop(), month, day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _fold(word: str) -> str:
    """Case folded, with the Turkic dotted and dotless i as one letter, so that capitals compare too."""
    return unicodedata.normalize("NFC", word).replace("İ", "i").casefold().replace("ı", "i")
