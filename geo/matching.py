"""Matching: which spans of a text are written like a known name, before asking whether they name a place here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .folding import Token, fold, tokens
from .gazetteer import Gazetteer
from .lexicons import Lexicon
from .names import ALTERNATE, MAX_WORDS
from .sound import sound_key

__all__ = ["Found", "Reading", "Word", "read_names"]

REMEMBERED = 60_000
MIN_STEM = 3
TOWARD = 20_000  # inhabitants from which a direction is called after a town outside the theatre
COUNTRY_TAILS = ("", "a", "e", "y", "ey", "ia", "ie", "и", "ия", "я", "а")
JOINERS = frozenset(" \u00a0\u202f\t\n-\u2010\u2011\u2013'’‘`ʼ.")
APOSTROPHES = frozenset({"'", "’", "ʼ", "‘"})
ENDS = frozenset("!?։…\n:;•")
CASED = frozenset({"Latin", "Cyrillic", "Armenian"})
# How a name was reached from the text: as it stands, by an ending, as an adjective, by its sound.
PLAIN, INFLECTED, ADJECTIVE, SOUND = 0, 1, 2, 3


class Hit(NamedTuple):
    """One row of the gazetteer that a span may mean: kind of key (geo/names.py), and how it was reached."""

    row: int
    kind: int
    how: int


class Word(NamedTuple):
    """What is known about a word wherever it stands: its plain form, possible dictionary forms, and names."""

    folded: str
    capital: bool
    upper: bool
    noun: str | None
    bases: tuple[str, ...]
    heads: tuple[str, ...]
    hits: tuple[Hit, ...]
    tags: frozenset[str]


@dataclass(slots=True)
class Found:
    """A span that is written like a known name: words `first` to `last` (exclusive) of the text."""

    first: int
    last: int
    start: int
    end: int
    hits: list[Hit]
    noun: str | None = None
    noun_side: str = ""
    noun_word: str = ""
    noun_span: tuple[int, int] | None = None
    after_comma: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A text taken apart: its words, what is known about each, and the spans found, left to right."""

    text: str
    lexicon: Lexicon
    tokens: list[Token]
    words: list[Word]
    found: list[Found]

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next."""
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def word(self, index: int) -> Word | None:
        """The word at an index, None beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else None

    def starts_sentence(self, index: int) -> bool:
        """Whether the word at an index is the first of its sentence, by what stands before it."""
        if index == 0:
            return True
        gap = self.gap(index - 1)
        if not ENDS.isdisjoint(gap):
            return True
        before = self.words[index - 1]
        return "." in gap and (len(before.folded) > 2 or (len(before.folded) > 1 and not before.capital))

    def adjacent(self, index: int) -> bool:
        """Whether only a blank stands between word `index` and the next."""
        return 0 <= index < len(self.tokens) - 1 and self.gap(index) in (" ", "\u00a0", "\u202f", "  ")


