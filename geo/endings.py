"""Endings: what the last letters of a word tell, and those that stand behind an abbreviation's hyphen."""

from __future__ import annotations

from collections.abc import Iterable

from .phrases import fold_word
from .sentences import Reading

__all__ = ["is_genitive", "is_told", "takes_ending"]

HYPHENS = ("-", "–", "'", "’")


def takes_ending(word: int, reading: Reading) -> bool:
    """Whether an ending stands behind an abbreviation, with a hyphen before it ("XİN-in")."""
    words = reading.words
    if word + 1 >= len(words) or words.gap(word + 1) not in HYPHENS:
        return False
    return words.text[words.starts[word] : words.ends[word]].isupper()


def is_genitive(word: int, reading: Reading) -> bool:
    """Whether a word is in the genitive; an abbreviation has its ending behind a hyphen ("XİN" ends like one)."""
    words = reading.words
    if words.text[words.starts[word] : words.ends[word]].isupper() and reading.vocabulary.has("hyphened_abbreviations"):
        word += takes_ending(word, reading)
        return words.gap(word) in HYPHENS and bool(reading.within("genitive", word, word))
    return bool(reading.within("genitive", word, word))


def is_told(word: int, names: Iterable[str], reading: Reading) -> bool:
    """Whether the ending of the last word of one of these names says that something is said to its bearer."""
    if not reading.within("dative", word, word):
        return False
    if reading.within("after", word + 1, word + 2) or reading.within("owned", word + 1, word + 2):
        return False  # "nazirliyinə görə", "Stepanyana məxsusdur": what they say themselves
    written = reading.words.folded[word]
    own = {fold_word(part) for name in names for part in name.split()}
    return written not in own and written[:-1] in own
