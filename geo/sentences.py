"""Sentences: a report cut into sentences and clauses, with every cue of its language in place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .mentions import Mention
from .phrases import PICTURES, Cue, Words, is_abbreviation, read_words
from .vocabulary import Vocabulary

__all__ = ["Reading", "Sentence", "denied_that", "is_asked", "is_fresh", "read_sentences", "statements"]

_FULL_STOP = re.compile(rf"[.!?…։؟{PICTURES}]|\n\s*\n")
_PICTURE = re.compile(f"[{PICTURES}]")
HEADING = 4  # words before a picture that are too few for a sentence: the place of what follows
WRAPPED = 60  # characters from which a line may have been broken only to fit
QUOTED_NAME = 3  # words that a name in quotation marks has at most
LONG_NAME = 4  # words from which an actor's name holds words that elsewhere tell of events
_NAMES = ("actor", "side", "office")  # cues that may stand inside the name of a place
_INSIDE = (
    *_NAMES,
    "genitive",
    "ablative",
    "locative",
    "at_place",
    "from_place",
    "attributive",
)  # … and what the ending of its name tells
_QUOTES = '«»"“”„'
_CLOSING = "»”’) "
_ARMENIAN_STOP = re.compile(r"։|:(?=\s|$|»)")
_AND = "\u0648"  # Arabic "and", one word with the next
_INSIDE_WORD = "inside"
QUESTIONS = "?؟"
INNER_MARK = "՞"
_OPENING = "«»\"“”„'’‘(—–- "


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words first to last (inclusive) and the characters they cover."""

    index: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as its words, sentences, clauses and cues; what every later step looks at."""

    words: Words
    sentences: tuple[Sentence, ...]
    clauses: tuple[int, ...]
    cues: dict[str, list[Cue]]
    vocabulary: Vocabulary
    mid_dots: bool = False

    def within(self, kind: str, first: int, last: int) -> list[Cue]:
        """Cues of one kind that begin between two words (inclusive)."""
        cues = self.cues.get(kind)
        if not cues:
            return []
        low = bisect_left(cues, first, key=lambda c: c.first)
        return cues[low : bisect_right(cues, last, key=lambda c: c.first)]

    def in_sentence(self, kind: str, sentence: Sentence) -> list[Cue]:
        """Cues of one kind in a sentence."""
        return self.within(kind, sentence.first, sentence.last)

    def has(self, kind: str, sentence: Sentence) -> bool:
        """Whether a sentence holds a cue of this kind."""
        return bool(self.in_sentence(kind, sentence))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters that words first to last cover."""
        return self.words.starts[first], self.words.ends[last]

    def word_at(self, position: int) -> int:
        """Index of the word that holds or follows a character position."""
        return min(bisect_right(self.words.ends, position), max(len(self.words) - 1, 0))

    def sentence_of(self, word: int) -> Sentence:
        """The sentence that holds a word."""
        return self.sentences[bisect_right(self.sentences, word, key=lambda s: s.first) - 1]

    def and_inside(self, index: int) -> bool:
        """Whether "and" is one word with what it joins, as in Arabic."""
        return any(c.value == _INSIDE_WORD for c in self.within("and", index, index))

    def part_end(self, first: int, sentence: Sentence) -> int:
        """The word from which on something else is told: a comma or an "and" written with it stands before it."""
        behind = range(first, sentence.last + 1)
        return next((i for i in behind if self.words.breaks[i] or self.and_inside(i)), sentence.last + 1)

    def colon_before(self, index: int) -> bool:
        """Whether a colon stands before a word, also the dot that is one where a colon ends the sentence."""
        gap = self.words.gap(index)
        return ":" in gap or (self.mid_dots and gap.lstrip(_CLOSING)[:1] == ".")

    def text_of(self, sentence: Sentence) -> str:
        """A sentence as written."""
        return self.words.text[sentence.start : sentence.end]


def read_sentences(text: str, vocabulary: Vocabulary, mentions: Sequence[Mention] = ()) -> Reading:
    """Cut a text and find its cues; words inside a place's name are no cues."""
    words = read_words(text)
    mid_dots = _has_mid_dots(text, vocabulary)
    sentences = tuple(_sentences(words, vocabulary, mid_dots=mid_dots))
    found = vocabulary.phrases.find(words)
    named = _named_words(words, mentions)
    bodies = _bodies(found)
    titled = {index for cue in found if cue.kind == "body_noun" for index in _titled(words, cue.first)}
    cues: dict[str, list[Cue]] = defaultdict(list)
    for cue in found:
        if cue.kind not in _NAMES and cue.first in bodies:
            continue
        if cue.first in titled and cue.kind.startswith("signal:"):
            continue
        if cue.kind in _INSIDE or not named or not named.issuperset(range(cue.first, cue.last + 1)):
            cues[cue.kind].append(cue)
    if joined := _joined_words(words):
        cues["and"] = sorted([*cues["and"], *joined], key=lambda c: c.first)
    clauses = _clauses(words, cues.get("signal:clause", ()))
    return Reading(words, sentences, clauses, dict(cues), vocabulary, mid_dots)


def _joined_words(words: Words) -> list[Cue]:
    """Words that an Arabic "and" was taken off from."""
    return [
        Cue("and", at, at, _INSIDE_WORD)
        for at, folded in enumerate(words.folded)
        if words.text[words.starts[at]] == _AND and folded[:1] != _AND
    ]


