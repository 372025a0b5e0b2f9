"""Text: normal form, scripts, sentences, and which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from .lexicons import Lexicons, load_lexicons

__all__ = ["detect_language", "ends_sentence", "nfc", "script_of", "sentence_spans", "unwrapped"]

SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Armenian": re.compile("[\u0531-\u0587]"),
    "Arabic": re.compile("[\u0620-\u06d3]"),
}
WORDS = re.compile(r"[^\W\d_]+")
# A sentence ends at ։ : ! ? . … followed by space and something that can begin one; abbreviations and initials do not.
SENTENCE_END = re.compile(
    r"[։?!؟…]+[»”\")]*\s+|(?<=[\u0531-\u0587])[:]\s+|(?<![\s.][^\W\d_])(?<!^[^\W\d_])\.[»”\")]*\s+(?=[^\sa-zа-я])|\n\s*\n|\n(?=\s*[-–—•])"
)
SAMPLE = 4000
PAGE_WIDTHS = (50, 130)  # characters of the longest line of a text that was wrapped to fit
BULLETS = "-–—•*·▪"


def nfc(text: str) -> str:
    """The text in Unicode normal form C, as every `Report` holds it."""
    return unicodedata.normalize("NFC", text)


def script_of(text: str) -> str | None:
    """The script that most letters of the text are in, or None when it has no letter of a known one."""
    counts = {name: len(pattern.findall(text[:SAMPLE])) for name, pattern in SCRIPTS.items()}
    name = max(counts, key=lambda n: counts[n])
    return name if counts[name] else None


def detect_language(text: str, *, lexicons: Lexicons | None = None) -> str:
    """The language of a text among those that have a lexicon: script, then common words and telling letters.

    A text without letters, or in a script that no lexicon knows, gives "und". Pass the lexicons in a loop: loading
    them takes a moment.
    """
    lexicons = lexicons or load_lexicons()
    script = script_of(text)
    rivals = [lexicon for lexicon in lexicons.values() if lexicon.script == script]
    if not rivals:
        return "und"
    if len(rivals) == 1:
        return rivals[0].lang
    sample = text[:SAMPLE].replace("İ", "i").replace("I", "ı" if "ı" in text or "ə" in text else "i").lower()
    words = Counter(WORDS.findall(sample))
    letters = Counter(sample)
    total = sum(words.values())
    scores = {}
    for lexicon in rivals:
        known = sum(n for word, n in words.items() if word in lexicon.stopwords)
        telling = sum(letters[letter] for letter in lexicon.letters)
        foreign = sum(letters[letter] for letter in lexicon.foreign_letters)
        scores[lexicon.lang] = (known + 0.7 * telling - 1.5 * foreign) / max(total, 1)
    return max(scores, key=lambda lang: scores[lang])


def unwrapped(text: str) -> str:
    """The text with a space for each line break that only fits the page; its length, so every offset, stays.

    A line is wrapped where its next word would not have fitted into the longest line, and that is no longer than a
    page's; a break before a small letter is one too. Blank lines and the short lines of posts stay.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    width = max(map(len, lines))
    if not PAGE_WIDTHS[0] <= width <= PAGE_WIDTHS[1]:
        return text
    joined = [lines[0]]
    for line, following in pairwise(lines):
        word = following.split(maxsplit=1)[:1]
        goes_on = bool(line.strip() and word) and word[0][0] not in BULLETS
        wraps = goes_on and (len(line) + 1 + len(word[0]) > width or word[0][0].islower())
        joined += [" " if wraps else "\n", following]
    return "".join(joined)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in order; together they cover all but blank margins."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [_trimmed(text, a, b) for a, b in spans if text[a:b].strip()]


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends in what stands between two words: between `start` and `end`, as `sentence_spans` cuts."""
    return SENTENCE_END.search(text, start, end + 1) is not None  # it looks one letter ahead


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
