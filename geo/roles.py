"""Roles: what part a place plays in its sentence - event, dateline, metonym, actor or background - and why."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .gazetteer import Place
from .matching import Found, Reading, Word
from .text import sentence_spans

__all__ = ["Scene", "role_of", "scene_of"]

HEAD = 200
# After a dateline's name: other names, a day, an agency in brackets, then a dash, colon or full stop.
DATELINE = re.compile(
    r"^(?:\s*[/,]\s*[^\W\d_][\w-]*){0,2}\s*"
    r"(?:,\s*(?:[\w.]+\s+)?\d{1,2}\b[^\n]{0,30}?|,?\s*\([^)\n]{2,40}\)|,\s*[^\n,]{3,24}?)?\s*"
    r"(?:[—–:.՝։]|\s-{1,2}\s|-\s)"
)
DATED = re.compile(r"[^\n]{0,40}(?:\d|\()")
BEFORE_DATELINE = re.compile(r"(?:[^\W\d_]+\s*[/,]\s*){0,2}[(«\"—–-]?\s*")
WIDE = frozenset({"country", "region", "continent"})
STOPS = frozenset(',;:.()«»"“”')
NEAR = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentences of a text: first and last word of each, and which tell of an event."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    eventful: tuple[bool, ...]

    def at(self, word: int) -> int:
        """The index of the sentence that a word is in."""
        return max(0, bisect_right(self.firsts, word) - 1)


def scene_of(reading: Reading) -> Scene:
    """Cut a text into sentences by its words."""
    starts = [t.start for t in reading.tokens]
    spans = sentence_spans(reading.text)
    firsts = tuple(bisect_left(starts, a) for a, _ in spans)
    lasts = tuple(bisect_left(starts, b) for _, b in spans)
    words = reading.words
    eventful = tuple(any("event" in w.tags for w in words[a:b]) for a, b in zip(firsts, lasts, strict=True))
    return Scene(firsts, lasts, eventful)


def role_of(reading: Reading, found: Found, place: Place, scene: Scene) -> tuple[str, str]:
    """The role of a found span that most likely means `place`, with the reason."""
    if _is_dateline(reading, found):
        return "dateline", "opens the report with its day or agency"
    sentence = scene.at(found.first)
    before = reading.words[scene.firsts[sentence] : found.first]
    after = reading.words[found.last : scene.lasts[sentence]]
    wide = place.feature in WIDE
    acting = _acting(reading, found) if wide else None
    if acting:
        return "actor", acting
    if place.capital or place.feature == "country":
        spoken = _speaking(reading, before, after)
        if spoken:
            return ("metonym" if place.capital else "actor"), spoken
    reason = _aside(before, after)
    if reason:
        return "background", reason
    if place.feature == "country" or (place.capital and place.country not in _fought_over(reading)):
        return "background", "no one acts here and nothing happens"
    if scene.eventful[sentence]:
        return "event", "the sentence tells of an event"
    return "background", "no event in the sentence"


def _fought_over(reading: Reading) -> frozenset[str]:
    return frozenset()


def _is_dateline(reading: Reading, found: Found) -> bool:
    text = reading.text
    line = text.rfind("\n", 0, found.start) + 1
    if found.start - line > 60 or not BEFORE_DATELINE.fullmatch(text[line : found.start]):
        return False
    rest = text[found.end : found.end + 80]
    upper = all(w.upper for w in reading.words[found.first : found.last])
    return bool(DATELINE.match(rest)) and (upper or bool(DATED.match(rest[:40])))


def _acting(reading: Reading, found: Found) -> str | None:
    """A state or region in the name of a body, force or leader."""
    words, lexicon = reading.words, reading.lexicon
    if "after" in lexicon.nouns_stand:
        for at in range(found.last, min(found.last + NEAR, len(words))):
            if not STOPS.isdisjoint(reading.gap(at - 1)):
                break
            if "acting" in words[at].tags:
                return f"with '{reading.tokens[at].word}'"
    other = 0
    for at in range(found.first - 1, -1, -1):
        if not STOPS.isdisjoint(reading.gap(at)) or other >= NEAR:
            break
        if "acting" in words[at].tags:
            return f"with '{reading.tokens[at].word}'"
        if "prepositions" in words[at].tags and "linking" not in words[at].tags:
            break
        other += "linking" not in words[at].tags
    return None


def _speaking(reading: Reading, before: Sequence[Word], after: Sequence[Word]) -> str | None:
    """A capital or country that says, denies, urges, agrees: its government is meant."""
    lexicon = reading.lexicon
    if any("visiting" in w.tags for w in (*before[-4:], *after[:3])):
        return None
    located = bool(before) and "prepositions" in before[-1].tags and "articles" not in before[-1].tags
    far = len(after) if "after" in lexicon.nouns_stand and lexicon.inflected != "none" else 6
    speaking = next((w for w in after[:far] if "speaking" in w.tags), None)
    if speaking and not (located and lexicon.inflected == "none"):
        return f"'{speaking.folded}'"
    if any("under" in w.tags for w in before[-3:]):
        return "a party is meant, not a place"
    return None


def _aside(before: Sequence[Word], after: Sequence[Word]) -> str | None:
    if any("quiet" in w.tags for w in (*before, *after)):
        return "said to be quiet"
    if before and "negations" in before[0].tags:
        return "said not to have happened"
    near = (*before[-5:], *after[:4])
    for name, reason in (("aside", "on the way or aside"), ("visiting", "a meeting")):
        word = next((w for w in near if name in w.tags), None)
        if word:
            return f"{reason} ('{word.folded}')"
    return None
