"""Denials: who contradicts which claim of a report, who admits it, and who stands behind what is only retold."""

from __future__ import annotations

from collections.abc import Sequence

from .actors import ActorBook
from .drafts import Draft, Scene
from .sentences import Reading
from .speakers import Speaker

__all__ = ["answer_claims", "attribute"]

ATTACKS = frozenset({"shelling", "missile_strike", "air_strike", "drone_strike", "ceasefire_violation", "casualties"})
HELD = frozenset({"capture", "withdrawal"})


def attribute(
    reading: Reading, scenes: Sequence[Scene], drafts: Sequence[Draft], book: ActorBook, home: str | None
) -> None:
    """Give every draft without a speaker the one whose words its sentence continues or begins."""
    for draft in drafts:
        if draft.speaker is not None or draft.event_type == "ceasefire":
            continue
        denier = next((s for s in draft.scene.speakers if s.mode == "denies"), None)
        if denier is not None and book.fights(denier.side):
            draft.speaker = _accuser(reading, scenes, draft, denier, book)
            draft.denied_by = denier.actor_id
            draft.denial = reading.span(draft.scene.sentence.first, draft.scene.sentence.last)
        else:
            draft.speaker = _around(scenes, draft.scene, drafts) or _acting(draft, book)


def _accuser(
    reading: Reading, scenes: Sequence[Scene], draft: Draft, denier: Speaker, book: ActorBook
) -> Speaker | None:
    """Whose claim a denial retells: named in the sentence or beside it, else the other side's government."""
    party = book.party(denier.side)
    index = draft.scene.sentence.index
    for scene in [s for i in (index, index + 1, index - 1) for s in scenes if s.sentence.index == i]:
        for source in scene.sources:
            if source.actor_id and book.fights(source.side) and book.party(source.side) != party and not source.agent:
                return Speaker(source.first, source.last, source.actor_id, source.side)
    other = book.speaker_of(book.opponent(party))
    return Speaker(denier.first, denier.last, other, book.side(other)) if other else None


def _around(scenes: Sequence[Scene], scene: Scene, drafts: Sequence[Draft]) -> Speaker | None:
    """The speaker of the sentences before, if they told an event, else of the first one after."""
    at = scene.sentence.index
    for draft in reversed([d for d in drafts if d.scene.sentence.index < at]):
        if draft.speaker is not None:
            return draft.speaker if draft.scene.speakers or draft.speaker.known else None
    for later in scenes[at + 1 : at + 3]:
        if any(later.places) and later.triggers and not _only_names_source(later):
            return None
        speaking = [s for s in later.speakers if s.mode != "denies"]
        if speaking:
            return speaking[0] if speaking[0].mode == "says" else None
    return None


def _only_names_source(scene: Scene) -> bool:
    return not scene.places


def _acting(draft: Draft, book: ActorBook) -> Speaker | None:
    """A force named as doing what is told speaks for itself."""
    for source in draft.scene.sources:
        if source.office in ("army", "defence_ministry") and source.actor_id and not source.agent:
            return Speaker(source.first, source.last, source.actor_id, source.side)
    return None


def answer_claims(reading: Reading, scenes: Sequence[Scene], drafts: list[Draft], book: ActorBook) -> None:
    """Attach every denial and admission to the claims of the other side that it answers."""
    for scene in scenes:
        for speaker in scene.speakers:
            if speaker.mode == "denies" and speaker.known:
                _deny(reading, scene, speaker, drafts, book)
            elif speaker.mode == "admits" and speaker.known:
                _admit(scene, speaker, drafts, book)


def _deny(reading: Reading, scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> None:
    own = [d for d in drafts if d.scene is scene and d.denied_by]
    if own:
        return
    party = book.party(speaker.side)
    answered = [d for d in drafts if _answers(d, scene, party, book)]
    if reading.has("latest", scene.sentence) and answered:
        answered = [d for d in answered if d.scene is answered[-1].scene]
    elif reading.has("generic_denial", scene.sentence):
        answered = [d for d in answered if d.event_type in ATTACKS]
    elif reading.has("still_holds", scene.sentence):
        answered = [d for d in answered if d.event_type in HELD] or answered
    named = {m.place_id for m in scene.places}
    if named & {d.place.place_id for d in answered if d.place}:
        answered = [d for d in answered if d.place and d.place.place_id in named]
    for draft in answered:
        draft.denied_by = speaker.actor_id
        draft.denial = reading.span(scene.sentence.first, scene.sentence.last)


def _answers(draft: Draft, scene: Scene, party: str | None, book: ActorBook) -> bool:
    if draft.denied_by or draft.event_type == "ceasefire" or draft.scene.sentence.index > scene.sentence.index:
        return False
    if draft.speaker is None or draft.side is None:
        return draft.scene.sentence.index < scene.sentence.index
    return book.party(draft.side) != party


def _admit(scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> None:
    party = book.party(speaker.side)
    for draft in drafts:
        if (draft.scene is scene and draft.event_type == "withdrawal") or (
            draft.scene.sentence.index < scene.sentence.index and book.party(draft.side) != party
        ):
            draft.confirmed = True
