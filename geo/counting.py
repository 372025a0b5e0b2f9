"""Counting: numbers in digits and in words, as languages put them together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .sentences import Reading
from .vocabulary import Vocabulary

__all__ = [
    "ARTICLES",
    "NOUN_REACH",
    "ONE_REACH",
    "Number",
    "between",
    "is_of_a_place",
    "is_of_sum",
    "is_up_to",
    "measured",
    "number_at",
    "past_aside",
]

GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f\u2009 ]\d{3})+$")
LONGEST_ENDING = 3
SHORTEST_STEM = 4
JOINERS = frozenset({"et", "and"})  # inside a number word
ONE_REACH = 4  # words between an article and "killed", where it counts one person
PAIR = 2  # commas around an aside
NOUN_REACH = 3  # words between a number and what it counts
UP_TO = 5  # words between the beginning of "killed up to" and its number
PREPOSITION = 3  # letters of a preposition at most
ARTICLES = frozenset({"a", "an", "un", "une", "bir", "մի"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its words and its value."""

    first: int
    last: int
    value: int
    bare: bool = False  # a person named without a number
    low: int | None = None  # the first of two numbers between which it lies


def number_at(index: int, stop: int, reading: Reading) -> Number | None:
    """A number in digits, or in words that add up ("двадцать один", "deux mille", "iyirmi bir")."""
    vocabulary = reading.vocabulary
    words, text = vocabulary.numbers, reading.words.folded
    if reading.within("several", index, index):
        return None  # "bir neçə", "մի քանի" begin like the number one
    halved = index < stop and bool(reading.within("half", index + 1, index + 1))
    if text[index] in ARTICLES and words.get(text[min(index + 1 + halved, stop)], 0) > 1:
        return None  # "une dizaine", "une demi-douzaine": the article counts nothing
    value = _digits(text[index])
    if value is not None:
        if _is_clock(reading, index) or _is_ordinal(reading, index):
            return None
        following = words.get(text[index + 1], 0) if index < stop else 0
        return (
            Number(index, index + 1, value * 1000)
            if following == 1000 and value < 1000
            else Number(index, index, value)
        )
    if _word_value(text[index], vocabulary) is None:
        return None
    stop = next((i - 1 for i in range(index + 1, min(index + 6, stop) + 1) if reading.words.breaks[i]), stop)
    total, last = _in_words(index, stop, text, vocabulary)
    if total == 1 and text[index] in ARTICLES and not _of_one(index, stop, reading):
        return None
    before = index - 1 - (index > 1 and text[index - 1] in ARTICLES)
    if index > 0 and reading.within("half", before, before):
        total //= 2  # "demi-douzaine", "half a dozen"
    return Number(index, last, total)


def between(low: Number, stop: int, reading: Reading) -> Number | None:
    """A number that is the upper end of what another begins: "five to seven", "entre cinq et sept", "10-12"."""
    joint = low.last + 1
    if joint > stop or low.bare:
        return None
    if reading.words.text[reading.words.ends[low.last] : reading.words.starts[joint]] in ("-", "–"):
        high = number_at(joint, stop, reading)
    else:
        opened = reading.within("range_from", low.first - 1, low.first - 1)
        joined = reading.within("and", joint, joint) if opened else reading.within("range_to", joint, joint)
        high = number_at(joint + 1, stop, reading) if joined and joint < stop else None
    if high is None or high.value <= low.value:
        return None
    return Number(low.first, high.last, high.value, low=low.value)


def is_of_sum(number: Number, whole: Number, reading: Reading) -> bool:
    """ "Three people - a woman and her daughter - died": who is named behind the dash is counted already."""
    if whole.bare or not number.value < whole.value:
        return False
    gaps = "".join(reading.words.gap(i) for i in range(whole.first + 1, number.first + 1))
    return any(c in gaps for c in "–—")


def past_aside(low: int, high: int, reading: Reading) -> int:
    """Where to count words from, when an aside between dashes or commas begins right behind a word: from its end."""
    dashes = [i for i in range(low + 1, high + 1) if any(c in reading.words.gap(i) for c in "–—")]
    if len(dashes) == 2 and dashes[0] - low <= NOUN_REACH:
        return dashes[1] - 1
    commas = [i for i in range(low + 1, high + 1) if reading.words.breaks[i]]
    if len(commas) < PAIR or any("," not in reading.words.gap(i) for i in commas):
        return low
    if any(reading.within(kind, low + 1, high - 1) for kind in ("dead", "wounded")):
        return low  # "four people, a child among them, were killed, and three hurt"
    return commas[-1] - 1 if commas[0] - low <= NOUN_REACH and 0 < high - commas[-1] <= NOUN_REACH else low


