"""Topics: which of several claims a denial takes up in its own words."""

from __future__ import annotations

from collections.abc import Iterable

from .draft import Draft
from .modes import DENIALS
from .scenes import Scene
from .sentences import Reading

__all__ = ["spoken_of"]

PART_ENDS = frozenset(",;:—–()")
STEM = 5  # letters that two words of one stem share
NO_TOPIC = ("said", "denies", "disbelief", "accusation", "actor", "side", "office", "enemy", "spokes")


def spoken_of(answered: list[Draft], scene: Scene, reading: Reading) -> list[Draft]:
    """Of several claims those that a denial takes up in its own words: "the report of the market", "the aircraft"."""
    sentence = scene.sentence
    denials = {i for kind in DENIALS for c in reading.in_sentence(kind, sentence) for i in _part(c.first, reading)}
    skipped = {i for kind in NO_TOPIC for c in reading.in_sentence(kind, sentence) for i in range(c.first, c.last + 1)}
    skipped.update(i for s in scene.informants for i in range(s.first, s.last + 1))
    topic = _stems(denials - skipped, reading)
    named = [d for d in answered if topic & _told_in(d, reading)]
    return named or answered


def _part(word: int, reading: Reading) -> range:
    """The words around one up to the next comma, dash or conjunction; quotation marks do not end them."""
    sentence = reading.sentence_of(word)
    begins = {c.first for c in reading.in_sentence("signal:clause", sentence)}

    def ends(index: int) -> bool:
        return index in begins or bool(reading.words.breaks[index] and PART_ENDS.intersection(reading.words.gap(index)))

    low, high = word, word
    while low > sentence.first and not ends(low):
        low -= 1
    while high < sentence.last and not ends(high + 1):
        high += 1
    return range(low, high + 1)


def _told_in(draft: Draft, reading: Reading) -> set[str]:
    """Stems of the clauses that tell of an event and its place."""
    sentence = draft.scene.sentence
    told = {draft.trigger.clause} if draft.trigger in draft.scene.triggers else set()
    if draft.place is not None and sentence.start <= draft.place.start < sentence.end:
        told.add(reading.clauses[reading.word_at(draft.place.start)])
    return _stems((i for i in range(sentence.first, sentence.last + 1) if reading.clauses[i] in told), reading)


def _stems(words: Iterable[int], reading: Reading) -> set[str]:
    folded = (reading.words.folded[i] for i in words)
    numbers = reading.vocabulary.numbers
    return {w[:STEM] for w in folded if len(w) >= STEM and not (w.isdigit() or w in numbers or w[:-1] in numbers)}
