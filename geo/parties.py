"""Parties: names that stand for who speaks, is spoken of or is spoken to, by the words around them."""

from __future__ import annotations

from .reading import Found, Reading, Word
from .tags import ACTING, EVENT, LINKING, PREPOSITIONS, SPEAKING, UNDER

__all__ = ["according", "any_of", "is_object", "seat_of_speaker", "stops", "takes_verb_over", "they_say"]

STOPS = frozenset(',;:.()«»"“”!?։՝…،؛\n')
OBJECT = 5  # words between a verb of saying and whom it is said to or of


def any_of(words: list[Word], first: int, last: int, tags: int) -> bool:
    """Whether a word from `first` to before `last` has one of these tags."""
    for at in range(max(0, first), min(last, len(words))):  # noqa: SIM110 - a loop, not any(): it is asked for all spans
        if words[at].tags & tags:
            return True
    return False


def stops(gap: str) -> bool:
    return gap != " " and not STOPS.isdisjoint(gap)


def takes_verb_over(reading: Reading, found: Found, first: int) -> bool:
    """Whether a name opens a clause and a preposition follows at once: the verb is that of the clause before."""
    opens = found.first > first and "," in reading.gaps[found.first]
    after = reading.word(found.last)
    return opens and after is not None and bool(after.tags & PREPOSITIONS and after.tags & LINKING)


def is_object(reading: Reading, found: Found, first: int) -> bool:
    """Whether a verb of saying has the name as its object: no event and no other clause stands between."""
    words = reading.words
    for at in range(found.first - 1, max(first, found.first - OBJECT) - 1, -1):
        if stops(reading.gaps[at + 1]) or words[at].tags & EVENT:
            return False
        if words[at].tags & (SPEAKING | UNDER):
            return True
    return False


def seat_of_speaker(reading: Reading, found: Found, first: int, last: int) -> str | None:
    """A town that only tells where who speaks is from: "affirment les autorités de X", "officials in X said"."""
    words = reading.words
    at = found.first - 2
    linked = at >= first and words[at + 1].tags & (LINKING | PREPOSITIONS) and reading.gaps[found.first] == " "
    if reading.lexicon.inflected != "none" or not linked or not words[at].tags & ACTING:
        return None
    if any_of(words, max(first, at - 3), at, SPEAKING) or any_of(
        words, found.last, min(last, found.last + 2), SPEAKING
    ):
        return "where who speaks is from"
    return None


def according(words: list[Word], name: int, first: int) -> bool:
    """Whether a verb of saying and its preposition stand right before a name: "according to Baku"."""
    at = name - 2
    return at >= first and bool(words[at].tags & UNDER and words[at].tags & SPEAKING)


def they_say(reading: Reading, found: Found, first: int, last: int) -> bool:
    """Whether a verb of saying goes with where somebody is, and nobody else is named between: "Բաքվում պնդում են"."""
    words = reading.words
    for at in range(found.last, min(found.last + 4, last)):
        if words[at].tags & SPEAKING:
            return True
        if words[at].capital and at > found.last:
            return False
    ends = found.last >= last or stops(reading.gaps[found.last])
    return ends and any_of(words, max(first, found.first - 2), found.first, SPEAKING)