def is_up_to(first: Number, last: Number, reading: Reading) -> bool:
    """ "Up to ten"; where nouns have endings the word stands behind: "ona qədər", but "by evening five" is five."""
    sentence = reading.sentence_of(first.first)
    if reading.vocabulary.has("number_endings"):
        if reading.within("up_to_ahead", first.first - 1, first.first - 1):
            return True
        return bool(reading.within("up_to", last.last + 1, min(last.last + 2, sentence.last)))
    before = reading.within("up_to", max(first.first - UP_TO, sentence.first), first.first)
    return any(c.last >= first.first - 2 for c in before)  # "left up to ten dead" may be one cue


def _of_one(index: int, stop: int, reading: Reading) -> bool:
    """Whether an article counts: "a man", "un tué"."""
    if reading.within("person", index + 1, min(index + NOUN_REACH, stop)):
        return True
    near = range(index + 1, min(index + ONE_REACH, stop) + 1)
    end = next((i for i in near if reading.words.breaks[i]), near.stop)
    return any(reading.within(kind, index + 1, end - 1) for kind in ("dead", "wounded", "civilian"))


def _word_value(word: str, vocabulary: Vocabulary) -> int | None:
    """A number word, also with the ending of a case ("doqquza", "չորսի")."""
    words = vocabulary.numbers
    if word in words or not vocabulary.has("number_endings"):
        return words.get(word)
    for cut in range(1, min(LONGEST_ENDING, len(word) - SHORTEST_STEM) + 1):
        if (value := words.get(word[:-cut])) is not None:
            return value
    return None


def _in_words(index: int, stop: int, text: Sequence[str], vocabulary: Vocabulary) -> tuple[int, int]:
    words = vocabulary.numbers
    total, part, last = 0, _word_value(text[index], vocabulary) or 0, index
    for at in range(index + 1, min(index + 6, stop + 1)):
        value = _word_value(text[at], vocabulary)
        if text[at] in JOINERS and part and part % 10 == 0 and at < stop and words.get(text[at + 1], 100) < 12:
            continue  # "vingt et un"
        one = (
            text[at] in ARTICLES
            and text[at - 1] not in JOINERS
            and not (vocabulary.has("number_endings") and part and part % 10 == 0)
        )
        if value is None or one:
            break
        if (value in (100, 1000) and part) or (value == 20 and part == 4):  # "quatre-vingts"
            part *= value
        elif _goes_with(part, value, vocabulary):
            part += value
        else:
            break
        if value == 1000:
            total, part = total + part, 0
        last = at
    return total + part, last


def _goes_with(part: int, value: int, vocabulary: Vocabulary) -> bool:
    """Whether a number word adds to those before it: "twenty, one", and "one and twenty" where units come first."""
    if value < part and part % 10 == 0 and value < 100:
        return True
    return vocabulary.has("units_first") and 0 < part % 100 < 10 <= value < 100


def _digits(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) <= 7 else None
    if GROUPED.match(word):
        return int(re.sub(r"\D", "", word))
    return None


def _is_ordinal(reading: Reading, index: int) -> bool:
    """ "128-ї бригади", "5-й": a number with the ending of an ordinal counts nobody."""
    behind = index + 1
    hyphen = behind < len(reading.words) and reading.words.gap(behind) in ("-", "–")
    return hyphen and bool(reading.within("ordinal_ending", behind, behind))


def _is_clock(reading: Reading, index: int) -> bool:
    """ "18:45", "18h45", and the 25 of a "Su-25"."""
    text, start, end = reading.words.text, reading.words.starts[index], reading.words.ends[index]
    after, before = text[end : end + 2], text[max(start - 1, 0) : start]
    if after[:1] in (":", "h") and after[1:].isdigit():
        return True
    if before == "h":
        return text[max(start - 2, 0)].isdigit()
    return before == ":" or (before == "-" and text[max(start - 2, 0)].isalpha())


def measured(reading: Reading, word: int) -> bool:
    """Whether a unit stands here with its number: "ten metres from X", but "home from X"."""
    units = reading.within("unit", word, word)
    return bool(units) and number_at(word - 1, word, reading) is not None


def is_of_a_place(number: Number, reading: Reading) -> bool:
    """Whether a preposition and a name follow a number ("deux de Barda"), where nationalities need none."""
    words = reading.words
    for at in range(number.last + 1, min(number.last + NOUN_REACH, len(words) - 1)):
        if words.breaks[at]:
            return False
        if (
            len(words.folded[at]) <= PREPOSITION
            and words.text[words.starts[at + 1]].isupper()
            and not words.breaks[at + 1]
        ):
            return words.text[words.starts[at]].islower()
    return False
