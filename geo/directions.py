"""Directions: which party an event is told to come from, and which one it struck."""

from __future__ import annotations

from .actors import ActorBook
from .draft import Draft
from .sentences import Reading

__all__ = ["direction_of"]

NOBODY_S = frozenset({"ceasefire", "prisoner_exchange", "casualties", "ground_clash"})  # mutual, or told of nobody


def direction_of(draft: Draft, book: ActorBook, reading: Reading) -> tuple[str | None, str | None]:
    """Perpetrator's and target's party: named as doing it, else the opponent of who complains of it."""
    agents = [s for s in draft.scene.informants if s.agent and book.fights(s.side)]
    party = book.party(draft.side) if draft.side and book.fights(draft.side) else None
    if agents:
        doer = book.party(agents[0].side)
    elif draft.event_type in NOBODY_S:
        return None, None
    elif draft.event_type in ("capture", "aircraft_shot_down"):
        admits = draft.speaker is not None and draft.speaker.mode == "admits"
        doer = book.opponent(party) if admits else party
    elif draft.event_type == "withdrawal":
        doer = book.opponent(party) if reading.has("enemy", draft.scene.sentence) else party
    else:
        doer = book.opponent(party)
    return doer, book.opponent(doer)
