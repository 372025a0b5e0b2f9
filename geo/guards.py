"""Guards: what is written like a place name but names a person, a body, a paper, or is a common word."""

from __future__ import annotations

from collections.abc import Sequence

from .gazetteer import Gazetteer
from .lexicons import Lexicon
from .matching import CASED, PLAIN, Found, Reading, Word
from .names import MAIN

__all__ = ["no_place", "suspicion"]

SHORT = 3
UNION_WORDS = 9
STOPS_NAME = frozenset(",;:.!?()")
LARGE = 1_000_000
ORDINARY = frozenset({"articles", "linking", "common", "acting", "event"})
COMMON = frozenset({"refused", "stopwords", "prepositions"})
WIDE = frozenset({"country", "region", "continent"})


def no_place(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    """Why a found span certainly names no place here, or None."""
    return (
        _common_word(reading, found, gazetteer)
        or _actor(reading, found, gazetteer, _wide(found, gazetteer))
        or _too_short(reading, found, gazetteer)
        or _given_name(reading, found)
        or _in_body(reading, found, gazetteer)
        or _nationality(reading, found, gazetteer)
    )


def suspicion(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    """What the neighbours of a found span make of it: a person or a body; None when nothing speaks against a place."""
    return _person(reading, found, gazetteer, _wide(found, gazetteer)) or _body(reading, found)


def _wide(found: Found, gazetteer: Gazetteer) -> bool:
    return any(gazetteer.at(hit.row).feature in WIDE for hit in found.hits)


def _common_word(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    words = reading.words[found.first : found.last]
    if len(words) == 1:
        word = words[0]
        if not COMMON.isdisjoint(word.tags) or word.noun is not None:
            return "a common word"
        if "common" in word.tags and _opens_sentence(reading, found, gazetteer):
            return "a common word that opens a sentence"
    elif (reading.lexicon.script in CASED and not any(w.capital and COMMON.isdisjoint(w.tags) for w in words)) or all(
        not COMMON.isdisjoint(w.tags) or not ORDINARY.isdisjoint(w.tags) for w in words
    ):
        return "common words"
    return None


def _opens_sentence(reading: Reading, found: Found, gazetteer: Gazetteer) -> bool:
    """Whether only the start of a sentence gives the word its capital, and no cue or "Town, State" speaks for it."""
    if not reading.starts_sentence(found.first) or found.noun is not None:
        return False
    if found.last < len(reading.words) and reading.gap(found.last - 1).startswith(","):
        return False
    return all(gazetteer.at(h.row).rank > 0 and gazetteer.at(h.row).feature != "country" for h in found.hits)


def _given_name(reading: Reading, found: Found) -> str | None:
    """A given name that a surname follows ("Lachin Mammadov", "Володимир Зеленський")."""
    if found.last - found.first > 1 or not reading.adjacent(found.last - 1):
        return None
    word, after = reading.words[found.first], reading.words[found.last]
    if not after.capital or after.noun or "given_names" not in word.tags:
        return None
    known = any(hit.how == PLAIN for hit in after.hits) and not _surname(after.folded, reading.lexicon)
    return None if known else "a person's given name"


def _in_body(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    """Groups, clubs, papers and agreements that are named for a place: "Minsk Group", "club Valdaï"."""
    words = reading.words
    if found.last < len(words) and reading.gap(found.last - 1) in (" ", "\u00a0", "-"):
        after = words[found.last]
        if (
            "veto_after" in after.tags
            and "acting" not in after.tags
            and (after.capital or reading.lexicon.lang != "en")
        ):
            return "part of a body's name"
    if _body_before(reading, found) or _in_union(reading, found, gazetteer):
        return "part of a body's name"
    return None


def _in_union(reading: Reading, found: Found, gazetteer: Gazetteer) -> bool:
    """A continent in the name of an organisation: "Organisation pour la sécurité et la coopération en Europe"."""
    if not all(gazetteer.at(hit.row).feature in ("continent", "area") for hit in found.hits if hit.kind == MAIN):
        return False
    words = reading.words
    if "after" in reading.lexicon.nouns_stand:
        at = found.last
        while at < len(words) and at < found.last + 3 and reading.adjacent(at - 1):
            if "unions" in words[at].tags:
                return True
            at += 1
    at = found.first - 1
    while at >= 0 and at > found.first - UNION_WORDS and not STOPS_NAME.intersection(reading.gap(at)):
        if "unions" in words[at].tags and (words[at].capital or reading.lexicon.script not in CASED):
            return True
        at -= 1
    return False


def _nationality(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    """Arabic adjectives of origin ("السوري") are written like small places elsewhere in the world."""
    lexicon, word = reading.lexicon, reading.words[found.first]
    if not lexicon.origins or found.last - found.first > 1:
        return None
    if not any(word.folded.startswith(a) and word.folded.endswith(b) for a, b in lexicon.origins):
        return None
    near = any(gazetteer.at(h.row).feature == "country" or gazetteer.at(h.row).population > LARGE for h in found.hits)
    return None if near else "an adjective of origin"


def _actor(reading: Reading, found: Found, gazetteer: Gazetteer, wide: bool) -> str | None:
    words = reading.words
    if found.last - found.first == 1 and not wide and not gazetteer.persons.isdisjoint(words[found.first].bases):
        return "an actor's name"
    if wide or all(gazetteer.mask_words.isdisjoint(w.bases) for w in words[found.first : found.last]):
        return None
    masks = gazetteer.masks
    for length in (2, 3, 4):
        for first in range(max(0, found.last - length), found.first + 1):
            group = tuple(w.folded for w in words[first : first + length])
            if group in masks or _inflected_mask(words[first : first + length], masks):
                return "part of an actor's name"
    return None


def _inflected_mask(words: Sequence[Word], masks: frozenset[tuple[str, ...]]) -> bool:
    if len(words) != 2:
        return False
    return any((a, b) in masks for a in words[0].bases for b in words[1].bases)


def _person(reading: Reading, found: Found, gazetteer: Gazetteer, wide: bool) -> str | None:
    """Given names before a surname, surnames after a given name, and names after a title."""
    lexicon, words = reading.lexicon, reading.words
    if lexicon.script not in CASED:
        return _person_without_case(reading, found)
    before = words[found.first - 1] if reading.adjacent(found.first - 1) else None
    after = words[found.last] if found.last < len(words) and reading.adjacent(found.last - 1) else None
    if before and before.capital and "given_names" in before.tags and not before.noun:
        return "after a given name"
    if after and after.capital and not after.noun and _is_person(words[found.first], after, lexicon):
        return "a person's given name"
    titled = before and "titles" in before.tags and lexicon.inflected == "none"
    if titled and not wide and not any(gazetteer.at(h.row).capital for h in found.hits):
        return "after a title"
    return None


def _is_person(word: Word, after: Word, lexicon: Lexicon) -> bool:
    if after.upper and len(after.folded) > 3:
        return False
    return "given_names" in word.tags or _surname(after.folded, lexicon)


def _surname(folded: str, lexicon: Lexicon) -> bool:
    endings = lexicon.terms["surname_endings"].words
    return len(folded) > 5 and any(folded.endswith(ending) for ending in endings)


def _person_without_case(reading: Reading, found: Found) -> str | None:
    if reading.adjacent(found.first - 1) and "given_names" in reading.words[found.first - 1].tags:
        return "after a given name"
    return None


def _body(reading: Reading, found: Found) -> str | None:
    """Bodies, papers and agreements: "Minsk Group", "club Valdaï", "Baku Chronicle"."""
    lexicon, words = reading.lexicon, reading.words
    cased = lexicon.script in CASED
    if found.last < len(words) and reading.gap(found.last - 1) in (" ", "\u00a0", "-"):
        after = words[found.last]
        named = after.capital or not cased or lexicon.lang != "en"
        if named and "body_after" in after.tags and "acting" not in after.tags:
            return "part of a body's name"
    return None


def _body_before(reading: Reading, found: Found) -> bool:
    words, at = reading.words, found.first - 1
    while at >= 0 and found.first - at <= 2 and "linking" in words[at].tags:
        at -= 1
    touching = at >= 0 and not reading.gap(found.first - 1).strip(" «\"“'’\u00a0")
    return touching and "body_before" in words[at].tags


def _too_short(reading: Reading, found: Found, gazetteer: Gazetteer) -> str | None:
    """Names of two or three letters need a cue word, or to be a country or large town by its own name."""
    if found.last - found.first > 1 or found.noun:
        return None
    if len(reading.words[found.first].folded) > SHORT:
        return None
    before = reading.word(found.first - 1)
    introduced = before is not None and not before.tags.isdisjoint(("prepositions", "conjunctions"))
    for hit in found.hits:
        place = gazetteer.at(hit.row)
        if hit.how == PLAIN and place.rank == 0 and introduced:
            return None
        if hit.how == PLAIN and (place.feature == "country" or place.population > 500_000):
            return None
    return "too short to be sure"
