"""Matching: which spans of a text are written like a known name, before asking whether they name a place here."""

from __future__ import annotations

import re
from typing import final

from mypy_extensions import mypyc_attr

from .folding import fold, split_words
from .gazetteer import Gazetteer
from .lexicons import Lexicon
from .names import ALTERNATE, MAX_WORDS
from .reading import ADJECTIVE, CASED, INFLECTED, PLAIN, SOUND, Chunk, Found, Hit, Hits, Piece, Reading, Word
from .sound import sounds_of
from .sources import VILLAGES
from .tags import CONJUNCTIONS, DIRECTIONS, STOPWORDS

__all__ = ["read_names"]

REMEMBERED = 60_000
MIN_STEM = 3
TOWARD = 20_000  # inhabitants from which a direction is called after a town outside the theatre
COUNTRY_TAILS = ("", "a", "e", "y", "ey", "ia", "ie", "и", "ия", "я", "а")
JOINERS = frozenset(" \u00a0\u202f\t\n-\u2010\u2011\u2013'’‘`ʼ.")
APOSTROPHES = frozenset({"'", "’", "ʼ", "‘"})
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
SEPARATED = frozenset({", ", ". ", " ("})
CLOSING = frozenset(".,;:!?…»”)։՝،؛؟")


@final
@mypyc_attr(acyclic=True)
class Step:
    """What is known of the first words of a name: the rows that they name, and the keys that longer ones begin with."""

    __slots__ = ("hits", "longer")

    def __init__(self, hits: Hits | None, longer: tuple[str, ...]) -> None:
        self.hits = hits
        self.longer = longer


