"""Elsewhere: at which places of a sentence its event did not happen, and what else a sentence takes back or takes for
granted."""

from __future__ import annotations

from collections.abc import Sequence

from .carried import HELD
from .mentions import Mention
from .scenes import Scene
from .sentences import Reading
from .triggers import Trigger

__all__ = [
    "clauses_apart",
    "in_general",
    "in_own_words",
    "is_debris",
    "is_elsewhere",
    "is_hospital",
    "is_refuted",
    "is_short",
    "is_spared",
    "led_to",
    "only_beside",
    "tells_of_dead",
    "truce_holds",
    "unreal",
]

SHORT_SENTENCE = 10  # words
LIST_REACH = 3  # words between two places of a list whose only verb ends the sentence
OPENS = 2  # words before a place that opens its sentence
UNREAL = ("signal:negation_after", "signal:plan", "signal:calm")  # what did not happen, or only may
HOSPITAL_REACH = 2  # words between a town and the hospital there
OBJECT_REACH = 4  # words between a verb and the place that is its object
TELLING = ("dead", "wounded", "signal:likewise", "signal:impact", "signal:downing", "signal:clash_weak")
SAID_BEHIND = 8  # words between a capital that opens a sentence and what is said there
SPOKE_AT = 3  # words between a verb of saying and the place where it was said


def is_elsewhere(place: Mention, trigger: Trigger, placed: Sequence[tuple[Mention, Trigger]], reading: Reading) -> bool:
    """Whether a place stands in a clause of its own that tells of something else: where somebody spoke, say."""
    word = reading.word_at(place.start)
    same = reading.sentence_of(trigger.first) == reading.sentence_of(word)
    if same and _is_told_in(word, trigger, reading):
        return True
    if _was_told_at(place, word, placed, reading) or _is_retreat(place, trigger, placed, reading):
        return True
    if reading.clauses[word] == trigger.clause or not same:
        return False
    said = reading.within("said", word - SPOKE_AT, word + SPOKE_AT)
    said = said + reading.within("signal:spoken_at", word - SPOKE_AT, word + SPOKE_AT)
    said = [c for c in said if not (c.last < word and reading.within("that", c.last + 1, word - 1))]
    if reading.vocabulary.has("said_last") and not reading.within("at_place", word, word + 1):
        said = []  # "… X-i vurduğunu bildirib": the verb of saying only ends the sentence
    if reading.vocabulary.has("said_last"):  # "X-də mövqelərin vurulduğunu bildirib": what was done there
        said = [c for c in said if c.first < word or not reading.within("deed_told", word + 1, c.first - 1)]
    if any(reading.clauses[c.first] == reading.clauses[word] for c in said):
        if len(placed) == 1 and any(c.value == "government" for c in reading.within("office", word, word + OPENS)):
            return False  # "the mayor of X tells that yesterday …": it was there
        hurt = [c for kind in ("dead", "wounded") for c in reading.in_sentence(kind, reading.sentence_of(word))]
        if len(placed) == 1 and any(reading.clauses[c.first] == reading.clauses[word] for c in hurt):
            return False  # "from X, Baku reports one dead"
        return not any(reading.within(k, word - SPOKE_AT, word + SPOKE_AT) for k in ("dead", "wounded"))
    opens = word - reading.sentence_of(word).first <= OPENS
    if opens and reading.within("actor", word, word) and _speech_follows(word, reading):
        return True  # "In Yerevan, X insisted that …"
    if opens and reading.within("denies", word, word + SPOKE_AT):
        return True  # "In Yerevan, officials denied that …"
    low, high = sorted((word, trigger.first))
    likewise = reading.within("signal:others", low, high)
    if any(reading.clauses[c.first] == reading.clauses[word] for c in likewise):
        return False  # "…, as was X"
    if reading.within("instead", word - SPOKE_AT, word - 1):
        return False  # "not only X but Y too"
    if _is_elliptic(word, reading):
        return False  # "A was shelled on Sunday, and on Monday B"
    settled = any(reading.clauses[reading.word_at(p.start)] == trigger.clause for p, t in placed if t is trigger)
    first = reading.clauses[reading.sentence_of(word).first]
    if settled and reading.clauses[word] == first and reading.within("said", word + 1, trigger.first):
        return True  # "From the square in X, the president told the nation that Y …"
    if reading.vocabulary.has("said_last"):
        own = reading.within("finite", trigger.first, _clause_end(trigger.first, reading))
        listed = not own and any(0 < word - reading.word_at(p.end - 1) <= LIST_REACH for p, _ in placed)
        return settled and not listed and word > trigger.last and _has_verb(word, reading)  # lists carry particles
    return settled and any(c.first > low for c in reading.within("signal:clause", low + 1, high))


