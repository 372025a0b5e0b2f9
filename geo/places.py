"""Places: which place each mention means. All names of a report are read before any is placed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import final

from mypy_extensions import mypyc_attr

from .evidence import (
    KM_PER_DEGREE,
    Candidate,
    Scored,
    candidate,
    distance_km,
    nearly,
    options_with,
    roughly_km,
    rounded,
    softmax,
)
from .folding import fold
from .gazetteer import Gazetteer, Place
from .lexicons import Lexicon
from .mentions import Mention
from .reports import Report

__all__ = ["MIN_CONFIDENCE", "place_mentions"]

MIN_CONFIDENCE = 0.2
NEAR_KM = 60.0
# "X, Y", "X (Y)", "X in Y", "X, dans le Y", "X в Y"
WITHIN = re.compile(r"\s*,\s*|\s*\(|,?(?: \w{1,5}){1,3}[ '’]")
SHORT_WORD = re.compile(r"\s*,?\s*(?:\w{1,3}\s+)?")
ROUNDS = 2
REACHES = 10.0  # so many reaches away a neighbour tells nothing any more
SENTENCE_ENDS = (". ", "։", "! ", "? ", "\n\n")
WIDE = frozenset({"country", "continent"})
AREAS = frozenset({"district", "region", "country"})
REGIONS = frozenset({"district", "region"})
LONGEST_NOUN = 24  # characters with the comma behind it
MAX_WITHIN = 20  # characters that `WITHIN` can match
FAR_RADII = 2.0  # so many radii of an area, and NEAR_KM more, is surely outside


@final
@mypyc_attr(acyclic=True)
class Behind:
    """An area named behind a place, and whether it holds a known place of that name."""

    __slots__ = ("area", "holds")

    def __init__(self, area: Scored, *, holds: bool) -> None:
        self.area = area
        self.holds = holds


@final
@mypyc_attr(acyclic=True)
class Draft:
    """A report's mentions while they are placed: what each may be, its best so far, and what stands between them."""

    __slots__ = ("best", "gaps", "known", "mentions", "options")

    def __init__(self, text: str, mentions: list[Mention], gazetteer: Gazetteer, lexicon: Lexicon | None) -> None:
        self.mentions = mentions
        self.known = [options_with(mention.candidates, gazetteer) for mention in mentions]
        self.options = [options.hopeful for options in self.known]
        self.gaps = [_gap(text, mentions[at].end, mentions[at + 1].start, lexicon) for at in range(len(mentions) - 1)]
        self.best: list[Place] = []

    def choose(self, final: list[list[Scored]]) -> bool:
        """Take the likeliest of each; whether any changed."""
        changed = len(self.best) != len(final)
        chosen: list[Place] = []
        for at, scored in enumerate(final):
            place = _likeliest(scored).place
            changed = changed or self.best[at] is not place
            chosen.append(place)
        self.best = chosen
        return changed


@final
@mypyc_attr(acyclic=True)
class Around:
    """What a mention's neighbours say for all its candidates: the district named before it, and the area behind it.

    `weight` is what it counts for a village that it lies in that district.
    """

    __slots__ = ("area", "district", "weight")

    def __init__(self, draft: Draft, at: int) -> None:
        before = _district_before(draft, at)
        self.district: Place | None = draft.best[before] if before >= 0 else None
        self.weight = 5.0 if before >= 0 and before == at - 1 and not draft.gaps[before].strip() else 2.5
        self.area = _area_behind(draft, at)


def place_mentions(
    report: Report,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Mention]:
    """Resolve mentions from `find_mentions`: each gets its likeliest place, or says why it stays without one.

    Args:
        report: what was read.
        mentions: spans with candidates, as `find_mentions` gives them.
        gazetteer: where the candidates' ids are looked up.
        min_confidence: below this share of the evidence a mention stays unplaced.
    """
    if not mentions:
        return []
    lexicon = gazetteer.lexicons.get((report.lang or "").partition("-")[0])
    draft = Draft(report.text, list(mentions), gazetteer, lexicon)
    areas = _areas_behind(draft)
    for at, behind in areas.items():
        draft.options[at] = [behind.area]
    draft.choose(draft.options)
    final = list(draft.options)
    for _ in range(ROUNDS):
        for at, scored in enumerate(draft.options):
            if len(scored) > 1:  # what can be one place only needs no weighing
                around = Around(draft, at)
                final[at] = [_weighed(draft, at, option, around) for option in scored]
        if not draft.choose(final):
            break
    placed = [
        _placed(draft.mentions[at], scored, draft.known[at].sure if at not in areas else (), min_confidence)
        for at, scored in enumerate(final)
    ]
    for at, behind in areas.items():
        inner = mentions[at - 1]
        placed[at] = placed[at]._replace(role="background", reasons=(f"background: the area of {inner.text}",))
        if not behind.holds:
            reason = f"not placed: no {inner.text} is known in {behind.area.place.name}, which is named behind it"
            placed[at - 1] = inner._replace(confidence=0.0, reasons=(*inner.reasons, reason))
    return placed


