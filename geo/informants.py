"""Informants: everyone in a sentence who may be quoted - named actors, offices, countries, the other side, pronouns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .actors import ActorBook
from .employers import APPOSITION, BODIES, LONG_APPOSITION, is_employer, is_of, is_small, needs_side, of_aide
from .endings import is_genitive, is_told, takes_ending
from .informant import Context, Informant, hard_break, is_another, is_named, is_time, longest
from .mentions import Mention
from .peoples import people_cited, seated
from .phrases import Cue, fold_word
from .sentences import Reading, Sentence

__all__ = ["Context", "Informant", "hard_break", "informants_in", "is_another"]

NOBODY_ACTS = "no one acts here and nothing happens"
SEATS = frozenset({"government", "army"})  # whose an office is: "Baku's ministry", "the separatists' rescue service"
NAME_STEM = 4  # letters by which a given name is known in all its cases
SIDE_REACH = 3  # words between an office and the adjective that tells whose it is
VERDICTS = ("denies", "disbelief")  # "called a lie by X": X speaks
RETOLD_REACH = 4  # words between a side and "claim", "report"


def informants_in(
    reading: Reading, sentence: Sentence, mentions: Sequence[Mention], context: Context
) -> list[Informant]:
    """Everyone in a sentence who may be quoted, by position."""
    places = [m for m in mentions if m.role in ("event", "background", "dateline") and not _idle(m)]
    idle = [m for m in mentions if _idle(m)]
    actors = [c for c in longest(reading.in_sentence("actor", sentence)) if not _on_place(reading, c, places)]
    sides = longest(reading.in_sentence("side", sentence))
    actors = [c for c in actors if not is_employer(c, actors, reading, context.book)]
    actors = [c for c in actors if not _is_another_s(c, sides, reading, context.book)]
    actors = [c for c in actors if not _in_title(c, reading) and not _is_namesake(c, reading, context.book)]
    actors = [c for c in actors if not is_small(c, reading)]
    found = [_named(cue, context.book, faint=_on_place(reading, cue, idle)) for cue in actors]
    found = [of_aide(s, reading, context.book) for s in found]
    for cue in _offices(reading, sentence, actors, context.book):
        informant = _office(cue, reading, sentence, context, actors)
        if informant is None:
            continue
        found = [s for s in found if s.office not in SEATS or not informant.first <= s.first <= informant.last]
        if not any(s.first <= informant.last and informant.first <= s.last for s in found):
            found.append(informant)
    found = [seated(s, places, reading, context) for s in found]
    found += _countries(reading, sentence, mentions, found, context)
    found += _others(reading, sentence, context)
    found += people_cited(reading, sentence, context.book, found)
    found += _pronouns(reading, sentence, context, found)
    return sorted((_described(s, reading, context.book) for s in found), key=lambda s: s.first)


def _idle(mention: Mention) -> bool:
    """A capital or country for which no verb was found: its government may still be meant."""
    return mention.role == "background" and any(reason.endswith(NOBODY_ACTS) for reason in mention.reasons)


def _named(cue: Cue, book: ActorBook, *, faint: bool) -> Informant:
    office = next((o for (o, _), a in book.offices.items() if a == cue.value), None)
    return Informant(cue.first, cue.last, cue.value, book.actors[cue.value].side, office, faint=faint)


def _in_title(cue: Cue, reading: Reading) -> bool:
    """ "The president" in "the president's aide": who is meant is the longer title."""
    return cue.first == cue.last and any(c.last > cue.last for c in reading.within("office", cue.first, cue.first))


def _is_namesake(cue: Cue, reading: Reading, book: ActorBook) -> bool:
    """A surname behind a given name that its owner does not have ("Səbinə Əliyeva")."""
    given = reading.within("given_name", cue.first - 1, cue.first - 1)
    if not given or cue.first != cue.last or reading.words.breaks[cue.first]:
        return False
    word = reading.words.folded[cue.first - 1]
    own = {part for names in book.actors[cue.value].aliases.values() for name in names for part in name.split()}
    return not any(word.startswith(fold_word(part)[:NAME_STEM]) for part in own)


def _is_another_s(cue: Cue, sides: Sequence[Cue], reading: Reading, book: ActorBook) -> bool:
    """A body whose short name is one side's at home ("the defence ministry"), but another side's is named before it."""
    before = [s for s in sides if s.last == cue.first - 1 and not reading.words.breaks[cue.first]]
    own = book.side(cue.value)
    other = bool(before) and book.party(before[-1].value) != book.party(own)
    return other and bool(reading.within("office", cue.first, cue.last))


def _office(
    cue: Cue, reading: Reading, sentence: Sentence, context: Context, actors: Sequence[Cue]
) -> Informant | None:
    side = _side_of(cue, longest(reading.in_sentence("side", sentence)), reading)
    if side is None and _other_side(reading, cue):
        return None
    first, last = (min(cue.first, side.first), max(cue.last, side.last)) if side else (cue.first, cue.last)
    seat = None if side else _seat(cue, actors, reading)
    if seat is not None:
        first, last = min(first, seat.first), max(last, seat.last)
    if side is None and seat is None and needs_side(reading, cue):
        return None  # "côté Goubadly" tells a place, "côté arménien" a party
    if side is None and seat is None and _is_stranger(cue, reading, sentence):
        return None
    seated = context.book.side(seat.value) if seat else None
    side_id = side.value if side else seated or _owner(cue, reading, context, actors)
    actor_id = context.resolve(cue.value, side_id)
    return Informant(first, last, actor_id, context.book.side(actor_id), cue.value) if actor_id else None


def _is_stranger(cue: Cue, reading: Reading, sentence: Sentence) -> bool:
    """Whether a force goes by a name of its own ("Rapid Support Forces") or an office is a third country's."""
    words = reading.words
    near = reading.within("foreign", max(cue.first - 2, sentence.first), min(cue.last + 3, sentence.last))
    for other in near:
        low, high = sorted((other.first, cue.last if other.first > cue.last else cue.first))
        if not any(words.breaks[i] for i in range(low + 1, high + 1)):
            return True
    named = cue.first > sentence.first and words.text[words.starts[cue.first]].isupper()
    return named and cue.first == cue.last and bool(reading.within("common_force", cue.first, cue.first))


