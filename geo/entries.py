"""Entries: notes of an events catalogue, where each text is one event of the day that it opens with.

"Displacement: On 8 April 2022, 155 people were evacuated from X", "On 6 March 2022, hundreds protested in X": such a
note tells of something that catalogues of conflict hold though it is no fighting, and its author may say in brackets
where it was coded to. A dated sentence without such a word ("a concert in X") is no entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from .draft import Draft
from .mentions import Mention
from .moments import Moment
from .phrases import Cue
from .scenes import Scene, counts_elsewhere
from .sentences import Reading
from .triggers import Trigger

__all__ = ["entry_drafts", "is_entry", "settle_coded"]

OPENING = 6  # words before the end of which the day must begin: a label, "around", "as reported"
LONGEST = 220  # words
OTHER = "other"
EXACT, REGION = 2, 4  # UCDP's precision of a place itself, and of a region
BEFORE = 3  # words between "coded to" and the name


def settle_coded(reading: Reading, mentions: Sequence[Mention], drafts: Sequence[Draft]) -> None:
    """Move what happened somewhere in an area to the place that the note says it is coded to."""
    coded = next((m for m in mentions if _is_coded(m, reading)), None)
    if coded is not None:
        for draft in drafts:
            if draft.place is not None and (draft.place.where_prec or 1) > EXACT:
                draft.place = coded


def entry_drafts(
    reading: Reading, scenes: Sequence[Scene], mentions: Sequence[Mention], drafts: Sequence[Draft]
) -> Iterator[Draft]:
    """The event of a note in which no other event got a place; an event without a known place gets the note's."""
    moment = _opening_day(reading, scenes)
    placed = any(d.place is not None and d.place.latitude is not None for d in drafts)
    told = reading.cues.get("signal:entry") or reading.cues.get("signal:coded_at")
    if moment is None or placed or not (told or drafts):
        return
    place = _place(reading, mentions)
    if place is None:
        return
    if drafts:
        drafts[0].place = place  # nobody knows the village, but the district that stands beside it
    if drafts or not told:
        return
    scene = next(s for s in scenes if s.sentence.start <= place.start < s.sentence.end)
    yield Draft(scene, *_event(reading, told[0], place, moment))


def is_entry(reading: Reading, scenes: Sequence[Scene]) -> bool:
    """Whether a report reads like the note of a catalogue: short, and it opens with its full day."""
    return _opening_day(reading, scenes) is not None


def _event(
    reading: Reading, cue: Cue, place: Mention, moment: Moment
) -> tuple[str, Mention, dt.date, dt.date, int, Trigger, Moment]:
    """The fields of the draft: what kind of event the note tells of, and where and when."""
    kind, _, sub = (cue.value if cue.kind == "signal:entry" else "").rpartition("/")
    trigger = Trigger(kind or OTHER, sub or None, cue.first, cue.last, reading.clauses[cue.first], weak=True)
    return trigger.event_type, place, moment.start, moment.end, moment.prec, trigger, moment


def _opening_day(reading: Reading, scenes: Sequence[Scene]) -> Moment | None:
    """The day, with its year, that a short text opens with."""
    if not scenes or len(reading.words) > LONGEST:
        return None
    words = reading.words.folded
    for scene in scenes[:2]:  # a colon behind the label may end a sentence
        for moment in scene.moments:
            dated = any(len(words[at]) == 4 and words[at].isdigit() for at in range(moment.first, moment.last + 1))
            if moment.kind == "day" and moment.first < OPENING and dated:
                return moment
    return None


def _place(reading: Reading, mentions: Sequence[Mention]) -> Mention | None:
    """Where it was: what it is coded to, else the first place that is named for itself, the exact before the wide."""
    known = [m for m in mentions if m.latitude is not None and not counts_elsewhere(m, reading)]
    coded = [m for m in known if _is_coded(m, reading)]
    if coded:
        return coded[0]
    ranked = [
        (_is_owner(m), m.role in ("metonym", "dateline"), max(m.where_prec or 1, EXACT), not _is_held(m, known), m)
        for m in known
        if m.role != "actor" and (m.where_prec or 1) <= REGION
    ]
    return min(ranked, key=lambda r: (*r[:4], r[4].start))[4] if ranked else None


def _is_held(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether its region is named behind it, as a note does with the place that it is about."""
    if any(reason.endswith("named after it contains it") for reason in mention.reasons):
        return True
    area = f"the area of {mention.text}"
    return any(reason.endswith(area) for other in others for reason in other.reasons)


def _is_owner(mention: Mention) -> bool:
    return any("the area of" in reason for reason in mention.reasons)


def _is_coded(mention: Mention, reading: Reading) -> bool:
    if mention.latitude is None or counts_elsewhere(mention, reading):
        return False
    at = reading.word_at(mention.start)
    return bool(reading.within("signal:coded_at", max(at - BEFORE, 0), at - 1))
