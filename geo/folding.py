"""Folding: one plain form for all spellings of a word, and the words of a text with exact offsets.

Only whole words are folded and offsets are those of the words in the original text, so a span found over folded words
always slices the original exactly, whatever folding does to the number of letters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import is_normalized

__all__ = ["Token", "fold", "name_key", "split_words", "tokens"]

# Marks that may stand inside a word without ending it: soft hyphen, combining marks, Armenian stress, question and
# exclamation marks (they sit inside the word), Arabic vowel signs and tatweel, zero-width (non-)joiner.
INNER = "\u00ad\u0300-\u036f\u055b\u055c\u055e\u0640\u064b-\u0655\u0670\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"[^\W_][\w{INNER}]*")
WORD_WITH_ENTITIES = re.compile(rf"(?:[^\W_]|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);)(?:[\w{INNER}]|&(?:[A-Za-z]+|#\d+);)*")

SPLIT = re.compile(f"({WORD.pattern})")
SPLIT_WITH_ENTITIES = re.compile(f"({WORD_WITH_ENTITIES.pattern})")

LETTERS: Mapping[int, str | None] = {
    **{code: None for code in (0xAD, 0x640, 0x670, 0x55B, 0x55C, 0x55E, 0x2060, 0xFEFF)},
    **{code: None for code in range(0x200B, 0x200E)},
    **{code: None for code in range(0x64B, 0x656)},
    **{ord(mark): None for mark in "ʻʼʿʾʹʺ"},
    **{ord(letter): plain for letter, plain in zip("ıəǝøłđðёґ", "ieeolddег", strict=True)},
    **{ord(letter): plain for letter, plain in zip("أإآٱىةؤئکیھہ", "اااايهويكيهه", strict=True)},
    **{ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th", ord("և"): "եվ"},
}
# Cyrillic letters that look Latin: web text mixes them inside one word, in either direction.
CYRILLIC_TWINS = "аеорсхуіјкмтвн"
LATIN_TWINS = "aeopcxyijkmtbh"
TO_LATIN = str.maketrans(CYRILLIC_TWINS, LATIN_TWINS)
TO_CYRILLIC = str.maketrans(LATIN_TWINS, CYRILLIC_TWINS)
OWN = frozenset("йїў")
OWN_LETTERS = re.compile("([йїў]|и\u0306|і\u0308|у\u0306)")
MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u20d0-\u20ff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[a-z]")


class Token(NamedTuple):
    """One word of a text: `text[start:end] == word`."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text, left to right. Hyphens and apostrophes separate words; HTML entities do not."""
    pattern = WORD_WITH_ENTITIES if "&" in text and ";" in text else WORD
    return [Token(*m.span(), m.group()) for m in pattern.finditer(text)]


def split_words(text: str) -> list[str]:
    """A text as what stands before the first word, the word, what stands before the next, …, and the rest."""
    pattern = SPLIT_WITH_ENTITIES if "&" in text and ";" in text else SPLIT
    return pattern.split(text)


def fold(word: str) -> str:
    """The plain form of a word: no case, no diacritics, one letter for each group of look-alikes. Idempotent."""
    if word.isascii() and "&" not in word:
        return word.lower()
    if "&" in word:
        word = html.unescape(word)
    plain = word.lower().translate(LETTERS)
    if _is_plain(plain):
        return plain
    for _ in range(4):  # letters may fold to letters that fold again; two rounds are enough for every known script
        folded = _fold_once(word)
        if folded.isascii():
            return folded.lower()  # "𝔸" is taken apart to "A"
        if folded == word:
            return folded
        word = folded
    return word


def _is_plain(word: str) -> bool:
    """Whether nothing is left to fold in a word in lower case, quickly told: so are most words."""
    if not word.isalpha() or word.isascii():
        return word.isascii() and word.isalpha()
    whole = is_normalized("NFKD", word.replace("й", "").replace("ї", "").replace("ў", ""))
    return whole and not LATIN.search(word) and "եւ" not in word


def name_key(name: str) -> str:
    """The folded words of a name with single spaces between: what the gazetteer is searched by."""
    return " ".join(filter(None, (fold(t.word) for t in tokens(name))))


def _fold_once(word: str) -> str:
    plain = word.lower().translate(LETTERS)
    if not plain.isascii():
        plain = _without_marks(plain).replace("եւ", "եվ")
        if CYRILLIC.search(plain) and LATIN.search(plain):
            plain = _one_script(plain)
    return plain


def _without_marks(word: str) -> str:
    """Drop diacritics, but keep the Cyrillic letters that are written with one (й, ї)."""
    if not OWN_LETTERS.search(word):
        return MARKS.sub("", unicodedata.normalize("NFKD", word)).translate(LETTERS)
    parts = OWN_LETTERS.split(unicodedata.normalize("NFC", word))
    kept = [part if part in OWN else MARKS.sub("", unicodedata.normalize("NFKD", part)) for part in parts]
    return "".join(kept).translate(LETTERS)


def _one_script(word: str) -> str:
    if len(LATIN.findall(word)) >= len(CYRILLIC.findall(word)):
        return word.translate(TO_LATIN)
    return word.translate(TO_CYRILLIC)
