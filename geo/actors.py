"""Actors: who an office, a side or a capital that speaks stands for in one theatre."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .theatre import Actor, Theatre

__all__ = ["ActorBook", "open_actor_book"]

# Who speaks for a side that has no office of the kind named.
STANDS_IN: Mapping[str, tuple[str, ...]] = {
    "defence_ministry": ("army", "government"),
    "army": ("defence_ministry", "government"),
    "government": ("presidency", "infocentre", "army"),
    "presidency": ("president", "government"),
    "infocentre": ("government",),
    "emergency_service": ("government",),
}


@dataclass(frozen=True, slots=True)
class ActorBook:
    """Look-up of actors by id, office and side, and of who held a place when."""

    theatre: Theatre
    actors: Mapping[str, Actor]
    offices: Mapping[tuple[str, str], str]
    sides_with: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[tuple[dt.date, str], ...]]

    def side(self, actor_id: str | None) -> str | None:
        """The side that an actor belongs to."""
        actor = self.actors.get(actor_id or "")
        return actor.side if actor else None

    def party(self, side: str | None) -> str | None:
        """The fighting party of a side; a side that does not fight is a party of its own."""
        return self.theatre.party_of(side) or side

    def fights(self, side: str | None) -> bool:
        """Whether a side belongs to one of the two parties that face each other."""
        return self.party(side) in self.belligerents()

    def belligerents(self) -> tuple[str, ...]:
        """The two parties that face each other: the first two that the theatre lists."""
        return tuple(dict.fromkeys(s.party for s in self.theatre.sides))[:2]

    def opponent(self, party: str | None) -> str | None:
        """The other of the two parties."""
        pair = self.belligerents()
        if party not in pair or len(pair) < 2:
            return None
        return pair[1] if party == pair[0] else pair[0]

    def speaker_of(self, party: str | None) -> str | None:
        """The government that speaks for a party, the side with a country first."""
        members = sorted((s for s in self.theatre.sides if s.party == party), key=lambda s: s.country is None)
        return next((a for s in members if (a := self.holder_of("government", s.id))), None)

    def holder_of(self, office: str, side: str | None) -> str | None:
        """The actor that holds an office on a side, or who stands in for it."""
        if side is None:
            return None
        for name in (office, *STANDS_IN.get(office, ("government",))):
            if (name, side) in self.offices:
                return self.offices[name, side]
        return None

    def side_of_country(self, country: str | None) -> str | None:
        """The side that governs a country (ISO code)."""
        if not country:
            return None
        return next((s.id for s in self.theatre.sides if s.country == country), country)

    def side_holding(self, place_id: str | None, country: str | None, day: dt.date) -> str | None:
        """The side that held a place before a day, from the control table, else by its country."""
        changes = self.holders.get(place_id or "", ())
        before = [side for date, side in changes if date < day]
        return before[-1] if before else self.side_of_country(country)


def open_actor_book(theatre: Theatre) -> ActorBook:
    """Read the actors' offices and the control table of a theatre."""
    offices: dict[tuple[str, str], str] = {}
    sides: dict[str, list[str]] = defaultdict(list)
    for row in theatre.table("actors").to_dict("records"):
        for office in filter(None, str(row.get("office", "")).split("|")):
            offices.setdefault((office, row["side"]), row["actor_id"])
            sides[office].append(row["side"])
    return ActorBook(
        theatre,
        {a.actor_id: a for a in theatre.actors},
        offices,
        {office: tuple(dict.fromkeys(found)) for office, found in sides.items()},
        _holders(theatre),
    )


def _holders(theatre: Theatre) -> dict[str, tuple[tuple[dt.date, str], ...]]:
    changes: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in theatre.table("control_changes").to_dict("records"):
        try:
            changes[row["place_id"]].append((dt.date.fromisoformat(row["date"][:10]), row["controller"]))
        except ValueError:
            continue
    return {place: _sorted(found) for place, found in changes.items()}


def _sorted(found: Sequence[tuple[dt.date, str]]) -> tuple[tuple[dt.date, str], ...]:
    return tuple(sorted(found))
