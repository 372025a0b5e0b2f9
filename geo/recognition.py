"""Recognition: how likely a span that is written like a known name does name a place here.

A logistic model over readable features of the span and its neighbours; the weights are data, written by
tools/train_recognition.py. Words of a text enter only through the lexicons, so nothing is learnt by heart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from .evidence import Options, Scored
from .names import ALTERNATE, BARE, SHORT
from .reading import ADJECTIVE, INFLECTED, PLAIN, SOUND, Found, Reading, Word
from .tags import (
    ACTING,
    ARTICLES,
    BODY_AFTER,
    COMMON,
    CONJUNCTIONS,
    EVENT,
    GIVEN_NAMES,
    NEGATIONS,
    PERSON_VERBS,
    PREPOSITIONS,
    SPEAKING,
    STOPWORDS,
    SURNAMES,
    TITLES,
)

__all__ = ["features", "likelihood", "marks_of", "people_in", "prepare"]

HOW: Mapping[int, str] = {PLAIN: "plain", INFLECTED: "inflected", ADJECTIVE: "adjective", SOUND: "sound"}
KIND: Mapping[int, str] = {ALTERNATE: "alternate", BARE: "bare", SHORT: "abbreviation"}
CLASS: Mapping[str, str] = {
    **dict.fromkeys(("village", "town", "city"), "town"),
    **dict.fromkeys(("area", "continent", "sea", "ocean", "river", "ridge", "reservoir", "island"), "feature"),
}
FREE = STOPWORDS | PREPOSITIONS | CONJUNCTIONS | ARTICLES | NEGATIONS
OPENING = '«“"„‘'
CLOSING = frozenset('»”"“’')
SPEECH = frozenset(".՝")
LATIN_IN_OTHER = frozenset({"Cyrillic", "Armenian", "Arabic"})
LETTERS = ["letters 2", "letters 3", "letters 4", "letters 5"]
NOUN_SIDES = {"after": "noun after", "before": "noun before", "": "noun "}
NOUN_KINDS = {kind: f"noun {kind}" for kind in ("village", "town", "district", "region", "river", "direction")}
MANY = 8
TOWN_RANK = 2  # from which rank of sources on there are only towns, and villages
PEOPLE = 7.0
INITIAL_GAPS = (". ", " ", ".")
NAME_GAPS = (" ", ". ", "\u00a0")


def likelihood(weights: dict[str, float], options: Options, marks: list[str]) -> float:
    """Probability that a span with these features names a place; what it may mean is `prepare`d."""
    total = options.weight
    for mark in marks:
        total += weights.get(mark, 0.0)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def prepare(weights: dict[str, float], options: Options, hits: int) -> None:
    """Weigh once what does not depend on the neighbours: the bias and the likeliest place."""
    best = options.scored[0]
    options.marks = _of_place(best, hits)
    total = weights.get("bias", 0.0) + weights.get("people", 0.0) * _size(best)
    for mark in options.marks:
        total += weights.get(mark, 0.0)
    options.weight = total


def features(options: Options, marks: list[str]) -> dict[str, float]:
    """All features of a span as names with values, as the training reads them."""
    return {**dict.fromkeys([*options.marks, *marks], 1.0), "people": _size(options.scored[0])}


def _size(best: Scored) -> float:
    """The inhabitants of a place as a feature: 0 for none, 1 for ten million."""
    return math.log10(best.place.population + 1) / PEOPLE


def people_in(reading: Reading) -> frozenset[str]:
    """Folded words that a text uses as a surname: after a given name, an initial or a title."""
    if not reading.cased:
        return frozenset()
    people: set[str] = set()
    words, gaps = reading.words, reading.gaps
    uninflected = reading.lexicon.inflected == "none"
    for at in range(len(words) - 1):
        word = words[at]
        if not word.capital:
            continue
        after = words[at + 1]
        if not after.capital or after.tags & COMMON:
            continue
        if len(word.folded) == 1:
            named = gaps[at + 1] in INITIAL_GAPS and not (word.tags & FREE and gaps[at + 1] == " ")  # "В Гасангае …"
        else:
            named = bool(word.tags & GIVEN_NAMES or (word.tags & TITLES and uninflected)) and gaps[at + 1] in NAME_GAPS
        if named:
            people.update(after.bases)
    return frozenset(people)


def _of_place(best: Scored, hits: int) -> list[str]:
    """The features of what a span may mean."""
    place = best.place
    kind = CLASS.get(place.feature, place.feature)
    marks = [f"rank {min(place.rank, TOWN_RANK)}", kind]
    if place.rank > 0:
        marks.append(f"world {kind}")
    if place.capital:
        marks.append("capital")
    if best.kind in KIND:
        marks.append(KIND[best.kind])
    if best.how != PLAIN:
        marks.append(HOW[best.how])
        if place.rank >= TOWN_RANK:
            marks.append(f"town {HOW[best.how]}")
    if hits > MANY:
        marks.append("many twins")
    return marks


def marks_of(reading: Reading, found: Found, people: frozenset[str]) -> list[str]:
    """The features of a span's words and neighbours."""
    marks: list[str] = []
    words = reading.words
    first, last = words[found.first], words[found.last - 1]
    before = words[found.first - 1] if found.first > 0 else None
    after = words[found.last] if found.last < len(words) else None
    _of_words(reading, found, first, people, marks)
    _of_neighbours(reading, found, before, after, last, marks)
    return marks


