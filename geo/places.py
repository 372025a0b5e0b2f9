"""Places: which place each mention means. All names of a report are read before any is placed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from .evidence import Scored, distance_km, nearly, softmax
from .gazetteer import Gazetteer, Place
from .mentions import Candidate, Mention
from .reports import Report
from .theatre import Theatre

__all__ = ["MIN_CONFIDENCE", "place_mentions"]

MIN_CONFIDENCE = 0.2
NEAR_KM = 60.0
# "X, Y", "X (Y)", "X in Y", "X, dans le Y", "X в Y"
WITHIN = re.compile(r"\s*,\s*|\s*\(|,? \w{1,4}(?: \w{1,3})?[ '’]")
ROUNDS = 2
SENTENCE_ENDS = (". ", "։", "! ", "? ", "\n\n")
HOPELESS = 10.0  # more than all evidence of the report together can make up for
WIDE = frozenset({"country", "continent"})
AREAS = frozenset({"district", "region", "country"})
REGIONS = frozenset({"district", "region"})
FAR_RADII = 2.0  # so many radii of an area, and NEAR_KM more, is surely outside


class Behind(NamedTuple):
    """An area named behind a place, and whether it holds a known place of that name."""

    area: Scored
    holds: bool


def place_mentions(
    report: Report,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    theatre: Theatre | None = None,
    *,
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Mention]:
    """Resolve mentions from `find_mentions`: each gets its likeliest place, or says why it stays without one.

    Args:
        report: what was read.
        mentions: spans with candidates, as `find_mentions` gives them.
        gazetteer: where the candidates' ids are looked up.
        theatre: overrides the gazetteer's own theatre; None keeps it.
        min_confidence: below this share of the evidence a mention stays unplaced.
    """
    options = [
        [Scored(gazetteer.place(c.place_id), c.score, c.reasons) for c in mention.candidates] for mention in mentions
    ]
    options = [[s for s in scored if s.score >= scored[0].score - HOPELESS] for scored in options]
    areas = _areas_behind(report, mentions, options)
    options = [[areas[at].area] if at in areas else scored for at, scored in enumerate(options)]
    best = [scored[0].place for scored in options]
    final = list(options)
    for _ in range(ROUNDS):
        for at, scored in enumerate(options):
            if len(scored) > 1:  # what can be one place only needs no weighing
                final[at] = [_weighed(report, mentions, best, at, option) for option in scored]
        chosen = [max(scored, key=lambda s: s.score).place for scored in final]
        if chosen == best:
            break
        best = chosen
    placed = [_placed(m, scored, min_confidence) for m, scored in zip(mentions, final, strict=True)]
    for at, behind in areas.items():
        inner = mentions[at - 1]
        placed[at] = replace(placed[at], role="background", reasons=(f"background: the area of {inner.text}",))
        if not behind.holds:
            reason = f"not placed: no {inner.text} is known in {behind.area.place.name}, which is named behind it"
            placed[at - 1] = replace(inner, confidence=0.0, reasons=(*inner.reasons, reason))
    return sorted(placed, key=lambda m: (m.start, m.end))


def _areas_behind(
    report: Report, mentions: Sequence[Mention], options: Sequence[Sequence[Scored]]
) -> dict[int, Behind]:
    """Mentions that name the area round the name before them, not the town of that name: "Vodyane, Donetsk".

    Only where the first name is no such area's itself and the two do not begin a list ("Kherson, Mykolaiv and Odesa").
    An area that is far from all places of the first name tells that the place meant is not among them.
    """
    found: dict[int, Behind] = {}
    for at in range(1, len(mentions)):
        between = report.text[mentions[at - 1].end : mentions[at].start]
        if between.strip() not in (",", "(") or at - 1 in found or _goes_on(report, mentions, at):
            continue
        areas = [s for s in options[at] if s.place.feature in REGIONS]
        inner = [s.place for s in options[at - 1]]
        if not areas or any(p.feature in AREAS for p in inner):
            continue
        held = [s for s in areas if any(nearly(place, s.place) for place in inner)]
        if held:
            found[at] = Behind(max(held, key=lambda s: s.score), holds=True)
        elif all(distance_km(p, s.place) > FAR_RADII * s.place.radius_km + NEAR_KM for p in inner for s in areas):
            found[at] = Behind(max(areas, key=lambda s: s.score), holds=False)
    return found


def _goes_on(report: Report, mentions: Sequence[Mention], at: int) -> bool:
    """Whether a list goes on behind a mention: only a comma or one short word stands before the next."""
    if at + 1 >= len(mentions):
        return False
    return re.fullmatch(r"\s*,?\s*(?:\w{1,3}\s+)?", report.text[mentions[at].end : mentions[at + 1].start]) is not None


def _weighed(report: Report, mentions: Sequence[Mention], best: Sequence[Place], at: int, option: Scored) -> Scored:
    """A candidate with the evidence of the report's other mentions added."""
    place, score, reasons = option.place, option.score, option.reasons
    nearby, named_area, named_country = 0.0, False, False
    for other, neighbour in enumerate(best):
        if other == at or neighbour.id == place.id:
            continue
        if neighbour.feature in WIDE:
            if neighbour.country == place.country and not named_country:
                named_country = True
                score += 0.7
            continue
        if neighbour.feature in REGIONS and neighbour.country == place.country and not named_area:
            named_area = nearly(place, neighbour)
        km = distance_km(place, neighbour)
        reach = NEAR_KM + (neighbour.radius_km if neighbour.feature in AREAS else 0.0)
        weight = 0.3 if neighbour.capital else 1.5 if abs(other - at) == 1 else 1.0
        nearby += weight * math.exp(-km / reach)
    if nearby > 0.3:
        score += min(3.0, 1.2 * nearby)
        reasons = (*reasons, "near the report's other places")
    if named_area:
        score += 2.0
        reasons = (*reasons, "in a region that the report names")
    within = _district_before(report, mentions, best, at, place)
    if within:
        score += within
        reasons = (*reasons, "in the district named before it")
    following = _container(report, mentions, best, at, place)
    if following:
        score += 8.0
        reasons = (*reasons, f"'{following}' named after it contains it")
    return Scored(place, score, reasons)


