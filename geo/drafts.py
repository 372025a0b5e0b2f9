"""Drafts: events of a report put together from places, triggers, dates, speakers and figures, sentence by sentence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .actors import ActorBook
from .dates import Moment, dates_in
from .figures import Figure, figures_in
from .mentions import Mention
from .sentences import Reading, Sentence
from .speakers import Context, Source, Speaker, speakers_in
from .triggers import Trigger, triggers_in

__all__ = ["Draft", "Scene", "drafts_in", "scenes_in"]

DAY = dt.timedelta(days=1)
OLD = dt.timedelta(days=45)  # so long before the theatre's first day a date is history
AREA_KM = 12.0  # from this radius a place is an area
KM_PER_DEGREE = 111.32
PLACELESS = frozenset({"ceasefire", "ceasefire_violation", "prisoner_exchange"})
UNDER_TRUCE = frozenset({"shelling", "ground_clash", "missile_strike", "drone_strike", "air_strike"})
SAME_EVENT = frozenset(
    {"shelling", "missile_strike", "drone_strike", "air_strike", "ceasefire_violation", "casualties"}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that was found in it."""

    sentence: Sentence
    places: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    moments: tuple[Moment, ...]
    speakers: tuple[Speaker, ...]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    past: bool
    total: bool


@dataclass(slots=True)
class Draft:
    """One event as one claimant tells it, before it is made a claim."""

    scene: Scene
    event_type: str
    sub_event_type: str | None
    place: Mention | None
    start: dt.date
    end: dt.date
    prec: int
    moment: Moment | None = None
    trigger: Trigger | None = None
    speaker: Speaker | None = None
    vague: bool = False
    denied_by: str | None = None
    denial: tuple[int, int] | None = None
    confirmed: bool = False
    corrected: bool = False
    scope: str = "incident"
    dead: list[Figure] = field(default_factory=list)
    wounded: list[Figure] = field(default_factory=list)

    @property
    def claimant(self) -> str | None:
        """Who says so."""
        return self.speaker.actor_id if self.speaker else None

    @property
    def side(self) -> str | None:
        """The side of who says so."""
        return self.speaker.side if self.speaker else None


def scenes_in(
    reading: Reading, mentions: Sequence[Mention], context: Context, *, published: dt.date, theatre_start: dt.date
) -> list[Scene]:
    """Read a report sentence by sentence."""
    scenes = []
    for sentence in reading.sentences:
        here = [m for m in mentions if sentence.start <= m.start < sentence.end]
        moments = dates_in(reading, sentence, published=published, earliest=theatre_start - OLD)
        moments = _without_dateline(moments, here, reading, published)
        speakers, sources = speakers_in(reading, sentence, mentions, context)
        past = _is_past(reading, sentence, moments)
        figures = figures_in(reading, sentence, dated=[(m.first, m.last) for m in moments])
        total = _is_total(reading, sentence, figures, moments, published)
        triggers = () if past else tuple(triggers_in(reading, sentence))
        places = () if past else tuple(_places(here, sources, reading))
        scenes.append(
            Scene(
                sentence, places, triggers, tuple(moments), tuple(speakers), tuple(sources), tuple(figures), past, total
            )
        )
    return scenes


def _places(here: Sequence[Mention], sources: Sequence[Source], reading: Reading) -> Iterator[Mention]:
    """Where the events of a sentence happened: not what belongs to a body's name, nor the area around a place named too."""
    named = [reading.span(s.first, s.last) for s in sources]
    events = [m for m in here if m.role == "event" and not any(a <= m.start and m.end <= b for a, b in named)]
    return _distinct(m for m in events if not any(_contains(m, other) for other in events))


def _contains(area: Mention, place: Mention) -> bool:
    if area is place or None in (area.radius_km, place.radius_km, area.latitude, place.latitude):
        return False
    assert area.radius_km and place.radius_km is not None and area.latitude and place.latitude
    if area.radius_km < AREA_KM or area.radius_km < 2 * place.radius_km:
        return False
    east = ((area.longitude or 0) - (place.longitude or 0)) * math.cos(math.radians(place.latitude))
    return math.hypot(east, area.latitude - place.latitude) * KM_PER_DEGREE <= area.radius_km


def _distinct(mentions: Iterator[Mention]) -> Iterator[Mention]:
    seen: set[object] = set()
    for mention in mentions:
        key = mention.place_id or mention.text
        if key not in seen:
            seen.add(key)
            yield mention


def _without_dateline(
    moments: list[Moment], here: Sequence[Mention], reading: Reading, published: dt.date
) -> list[Moment]:
    """The day in "BAKU, 4 October -" is the report's, not the event's."""
    lines = [reading.word_at(m.end - 1) for m in here if m.role == "dateline"]
    return [m for m in moments if not any(0 < m.first - at <= 2 for at in lines) or m.kind != "day"]