def read_names(text: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Find the longest known names of a text from left to right; none overlap."""
    pieces = tokens(text)
    known = gazetteer.words[lexicon.lang]
    if len(known) > REMEMBERED:
        known.clear()
    words = []
    for piece in pieces:
        word = known.get(piece.word)
        if word is None:
            word = known[piece.word] = _understand(piece.word, lexicon, gazetteer)
        words.append(word)
    reading = Reading(text, lexicon, pieces, words, [])
    cased = lexicon.script in CASED
    index = 0
    while index < len(words):
        word = words[index]
        found = None
        if word.heads and (word.capital or not cased or _leads_to_capital(words, index)):
            found = _longest(reading, index, gazetteer, cased)
        if found is None and word.hits and (word.capital or not cased):
            piece = pieces[index]
            found = Found(index, index + 1, piece.start, piece.end, list(word.hits))
        if found is None and not word.capital and "directions" in _tags(words, index + 1):
            found = _toward(reading, index, gazetteer)
        if found is None:
            index += 1
        else:
            found.after_comma = bool(reading.found) and text[reading.found[-1].end : found.start] in (", ", ". ", " (")
            reading.found.append(found)
            index = found.last
    return reading


def _tags(words: Sequence[Word], index: int) -> frozenset[str]:
    return words[index].tags if index < len(words) else frozenset()


def _toward(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """The town in "на купянском направлении": an adjective in small letters before a word for direction."""
    piece = reading.tokens[index]
    hits = [
        Hit(h.row, h.kind, ADJECTIVE)
        for h in _hits(reading.lexicon.adjective_bases(reading.words[index].folded), gazetteer)
        if gazetteer.index.columns["rank"][h.row] == 0 or gazetteer.index.columns["people"][h.row] >= TOWARD
    ]
    return Found(index, index + 1, piece.start, piece.end, hits, noun="direction") if hits else None


def _leads_to_capital(words: Sequence[Word], index: int) -> bool:
    """Whether a word in small letters may begin a name: a generic noun soon before one ("lac Sevan", "la Défense")."""
    soon = words[index + 1 : index + (4 if words[index].noun else 2)]
    return any(w.capital for w in soon)


def _understand(surface: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Word:
    folded = fold(surface)
    capital = surface[0].isupper()
    noun = lexicon.noun_kind(folded)
    tags = lexicon.tags(folded)
    if surface.lower() in lexicon.stopwords:
        tags |= {"stopwords"}
    cased = lexicon.script in CASED
    if len(folded) < 2 or folded.isdigit() or (cased and not capital and noun is None):
        heads: tuple[str, ...] = (folded,) if gazetteer.index.begins(folded) else ()
        return Word(folded, capital, surface.isupper(), noun, (folded,), heads, (), tags)
    bases = lexicon.bases(folded)
    if noun is None and lexicon.proclitics:
        noun = next((kind for base in bases if (kind := lexicon.noun_kind(base))), None)
    heads = tuple(b for b in bases if gazetteer.index.begins(b))
    hits = _hits(bases, gazetteer) if capital or not cased else []
    if capital and lexicon.adjectives and not any(h.how == PLAIN for h in hits):
        hits += [Hit(h.row, h.kind, ADJECTIVE) for h in _hits(lexicon.adjective_bases(folded), gazetteer)]
    may_sound = not hits and not tags and noun is None and (capital or not cased)
    if may_sound and not _of_a_country(folded, gazetteer):
        spoken = {sound_key(surface if cased else base, lexicon.lang) for base in (bases if not cased else ("",))}
        hits = [Hit(row, ALTERNATE, SOUND) for key in spoken for row in gazetteer.sounding(key)]
    return Word(folded, capital, surface.isupper(), noun, tuple(bases), heads, tuple(hits), tags)


def _of_a_country(folded: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is made from a country's name ("Syrian", "Turkish", "сирийский"): such a word names no town."""
    stems = {folded[:-cut] + tail for cut in range(1, 5) for tail in COUNTRY_TAILS if len(folded) - cut >= MIN_STEM}
    return any(gazetteer.at(row).feature == "country" for stem in stems for row, _ in gazetteer.index.find(stem))


def _hits(bases: Sequence[str], gazetteer: Gazetteer) -> list[Hit]:
    """Rows under any of the forms; the form as written comes first and wins for a row that has both."""
    best: dict[int, Hit] = {}
    for order, base in enumerate(bases):
        if order and len(base) < MIN_STEM:
            continue
        for row, kind in gazetteer.index.find(base):
            if row not in best:
                best[row] = Hit(row, kind, PLAIN if order == 0 else INFLECTED)
    return list(best.values())


def _forms(word: Word, gap: str, lexicon: Lexicon, cased: bool) -> Sequence[str]:
    """The forms under which a later word of a name is looked up; after an apostrophe it is the same word going on."""
    if word.capital or word.noun or not cased:
        return word.bases
    return lexicon.bases(word.folded) if gap in APOSTROPHES else (word.folded,)


def _longest(reading: Reading, index: int, gazetteer: Gazetteer, cased: bool) -> Found | None:
    """The longest name of several words that begins at a word, or None."""
    lexicon = reading.lexicon
    prefixes = list(reading.words[index].heads)
    capital = reading.words[index].capital
    best = None
    for last in range(index + 1, min(index + MAX_WORDS, len(reading.words))):
        gap = reading.gap(last - 1)
        if not gap or len(gap) > 3 or not JOINERS.issuperset(gap) or "\n\n" in gap:
            break
        word = reading.words[last]
        capital = capital or word.capital
        hits: dict[int, Hit] = {}
        longer = []
        for prefix in prefixes:
            for order, base in enumerate(_forms(word, gap, lexicon, cased)):
                key = f"{prefix} {base}"
                how = PLAIN if order == 0 and prefix == reading.words[index].folded else INFLECTED
                rows, more = gazetteer.known(key)
                for row, kind in rows:
                    hits.setdefault(row, Hit(row, kind, how))
                if more and (order == 0 or lexicon.inflected == "all"):
                    longer.append(key)
        if hits and (capital or not cased):
            start, end = reading.tokens[index].start, reading.tokens[last].end
            best = Found(index, last + 1, start, end, list(hits.values()))
        prefixes = longer
        if not prefixes:
            break
    return best
