"""Speakers: who is quoted in a sentence, and whether they say, deny or admit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from .actors import ActorBook
from .mentions import Mention
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["Context", "Source", "Speaker", "speakers_in"]

Mode = Literal["says", "denies", "admits"]

APPOSITION = 4  # words between an office and the name of who holds it
SIDE_REACH = 3  # words between an office and the adjective that tells whose it is
REACH = 18  # words between a speaker and the verb
CLAUSE_COST = 4  # what a clause boundary between speaker and verb weighs, in words
VERB_LAST = frozenset({"az", "tr", "hy"})
DENIALS = ("denies", "disbelief", "still_holds", "generic_denial")
QUIET_OFFICES = frozenset({"army"})  # named for what they do more often than for what they say


@dataclass(frozen=True, slots=True)
class Source:
    """Someone who may speak: words first to last, and who it is (None where the text does not tell)."""

    first: int
    last: int
    actor_id: str | None
    side: str | None
    office: str | None = None
    agent: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in part of a sentence; `known` is False where someone is quoted who is no actor of the theatre."""

    first: int
    last: int
    actor_id: str | None
    side: str | None
    mode: Mode = "says"
    known: bool = True
    source: tuple[int, int] | None = None


@dataclass(slots=True)
class Context:
    """What the report has told so far about who speaks; grows sentence by sentence."""

    book: ActorBook
    home_side: str | None
    dateline_side: str | None = None
    by_office: dict[str, str] = field(default_factory=dict)
    last: Source | None = None
    place_side: str | None = None

    def resolve(self, office: str, side: str | None) -> str | None:
        """The actor behind an office: by its side, else as named before, else by where the report comes from."""
        book = self.book
        if side:
            return book.holder_of(office, side)
        if office in self.by_office:
            return self.by_office[office]
        holders = [s for s in book.sides_with.get(office, ()) if book.fights(s)]
        if len(holders) == 1:
            return book.offices[office, holders[0]]
        for candidate in (self.home_side, self.place_side, self.dateline_side, self.last.side if self.last else None):
            if candidate and (office, candidate) in book.offices:
                return book.offices[office, candidate]
        fallback = self.place_side or self.home_side or self.dateline_side
        return book.holder_of(office, fallback)


def speakers_in(
    reading: Reading, sentence: Sentence, mentions: Sequence[Mention], context: Context
) -> tuple[list[Speaker], list[Source]]:
    """Speakers of a sentence by position, and everyone named in it."""
    sources = list(_sources(reading, sentence, mentions, context))
    speakers = list(_quoted(reading, sentence, sources, context))
    for source in sources:
        if source.office and source.actor_id:
            context.by_office[source.office] = source.actor_id
    spoken = [s for s in speakers if s.actor_id]
    if spoken:
        context.last = Source(spoken[-1].first, spoken[-1].last, spoken[-1].actor_id, spoken[-1].side)
    return speakers, sources


def _sources(reading: Reading, sentence: Sentence, mentions: Sequence[Mention], context: Context) -> Iterator[Source]:
    book = context.book
    places = [m for m in mentions if m.role in ("event", "background", "dateline")]
    actors = [c for c in _longest(reading.in_sentence("actor", sentence)) if not _on_place(reading, c, places)]
    sides = _longest(reading.in_sentence("side", sentence))
    offices = _offices(reading, sentence, actors)
    found: list[Source] = []
    for cue in actors:
        actor = book.actors[cue.value]
        office = next((o for (o, _), a in book.offices.items() if a == cue.value), None)
        found.append(Source(cue.first, cue.last, cue.value, actor.side, office))
    for cue in offices:
        side = _side_of(cue, sides, reading)
        if side is None and _other_side(reading, cue):
            continue
        actor_id = context.resolve(cue.value, side.value if side else None)
        span = (min(cue.first, side.first), max(cue.last, side.last)) if side else (cue.first, cue.last)
        if actor_id and not any(s.first <= span[1] and span[0] <= s.last for s in found):
            found.append(Source(*span, actor_id, book.side(actor_id), cue.value))
    found += _countries(reading, sentence, mentions, found, context)
    found += _others(reading, sentence, context)
    yield from sorted((_as_agent(s, reading) for s in found), key=lambda s: s.first)


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.first - c.last, c.first)):
        if not any(cue.first <= k.last and k.first <= cue.last for k in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.first)


