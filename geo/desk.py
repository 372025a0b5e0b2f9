"""Desk: what coding a report needs beside it - the actors, the vocabularies, the places by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .actors import ActorBook, open_actor_book
from .gazetteer import Place
from .mentions import Mention
from .sentences import Reading
from .theatre import Theatre
from .vocabulary import Vocabulary, load_vocabularies
from .weights import CREDENCE, load_weights

__all__ = ["Desk", "open_desk", "sides_held"]

PlaceOf = Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """What coding needs beside the report: the theatre's actors, the vocabularies, and the places by id."""

    theatre: Theatre
    book: ActorBook
    vocabularies: Mapping[str, Vocabulary]
    place_of: PlaceOf
    weights: Mapping[str, float] = field(default_factory=dict)  # of geo/credence.py


def open_desk(theatre: Theatre, place_of: PlaceOf = lambda _: None) -> Desk:
    """Load the vocabularies and actors of a theatre; `place_of` looks a place up by its id."""
    return Desk(theatre, open_actor_book(theatre), load_vocabularies(theatre), place_of, load_weights(CREDENCE))


def sides_held(mentions: Sequence[Mention], desk: Desk, reading: Reading, published: dt.date) -> dict[str, str]:
    """Who held each place that a report names: by the name itself where it is a side's, else by the control table."""
    sides: dict[str, str] = {}
    for mention in mentions:
        if mention.place_id is None or mention.place_id in sides:
            continue
        word = reading.word_at(mention.start)
        named = [c.value for c in reading.within("side", word, word)]
        place = desk.place_of(mention.place_id)
        held = desk.book.side_holding(mention.place_id, place.country if place else None, published)
        if named or held:
            sides[mention.place_id] = named[0] if named else str(held)
    return sides