def _is_past(reading: Reading, sentence: Sentence, moments: Sequence[Moment]) -> bool:
    if any(m.kind == "history" for m in moments):
        return not any(m.kind in ("day", "night", "bare_night") for m in moments)
    return reading.has("signal:history", sentence) and not moments


def _is_total(
    reading: Reading, sentence: Sentence, figures: Sequence[Figure], moments: Sequence[Moment], published: dt.date
) -> bool:
    dead = [f for f in figures if f.kind == "dead" and f.best > 0]
    if not dead:
        return False
    since = any(m.kind == "since" and (published - m.start).days >= 3 for m in moments)
    return (
        since or any(f.total for f in dead) or (reading.has("each_other", sentence) and max(f.best for f in dead) > 50)
    )


def drafts_in(reading: Reading, scenes: Sequence[Scene], book: ActorBook, *, published: dt.date) -> list[Draft]:
    """Put the events of a report together; figures and denials are attached later."""
    drafts: list[Draft] = []
    state = _State(published)
    for scene in scenes:
        if scene.past or scene.total:
            continue
        new = list(_of_scene(reading, scene, state, drafts, book))
        for draft in new:
            if draft.event_type == "ceasefire":
                state.truce = True
        drafts += new
        if new:
            state.last = new[-1]
        explicit = [m for m in scene.moments if m.kind in ("day", "night") and m.prec <= 2]
        if explicit and (new or not state.day_known):
            state.day, state.day_known = explicit[-1].end if explicit[-1].kind == "night" else explicit[-1].start, True
    return drafts


@dataclass(slots=True)
class _State:
    """What carries over from sentence to sentence."""

    day: dt.date
    day_known: bool = False
    truce: bool = False
    last: Draft | None = None


def _of_scene(
    reading: Reading, scene: Scene, state: _State, drafts: Sequence[Draft], book: ActorBook
) -> Iterator[Draft]:
    placed = [(place, t) for place in scene.places if (t := _trigger_for(place, scene, state, reading)) is not None]
    anchors = [reading.word_at(place.start) for place, _ in placed]
    truce = next((t for t in scene.triggers if t.event_type == "ceasefire"), None)
    if truce and not any(d.event_type == "ceasefire" for d in drafts):
        yield _draft(None, truce, scene, state, reading, [truce.first])
    for place, trigger in placed:
        if trigger.event_type != "ceasefire":
            yield _draft(place, trigger, scene, state, reading, anchors)
    used = {id(t) for _, t in placed}
    for trigger in scene.triggers:
        if id(trigger) not in used and trigger.event_type != "ceasefire":
            yield from _without_place(trigger, scene, state, drafts, reading, bool(placed), book)


def _trigger_for(place: Mention, scene: Scene, state: _State, reading: Reading) -> Trigger | None:
    """The event that happened at a place: the nearest in its clause, else in the sentence, else the one told before."""
    at = reading.word_at(place.start)
    clause = reading.clauses[at]
    candidates = [t for t in scene.triggers if t.event_type != "ceasefire"] or list(scene.triggers)
    if candidates:
        return min(candidates, key=lambda t: (abs(t.clause - clause), t.weak, abs(t.first - at)))
    if state.last is not None and state.last.trigger is not None and _continues(scene, reading):
        return state.last.trigger
    return None


def _continues(scene: Scene, reading: Reading) -> bool:
    """Whether a sentence without an event word of its own goes on about the last event."""
    return (
        any(f.best > 0 for f in scene.figures)
        or reading.has("dead", scene.sentence)
        or reading.has("wounded", scene.sentence)
    )


def _without_place(
    trigger: Trigger,
    scene: Scene,
    state: _State,
    drafts: Sequence[Draft],
    reading: Reading,
    placed: bool,
    book: ActorBook,
) -> Iterator[Draft]:
    clause = [i for i in range(scene.sentence.first, scene.sentence.last + 1) if reading.clauses[i] == trigger.clause]
    here = bool(reading.within("signal:same_place", clause[0], clause[-1])) if clause else False
    vague = bool(reading.within("signal:vague_place", clause[0], clause[-1])) if clause else False
    if not vague and not placed:
        vague = reading.has("signal:vague_place", scene.sentence)
    speaker = any(s.mode != "denies" and s.known for s in scene.speakers)
    before = next((d for d in reversed(drafts) if d.place is not None), None)
    if (placed and not (here or vague)) or (trigger.weak and not vague):
        return
    if vague and (speaker or trigger.event_type in PLACELESS) and not (here and before):
        yield _draft(None, trigger, scene, state, reading, [trigger.first], vague=True)
    elif trigger.event_type in PLACELESS and (speaker or here):
        yield _draft(None, trigger, scene, state, reading, [trigger.first])
    elif before is not None and (here or speaker) and not _told(trigger, before, drafts):
        yield _draft(before.place, trigger, scene, state, reading, [trigger.first])
    elif before is None and speaker and not placed and not trigger.weak and trigger.event_type != "casualties":
        yield _draft(None, trigger, scene, state, reading, [trigger.first])


