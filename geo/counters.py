"""Counters: what the other side says right behind a claim without a word of denial, and denies it all the same."""

from __future__ import annotations

from collections.abc import Sequence

from .actors import ActorBook
from .draft import Draft
from .drafts import alike
from .phrases import Cue
from .scenes import Scene
from .sentences import Reading
from .speakers import Speaker
from .strangers import ANSWERED

__all__ = ["claimed_before", "counters"]

NEAR = 2  # sentences between a claim and what answers it
NEGATIONS = ("signal:negation", "signal:no_subject")
OTHERWISE = ("no_comment", "noncommittal", "signal:plan", "signal:diplomacy", "accuses", "admits", "confirms")


def counters(reading: Reading, scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> bool:
    """Whether the other side's word right behind a claim says that something is not so, and tells of nothing else."""
    if speaker.mode != "says" or scene.triggers or scene.moments or any(f.best for f in scene.figures):
        return False
    before = [d for d in drafts if d.scene.sentence.index < scene.sentence.index]
    last = before[-1] if before else None
    if last is None or scene.sentence.index - last.scene.sentence.index > NEAR or last.event_type not in ANSWERED:
        return False
    if not book.fights(last.side) or book.party(last.side) == book.party(speaker.side):
        return False
    if not book.fights(speaker.side) or {m.place_id for m in scene.places} - {
        d.place.place_id for d in before if d.place
    }:
        return False
    if any(reading.has(kind, scene.sentence) for kind in OTHERWISE):
        return False
    nobody = [c for kind in ("no_victims", "no_dead") for c in reading.in_sentence(kind, scene.sentence)]
    nobody += [Cue("", s.first - 2, s.first) for s in reading.in_sentence("said", scene.sentence)]  # says nothing
    negations = [c for kind in NEGATIONS for c in reading.in_sentence(kind, scene.sentence)]
    return any(not any(n.first <= c.first <= n.last for n in nobody) for c in negations)


def claimed_before(earlier: Draft, draft: Draft, denier: Speaker, book: ActorBook) -> bool:
    """Whether the sentence right before told the other side's claim of an event of this kind."""
    near = draft.scene.sentence.index - earlier.scene.sentence.index == 1
    rival = book.fights(earlier.side) and book.party(earlier.side) != book.party(denier.side)
    return near and rival and alike(earlier.event_type, draft.event_type)
