"""Strangers: denials and admissions by somebody whom the theatre does not list."""

from __future__ import annotations

from collections.abc import Sequence

from .actors import ActorBook
from .draft import Draft
from .drafts import FIRE, HELD
from .scenes import Scene
from .sentences import Reading
from .speakers import Speaker

__all__ = ["bear_out", "concede", "contradict", "is_boast"]

AHEAD = 3  # sentences in which a denial still answers what was told
ANSWERED = FIRE | HELD | {"attack_on_civilians", "ground_clash", "aircraft_shot_down", "abduction"}


def contradict(reading: Reading, scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> None:
    """A denial by somebody whom the theatre does not list: it answers what was told before."""
    wide = reading.has("generic_denial", scene.sentence)
    kinds = HELD if speaker.mode == "holds" else FIRE if wide else ANSWERED
    alone = len(book.belligerents()) < 2  # a theatre that lists one party only: who denies is the other
    listed = {book.party(i.side) for i in scene.informants if i.side and not (i.faint or i.agent)}
    nearest = max((d.scene.sentence.index for d in drafts if d.scene.sentence.index < scene.sentence.index), default=0)
    beside = [d for d in drafts if d.scene is scene and d.speaker != speaker and d.trigger.last < speaker.first]
    for draft in beside or drafts:
        gap = scene.sentence.index - draft.scene.sentence.index
        before = 0 < gap <= AHEAD or (gap == 0 and draft.speaker != speaker and draft.trigger.last < speaker.first)
        rival = alone and book.party(draft.side) not in listed and (wide or draft.scene.sentence.index >= nearest)
        answers = (draft.claimant is None or rival) and draft.denial is None
        if answers and before and draft.event_type in kinds:
            draft.denial = reading.span(scene.sentence.first, scene.sentence.last)


def concede(scene: Scene, drafts: Sequence[Draft]) -> None:
    """What somebody whom the theatre does not list admits: the sentence's own events, else those told just before."""
    own = [d for d in drafts if d.scene is scene]
    before = [d for d in drafts if d.claimant is None and scene.sentence.index - d.scene.sentence.index == 1]
    places = {m.place_id for m in scene.places}
    for draft in own or [d for d in before if not places or (d.place and d.place.place_id in places)]:
        draft.confirmed = draft.confirmed or draft.event_type in HELD


def is_boast(draft: Draft) -> bool:
    """Whether somebody whom the theatre does not list says who took a place: "rebels said that they now held X"."""
    return draft.event_type == "capture" and draft.speaker is not None and not draft.speaker.known


def bear_out(reading: Reading, scene: Scene, drafts: Sequence[Draft]) -> None:
    """What nobody disputes, or who is no party confirms: the events of the sentence before."""
    if not reading.has("undisputed", scene.sentence) and not _is_borne_out(reading, scene):
        return
    for draft in drafts:
        if scene.sentence.index - draft.scene.sentence.index == 1 and draft.denial is None:
            draft.confirmed = True


def _is_borne_out(reading: Reading, scene: Scene) -> bool:
    """Whether somebody who is no party confirms what was told before, in a sentence without an event of its own."""
    stranger = any(s.mode == "admits" and not s.known for s in scene.speakers)
    return stranger and not scene.names_speaker and reading.has("confirms", scene.sentence) and not scene.places
