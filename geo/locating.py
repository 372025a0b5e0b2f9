"""Locating: which of two places named side by side only tells where the other lies."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .mentions import Mention
from .sentences import Reading

__all__ = ["apart_km", "came_before", "contains", "heads_list", "is_threatened", "only_locates"]

BY_ENDING = "by its ending"
_IN = "\u0628"  # Arabic "in"
AREA_KM = 12.0  # from this radius a place is an area
KM_PER_DEGREE = 111.32
TOWN_KM = 4.0  # a site so near to a town is in it
IN_TOWN = 2  # words between a site and the town
OWNER_REACH = 4  # words between a place and the area that it lies in
THREAT_REACH = 6  # words from "trained on" to the place
VAGUE_POINT = 2  # … of a village that lies only somewhere within its radius
WIDE = (3, 4)  # UCDP's precision of districts and regions


def only_locates(area: Mention, place: Mention, reading: Reading) -> bool:
    """Whether an area is named only to tell where a place beside it lies ("X in Y region", "Y-nin X kəndi")."""
    if area is place or area.place_id == place.place_id:
        return False
    first, second = sorted((area, place), key=lambda m: m.start)
    low, high = reading.word_at(first.end - 1) + 1, reading.word_at(second.start)
    if area is second and (_is_located(first, low, high, reading) or (low == high and _holds_in(area, reading))):
        return True
    apart = any(reading.words.breaks[i] for i in range(low, high + 1))
    if area is first and not apart and any(c.last == high - 1 for c in reading.within("signal:lying", low, high - 1)):
        return True  # "X-ի մոտ գտնվող Y": Y near X
    edge = reading.vocabulary.has("verb_last") and reading.within("signal:edge", low, low)
    if area is first and edge and high - low <= OWNER_REACH and not reading.within("and", low, high - 1):
        return True  # "Naxçıvanla sərhəddə, Ermənistanın X kəndi": X, on the border
    belongs = reading.within("signal:belongs", low, low)
    if any(c.last == high - 1 for c in belongs) and (place.radius_km or 0) < (area.radius_km or 0):
        return True  # "Shushi's cathedral", "la cathédrale de Chouchi"
    if high - low > OWNER_REACH or reading.within("and", low, high - 1) or reading.within("then", low, high - 1):
        return False
    broken = any(reading.words.breaks[i] for i in range(low, high + 1))
    if area is first and broken:
        led = [
            c
            for c in reading.within("signal:locator", max(low - 4, 0), low)
            if c.last == reading.word_at(area.start) - 1
        ]
        return bool(led) and high - low < OWNER_REACH and (area.where_prec or 1) in WIDE and contains(area, place)
    inside = reading.vocabulary.has("verb_last") and area is first and not broken
    if inside and reading.within("at_place", low - 1, low - 1) and apart_km(area, place) <= TOWN_KM:
        return (area.radius_km or 0) > (place.radius_km or 0)  # "Şuşada bu gün Qazançı kilsəsi"
    owner = reading.vocabulary.has("verb_last") and high - low <= 1 and not broken
    if owner and reading.within("genitive", low - 1, low - 1):
        return area is first  # "Naxçıvanın Ordubad rayonu": what the ending tells goes before size
    beside = not broken or high - low == 1  # "the cathedral, in X"
    if area is second and high - low <= IN_TOWN and beside and apart_km(area, place) <= TOWN_KM:
        return (area.radius_km or 0) > (place.radius_km or 0)  # "the cathedral in X"
    return ((area.where_prec or 1) in WIDE and place.where_prec == 1) or contains(area, place)


def _is_located(place: Mention, low: int, high: int, reading: Reading) -> bool:
    """Whether only a preposition stands between two places ("X near Y"), and no list is told ("in X, in Y")."""
    later = low if reading.within("and", low, low) else low + 1
    cues = [c for c in reading.within("signal:locator", low, later) if c.last == high - 1]
    if not cues or any(reading.words.breaks[i] == 2 for i in range(low, high + 1)):
        return False
    before = reading.word_at(place.start) - 1
    return not (before >= 0 and reading.words.folded[before] == reading.words.folded[low])


def _holds_in(area: Mention, reading: Reading) -> bool:
    """Whether "in" is one word with the name right behind another: "المزة بدمشق"."""
    glued = any(reason == BY_ENDING for reason in area.reasons)
    return glued and reading.words.text[area.start] == _IN and not reading.words.breaks[reading.word_at(area.start)]


def heads_list(area: Mention, following: Sequence[Mention], reading: Reading) -> bool:
    """ "Two villages near X, Y and Z": X only locates the villages that are named behind it."""
    first, after = reading.word_at(area.start), reading.word_at(area.end - 1) + 1
    if not following or reading.word_at(following[0].start) != after or reading.words.breaks[after] != 1:
        return False
    cues = [c for c in reading.within("signal:locator", max(first - 4, 0), first - 1) if c.last == first - 1]
    return any(reading.within("places", c.first - 1, c.first - 1) for c in cues)


def contains(area: Mention, place: Mention) -> bool:
    """Whether a place lies in an area."""
    if area is place or None in (area.radius_km, place.radius_km, area.latitude, place.latitude):
        return False
    assert area.radius_km is not None
    assert place.radius_km is not None
    if area.radius_km < AREA_KM or area.radius_km < 2 * place.radius_km or area.where_prec == VAGUE_POINT:
        return False
    return apart_km(area, place) <= area.radius_km


def apart_km(area: Mention, place: Mention) -> float:
    """How far two places lie apart; without end where one has no point."""
    if area.latitude is None or place.latitude is None:
        return math.inf
    east = ((area.longitude or 0) - (place.longitude or 0)) * math.cos(math.radians(place.latitude))
    return math.hypot(east, area.latitude - place.latitude) * KM_PER_DEGREE


def came_before(mention: Mention, reading: Reading) -> bool:
    """ "Qubadlıdan sonra": a place named only as the one before, where an ending says "from"."""
    word = reading.word_at(mention.end - 1)
    return bool(reading.within("from_place", word, word) and reading.within("then", word + 1, word + 1))


def is_threatened(nth: int, places: Sequence[Mention], reading: Reading) -> bool:
    """Whether a place is only what a weapon was meant for ("launchers trained on X and Y"): nothing struck it."""
    first = reading.word_at(places[nth].start)
    meant = reading.within("signal:threatened", max(first - THREAT_REACH, 0), first - 1)
    if any(c.last >= first - 2 and not any(reading.words.breaks[c.last + 1 : first + 1]) for c in meant):
        return True
    joined = nth > 0 and any(c.last == first - 1 for c in reading.within("and", first - 1, first - 1))
    joined = joined and reading.word_at(places[nth - 1].end - 1) == first - 2
    return joined and is_threatened(nth - 1, places, reading)
