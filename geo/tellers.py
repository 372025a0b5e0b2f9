"""Tellers: which of a sentence's speakers tells of a place."""

from __future__ import annotations

from collections.abc import Sequence

from .scenes import Scene
from .sentences import Reading
from .speakers import Speaker

__all__ = ["speaker_for"]

CITED = 8  # words between "citing" and the end of who is cited


def _semicolon(reading: Reading, one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return any(reading.words.breaks[i] == 2 and ";" in reading.words.gap(i) for i in range(low + 1, high + 1))


def _stopped(reading: Reading, one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return any(reading.words.breaks[i] == 2 for i in range(low + 1, high + 1))


def speaker_for(at: int, trigger: int, scene: Scene, anchors: Sequence[int], reading: Reading) -> Speaker | None:
    """Who tells of a place: speakers before their words or behind them, as the sentence has it."""
    speakers = [s for s in scene.speakers if s.mode != "denies" or (s.goes_on is not None and s.goes_on < trigger)]
    if any(s.mode == "denies" and s not in speakers and not _stopped(reading, s.first, at) for s in scene.speakers):
        speakers = [s for s in speakers if s.mode != "holds"]  # "it is ours. The claim that it was taken he denied"
    cited = [s for s in speakers for c in reading.in_sentence("cites", scene.sentence) if 0 < s.last - c.last <= CITED]
    if cited and len(speakers) > 1:
        return cited[0]  # an agency only passes on what it cites
    if len(speakers) <= 1:
        return speakers[0] if speakers else None
    speakers = [s for s in speakers if not _semicolon(reading, s.first, at)] or speakers
    if speakers[0].first <= min([*anchors, at]):
        leading = [s for s in speakers if s.first <= at]
        return leading[-1] if leading else speakers[0]
    trailing = [s for s in speakers if s.last >= at]
    return trailing[0] if trailing else speakers[-1]
