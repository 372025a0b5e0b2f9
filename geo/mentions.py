"""Mentions: the spans of a report that name a place, and what part each plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from .cues import FITTING, attach_nouns
from .evidence import Scored, local_candidates
from .gazetteer import Gazetteer
from .guards import no_place, suspicion
from .matching import Found, Reading, read_names
from .recognition import features, likelihood, people_in
from .reports import Report
from .roles import parts_of
from .second_reading import NameReader, ReadName, read_again, with_second_reading
from .text import detect_language

__all__ = ["Candidate", "Mention", "Role", "Span", "find_mentions", "read_spans"]

Role = Literal["event", "dateline", "metonym", "actor", "background"]
MIN_LIKELIHOOD = 0.45
WITH_NOUN = frozenset({"district", "region", "river", "reservoir", "sea", "ridge", "corridor", "island"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean; `score` is comparable within one mention only."""

    place_id: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
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


class Span(NamedTuple):
    """A span that is written like a known name, what it may mean, and what recognition knows about it."""

    found: Found
    scored: list[Scored]
    features: dict[str, float]


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
    seen = read_again(report.text, reading.lexicon.lang, second_readers)
    likely = [(span, p) for span in spans if (p := _likelihood(gazetteer, span, seen)) >= min_likelihood]
    if not likely:
        return []
    theatre = gazetteer.theatre
    countries = theatre.countries if theatre else tuple({s.scored[0].place.country for s, _ in likely})
    day = report.published or (theatre.date_to if theatre else None)
    named = [(span.found, span.scored[0].place) for span, _ in likely]
    parts = parts_of(reading, named, countries, year=day.year if day else None)
    return [
        _mention(report.text, span.found, span.scored, cast(Role, part.role), part.reason, round(p, 4))
        for (span, p), part in zip(likely, parts, strict=True)
    ]


def _likelihood(gazetteer: Gazetteer, span: Span, seen: Sequence[ReadName]) -> float:
    likely = likelihood(gazetteer.weights, span.features)
    return with_second_reading(likely, span.found.start, span.found.end, seen)


def read_spans(report: Report, gazetteer: Gazetteer) -> tuple[Reading, list[Span]]:
    """The spans of a report that may name a place, before recognition decides."""
    lang = (report.lang or "").partition("-")[0]
    if lang not in gazetteer.lexicons:
        lang = detect_language(report.text, lexicons=gazetteer.lexicons)
    lexicon = gazetteer.lexicons.get(lang) or gazetteer.lexicons.get("en") or next(iter(gazetteer.lexicons.values()))
    reading = read_names(report.text, lexicon, gazetteer)
    if not reading.found:
        return reading, []
    attach_nouns(reading)
    people = people_in(reading)
    spans = []
    for found in reading.found:
        scored = (
            []
            if no_place(reading, found, gazetteer)
            else local_candidates(found, report.text[found.start : found.end], lexicon.lang, gazetteer)
        )
        if scored:
            names = features(reading, found, scored[0], people)
            doubt = suspicion(reading, found, gazetteer)
            if doubt:
                names[doubt] = 1.0
            spans.append(Span(found, scored, names))
    return reading, spans


def _mention(text: str, found: Found, scored: list[Scored], role: Role, reason: str, likely: float) -> Mention:
    start, end = found.start, found.end
    best = scored[0].place
    if found.noun_span and found.noun in WITH_NOUN and best.feature in FITTING.get(found.noun or "", ()):
        start, end = found.noun_span
    candidates = tuple(Candidate(s.place.id, s.score, s.reasons) for s in scored)
    return Mention(
        start,
        end,
        text[start:end],
        role=role,
        confidence=likely,
        candidates=candidates,
        reasons=(f"{role}: {reason}",),
    )
