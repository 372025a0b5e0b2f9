"""Taken back: numbers that a report names only to correct them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .counting import Number, number_at
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["is_taken_back", "without_wholes"]

IN_NEXT_CLAUSE = 6  # words between "three doctors were in it" and "one could not be saved"
OUT_OF = 3  # words between "of the six" and "two"
DIED_OF_THEM = 8  # words between "of the seven who were hit" and "two"
CLOSE = 2  # words between a single word that takes a number back ("not", "from") and the number


def is_taken_back(number: Number, reading: Reading, sentence: Sentence) -> bool:
    """Whether a number is one that the text takes back: "not seven", "initially three", "yeddi deyil"."""
    if reading.within("at_least", max(number.first - 3, sentence.first), number.first):
        return False  # "не менее", "no fewer than"
    if reading.vocabulary.has("number_endings") and reading.within("at_least", number.last + 1, number.last + 2):
        return False
    if any(_holds(c, number, reading) for c in reading.within("at_first", sentence.first, number.first)):
        return True
    cues = reading.within("earlier", max(number.first - 4, sentence.first), number.first)
    if reading.vocabulary.has("number_endings"):
        told = reading.within("dead", number.last + 1, number.last + 2)  # "one could not be saved"
        behind = reading.within("signal:negation", number.last + 1, number.last + 2)
        cues = cues + [c for c in behind if not any(d.first <= c.first <= d.last for d in told)]
    cues = [c for c in cues if c.last > c.first or abs(number.first - c.last) <= CLOSE]  # "from", "not", "contre"
    if reading.within("range_to", number.first - 1, number.first - 1):
        cues = [c for c in cues if number_at(number.first - 2, number.first - 2, reading) is None]  # "from 7 to 10"
    return any(reading.clauses[c.last] == reading.clauses[number.first] for c in cues)


def _holds(cue: Cue, number: Number, reading: Reading) -> bool:
    """Whether "at first" is said of all numbers up to a stop: "at first they spoke of three, then of five"."""
    gaps = [reading.words.gap(i) for i in range(cue.last + 2, number.first + 1)]
    if any("," in gap and ("—" in gap or "–" in gap) for gap in gaps):
        return False  # "killed, against first reports of five, – three"
    return not any(reading.words.breaks[i] == 2 for i in range(cue.last + 1, number.first + 1)) and not any(
        reading.within("now", cue.last + 1, number.first)
    )


def without_wholes(numbers: Sequence[Number], reading: Reading) -> Iterator[Number]:
    """Numbers without those of which another is only a part, where an ending tells so: "վեց զինվորներից երկուսը"."""
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        if index and _is_pool(number, numbers[index - 1], reading):
            continue
        if following is None or not _is_out_of(following, number, reading):
            yield number


def _is_pool(whole: Number, part: Number, reading: Reading) -> bool:
    """ "Five of the seven wounded": whom the smaller number before it is taken from."""
    apart = whole.first - part.last
    return (
        0 < apart <= OUT_OF
        and part.value < whole.value
        and not part.bare
        and bool(reading.within("out_of", whole.first - 1, whole.first - 1))
    )


def _is_out_of(part: Number, whole: Number, reading: Reading) -> bool:
    apart = part.first - whole.last
    if _is_some_of(part, whole, reading):
        return True
    if 0 < apart <= IN_NEXT_CLAUSE and part.value < whole.value and _is_of_them(part, whole, reading):
        return True
    if part.bare or part.value > whole.value or not 0 < apart <= OUT_OF:
        return False
    broken = any(reading.words.breaks[i] for i in range(whole.last + 1, part.first + 1))
    return not broken and bool(reading.within("ablative", part.first - 1, part.first - 1))


def _is_some_of(part: Number, whole: Number, reading: Reading) -> bool:
    """ "Of the seven who were hit, two died": only those who are told to be dead count."""
    opened = reading.within("out_of", max(whole.first - 2, 0), whole.first - 1)
    if whole.bare or not opened or not part.value < whole.value or part.first - whole.last > DIED_OF_THEM:
        return False
    comma = any(reading.words.breaks[i] == 1 for i in range(whole.last + 1, part.first + 1))
    died = reading.within("dead", part.last + 1, part.last + IN_NEXT_CLAUSE)
    return comma and any(reading.clauses[c.first] == reading.clauses[part.first] for c in died)


def _is_of_them(part: Number, whole: Number, reading: Reading) -> bool:
    """Whether a number stands for some of those counted before, to whom nothing has happened by their own clause."""
    if whole.bare or not reading.within("of_them", part.first, part.first):
        return False
    clause = reading.clauses[whole.first]
    low, high = whole.first - IN_NEXT_CLAUSE, whole.last + IN_NEXT_CLAUSE
    hurt = [c for kind in ("dead", "wounded") for c in reading.within(kind, max(low, 0), high)]
    if clause == reading.clauses[part.first] or any(reading.clauses[c.first] == clause for c in hurt):
        return False
    told = [c for kind in ("dead", "wounded") for c in reading.within(kind, part.last + 1, part.last + IN_NEXT_CLAUSE)]
    return any(reading.clauses[c.first] == reading.clauses[part.first] for c in told)