def _of_words(reading: Reading, found: Found, first: Word, people: frozenset[str], marks: list[str]) -> None:
    if found.last - found.first > 1:
        marks.append("several words")
        return
    starts = reading.starts_sentence(found.first)
    if first.tags & COMMON or first.noun is not None:
        marks.append("common")
        if starts:
            marks.append("common, starts sentence")
    if starts:
        marks.append("starts sentence")
    if first.tags & SURNAMES:
        marks.append("surname")
    if first.tags & GIVEN_NAMES:
        marks.append("given name")
    if people and not people.isdisjoint(first.bases):
        marks.append("person in the text")
    if first.upper and len(first.folded) > 1:
        marks.append("upper")
    length = len(first.folded)
    if length <= 5:
        marks.append(LETTERS[max(2, length) - 2])
    if reading.lexicon.script in LATIN_IN_OTHER and reading.text[found.start].isascii():
        marks.append("latin in another script")
    if not reading.cased:
        marks.append("uncased")


def _of_neighbours(
    reading: Reading, found: Found, before: Word | None, after: Word | None, last: Word, marks: list[str]
) -> None:
    gap_before = reading.gaps[found.first] if before else ""
    gap_after = reading.gaps[found.last] if after else ""
    if found.noun:
        marks.append(NOUN_SIDES[found.noun_side])
        marks.append(NOUN_KINDS.get(found.noun) or f"noun {found.noun}")
    if found.after_comma:
        marks.append("after a place and comma")
    if before:
        led = before.tags & PREPOSITIONS and (gap_before == " " or not gap_before.strip("'’ \u00a0"))
        if led or _led_by_attribute(reading, found, before, gap_before):
            marks.append("preposition, common" if last.tags & COMMON else "preposition")
        if before.tags & ACTING:
            marks.append("acting before")
        if gap_before and gap_before[-1] in OPENING and not _is_speech(gap_before, gap_after):
            marks.append("quoted")
    if after:
        if after.tags & ACTING:
            marks.append("acting after")
        if gap_after == " ":
            if not after.capital and after.tags & (PERSON_VERBS | SPEAKING) and not _suffers(reading.words, found):
                marks.append("says")
        elif gap_after.startswith((", ", "،")):
            marks.append("comma after")
        elif gap_after in ("'", "’") and after.folded == "s":
            marks.append("possessive")
    if reading.cased:
        if before and before.capital:
            _of_capital_before(reading, found, before, gap_before, marks)
        if after and after.capital:
            _of_capital_after(after, gap_after, marks)


def _is_speech(gap_before: str, gap_after: str) -> bool:
    """Whether speech begins with a name: behind a colon, or behind the stop that is one, where the name goes on."""
    if ":" in gap_before:
        return True
    return not SPEECH.isdisjoint(gap_before) and CLOSING.isdisjoint(gap_after)


def _led_by_attribute(reading: Reading, found: Found, before: Word, gap: str) -> bool:
    """Whether an adjective stands between a preposition and the name: "у румунській Тулчі"."""
    at, endings = found.first - 2, reading.lexicon.attribute_endings
    if not endings or at < 0 or gap != " " or before.capital or reading.gaps[found.first - 1] != " ":
        return False
    return bool(reading.words[at].tags & PREPOSITIONS) and before.folded.endswith(endings)


def _suffers(words: list[Word], found: Found) -> bool:
    """Whether an event's word follows the verb behind a theatre's own place ("X was shelled"): no person's verb."""
    at = found.last + 1
    return found.best is not None and found.best.rank == 0 and at < len(words) and bool(words[at].tags & EVENT)


def _of_capital_before(reading: Reading, found: Found, before: Word, gap: str, marks: list[str]) -> None:
    """A capital letter before the span: names of persons and bodies have several words."""
    if gap not in (" ", "\u00a0", "-", ". "):
        return
    if len(before.folded) == 1 and not (gap == " " and before.tags & FREE):
        marks.append("initial before")
    elif gap == "-":
        marks.append("hyphen before")
    elif gap != ". " and not before.tags & FREE:
        marks.append("capital before, start" if reading.starts_sentence(found.first - 1) else "capital before")
        if before.tags & GIVEN_NAMES:
            marks.append("given name before")
        if before.tags & TITLES:
            marks.append("title before")


def _of_capital_after(after: Word, gap: str, marks: list[str]) -> None:
    if gap not in (" ", "\u00a0", "-"):
        return
    if gap == "-":
        marks.append("hyphen after")
    elif not after.tags & FREE:
        marks.append("capital noun after" if after.tags & COMMON or after.noun else "capital after")
        if after.tags & BODY_AFTER:
            marks.append("body after")
