"""Employers: a body that is named only because somebody speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .actors import ActorBook
from .endings import is_genitive, takes_ending
from .informant import Informant, hard_break
from .phrases import Cue
from .sentences import Reading

__all__ = ["APPOSITION", "BODIES", "LONG_APPOSITION", "is_employer", "is_of", "is_small", "needs_side", "of_aide"]

ABBREVIATION = 3  # letters of an actor's name that may be an abbreviation

APPOSITION = 4  # words between an office and the name of who holds it
LONG_APPOSITION = 8  # … where a comma opens it ("X, an aide to the … president")
EMPLOYER_REACH = 3  # words between a body and who speaks for it
BODIES = frozenset({"defence_ministry", "foreign_ministry", "government", "army", "presidency", "infocentre"})


def is_employer(cue: Cue, actors: Sequence[Cue], reading: Reading, book: ActorBook) -> bool:
    """ "Defence ministry spokeswoman X": the body in front of a person's name, who speaks for it."""
    bodies = {actor for (office, _), actor in book.offices.items() if office in BODIES}
    if cue.value not in bodies:
        return False
    people = [a for a in actors if a.value not in bodies]
    spoken = reading.within("spokes", max(cue.first - EMPLOYER_REACH - 1, 0), cue.first - 1)
    if any(0 < cue.first - a.last <= LONG_APPOSITION and any(s.first > a.last for s in spoken) for a in people):
        return True  # "X, who speaks for the army"
    if any(
        0 < cue.first - a.last <= LONG_APPOSITION and _speaks_for(reading, a.last + 1, cue.first - 1) for a in people
    ):
        return True  # "X, head of the … office"
    if any(0 < cue.first - a.last <= APPOSITION and is_of(reading, a.last + 1, cue.first - 1) for a in people):
        return True  # "X of the … ministry"
    if any(a.last + 1 == cue.first and _has_title_behind(cue, reading) for a in people):
        return True  # "X, XİN sözçüsü"
    reach = EMPLOYER_REACH + takes_ending(cue.last, reading)
    following = [a for a in people if 0 < a.first - cue.last <= reach]
    if spoken and following and not hard_break(reading, cue.last, following[0].first):
        return True  # "the spokesman of the …, X"
    return any(not any(reading.words.breaks[i] for i in range(cue.last + 1, a.first + 1)) for a in following)


def _has_title_behind(cue: Cue, reading: Reading) -> bool:
    """Whether a comma and a body stand before a title ("X, the ministry spokesman", "X, XİN sözçüsü")."""
    after = cue.last + 1 + takes_ending(cue.last, reading)
    return reading.words.breaks[cue.first] == 1 and bool(reading.within("spokes", after, after))


def is_of(reading: Reading, first: int, last: int) -> bool:
    """Whether only "of" and an article stand between a name and a body, behind a comma or not."""
    of = bool(reading.within("signal:belongs", first, first))
    return of and last - first <= 2 and not any(reading.words.breaks[i] for i in range(first + 1, last + 2))


def _speaks_for(reading: Reading, first: int, last: int) -> bool:
    """Whether a comma, a title and nothing else stand between a name and a body ("X, spokesman of the …")."""
    breaks = reading.words.breaks
    title = reading.within("spokes", first, last) or reading.within("office", first, last)
    return bool(title) and breaks[first] == 1 and not any(breaks[i] for i in range(first + 1, last + 1))


def is_small(cue: Cue, reading: Reading) -> bool:
    """A common word that is written like an abbreviation ("եմ", I am, like the EU's ԵՄ)."""
    word = reading.words.text[reading.words.starts[cue.first] : reading.words.ends[cue.first]]
    return cue.first == cue.last and len(word) <= ABBREVIATION and word.islower()


def of_aide(informant: Informant, reading: Reading, book: ActorBook) -> Informant:
    """ "Aliyev's aide": who speaks is the office of whom an ending names as theirs."""
    if informant.office not in ("president", None) or not reading.vocabulary.has("verb_last"):
        return informant
    aides = reading.within("aide", informant.last + 1, informant.last + 1)
    office = book.offices.get(("presidency", informant.side or "")) if aides else None
    if office is None or not is_genitive(informant.last, reading):
        return informant
    return replace(informant, last=aides[0].last, actor_id=office, office="presidency")


def needs_side(reading: Reading, cue: Cue) -> bool:
    """Whether an office's word alone says too little ("side", "ministry")."""
    return cue.first == cue.last and bool(reading.within("needs_side", cue.first, cue.first))