def _gap(text: str, first: int, last: int, lexicon: Lexicon | None) -> str:
    """What stands between two names, without the generic noun of the first ("Borova village, Kharkiv")."""
    gap = text[first:last]
    if lexicon is None or len(gap) < 4 or len(gap) > LONGEST_NOUN or not gap.startswith(" "):
        return gap
    at = 0
    for written in gap.split(" ")[1:]:
        word = written.rstrip(",(")
        if not word.isalpha() or lexicon.noun_kind(fold(word)) is None:
            break
        at += len(word) + 1
        if len(word) < len(written):
            break
    return gap[at:] if at < len(gap) else gap


def _likeliest(scored: list[Scored]) -> Scored:
    best = scored[0]
    for option in scored:
        if option.score > best.score:
            best = option
    return best


def _areas_behind(draft: Draft) -> dict[int, Behind]:
    """Mentions that name the area round the name before them, not the town of that name: "Vodyane, Donetsk".

    Only where the first name is no such area's itself and the two do not begin a list ("Kherson, Mykolaiv and Odesa").
    An area that is far from all places of the first name tells that the place meant is not among them.
    """
    found: dict[int, Behind] = {}
    for at in range(1, len(draft.mentions)):
        between = draft.gaps[at - 1]
        if len(between) > 4 or between.strip() not in (",", "(") or at - 1 in found or _goes_on(draft, at):
            continue
        if draft.mentions[at].role in ("actor", "metonym"):
            continue  # "…, Karabakh's leader said": somebody speaks
        areas = [s for s in draft.options[at] if s.place.feature in REGIONS]
        inner = [s.place for s in draft.options[at - 1]]
        if any(p.feature in AREAS for p in inner):
            areas = [s for s in areas if _is_wider(s.place, inner)]
        if not areas:
            continue
        held = [s for s in areas if any(nearly(place, s.place) for place in inner)]
        if held:
            found[at] = Behind(_likeliest(held), holds=True)
        elif all(distance_km(p, s.place) > FAR_RADII * s.place.radius_km + NEAR_KM for p in inner for s in areas):
            found[at] = Behind(_likeliest(areas), holds=False)
    return found


def _is_wider(area: Place, inner: list[Place]) -> bool:
    """Whether an area is a region and what is named before it a district ("Kale township, Sagaing")."""
    if area.feature != "region":
        return False
    for place in inner:
        if place.feature in WIDE or place.feature == "region" or 2.0 * place.radius_km > area.radius_km:
            return False
    return True


def _goes_on(draft: Draft, at: int) -> bool:
    """Whether a list goes on behind a mention: only a comma or one short word stands before the next."""
    return at + 1 < len(draft.mentions) and SHORT_WORD.fullmatch(draft.gaps[at]) is not None