def _district_before(
    report: Report, mentions: Sequence[Mention], best: Sequence[Place], at: int, place: Place
) -> float:
    """Evidence of the last district that the sentence names before a village: "Füzuli rayonunun Qaradağlı kəndi"."""
    for before in range(at - 1, max(-1, at - 8), -1):
        between = report.text[mentions[before].end : mentions[at].start]
        if any(stop in between for stop in SENTENCE_ENDS):
            return 0.0
        if best[before].feature == "district":
            reach = 5.0 if not between.strip() else 2.5
            return reach if place.id != best[before].id and nearly(place, best[before]) else 0.0
    return 0.0


def _container(report: Report, mentions: Sequence[Mention], best: Sequence[Place], at: int, place: Place) -> str | None:
    """The next mention's text where it reads "X, Y" or "X (Y)" and Y is an area that holds this candidate."""
    if at + 1 >= len(mentions):
        return None
    area, text = best[at + 1], report.text[mentions[at].end : mentions[at + 1].start]
    if area.feature not in AREAS or not WITHIN.fullmatch(text):
        return None
    holds = area.country == place.country if area.feature == "country" else nearly(place, area)
    return mentions[at + 1].text if holds and place.id != area.id else None


def _placed(mention: Mention, scored: Sequence[Scored], min_confidence: float) -> Mention:
    order = sorted(scored, key=lambda s: -s.score) if len(scored) > 1 else scored
    shares = softmax([s.score for s in order]) if len(scored) > 1 else [1.0]
    candidates = tuple(
        Candidate(s.place.id, round(share, 4), s.reasons) for s, share in zip(order, shares, strict=True)
    )
    place, share = order[0].place, shares[0] * mention.confidence
    if share < min_confidence:
        reason = f"not placed: the likeliest of {len(order)} places has only {share:.0%}"
        return replace(mention, candidates=candidates, confidence=share, reasons=(*mention.reasons, reason))
    return Mention(
        mention.start,
        mention.end,
        mention.text,
        mention.role,
        place_id=place.id,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
        where_prec=place.where_prec,
        confidence=round(share, 4),
        candidates=candidates,
        reasons=(*mention.reasons, *order[0].reasons),
    )
