"""A text while its names are read: its words and what is known about each, and the spans that are written like a name.

These are plain classes, not dataclasses: some hundred of them are made for every report (CONTRIBUTING.md, "Speed").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import final

from mypy_extensions import i64, mypyc_attr

from .gazetteer import Place
from .lexicons import Lexicon

__all__ = [
    "ADJECTIVE",
    "CASED",
    "INFLECTED",
    "PLAIN",
    "SOUND",
    "Chunk",
    "Found",
    "Hit",
    "Hits",
    "Piece",
    "Reading",
    "Word",
]

ENDS = frozenset("!?։…\n:;•")
CASED = frozenset({"Latin", "Cyrillic", "Armenian"})
BLANKS = (" ", "\u00a0", "\u202f", "  ")
# How a name was reached from the text: as it stands, by an ending, as an adjective, by its sound.
PLAIN, INFLECTED, ADJECTIVE, SOUND = 0, 1, 2, 3


@final
@mypyc_attr(acyclic=True)
class Hit:
    """One row of the gazetteer that a span may mean: kind of key (geo/names.py), and how it was reached."""

    __slots__ = ("how", "kind", "row")

    def __init__(self, row: int, kind: int, how: int) -> None:
        self.row = row
        self.kind = kind
        self.how = how


@final
@mypyc_attr(acyclic=True)
class Hits:
    """All rows that a span may mean: whether one is reached as it stands, all by an ending, all as adjectives."""

    __slots__ = ("adjective", "all", "inflected", "plain")

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.all = list(hits)
        self.plain = any(hit.how == PLAIN for hit in self.all)
        self.inflected = all(hit.how == INFLECTED for hit in self.all)
        self.adjective = all(hit.how == ADJECTIVE for hit in self.all)


@final
@mypyc_attr(acyclic=True)
class Word:
    """What is known about a word wherever it stands: its plain form, possible dictionary forms, names and tags.

    `tags` are bits (geo/tags.py); `year` is the year that it holds, or 0.
    """

    __slots__ = ("bases", "capital", "folded", "heads", "hits", "noun", "tags", "upper", "year")

    def __init__(
        self,
        folded: str,
        *,
        capital: bool,
        upper: bool,
        noun: str | None,
        bases: Sequence[str],
        heads: Sequence[str],
        hits: Sequence[Hit],
        tags: i64,
        year: i64,
    ) -> None:
        self.folded = folded
        self.capital = capital
        self.upper = upper
        self.noun = noun
        self.bases = tuple(bases)
        self.heads = tuple(heads)
        self.hits: Hits | None = Hits(hits) if hits else None
        self.tags = tags
        self.year = year


@final
@mypyc_attr(acyclic=True)
class Piece:
    """A word as it stands between two spaces: how it is written, the gap before it, and where it starts there."""

    __slots__ = ("gap", "start", "surface", "word")

    def __init__(self, word: Word, surface: str, gap: str, start: int) -> None:
        self.word = word
        self.surface = surface
        self.gap = gap
        self.start = start


@final
@mypyc_attr(acyclic=True)
class Chunk:
    """What stands between two spaces, read once: mostly one word, with what stands behind it and the space as `after`.

    `rest` are further words ("Stepanakert/Xankəndi"); without any word all stands in `after`.
    """

    __slots__ = ("after", "first", "rest", "size")

    def __init__(self, size: int, pieces: list[Piece], tail: str) -> None:
        self.size = size
        self.first = pieces[0] if pieces else None
        self.rest: list[Piece] | None = pieces[1:] if len(pieces) > 1 else None
        self.after = tail + " "


@final
@mypyc_attr(acyclic=True)
class Found:
    """A span that is written like a known name: words `first` to `last` (exclusive) of the text.

    A generic noun that belongs to it stands in `noun` (its kind), on `noun_side`, as `noun_word`; with it the span
    would reach from `wide_start` to `wide_end` (-1: no wider). `best` is the place that it likeliest means by itself,
    `how` the way in which its name is written.
    """

    __slots__ = (
        "after_comma",
        "best",
        "end",
        "first",
        "hits",
        "how",
        "last",
        "noun",
        "noun_side",
        "noun_word",
        "start",
        "wide_end",
        "wide_start",
    )

    def __init__(self, first: int, last: int, start: int, end: int, hits: Hits, noun: str | None = None) -> None:
        self.first = first
        self.last = last
        self.start = start
        self.end = end
        self.hits = hits
        self.noun = noun
        self.noun_side = ""
        self.noun_word = ""
        self.wide_start = -1
        self.wide_end = -1
        self.after_comma = False
        self.best: Place | None = None
        self.how = PLAIN


@final
@mypyc_attr(acyclic=True)
class Reading:
    """A text taken apart: its words (`surfaces` as written), the gaps before and between them, and the spans found.

    `parted` are the words before which more stands than a blank: only there a sentence can begin.
    """

    __slots__ = ("cased", "found", "gaps", "lexicon", "parted", "starts", "surfaces", "text", "words")

    def __init__(self, text: str, lexicon: Lexicon, chunks: list[Chunk]) -> None:
        gaps: list[str] = []
        surfaces: list[str] = []
        starts: list[int] = []
        words: list[Word] = []
        parted: list[int] = []
        at, before = 0, ""
        for chunk in chunks:
            first = chunk.first
            if first is None:
                before += chunk.after
            else:
                if first.gap:
                    before += first.gap
                if before != " ":
                    parted.append(len(words))
                words.append(first.word)
                surfaces.append(first.surface)
                gaps.append(before)
                starts.append(at + first.start)
                if chunk.rest is not None:
                    for piece in chunk.rest:
                        parted.append(len(words))
                        words.append(piece.word)
                        surfaces.append(piece.surface)
                        gaps.append(piece.gap)
                        starts.append(at + piece.start)
                before = chunk.after
            at += chunk.size + 1
        gaps.append(before[:-1])
        self.text, self.lexicon = text, lexicon
        self.cased = lexicon.script in CASED
        self.words, self.surfaces, self.starts, self.gaps = words, surfaces, starts, gaps
        self.parted = parted
        self.found: list[Found] = []

    def end(self, index: int) -> int:
        """Where a word ends."""
        return self.starts[index] + len(self.surfaces[index])

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next."""
        return self.gaps[index + 1]

    def word(self, index: int) -> Word | None:
        """The word at an index, None beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else None

    def starts_sentence(self, index: int) -> bool:
        """Whether the word at an index is the first of its sentence, by what stands before it."""
        if index == 0:
            return True
        gap = self.gaps[index]
        if gap == " ":
            return False
        if not ENDS.isdisjoint(gap):
            return True
        before = self.words[index - 1]
        return "." in gap and (len(before.folded) > 2 or (len(before.folded) > 1 and not before.capital))

    def adjacent(self, index: int) -> bool:
        """Whether only a blank stands between word `index` and the next."""
        if not 0 <= index < len(self.words) - 1:
            return False
        gap = self.gaps[index + 1]
        return gap == " " or gap in BLANKS

    def touching(self, index: int) -> bool:
        """Whether a blank or a hyphen joins word `index` to a next one."""
        return 0 <= index < len(self.words) - 1 and self.gaps[index + 1] in (" ", "\u00a0", "-")