def _weighed(draft: Draft, at: int, option: Scored, around: Around) -> Scored:
    """A candidate with the evidence of the report's other mentions added."""
    place, score, reasons = option.place, option.score, option.reasons
    nearby, named_area, named_country = 0.0, False, False
    for other, neighbour in enumerate(draft.best):
        if other == at or neighbour is place:
            continue
        if neighbour.feature in WIDE:
            if not named_country and neighbour.country == place.country:
                named_country = True
                score += 0.7
            continue
        if not named_area and neighbour.feature in REGIONS and neighbour.country == place.country:
            named_area = nearly(place, neighbour)
        reach = NEAR_KM + (neighbour.radius_km if neighbour.feature in AREAS else 0.0)
        if abs(place.latitude - neighbour.latitude) * KM_PER_DEGREE > REACHES * reach:
            continue
        weight = 0.3 if neighbour.capital else 1.5 if abs(other - at) == 1 else 1.0
        nearby += weight * math.exp(-roughly_km(place, neighbour) / reach)
    if nearby > 0.3:
        score += min(3.0, 1.2 * nearby)
        reasons = (*reasons, "near the report's other places")
    if named_area:
        score += 1.6
        reasons = (*reasons, "in a region that the report names")
    if place.feature == "village":
        listed = _beside_in_list(draft, at, place)
        if listed:
            score += listed
            reasons = (*reasons, "beside villages of its district in a list")
    district = around.district
    if district is not None and place is not district and nearly(place, district):
        score += around.weight
        reasons = (*reasons, "in the district named before it")
    if around.area is not None and _holds(around.area, place):
        score += 8.0
        reasons = (*reasons, "the area named after it contains it")
    return Scored(place, score, reasons)


def _beside_in_list(draft: Draft, at: int, place: Place) -> float:
    """Evidence of the villages right before and behind in a list: mostly they are of one district."""
    if not place.admin1:
        return 0.0
    evidence = 0.0
    for other, gap in ((at - 1, at - 1), (at + 1, at)):
        if other < 0 or other >= len(draft.best) or not SHORT_WORD.fullmatch(draft.gaps[gap]):
            continue
        beside = draft.best[other]
        if beside.feature == "village" and beside.admin1 == place.admin1 and beside.country == place.country:
            evidence += 1.5
    return evidence


def _district_before(draft: Draft, at: int) -> int:
    """Where the last district stands that the sentence names before a mention: "Füzuli rayonunun Qaradağlı kəndi"."""
    for before in range(at - 1, max(-1, at - 8), -1):
        between = draft.gaps[before]
        if len(between) > 1 and any([stop in between for stop in SENTENCE_ENDS]):
            return -1
        if draft.best[before].feature == "district":
            return before
    return -1


def _area_behind(draft: Draft, at: int) -> Place | None:
    """The area Y where it reads "X, Y" or "X (Y)".

    Also of a list: "the villages of X, Z and W, all in Y district".
    """
    behind, last = at + 1, len(draft.mentions) - 1
    while behind < last and draft.best[behind].feature == "village" and SHORT_WORD.fullmatch(draft.gaps[behind - 1]):
        behind += 1
    if behind > last:
        return None
    area, between = draft.best[behind], draft.gaps[behind - 1]
    if area.feature not in AREAS or len(between) > MAX_WITHIN or not WITHIN.fullmatch(between):
        return None
    return area


def _holds(area: Place, place: Place) -> bool:
    if area is place:
        return False
    if area.feature == "region" and place.population > 0 and place.point == area.point:
        return False  # the region's main town, after which it is called, would be named alone
    return area.country == place.country if area.feature == "country" else nearly(place, area)


def _ranked(scored: list[Scored]) -> list[Scored]:
    """The likeliest first; equal ones keep their order. They are few, and mostly in order."""
    order = list(scored)
    for at in range(1, len(order)):
        option, to = order[at], at
        while to > 0 and order[to - 1].score < option.score:
            order[to] = order[to - 1]
            to -= 1
        order[to] = option
    return order


def _placed(
    mention: Mention, scored: list[Scored], candidates: tuple[Candidate, ...], min_confidence: float
) -> Mention:
    best, share = scored[0], mention.confidence
    if not candidates:
        order = _ranked(scored)
        shares = softmax([s.score for s in order])
        candidates = tuple([candidate(s.place.id, rounded(shares[at]), s.reasons) for at, s in enumerate(order)])
        best, share = order[0], shares[0] * mention.confidence
    if share < min_confidence:
        reason = f"not placed: the likeliest of {len(scored)} places has only {share:.0%}"
        return mention._replace(candidates=candidates, confidence=share, reasons=(*mention.reasons, reason))
    place = best.place
    # as Mention(…), which takes three times as long
    start, end, text, role = mention[:4]
    point = (place.latitude, place.longitude, place.radius_km, place.where_prec)
    why = mention.reasons + best.reasons
    fields = (start, end, text, role, place.id, place.name, *point, rounded(share), candidates, why)
    return tuple.__new__(Mention, fields)
