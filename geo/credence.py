"""Credence: how likely it is that a draft tells of an event at its place and time, before it is made a claim.

A logistic model over readable features of how the draft was put together, none of them a word of a language; the
weights are data, written by tools/train_credence.py from texts that the rules had never met.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from .draft import Draft
from .gazetteer import Place
from .sentences import Reading

__all__ = ["MIN_CREDENCE", "credence", "features"]

MIN_CREDENCE = 0.35  # below it a draft is too doubtful to be coded: it is listed with its reason instead
DISTANCES = ((1, "beside"), (3, "near"), (6, "some words off"), (10, "far"))
CUES = ("that", "signal:truce", "signal:likewise", "signal:others", "signal:background")
MANY = 3


def credence(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The probability that place and day are right, from features; 1.0 where there are no weights."""
    if not weights:
        return 1.0
    total = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def features(draft: Draft, drafts: Sequence[Draft], reading: Reading, place: Place | None) -> dict[str, float]:
    """What is known about a draft, as names with values (mostly 1).

    Args:
        draft: one event of the report.
        drafts: all of them.
        reading: the report cut into sentences.
        place: what is known of the draft's place, if it has one.
    """
    names = [*_of_event(draft), *_of_sentence(draft, reading), *_of_time_and_source(draft)]
    if draft.place is None:
        names.append("vague place" if draft.vague else "no place")
    else:
        names += _of_place(draft, reading, place)
    found = dict.fromkeys(names, 1.0)
    found |= {f"{a} & {b}": 1.0 for a, b in _pairs(draft, found)}
    scene = draft.scene
    counts = {
        "events in the report": len(drafts),
        "sentences": len(reading.sentences),
        "places in the sentence": len(scene.places),
        "other places in the sentence": len(scene.asides),
        "event words in the sentence": len(scene.triggers),
    }
    found |= {name: float(min(count, 2 * MANY)) for name, count in counts.items()}
    if draft.place is not None:
        found["confidence of the place"] = draft.place.confidence
    return found


def _of_event(draft: Draft) -> Iterator[str]:
    trigger = draft.trigger
    yield f"type {draft.event_type}"
    if trigger.weak:
        yield "weak event word"
    if draft.inferred:
        yield "no event word"
    if draft.event_type != trigger.event_type:
        yield "type from elsewhere"
    if draft.dead:
        yield "dead"
    if draft.wounded:
        yield "wounded"


def _of_sentence(draft: Draft, reading: Reading) -> Iterator[str]:
    scene = draft.scene
    yield f"sentence {min(scene.sentence.index, MANY)}"
    if scene.fresh:
        yield "fresh sentence"
    if any(trigger.undone for trigger in scene.triggers):
        yield "an undone event beside"
    for kind in CUES:
        if reading.has(kind, scene.sentence):
            yield f"cue {kind.removeprefix('signal:')}"


def _of_time_and_source(draft: Draft) -> Iterator[str]:
    moment, sentence = draft.moment, draft.scene.sentence
    yield f"time {moment.kind}" if moment else "no time"
    if moment and not sentence.first <= moment.first <= sentence.last:
        yield "time from elsewhere"
    yield "no speaker" if draft.speaker is None else "official speaker" if draft.speaker.official else "speaker"
    if draft.claimant is None:
        yield "no claimant"
    if draft.denial:
        yield "denied"


def _of_place(draft: Draft, reading: Reading, place: Place | None) -> Iterator[str]:
    mention, trigger, sentence = draft.place, draft.trigger, draft.scene.sentence
    assert mention is not None, "a draft without a place has no features of one"
    yield f"role {mention.role}"
    if place is not None:
        yield f"feature {place.feature}"
        if place.capital:
            yield "capital"
    if not sentence.start <= mention.start < sentence.end:
        yield "place from elsewhere"
        return
    word = reading.word_at(mention.start)
    yield "place behind" if word > trigger.first else "place before"
    apart = word - trigger.last if word > trigger.last else trigger.first - word
    yield next((name for reach, name in DISTANCES if apart <= reach), "very far")
    if reading.clauses[word] != trigger.clause:
        yield "place in another clause"


def _pairs(draft: Draft, found: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Pairs of features that mean more together: a type with what kind of place, and how far its word stands."""
    kind = f"type {draft.event_type}"
    unplaced = "vague place" if draft.vague else "no place"
    feature = next((name for name in found if name.startswith("feature ")), unplaced)
    distance = next((name for name in (*(name for _, name in DISTANCES), "very far") if name in found), "no distance")
    role = next((name for name in found if name.startswith("role ")), unplaced)
    yield kind, feature
    yield kind, distance
    yield feature, distance
    yield "weak" if draft.trigger.weak else "strong", role
    if draft.trigger.weak:
        yield "weak", distance
