"""Roles: what part a place plays in its sentence - event, dateline, metonym, actor or background - and why."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .gazetteer import Place
from .matching import CASED, INFLECTED, PLAIN, Found, Reading, Word
from .text import sentence_spans

__all__ = ["Part", "Scene", "parts_of"]

# After a dateline's name: other names, a day, an agency in brackets, then a dash, colon or full stop.
DATELINE = re.compile(
    r"^(?:\s*[/,]\s*[^\W\d_][\w-]*){0,2}\s*"
    r"(?:,\s*(?:[\w.]+\s+)?\d{1,2}\b[^\n]{0,30}?|,?\s*\([^)\n]{2,40}\)|,\s*[^\n,]{3,24}?)?\s*"
    r"(?:[—–:.՝։]|\s-{1,2}\s|-\s)"
)
DATED = re.compile(r"[^\n]{0,40}(?:\d|\()")
BEFORE_DATELINE = re.compile(r"(?:[^\W\d_]+\s*[/,]\s*){0,2}[(«\"—–-]?\s*")
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
WIDE = frozenset({"country", "region", "continent", "area"})
STATES = frozenset({"country"})
AREAS = frozenset({"district", "region", "area", "river", "sea", "ridge", "corridor", "reservoir"})
TOWNS = frozenset({"village", "town", "city", "site", "military", "island"})
STOPS = frozenset(',;:.()«»"“”!?։՝…،؛\n')
NEAR = 3
CLAUSE = frozenset({"conjunctions", "stopwords", "speaking"})
NO_EVENT = "no event in the sentence"


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentences of a text: first and last word of each, which tell of an event, and which of years ago."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    eventful: tuple[bool, ...]
    past: tuple[bool, ...]

    def at(self, word: int) -> int:
        """The index of the sentence that a word is in."""
        return max(0, bisect_right(self.firsts, word) - 1)


@dataclass(frozen=True, slots=True)
class Part:
    """The role that a span plays, with the reason."""

    role: str
    reason: str


def parts_of(
    reading: Reading, spans: Sequence[tuple[Found, Place]], countries: Sequence[str], *, year: int | None
) -> list[Part]:
    """The role of each span, given the place that it most likely means.

    Args:
        reading: the text taken apart.
        spans: found spans in order, each with its likeliest place.
        countries: ISO codes of the countries where the report's war is, so that a capital there can be a scene.
        year: of publication; a sentence with an earlier year tells of the past.
    """
    scene = _scene_of(reading, year)
    parts = [_part(reading, found, place, scene, countries) for found, place in spans]
    scenes = {scene.at(f.first) for (f, p), part in zip(spans, parts, strict=True) if _may_happen_at(p, part)}
    return [
        _inside(
            part,
            found,
            place,
            spans,
            at,
            has_scene=scene.at(found.first) in scenes,
            villages_before=_villages_before(reading, found),
        )
        for at, ((found, place), part) in enumerate(zip(spans, parts, strict=True))
    ]


def _scene_of(reading: Reading, year: int | None) -> Scene:
    starts = [t.start for t in reading.tokens]
    spans = sentence_spans(reading.text)
    firsts = tuple(bisect_left(starts, a) for a, _ in spans)
    lasts = tuple(bisect_left(starts, b) for _, b in spans)
    eventful = tuple(_eventful(reading.words[a:b]) for a, b in zip(firsts, lasts, strict=True))
    past = tuple(year is not None and any(int(y) < year for y in YEAR.findall(reading.text, a, b)) for a, b in spans)
    return Scene(firsts, lasts, eventful, past)


def _eventful(words: Sequence[Word]) -> bool:
    """Whether an event word stands there that is not negated just before ("n'a pas été bombardée")."""
    return any(
        "event" in word.tags and not any("negations" in w.tags for w in words[max(0, at - 3) : at])
        for at, word in enumerate(words)
    )


def _may_happen_at(place: Place, part: Part) -> bool:
    return place.feature in TOWNS and (part.role == "event" or part.reason == NO_EVENT)


def _inside(
    part: Part,
    found: Found,
    place: Place,
    spans: Sequence[tuple[Found, Place]],
    at: int,
    *,
    has_scene: bool,
    villages_before: bool,
) -> Part:
    """An area beside the place where it happened only says where that lies."""
    if part.role != "event" and part.reason != NO_EVENT:
        return part
    if place.feature in AREAS and has_scene and not villages_before:
        return Part("background", "only says where the scene lies")
    if at + 1 < len(spans) and found.noun is None and found.last == spans[at + 1][0].first:
        after = spans[at + 1][1]
        if place.feature in TOWNS and after.feature == "village" and any(h.how == INFLECTED for h in found.hits):
            return Part("background", "only says where the village lies")
    return part


def _villages_before(reading: Reading, found: Found) -> bool:
    """Whether unnamed villages of the area are the scene ("сёла Аскеранского района")."""
    word = reading.word(found.first - 1)
    return word is not None and word.noun in ("village", "town")


def _part(reading: Reading, found: Found, place: Place, scene: Scene, countries: Sequence[str]) -> Part:
    if _is_dateline(reading, found):
        return Part("dateline", "opens the report with its day or agency")
    sentence = scene.at(found.first)
    before = reading.words[scene.firsts[sentence] : found.first]
    after = reading.words[found.last : scene.lasts[sentence]]
    governs = place.feature in WIDE or place.capital
    acting = _acting(reading, found, capital=place.capital) if governs and not _in_locative(reading, found) else None
    if acting:
        return Part("metonym" if place.capital else "actor", acting)
    home = place.country in countries
    if place.capital or place.feature in STATES:
        close = _eventful((*before[-3:], *after[:4]))
        party = _party(reading, found, before, after, home and place.capital and close)
        if party:
            return Part("metonym" if place.capital else "actor", party)
    aside = _aside(reading, before, after)
    if aside:
        return Part("background", aside)
    if scene.past[sentence]:
        return Part("background", "years ago")
    if place.feature in STATES or (place.capital and not home):
        return Part("background", "no one acts here and nothing happens")
    if scene.eventful[sentence]:
        return Part("event", "the sentence tells of an event")
    return Part("background", NO_EVENT)


def _is_dateline(reading: Reading, found: Found) -> bool:
    text = reading.text
    line = text.rfind("\n", 0, found.start) + 1
    if found.start - line > 60 or not BEFORE_DATELINE.fullmatch(text[line : found.start]):
        return False
    rest = text[found.end : found.end + 80]
    cased = reading.lexicon.script in CASED
    upper = all(w.upper for w in reading.words[found.first : found.last]) if cased else found.first == 0
    return bool(DATELINE.match(rest)) and (upper or bool(DATED.match(rest[:40])))


def _acting(reading: Reading, found: Found, *, capital: bool) -> str | None:
    """A state, region or capital in the name of a body, force or leader."""
    words, lexicon = reading.words, reading.lexicon
    if "after" in lexicon.nouns_stand:
        for at in range(found.last, min(found.last + NEAR, len(words))):
            if not STOPS.isdisjoint(reading.gap(at - 1)) or (at > found.last and words[at].capital):
                break
            if "acting" in words[at].tags:
                return f"with '{reading.tokens[at].word}'"
    other = 0
    for at in range(found.first - 1, -1, -1):
        if not STOPS.isdisjoint(reading.gap(at)) or other >= NEAR:
            break
        word = words[at]
        if "acting" in word.tags:
            return f"with '{reading.tokens[at].word}'"
        linking = "linking" in word.tags or "party" in word.tags
        if "prepositions" in word.tags and not linking:
            governs = capital and lexicon.inflected == "none" and at == found.first - 1 and reading.adjacent(at - 1)
            if governs and "acting" in words[at - 1].tags:  # "the ministry in Baku"
                return f"with '{reading.tokens[at - 1].word}'"
            break
        other += 1 if not linking and not word.capital else 0
        if lexicon.lang == "en" and not linking and not word.capital and "articles" not in word.tags:
            break
    return None


def _located(reading: Reading, found: Found, before: Sequence[Word]) -> bool:
    """Whether the name stands as somewhere to be in, go to or come from."""
    lexicon = reading.lexicon
    if lexicon.inflected == "last":
        return _in_locative(reading, found)
    before = [w for w in before[-2:] if "articles" not in w.tags]
    if lexicon.proclitics and reading.tokens[found.first].word[0] in "بل":
        return not any(h.how == PLAIN for h in found.hits)
    return bool(before) and "prepositions" in before[-1].tags and "party" not in before[-1].tags


def _in_locative(reading: Reading, found: Found) -> bool:
    """Whether the name's own ending says "in", "to" or "from"."""
    endings = reading.lexicon.terms["locative"].words
    last = reading.words[found.last - 1].folded
    return not any(h.how == PLAIN for h in found.hits) and any(last.endswith(ending) for ending in endings)


