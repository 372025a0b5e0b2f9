"""Persons: whether somebody who is named without a number is one of the dead or wounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .counting import NOUN_REACH, ONE_REACH, Number
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["died_of", "ended_before", "is_another", "is_victim", "named_victims", "named_with_age"]

VERB_REACH = 8  # words between a person and what befell them, where the verb ends the clause
AGE_DIGITS = 2
BESIDE = 2  # words between a name and what happened to who bears it


def is_victim(cue: Cue, reading: Reading, sentence: Sentence) -> bool:
    """Whether a person named without a number is who was killed or hurt: where nouns stand in the singular behind
    numerals too, only a plain form beside the verb counts one."""
    if reading.within("several", max(cue.first - NOUN_REACH, sentence.first), cue.first):
        return False
    aged = 2 * len(reading.within("unit", max(cue.first - 2, sentence.first), cue.first - 1))  # "56-ամյա տղամարդ"
    first = max(cue.first - NOUN_REACH - aged, sentence.first)
    reach = VERB_REACH if reading.vocabulary.has("verb_last") else ONE_REACH + 1
    near = range(first, min(cue.last + reach, sentence.last) + 1)
    return any(
        reading.clauses[v.first] == reading.clauses[cue.first] and not (v.first <= cue.first <= v.last)
        for kind in ("dead", "wounded")
        for v in reading.within(kind, near[0], near[-1])
    )


def died_of(victims: list[tuple[Cue, str]], numbers: Sequence[Number], reading: Reading) -> Iterator[tuple[Cue, str]]:
    """Victims without the wounds that somebody died of: "hit by a splinter he died in hospital" is one dead."""
    for cue, kind in victims:
        if kind == "dead" or not reading.vocabulary.has("verb_last"):
            yield cue, kind
            continue
        ends = [
            d.first
            for d, other in victims
            if other == "dead" and d.first > cue.last and reading.clauses[d.first] == reading.clauses[cue.last]
        ]
        between = range(cue.last + 1, min(ends, default=0))
        joined = reading.within("and", between.start, between.stop - 1) if between else []
        if not ends or joined or any(n.first in between for n in numbers):
            yield cue, kind


def named_victims(reading: Reading, sentence: Sentence) -> Iterator[Number]:
    """Who is killed or hurt by name ("Sevda Quliyeva həlak olub"), and is nobody whom the theatre knows."""
    words = reading.words
    victims: list[Number] = []
    for cue in reversed(list(reading.in_sentence("given_name", sentence))):
        surname = cue.last + 1
        if surname > sentence.last or words.gap(surname) != " " or not words.text[words.starts[surname]].isupper():
            continue
        if reading.within("actor", cue.first, cue.first):
            continue
        whole = Cue(cue.kind, cue.first, surname)
        near = [v for kind in ("dead", "wounded") for v in reading.within(kind, surname + 1, surname + BESIDE)]
        listed = bool(victims) and _stands_before(surname, victims[-1].first, reading)
        if listed or (near and is_victim(whole, reading, sentence)):
            victims.append(Number(cue.first, surname, 1, bare=True))
    yield from reversed(victims)


def _stands_before(word: int, other: int, reading: Reading) -> bool:
    """Whether only a comma or "and" parts a name from the next: "X Y, Z W and V U were killed"."""
    between = other - word - 1
    joined = between == 1 and bool(reading.within("and", word + 1, word + 1))
    return joined or (between == 0 and reading.words.breaks[other] == 1)


def is_another(cue: Cue, last: Cue | None, reading: Reading) -> bool:
    """Whether a person is named beside a victim: "a woman, her son and a neighbour"."""
    if last is None or not 0 < cue.first - last.last <= NOUN_REACH:
        return False
    joined = reading.within("and", last.last + 1, cue.first - 1)
    return bool(joined) or reading.words.breaks[last.last + 1] == 1


def ended_before(cue: Cue, number: Number, reading: Reading) -> bool:
    """Whether a verb has ended its clause before a number, where verbs stand last: "one was killed, three, among them
    a boy, were hurt"."""
    if not reading.vocabulary.has("verb_last") or cue.last >= number.first:
        return False
    apart = reading.clauses[cue.last] != reading.clauses[number.first]
    return apart and bool(reading.within("finite", cue.last, cue.last))


def named_with_age(reading: Reading, sentence: Sentence) -> Iterator[Number]:
    """Who is killed or hurt by name, with their age behind a comma: "killed Elnur Mammadov, 29, and injured …"."""
    words, index = reading.words, sentence.first
    while index + 2 <= sentence.last:
        named = words.gap(index + 1) == " " and all(_capital(i, reading) for i in (index, index + 1))
        age = words.folded[index + 2]
        aged = words.gap(index + 2).strip() == "," and age.isdigit() and len(age) <= AGE_DIGITS
        stops = index + 2 == sentence.last or words.breaks[index + 3] or reading.within("and", index + 3, index + 3)
        if named and aged and stops and not reading.within("actor", index, index + 1):
            yield Number(index, index + 1, 1, bare=True)
            index += 2
        index += 1


def _capital(word: int, reading: Reading) -> bool:
    return reading.words.text[reading.words.starts[word]].isupper()


def of_enemy(cue: Cue, reading: Reading, sentence: Sentence) -> bool:
    """Whether a clause counts what one side says that the other lost: nobody knows how many of them died there."""
    losses = reading.in_sentence("enemy_losses", sentence)
    return any(reading.clauses[c.first] <= reading.clauses[cue.first] <= reading.clauses[c.last] for c in losses)
