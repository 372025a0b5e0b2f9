"""Limits: drafts that are no events of this war - plans, and what happened in another part of the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .draft import Draft
from .mentions import Mention
from .scenes import Scene
from .sentences import Reading
from .theatre import Theatre

__all__ = ["happened", "is_debunked", "is_near", "lies_near"]

AROUND = 10.0  # degrees around the theatre in which its war may still be fought


def happened(draft: Draft, published: dt.date, begun: dt.date) -> bool:
    """What is dated after the report is a plan, what ended before the war is recalled; only a ceasefire may be
    announced for tomorrow."""
    if draft.end < begun:
        return False
    ahead = (draft.start - published).days
    return ahead <= (2 if draft.event_type == "ceasefire" else 0)


def is_debunked(draft: Draft, scenes: Sequence[Scene], reading: Reading) -> bool:
    """Whether the narrator takes back right behind it what nobody known has said ("… Do not believe it")."""
    behind = scenes[draft.scene.sentence.index + 1 : draft.scene.sentence.index + 2]
    if not behind or any(s.known for s in (*draft.scene.speakers, *behind[0].speakers)):
        return False
    return reading.has("debunks", behind[0].sentence) and (draft.speaker is None or not draft.speaker.known)


def is_near(draft: Draft, theatre: Theatre) -> bool:
    """Whether an event lies in the theatre or around it: a riot on another continent is not the war."""
    return draft.place is None or lies_near(draft.place, theatre)


def lies_near(place: Mention, theatre: Theatre) -> bool:
    """Whether a name stands for a place in the theatre or around it, or for none that is known."""
    if place.latitude is None or place.longitude is None:
        return True
    west, south, east, north = theatre.bbox
    high, wide = (north - south) / 2 + AROUND, (east - west) / 2 + AROUND
    return abs(place.latitude - (north + south) / 2) <= high and abs(place.longitude - (east + west) / 2) <= wide