def read_names(text: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Find the longest known names of a text from left to right; none overlap."""
    reading = Reading(text, lexicon, _chunks(text, lexicon, gazetteer))
    words, cased = reading.words, reading.cased
    index, count = 0, len(words)
    toward = _toward_words(words, lexicon)
    while index < count:
        word = words[index]
        found: Found | None = None
        if word.heads and (word.capital or not cased or _leads_to_capital(words, index)):
            found = _longest(reading, index, gazetteer)
        if found is None and word.hits is not None and (word.capital or not cased):
            found = Found(index, index + 1, reading.starts[index], reading.end(index), word.hits)
        if toward and index in toward and (found is None or found.last == index + 1):
            found = _toward(reading, index, gazetteer) or found
        if found is None:
            index += 1
        else:
            if reading.found:
                found.after_comma = text[reading.found[-1].end : found.start] in SEPARATED
            reading.found.append(found)
            index = found.last
    return reading


def _chunks(text: str, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Chunk]:
    """What stands between the spaces of a text, each piece read once and remembered; a word has no space in it."""
    known: dict[str, Chunk] = gazetteer.chunks[lexicon.lang]
    if len(known) > REMEMBERED:
        known.clear()
    chunks = []
    for piece in text.split(" "):
        chunk = known.get(piece)
        if chunk is None:
            chunk = known[piece] = _chunk(piece, lexicon, gazetteer)
        chunks.append(chunk)
    return chunks


def _chunk(piece: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Chunk:
    known: dict[str, Word] = gazetteer.words[lexicon.lang]
    if len(known) > REMEMBERED:
        known.clear()
    parts = _parts(piece)
    pieces, start = [], 0
    for at in range(1, len(parts), 2):
        gap, surface = parts[at - 1], parts[at]
        word = known.get(surface)
        if word is None:
            word = known[surface] = _understand(surface, lexicon, gazetteer)
        start += len(gap)
        pieces.append(Piece(word, surface, gap, start))
        start += len(surface)
    return Chunk(len(piece), pieces, parts[-1])


def _parts(piece: str) -> list[str]:
    """What `split_words` says of it; most are one word, or one before a stop, and need no pattern."""
    if piece.isalpha():
        return ["", piece, ""]
    body = piece[:-1]
    if body.isalpha() and piece[-1] in CLOSING:
        return ["", body, piece[-1]]
    return split_words(piece)


def _toward_words(words: list[Word], lexicon: Lexicon) -> set[int]:
    """Words that may name a direction as adjectives: before the word for it, and those listed with that one."""
    found: set[int] = set()
    for at in range(1, len(words)):
        if not words[at].tags & DIRECTIONS:
            continue
        before = at - 1
        while before >= 0:
            listed = words[before].tags & CONJUNCTIONS
            if not listed and before < at - 1 and not lexicon.adjective_bases(words[before].folded):
                break
            if not listed:
                found.add(before)
            before -= 1
    return found


def _toward(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """The town in "на купянском направлении": an adjective in small letters before a word for direction."""
    found, _ = _hits(reading.lexicon.adjective_bases(reading.words[index].folded), gazetteer)
    hits = [
        Hit(h.row, h.kind, ADJECTIVE)
        for h in found
        if gazetteer.index.columns["rank"][h.row] == 0 or gazetteer.index.columns["people"][h.row] >= TOWARD
    ]
    if not hits:
        return None
    return Found(index, index + 1, reading.starts[index], reading.end(index), Hits(hits), "direction")


def _leads_to_capital(words: list[Word], index: int) -> bool:
    """Whether a word in small letters may begin a name: a generic noun soon before one ("lac Sevan", "la Défense")."""
    soon = 4 if words[index].noun else 2
    for at in range(index + 1, min(index + soon, len(words))):  # noqa: SIM110 - a loop, not any(): asked for many words
        if words[at].capital:
            return True
    return False


def _understand(surface: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Word:
    folded = fold(surface)
    capital = surface[0].isupper()
    noun = lexicon.noun_kind(folded)
    tags = lexicon.tags(folded)
    lowered = surface.lower()
    if lowered in lexicon.stopwords or lowered in lexicon.spelled:
        tags |= STOPWORDS
    cased = lexicon.script in CASED
    bases, heads, hits = [folded], [], list[Hit]()
    if len(folded) < 2 or folded.isdigit() or (cased and not capital and noun is None):
        heads = [folded] if gazetteer.index.begins(folded) else []
    else:
        bases = lexicon.bases(folded)
        if noun is None and lexicon.proclitics:
            noun = next((kind for base in bases if (kind := lexicon.noun_kind(base))), None)
        if capital or not cased:
            hits, heads = _hits(bases, gazetteer)
            hits += _less_plainly(surface, bases, hits, lexicon, gazetteer, may_sound=not tags and noun is None)
        else:
            heads = [b for b in bases if gazetteer.index.begins(b)]
    year = None if folded.isalpha() else YEAR.search(surface)
    return Word(
        folded,
        capital=capital,
        upper=surface.isupper(),
        noun=noun,
        bases=bases,
        heads=heads,
        hits=hits,
        tags=tags,
        year=int(year.group()) if year else 0,
    )


def _less_plainly(
    surface: str, bases: list[str], hits: list[Hit], lexicon: Lexicon, gazetteer: Gazetteer, *, may_sound: bool
) -> list[Hit]:
    """Further rows that a word may name: as an adjective, and by its sound where nothing else is found."""
    more: list[Hit] = []
    if surface[0].isupper() and lexicon.adjectives and not any(h.how == PLAIN for h in hits):
        found, _ = _hits(lexicon.adjective_bases(bases[0]), gazetteer)
        more = [Hit(h.row, h.kind, ADJECTIVE) for h in found]
    if not more and may_sound and gazetteer.theatre is not None and _are_listed(hits, gazetteer):
        cased = lexicon.script in CASED
        spoken = {key for form in ([surface] if cased else bases) for key in sounds_of(form, lexicon.lang)}
        more = [Hit(row, ALTERNATE, SOUND) for key in spoken for row in gazetteer.sounding(key)]
        if hits:
            more = [hit for hit in more if gazetteer.index.columns["rank"][hit.row] == 0]
        if more and _of_a_country(bases[0], gazetteer):
            more = []
    return more


def _are_listed(hits: list[Hit], gazetteer: Gazetteer) -> bool:
    """Whether nothing but villages from the lists of all has a name as it is written: they leave the theatre's own
    place that sounds the same ("Əlibəyli" for its "Alıbəyli") a choice."""
    ranks = gazetteer.index.columns["rank"]
    return all([ranks[hit.row] == VILLAGES for hit in hits])


def _of_a_country(folded: str, gazetteer: Gazetteer) -> bool:
    """Whether a word is made from a country's name ("Syrian", "Turkish", "сирийский"): such a word names no town."""
    stems = {folded[:-cut] + tail for cut in range(1, 5) for tail in COUNTRY_TAILS if len(folded) - cut >= MIN_STEM}
    return any(gazetteer.at(row).feature == "country" for stem in stems for row, _ in gazetteer.index.find(stem))


def _hits(bases: list[str], gazetteer: Gazetteer) -> tuple[list[Hit], list[str]]:
    """Rows under any of the forms, and the forms that longer names begin with.

    The form as written comes first and wins for a row that has both.
    """
    best: dict[int, Hit] = {}
    heads = []
    for order, base in enumerate(bases):
        rows, begins = gazetteer.index.known(base)
        if begins:
            heads.append(base)
        if order and len(base) < MIN_STEM:
            continue
        for row, kind in rows:
            if row not in best:
                best[row] = Hit(row, kind, PLAIN if order == 0 else INFLECTED)
    return list(best.values()), heads


def _forms(word: Word, gap: str, lexicon: Lexicon, cased: bool) -> tuple[str, ...]:
    """The forms under which a later word of a name is looked up; after an apostrophe it is the same word going on.

    Where names change their endings only at their end, so does a last word in small letters ("Քարին տակի").
    """
    if word.capital or word.noun or not cased:
        return word.bases
    inflected = lexicon.inflected == "last" or gap in APOSTROPHES
    return tuple(lexicon.bases(word.folded)) if inflected else (word.folded,)


def _longest(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """The longest name of several words that begins at a word, or None."""
    steps: dict[str, Step] = gazetteer.steps[reading.lexicon.lang]
    if len(steps) > REMEMBERED:
        steps.clear()
    words, start = reading.words, reading.starts[index]
    prefixes, capital = words[index].heads, words[index].capital
    if reading.lexicon.inflected == "last" and words[index].folded not in prefixes:
        return None  # "Gəncədə on nəfər": only a name's last word has an ending
    best: Found | None = None
    for last in range(index + 1, min(index + MAX_WORDS, len(words))):
        capital = capital or words[last].capital
        end = reading.end(last)
        written = reading.text[start:end]
        step = steps.get(written)
        if step is None:
            gap = reading.gaps[last]
            if not gap or len(gap) > 3 or not JOINERS.issuperset(gap) or "\n\n" in gap:
                break
            step = steps[written] = _step(reading, index, last, prefixes, gazetteer)
        if step.hits is not None and (capital or not reading.cased):
            best = Found(index, last + 1, start, end, step.hits)
        prefixes = step.longer
        if not prefixes:
            break
    return best


def _step(reading: Reading, index: int, last: int, prefixes: tuple[str, ...], gazetteer: Gazetteer) -> Step:
    lexicon, word = reading.lexicon, reading.words[last]
    hits: dict[int, Hit] = {}
    longer = []
    for prefix in prefixes:
        for order, base in enumerate(_forms(word, reading.gaps[last], lexicon, reading.cased)):
            key = f"{prefix} {base}"
            how = PLAIN if order == 0 and prefix == reading.words[index].folded else INFLECTED
            rows, more = gazetteer.known(key)
            for row, kind in rows:
                hits.setdefault(row, Hit(row, kind, how))
            if more and (order == 0 or lexicon.inflected == "all"):
                longer.append(key)
    return Step(Hits(hits.values()) if hits else None, tuple(longer))
