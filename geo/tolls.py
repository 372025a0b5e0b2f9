"""Tolls: which figure belongs to which event, and what it comes to after corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .actors import ActorBook
from .draft import Draft
from .drafts import FIRE
from .figures import Figure
from .scenes import Scene
from .sentences import Reading

__all__ = ["Toll", "attach_figures", "merged", "own_loss", "scope_of", "toll_of"]

Scope = Literal["incident", "increment", "enemy_loss_claim"]
STATEMENT = 3  # clauses that a semicolon between a figure and an event weighs
REACH = 8  # words between a figure and the word for the other places
NEAR = 3  # words between a figure and whose dead it counts
Toll = tuple[int | None, int | None, int | None]


def attach_figures(reading: Reading, scenes: Sequence[Scene], drafts: Sequence[Draft]) -> None:
    """Give every figure to the event of its clause, else of its sentence, else to the last event told before."""
    previous: list[Draft] = []
    heading: Sequence[Figure] = ()
    for scene in scenes:
        own = [d for d in drafts if d.scene is scene and d.event_type != "ceasefire"]
        if heading and len(own) == 1 and not any(f.best for f in scene.figures):
            _count(own[0], heading)
        idle = own or previous or scene.past or scene.total or any(t.undone for t in scene.triggers)
        heading = () if idle else scene.figures
        if not scene.past and not scene.total and not _is_refuted(reading, scene):
            for figure in scene.figures:
                if len(own or previous) > 1 and reading.within("each", figure.first, figure.last):
                    targets = list(own or previous)
                elif previous and len(own) <= 1 and _of_others(figure, reading):
                    named = [d for d in own if d.place and reading.word_at(d.place.start) < figure.first]
                    targets = _without_toll(previous, named)
                elif previous and len(own) == 1 and _is_told_before(figure, scene, own[0], reading):
                    targets = _targets(figure, _goes_on(figure, scene, previous), reading, False)
                else:
                    targets = _targets(figure, own or _goes_on(figure, scene, previous), reading, bool(own))
                for draft in targets:
                    denies = draft.event_type == "aircraft_shot_down" and draft.scene is not scene and scene.speakers
                    if (figure.best == 0 and denies) or _is_fought_for(draft, scene):
                        continue  # "the air force had no losses" denies, and counts nobody
                    _count(draft, [figure])
        if own:
            previous = own


def _is_fought_for(draft: Draft, scene: Scene) -> bool:
    """ "The town is still ours, and they lost forty men there": no dead of its capture, told by the other side."""
    if draft.event_type != "capture" or draft.scene is scene or not draft.side:
        return False
    return bool(scene.speakers) and all(s.side is not None and s.side != draft.side for s in scene.speakers)


def _count(draft: Draft, figures: Sequence[Figure]) -> None:
    """Add figures to an event; bodies that are handed over died elsewhere."""
    for figure in figures if draft.event_type != "prisoner_exchange" else ():
        (draft.dead if figure.kind == "dead" else draft.wounded).append(figure)


def _of_others(figure: Figure, reading: Reading) -> bool:
    """ "In the other villages nobody was hurt": of all the places told before that have no figures yet."""
    clause = reading.clauses[figure.first]
    near = reading.within("others", figure.first - REACH, figure.last)
    return figure.best == 0 and any(0 <= clause - reading.clauses[c.first] <= 2 for c in near)


def _is_told_before(figure: Figure, scene: Scene, draft: Draft, reading: Reading) -> bool:
    """ "Thirteen were killed, and X was hit at the same time, without victims": the dead are those of the place told
    of in the sentence before."""
    if draft.place is None or not scene.sentence.start <= draft.place.start < scene.sentence.end or not figure.best:
        return False
    at = reading.word_at(draft.place.start)
    return figure.last < at and any(f.best == 0 and f.first > at for f in scene.figures)


def _without_toll(drafts: Sequence[Draft], told: Sequence[Draft]) -> list[Draft]:
    places = {d.place.place_id for d in told if d.place}
    return [d for d in drafts if not any(f.best for f in d.dead + d.wounded) and not _at(d, places)]


def _at(draft: Draft, places: set[str | None]) -> bool:
    return draft.place is not None and draft.place.place_id in places


def _is_refuted(reading: Reading, scene: Scene) -> bool:
    """Figures of a report that turned out to be false count nobody; a corrected one does."""
    if any(f.earlier for f in scene.figures) and any(not f.earlier for f in scene.figures):
        return False
    return reading.has("retracted", scene.sentence) or (
        reading.has("disbelief", scene.sentence) and not any(s.known for s in scene.speakers)
    )


def _goes_on(figure: Figure, scene: Scene, previous: list[Draft]) -> list[Draft]:
    """The events told before that a figure in a later sentence may belong to: not when it has a place of its own."""
    return [] if figure.more and scene.names_place else previous


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Fold a sentence that only counts the victims into the event at the same place that another one tells of."""
    kept: list[Draft] = []
    for draft in (d for d in drafts if not d.inferred):
        twin = next((d for d in kept if _same(d, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            twin.dead += draft.dead
            twin.wounded += draft.wounded
    for draft in drafts:
        if not draft.inferred:
            continue
        place = draft.place.place_id if draft.place else None
        told = next((d for d in kept if d.place and d.place.place_id == place and d.event_type in FIRE), None)
        if told is None:
            kept.append(draft)
        else:
            told.dead += draft.dead
            told.wounded += draft.wounded
            told.speaker = told.speaker or draft.speaker
    return kept


def _same(a: Draft, b: Draft) -> bool:
    """Whether two sentences tell of one event at one place by one speaker."""
    if a.place is None and b.place is None:
        return a.trigger is not b.trigger and _alike(a, b)
    if a.place is None or b.place is None or a.place.place_id is None or a.place.place_id != b.place.place_id:
        return False
    return _alike(a, b)


def _alike(a: Draft, b: Draft) -> bool:
    return (a.event_type, a.start, a.end, a.claimant) == (b.event_type, b.start, b.end, b.claimant)


def _targets(figure: Figure, drafts: Sequence[Draft], reading: Reading, same: bool) -> list[Draft]:
    if len(drafts) <= 1:
        return list(drafts)
    pointed = _pointed_at(figure, drafts, reading)
    if pointed:
        return pointed
    if figure.best == 0 and not same:
        return list(drafts)
    if not same:
        former = reading.in_sentence("former", reading.sentence_of(figure.first))
        here = [c for c in former if reading.clauses[c.first] == reading.clauses[figure.last]]
        apart = reading.in_sentence("latest", reading.sentence_of(figure.first))
        return [drafts[0] if here or (former and not apart) else drafts[-1]]  # "two in the former, one in the latter"
    number = figure.at if figure.at >= 0 else figure.first
    clause = reading.clauses[number]

    behind = not reading.vocabulary.has("verb_last")  # "three in X and two in Y": of two as near, the one behind

    def distance(draft: Draft) -> tuple[int, int, bool]:
        at = reading.word_at(draft.place.start) if draft.place else draft.trigger.first
        apart = abs(reading.clauses[at] - clause) + STATEMENT * _stops(reading, at, number)
        if figure.at > figure.first and figure.at > at > figure.first:
            apart -= 1  # "six were killed in X, in Y — four"
        return apart, min(abs(at - number), abs(at - figure.last)), behind and at < number

    if figure.best == 0 and len({reading.clauses[reading.word_at(d.place.start)] for d in drafts if d.place}) > 0:
        last = max((reading.word_at(d.place.start) for d in drafts if d.place), default=0)
        if figure.first > last:
            return list(drafts)
    return [min(drafts, key=distance)]


def _pointed_at(figure: Figure, drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """The place of those told together that a figure's own clause counts out: "in the first one, in the last two"."""
    clause = reading.clauses[figure.at if figure.at >= 0 else figure.first]
    begin, end = figure.first - REACH, figure.last

    def told(kind: str) -> bool:
        return any(reading.clauses[c.first] == clause for c in reading.within(kind, max(begin, 0), end))

    if told("first_two"):
        return list(drafts[:2])
    if told("latter"):
        return [drafts[-1]]
    return [drafts[0]] if told("former") else []


def _stops(reading: Reading, word: int, other: int) -> int:
    """Semicolons and the like between two words: what stands behind one is a statement of its own."""
    low, high = sorted((word, other))
    return sum(reading.words.breaks[i] == 2 for i in range(low + 1, high + 1))


def own_loss(draft: Draft, reading: Reading, book: ActorBook) -> bool:
    """Whether a side tells of its own: what mines and duds did, or soldiers killed who are not called the enemy's."""
    if draft.event_type == "casualties":
        return not draft.trigger.weak
    soldiers = [f for f in draft.dead if f.military and not f.civilian and f.best > 0]
    if any(reading.within("signal:destroy", f.first, f.last) for f in soldiers):
        return False  # nobody "destroys" soldiers of their own
    return bool(soldiers) and book.fights(draft.side) and scope_of(draft, reading, book) != "enemy_loss_claim"


def scope_of(draft: Draft, reading: Reading, book: ActorBook) -> Scope:
    """What a figure counts: the event's victims, some more of them, or the losses that one side tells of the other."""
    dead = [f for f in draft.dead if f.best > 0]
    party = book.party(draft.side)
    for figure in dead:
        near = (max(figure.first - NEAR, 0), figure.last + NEAR)
        rivals = [c for c in reading.within("side", *near) if book.fights(c.value) and book.party(c.value) != party]
        if figure.military and book.fights(draft.side) and (reading.within("enemy", *near) or rivals):
            return "enemy_loss_claim"
    return "increment" if dead and all(f.more for f in dead) else "incident"


def toll_of(figures: Sequence[Figure]) -> Toll:
    """Low, best and high of an event's figures: the latest state, without those that the text takes back."""
    valid = [f for f in figures if not f.earlier]
    if not valid:
        return None, None, None
    singly = [f for f in valid if f.also]
    if singly and max(f.best for f in valid) <= len(singly):
        return len(singly) + 1, len(singly) + 1, len(singly) + 1  # told of one by one
    added = [f for f in valid if f.more and f is not valid[0]]
    main = max((f for f in valid if f not in added), key=lambda f: f.best)
    extra = 0 if main.best == 0 else sum(f.best for f in added)
    low = None if main.low is None else main.low + extra
    high = None if main.high is None else main.high + extra
    return low, main.best + extra, high
