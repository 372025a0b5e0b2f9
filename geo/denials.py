"""Denials: who stands behind a claim, who contradicts it and who admits it, from sentence to sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .actors import ActorBook
from .contrary import admitted, claimed_before, holds_on, is_contrary, reject_both, stated_apart
from .draft import Draft
from .drafts import FIRE, HELD, alike
from .lists import opens_list
from .locating import contains
from .losses import deny_captures, keeps_named, mark, not_lost, taken_at, the_town
from .mentions import Mention
from .mutual import refuse_each_other
from .scenes import Scene, is_origin
from .sentences import Reading
from .sourced import (
    closing_voice,
    excused,
    first_voice,
    introduces,
    names_source,
    office_behind,
    only_adds,
    opening_voice,
    quoted_on,
    refuted_voice,
    signature,
)
from .speakers import Speaker
from .strangers import bear_out, concede, contradict
from .topics import spoken_of

__all__ = ["answer_claims", "attribute"]

AHEAD = 3  # sentences in which the source of what was told is still looked for
SUFFERED = frozenset({"casualties", "prisoner_exchange"})  # what is done to soldiers rather than by them


def attribute(
    reading: Reading, scenes: Sequence[Scene], drafts: Sequence[Draft], book: ActorBook, sides: Mapping[str, str]
) -> list[Draft]:
    """Give every draft its speaker; a denial that only repeats an earlier claim becomes that claim's denial."""
    kept: list[Draft] = []
    signed = signature(reading, scenes) if scenes else None
    unlost: list[tuple[Draft, Speaker]] = []
    for draft in drafts:
        if (teller := excused(draft, book)) is not None:
            draft.speaker, draft.confirmed = teller, True
        denier = next((s for s in draft.scene.speakers if s.mode == "denies" and s.known), None)
        if (keeper := not_lost(draft)) is not None:
            unlost.append((draft, keeper))
        elif draft.speaker is not None and (rival := holds_on(draft, kept, reading, book)) is not None:
            mark(rival, draft.speaker, draft.scene, reading)
        elif (owned := admitted(draft, kept, book)) is not None:
            owned.confirmed = True
        elif draft.event_type == "ceasefire" or (draft.speaker is not None and draft.speaker.known):
            draft.speaker = _better_named(reading, scenes, draft, book) or draft.speaker
            kept.append(draft)
        elif denier is not None and draft.event_type == "ground_clash" and taken_at(draft, kept, denier, book):
            for claim in taken_at(draft, kept, denier, book):
                mark(claim, denier, draft.scene, reading)
            draft.speaker = replace(denier, mode="says")  # "it is not taken, there is fighting"
            kept.append(draft)
        elif denier is not None and (book.fights(denier.side) or _denies_a_party(reading, draft, denier, book)):
            if reading.has("rumour", draft.scene.sentence):
                continue  # what only rumour tells and those concerned deny
            told = [d for d in kept if _same_event(d, draft) and book.party(d.side) != book.party(denier.side)]
            answer = draft.trigger.weak and any(claimed_before(d, draft, denier, book) for d in kept)
            if not told and answer:
                continue  # "X is on none of our fire maps": the claim told before is meant
            if not told:
                draft.speaker, draft.retold = _accuser(scenes, draft, denier, book), True
                kept.append(draft)
            for answered in told or [draft]:
                mark(answered, denier, draft.scene, reading)
        else:
            stranger = draft.speaker or office_behind(scenes, draft.scene, reading)
            found = _around(reading, scenes, draft, kept)
            own = found is not None and _is_own_fire(draft, found, book, sides)
            own = own and not any(names_source(reading, s) for s in scenes[draft.scene.sentence.index + 1 :][:1])
            draft.speaker = (None if own else found) or stranger or signed or _acting(draft, book, reading)
            kept.append(draft)
    deny_captures(unlost, kept, reading, book)
    return _told_once(kept, book)


def _better_named(reading: Reading, scenes: Sequence[Scene], draft: Draft, book: ActorBook) -> Speaker | None:
    """ "The enemy accuses us …. The prosecutor's office wrote so": who of the enemy it is."""
    vague, index = draft.speaker, draft.scene.sentence.index + 1
    if vague is None or index >= len(scenes) or not names_source(reading, scenes[index]):
        return None
    if vague.words is None or not reading.within("enemy", *vague.words):
        return None
    voice = first_voice(scenes[index])
    return voice if voice is not None and book.party(voice.side) == book.party(vague.side) else None


