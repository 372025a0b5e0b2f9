"""Ages: numbers beside people that count years, not people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .counting import Number, number_at
from .sentences import Reading, Sentence

__all__ = ["without_ages"]

TWO_DIGITS = 2


def without_ages(numbers: Sequence[Number], reading: Reading, sentence: Sentence) -> Iterator[Number]:
    """Numbers that count people; "aged 34 and 61" are two ages."""
    aged: Number | None = None
    for number in numbers:
        joined = aged is not None and not number.bare and number.first - aged.last <= 2
        joints = reading.within("and", aged.last + 1, number.first) if aged else []
        if _is_age(number, reading, sentence) or (joined and (joints or reading.words.breaks[number.first] == 1)):
            aged = number
        else:
            yield number


def _is_age(number: Number, reading: Reading, sentence: Sentence) -> bool:
    """ "A man, 53, was killed", "a man of 53": a number between commas behind a person, or behind such words."""
    if not number.bare and reading.within("age_after", number.last + 1, number.last + 1):
        return True
    if not number.bare and reading.within("of_age", max(number.first - 2, sentence.first), number.first - 1):
        return True
    after = number.last + 1
    if number.bare or after > sentence.last or number.value > 110:
        return False
    commas = "," in reading.words.gap(number.first) and "," in reading.words.gap(after)
    digits = reading.words.folded[number.first]
    if commas and digits.isdigit() and len(digits) == TWO_DIGITS and reading.words.folded[number.first - 1].isalpha():
        counted = [k for k in ("dead", "wounded") if reading.within(k, number.first - 1, number.first - 1)]
        return not counted and number_at(number.first - 1, number.first - 1, reading) is None  # "a watchman, 66, …"
    return commas and bool(reading.within("person", number.first - 2, number.first - 1))
