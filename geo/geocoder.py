"""The gazetteer as a geopy geocoder, so that whatever speaks geopy can ask it, offline.

`geopandas.tools.geocode(names, provider=GazetteerGeocoder, theatre="karabakh-2020")` works.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from .gazetteer import Gazetteer, Place, open_gazetteer
from .mentions import find_mentions
from .places import place_mentions
from .reports import Report
from .second_opinion import SecondOpinion
from .theatre import Theatre, load_theatre

__all__ = ["GazetteerGeocoder"]

EARTH_KM = 6371.0088
NEAR_KM = 50.0
LIMIT = 10


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """geopy's interface to the offline gazetteer; no request is made unless a second opinion is given.

    Args:
        theatre: a theatre, its id or its folder, whose places come first; None for the world alone.
        gazetteer: an open gazetteer to use instead.
        second_opinion: asked, with the name only, for names that the gazetteer lacks.
        timeout, user_agent: as in geopy; kept for its interface, without effect here.

    Locations carry `raw` with place_id, feature, radius_km, where_prec, country, admin1, names and `why`.
    """

    def __init__(
        self,
        theatre: Theatre | str | None = None,
        *,
        gazetteer: Gazetteer | None = None,
        second_opinion: SecondOpinion | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = "contactline",
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent)
        theatre = load_theatre(theatre) if isinstance(theatre, str) else theatre
        self.gazetteer = gazetteer or open_gazetteer(theatre)
        self.second_opinion = second_opinion

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | None = None,
        country_codes: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """Where a name is: the likeliest place, or with `exactly_one=False` all of them, ranked.

        "X, Y" and "X (Y)" ask for X in Y. `language` (BCP 47) says whose case endings to take off; `country_codes` are
        ISO 3166-1 alpha-2. None when nothing is found.

        Raises:
            GeocoderQueryError: the query is empty.
        """
        name = " ".join(str(query).split())
        if not name:
            raise GeocoderQueryError("the query is empty; a place name would do")
        wanted = limit or LIMIT
        found = [_location(p, why) for p, why in self._search(name, language, _codes(country_codes))][:wanted]
        if not found and self.second_opinion:
            found = self.second_opinion.geocode(name)[:wanted]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self,
        query: Point | Sequence[float] | str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        language: str | None = None,
        distance_km: float = NEAR_KM,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """The nearest named place to a point (latitude, longitude), or all within `distance_km`, nearest first.

        Raises:
            GeocoderQueryError: the query is no point.
        """
        try:
            point = Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no point; (latitude, longitude) would do: {error}") from None
        found = [
            _location(place, [f"{km:.1f} km away"], language, distance_km=round(km, 3))
            for place, km in self._near(point, distance_km, limit or LIMIT)
        ]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _search(self, name: str, language: str | None, codes: frozenset[str]) -> list[tuple[Place, tuple[str, ...]]]:
        """Read the query as a text of its own, so that "X, Y" is weighed as in a report; then all of that name."""
        report = Report("query", name, lang=language)
        read = place_mentions(report, find_mentions(report, self.gazetteer), self.gazetteer, min_confidence=0.0)
        ranked: dict[str, tuple[Place, tuple[str, ...]]] = {}
        if read and read[0].start == 0:
            for candidate in read[0].candidates:
                why = (f"{candidate.score:.0%} of the evidence", *candidate.reasons)
                ranked[candidate.place_id] = (self.gazetteer.place(candidate.place_id), why)
        for place in self.gazetteer.search(name, language, limit=100):
            ranked.setdefault(place.id, (place, ("has the name",)))
        return [(place, _why(place, why)) for place, why in ranked.values() if not codes or place.country in codes]

    def _near(self, point: Point, distance_km: float, limit: int) -> Iterable[tuple[Place, float]]:
        columns = self.gazetteer.index.columns
        lon, lat = (np.radians(np.asarray(columns[c], dtype=float)) for c in ("lon", "lat"))
        at_lon, at_lat = math.radians(point.longitude), math.radians(point.latitude)
        half = np.sin((lat - at_lat) / 2) ** 2 + np.cos(lat) * math.cos(at_lat) * np.sin((lon - at_lon) / 2) ** 2
        km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        # an area's centre tells nothing about a point in it: only places that one can stand in
        for row in np.argsort(km, kind="stable"):
            if km[row] > distance_km or limit == 0:
                return
            place = self.gazetteer.at(int(row))
            if place.where_prec <= 2:
                limit -= 1
                yield place, float(km[row])


def _codes(codes: str | Sequence[str] | None) -> frozenset[str]:
    return frozenset(c.strip().upper() for c in (codes.split(",") if isinstance(codes, str) else codes or ()))


def _why(place: Place, why: Sequence[str]) -> tuple[str, ...]:
    return (*why, f"{place.population:,} inhabitants") if place.population else tuple(why)


def _location(place: Place, why: Sequence[str], language: str | None = None, **more: Any) -> Location:
    name = place.names.get(language or "", "") or place.name
    address = ", ".join(dict.fromkeys(part for part in (name, place.admin1, place.country) if part))
    raw = {
        "place_id": place.id,
        "feature": place.feature,
        "radius_km": place.radius_km,
        "where_prec": place.where_prec,
        "country": place.country,
        "admin1": place.admin1,
        "names": dict(place.names),
        "why": list(why),
        **more,
    }
    return Location(address, (place.latitude, place.longitude), raw)
