"""Peoples: the side whose people or media are quoted without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .actors import ActorBook
from .informant import Context, Informant
from .mentions import Mention
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["people_cited", "people_quoted", "seated"]

CITED = 2  # words between a people and "according to"


def people_cited(
    reading: Reading, sentence: Sentence, book: ActorBook, found: Sequence[Informant]
) -> Iterator[Informant]:
    """A people or its media as the source, where what says so stands behind it: "ermənilərin məlumatına görə"."""
    if not reading.vocabulary.has("verb_last"):
        return
    for cue in reading.in_sentence("side", sentence):
        near = reading.within("after", cue.last + 1, cue.last + CITED)
        cited = [c for c in near if not any(reading.words.breaks[i] for i in range(cue.last + 1, c.first + 1))]
        actor_id = book.holder_of("government", cue.value)
        taken = bool(cited) and any(s.first <= cited[0].last and cue.first <= s.last for s in found)
        if cited and not taken and actor_id and book.fights(cue.value):
            yield Informant(cue.first, cited[0].first - 1, actor_id, cue.value, "government")


ACCUSED = 3  # words between a verb of accusing and who is accused


def people_quoted(reading: Reading, sentence: Sentence, informants: Sequence[Informant]) -> Cue | None:
    """The side whose people or media are quoted without a name ("the Armenians write")."""
    persons = {reading.clauses[c.first] for c in reading.in_sentence("person", sentence)}
    if reading.has("foreign", sentence) and reading.has("office", sentence) and not informants:
        return None  # a third country's office speaks
    taken = [(s.first, s.last) for s in informants]
    sides = [
        c
        for c in reading.in_sentence("side", sentence)
        if reading.clauses[c.first] not in persons
        and not any(a <= c.first <= b for a, b in taken)
        and not _in_name(c, reading, sentence)
        and not reading.within("accuses", c.first - ACCUSED, c.first - 1)
    ]
    return sides[0] if sides else None


def _is_uncased(letter: str) -> bool:
    return not letter.isupper() and not letter.islower()


def _in_name(cue: Cue, reading: Reading, sentence: Sentence) -> bool:
    """Whether an adjective of a side is part of a name ("Observatoire syrien", "Syrian Observatory")."""
    words = reading.words
    before, after = cue.first - 1, cue.last + 1
    if before >= sentence.first and words.gap(cue.first) == " " and _is_uncased(words.text[words.starts[before]]):
        spoken = any(reading.within(kind, before, before) for kind in ("said", "denies", "before", "that"))
        return not spoken  # "المرصد السوري": an adjective behind its noun
    if before > sentence.first and words.gap(cue.first) == " " and words.text[words.starts[before]].isupper():
        return True
    return after <= sentence.last and words.gap(after) == " " and words.text[words.starts[after]].isupper()


def seated(informant: Informant, places: Sequence[Mention], reading: Reading, context: Context) -> Informant:
    """An office that sits in a town named before it by an ending ("Xankəndidəki «nazirlik»") is that side's."""
    before = informant.first - 1
    if informant.office is None or not reading.within("attributive", before, before):
        return informant
    if reading.within("side", informant.first, informant.last):
        return informant  # whose it is, is said
    for mention in places:
        side = context.sides.get(mention.place_id or "")
        if side and reading.word_at(mention.end - 1) == before:
            actor_id = context.book.holder_of(informant.office or "", side) or context.book.holder_of(
                "government", side
            )
            return replace(informant, first=reading.word_at(mention.start), actor_id=actor_id, side=side)
    return informant
