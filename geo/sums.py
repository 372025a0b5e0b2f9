"""Sums: which numbers beside each other add up, and which name again who has been counted."""

from __future__ import annotations

from collections.abc import Sequence

from .counting import ARTICLES, Number
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["explains", "is_apposed", "is_part", "is_tally", "sums_up"]

ASIDE = 7  # words of an apposition
LIST_REACH = 4  # words between one of a list and the "and" before the last
PART_CUES = frozenset(
    {"among", "including", "dont", "parmi", "том", "среди", "o", "cümlədən", "թվում", "ներառյալ", "зокрема", "arasında"}
)


def is_part(number: Number, block: Sequence[Number], reading: Reading, sentence: Sentence) -> bool:
    """ "Four people, a child among them"; "three civilians, including two children"."""
    if number.first - block[-1].last > 12 or any(
        reading.words.breaks[i] == 2 for i in range(block[-1].last + 1, number.first + 1)
    ):
        return False
    nearby = range(block[-1].last + 1, min(number.last + 4, sentence.last + 1))
    part = (
        reading.within("part", nearby.start, nearby.stop - 1) or {reading.words.folded[i] for i in nearby} & PART_CUES
    )
    of_them = reading.words.breaks[number.first] == 1 and bool(
        reading.within("some_of_them", number.first, number.first)
    )
    return (bool(part) or of_them) and number.value <= block[-1].value


def sums_up(number: Number, block: Sequence[Number]) -> bool:
    """ "A woman and her two grandsons, three people in all"."""
    return len(block) > 1 and not number.bare and number.value == sum(n.value for n in block)


def explains(number: Number, before: Number, reading: Reading) -> bool:
    """ "One dead: the driver": who is named behind a colon or dash is counted already."""
    gaps = "".join(reading.words.gap(i) for i in range(before.last + 1, number.first + 1))
    return number.bare and before.value == 1 and any(c in gaps for c in ":–—՝")


def _is_aside(number: Number, reading: Reading) -> bool:
    """ "One man, a clerk of the town, was killed": between commas, and no list goes on behind."""
    last = reading.sentence_of(number.first).last
    ends = [i for i in range(number.last + 1, min(number.last + ASIDE, last) + 1) if reading.words.breaks[i] == 1]
    return bool(ends) and not reading.within("and", number.last + 1, min(ends[0] + 2, last))


def is_apposed(number: Number, before: Number, reading: Reading) -> bool:
    """ "The driver, a volunteer from X": who has been named with "the" is called something else behind a comma."""
    words = reading.words
    if before.value == number.value == 1 and not before.bare and words.folded[number.first] in ARTICLES:
        return words.breaks[number.first] == 1 and _is_aside(number, reading)
    if not before.bare or number.value != 1 or not reading.within("definite", before.first - 2, before.first - 1):
        return False
    named = words.folded[number.first] not in ARTICLES
    start = number.first - 1 if named else number.first
    if named and (not number.bare or not reading.within("definite", start, start)):
        return False
    if reading.within("and", before.last + 1, number.first) or words.breaks[start] != 1 or start - before.last != 1:
        return False
    return not named or not _goes_on(number, reading)


def _goes_on(number: Number, reading: Reading) -> bool:
    """Whether an "and" behind the last of some people makes them a list: "the driver, the nurse and a boy"."""
    for at in range(number.last + 1, min(number.last + LIST_REACH, len(reading.words) - 1) + 1):
        if reading.words.breaks[at] or reading.within("and", at, at):
            return not reading.words.breaks[at]
    return False


def is_tally(cue: Cue, reading: Reading) -> bool:
    """Whether "the number of" stands before a word for victims, so that what it comes to follows."""
    return not reading.vocabulary.has("number_endings") and bool(reading.within("tally", cue.first - 2, cue.first - 1))