def _on_place(reading: Reading, cue: Cue, places: Iterable[Mention]) -> bool:
    start, end = reading.span(cue.first, cue.last)
    return any(m.start <= start and end <= m.end for m in places)


def _offices(reading: Reading, sentence: Sentence, actors: Sequence[Cue]) -> list[Cue]:
    """Offices that stand for themselves: not part of a named actor, and not the title before or after a name."""
    kept = []
    for cue in _longest(reading.in_sentence("office", sentence)):
        inside = any(a.first <= cue.last and cue.first <= a.last for a in actors)
        title = any(0 < a.first - cue.last <= APPOSITION and not _hard(reading, cue.last, a.first) for a in actors)
        title = title or any(
            0 < cue.first - a.last <= APPOSITION
            and reading.words.breaks[a.last + 1] == 1
            and not _hard(reading, a.last, cue.first)
            and _person(a, reading)
            for a in actors
        )
        if not inside and not (title and not _own_clause(cue, actors, reading)):
            kept.append(cue)
    return kept


def _own_clause(cue: Cue, actors: Sequence[Cue], reading: Reading) -> bool:
    """Whether a verb of saying stands between an office and the next name."""
    following = next((a for a in actors if a.first > cue.last), None)
    return following is not None and bool(reading.within("said", cue.last + 1, following.first))


def _person(cue: Cue, reading: Reading) -> bool:
    return cue.last > cue.first or len(reading.words.folded[cue.first]) > 4


def _hard(reading: Reading, first: int, last: int) -> bool:
    return any(reading.words.breaks[i] == 2 for i in range(first + 1, last + 1))


def _side_of(cue: Cue, sides: Sequence[Cue], reading: Reading) -> Cue | None:
    """The side named inside or beside an office ("Armenian … ministry", "ministry … of Armenia")."""
    inside = [s for s in sides if cue.first <= s.first <= cue.last]
    if inside:
        return inside[0]
    before = [s for s in sides if 0 < cue.first - s.last <= SIDE_REACH and not _apart(reading, s.last, cue.first)]
    after = [s for s in sides if 0 < s.first - cue.last <= SIDE_REACH and not _apart(reading, cue.last, s.first)]
    if before and after and after[0].first - cue.last < cue.first - before[-1].last:
        return after[0]
    return (before or after or [None])[-1 if before else 0]


def _apart(reading: Reading, first: int, last: int) -> bool:
    broken = any(reading.words.breaks[i] for i in range(first + 1, last + 1))
    return broken or bool(reading.within("said", first + 1, last - 1))


def _other_side(reading: Reading, cue: Cue) -> bool:
    return any(o.first <= cue.first <= o.last for o in reading.within("other_side", cue.first - 3, cue.last))


def _countries(
    reading: Reading, sentence: Sentence, mentions: Sequence[Mention], found: Sequence[Source], context: Context
) -> Iterator[Source]:
    """Countries and capitals that act: a mention in the role of actor or metonym."""
    for mention in mentions:
        if mention.role not in ("actor", "metonym") or not sentence.start <= mention.start < sentence.end:
            continue
        first = reading.word_at(mention.start)
        last = max(reading.word_at(mention.end - 1), first)
        if any(s.first <= last and first <= s.last for s in found):
            continue
        side = next((c.value for c in reading.within("side", first, last)), None)
        actor_id = context.book.holder_of("government", side)
        if actor_id:
            yield Source(first, last, actor_id, side, "government")


def _others(reading: Reading, sentence: Sentence, context: Context) -> Iterator[Source]:
    """ "The other side": the opponent of who spoke last."""
    book = context.book
    known = context.last.side if context.last else context.home_side
    for cue in reading.in_sentence("other_side", sentence):
        actor_id = book.speaker_of(book.opponent(book.party(known)))
        if actor_id:
            yield Source(cue.first, cue.last, actor_id, book.side(actor_id))


def _as_agent(source: Source, reading: Reading) -> Source:
    """Mark who is named as doing, not as saying ("by Azerbaijani forces")."""
    if reading.vocabulary.lang in VERB_LAST:
        by = [c for c in reading.within("by", source.last, source.last + 2) if c.first >= source.last]
    else:
        by = [c for c in reading.within("by", max(source.first - 3, 0), source.first - 1) if c.last < source.first]
    return replace(source, agent=True) if by else source


