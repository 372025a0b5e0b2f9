"""Mutual: what both sides say of each other in one sentence."""

from __future__ import annotations

from .actors import ActorBook
from .scenes import Scene
from .sentences import Reading

__all__ = ["party_denies", "refuse_each_other"]


def refuse_each_other(reading: Reading, scene: Scene) -> bool:
    """Whether each side rejects what the other says: "each calls the other's version a lie"."""
    refuse = any(reading.has(kind, scene.sentence) for kind in ("denies", "disbelief"))
    return refuse and reading.has("each_other", scene.sentence)


def party_denies(scene: Scene, book: ActorBook) -> bool:
    """Whether one of the two that fight denies what a sentence tells."""
    return any(s.mode == "denies" and s.known and book.fights(s.side) for s in scene.speakers)