def _subject(reading: Reading, found: Found, before: Sequence[Word]) -> bool:
    """Whether the name stands where a clause begins."""
    at = found.first
    while before and "articles" in before[-1].tags and reading.adjacent(at - 1):
        before, at = before[:-1], at - 1
    if not before:
        return True
    gap = reading.gap(at - 1)
    return not STOPS.isdisjoint(gap) or "–" in gap or "—" in gap or not CLAUSE.isdisjoint(before[-1].tags)


def _party(
    reading: Reading, found: Found, before: Sequence[Word], after: Sequence[Word], may_be_scene: bool
) -> str | None:
    """A capital or country as who governs there: it says, denies, wants; others accuse or mediate for it."""
    lexicon = reading.lexicon
    located = _located(reading, found, before)
    agglutinative = lexicon.inflected == "last"
    far = len(after) if agglutinative else 9 if lexicon.inflected == "all" else 6
    speaking = next((w for w in after[:far] if "speaking" in w.tags), None)
    if speaking is None and (lexicon.inflected == "all" or lexicon.proclitics):
        speaking = next((w for w in before[-4:] if "speaking" in w.tags), None)
    visiting = any("visiting" in w.tags for w in (*before[-4:], *after[:3]))
    at_home = lexicon.inflected == "all" or (agglutinative and any("speaking" in w.tags for w in after[:4]))
    if speaking and (not located or (at_home and not visiting)):
        return f"'{speaking.folded}'"
    upper = all(w.upper for w in reading.words[found.first : found.last])
    if found.last < len(reading.words) and reading.gap(found.last - 1).startswith(":") and not upper:
        return "says what follows the colon"
    linked = bool(before) and "linking" in before[-1].tags  # "sous l'égide de Moscou"
    if any("under" in w.tags for w in before[-3:]) and (linked or not located):
        return "a party is meant, not a place"
    if located or may_be_scene or any("visiting" in w.tags for w in before[-2:]):
        return None
    if lexicon.inflected == "none" and not _subject(reading, found, before):
        return None
    nominative = lexicon.inflected != "all" or not all(h.how == INFLECTED for h in found.hits)
    return "acts by itself in the sentence" if nominative else None


def _aside(reading: Reading, before: Sequence[Word], after: Sequence[Word]) -> str | None:
    if any("quiet" in w.tags for w in (*before[-5:], *after[:6])):
        return "said to be quiet"
    lexicon = reading.lexicon
    near = (*before[-3:], *after[:3]) if "after" in lexicon.nouns_stand and lexicon.lang != "en" else before[-4:]
    for name, reason in (("aside", "on the way or aside"), ("visiting", "a meeting")):
        word = next((w for w in near if name in w.tags), None)
        if word:
            return f"{reason} ('{word.folded}')"
    return None
