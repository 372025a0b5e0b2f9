"""Recognition: how likely a span that is written like a known name does name a place here.

A logistic model over readable features of the span and its neighbours; the weights are data, written by
tools/train_recognition.py. Words of a text enter only through the lexicons, so nothing is learnt by heart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from .evidence import Scored
from .matching import ADJECTIVE, CASED, INFLECTED, PLAIN, SOUND, Found, Reading, Word
from .names import ALTERNATE, BARE, SHORT

__all__ = ["features", "likelihood", "people_in"]

HOW: Mapping[int, str] = {PLAIN: "plain", INFLECTED: "inflected", ADJECTIVE: "adjective", SOUND: "sound"}
KIND: Mapping[int, str] = {ALTERNATE: "alternate", BARE: "bare", SHORT: "abbreviation"}
CLASS: Mapping[str, str] = {
    **dict.fromkeys(("village", "town", "city"), "town"),
    **dict.fromkeys(("area", "continent", "sea", "ocean", "river", "ridge", "reservoir", "island"), "feature"),
}
FREE = frozenset({"stopwords", "prepositions", "conjunctions", "articles", "negations"})
OPENING = frozenset('«“"„‘')
LATIN_IN_OTHER = frozenset({"Cyrillic", "Armenian", "Arabic"})


def likelihood(weights: Mapping[str, float], names: Mapping[str, float]) -> float:
    """Probability that a span with these features names a place."""
    total = weights.get("bias", 0.0)
    for name, value in names.items():
        total += weights.get(name, 0.0) * value
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def people_in(reading: Reading) -> frozenset[str]:
    """Folded words that a text uses as a surname: after a given name, an initial or a title."""
    if reading.lexicon.script not in CASED:
        return frozenset()
    people: set[str] = set()
    for at in range(len(reading.words) - 1):
        word, after = reading.words[at], reading.words[at + 1]
        if not (word.capital and after.capital) or "common" in after.tags:
            continue
        initial = len(word.folded) == 1 and reading.gap(at) in (". ", " ", ".")
        named = "given_names" in word.tags or ("titles" in word.tags and reading.lexicon.inflected == "none")
        if initial or (named and reading.gap(at) in (" ", ". ", "\u00a0")):
            people.update(after.bases)
    return frozenset(people)


def features(reading: Reading, found: Found, best: Scored, people: frozenset[str]) -> dict[str, float]:
    """What is known about a span, as feature names with values (mostly 1)."""
    words = reading.words
    first, last = words[found.first], words[found.last - 1]
    before, after = reading.word(found.first - 1), reading.word(found.last)
    names = dict.fromkeys(_of_place(found, best), 1.0)
    names.update(dict.fromkeys(_of_words(reading, found, first, people), 1.0))
    names.update(dict.fromkeys(_of_neighbours(reading, found, before, after, last), 1.0))
    names["people"] = math.log10(best.place.population + 1) / 7
    return names


def _of_place(found: Found, best: Scored) -> Iterator[str]:
    place = best.place
    kind = CLASS.get(place.feature, place.feature)
    yield f"rank {place.rank}"
    yield kind
    if place.rank > 0:
        yield f"world {kind}"
    if place.capital:
        yield "capital"
    if best.kind in KIND:
        yield KIND[best.kind]
    if best.how != PLAIN:
        yield HOW[best.how]
        if place.rank == 2:
            yield f"town {HOW[best.how]}"
    if len(found.hits) > 8:
        yield "many twins"


def _of_words(reading: Reading, found: Found, first: Word, people: frozenset[str]) -> Iterator[str]:
    text, lexicon = reading.text, reading.lexicon
    single = found.last - found.first == 1
    if not single:
        yield "several words"
        return
    common = "common" in first.tags or first.noun is not None
    starts = reading.starts_sentence(found.first)
    if common:
        yield "common"
        if starts:
            yield "common, starts sentence"
    if starts:
        yield "starts sentence"
    if "surnames" in first.tags:
        yield "surname"
    if "given_names" in first.tags:
        yield "given name"
    if not people.isdisjoint(first.bases):
        yield "person in the text"
    if first.upper and len(first.folded) > 1:
        yield "upper"
    length = len(first.folded)
    if length <= 5:
        yield f"letters {max(2, length)}"
    if lexicon.script in LATIN_IN_OTHER and text[found.start].isascii():
        yield "latin in another script"
    if lexicon.script not in CASED:
        yield "uncased"


def _of_neighbours(
    reading: Reading, found: Found, before: Word | None, after: Word | None, last: Word
) -> Iterator[str]:
    common = "common" in last.tags
    gap_before = reading.gap(found.first - 1) if before else ""
    gap_after = reading.gap(found.last - 1) if after else ""
    if found.noun:
        yield f"noun {found.noun_side}"
        yield f"noun {found.noun}"
    if found.after_comma:
        yield "after a place and comma"
    if before and "prepositions" in before.tags and gap_before.strip("'’ \u00a0") == "":
        yield "preposition, common" if common else "preposition"
    if before and "acting" in before.tags:
        yield "acting before"
    if after and "acting" in after.tags:
        yield "acting after"
    if gap_before[-1:] in OPENING:
        yield "quoted"
    if gap_after.startswith((", ", "،")):
        yield "comma after"
    if after and gap_after in ("'", "’") and after.folded == "s":
        yield "possessive"
    if after and gap_after == " " and not after.capital and not {"person_verbs", "speaking"}.isdisjoint(after.tags):
        yield "says"
    if reading.lexicon.script in CASED:
        yield from _of_capitals(reading, found, before, after, gap_before, gap_after)


def _of_capitals(
    reading: Reading, found: Found, before: Word | None, after: Word | None, gap_before: str, gap_after: str
) -> Iterator[str]:
    """Capital letters beside the span: names of persons and bodies have several words."""
    if before and before.capital and gap_before in (" ", "\u00a0", "-", ". "):
        if len(before.folded) == 1:
            yield "initial before"
        elif gap_before == "-":
            yield "hyphen before"
        elif gap_before != ". " and FREE.isdisjoint(before.tags):
            yield "capital before, start" if reading.starts_sentence(found.first - 1) else "capital before"
            if "given_names" in before.tags:
                yield "given name before"
            if "titles" in before.tags:
                yield "title before"
    if after and after.capital and gap_after in (" ", "\u00a0", "-"):
        if gap_after == "-":
            yield "hyphen after"
        elif FREE.isdisjoint(after.tags):
            yield "capital noun after" if "common" in after.tags or after.noun else "capital after"
            if "body_after" in after.tags:
                yield "body after"
