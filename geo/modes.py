"""Modes: whether what somebody is quoted with says, denies, admits, or says that a place still holds."""

from __future__ import annotations

from typing import Literal

from .phrases import Cue
from .sentences import Reading

__all__ = ["DEED", "DENIALS", "REACH", "Mode", "contradicts", "in_deed", "mode_of", "where_it_goes_on"]

Mode = Literal["says", "denies", "admits", "holds"]

REACH = 18  # words between a speaker and the verb
DEED = 5  # words between who acts and what is done
QUOTES = frozenset('«»"“”')
QUOTE_REACH = 8  # words between the end of a quotation and the verb of saying behind it
DENIALS = ("denies", "disbelief", "generic_denial")


def where_it_goes_on(reading: Reading, low: int, high: int) -> int | None:
    """Where a statement follows a denial: "called it false and said that …"."""
    denials = [c.last for kind in DENIALS for c in reading.within(kind, low, high)]
    if not denials:
        return None
    for index in range(min(denials) + 1, high + 1):
        if reading.colon_before(index) and reading.within("said", low, index - 1):
            return index
    for gerund in reading.within("saying", min(denials) + 1, high):
        return gerund.first
    for joint in reading.within("and", min(denials), high):
        said = [c for c in reading.within("said", joint.last + 1, joint.last + 2) if c.first not in denials]
        if said and not any(reading.within(kind, said[0].first, said[0].first) for kind in DENIALS):
            return said[0].first
    return None


def contradicts(reading: Reading, low: int, high: int) -> bool:
    """Whether an answer contradicts: by its verb ("retorted"), or by a negation behind "answered"."""
    if reading.within("no_comment", low, high):
        return False
    answers = reading.within("responds", low, high)
    quoted = low if answers and _closes_quote(answers[0].first, low, reading) else None
    if answers and reading.within("signal:negation", quoted or answers[0].last + 1, high):
        return True
    if reading.within("in_answer", low, high) and reading.within("signal:negation", low, high):
        return True
    return bool(reading.within("retorts", low, high))


def _closes_quote(word: int, low: int, reading: Reading) -> bool:
    """Whether a quotation ends shortly before a verb: ""We do not shell towns," X replied"."""
    return any(not QUOTES.isdisjoint(reading.words.gap(i)) for i in range(max(word - QUOTE_REACH, low + 1), word + 1))


def mode_of(reading: Reading, low: int, high: int) -> Mode:
    nobody = [c for kind in ("no_victims", "no_dead") for c in reading.within(kind, low, high)]
    denials = [
        c.first
        for kind in DENIALS
        for c in reading.within(kind, low, high)
        if not _negated(reading, c)
        and not any(n.first <= c.first <= n.last for n in nobody)
        and not any(n.first <= c.first <= n.last for n in reading.within("signal:driven_back", low, c.first))
    ]
    admits = [
        c.first
        for k in ("admits", "confirms")
        for c in reading.within(k, low, high)
        if not _negated(reading, c) and not in_deed(c, reading)
    ]
    if admits and (not denials or min(admits) < min(denials)):
        return "admits"
    if denials:
        return "denies"
    return "holds" if reading.within("still_holds", low, high) else "says"


def _negated(reading: Reading, cue: Cue) -> bool:
    """ "Has neither confirmed nor denied" is no denial."""
    if any(c.first <= cue.first <= c.last for c in reading.within("noncommittal", cue.first - REACH, cue.first)):
        return True
    before = reading.within("signal:negation", max(cue.first - 2, 0), cue.first - 1)
    if any(n.first <= cue.first <= n.last for n in reading.within("no_comment", max(cue.first - 3, 0), cue.first)):
        return True
    if reading.within("signal:negation", cue.first, cue.last):
        return False  # the negation is part of the denial ("did not fire")
    return (
        cue.kind in ("denies", "admits", "confirms")
        and bool(before)
        and reading.clauses[before[-1].first] == reading.clauses[cue.first]
    )


def in_deed(cue: Cue, reading: Reading) -> bool:
    """Whether a verb of saying is part of a deed: "established (confirmed) control", "… a ceasefire"."""
    truces = reading.within("signal:truce", cue.first - 2, cue.first - 1)
    if not reading.words.breaks[cue.first] and any(c.last + 1 == cue.first for c in truces):
        return True
    return any(c.first < cue.first <= c.last for c in reading.within("signal:capture", cue.first - DEED, cue.first))
