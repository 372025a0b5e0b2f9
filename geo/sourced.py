"""Sourced: which sentences only tell who says what stands before or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .actors import ActorBook
from .draft import Draft
from .elsewhere import is_short
from .scenes import Scene
from .sentences import Reading, Sentence
from .speakers import Speaker
from .triggers import Trigger

__all__ = [
    "closing_voice",
    "excused",
    "first_voice",
    "introduces",
    "is_partisan",
    "names_source",
    "office_behind",
    "only_adds",
    "quoted_on",
    "refuted_voice",
    "signature",
]

SIGNED = 16  # words that a signature has at most
TITLES = ("office", "actor", "side", "spokes", "letterhead", "date_days", "month", "weekday")
LINKING = 3  # letters of words that only link ("of the")
MANY = 2  # sentences from which the last may be a signature
SHORT = 10  # words; a sentence so short that names a source speaks of what stands before it
HEADING = 6  # words of a heading that only names an office and a day


def is_partisan(reading: Reading, sentence: Sentence) -> bool:
    """Whether a report is a force's own bulletin by its heading, or speaks of that force's soldiers as "ours"."""
    heading = reading.sentences[0]
    office = heading.last - heading.first < HEADING and heading.last < len(reading.words) - 1
    office = office and reading.vocabulary.has("officials_by_name") and reading.has("office", heading)
    return reading.has("bulletin", heading) or office or reading.has("own_voice", sentence)


def refuted_voice(reading: Reading, scene: Scene) -> Speaker | None:
    """Whose word is denied or left open: "X denied this report of the ministry" names the ministry as the source."""
    answered = any(s.mode == "denies" for s in scene.speakers) or reading.has("noncommittal", scene.sentence)
    if not answered or scene.triggers:
        return None
    told = next((i for i in scene.informants if i.retold and i.actor_id and not i.agent), None)
    return Speaker(told.first, told.last, told.actor_id, told.side, words=(told.first, told.last)) if told else None


def names_source(reading: Reading, scene: Scene) -> bool:
    """Whether a sentence only tells who says so, or adds figures to what was told."""
    if scene.places or first_voice(scene) is None or reading.has("no_comment", scene.sentence):
        return False
    short = scene.sentence.last - scene.sentence.first < SHORT
    return bool(scene.figures) or (short and not scene.triggers)


def closing_voice(reading: Reading, scenes: Sequence[Scene]) -> Speaker | None:
    """Who is named at the end as the source of all that stands before: "Source: X", "X made these details public"."""
    for scene in scenes:
        silent = reading.has("no_comment", scene.sentence) or reading.has("noncommittal", scene.sentence)
        told = not silent and (reading.has("about_it", scene.sentence) or _is_source_line(reading, scene))
        if told and names_source(reading, scene):
            return first_voice(scene)
        if scene.speakers or scene.past:
            return None
    return None


def _is_source_line(reading: Reading, scene: Scene) -> bool:
    sentence = scene.sentence
    opens = reading.within("before", sentence.first, sentence.first)
    return bool(opens) and not reading.has("said", sentence) and not scene.figures


def introduces(scene: Scene) -> bool:
    """Whether a sentence only tells that somebody spoke: what stands behind it is what they said."""
    told = any(not t.undone for t in scene.triggers)  # "counted no shell on Sunday": what is behind goes on with it
    return not scene.names_place and not told and not scene.figures and first_voice(scene) is not None


def only_adds(trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """Whether who speaks behind an event only adds something to it: a weak word, or a sum of arms put out of action."""
    sums = reading.in_sentence("signal:losses", scene.sentence)
    summed = any(c.first <= trigger.first <= c.last for c in sums)
    return (trigger.weak or summed) and first_voice(scene) is not None


def first_voice(scene: Scene) -> Speaker | None:
    voices = [s for s in scene.speakers if s.mode in ("says", "admits") and s.actor_id]
    voices = _correcting(scene, voices) or voices
    return voices[0] if voices and (voices[0].mode == "says" or voices[0].confirms) else None


def quoted_on(reading: Reading, scenes: Sequence[Scene], at: int) -> Speaker | None:
    """ "«No», X said. – It was they who …»": what goes on behind a dash, up to the closing quote, is of X, too."""
    known = [s for s in scenes[at - 1].speakers if s.known] if at else []
    sentence = scenes[at].sentence
    dash = any(c in reading.words.gap(sentence.first) for c in "—–")
    words = range(sentence.first + 1, sentence.last + 1)
    marks = "".join(c for i in (*words, sentence.last + 1) for c in _gap(reading, i) if c in "«»")
    return replace(known[-1], mode="says") if known and dash and marks.startswith("»") else None


def _gap(reading: Reading, word: int) -> str:
    words = reading.words
    return words.gap(word) if word < len(words) else words.text[words.ends[word - 1] :]


def signature(reading: Reading, scenes: Sequence[Scene]) -> Speaker | None:
    """Who signs a report: its last sentence is nothing but a name or an office."""
    scene = scenes[-1]
    sentence = scene.sentence
    if len(scenes) < MANY or sentence.last - sentence.first >= SIGNED or scene.triggers or scene.figures:
        return None
    named = {i for kind in TITLES for c in reading.in_sentence(kind, sentence) for i in range(c.first, c.last + 1)}
    rest = [i for i in range(sentence.first, sentence.last + 1) if i not in named]
    if sum(len(reading.words.folded[i]) > LINKING and reading.words.folded[i].isalpha() for i in rest) > 1:
        return None
    who = next((i for i in scene.informants if i.actor_id and not i.retold), None)
    return Speaker(who.first, who.last, who.actor_id, who.side, words=(who.first, who.last)) if who else None


def opening_voice(reading: Reading, scenes: Sequence[Scene], at: int) -> Speaker | None:
    """Who said right before that it was quiet elsewhere: the same report goes on."""
    if at == 0 or scenes[at].fresh:
        return None
    before = scenes[at - 1]
    told = reading.has("signal:calm", before.sentence) and before.names_place
    if told:
        return first_voice(before)
    headed = introduces(scenes[0]) and not reading.has("said", scenes[0].sentence)
    alone = headed and not any(s.speakers for s in scenes[1:at])
    return first_voice(scenes[0]) if alone else None  # "Briefing of the ministry, 4 November." heads all that follows


def excused(draft: Draft, book: ActorBook) -> Speaker | None:
    """Whose statement somebody answers with an excuse: "after X's statement Y apologised"."""
    if draft.speaker is None or draft.speaker.mode != "admits" or draft.speaker.confirms:
        return None
    party = book.party(draft.speaker.side)
    told = next((i for i in draft.scene.informants if i.retold and i.actor_id and book.party(i.side) != party), None)
    return Speaker(told.first, told.last, told.actor_id, told.side, words=(told.first, told.last)) if told else None


def _correcting(scene: Scene, voices: Sequence[Speaker]) -> list[Speaker]:
    """Who gives the figure that holds, where another in the sentence gave one that it takes back."""
    counted = [f for f in scene.figures if f.kind == "dead"]
    if len(voices) < 2 or not any(f.earlier for f in counted):
        return []
    kept = [f for f in counted if not f.earlier]
    return [s for s in voices if kept and s.first <= kept[-1].last][-1:]


def office_behind(scenes: Sequence[Scene], scene: Scene, reading: Reading) -> Speaker | None:
    """An office that the theatre does not list, named in a sentence of its own: "The governor told of it"."""
    if not reading.vocabulary.has("officials_by_name"):
        return None
    told = [s for s in scenes[scene.sentence.index + 1 :][:1] if not s.places and not s.triggers and is_short(s)]
    return next((v for s in told for v in s.speakers if v.mode == "says" and v.official), None)
