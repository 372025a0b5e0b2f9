"""Scenes: one sentence of a report with the places, events, dates, speakers and figures found in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .counting import measured
from .dates import dates_in
from .figures import Figure, figures_in
from .informant import taker_of
from .informants import Context, Informant
from .locating import came_before, contains, heads_list, is_threatened, only_locates
from .mentions import Mention
from .moments import Moment
from .running import LONGEST_SINCE, besides_total, is_total
from .sentences import Reading, Sentence, denied_that, is_asked, is_fresh
from .speakers import Speaker, speakers_in
from .triggers import Trigger, triggers_in

__all__ = [
    "LONGEST_SINCE",
    "Scene",
    "is_origin",
    "is_quiet",
    "is_seat",
    "may_be_scene",
    "scenes_in",
]

OLD = dt.timedelta(days=45)  # so long before the theatre's first day a date is history
STALE = dt.timedelta(days=31)  # what is dated so long before the report is recalled, not reported
LEFT_OPEN = 2  # words between what somebody is asked about and "neither confirmed nor denied"
YEAR_REACH = 6  # words between a year long ago and a night of it
AIM_REACH = 6  # words from "into the hospital of" to the place
CODED_REACH = 6  # words from "fatalities coded to" to the place
WIDE = (3, 4)  # UCDP's precision of districts and regions
LONG_AGO = "years ago"  # the first strikes "since 1993", in a sentence that tells of this week all the same
LOCATES = "only says where"
ASIDE = "on the way or aside"
LEAVING = ("withdrawal", "ground_clash", "clash_weak", "capture")
LEFT_REACH = 4  # words between "withdrew" and the place that is left
SEAT = "where who speaks is from"
QUIET = "said to be quiet"
DOUBTFUL = ("a meeting", QUIET)  # reasons that hold for a sentence, not for each of its clauses
NO_EVENT_SEEN = "no event in the sentence"  # the reason of a role that was given for want of an event word


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that was found in it; `past` is history, `total` a running total."""

    sentence: Sentence
    places: tuple[Mention, ...]
    asides: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    moments: tuple[Moment, ...]
    speakers: tuple[Speaker, ...]
    informants: tuple[Informant, ...]
    figures: tuple[Figure, ...]
    past: bool
    total: bool
    names_place: bool
    names_speaker: bool
    fresh: bool


def scenes_in(
    reading: Reading,
    mentions: Sequence[Mention],
    context: Context,
    *,
    published: dt.date,
    theatre_start: dt.date,
    sides: Mapping[str, str],
) -> list[Scene]:
    """Read a report sentence by sentence; `sides` tells who held each place."""
    scenes = []
    in_total = False  # what follows a running total breaks it down
    imagined = False  # "three scenarios": what follows only may happen, until somebody speaks or a day is named
    told_of_old = False  # a day long ago holds until another day or a speaker is named
    for sentence in reading.sentences:
        here = [m for m in mentions if sentence.start <= m.start < sentence.end]
        scene = [m for m in here if may_be_scene(m)]
        scene.sort(key=lambda m: _is_seat(m, reading))  # whose a fought-over place is, before whose a capital is
        held = (sides.get(m.place_id or "") for m in scene)
        context.place_side = next(filter(None, held), context.place_side)
        context.takes = taker_of(context.place_side, reading, sentence, context.book)
        moments = dates_in(reading, sentence, published=published, earliest=theatre_start - OLD)
        dated = [(m.first, m.last) for m in moments]
        moments = _without_dateline(moments, here, reading)
        speakers, informants = speakers_in(reading, sentence, mentions, context)
        past = _is_past(reading, sentence, moments) or _is_old(moments, published)
        past = past or (told_of_old and not moments and not speakers)
        told_of_old = past and (told_of_old or any(m.kind == "history" for m in moments))
        old = old_clauses(moments, reading) if not past else set()
        here = [m for m in here if reading.clauses[reading.word_at(m.start)] not in old]
        figures = [f for f in figures_in(reading, sentence, dated=dated) if reading.clauses[f.last] not in old]
        triggers = [] if past else [t for t in triggers_in(reading, sentence) if t.clause not in old]
        total = is_total(reading, sentence, figures, moments, published)
        if total and (own := besides_total(reading, sentence, figures, moments, triggers, published)):
            figures, total = own, False
        imagined = reading.has("signal:scenario", sentence) or (imagined and not (moments or speakers))
        unreal = imagined or is_asked(reading, sentence) or reading.has("signal:sport", sentence)
        if unreal or reading.has("signal:condition", sentence):
            triggers = [replace(t, undone=True) for t in triggers]
        strong = any(not t.weak and not t.undone for t in triggers)
        dead = any(f.kind == "dead" and f.best for f in figures)
        total = total or (in_total and dead and not (strong or moments or speakers))
        in_total = total
        believed = tuple(_believed(triggers, speakers, reading, sentence))
        places = () if past else tuple(_places(_by_event(here, triggers, reading), informants, reading, moments))
        found = tuple(moments), tuple(speakers), tuple(informants), tuple(figures)
        named = any(m.role in ("event", "background") for m in here)
        asides = () if past else tuple(_asides(here, reading))
        voiced = any(reading.has(kind, sentence) for kind in ("office", "spokes", "other_side")) or any(
            m.role in ("metonym", "actor") for m in here
        )
        scenes.append(
            Scene(sentence, places, asides, believed, *found, past, total, named, voiced, is_fresh(reading, sentence))
        )
    return scenes


