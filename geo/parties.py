"""Parties: names that stand for who speaks, is spoken of or is spoken to, by the words around them."""

from __future__ import annotations

import re

from mypy_extensions import i64

from .reading import Found, Reading, Word
from .tags import (
    ACTING,
    ARTICLES,
    ASIDE,
    CONJUNCTIONS,
    EVENT,
    LINKING,
    NEGATIONS,
    PREPOSITIONS,
    QUIET,
    SPEAKING,
    STOPWORDS,
    TERRITORY,
    TITLES,
    UNDER,
    VISITING,
)

__all__ = [
    "according",
    "agrees_with_verb",
    "any_of",
    "behind_verb",
    "ends_road",
    "has_own_dash",
    "heads_clause",
    "in_locative",
    "is_goal",
    "is_land",
    "is_object",
    "is_verb",
    "joined_capital",
    "lacks_verb",
    "opens_clause",
    "owns",
    "owns_district",
    "seat_of_speaker",
    "stops",
    "takes_verb_over",
    "they_say",
    "town_speaks",
    "villages_before",
]

STOPS = frozenset(',;:.()«»"“”!?։՝…،؛\n')
CLAUSE = CONJUNCTIONS | STOPWORDS | SPEAKING
REACH = 6  # words from a town to the verb that it speaks with
DASHES = frozenset({"-", "–", "—", " – ", " — ", " - "})
ROAD = 2  # words between two names and the road between them
AND = "\u0648"  # Arabic, one word with the next
OBJECT = 5  # words between a verb of saying and whom it is said to or of


def any_of(words: list[Word], first: i64, last: i64, tags: i64) -> bool:
    """Whether a word from `first` to before `last` has one of these tags."""
    size: i64 = len(words)
    at: i64 = first if first > 0 else 0
    end: i64 = last if last < size else size
    while at < end:  # native numbers and no any(): it is asked for all spans
        if words[at].tags & tags:
            return True
        at += 1
    return False


def stops(gap: str) -> bool:
    return gap != " " and not STOPS.isdisjoint(gap)


def takes_verb_over(reading: Reading, found: Found, first: int) -> bool:
    """Whether a name opens a clause and a preposition follows at once: the verb is that of the clause before."""
    opens = found.first > first and "," in reading.gaps[found.first]
    after = reading.word(found.last)
    return opens and after is not None and bool(after.tags & PREPOSITIONS and after.tags & LINKING)


def agrees_with_verb(reading: Reading, found: Found, first: int) -> bool:
    """Whether the word right before a name is formed like a verb that the name is the subject of, where verbs come
    first; a verb of war or of the way tells what happened there instead."""
    pattern, at = reading.lexicon.agreeing, found.first - 1
    if not pattern or at < first or not reading.adjacent(at):
        return False
    word = reading.words[at]
    told = word.tags & (EVENT | ASIDE | QUIET | VISITING | PREPOSITIONS)
    return not told and word.noun is None and re.search(pattern, word.folded) is not None


def joined_capital(reading: Reading, roles: tuple[str, str], before: Found, found: Found) -> bool:
    """Whether "and" and a second capital or country stand right behind one that acts: "وقّعت موسكو وكييف"."""
    first, place = before.best, found.best
    if not reading.lexicon.proclitics or roles[0] not in ("metonym", "actor") or first is None or place is None:
        return False
    if place.capital != first.capital or roles[1] != "background":
        return False
    if not all(p.capital or p.feature == "country" for p in (first, place)):
        return False
    joined = found.first == before.last and reading.surfaces[found.first][0] == AND and not found.hits.plain
    again = found.first == before.last + 1 and reading.words[before.last].tags & NEGATIONS
    return joined or bool(again)


def is_object(reading: Reading, found: Found, first: int) -> bool:
    """Whether a verb of saying has the name as its object: no event and no other clause stands between."""
    words = reading.words
    for at in range(found.first - 1, max(first, found.first - OBJECT) - 1, -1):
        if stops(reading.gaps[at + 1]) or words[at].tags & EVENT:
            return False
        if words[at].tags & (SPEAKING | UNDER):
            return True
    return False