def _denies_a_party(reading: Reading, draft: Draft, denier: Speaker, book: ActorBook) -> bool:
    """Whether a third country rejects what a party accuses it of, in one sentence: "Ankara denies Armenia's claim"."""
    if draft.scene.speakers != (denier,) or not reading.has("accusation", draft.scene.sentence):
        return False
    return any(book.fights(i.side) and i.actor_id != denier.actor_id for i in draft.scene.informants)


def _told_once(drafts: list[Draft], book: ActorBook) -> list[Draft]:
    """A claim that stands behind its denial is the one that the denial only retold."""
    kept: list[Draft] = []
    for draft in drafts:
        retold = next((d for d in kept if d.retold and _same_event(d, draft)), None)
        party = book.party(draft.side)
        if retold is not None and draft.denial is None and party == book.party(retold.side):
            draft.denied_by, draft.denial = retold.denied_by, retold.denial
            kept.remove(retold)
        kept.append(draft)
    return kept


def _is_own_fire(draft: Draft, speaker: Speaker, book: ActorBook, sides: Mapping[str, str]) -> bool:
    """Whether somebody speaks for the party that fired on a place: another sentence's words are not its source then."""
    held = sides.get(draft.place.place_id or "") if draft.place else None
    if held is None or draft.event_type not in FIRE or not book.fights(held):
        return False
    return book.party(speaker.side) == book.opponent(book.party(held))


def _same_event(a: Draft, b: Draft) -> bool:
    if a.place is None or b.place is None or a.place.place_id != b.place.place_id:
        return False
    return alike(a.event_type, b.event_type) or {a.event_type, b.event_type} <= HELD


def _accuser(scenes: Sequence[Scene], draft: Draft, denier: Speaker, book: ActorBook) -> Speaker | None:
    """Whose claim a denial retells: named in the sentence or beside it, else the other side's government."""
    party = book.party(denier.side)
    index = draft.scene.sentence.index
    near = [scenes[i] for i in (index, index + 1, index - 1) if 0 <= i < len(scenes)]
    found = [
        i
        for scene in near
        for i in sorted(scene.informants, key=lambda i: not i.retold)
        if i.actor_id and book.fights(i.side) and book.party(i.side) != party and not i.agent
    ]
    if found:
        first = found[0]
        return Speaker(first.first, first.last, first.actor_id, first.side, words=(first.first, first.last))
    other = book.speaker_of(book.opponent(party))
    return Speaker(denier.first, denier.last, other, book.side(other)) if other else None


def _around(reading: Reading, scenes: Sequence[Scene], draft: Draft, drafts: Sequence[Draft]) -> Speaker | None:
    """Who is named as the source in a sentence of its own, else who told the event before, else who speaks next."""
    at = draft.scene.sentence.index
    if (same := quoted_on(reading, scenes, at)) is not None:
        return same
    following = scenes[at + 1 : at + 1 + AHEAD]
    if draft.scene.speakers and not any(s.known for s in draft.scene.speakers):
        following = following[:1]  # a stranger is quoted; only an official word right behind counts more
    if following and (refuted := refuted_voice(reading, following[0])) is not None:
        return refuted
    if following and names_source(reading, following[0]):
        return first_voice(following[0])
    if draft.scene.speakers:
        return None
    if at > 0 and not draft.scene.fresh and (introduces(scenes[at - 1]) or opens_list(scenes[at - 1], draft, reading)):
        return first_voice(scenes[at - 1])
    before = [d for d in drafts if d.scene.sentence.index < at and d.speaker is not None and d.speaker.known]
    goes_on = bool(before) and not draft.scene.fresh and before[-1].scene.sentence.index >= at - AHEAD
    if goes_on and alike(before[-1].event_type, draft.event_type):
        denier = next((s for s in before[-1].scene.speakers if s.mode == "denies" and s.known), None)
        return denier if before[-1].denial and denier else before[-1].speaker
    voice = _spoken_after(following, draft, reading) or _spoken_before(before, draft)
    return voice or opening_voice(reading, scenes, at) or closing_voice(reading, scenes[at + 1 :])