def _by_event(here: Sequence[Mention], triggers: Sequence[Trigger], reading: Reading) -> list[Mention]:
    """Mentions without those of a clause in which nothing happened, where the place is named again in one that tells
    of something: "no shots were heard in X, but from six on X was shelled"."""
    real = {t.clause for t in triggers if not t.undone}
    clauses = [reading.clauses[reading.word_at(m.start)] for m in here]
    told = {m.place_id for m, clause in zip(here, clauses, strict=True) if m.place_id and clause in real}
    return [m for m, clause in zip(here, clauses, strict=True) if m.place_id not in told or clause in real]


def _places(
    here: Sequence[Mention], informants: Sequence[Informant], reading: Reading, moments: Sequence[Moment]
) -> Iterator[Mention]:
    """Where the events of a sentence happened: no part of a body's name, no area around a place named too."""
    named = [reading.span(s.first, s.last) for s in informants]
    maybe = [m for m in here if may_be_scene(m) or (_is_aside(m) and _is_aimed_at(m, reading))]
    areas = [m for m in here if m.role == "background" and any(LOCATES in reason for reason in m.reasons)]
    maybe += [a for a in areas if not any(contains(a, m) and not only_locates(m, a, reading) for m in maybe)]
    aside = [m for m in here if _is_aside(m) and m not in maybe]  # "Ağdamın X kəndində dəfn vaxtı": not all of Ağdam
    maybe = [m for m in maybe if not any(contains(m, a) and only_locates(m, a, reading) for a in aside)]
    lately = [m for m in moments if m.kind in ("day", "night")]
    if not maybe and lately and all(m.prec == 1 and m.end - m.start < STALE for m in lately):
        maybe = [m for m in here if m.role == "background" and any(r.endswith(LONG_AGO) for r in m.reasons)]
    maybe.sort(key=lambda m: m.start)
    events = [m for m in maybe if not any(a <= m.start and m.end <= b for a, b in named)]
    events = [m for m in events if not counts_elsewhere(m, reading) and not came_before(m, reading)]
    events = [m for n, m in enumerate(events) if not is_threatened(n, events, reading)]
    events = [m for m in events if not _is_base(m, reading)]
    if len(events) > 1:
        events = [m for m in events if _is_left(m, reading) or not _is_start(m, reading)] or events
    events = [m for m in events if not (_is_seat(m, reading) and is_origin(m, reading))]
    events = [m for n, m in enumerate(events) if not heads_list(m, events[n + 1 : n + 2], reading)]
    kept = [m for m in events if not any(only_locates(m, other, reading) for other in events)]
    return _distinct(kept or events[:1])