def seat_of_speaker(reading: Reading, found: Found, first: int, last: int) -> str | None:
    """A town that only tells where who speaks is from: "affirment les autorités de X", "officials in X said"."""
    words = reading.words
    at = found.first - 2
    if reading.lexicon.inflected == "all" and at >= first and words[at + 1].tags & PREPOSITIONS:
        capital = found.best is not None and found.best.capital
        seated = capital and bool(words[at].tags & ACTING) and reading.adjacent(at) and reading.adjacent(at + 1)
        return "where a body sits" if seated else None  # "в посольстве в Париже"
    linked = at >= first and words[at + 1].tags & (LINKING | PREPOSITIONS) and reading.gaps[found.first] == " "
    if reading.lexicon.inflected != "none" or not linked or not words[at].tags & (ACTING | TITLES):
        return None
    if any_of(words, max(first, at - 3), at, SPEAKING) or any_of(
        words, found.last, min(last, found.last + 2), SPEAKING
    ):
        return "where who speaks is from"
    return None


def according(words: list[Word], name: int, first: int) -> bool:
    """Whether a verb of saying and its preposition stand right before a name: "according to Baku"."""
    at = name - 2
    return at >= first and bool(words[at].tags & UNDER and words[at].tags & SPEAKING)


def behind_verb(reading: Reading, found: Found, first: int) -> bool:
    """Whether a verb in the plural, whose subject the name cannot be, stands right before it."""
    word = reading.word(found.first - 1)
    if word is None or found.first <= first or reading.gaps[found.first] != " " or word.capital or len(word.folded) < 5:
        return False
    return not word.tags & SPEAKING and word.folded.endswith(reading.lexicon.impersonal_endings)


def they_say(reading: Reading, found: Found, first: int, last: int) -> bool:
    """Whether a verb of saying goes with where somebody is, and nobody else is named between: "Բաքվում պնդում են"."""
    words = reading.words
    for at in range(found.last, min(found.last + 4, last)):
        if words[at].tags & SPEAKING:
            return True
        if words[at].capital or words[at].tags & ACTING:
            return False
    ends = found.last >= last or stops(reading.gaps[found.last])
    return ends and any_of(words, max(first, found.first - 2), found.first, SPEAKING)


def town_speaks(reading: Reading, found: Found, first: int, last: int) -> bool:
    """Whether a town is who says or keeps silent: it opens a clause in which nothing happens ("Степанакерт молчит")."""
    words, lexicon = reading.words, reading.lexicon
    if lexicon.inflected != "all" or found.noun is not None:
        return False
    said = words[found.first - 2] if found.first - 2 >= first and words[found.first - 1].tags & PREPOSITIONS else None
    if said is not None and (found.last >= last or stops(reading.gaps[found.last])):  # "…», отрезали в Степанакерте."
        told = bool(said.tags & SPEAKING) and said.folded.endswith(lexicon.impersonal_endings)
        return told and reading.adjacent(found.first - 2)
    if found.hits.inflected:
        return False
    if found.first > first and not stops(reading.gaps[found.first]):
        return False
    for at in range(found.last, min(found.last + REACH, last)):
        word = words[at]
        if stops(reading.gaps[at]) or word.tags & EVENT or word.capital:
            return False
        if word.tags & SPEAKING:
            return not word.folded.endswith(lexicon.impersonal_endings)
    return False


def owns_district(reading: Reading, area: Found, found: Found) -> bool:
    """Whether a name right behind a district is what that lies in ("в Ордубадском районе Нахчывана")."""
    behind = found.first - 1
    if reading.lexicon.inflected != "all":
        return False  # where only the end of a name changes, what lies somewhere stands behind: "X-ի շրջանի Y"
    beside = behind in (area.last - 1, area.last) and reading.adjacent(behind) and found.noun is None
    district = area.best is not None and area.best.feature == "district"
    return beside and district and reading.words[behind].noun == "district" and found.hits.inflected


def in_locative(reading: Reading, found: Found) -> bool:
    """Whether the name's own ending says "in", "to" or "from"."""
    endings = reading.lexicon.locative_endings
    return bool(endings) and not found.hits.plain and reading.words[found.last - 1].folded.endswith(endings)


