"""Verbs: what the form of a verb and who its subject is tell of an event, where verbs end the sentence."""

from __future__ import annotations

from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["is_infinitive", "is_repelled", "takes_up"]


def is_infinitive(at: int, reading: Reading) -> bool:
    """Whether a verb stands without the auxiliary that would make it a deed, where infinitive and participle are one
    form: "փորձում է գրավել" against "գրավել է", "երեկ է գրավել", "մտել է և գրավել"."""
    if not reading.within("infinitive", at, at):
        return False
    sentence = reading.sentence_of(at)
    hard = [i for i in range(sentence.first + 1, sentence.last + 1) if reading.words.breaks[i] == 2]
    first = max((i for i in hard if i <= at), default=sentence.first)
    stop = min((i for i in hard if i > at), default=sentence.last + 1)
    for copula in reading.within("copula", first, stop - 1):
        verb = copula.first - 1
        if copula.first > at or reading.within("infinitive", verb, verb):
            return False
        here = reading.clauses[copula.first] == reading.clauses[at]
        word = reading.words.text[reading.words.starts[verb] : reading.words.ends[verb]]
        if here and not (word.islower() and reading.within("locative", verb, verb)):
            return False
    return True


def takes_up(cue: Cue, noun: int, reading: Reading) -> bool:
    """Whether a verb takes up a noun behind a relative clause: "the exchange, which was planned for today, did not take
    place", "обмен, о котором договорились, не состоялся"."""
    verb_last = reading.vocabulary.has("verb_last")
    if reading.clauses[cue.first] - reading.clauses[noun] not in ((2, 3) if verb_last else (2,)):
        return False
    opens = next((i for i in range(noun + 1, cue.first) if reading.words.breaks[i]), cue.first)
    return bool(reading.within("relative", opens, opens + (not verb_last))) and not any(
        reading.words.breaks[i] == 2 for i in range(opens, cue.first)
    )


def is_repelled(verb: int, sentence: Sentence, reading: Reading) -> bool:
    """Whether it is the enemy who falls back: an attack was repelled, where the verb ends the sentence."""
    who = reading.within("enemy", sentence.first, verb)
    who = [c for c in who if reading.within("subject_ending", c.last, c.last)]
    return bool(who) and not reading.within("our", who[-1].last, verb)
