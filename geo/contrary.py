"""Contrary statements: what the other side says right behind a claim denies it without a word of denial."""

from __future__ import annotations

from collections.abc import Sequence

from .actors import ActorBook
from .draft import Draft
from .drafts import FIRE, HELD, alike
from .scenes import Scene
from .sentences import Reading
from .speakers import Speaker

__all__ = ["admitted", "claimed_before", "holds_on", "is_contrary", "reject_both", "stated_apart"]

RIGHT_BEHIND = 1  # sentences between a claim and the answer to it
ANSWERED = FIRE | HELD | {"attack_on_civilians", "ground_clash", "aircraft_shot_down", "abduction"}
OTHER_TOPIC = ("no_comment", "noncommittal", "accuses", "admits", "confirms", "signal:plan", "signal:diplomacy")
NEGATIONS = ("signal:negation", "signal:no_subject")
NOBODY_HURT = ("no_victims", "no_dead")


def is_contrary(
    reading: Reading,
    scenes: Sequence[Scene],
    scene: Scene,
    drafts: Sequence[Draft],
    party: str | None,
    book: ActorBook,
) -> bool:
    """Whether a sentence of one side only says that what the other side told did not happen."""
    rivals = [d for d in drafts if d.side and book.party(d.side) != party and d.scene is not scene]
    if _undoes(reading, scene, rivals):
        return True
    if party not in book.belligerents() or any(d.scene is scene for d in drafts):
        return False
    just = [d for d in rivals if d.denial is None and book.fights(d.side) and _is_just_told(d, scene, scenes, book)]
    return _answers_back(reading, scene, [d for d in just if d.event_type in ANSWERED])


def _is_just_told(draft: Draft, scene: Scene, scenes: Sequence[Scene], book: ActorBook) -> bool:
    """Whether nothing but figures stands between a claim and a sentence; those may be another's of the same party."""
    between = scenes[draft.scene.sentence.index + 1 : scene.sentence.index]
    if draft.scene.sentence.index >= scene.sentence.index or len(between) > RIGHT_BEHIND:
        return False
    party = book.party(draft.side)
    return all(s.figures and not s.places and all(book.party(v.side) == party for v in s.speakers) for s in between)


def _undoes(reading: Reading, scene: Scene, rivals: Sequence[Draft]) -> bool:
    """Whether the events that a sentence names are all negated, and the other side told of such."""
    if (
        all(t.weak for t in scene.triggers)
        or not all(t.undone for t in scene.triggers)
        or reading.has("signal:plan", scene.sentence)
    ):
        return False
    silent = reading.has("no_comment", scene.sentence)  # "the ministry had no word on the battles" denies none
    if silent or not reading.has("signal:negation", scene.sentence):
        return False
    return any(alike(d.event_type, t.event_type) for d in rivals for t in scene.triggers)


def _answers_back(reading: Reading, scene: Scene, just: Sequence[Draft]) -> bool:
    """Whether a negation by the other side stands right behind a claim and tells of nothing else."""
    sentence = scene.sentence
    if not just or not reading.vocabulary.knows_silence or any(reading.has(kind, sentence) for kind in OTHER_TOPIC):
        return False
    told = {d.place.place_id for d in just if d.place}
    if scene.figures or any(m.place_id not in told for m in (*scene.places, *scene.asides)):
        return False
    taken = any(d.event_type == "capture" for d in just)
    if taken and scene.triggers and all(t.weak and t.event_type == "capture" for t in scene.triggers):
        return True  # "the heights are ours"
    nobody = [c for kind in NOBODY_HURT for c in reading.in_sentence(kind, sentence)]
    negations = [c for kind in NEGATIONS for c in reading.in_sentence(kind, sentence)]
    return any(not any(n.first <= c.first <= n.last for n in nobody) for c in negations)


def holds_on(draft: Draft, kept: Sequence[Draft], reading: Reading, book: ActorBook) -> Draft | None:
    """The other side's claim to have taken a place that a side answers with "it is ours", or that it has not left."""
    if draft.event_type not in HELD or draft.place is None or not book.fights(draft.side):
        return None
    sentence = draft.scene.sentence
    held = draft.trigger.weak and draft.moment is None
    stays = draft.event_type == "withdrawal" and reading.has("signal:negation", sentence)
    if not (held or stays):
        return None
    for other in reversed(kept):
        near = 0 <= sentence.index - other.scene.sentence.index <= RIGHT_BEHIND
        rival = book.fights(other.side) and book.party(other.side) != book.party(draft.side)
        same = other.place is not None and other.place.place_id == draft.place.place_id
        if near and rival and same and other.event_type == "capture" and other.denial is None:
            return other
    return None


def admitted(draft: Draft, kept: Sequence[Draft], book: ActorBook) -> Draft | None:
    """The other side's claim that an admission without a place of its own only repeats."""
    if draft.place is not None or draft.speaker is None or draft.speaker.mode != "admits":
        return None
    for other in reversed(kept):
        near = 0 <= draft.scene.sentence.index - other.scene.sentence.index <= RIGHT_BEHIND
        rival = other.side is None or (book.fights(other.side) and book.party(other.side) != book.party(draft.side))
        shot = other.event_type == "aircraft_shot_down" and draft.event_type in FIRE  # "admits that it fired"
        if near and rival and other.place is not None and (shot or alike(other.event_type, draft.event_type)):
            return other
    return None


def claimed_before(earlier: Draft, draft: Draft, denier: Speaker, book: ActorBook) -> bool:
    """Whether the sentence right before told the other side's claim of an event of this kind."""
    near = draft.scene.sentence.index - earlier.scene.sentence.index == 1
    rival = book.fights(earlier.side) and book.party(earlier.side) != book.party(denier.side)
    return near and rival and alike(earlier.event_type, draft.event_type)


def stated_apart(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a semicolon or the like stands between two events of one sentence."""
    low, high = sorted(reading.word_at(d.place.start) if d.place else d.trigger.first for d in (draft, other))
    return any(reading.words.breaks[i] == 2 for i in range(low + 1, high + 1))


def reject_both(reading: Reading, scene: Scene, drafts: Sequence[Draft], book: ActorBook) -> None:
    """ "Both sides reject the accusations": each answers the other."""
    for draft in drafts:
        answers = draft.event_type in FIRE and draft.denied_by is None and book.fights(draft.side)
        if answers and draft.scene.sentence.index < scene.sentence.index:
            draft.denied_by = book.speaker_of(book.opponent(book.party(draft.side)))
            draft.denial = reading.span(scene.sentence.first, scene.sentence.last)