def _told(trigger: Trigger, before: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether this event at this place has been told already."""
    types = {d.event_type for d in drafts if d.place is before.place}
    return trigger.event_type in types or (trigger.event_type in SAME_EVENT and bool(types & SAME_EVENT))


def _draft(
    place: Mention | None,
    trigger: Trigger,
    scene: Scene,
    state: _State,
    reading: Reading,
    anchors: Sequence[int],
    *,
    vague: bool = False,
) -> Draft:
    at = (
        reading.word_at(place.start)
        if place is not None and scene.sentence.start <= place.start < scene.sentence.end
        else trigger.first
    )
    moment = _moment_for(at, trigger, scene, anchors, reading)
    start, end, prec = _interval(moment, scene, state)
    event_type = trigger.event_type
    if event_type in UNDER_TRUCE and state.truce and event_type != "missile_strike":
        event_type = "ceasefire_violation"
    speaker = _speaker_for(at, scene, anchors)
    if event_type == "ceasefire":
        speaker = None
    return Draft(scene, event_type, trigger.sub_event_type, place, start, end, prec, moment, trigger, speaker, vague)


def _moment_for(at: int, trigger: Trigger, scene: Scene, anchors: Sequence[int], reading: Reading) -> Moment | None:
    """The date that belongs to a place: dates of events before dates of statements, before or after as the text has it."""
    usable = [m for m in scene.moments if m.kind not in ("history",)]
    usable = [m for m in usable if m.kind != "since" or (m.end - m.start).days <= 14]
    events = [m for m in usable if not _of_statement(m, scene, reading)]
    moments = events or usable
    if len(moments) <= 1:
        return moments[0] if moments else None
    same = [m for m in moments if reading.clauses[m.first] == trigger.clause]
    if len(anchors) < 2:
        return min(same or moments, key=lambda m: (abs(m.first - trigger.first), m.first))
    if moments[0].first < min(anchors):
        before = [m for m in moments if m.first < at]
        return before[-1] if before else moments[0]
    after = [m for m in moments if m.first > at]
    return after[0] if after else moments[-1]


def _of_statement(moment: Moment, scene: Scene, reading: Reading) -> bool:
    """Whether a date tells when somebody spoke ("said on Monday")."""
    said = reading.within(
        "said", max(moment.first - 3, scene.sentence.first), min(moment.last + 3, scene.sentence.last)
    )
    return any(not _split(reading, c.first, moment) for c in said)


def _split(reading: Reading, word: int, moment: Moment) -> bool:
    low, high = sorted((word, moment.first))
    return any(reading.words.breaks[i] for i in range(low + 1, high + 1))


def _interval(moment: Moment | None, scene: Scene, state: _State) -> tuple[dt.date, dt.date, int]:
    if moment is None:
        spoken = [m for m in scene.moments if m.kind == "day"]
        if spoken:
            return spoken[0].start, spoken[0].end, spoken[0].prec
        if state.last is not None:
            return state.last.start, state.last.end, state.last.prec
        return state.day, state.day, 1
    if moment.kind == "anchor":
        base = state.last.end if state.last is not None and state.last.end == state.last.start else state.day
        day = base + DAY * moment.offset
        return day, day, 1
    if moment.kind == "bare_night":
        day = state.day if state.day_known or state.last is None else state.last.end
        explicit = [m for m in scene.moments if m.kind == "day" and m.prec == 1]
        day = explicit[0].start if explicit else day
        return (day, day, 1) if moment.offset else (day - DAY, day, 1)
    return moment.start, moment.end, moment.prec


def _speaker_for(at: int, scene: Scene, anchors: Sequence[int]) -> Speaker | None:
    speakers = [s for s in scene.speakers if s.mode != "denies"]
    if not speakers:
        return None
    if len(speakers) == 1:
        return speakers[0]
    if speakers[0].first <= min([*anchors, at]):
        leading = [s for s in speakers if s.first <= at]
        return leading[-1] if leading else speakers[0]
    trailing = [s for s in speakers if s.last >= at]
    return trailing[0] if trailing else speakers[-1]
