"""Uncased: what is no place where letters have no case, and most words are spelled like some village."""

from __future__ import annotations

from .evidence import Options
from .gazetteer import Gazetteer
from .reading import Found, Reading
from .tags import GIVEN_NAMES, PREPOSITIONS

__all__ = ["far_village", "nationality", "surname_behind"]

ARTICLE = "\u0627\u0644"  # the Arabic article
NISBA = "يه"  # the ending of feminine adjectives of origin, folded
FAR = 2.0  # degrees beyond the theatre
FAR_TOWN = 50_000  # people


def far_village(reading: Reading, found: Found, options: Options, gazetteer: Gazetteer) -> str | None:
    """Where letters have no case, most words are spelled like some village far from the war: those are none."""
    theatre, place = gazetteer.theatre, options.scored[0].place
    if reading.cased or theatre is None or found.noun is not None or options.own or options.near or options.wide:
        return None
    if place.feature not in ("village", "town") or place.population >= FAR_TOWN or place.country in theatre.countries:
        return None
    west, south, east, north = theatre.bbox
    near = west - FAR <= place.longitude <= east + FAR and south - FAR <= place.latitude <= north + FAR
    return None if near else "a village far away"


def surname_behind(reading: Reading, found: Found) -> str | None:
    """Where letters have no case: what stands right behind a given name is who bears it ("منصور عطبرة")."""
    if reading.cased or found.noun is not None or not reading.adjacent(found.first - 1):
        return None
    return "after a given name" if reading.words[found.first - 1].tags & GIVEN_NAMES else None


def nationality(reading: Reading, found: Found, options: Options) -> str | None:
    """Arabic adjectives of origin ("السوري") are written like small places elsewhere in the world."""
    lexicon = reading.lexicon
    if not lexicon.origins:
        return None
    if options.near:  # "القوات السورية": the country's name has no article of its own
        adjective = not found.hits.plain and reading.words[found.first].folded.endswith(NISBA)
        return "an adjective of origin" if adjective and ARTICLE in reading.surfaces[found.first][:3] else None
    if options.own and found.hits.plain and found.noun is not None:
        return None  # "مطار القامشلي"
    folded = reading.words[found.first].folded
    before = reading.word(found.first - 1)
    if before is not None and before.tags & PREPOSITIONS and folded.endswith(NISBA):
        return None  # "to Rayhaniya": no noun that the adjective could go with
    made = any(folded.startswith(a) and folded.endswith(b) for a, b in lexicon.origins)
    return "an adjective of origin" if made else None
