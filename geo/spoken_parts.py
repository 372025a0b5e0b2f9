"""Spoken parts: which part of a sentence is whose, and what stands there beside who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from .modes import DENIALS
from .phrases import Cue
from .sentences import Reading, Sentence, statements

__all__ = ["dated_only", "goes_with", "own_statement"]

PRONOUN_REACH = 4  # words between a pronoun and the verb of saying behind it


def goes_with(pronoun: Cue, said: Sequence[Cue], reading: Reading) -> bool:
    """Whether a pronoun goes with a verb of saying, where subjects are told by their place ("the rebels said it …")."""
    if not reading.vocabulary.has("subject_first") or pronoun.last > pronoun.first:
        return True
    return any(-PRONOUN_REACH <= pronoun.first - c.first <= 1 for c in said)


def own_statement(
    reading: Reading, sentence: Sentence, words: tuple[int, int], own: tuple[int, int]
) -> tuple[int, int]:
    """A range of words cut to the speaker's own part between semicolons, where another part is somebody else's."""
    parts = list(statements(reading, sentence))
    here = [p for p in parts if p.first <= own[0] and own[1] <= p.last]
    others = [p for p in parts if p not in here and any(reading.in_sentence(k, p) for k in ("said", *DENIALS))]
    if not here or not others or not reading.vocabulary.has("subject_first"):
        return words
    return max(words[0], here[0].first), min(words[1], here[0].last)


def dated_only(last: int, sentence: Sentence, reading: Reading) -> bool:
    """Whether nothing but a date or a word for bulletin stands behind a name ("The ministry, summary, 14 October.")."""
    dated = {
        i
        for kind in ("month", "date_fill", "date_days", "summary")
        for c in reading.in_sentence(kind, sentence)
        for i in range(c.first, c.last + 1)
    }
    return all(i in dated or reading.words.folded[i].isdigit() for i in range(last + 1, sentence.last + 1))
