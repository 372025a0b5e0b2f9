"""Mentions: the spans of a report that name a place, and what part each plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast, final

from mypy_extensions import mypyc_attr

from .cues import FITTING, attach_nouns
from .evidence import Candidate, Options, options_of, rounded
from .gazetteer import Gazetteer
from .guards import no_place, suspicion
from .matching import read_names
from .reading import Found, Reading
from .recognition import features, likelihood, marks_of, people_in, prepare
from .reports import Report
from .roles import parts_of
from .second_reading import NameReader, read_again, with_second_reading
from .text import detect_language

__all__ = ["Candidate", "Mention", "Role", "Span", "find_mentions", "read_spans"]

Role = Literal["event", "dateline", "metonym", "actor", "background"]
MIN_LIKELIHOOD = 0.45
WITH_NOUN = frozenset({"district", "region", "river", "reservoir", "sea", "ridge", "corridor", "island"})


class Mention(NamedTuple):
    """A place name in a report: `text == report.text[start:end]` (code points of the NFC text).

    Before resolution the place fields are None. A mention whose place stays unknown keeps them None and says why in
    `reasons`; it is never given a made-up point. `confidence` is the probability that the place is right.
    """

    start: int
    end: int
    text: str
    role: Role = "background"
    place_id: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    where_prec: int | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()


@final
@mypyc_attr(acyclic=True)
class Span:
    """A span that is written like a known name, what it may mean, and what recognition knows about it."""

    __slots__ = ("found", "likely", "marks", "options")

    def __init__(self, found: Found, options: Options, marks: list[str]) -> None:
        self.found = found
        self.options = options
        self.marks = marks
        self.likely = 0.0

    def features(self) -> dict[str, float]:
        """What recognition knows about the span, as names with values (mostly 1)."""
        return features(self.options, self.marks)


def find_mentions(
    report: Report,
    gazetteer: Gazetteer,
    *,
    min_likelihood: float = MIN_LIKELIHOOD,
    second_readers: Sequence[NameReader] = (),
) -> list[Mention]:
    """Every span of a report that names a place, left to right, with its role and what it may mean.

    The language is found from the text when the report has none that a lexicon knows. A text in a language that no
    lexicon knows is read with the English one. `confidence` is the probability that the span names a place at all;
    `second_readers` may shift it (geo/second_reading.py).
    """
    reading, spans = read_spans(report, gazetteer)
    seen = read_again(report.text, reading.lexicon.lang, second_readers) if second_readers else []
    likely = []
    for span in spans:
        span.likely = likelihood(gazetteer.weights, span.options, span.marks)
        if seen:
            span.likely = with_second_reading(span.likely, span.found.start, span.found.end, seen)
        if span.likely >= min_likelihood:
            likely.append(span)
    if not likely:
        return []
    theatre = gazetteer.theatre
    countries = theatre.countries if theatre else tuple({s.options.scored[0].place.country for s in likely})
    day = report.published or (theatre.date_to if theatre else None)
    parts = parts_of(reading, [s.found for s in likely], countries, year=day.year if day else None)
    return [
        _mention(report.text, span, cast(Role, part.role), part.reason)
        for span, part in zip(likely, parts, strict=True)
    ]


def read_spans(report: Report, gazetteer: Gazetteer) -> tuple[Reading, list[Span]]:
    """The spans of a report that may name a place, before recognition decides."""
    lang = (report.lang or "").partition("-")[0]
    if lang not in gazetteer.lexicons:
        lang = detect_language(report.text, lexicons=gazetteer.lexicons)
    lexicon = gazetteer.lexicons.get(lang) or gazetteer.lexicons.get("en") or next(iter(gazetteer.lexicons.values()))
    reading = read_names(report.text, lexicon, gazetteer)
    spans: list[Span] = []
    if not reading.found:
        return reading, spans
    attach_nouns(reading)
    people = people_in(reading)
    for at, found in enumerate(reading.found):
        options = options_of(reading, found, gazetteer)
        if not options.scored or no_place(reading, found, options, gazetteer) is not None:
            continue
        if not options.marks:
            prepare(gazetteer.weights, options, len(found.hits.all))
        found.best, found.how = options.scored[0].place, options.scored[0].how
        marks = marks_of(reading, found, people)
        behind = reading.found[at + 1] if at + 1 < len(reading.found) else None
        if behind is not None and behind.first == found.last and _names_district(reading, found, behind):
            marks = [mark for mark in marks if mark != "capital after"]
        if options.listed and ("capital after" in marks or "capital before" in marks):
            marks.append("listed, beside a capital")
        doubt = suspicion(reading, found, options)
        if doubt is not None:
            marks.append(doubt)
        spans.append(Span(found, options, marks))
    return reading, spans


def _names_district(reading: Reading, found: Found, behind: Found) -> bool:
    """Whether a theatre's own place stands right before its district ("Алханлы Физулинского района")."""
    own = found.best is not None and found.best.rank == 0
    return own and behind.last - behind.first > 1 and reading.words[behind.last - 1].noun == "district"


def _mention(text: str, span: Span, role: Role, reason: str) -> Mention:
    found = span.found
    start, end = found.start, found.end
    best = span.options.scored[0].place
    if found.wide_end >= 0 and found.noun in WITH_NOUN and best.feature in FITTING.get(found.noun or "", ()):
        start, end = found.wide_start, found.wide_end
    why = (f"{role}: {reason}",)
    likely, candidates = rounded(span.likely), span.options.candidates
    # as Mention(…), which takes three times as long
    fields = (start, end, text[start:end], role, None, None, None, None, None, None, likely, candidates, why)
    return tuple.__new__(Mention, fields)
