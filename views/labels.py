"""Labels: the words that people see for what the tables hold as codes."""

from __future__ import annotations

from geo.event_types import event_labels
from geo.theatre import Theatre

__all__ = ["labels_of"]

STATUS = {
    "claimed": "Claimed",
    "denied": "Denied",
    "confirmed": "Confirmed",
    "corrected": "Corrected",
}


def labels_of(theatre: Theatre) -> dict[str, str]:
    """Words for event types, statuses, sides, parties and actors of a theatre, by their code."""
    sides = {side.id: side.name for side in theatre.sides}
    actors = {actor.actor_id: actor.name for actor in theatre.actors}
    return {**actors, **sides, **STATUS, **event_labels()}