def _has_mid_dots(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text ends its sentences with the Armenian full stop, so that a dot in it is a colon."""
    return vocabulary.has("colon_stops") and _ARMENIAN_STOP.search(text) is not None


def _bodies(found: Iterable[Cue]) -> set[int]:
    """Words of long names of actors ("Commission on Prisoners of War, Hostages and Missing"): they tell of nothing."""
    long = [c for c in found if c.kind == "actor" and c.last - c.first + 1 >= LONG_NAME]
    return {index for cue in long for index in range(cue.first, cue.last + 1)}


def _titled(words: Words, last: int) -> range:
    """Words of a body's name that ends here, all with a capital: "Free Syrian Army", "National Liberation Front"."""
    first = last
    while last - first < LONG_NAME and _is_capital(words, first) and first > 0 and words.gap(first) in (" ", "-"):
        first -= 1
    first += not _is_capital(words, first)
    return range(first, last + 1) if last - first >= 1 else range(0)


def _is_capital(words: Words, index: int) -> bool:
    return words.text[words.starts[index]].isupper()


def _named_words(words: Words, mentions: Iterable[Mention]) -> set[int]:
    named: set[int] = set()
    for mention in mentions:
        low = bisect_right(words.ends, mention.start)
        while low < len(words) and words.starts[low] < mention.end:
            named.add(low)
            low += 1
    return named


def _clauses(words: Words, starters: Iterable[Cue]) -> tuple[int, ...]:
    begins = {cue.first for cue in starters}
    clauses: list[int] = []
    current = 0
    ends = -1  # where a name in quotation marks ends
    for index, kind in enumerate(words.breaks):
        if kind == 1 and index != ends:
            ends = _quoted_name(words, index) or ends
        current += (bool(kind) and not (kind == 1 and ends >= index and _only_quotes(words, index))) or index in begins
        clauses.append(current)
    return tuple(clauses)


def _only_quotes(words: Words, index: int) -> bool:
    return not words.gap(index).strip(_QUOTES + " -")


def _quoted_name(words: Words, index: int) -> int | None:
    """The index behind a short quoted name that opens at a word ("«Smerch» rockets"): no clause of its own."""
    if not words.gap(index).endswith(tuple(_QUOTES)) or not _only_quotes(words, index):
        return None
    behind = range(index + 1, min(index + QUOTED_NAME + 1, len(words)))
    return next((at for at in behind if words.breaks[at]), None)


def _sentences(words: Words, vocabulary: Vocabulary, *, mid_dots: bool = False) -> Iterable[Sentence]:
    first = 0
    number = 0
    for index in range(1, len(words) + 1):
        heading = index - first < HEADING and index < len(words) and _is_heading(words.gap(index))
        if index == len(words) or (_ends_before(words, index, vocabulary, mid_dots=mid_dots) and not heading):
            start = words.starts[first]
            stop = words.starts[index] if index < len(words) else len(words.text)
            end = start + len(words.text[start:stop].rstrip(_OPENING + "\n\t"))
            yield Sentence(number, first, index - 1, start, max(end, words.ends[index - 1]))
            first, number = index, number + 1


def _is_heading(gap: str) -> bool:
    """Whether a picture leads from a heading to what it heads: not where a sentence has ended before it."""
    return _PICTURE.search(gap) is not None and not any(stop in gap for stop in ".!?…")


def _is_line_end(words: Words, index: int) -> bool:
    """Whether a line ends on purpose: lines of posts and live blogs are short, wrapped ones are long."""
    end = words.ends[index - 1]
    line = end - (words.text.rfind("\n", 0, end) + 1)
    return line < WRAPPED and not words.text[words.starts[index]].islower()


def _ends_before(words: Words, index: int, vocabulary: Vocabulary, *, mid_dots: bool = False) -> bool:
    if words.breaks[index] != 2:
        return False
    gap = words.gap(index)
    if "\n" in gap and _is_line_end(words, index):
        return True
    if not (_FULL_STOP.search(gap) or (":" in gap and vocabulary.has("colon_stops"))):
        return False
    following = words.text[words.starts[index]]
    if "\n" in gap and not following.islower():
        return True
    if mid_dots and gap.strip(_QUOTES + _CLOSING + "-–— ") == ".":
        return False
    if following.islower() or not any(c.isspace() for c in gap):
        return False
    previous = words.folded[index - 1]
    if gap.strip() != "." or not previous.isalpha():
        return True
    if following.isdigit():
        return not is_abbreviation(previous)
    return len(previous) > 1 or words.text[words.starts[index - 1]].islower()


def is_asked(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence is a question that the next one does not answer with yes."""
    words = reading.words
    if INNER_MARK in words.text[sentence.start : sentence.end]:
        return True  # Armenian puts it on the word that is asked for
    after = words.gap(sentence.last + 1) if sentence.last + 1 < len(words) else words.text[words.ends[sentence.last] :]
    if not any(mark in after for mark in QUESTIONS):
        return False
    return not reading.within("yes", sentence.last + 1, sentence.last + 1)


def is_fresh(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence starts anew: on its own line, or with a clock time, as the entries of a live blog do."""
    words = reading.words
    clock = words.folded[sentence.first].isdigit() and words.text[words.ends[sentence.first] :][:1] in (":", "h")
    return sentence.first > 0 and ("\n" in words.gap(sentence.first) or clock)


def statements(reading: Reading, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or its parts between semicolons: each may be told by somebody else."""
    words, first = reading.words, sentence.first
    for at in range(sentence.first + 1, sentence.last + 1):
        if words.breaks[at] == 2 and ";" in words.gap(at):
            yield replace(sentence, first=first, last=at - 1)
            first = at
    yield replace(sentence, first=first)


def denied_that(cue: Cue, event: int, reading: Reading) -> bool:
    """ "The radio denied that X was encircled": whether an event is what a denial is of."""
    after = cue.last + 1
    same = event > after and reading.clauses[after] == reading.clauses[event]
    return same and bool(reading.within("that", after, after))
