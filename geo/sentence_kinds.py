"""Sentence kinds: where the sentences of a text begin, which tell of an event, and which of years ago."""

from __future__ import annotations

from bisect import bisect_right
from typing import final

from mypy_extensions import i64, mypyc_attr

from .parties import any_of
from .reading import Found, Reading, Word
from .tags import ASIDE, EVENT, NEGATIONS, TARGETS
from .text import ends_sentence

__all__ = ["Scene", "happens_beside", "is_eventful", "is_target"]

ENDS = frozenset("։?!؟….:\n")  # a sentence may end where one of these stands


@final
@mypyc_attr(acyclic=True)
class Scene:
    """The sentences of a text: first and last word of each, which tell of an event, and which of years ago."""

    __slots__ = ("eventful", "firsts", "lasts", "past")

    def __init__(self, reading: Reading, year: int) -> None:
        words, gaps, text = reading.words, reading.gaps, reading.text
        firsts = [0]
        for at in reading.parted:
            if at == 0 or ENDS.isdisjoint(gaps[at]):
                continue
            if gaps[at] == ". " and len(reading.surfaces[at - 1]) > 1:  # mostly so, and quickly told
                letter = text[reading.starts[at]]
                if not ("a" <= letter <= "z" or "а" <= letter <= "я"):
                    firsts.append(at)
            elif ends_sentence(text, reading.end(at - 1), reading.starts[at]):
                firsts.append(at)
        self.firsts = firsts
        self.lasts = [*firsts[1:], len(words)]
        self.eventful: list[bool] = []
        self.past: list[bool] = []
        for index, first in enumerate(firsts):
            eventful, past = _told(words, first, self.lasts[index], year)
            self.eventful.append(eventful)
            self.past.append(past)

    def at(self, word: int) -> int:
        """The index of the sentence that a word is in."""
        return max(0, bisect_right(self.firsts, word) - 1)


def is_eventful(words: list[Word], first: int, last: int) -> bool:
    """Whether an event word stands there that is not negated just before ("n'a pas été bombardée")."""
    for at in range(max(0, first), min(last, len(words))):
        if words[at].tags & EVENT and not any_of(words, max(first, at - 3), at, NEGATIONS):
            return True
    return False


def _told(words: list[Word], first: i64, last: i64, year: i64) -> tuple[bool, bool]:
    """Whether a sentence tells of an event, and whether of an earlier year that is not the one somebody was born in."""
    eventful, past = False, False
    at: i64
    for at in range(first, last):
        word = words[at]
        if word.tags & EVENT and not eventful:
            eventful = not any_of(words, max(first, at - 3), at, NEGATIONS)
        if 0 < word.year < year and not past:
            past = not (any_of(words, at + 1, min(at + 4, last), ASIDE) or any_of(words, max(first, at - 2), at, ASIDE))
    return eventful, past


def is_target(words: list[Word], at: int, name: int) -> bool:
    """Whether what stands aside was itself hit: "по лікарні в X", "на табір переселенців в X", "у дах госпіталю"."""
    hit = bool(words[at - 1].tags & TARGETS) or (at > 1 and bool(words[at - 2].tags & TARGETS))
    return hit and is_eventful(words, max(0, at - 5), name)


def happens_beside(words: list[Word], found: Found, first: int, last: int) -> bool:
    """Whether an event stands three words before or four behind, as one run without the name itself."""
    near = [*words[max(first, found.first - 3) : found.first], *words[found.last : min(last, found.last + 4)]]
    return is_eventful(near, 0, len(near))
