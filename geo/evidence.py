"""Evidence: what speaks for each place that a name may mean, as a sum of parts with a readable reason each."""

from __future__ import annotations

import math
from typing import NamedTuple, final

from mypy_extensions import mypyc_attr

from .cues import FITTING
from .gazetteer import Gazetteer, Place
from .names import BARE, MAIN, SHORT
from .reading import ADJECTIVE, INFLECTED, PLAIN, SOUND, Found, Hit, Reading

__all__ = [
    "KM_PER_DEGREE",
    "Candidate",
    "Options",
    "Scored",
    "candidate",
    "distance_km",
    "nearly",
    "options_of",
    "options_with",
    "roughly_km",
    "rounded",
    "softmax",
]

KEPT = 120
REMEMBERED = 20_000
LISTED = -1.5
CAPITAL, COUNTRY, REGION, RIVER, NAMESAKE = 2.0, 4.0, 4.5, 2.0, -3.0
HOW = {INFLECTED: (-0.3, "by its ending"), ADJECTIVE: (-0.5, "by its adjective"), SOUND: (-1.5, "by its sound")}
WIDE = frozenset({"country", "continent", "area", "sea"})
AREAS = frozenset({"district", "region"})
TOWNS = frozenset({"village", "town", "city"})
GOVERNED = frozenset({"country", "region", "continent"})
UNIONS = frozenset({"continent", "area"})
LARGE, HUGE, VAST = 20_000, 500_000, 1_000_000
FITS, FITS_NOT = 5.0, 4.0
FOUGHT_OVER = 4.5
TOWN_RANK = 2  # from which rank of sources on there are only towns
HOPELESS = 10.0  # more than all evidence of a report together can make up for
EARTH_KM = 6371.0088
RADIANS = math.pi / 180.0
KM_PER_DEGREE = EARTH_KM * RADIANS


class Candidate(NamedTuple):
    """One place that a name may mean; `score` is comparable within one mention only."""

    place_id: str
    score: float
    reasons: tuple[str, ...] = ()


def candidate(place_id: str, score: float, reasons: tuple[str, ...]) -> Candidate:
    """As Candidate(…), which takes three times as long."""
    return tuple.__new__(Candidate, (place_id, score, reasons))


@final
@mypyc_attr(acyclic=True)
class Scored:
    """A place that a name may mean, with its score so far and why; `kind` and `how` are those of its hit."""

    __slots__ = ("how", "kind", "place", "reasons", "score")

    def __init__(
        self, place: Place, score: float, reasons: tuple[str, ...], kind: int = MAIN, how: int = PLAIN
    ) -> None:
        self.place = place
        self.score = score
        self.reasons = reasons
        self.kind = kind
        self.how = how


@final
@mypyc_attr(acyclic=True)
class Options:
    """What a span may mean by itself and its cue word, best first, and what can be said of all its rows together.

    `wide`: a country, region or continent is among them; `capital`: a capital; `own`: a place of the theatre or a
    country; `near`: a country or a city of millions; `union`: by its names only a continent or area; `brief_own` and
    `brief`: a name as it stands of a place of the theatre, of a country or a large city; `listed`: the likeliest is a
    village of which only a list knows. `hopeful` are those that the evidence of a report can lift over the likeliest,
    `sure` the only one of them. `marks` and `weight` are filled in by recognition.
    """

    __slots__ = (
        "brief",
        "brief_own",
        "candidates",
        "capital",
        "hopeful",
        "listed",
        "marks",
        "near",
        "own",
        "scored",
        "sure",
        "union",
        "weight",
        "wide",
    )

    def __init__(self, hits: list[Hit], scored: list[Scored], gazetteer: Gazetteer) -> None:
        self.scored = scored
        self.candidates = tuple([candidate(s.place.id, s.score, s.reasons) for s in scored])
        self.hopeful = [s for s in scored if s.score >= scored[0].score - HOPELESS or s.place.feature == "region"]
        self.sure: tuple[Candidate, ...] = ()
        if len(self.hopeful) == 1:
            self.sure = (candidate(scored[0].place.id, 1.0, scored[0].reasons),)
        self.marks: list[str] = []
        self.weight = 0.0
        self.listed = len(scored) > 0 and _only_listed(scored[0].place)
        self.wide = False
        self.capital = False
        self.own = False
        self.near = False
        self.brief_own = False
        self.brief = False
        self.union = True
        for hit in hits:
            place = gazetteer.at(hit.row)
            country = place.feature == "country"
            self.wide = self.wide or place.feature in GOVERNED
            self.capital = self.capital or place.capital
            self.own = self.own or country or place.rank == 0
            self.near = self.near or country or place.population > VAST
            self.union = self.union and ((hit.kind != MAIN and place.population < HUGE) or place.feature in UNIONS)
            if hit.how == PLAIN:
                self.brief_own = self.brief_own or place.rank == 0
                self.brief = self.brief or country or place.population > HUGE


