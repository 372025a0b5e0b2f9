"""Mentions: the spans of a report that name a place, and what part each plays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from .cues import FITTING, attach_nouns
from .evidence import Scored, local_candidates
from .gazetteer import Gazetteer
from .guards import no_place
from .matching import Found, read_names
from .reports import Report
from .roles import role_of, scene_of
from .text import detect_language

__all__ = ["Candidate", "Mention", "Role", "find_mentions"]

Role = Literal["event", "dateline", "metonym", "actor", "background"]
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


def find_mentions(report: Report, gazetteer: Gazetteer) -> list[Mention]:
    """Every span of a report that names a place, left to right, with its role and what it may mean.

    The language is found from the text when the report has none that a lexicon knows. A text in a language that no
    lexicon knows is read with the English one.
    """
    lang = (report.lang or "").partition("-")[0]
    if lang not in gazetteer.lexicons:
        lang = detect_language(report.text, lexicons=gazetteer.lexicons)
    lexicon = gazetteer.lexicons.get(lang) or next(iter(gazetteer.lexicons.values()))
    reading = read_names(report.text, lexicon, gazetteer)
    if not reading.found:
        return []
    attach_nouns(reading)
    scene = scene_of(reading)
    mentions = []
    for found in reading.found:
        if no_place(reading, found, gazetteer):
            continue
        scored = local_candidates(found, gazetteer)
        if scored:
            role, reason = role_of(reading, found, scored[0].place, scene)
            mentions.append(_mention(report.text, found, scored, cast(Role, role), reason))
    return mentions


def _mention(text: str, found: Found, scored: list[Scored], role: Role, reason: str) -> Mention:
    start, end = found.start, found.end
    best = scored[0].place
    if found.noun_span and found.noun in WITH_NOUN and best.feature in FITTING.get(found.noun or "", ()):
        start, end = found.noun_span
    candidates = tuple(Candidate(s.place.id, s.score, s.reasons) for s in scored)
    return Mention(start, end, text[start:end], role=role, candidates=candidates, reasons=(f"{role}: {reason}",))