def _quoted(reading: Reading, sentence: Sentence, sources: Sequence[Source], context: Context) -> Iterator[Speaker]:
    free = [s for s in sources if not s.agent]
    verbs = [(c, "said") for c in reading.in_sentence("said", sentence)]
    verbs += [(c, k) for k in DENIALS for c in reading.in_sentence(k, sentence)]
    linked: dict[int, list[int]] = {}
    for cue in reading.in_sentence("before", sentence):
        if (at := _next(free, cue, reading)) is not None:
            linked.setdefault(at, []).append(cue.first)
    for cue in reading.in_sentence("after", sentence):
        if (at := _previous(free, cue, reading)) is not None:
            linked.setdefault(at, []).append(cue.last)
    attributed = set(linked)
    for cue, _ in verbs:
        at = _nearest(free, cue, reading)
        if at is not None:
            linked.setdefault(at, []).append(cue.first)
    for at, source in enumerate(free):
        if (
            at not in linked
            and verbs
            and _opens_clause(source, reading)
            and source.office not in (None, "army", "government")
        ):
            linked[at] = []
    for at in sorted(linked):
        yield _speaker(free[at], linked[at], reading, sentence, free, attributed)
    if not linked and (verbs or reading.has("before", sentence)):
        yield from _unnamed(reading, sentence, context)


def _next(sources: Sequence[Source], cue: Cue, reading: Reading) -> int | None:
    return next(
        (i for i, s in enumerate(sources) if 0 <= s.first - cue.last <= 7 and not _hard(reading, cue.last, s.first)),
        None,
    )


def _previous(sources: Sequence[Source], cue: Cue, reading: Reading) -> int | None:
    near = [i for i, s in enumerate(sources) if 0 <= cue.first - s.last <= 5 and not _hard(reading, s.last, cue.first)]
    return near[-1] if near else None


def _nearest(sources: Sequence[Source], cue: Cue, reading: Reading) -> int | None:
    best: tuple[int, int] | None = None
    for index, source in enumerate(sources):
        if source.first <= cue.first <= source.last:
            continue
        low, high = sorted((cue.first, source.last if source.last < cue.first else source.first))
        cost = high - low + CLAUSE_COST * (reading.clauses[high] - reading.clauses[low])
        late = source.first > cue.last
        cost += 4 * (late and reading.vocabulary.lang in VERB_LAST) + 6 * (source.office in QUIET_OFFICES)
        if cost <= REACH + CLAUSE_COST and (best is None or cost < best[0]):
            best = (cost, index)
    return best[1] if best else None


def _opens_clause(source: Source, reading: Reading) -> bool:
    return source.first == 0 or reading.words.breaks[source.first] > 0


def _speaker(
    source: Source,
    verbs: Sequence[int],
    reading: Reading,
    sentence: Sentence,
    sources: Sequence[Source],
    attributed: Iterable[int],
) -> Speaker:
    first, last = min([source.first, *verbs]), max([source.last, *verbs])
    others = [s for s in sources if s is not source]
    stop = min((s.first for s in others if s.first > source.last), default=sentence.last + 1)
    begin = max((s.last for s in others if s.last < source.first), default=sentence.first - 1)
    low, high = (sentence.first, sentence.last) if len(sources) == 1 else (begin + 1, max(stop - 1, last))
    mode: Mode = "says"
    if any(reading.within(kind, low, high) for kind in DENIALS):
        mode = "denies"
    elif reading.within("admits", low, high):
        mode = "admits"
    return Speaker(first, last, source.actor_id, source.side, mode, True, (source.first, source.last))


def _unnamed(reading: Reading, sentence: Sentence, context: Context) -> Iterator[Speaker]:
    """A verb of saying without a name: who spoke last, where a pronoun or a passive says so; else a stranger."""
    mode: Mode = "denies" if any(reading.has(kind, sentence) for kind in DENIALS) else "says"
    if mode == "says" and reading.has("admits", sentence):
        mode = "admits"
    again = reading.has("pronoun", sentence) or reading.has("passive_said", sentence)
    said = [*reading.in_sentence("said", sentence), *reading.in_sentence("before", sentence)]
    at = said[0].first if said else sentence.first
    if again and context.last is not None:
        yield Speaker(at, at, context.last.actor_id, context.last.side, mode)
    elif not again:
        yield Speaker(at, at, None, None, mode, known=False)