def _spoken_after(following: Sequence[Scene], draft: Draft, reading: Reading) -> Speaker | None:
    for nth, later in enumerate(following):
        if reading.has("adds", later.sentence) and (voice := first_voice(later)):
            return voice  # who adds something has told the rest
        denied = bool(later.triggers) and all(t.undone for t in later.triggers)
        if later.total or later.fresh or denied:
            return None
        if (refuted := refuted_voice(reading, later)) is not None:
            return refuted
        if later.figures and not later.triggers and draft.event_type in FIRE:
            behind = following[nth + 1 : nth + 2]
            told = bool(behind) and not later.speakers and reading.has("said", behind[0].sentence)
            named = told and names_source(reading, behind[0])
            if voice := first_voice(behind[0] if named else later):
                return voice
            continue
        others = not later.triggers and reading.has("signal:others", later.sentence)
        if others and (voice := first_voice(later)):
            return voice  # "another was found at Y, says Z"
        if later.names_place or any(not t.undone and not only_adds(t, later, reading) for t in later.triggers):
            if not later.triggers and not _scenes_of(later, reading) and (voice := first_voice(later)):
                return voice  # "they said that it had come from X"
            if not any(alike(t.event_type, draft.event_type) for t in later.triggers):
                return None
            if later.speakers:
                return first_voice(later)
            continue  # one more of a series whose source may stand behind its last
        if voice := first_voice(later):
            return voice
    return None


def _scenes_of(scene: Scene, reading: Reading) -> list[Mention]:
    return [m for m in scene.places if not is_origin(m, reading)]


def _spoken_before(before: Sequence[Draft], draft: Draft) -> Speaker | None:
    """Who told of something else in the sentence right before: a communiqué goes on without naming itself again."""
    last = before[-1] if before else None
    if last is None or draft.scene.fresh or last.denial or last.scene.sentence.index < draft.scene.sentence.index - 1:
        return None
    return last.speaker


def _acting(draft: Draft, book: ActorBook, reading: Reading) -> Speaker | None:
    """A force named as doing what is told speaks for itself, but not where the other side's media tell of its fire."""
    if draft.event_type == "prisoner_exchange":
        return None  # both sides do it
    enemy = book.opponent(book.party(reading.vocabulary.home_side))
    for who in draft.scene.informants:
        if draft.event_type in FIRE and enemy is not None and book.party(who.side) == enemy:
            continue
        if not _is_subject(who.first, draft, reading):
            continue
        if reading.within("enemy", who.first, who.last):
            continue  # who calls an army the enemy is not that army
        if who.office in ("army", "defence_ministry") and who.actor_id and not who.agent:
            return Speaker(who.first, who.last, who.actor_id, who.side, words=(who.first, who.last))
    return None


def _is_subject(first: int, draft: Draft, reading: Reading) -> bool:
    """Whether a force may be who does what is told: "soldiers were exchanged", "fell to the … army" do not say so."""
    if not reading.vocabulary.has("subject_first"):
        return True
    return draft.event_type not in SUFFERED and first < draft.trigger.first


def answer_claims(
    reading: Reading, scenes: Sequence[Scene], drafts: Sequence[Draft], book: ActorBook, home: str | None
) -> None:
    """Attach every denial and admission to the claims of the other side that it answers."""
    for scene in scenes:
        bear_out(reading, scene, drafts)
        if not scene.triggers and refuse_each_other(reading, scene):
            reject_both(reading, scene, drafts, book)
        for speaker in scene.speakers:
            if speaker.known and speaker.mode in ("denies", "holds"):
                _deny(reading, scene, speaker, drafts, book)
            elif speaker.known and speaker.mode == "admits":
                _admit(scene, speaker, drafts, book)
            elif speaker.known and is_contrary(reading, scenes, scene, drafts, book.party(speaker.side), book):
                _deny(reading, scene, speaker, drafts, book)
            elif speaker.mode in ("denies", "holds") and (
                scene.names_speaker or any(reading.has(kind, scene.sentence) for kind in ("pronoun", "foreign"))
            ):
                contradict(reading, scene, speaker, drafts, book)
            elif speaker.mode == "admits" and scene.names_speaker:
                concede(scene, drafts)
    left = {d.place.place_id for d in drafts if d.event_type == "withdrawal" and d.place and d.denial is None}
    for draft in drafts:
        _speak_for_home(scenes, draft, book, home)
        if draft.event_type == "capture" and draft.place and draft.place.place_id in left:
            draft.confirmed = True  # the other side says that it has left


