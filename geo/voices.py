"""Voices: of those who may be quoted in a sentence, who only passes on, and who shares another's verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .endings import is_genitive
from .informants import Context, Informant, hard_break
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["QUIET_OFFICES", "contrasted", "far_subject", "is_embedded", "without_media"]

QUIET_OFFICES = frozenset({"army"})  # named for what they do more often than for what they say
MEDIUM = "media"  # the role of actors that only pass on what others say


def without_media(
    linked: dict[int, list[int]], informants: Sequence[Informant], context: Context, reading: Reading
) -> dict[int, list[int]]:
    """ "An agency reports, citing the ministry": the ministry is the source."""
    actors = context.book.actors
    media = {at for at in linked if (a := actors.get(informants[at].actor_id or "")) and a.role == MEDIUM}
    if told := {
        at for at in media if reading.within("told_to", max(informants[at].first - 2, 0), informants[at].first)
    }:
        return {at: words for at, words in linked.items() if at not in told}
    sources = [at for at in linked if at not in media and not informants[at].retold and not informants[at].faint]
    return {at: words for at, words in linked.items() if at not in media} if media and sources else linked


def contrasted(
    linked: Mapping[int, list[int]], informants: Sequence[Informant], reading: Reading, sentence: Sentence
) -> list[int]:
    """Who shares the verb of another: "A X-in, B isə Y-in vurulduğunu deyir", where verbs come last."""
    if not reading.vocabulary.has("verb_last"):
        return []
    against = [at for at in linked if reading.within("contrast", informants[at].last + 1, informants[at].last + 1)]
    found = []
    for at in range(min(against)) if against else ():
        other = informants[at]
        opens = other.first == sentence.first or reading.words.breaks[other.first] == 2
        if opens and at not in linked and not other.retold and (not other.faint or other.office == "government"):
            found.append(at)
    return found


def far_subject(informants: Sequence[Informant], cue: Cue, reading: Reading) -> int | None:
    """Who opens a long sentence that a verb of saying closes, where verbs come last: all between is what was said."""
    sentence = reading.sentence_of(cue.first)
    if not reading.vocabulary.has("said_last") or cue.kind != "said" or cue.last != sentence.last:
        return None
    for index, informant in enumerate(informants):
        weak = informant.faint or informant.retold or informant.office in QUIET_OFFICES
        if informant.first >= sentence.first and not weak and not is_genitive(informant.last, reading):
            return index if informant.last < cue.first and not hard_break(reading, informant.last, cue.first) else None
    return None


def is_embedded(informant: Informant, cue: Cue, reading: Reading) -> bool:
    """Whether a genitive only tells whose deed a verb of saying reports: "… X-nın iştirak etdiyini bildirib"."""
    told = cue.first - 1
    if reading.within("spokes", informant.last + 1, informant.last + 1):
        return False  # "X ordusunun mətbuat xidməti": its office tells
    return (
        informant.last < told and is_genitive(informant.last, reading) and bool(reading.within("deed_told", told, told))
    )
