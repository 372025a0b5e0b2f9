"""Seen: which place a report speaks of, from sentence to sentence."""

from __future__ import annotations

from collections.abc import Sequence

from .carried import State
from .elsewhere import led_to
from .mentions import Mention
from .scenes import Scene, is_origin, is_quiet, is_seat, may_be_scene
from .sentences import Reading

__all__ = ["see_place"]


def see_place(scene: Scene, mentions: Sequence[Mention], state: State, reading: Reading) -> None:
    """Remember the place that a sentence speaks of, and the one before it."""
    inside = [m for m in mentions if scene.sentence.start <= m.start < scene.sentence.end]
    here = [m for m in inside if may_be_scene(m)]
    here = [m for m in here if not is_origin(m, reading)] or here
    quiet = [m for m in inside if is_quiet(m)]
    gone = [t for t in scene.triggers if t.event_type == "withdrawal"]
    here = [m for m in (*scene.places, *here) if not any(led_to(m, t, reading) for t in gone)]
    seen = here or [*scene.asides, *quiet]
    seats = [m for m in inside if is_seat(m)]
    state.seen = scene.sentence.index if len({m.place_id for m in inside}) == 1 and (here or seats) else state.seen
    state.before = state.place
    state.place = seen[0] if seen else seats[0] if seats and state.place is None else state.place
