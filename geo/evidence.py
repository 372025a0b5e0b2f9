"""Evidence: what speaks for each place that a name may mean, as a sum of parts with a readable reason each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .cues import FITTING
from .gazetteer import Gazetteer, Place
from .matching import ADJECTIVE, INFLECTED, SOUND, Found, Hit
from .names import BARE, SHORT

__all__ = ["Scored", "distance_km", "local_candidates", "nearly", "softmax"]

KEPT = 24
REMEMBERED = 20_000
CAPITAL, COUNTRY, REGION, NAMESAKE = 2.0, 4.0, 4.5, -3.0
HOW = {INFLECTED: (-0.3, "by its ending"), ADJECTIVE: (-0.5, "by its adjective"), SOUND: (-1.5, "by its sound")}
WIDE = frozenset({"country", "continent", "area", "sea"})
AREAS = frozenset({"district", "region"})
TOWNS = frozenset({"village", "town", "city"})
LARGE = 20_000
FITS, FITS_NOT = 5.0, 4.0
FOUGHT_OVER = 4.5
EARTH_KM = 6371.0088


class Scored(NamedTuple):
    """A place that a name may mean, with its score so far and why."""

    place: Place
    score: float
    reasons: tuple[str, ...]
    kind: int = 0
    how: int = 0


def local_candidates(found: Found, surface: str, lang: str, gazetteer: Gazetteer) -> list[Scored]:
    """The places that a span may mean by itself and its cue word, best first; empty when none will do.

    What one word may mean depends on nothing else, so it is remembered.
    """
    key = (lang, surface, found.noun or "", ", " if found.after_comma else "")
    single = found.last - found.first == 1
    known: list[Scored] | None = gazetteer.weighed.get(key) if single else None
    if known is None:
        known = _candidates(found, gazetteer)
        if single:
            if len(gazetteer.weighed) > REMEMBERED:
                gazetteer.weighed.clear()
            gazetteer.weighed[key] = known
    return known


def _candidates(found: Found, gazetteer: Gazetteer) -> list[Scored]:
    scored = [s for hit in found.hits if (s := _scored(found, hit, gazetteer)) is not None]
    if found.noun in AREAS:
        # "X and Y districts": a town of the name is no choice where there is a district of it
        scored = [s for s in scored if s.place.feature in FITTING[found.noun]] or scored
    if len(scored) > 1:
        scored = [_against_namesake(found, s, scored) for s in scored]
        scored.sort(key=lambda s: -s.score)
    return scored[:KEPT]


def _against_namesake(found: Found, option: Scored, others: Sequence[Scored]) -> Scored:
    """A region named as its own main town is named (Belgorod, Homs, New York) is meant where a cue word says so."""
    area = option.place
    if area.feature not in AREAS or area.rank == 0 or found.noun in AREAS:
        return option
    for other in others:
        town = other.place
        if town.population > LARGE and town.country == area.country and nearly(town, area):
            return option._replace(score=option.score + NAMESAKE)
    return option


def nearly(town: Place, area: Place) -> bool:
    """Whether a town lies inside an area: by its region's code, else by distance."""
    if area.country != town.country:
        return False
    if area.rank == 1 and town.rank == 2 and area.id == f"{town.country}-{town.admin1}":
        return True
    if area.country == "US" and area.feature == "region":
        return False
    return distance_km(town, area) <= area.radius_km


def distance_km(first: Place, second: Place) -> float:
    """Great-circle distance of two places' points."""
    a, b = math.radians(first.latitude), math.radians(second.latitude)
    step = math.radians(second.longitude - first.longitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(step / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _scored(found: Found, hit: Hit, gazetteer: Gazetteer) -> Scored | None:
    place = gazetteer.at(hit.row)
    fits = found.noun is not None and place.feature in FITTING.get(found.noun, ())
    score, reasons = gazetteer.prior(hit.row) - 0.5 * min(hit.kind, 1), []
    if place.rank == 0:
        reasons.append("in the theatre's own list")
    if place.rank > 0:
        score += COUNTRY if place.feature in WIDE else REGION if place.feature == "region" else 0.0
        score += CAPITAL if place.capital else 0.0
    if hit.kind == SHORT:
        if not found.after_comma:
            return None
        score += 4.0
    if hit.kind == BARE and not fits:
        if place.rank > 0 and (place.feature != "district" or found.noun is not None):
            return None  # "red" is no sea, and no state is called by its adjective
        score -= 4.0 if place.feature in AREAS else 3.0
    if hit.how in HOW:
        score += HOW[hit.how][0]
        reasons.append(HOW[hit.how][1])
    if hit.how == ADJECTIVE and found.noun not in AREAS and found.noun != "direction":
        return None
    if fits:
        score += FITS
        reasons.append(f"'{found.noun}' stands with it")
    elif found.noun not in (None, "direction") and not (hit.how == ADJECTIVE and place.feature in TOWNS):
        score -= FITS_NOT
    score += _theatre_evidence(place, gazetteer, reasons)
    return Scored(place, score, tuple(reasons), hit.kind, hit.how)


def _theatre_evidence(place: Place, gazetteer: Gazetteer, reasons: list[str]) -> float:
    theatre = gazetteer.theatre
    if theatre is None:
        return 0.0
    if place.id in gazetteer.contested:
        reasons.append("on land that is fought over")
        return FOUGHT_OVER
    west, south, east, north = theatre.bbox
    if west <= place.longitude <= east and south <= place.latitude <= north:
        reasons.append("inside the theatre")
        return 2.0
    if place.country in theatre.countries:
        reasons.append("in a country of the theatre")
        return 1.0
    return 0.0


def softmax(scores: Sequence[float]) -> list[float]:
    """Shares that sum to one, larger for larger scores."""
    top = max(scores)
    weights = [math.exp(s - top) for s in scores]
    total = sum(weights)
    return [w / total for w in weights]