def _believed(
    triggers: Iterable[Trigger], speakers: Sequence[Speaker], reading: Reading, sentence: Sentence
) -> Iterator[Trigger]:
    """Events that the narrator does not take back: what is called false and is nobody's claim did not happen."""
    quoted = any(s.known for s in speakers)
    refuted = not quoted and any(reading.has(kind, sentence) for kind in ("disbelief", "retracted", "rumour"))
    holds = reading.in_sentence("still_holds", sentence)
    denials = [] if quoted else [c for k in ("denies", "generic_denial") for c in reading.in_sentence(k, sentence)]
    denied = reading.in_sentence("denies", sentence)
    silent = {reading.clauses[c.first] for c in reading.in_sentence("no_comment", sentence)}
    for trigger in triggers:
        if trigger.event_type == "ceasefire" and any(c.first <= trigger.first <= c.last for c in denied):
            yield replace(trigger, undone=True)  # "our guns have been silent all day"
            continue
        left_open = reading.within("noncommittal", trigger.last + 1, min(trigger.last + LEFT_OPEN, sentence.last))
        left_open = [c for c in left_open if not reading.within("instead", c.first, c.first)]  # "do not cease"
        if trigger.clause in silent or (left_open and reading.vocabulary.has("verb_last")):
            yield replace(trigger, undone=True)  # "the ministry had no word on the battles"
            continue
        phrases = denials if trigger.event_type == "ground_clash" else [*denials, *holds]
        inside = any(c.first <= trigger.first <= c.last or denied_that(c, trigger.first, reading) for c in phrases)
        yield replace(trigger, undone=True) if refuted or inside else trigger


def _is_start(mention: Mention, reading: Reading) -> bool:
    return is_origin(mention, reading) or _is_source(mention, reading)


def _is_left(mention: Mention, reading: Reading) -> bool:
    """Whether somebody leaves a place for another: "a retreat from X to the far bank of Y"."""
    word = reading.word_at(mention.start)
    left = reading.within("signal:withdrawal", max(word - LEFT_REACH, 0), word - 1)
    return any(reading.clauses[c.first] == reading.clauses[word] for c in left)


def _is_seat(mention: Mention, reading: Reading) -> bool:
    """Whether a place is a capital that speaks for a government."""
    word = reading.word_at(mention.start)
    return bool(reading.within("actor", word, word))


def _is_aside(mention: Mention) -> bool:
    return mention.role == "background" and any(ASIDE in reason for reason in mention.reasons)


def _is_doubtful(mention: Mention, reading: Reading) -> bool:
    """A place set aside for a word of another clause."""
    if mention.role != "background" or not any(name in reason for reason in mention.reasons for name in DOUBTFUL):
        return False
    word = reading.word_at(mention.start)
    sentence = reading.sentence_of(word)
    nearby = [*reading.in_sentence("signal:calm", sentence), *reading.in_sentence("signal:diplomacy", sentence)]
    return not any(reading.clauses[c.first] == reading.clauses[word] for c in nearby)


def _is_aimed_at(mention: Mention, reading: Reading) -> bool:
    """Whether a place that only seemed to stand aside is where something flew, or the one next door."""
    first, last = reading.word_at(mention.start), reading.word_at(mention.end - 1)
    sentence = reading.sentence_of(first)
    hurt = reading.has("dead", sentence) or reading.has("wounded", sentence)
    begin = (
        last if reading.vocabulary.has("verb_last") else max(first - 3, sentence.first)
    )  # whose people, stands first
    if hurt and reading.within("person", begin, min(last + 2, sentence.last)):
        return True  # "… and a resident of X was wounded"
    before = [
        c
        for c in reading.within("signal:aimed", max(first - AIM_REACH, 0), first - 1)
        if c.last >= first - 3
        and not any(f"'{reading.words.folded[c.first - 1]}'" in reason for reason in mention.reasons)
    ]  # "evacuated to X" is no aim
    return bool(before or reading.within("signal:aimed", last + 1, min(last + 2, sentence.last)))


def may_be_scene(mention: Mention) -> bool:
    """Whether something may have happened at a place: not where the role was given for a reason of grammar."""
    return mention.role == "event" or (
        mention.role == "background" and any(r.endswith(NO_EVENT_SEEN) for r in mention.reasons)
    )


def is_quiet(mention: Mention) -> bool:
    """Whether a place was set aside only because the sentence says that it is quiet somewhere."""
    return mention.role == "background" and any(QUIET in reason for reason in mention.reasons)


def is_seat(mention: Mention) -> bool:
    """Whether a place only tells where who acts or speaks is from: "rescuers in X"."""
    return mention.role == "background" and any(SEAT in reason for reason in mention.reasons)


def is_origin(mention: Mention, reading: Reading) -> bool:
    """Where the fire came from ("from X", "X istiqamətindən"): nothing happened there."""
    first, last = reading.word_at(mention.start), reading.word_at(mention.end - 1)
    start = first - 1 - bool(reading.within("definite", first - 1, first - 1))  # "from the X side"
    before = [c for c in reading.within("signal:origin_before", max(first - 6, 0), start) if c.last == start]
    before = [c for c in before if c.first < c.last or not measured(reading, c.first - 1)]  # "ten metres from X"
    behind_name = reading.vocabulary.has("verb_last")  # there "border" stands behind whose it is
    edge = [] if behind_name else reading.within("signal:edge", max(first - 4, 0), first - 1)
    if any(
        reading.within("signal:launched", c.first + 1, c.first + 2)
        for c in reading.within("from_place", last, last + 1)
    ):
        return True  # "Berd rayonundan buraxılıb"
    behind = reading.within("signal:origin_after", last + 1, last + 1 if _names(last + 1, reading) else last + 2)
    return bool(before or edge or behind)