def options_of(reading: Reading, found: Found, gazetteer: Gazetteer) -> Options:
    """What a span may mean. This depends on its words and its cue word only, so it is remembered."""
    remembered: dict[str, Options] = gazetteer.weighed[reading.lexicon.lang]
    key = reading.text[found.start : found.end]
    if found.noun is not None or found.after_comma:
        key = f"{key}|{found.noun or ''}{',' if found.after_comma else ''}"
    options = remembered.get(key)
    if options is None:
        if len(remembered) > REMEMBERED:
            remembered.clear()
            gazetteer.options.clear()
        options = remembered[key] = Options(found.hits.all, _candidates(found, gazetteer), gazetteer)
        gazetteer.options[id(options.candidates)] = options
    return options


def options_with(candidates: tuple[Candidate, ...], gazetteer: Gazetteer) -> Options:
    """The options that candidates come from; made anew where they were not remembered."""
    known: dict[int, Options] = gazetteer.options
    options = known.get(id(candidates))
    if options is None or options.candidates is not candidates:
        scored = [Scored(gazetteer.place(c.place_id), c.score, c.reasons) for c in candidates]
        options = Options([], scored, gazetteer)
    return options


def _candidates(found: Found, gazetteer: Gazetteer) -> list[Scored]:
    scored = [s for hit in found.hits.all if (s := _scored(found, hit, gazetteer)) is not None]
    if found.noun in AREAS:
        # "X and Y districts": a town of the name is no choice where there is a district of it
        scored = [s for s in scored if s.place.feature in FITTING[found.noun]] or scored
    if len(scored) > 1:
        lowered = [_against_namesake(found, s, scored) for s in scored]
        for option, score in zip(scored, lowered, strict=True):
            option.score = score
        scored.sort(key=lambda s: -s.score)
    return scored[:KEPT]


def _against_namesake(found: Found, option: Scored, others: list[Scored]) -> float:
    """A region named as its own main town is named (Belgorod, Homs, New York) is meant where a cue word says so."""
    area = option.place
    if area.feature not in AREAS or area.rank == 0 or found.noun in AREAS:
        return option.score
    for other in others:
        town = other.place
        if town.population > LARGE and town.country == area.country and nearly(town, area):
            return option.score + NAMESAKE
    return option.score


def nearly(town: Place, area: Place) -> bool:
    """Whether a town lies inside an area: by its region's code, else by distance."""
    if area.country != town.country:
        return False
    if area.rank == 0 and town.rank == 0 and area.feature == "region" and town.admin1 and _coded(area):
        return area.admin1 == town.admin1
    if area.rank == 1 and town.rank >= TOWN_RANK and area.id == f"{town.country}-{town.admin1}":
        return True
    if area.country == "US" and area.feature == "region":
        return False
    return distance_km(town, area) <= area.radius_km


def _coded(area: Place) -> bool:
    """Whether a region's id is its ISO code, as in a theatre made from lists: its towns bear the code too."""
    return area.id.upper() == f"{area.country}-{area.admin1}"


def distance_km(first: Place, second: Place) -> float:
    """Great-circle distance of two places' points."""
    a, b = first.latitude * RADIANS, second.latitude * RADIANS
    north, east = math.sin((b - a) / 2), math.sin((second.longitude - first.longitude) * RADIANS / 2)
    h = north * north + math.cos(a) * math.cos(b) * east * east
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def roughly_km(first: Place, second: Place) -> float:
    """The distance of places that are not far apart, within a hundredth, at a third of the work."""
    north = (second.latitude - first.latitude) * KM_PER_DEGREE
    east = (second.longitude - first.longitude) * KM_PER_DEGREE
    east *= math.cos((first.latitude + second.latitude) / 2 * RADIANS)
    return math.sqrt(north * north + east * east)


def _scored(found: Found, hit: Hit, gazetteer: Gazetteer) -> Scored | None:
    place = gazetteer.at(hit.row)
    fits = found.noun is not None and place.feature in FITTING.get(found.noun, ())
    reasons: list[str] = []
    score = gazetteer.prior(hit.row) - 0.5 * min(hit.kind, 1)
    if place.rank == 0:
        reasons.append("in the theatre's own list")
        if _only_listed(place):
            score += LISTED  # whatever else has the name is more likely
    if place.rank > 0:
        score += COUNTRY if place.feature in WIDE else REGION if place.feature == "region" else 0.0
        score += CAPITAL if place.capital else RIVER if place.feature == "river" else 0.0
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
    # a name without its noun beside that noun is the whole name
    kind = MAIN if hit.kind == BARE and fits else hit.kind
    return Scored(place, score, tuple(reasons), kind, hit.how)


def _only_listed(place: Place) -> bool:
    """A village of which nothing but name and place is known: it was taken from a list of all."""
    return place.feature == "village" and place.population == 0 and not place.geonames_id


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


def rounded(share: float) -> float:
    """A share with four digits; `round` takes longer than all that led to it."""
    return int(share * 10_000.0 + 0.5) / 10_000.0


def softmax(scores: list[float]) -> list[float]:
    """Shares that sum to one, larger for larger scores."""
    top = max(scores)
    weights = [math.exp(s - top) for s in scores]
    total = sum(weights)
    return [w / total for w in weights]