def _on_place(reading: Reading, cue: Cue, places: Iterable[Mention]) -> bool:
    start, end = reading.span(cue.first, cue.last)
    return any(m.start <= start and end <= m.end for m in places)


def _offices(reading: Reading, sentence: Sentence, actors: Sequence[Cue], book: ActorBook) -> list[Cue]:
    """Offices that stand for themselves: not part of a named actor, and not the title before or after a name."""
    bodies = {actor for (office, _), actor in book.offices.items() if office in BODIES}
    people = [a for a in actors if a.value not in bodies]
    return [
        cue
        for cue in longest(reading.in_sentence("office", sentence))
        if not any(a.first <= cue.last and cue.first <= a.last for a in actors)
        and not reading.within("partisan", cue.first - 2, cue.first - 1)
        and not any(is_of(reading, cue.last + 1, a.first - 1) for a in actors if 0 < a.first - cue.last <= APPOSITION)
        and not (_is_title(cue, people, reading) and not _own_clause(cue, people, reading))
    ]


def _is_title(cue: Cue, actors: Sequence[Cue], reading: Reading) -> bool:
    breaks = reading.words.breaks
    for actor in actors:
        if 0 < actor.first - cue.last <= APPOSITION and not hard_break(reading, cue.last, actor.first):
            return True
        if 0 < cue.first - actor.last <= APPOSITION and is_of(reading, actor.last + 1, cue.first - 1):
            return True
        reach = LONG_APPOSITION if actor.last + 1 < len(breaks) and breaks[actor.last + 1] == 1 else 0
        inner = range(actor.last + 2, cue.first + 1)
        if 0 < cue.first - actor.last <= reach and not any(breaks[i] for i in inner):
            return actor.last > actor.first
    return False


def _own_clause(cue: Cue, actors: Sequence[Cue], reading: Reading) -> bool:
    """Whether a verb of saying stands between an office and the next name."""
    following = next((a for a in actors if a.first > cue.last), None)
    return following is not None and bool(reading.within("said", cue.last + 1, following.first))


def _side_of(cue: Cue, sides: Sequence[Cue], reading: Reading) -> Cue | None:
    """The side named inside or beside an office ("Armenian … ministry", "ministry … of Armenia")."""
    inside = [s for s in sides if cue.first <= s.first <= cue.last]
    if inside:
        return inside[0]
    before = [s for s in sides if 0 < cue.first - s.last <= SIDE_REACH and not _apart(reading, s.last, cue.first)]
    after = [s for s in sides if 0 < s.first - cue.last <= SIDE_REACH and not _apart(reading, cue.last, s.first)]
    if reading.vocabulary.has("verb_last"):
        after = []  # there whose an office is stands before it: "prokurorluq raketin Ermənistandan atıldığını deyir"
    if before and after and after[0].first - cue.last < cue.first - before[-1].last:
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _seat(cue: Cue, actors: Sequence[Cue], reading: Reading) -> Cue | None:
    """ "The ministry in Baku", "Baku's ministry": the capital where an office sits tells its side."""
    for actor in actors:
        behind = 0 < actor.first - cue.last <= SIDE_REACH and not _apart(reading, cue.last, actor.first)
        before = 0 < cue.first - actor.last <= 2 and not _apart(reading, actor.last, cue.first)
        if behind or before:
            return actor
    return None