def _deny(reading: Reading, scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> None:
    if any(d.scene is scene and d.denied_by for d in drafts):
        return
    if scene.places and any(d.denial == reading.span(scene.sentence.first, scene.sentence.last) for d in drafts):
        return  # it has answered the claim of the place that it names
    if keeps_named(scene, speaker, drafts, reading, book):
        return
    if speaker.retorts and any(d.scene is scene and d.speaker == speaker for d in drafts):
        return  # an accusation is countered with another
    party = book.party(speaker.side)
    answered = [d for d in drafts if _answers(d, scene, party, book)]
    sentence = scene.sentence
    if speaker.mode == "holds" or reading.has("still_holds", sentence):
        held = [d for d in answered if d.event_type in HELD]
        answered = held if speaker.mode == "holds" else held or answered
    elif reading.has("generic_denial", sentence) or reading.has("authorship", sentence):
        answered = [d for d in answered if d.event_type in FIRE] or answered
    kinds = {t.event_type for t in scene.triggers}
    named = [d for d in answered if any(alike(d.event_type, kind) for kind in kinds)]
    answered = named or answered
    if reading.has("latest", sentence) and answered:
        answered = [d for d in answered if d.scene is answered[-1].scene]
        answered = [d for d in answered if not stated_apart(d, answered[-1], reading)]
    if reading.has("first_of_list", sentence):
        answered = answered[:1]
    answered = answered[-1:] if reading.has("last_of_list", sentence) else answered
    answered = the_town(answered) if reading.has("town", sentence) else answered
    places = {m.place_id for m in scene.places}
    if places & {d.place.place_id for d in answered if d.place}:
        answered = [d for d in answered if d.place and d.place.place_id in places]
    elif places and answered and all(d.event_type in HELD and d.place for d in answered):
        areas = [m for m in scene.places if any(contains(m, d.place) for d in answered if d.place)]
        answered = answered if areas or len(answered) == 1 else []  # another town is spoken of
    else:
        told = [d for d in drafts if d.denial == reading.span(sentence.first, sentence.last)]
        meant = spoken_of([*told, *answered], scene, reading)
        answered = [d for d in answered if d in meant]
    for draft in answered:
        mark(draft, speaker, scene, reading)


def _answers(draft: Draft, scene: Scene, party: str | None, book: ActorBook) -> bool:
    if draft.denied_by or draft.event_type == "ceasefire" or draft.scene.sentence.index > scene.sentence.index:
        return False
    if draft.side is None:
        stranger = draft.speaker is not None and not draft.speaker.known  # "rebels announced …; Damascus denies it"
        return draft.scene.sentence.index < scene.sentence.index or stranger
    return book.party(draft.side) != party


def _admit(scene: Scene, speaker: Speaker, drafts: Sequence[Draft], book: ActorBook) -> None:
    party = book.party(speaker.side)
    own = [d for d in drafts if d.scene is scene and d.speaker == speaker]
    places = {m.place_id for m in (*scene.places, *scene.asides)} | {d.place.place_id for d in own if d.place}
    if scene.names_place and not own and not places & {d.place.place_id for d in drafts if d.place}:
        return  # something else is admitted
    for draft in drafts:
        earlier = draft.scene.sentence.index < scene.sentence.index and book.party(draft.side) != party
        named = not (own or places) or (draft.place is not None and draft.place.place_id in places)
        if draft in own or (earlier and named):
            draft.confirmed = True


def _speak_for_home(scenes: Sequence[Scene], draft: Draft, book: ActorBook, home: str | None) -> None:
    """What a side's own media tell as a fact and the other side denies is that side's claim."""
    if draft.claimant is None and draft.denied_by and home and draft.speaker is None:
        if book.party(book.side(draft.denied_by)) != book.opponent(book.party(home)):
            return
        voices = [v for s in scenes[draft.scene.sentence.index :] if (v := first_voice(s)) and v.side == home]
        if voices:
            draft.speaker = voices[0]
            return
        ministry = book.holder_of("defence_ministry", home)
        draft.speaker = Speaker(draft.trigger.first, draft.trigger.last, ministry, home)