def _names(word: int, reading: Reading) -> bool:
    """Whether a word is written as a name: "Ordubada Ermənistan tərəfdən" tells where it came from, not Ordubad."""
    words = reading.words
    return word < len(words) and words.text[words.starts[word]].isupper()


def _asides(here: Sequence[Mention], reading: Reading) -> Iterator[Mention]:
    """Places set aside for a word beside them, where something may have happened all the same."""
    return (m for m in here if (_is_aside(m) or _is_doubtful(m, reading)) and not _is_base(m, reading))


def _is_base(mention: Mention, reading: Reading) -> bool:
    """Whether a verb says that something took off or was launched from a place, and so fell elsewhere."""
    first = reading.word_at(mention.start)
    return any(c.last == first - 1 for c in reading.within("signal:launched_from", max(first - 6, 0), first - 1))


def counts_elsewhere(mention: Mention, reading: Reading) -> bool:
    """Whether a place is only where a note counts the dead ("fatalities coded to X event")."""
    first = reading.word_at(mention.start)
    return bool(reading.within("signal:coded_elsewhere", max(first - CODED_REACH, 0), first - 1))


def _is_source(mention: Mention, reading: Reading) -> bool:
    """Whether a name's own ending says "from", and nobody leaves or is thrown back from there."""
    word = reading.word_at(mention.end - 1)
    if any(
        reading.within("signal:compass", c.last + 1, c.last + 1) for c in reading.within("ablative", word, word + 1)
    ):
        return True  # "Իշխանաձոր գյուղից հյուսիս"
    if not reading.within("ablative", word, word):
        return False
    sentence, clause = reading.sentence_of(word), reading.clauses[word]
    cues = [c for kind in LEAVING for c in reading.in_sentence("signal:" + kind, sentence)]
    return not any(reading.clauses[c.first] == clause for c in cues)


def _distinct(mentions: Iterable[Mention]) -> Iterator[Mention]:
    seen: set[object] = set()
    for mention in mentions:
        key = mention.place_id or mention.text
        if key not in seen:
            seen.add(key)
            yield mention


def _without_dateline(moments: list[Moment], here: Sequence[Mention], reading: Reading) -> list[Moment]:
    """The day in "BAKU, 4 October -" is the report's, not the event's."""
    lines = [reading.word_at(m.end - 1) for m in here if m.role == "dateline"]
    return [m for m in moments if not any(0 < m.first - at <= 2 for at in lines) or m.kind != "day"]


def _is_old(moments: Sequence[Moment], published: dt.date) -> bool:
    """Whether all dates of a sentence lie long before the report: news is not about them."""
    dated = [m for m in moments if m.kind in ("day", "night") and m.prec <= 4]
    return bool(dated) and len(dated) == len(moments) and all(published - m.end > STALE for m in dated)


def old_clauses(moments: Sequence[Moment], reading: Reading) -> set[int]:
    """Clauses of long ago in a sentence of now: "flowers were laid today for a man shot dead in 1993 near X"."""
    old = {reading.clauses[m.first] for m in moments if m.kind == "history"}
    return old - {reading.clauses[m.first] for m in moments if m.kind != "history"}


def _is_past(reading: Reading, sentence: Sentence, moments: Sequence[Moment]) -> bool:
    if old := [m for m in moments if m.kind == "history"]:
        return not any(
            m.kind in ("day", "night") or (m.kind == "bare_night" and not _is_of_year(m, old, reading)) for m in moments
        )
    return reading.has("signal:history", sentence) and not moments


def _is_of_year(night: Moment, old: Sequence[Moment], reading: Reading) -> bool:
    """ "In May 1992 at night": one word for a night goes with the year right before it."""
    return night.first == night.last and any(
        0 < night.first - year.last <= YEAR_REACH
        and not any(reading.words.breaks[i] for i in range(year.last + 1, night.first + 1))
        and not reading.within("date_since", year.first - 1, night.first)
        for year in old
    )