def is_goal(reading: Reading, found: Found) -> bool:
    """Whether the name's own ending says "to"."""
    endings = reading.lexicon.goal_endings
    return bool(endings) and not found.hits.plain and reading.words[found.last - 1].folded.endswith(endings)


def is_land(reading: Reading, found: Found) -> bool:
    """ "Ermənistan ərazisindən", "с территории Армении": nobody acts, something lies there or comes from there."""
    if "before" in reading.lexicon.nouns_stand and reading.lexicon.inflected == "all":
        before = reading.word(found.first - 1)
        if before is not None and before.tags & TERRITORY and reading.adjacent(found.first - 1):
            return True
    after = reading.word(found.last)
    return after is not None and bool(after.tags & TERRITORY) and reading.adjacent(found.last - 1)


def owns(reading: Reading, found: Found) -> bool:
    """Whether the name's own ending says whose something is: "Երևանի հյուրանոցը", "Bakının küçələri"."""
    endings = reading.lexicon.genitive_endings
    return bool(endings) and not found.hits.plain and reading.words[found.last - 1].folded.endswith(endings)


def villages_before(reading: Reading, found: Found) -> bool:
    """Whether unnamed villages of the area are the scene ("сёла Аскеранского района")."""
    word = reading.word(found.first - 1)
    return word is not None and word.noun in ("village", "town")


def opens_clause(reading: Reading, found: Found, first: int) -> bool:
    """Whether the name stands where a clause begins."""
    at, words = found.first, reading.words
    while at > first and words[at - 1].tags & ARTICLES and reading.adjacent(at - 1):
        at -= 1
    if at <= first:
        return True
    gap = reading.gaps[at]
    return stops(gap) or "–" in gap or "—" in gap or bool(words[at - 1].tags & CLAUSE)


def ends_road(reading: Reading, spans: list[Found], at: int) -> bool:
    """Whether two names with a dash between are the ends of a road: "the X–Y highway", "the road X–Y"."""
    for first in (at - 1, at):
        if first < 0 or first + 1 >= len(spans):
            continue
        one, other = spans[first], spans[first + 1]
        if one.last != other.first or reading.gaps[other.first] not in DASHES:
            continue
        for word in (one.first - 1, *range(other.last, other.last + ROAD)):
            near = reading.word(word)
            if near is not None and near.noun == "corridor":
                return True
    return False


def lacks_verb(reading: Reading, found: Found, first: int) -> bool:
    """Whether a preposition follows a name at once: what it is in, under or without is said, not what it does."""
    after = reading.word(found.last)
    behind = after is not None and reading.gaps[found.last] == " " and bool(after.tags & PREPOSITIONS)
    return behind and opens_clause(reading, found, first)


def has_own_dash(reading: Reading, found: Found) -> bool:
    """Whether a name opens a clause and a dash follows: "…, Львівщина — одна загибла"."""
    if found.first == 0 or found.last >= len(reading.words) or not stops(reading.gaps[found.first]):
        return False
    return any(dash in reading.gaps[found.last] for dash in "—–")


def is_verb(reading: Reading, word: Word) -> bool:
    """Whether a word has the ending of a verb without a subject ("Уражено", "Збили")."""
    endings = reading.lexicon.impersonal_endings
    return reading.lexicon.inflected == "all" and bool(endings) and word.folded.endswith(endings)


def heads_clause(reading: Reading, found: Found, first: int, last: int) -> bool:
    """Whether a name opens a clause, and no dash that stands for "is" parts it from what is told of it."""
    behind = reading.gaps[found.last] if found.last < last else ""
    dash = "—" in behind or "–" in behind
    verb = any_of(reading.words, first, found.first, SPEAKING)  # "Баку говорит об X, Ереван — об Y"
    before = reading.word(found.first - 1) if found.first > first else None
    joined = before is not None and reading.adjacent(found.first - 1) and not before.tags & (CONJUNCTIONS | SPEAKING)
    return opens_clause(reading, found, first) and not joined and (verb or not dash)  # not "у границы с Мали"
