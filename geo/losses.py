"""Losses: who says that they have not lost a place denies that it was taken, and tells of no withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

from .actors import ActorBook
from .carried import HELD
from .draft import Draft
from .scenes import Scene
from .sentences import Reading
from .speakers import Speaker
from .topics import spoken_of

__all__ = ["deny_captures", "keeps_named", "mark", "not_lost", "taken_at", "the_town"]


def not_lost(draft: Draft) -> Speaker | None:
    """Who denies, in the sentence of a withdrawal, that it took place; None where somebody tells of it."""
    if draft.event_type != "withdrawal" or (draft.speaker is not None and draft.speaker.known):
        return None
    return next((s for s in draft.scene.speakers if s.mode in ("denies", "holds")), None)


def deny_captures(
    unlost: Sequence[tuple[Draft, Speaker]], drafts: Sequence[Draft], reading: Reading, book: ActorBook
) -> None:
    """Mark the other side's claims to have taken what is not lost: the place named, else what was told just before."""
    for draft, denier in unlost:
        sentence, place = draft.scene.sentence, draft.place
        taken = _taken(drafts, denier, book)
        if place is not None and sentence.start <= place.start < sentence.end:
            taken = [d for d in taken if d.place and d.place.place_id == place.place_id]
        else:
            before = [d for d in taken if d.scene.sentence.index < sentence.index]
            taken = [d for d in before if d.scene is before[-1].scene]
            taken = the_town(taken) if reading.has("town", sentence) else spoken_of(taken, draft.scene, reading)
        _mark(taken, denier, draft.scene, reading)


def keeps_named(scene: Scene, denier: Speaker, drafts: Sequence[Draft], reading: Reading, book: ActorBook) -> bool:
    """Whether a place is named that is not lost: then only its capture is denied, told before or behind."""
    if not scene.places or not scene.triggers or not all(t.undone and t.event_type in HELD for t in scene.triggers):
        return False
    places = {m.place_id for m in scene.places}
    taken = [d for d in _taken(drafts, denier, book) if d.place and d.place.place_id in places]
    _mark(taken, denier, scene, reading)
    return bool(taken) or not any(d.scene.sentence.index < scene.sentence.index for d in _taken(drafts, denier, book))


def the_town(drafts: Sequence[Draft]) -> list[Draft]:
    """ "The town has not been lost": of a town and villages told in one sentence, the largest."""
    near = [d for d in drafts if d.scene is drafts[-1].scene and d.event_type in HELD]
    sizes = {d.place.radius_km or 0 for d in near if d.place}
    if len(sizes) < 2:
        return list(drafts)
    return [d for d in near if d.place and (d.place.radius_km or 0) == max(sizes)]


def taken_at(draft: Draft, drafts: Sequence[Draft], denier: Speaker, book: ActorBook) -> list[Draft]:
    """What the other side told that it took, where there is fighting still: "it is not taken, the battle goes on"."""
    place = draft.place.place_id if draft.place else None
    return [d for d in _taken(drafts, denier, book) if place and d.place and d.place.place_id == place]


def _taken(drafts: Sequence[Draft], denier: Speaker, book: ActorBook) -> list[Draft]:
    captures = [d for d in drafts if d.event_type == "capture" and d.place is not None and d.denial is None]
    party = book.party(denier.side)
    return [d for d in captures if d.side is None or party is None or book.party(d.side) != party]


def _mark(drafts: Sequence[Draft], denier: Speaker, scene: Scene, reading: Reading) -> None:
    for draft in drafts:
        mark(draft, denier, scene, reading)


def mark(draft: Draft, denier: Speaker, scene: Scene, reading: Reading) -> None:
    """Note who denies an event, and in which words."""
    draft.denied_by = denier.actor_id
    draft.denial = reading.span(scene.sentence.first, scene.sentence.last)
