"""Drafts: events of a report put together from places, triggers, dates and speakers, sentence by sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .actors import ActorBook
from .behind import breaks_truce, located_behind, named_behind, only_named, settle_behind, sums_losses, without_doubles
from .carried import (
    FIRE,
    HELD,
    State,
    alike,
    behind_colon,
    carried_weapon,
    fought_for,
    goes_on_there,
    here_or_vague,
    is_own,
    just_taken,
    just_told,
    opening_place,
    that_place,
    those,
)
from .draft import Draft
from .elsewhere import (
    clauses_apart,
    in_general,
    in_own_words,
    is_debris,
    is_elsewhere,
    is_hospital,
    is_refuted,
    is_short,
    is_spared,
    led_to,
    only_beside,
    tells_of_dead,
    truce_holds,
    unreal,
)
from .lists import in_lists, is_listing, read_out, recruited, without_areas
from .locating import contains
from .mentions import Mention
from .moments import Moment
from .mutual import party_denies
from .scenes import Scene, is_origin
from .seen import see_place
from .sentences import Reading
from .tellers import speaker_for
from .timing import dates_later, interval_of, moment_for
from .triggers import Trigger

__all__ = ["FIRE", "HELD", "alike", "drafts_in"]

DAY = dt.timedelta(days=1)
PLACELESS = frozenset({"ceasefire", "ceasefire_violation", "prisoner_exchange"})
UNDER_TRUCE = frozenset({"shelling", "ground_clash", "drone_strike", "air_strike"})
WIDEST_CAPTURE = 3  # UCDP's precision up to which a place can be taken in a word


def drafts_in(
    reading: Reading, scenes: Sequence[Scene], mentions: Sequence[Mention], book: ActorBook, *, published: dt.date
) -> list[Draft]:
    """Put the events of a report together; sources, figures and denials of other sentences are attached later."""
    drafts: list[Draft] = []
    fire = [t for s in scenes for t in s.triggers if t.event_type in FIRE and not (t.weak and t.undone)]
    usual = next((replace(t, undone=False) for t in sorted(fire, key=lambda t: (t.weak, t.undone))), None)
    lines = [m for m in mentions if m.role == "dateline"]
    state = State(published, published, book, usual, dateline=lines[0] if len(lines) == 1 else None)
    for scene in scenes:
        if scene.past or scene.total:
            continue
        see_place(scene, mentions, state, reading)
        state.truce = state.truce or truce_holds(reading, scene)
        if state.last is not None and located_behind(reading, scene, state.last):
            continue
        new = list(_of_scene(reading, scene, state, drafts, book))
        state.truce = state.truce or any(d.event_type in ("ceasefire", "ceasefire_violation") for d in new)
        if len(new) > 1 and all(is_listing(d.trigger, reading) for d in new):
            drafts = list(without_areas(drafts, new))
        if state.last is not None and not new and (kind := named_behind(reading, scene, state.last)):
            state.last.event_type = kind
        drafts += new
        fired = [t for t in scene.triggers if t.event_type in FIRE and not t.undone]
        state.told = None if new else fired[0] if fired else state.told
        state.named = () if scene.triggers or scene.speakers else scene.places
        if new:
            state.last = new[-1]
        elif state.last is not None:
            settle_behind(reading, scene, mentions, [d for d in drafts if d.scene is state.last.scene])
        explicit = [m for m in scene.moments if m.kind in ("day", "night") and m.prec <= 2]
        if explicit and state.first_day is None:
            state.first_day = explicit[0].end
        if explicit and (new or not state.day_known):
            state.day, state.day_known = explicit[-1].end if explicit[-1].kind == "night" else explicit[-1].start, True
    return list(without_doubles(drafts))


def _of_scene(
    reading: Reading, scene: Scene, state: State, drafts: Sequence[Draft], book: ActorBook
) -> Iterator[Draft]:
    happened = [t for t in scene.triggers if not t.undone]
    downed = state.last is not None and state.last.event_type == "aircraft_shot_down"
    if downed and reading.has("signal:debris", scene.sentence) and all(t.event_type in FIRE for t in happened):
        return  # "its debris came down in the fields of X"
    placed = [(p, t) for p in scene.places if (t := _trigger_for(p, scene, state, reading)) and not t.undone]
    listed = state.gains or (state.last is not None and state.last.event_type == "capture")
    if not listed and not any(s.known and book.fights(s.side) for s in scene.speakers):
        placed = [(p, t) for p, t in placed if not is_listing(t, reading)]  # a list alone captures nothing
    placed = [(p, t) for p, t in placed if not is_elsewhere(p, t, placed, reading) and not led_to(p, t, reading)]
    placed = [(p, t) for p, t in placed if not is_spared(p, t, scene, reading) and not only_beside(p, t, reading)]
    placed = [(p, t) for p, t in placed if not is_debris(p, t, reading) and not is_hospital(p, t, reading)]
    placed = [(p, t) for p, t in placed if not in_general(t, scene, reading)]
    if state.last is not None and not reading.vocabulary.has("verb_last"):
        placed = [(p, t) for p, t in placed if t.event_type not in FIRE or not is_origin(p, reading)]
    placed = [(p, t) for p, t in placed if t.event_type != "capture" or not any(contains(p, q) for q, _ in placed)]
    placed = [(p, t) for p, t in placed if t.event_type not in HELD or not _is_seat(p, reading)]
    if not (state.last or scene.moments or scene.figures or any(s.known for s in scene.speakers)):
        placed = [(p, t) for p, t in placed if not only_named(t, reading)]
    goes_on = state.last is not None and state.last.place is not None and not scene.moments
    told = goes_on and any(state.last is not None and alike(t.event_type, state.last.event_type) for t in happened)
    placed = in_lists(placed, reading)
    placed += [] if told and not listed else recruited(reading, scene, placed, listed=listed)
    placed = placed or read_out(reading, scene, state.named)
    anchors = [reading.word_at(place.start) for place, _ in placed]
    truce = next((t for t in happened if t.event_type == "ceasefire"), None)
    if truce and not any(d.event_type == "ceasefire" for d in drafts):
        yield _draft(None, truce, scene, state, reading, [truce.first])
        state.truce = True
    for place, trigger in placed:
        if trigger.weak and trigger.event_type == "capture" and (place.where_prec or 1) > WIDEST_CAPTURE:
            state.gains = True
            continue  # "Karabakh is ours" is a slogan, "villages in a district" a start
        if trigger.event_type != "ceasefire":
            yield _draft(place, trigger, scene, state, reading, anchors)
    used = {id(t) for _, t in placed}
    for trigger in happened:
        if id(trigger) not in used and trigger.event_type != "ceasefire" and not is_listing(trigger, reading):
            yield from _without_place(trigger, scene, state, drafts, reading, bool(placed), book)


def _is_seat(place: Mention, reading: Reading) -> bool:
    """Whether a place is the capital of a party of the war: nobody there takes it or leaves it, somebody speaks."""
    word = reading.word_at(place.start)
    return bool(reading.within("actor", word, word))


def _trigger_for(place: Mention, scene: Scene, state: State, reading: Reading) -> Trigger | None:
    """The event at a place: the nearest in its clause, else in the sentence, else the one that the report is about."""
    at = reading.word_at(place.start)
    candidates = [t for t in scene.triggers if t.event_type != "ceasefire"] or list(scene.triggers)
    hurt = any(f.best > 0 for f in scene.figures) or tells_of_dead(scene, reading)
    if not scene.triggers and reading.has("signal:peaceful", scene.sentence):
        return None  # who died in an accident died of no event
    if hurt and not state.gains:
        candidates = [t for t in candidates if not is_listing(t, reading)]  # "he adds that five died in X"
    faint = all(t.weak or t.undone for t in scene.triggers)
    if faint and state.last is None and state.usual is not None and reading.has("occurred", scene.sentence):
        return state.usual  # "a drone hit a truck. It happened near X"
    if candidates and unreal(at, scene, reading):
        return None
    candidates = [t for t in candidates if not in_own_words(at, t, scene, reading)]
    if candidates:
        real = {t.clause for t in candidates if not t.undone}
        candidates = [t for t in candidates if not (t.undone and t.clause in real)]  # "not lost, and fought for"
        best = min(candidates, key=lambda t: (clauses_apart(reading, t, at) + 1.5 * t.weak, abs(t.first - at)))
        return behind_colon(best, candidates, scene, reading) or best
    if not any(s.known for s in scene.speakers) and is_refuted(scene, reading):
        return None
    if state.told is not None and reading.has("occurred", scene.sentence):
        return state.told  # "It happened in X"
    accident = any(reading.has(kind, scene.sentence) for kind in ("signal:unrest", "signal:mishap"))
    if hurt and accident:
        return None  # weather, illness, crowds
    told = any(s.mode == "says" and state.book.fights(s.side) for s in scene.speakers) and is_short(scene)
    told = told and state.last is not None and state.last.event_type != "withdrawal" and not is_origin(place, reading)
    told = told and not reading.has("signal:negation", scene.sentence)
    told = told and not reading.has("no_comment", scene.sentence)
    told = told or _shares(scene, state, reading)
    before = state.last.trigger if state.last and state.last.event_type != "ceasefire" else None
    likewise = [c.first for c in reading.in_sentence("signal:likewise", scene.sentence)]
    alike_here = any(2 not in reading.words.breaks[min(w, at) + 1 : max(w, at) + 1] for w in likewise)
    if alike_here and not scene.triggers and before is not None:
        return before  # "it is no better in X"
    hurt = hurt and not accident
    if hurt or told:
        return (
            (None if before is not None and before.event_type in HELD and hurt else before)
            or state.usual
            or (Trigger("casualties", None, at, at, reading.clauses[at], weak=True) if hurt else None)
        )
    return None


def _shares(scene: Scene, state: State, reading: Reading) -> bool:
    """ "X was next", "so was X": a short sentence that only says where else it happened."""
    if state.last is None or state.last.event_type not in FIRE or not is_short(scene):
        return False
    quiet = reading.has("signal:calm", scene.sentence) or reading.has("signal:negation", scene.sentence)
    return reading.has("signal:likewise", scene.sentence) and not quiet


def _without_place(
    trigger: Trigger,
    scene: Scene,
    state: State,
    drafts: Sequence[Draft],
    reading: Reading,
    placed: bool,
    book: ActorBook,
) -> Iterator[Draft]:
    """Events whose clause names no place: there, along the front, or nowhere that the text tells."""
    here, vague = here_or_vague(trigger, scene, reading, placed=placed)
    clear = trigger.event_type == "attack_on_civilians"  # counts wherever it was
    rumoured = reading.has("rumour", scene.sentence)
    if rumoured or in_general(trigger, scene, reading) or (not placed and sums_losses(trigger, scene, reading)):
        return
    speaker = next((s for s in scene.speakers if s.mode != "denies" and (s.known or (s.official and clear))), None)
    answer = speaker is None and any(s.mode == "denies" for s in scene.speakers)
    retold = answer and _is_retold(trigger, scene, drafts, book)
    lost = just_taken(trigger, scene, state, drafts, reading) or fought_for(trigger, scene, state)
    if lost is None and ((placed and not here and not vague) or retold or (answer and not here and drafts)):
        return
    if drafts and not here and not vague and speaker is not None and speaker.mode == "admits":
        return  # "admitted that its forces had fired": what has been told
    moment = moment_for(trigger.first, trigger, scene, [trigger.first], reading)
    if lost is not None:
        left = those(lost, scene, drafts, reading)
        yield from (_draft(place, trigger, scene, state, reading, [trigger.first]) for place in left)
        return
    party = book.party(speaker.side) if speaker else None
    rivals = [d for d in drafts if party and d.side and book.party(d.side) != party]
    again = _told(trigger, [d for d in drafts if d not in rivals], state, moment)
    again = again or (speaker is not None and speaker.mode == "admits" and _told(trigger, rivals, state, moment))
    same_party = state.last is not None and speaker is not None and party == book.party(state.last.side)
    dated, short = moment is not None and moment.kind in ("day", "night", "anchor"), is_short(scene)
    if not placed and dates_later(moment, scene, just_told(trigger, state)):
        return
    there = that_place(trigger, scene, state, reading, placed=placed)
    hurt = any(f.best > 0 for f in scene.figures)
    opening = None if drafts else opening_place(trigger, scene, state, reading, dated=moment is not None)
    if placed and trigger.weak and there and any(p.place_id == there.place_id for p in scene.places):
        return  # "a bomb fell on X; its church was damaged"
    if here and there is not None and not again and (not trigger.weak or moment or hurt):
        yield _draft(there, trigger, scene, state, reading, [trigger.first])
    elif trigger.weak and not vague:
        return
    elif opening is not None and not vague and trigger.event_type in FIRE:
        yield _draft(opening, trigger, scene, state, reading, [trigger.first])  # "GANJA. A rocket fell at two"
    elif goes_on_there(trigger, scene, state, drafts, reading, dated=dated) and not vague:
        yield _draft(state.place, trigger, scene, state, reading, [trigger.first])
    elif vague and (speaker or trigger.event_type in PLACELESS) and not again:
        yield _draft(None, trigger, scene, state, reading, [trigger.first], vague=True)
    elif trigger.event_type in PLACELESS and (speaker or trigger.event_type == "prisoner_exchange"):
        yield _draft(None, trigger, scene, state, reading, [trigger.first])
    elif (same_party or (dated and short)) and state.last and state.last.place and not again:
        yield _draft(state.last.place, trigger, scene, state, reading, [trigger.first])
    elif answer and not drafts and trigger.event_type == "aircraft_shot_down" and party_denies(scene, book):
        yield _draft(None, trigger, scene, state, reading, [trigger.first])  # retold by who denies it
    elif speaker and not placed and not again and trigger.event_type != "casualties":
        yield _draft(None, trigger, scene, state, reading, [trigger.first])


def _is_retold(trigger: Trigger, scene: Scene, drafts: Sequence[Draft], book: ActorBook) -> bool:
    """Whether who denies something speaks of what the other side has told before."""
    rivals = [d for d in drafts if not is_own(d, scene, book)]
    return any(alike(d.event_type, trigger.event_type) or d.event_type in HELD for d in rivals)


def _told(trigger: Trigger, drafts: Sequence[Draft], state: State, moment: Moment | None) -> bool:
    """Whether this event at the place that the report is about has been told already, on the same day."""
    place = state.place.place_id if state.place else None
    for draft in drafts:
        if (draft.place.place_id if draft.place else None) not in (place, None):
            continue
        same = alike(draft.event_type, trigger.event_type)
        day = moment is None or moment.kind != "day" or abs((moment.start - draft.start).days) < 1
        day = day and not (moment is not None and moment.kind == "anchor" and moment.offset)
        if same and day:
            return True
    return False


def _draft(
    place: Mention | None,
    trigger: Trigger,
    scene: Scene,
    state: State,
    reading: Reading,
    anchors: Sequence[int],
    *,
    vague: bool = False,
) -> Draft:
    inside = place is not None and scene.sentence.start <= place.start < scene.sentence.end
    at = reading.word_at(place.start) if place is not None and inside else trigger.first
    if anchors == [trigger.first] and reading.clauses[at] != trigger.clause:
        at = trigger.first  # "A had announced that X …, B says that they fight there": who tells of the second is B
    moment = moment_for(at, trigger, scene, anchors, reading)
    spoken = any(s.known and s.mode == "says" for s in scene.speakers)
    new_topic = spoken and state.last is not None and not alike(trigger.event_type, state.last.event_type)
    by_day = any(c.value in ("late", "evening") for c in reading.in_sentence("date_part", scene.sentence))
    start, end, prec = interval_of(moment, scene, state, new_topic=new_topic, by_day=by_day)
    if moment is not None and moment.kind == "since" and trigger.event_type in HELD:
        end = start  # "under control since Wednesday": it was taken then
    event_type = trigger.event_type
    if trigger.weak and event_type == "ground_clash" and state.last and state.last.event_type in FIRE:
        event_type = state.last.event_type  # "X was attacked the same night"
    downed = state.last is not None and state.last.event_type == "aircraft_shot_down"
    if trigger.weak and event_type == "shelling" and state.last and (state.last.event_type in FIRE or downed):
        others = reading.within("signal:others", scene.sentence.first, scene.sentence.last)
        if any(reading.clauses[c.first] <= trigger.clause for c in others):
            event_type = state.last.event_type  # "two others struck Y"
    event_type = carried_weapon(trigger, scene, state, reading) or event_type
    if event_type in HELD and moment is not None and moment.kind == "since":
        end, prec = start, 1  # "ours since Friday": taken on Friday
    if event_type in UNDER_TRUCE and (state.truce or breaks_truce(reading, scene)):
        event_type = "ceasefire_violation"
    speaker = None if event_type == "ceasefire" else speaker_for(at, trigger.first, scene, anchors, reading)
    inferred = not scene.sentence.first <= trigger.first <= scene.sentence.last or trigger not in scene.triggers
    return Draft(scene, event_type, place, start, end, prec, trigger, moment, speaker, vague, inferred)