def _is_retreat(place: Mention, trigger: Trigger, placed: Sequence[tuple[Mention, Trigger]], reading: Reading) -> bool:
    """Whether troops leave another place and only go to this one: "withdrew from X and dug in at Y"."""
    if trigger.event_type != "withdrawal" or _is_left(place, reading):
        return False
    word = reading.word_at(place.start)
    left = [reading.word_at(p.start) for p, _ in placed if _is_left(p, reading)]
    return any(at < word or reading.clauses[at] != reading.clauses[word] for at in left)


def _is_left(place: Mention, reading: Reading) -> bool:
    """Whether a name, or the noun behind it, has the ending "from"."""
    first, last = reading.word_at(place.start), reading.word_at(place.end - 1)
    nouns = (
        reading.within("ablative", last + 1, last + 1)
        if not reading.words.breaks[min(last + 1, len(reading.words) - 1)]
        else []
    )
    return bool(nouns) or bool(reading.within("ablative", first, last))


def _is_elliptic(word: int, reading: Reading) -> bool:
    """Whether the last clauses of a sentence have no verb of their own, where verbs carry an auxiliary."""
    if "copula" not in reading.cues:
        return False
    sentence = reading.sentence_of(word)
    starts = [c.first for c in reading.within("signal:clause", sentence.first, word)]
    return bool(starts) and not reading.within("copula", starts[-1], sentence.last)


def _was_told_at(place: Mention, word: int, placed: Sequence[tuple[Mention, Trigger]], reading: Reading) -> bool:
    """Whether a sentence opens with the place where somebody speaks of another: "In X, the president announced that Y
    …", in languages that say so with an ending."""
    sentence = reading.sentence_of(word)
    if word != sentence.first or not reading.within("at_place", word, word) or not reading.has("said", sentence):
        return False
    speakers = [c for kind in ("actor", "office") for c in reading.within(kind, word + 1, word + OPENS)]
    return bool(speakers) and any(p.place_id != place.place_id for p, _ in placed)


def _speech_follows(word: int, reading: Reading) -> bool:
    """Whether a verb of saying that is no aside ("…, he said, …") stands behind a capital that opens a sentence."""
    last = reading.sentence_of(word).last
    said = [c for kind in ("said", "denies") for c in reading.within(kind, word + 1, min(word + SAID_BEHIND, last))]
    return any(c.last < last and not reading.words.breaks[c.last + 1] for c in said)


def _is_told_in(word: int, trigger: Trigger, reading: Reading) -> bool:
    """Whether a place stands between a verb of saying and the "that" behind which the event is told."""
    said = reading.within("said", word - SPOKE_AT, word - 1)
    told = [c for c in reading.within("that", word + 1, trigger.first) if c.last < trigger.first]
    if not said or not told or reading.within("that", said[-1].last + 1, word - 1):
        return False
    return not any(reading.words.breaks[i] for i in range(said[-1].last + 1, word + 1))


def _clause_end(word: int, reading: Reading) -> int:
    last, sentence = word, reading.sentence_of(word)
    while last < sentence.last and reading.clauses[last + 1] == reading.clauses[word]:
        last += 1
    return last