def _owner(cue: Cue, reading: Reading, context: Context, actors: Sequence[Cue]) -> str | None:
    """ "Its army", "son armée": the office of who spoke last."""
    if not reading.within("possessive", max(cue.first - 2, 0), cue.first - 1):
        return None
    named = reading.within("side", reading.sentence_of(cue.first).first, cue.first - 1)
    if named:
        return named[0].value  # whose it is, is who the sentence is about
    if people := [s for a in actors if a.last < cue.first and context.book.fights(s := context.book.side(a.value))]:
        return people[0]
    owner = context.last or context.acting
    return owner.side if owner else None


def _apart(reading: Reading, first: int, last: int) -> bool:
    broken = any(reading.words.breaks[i] for i in range(first + 1, last + 1))
    return broken or bool(reading.within("said", first + 1, last - 1))


def _other_side(reading: Reading, cue: Cue) -> bool:
    return any(o.first <= cue.first <= o.last for o in reading.within("other_side", cue.first - 3, cue.last))


def _countries(
    reading: Reading, sentence: Sentence, mentions: Sequence[Mention], found: Sequence[Informant], context: Context
) -> Iterator[Informant]:
    """Countries and capitals that act: a mention in the role of actor or metonym."""
    for mention in mentions:
        if (
            mention.role not in ("actor", "metonym") and not _idle(mention)
        ) or not sentence.start <= mention.start < sentence.end:
            continue
        first = reading.word_at(mention.start)
        last = max(reading.word_at(mention.end - 1), first)
        title = reading.within("office", last + 1, last + 2) or reading.within("office", max(first - 3, 0), first - 1)
        envoy = bool(reading.within("spokes", max(first - 3, 0), first - 1))
        envoy = envoy and any(0 < s.first - last <= LONG_APPOSITION and is_named(s) for s in found)
        if title or envoy or any(s.first <= last and first <= s.last for s in found):
            continue  # "the Karabakh president" is a person's title or another's office
        side = next((c.value for c in reading.within("side", first, last)), None)
        if side is None and mention.role == "metonym":
            side = context.sides.get(mention.place_id or "")  # a capital speaks for who holds it
        actor_id = context.book.holder_of("government", side)
        if actor_id:
            yield Informant(first, last, actor_id, side, "government", faint=mention.role != "metonym")


def _others(reading: Reading, sentence: Sentence, context: Context) -> Iterator[Informant]:
    """ "The other side": the opponent of who spoke last."""
    book = context.book
    known = context.last.side if context.last else context.home_side
    for cue in reading.in_sentence("other_side", sentence):
        actor_id = book.speaker_of(book.opponent(book.party(known)))
        if actor_id:
            yield Informant(cue.first, cue.last, actor_id, book.side(actor_id))


def _pronouns(
    reading: Reading, sentence: Sentence, context: Context, found: Sequence[Informant]
) -> Iterator[Informant]:
    """Who spoke last, taken up by a pronoun ("she said", "по её словам") or by "its spokesman"."""
    last = context.last
    for cue in reading.in_sentence("spokes", sentence):
        owner = next((s for s in reversed(found) if s.last < cue.first), None) or last
        owned = reading.within("possessive", max(cue.first - 2, 0), cue.first - 1)
        if owned and owner and not any(abs(s.first - cue.last) <= APPOSITION for s in found if s is not owner):
            yield Informant(cue.first, cue.last, owner.actor_id, owner.side)
    yield from _ours(reading, sentence, context, found)
    for cue in reading.in_sentence("pronoun", sentence):
        reach = cue.last + 2 + (cue.last > cue.first)  # "le ministre leur a exposé"
        verbs = [v for kind in ("said", "denies", "after") for v in reading.within(kind, cue.last + 1, reach)]
        inside = [b for b in reading.in_sentence("before", sentence) if b.first <= cue.first <= b.last + 1]
        if reading.within("said", max(cue.first - 2, 0), cue.first - 1):
            continue  # "X said it had …": what X says, not somebody else's words
        if reading.within("demonstrative", cue.first, cue.first):
            continue  # "o istiqamət": that direction, not they
        if is_another(cue, reading):
            continue
        near = [v for v in verbs if reading.clauses[v.first] == reading.clauses[cue.first]]
        if (near or inside) and not any(s.first <= cue.first <= s.last for s in found):
            before = [s for s in found if s.last < cue.first and near]
            if reading.vocabulary.has("verb_last"):  # only who spoke before a full stop inside the sentence
                before = [s for s in before if not s.faint and s.office != "army"]
                before = [s for s in before if hard_break(reading, s.last, cue.first)][:1]
            named = context.person if reading.within("by_name", cue.first, cue.first) else None
            who = max(before, key=lambda s: (not s.faint, s.last)) if before else named or last
            if not before and reading.within("relative", cue.first, cue.first):
                continue  # "the Russian ministry, which denied …": not who spoke in another sentence
            if who is not None:
                yield Informant(cue.first, cue.last, who.actor_id, who.side)


def _ours(reading: Reading, sentence: Sentence, context: Context, found: Sequence[Informant]) -> Iterator[Informant]:
    """ "Ours deny it": what a side's own media call us; where somebody is quoted, "our" is theirs."""
    actor_id = context.book.holder_of("government", context.home_side)
    for cue in reading.in_sentence("our", sentence):
        if any(hard_break(reading, s.last, cue.first) for s in found if s.last < cue.first and not s.faint):
            continue
        reach = cue.last + 1
        while reading.vocabulary.has("verb_last") and reach < sentence.last and not reading.words.breaks[reach + 1]:
            reach += 1  # the verb ends the clause
        verbs = [*reading.within("said", cue.last + 1, reach), *reading.within("denies", cue.last + 1, cue.last + 1)]
        if verbs and actor_id:
            yield Informant(cue.first, cue.last, actor_id, context.home_side)


def _described(informant: Informant, reading: Reading, book: ActorBook) -> Informant:
    """Mark who is named as doing ("by Azerbaijani forces") or as retold ("the Armenian side's claim")."""
    first, last = informant.first, informant.last
    verb_last = reading.vocabulary.has("verb_last")
    if verb_last:
        by = [c for c in reading.within("by", last, last + 2) if c.first >= last]
        bodies = [
            c for c in reading.within("spokes", last + 1, last + 1) if not reading.within("genitive", c.last, c.last)
        ]
        owned = not bodies and is_genitive(last, reading)  # "X's office": what it says is no claim of X
        claim = reading.within("accusation", last + 1, last + RETOLD_REACH) if owned else []
    else:
        by = [c for c in reading.within("by", max(first - 3, 0), first - 1) if c.last < first]
        told = reading.within("before", max(first - APPOSITION, 0), first - 1)
        by = [c for c in by if not any(t.first <= c.first <= t.last for t in told) and not is_time(c, reading)]
        by = [c for c in by if not _apart(reading, c.last, first)]
        by = [c for c in by if not any(reading.within(kind, c.first - 1, c.first) for kind in VERDICTS)]
        claim = reading.within("accusation", max(first - RETOLD_REACH, 0), last)
        if reading.within("denies", last + 1, last + 1):
            claim = [c for c in claim if c.last >= first]  # "a claim Yerevan rejected"
        if reading.within("possessive_mark", last + 1, last + 1):
            claim = claim + reading.within("accusation", last + 2, last + 3)  # "Baku's claim"
    if not verb_last:  # "the information comes from the ministry"
        claim = [c for c in claim if not any(c.last < t.first for t in told)]
    if not reading.vocabulary.has("names_inflected"):  # "…, annonce X" is a verb, "l'annonce de X" a claim
        claim = [c for c in claim if not (reading.words.breaks[c.first] and reading.within("said", c.first, c.first))]
    names = [c for kind in ("actor", "office") for c in reading.within(kind, first, last)]  # "Centre d'information …"
    claim = [c for c in claim if not any(n.first <= c.first <= n.last for n in names)]
    claim = [c for c in claim if not reading.within("after", c.first, c.first)]  # "in the ministry's statement"
    far = 1 if verb_last else 0  # what tells of the claim stands between: "Ալիևի՝ ցերեկն արած հայտարարությունը"
    own = book.actors[informant.actor_id].aliases.values() if informant.actor_id else ()
    if verb_last and is_told(last, (name for names in own for name in names), reading):
        by = [*by, Cue("dative", last, last)]
    if verb_last and reading.within("to_whom", last + 1, last + 1) and takes_ending(last, reading):
        by = [*by, Cue("to_whom", last + 1, last + 1)]  # "told the agency": who listens says nothing
    retold = any(
        not hard_break(reading, *sorted((c.first, first)))
        and abs(reading.clauses[c.first] - reading.clauses[last]) <= far
        for c in claim
    )
    return replace(informant, agent=bool(by), retold=retold)