def _has_verb(word: int, reading: Reading) -> bool:
    """Whether the clause of a place ends with a verb of its own that tells of nobody hurt: "…, X was spared"."""
    last, sentence = _clause_end(word, reading), reading.sentence_of(word)
    first = word
    while first > sentence.first and reading.clauses[first - 1] == reading.clauses[word]:
        first -= 1
    told = any(reading.within(kind, first, last) for kind in TELLING)
    said = reading.within("said", last - 1, last)  # "A X-i, B isə Y-i vurduğunu deyir": the verb is that of both
    return not told and not said and bool(reading.within("finite", last, last))


def led_to(place: Mention, trigger: Trigger, reading: Reading) -> bool:
    """Whether a verb that only may tell of a capture has the place as its goal: "took the families to X"."""
    word = reading.word_at(place.start)
    if trigger.weak and trigger.event_type == "withdrawal":
        return not _is_object(word, trigger, reading)
    if trigger.event_type == "withdrawal":  # "the garrison fell back to X"
        return any(c.last == word - 1 for c in reading.within("signal:retreat_to", word - 3, word - 1))
    goals = [c for c in reading.within("signal:goal", word - 4, word - 1) if c.last == word - 1]
    if trigger.event_type == "withdrawal" and trigger.last < word and goals:
        return True  # "withdrew in the night towards X"
    if not trigger.weak or trigger.event_type != "capture" or not trigger.first < word:
        return False
    ways = [c for c in reading.within("signal:whither", word - 3, word - 1) if c.last == word - 1]
    return any(c.first > trigger.last for c in ways)


def is_debris(place: Mention, trigger: Trigger, reading: Reading) -> bool:
    """Whether only what was left of an aircraft lay at a place: "shot down over X; its wreckage was found at Y"."""
    word = reading.word_at(place.start)
    if trigger.event_type != "aircraft_shot_down" or trigger.clause == reading.clauses[word]:
        return False
    cues = reading.in_sentence("signal:debris", reading.sentence_of(word))
    return any(reading.clauses[c.first] == reading.clauses[word] for c in cues)


def is_hospital(place: Mention, trigger: Trigger, reading: Reading) -> bool:
    """Whether a town is only where somebody lies or dies: "hit at X; he died in the Y hospital"."""
    word = reading.word_at(place.end - 1)
    sentence = reading.sentence_of(word)
    behind = [c for c in reading.within("hospital", word + 1, word + HOSPITAL_REACH) if c.last <= sentence.last]
    if not behind or any(reading.words.breaks[i] for i in range(word + 1, behind[0].first + 1)):
        return False
    clause = reading.clauses[word]
    told = trigger.clause == clause and sentence.first <= trigger.first <= sentence.last
    hurt = [c for kind in ("dead", "wounded") for c in reading.in_sentence(kind, sentence)]
    return not told and any(reading.clauses[c.first] == clause for c in hurt)


def _is_object(word: int, trigger: Trigger, reading: Reading) -> bool:
    """Whether a place stands right behind a verb, with no more than its generic noun between: "lost the town of X"."""
    between = range(trigger.last + 1, word)
    named = not between or bool(reading.within("places", between.start, word - 1))
    return named and 0 <= len(between) < OBJECT_REACH and not any(reading.words.breaks[i] for i in (*between, word))


def only_beside(place: Mention, trigger: Trigger, reading: Reading) -> bool:
    """Whether a verb that may tell of a capture has a place only as where it happens: "fell in X", not "X fell"."""
    if not trigger.weak or trigger.event_type != "capture":
        return False
    word = reading.word_at(place.end - 1)
    if not reading.within("signal:capture_weak", trigger.first, trigger.first):
        return False
    return bool(reading.within("locative", word, word) or reading.within("signal:beside", word + 1, word + 2))


def clauses_apart(reading: Reading, trigger: Trigger, word: int) -> int:
    """Clauses between a place and an event; a semicolon or colon counts three."""
    low, high = sorted((word, trigger.first))
    hard = sum(reading.words.breaks[i] == 2 for i in range(low + 1, high + 1))
    return abs(trigger.clause - reading.clauses[word]) + 2 * hard


def is_spared(place: Mention, trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """Whether a place is said to be quiet in a clause of its own, or the town not to have been hit after all."""
    clause = reading.clauses[reading.word_at(place.start)]
    calm = reading.in_sentence("signal:calm", scene.sentence)
    if clause != trigger.clause and any(reading.clauses[c.first] == clause for c in calm):
        return True
    there = {reading.clauses[c.first] for c in reading.in_sentence("signal:same_place", scene.sentence)}
    return trigger.weak and any(t.undone and t.clause in there and t.clause > clause for t in scene.triggers)


def tells_of_dead(scene: Scene, reading: Reading) -> bool:
    """Whether somebody died, in words that do not say that nobody did."""
    nobody = [(f.first, f.last) for f in scene.figures if f.best == 0]
    nobody += [(c.first, c.last) for c in reading.in_sentence("unknown", scene.sentence)]  # "no word of victims"
    dead = reading.in_sentence("dead", scene.sentence)
    return any(not any(first <= c.first <= last for first, last in nobody) for c in dead)


def unreal(word: int, scene: Scene, reading: Reading) -> bool:
    """Whether a place has a clause to itself that only says what did not happen, or what may: "… nobody meant to"."""
    clause = reading.clauses[word]
    own = {clause, clause + 1} if _before_dash(word, reading) else {clause}
    if any(t.clause in own for t in scene.triggers):
        return False
    cues = [c for kind in UNREAL for c in reading.in_sentence(kind, scene.sentence)]
    return any(reading.clauses[c.first] in own for c in cues)


def in_own_words(word: int, trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """Whether a dash behind a place tells something else of it than what was taken or left before: "X was freed, Y —
    in a pincer"."""
    if trigger.event_type not in HELD or trigger.clause >= reading.clauses[word] or not _before_dash(word, reading):
        return False
    clause = reading.clauses[word]
    words = [i for i in range(word, scene.sentence.last + 1) if reading.clauses[i] == clause + 1]
    likewise = reading.within("signal:others", word, words[-1]) if words else []
    dated = any(words and words[0] <= m.first <= words[-1] for m in scene.moments)
    said = reading.within("said", words[0], words[-1]) if words else []  # "X, Y — he named"
    return not (likewise or dated or said)


def _before_dash(word: int, reading: Reading) -> bool:
    """Whether a place stands before a dash that ends its clause ("X — a matter of hours")."""
    words = reading.words
    opens = word == 0 or words.breaks[word] > 0
    behind = word + 1
    return opens and behind < len(words) and words.breaks[behind] == 1 and any(c in words.gap(behind) for c in "—–")


def truce_holds(reading: Reading, scene: Scene) -> bool:
    """Whether a sentence tells that a ceasefire is in force or broken: fire told of after that breaks it."""
    if not reading.has("signal:truce", scene.sentence) or reading.has("signal:plan", scene.sentence):
        return False
    return reading.has("signal:in_force", scene.sentence)


def is_refuted(scene: Scene, reading: Reading) -> bool:
    return reading.has("disbelief", scene.sentence) or reading.has("retracted", scene.sentence)


def is_short(scene: Scene) -> bool:
    return scene.sentence.last - scene.sentence.first < SHORT_SENTENCE


def in_general(trigger: Trigger, scene: Scene, reading: Reading) -> bool:
    """ "Our army does not fire on civilians": what never happens, by the word of who denies, happened nowhere."""
    return any(c.first <= trigger.first <= c.last for c in reading.in_sentence("generic_denial", scene.sentence))
