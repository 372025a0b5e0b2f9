"""Speakers: who is quoted in a sentence, and whether they say, deny, admit, or say that a place still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .informants import Context, Informant, hard_break, informants_in, is_another
from .mentions import Mention
from .modes import DEED, DENIALS, REACH, Mode, contradicts, in_deed, mode_of, where_it_goes_on
from .peoples import people_quoted
from .phrases import Cue
from .sentences import Reading, Sentence, statements
from .spoken_parts import dated_only, goes_with, own_statement
from .voices import QUIET_OFFICES, contrasted, far_subject, is_embedded, without_media

__all__ = ["Speaker", "speakers_in"]


CLOCK = 2  # words that a time of the day takes
CLAUSE_COST = 4  # what a clause boundary between speaker and verb weighs, in words
FAINT_COST = 5
EMBEDDED_COST = 12  # of who is only the subject of what is told
TITLES = ("office", "actor", "side", "spokes")
WITNESS = 2  # words between a witness and the verb of saying
TITLE_REACH = 8  # words of titles before a name
HEADING = 10  # words that may stand between who heads a statement and its colon
DEEDS = (
    "shelling",
    "impact",
    "capture",
    "capture_weak",
    "clash_weak",
    "ground_clash",
    "withdrawal",
    "downing",
    "breach",
)
NAME_REACH = 2  # words between a verb of saying and the given name of who says it
PERSONAL = frozenset(
    {"ombudsman", "president", "prime_minister", "defence_minister", "foreign_minister", "chief_of_staff"}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in part of a sentence; `known` is False where someone is quoted who is no actor of the theatre,
    `official` tells that it was an office all the same."""

    first: int
    last: int
    actor_id: str | None
    side: str | None
    mode: Mode = "says"
    known: bool = True
    official: bool = False
    words: tuple[int, int] | None = None
    confirms: bool = False
    goes_on: int | None = None  # where who denies goes on to say something of their own
    retorts: bool = False  # answers with what may be a denial or an accusation of their own


def speakers_in(
    reading: Reading, sentence: Sentence, mentions: Sequence[Mention], context: Context
) -> tuple[list[Speaker], list[Informant]]:
    """Speakers of a sentence by position, and everyone named in it."""
    informants = informants_in(reading, sentence, mentions, context)
    speakers = list(_quoted(reading, sentence, informants, context))
    for informant in informants:
        if informant.office and informant.actor_id:
            context.by_office[informant.office] = informant.actor_id
    spoken = [s for s in speakers if s.actor_id]
    named = [i for i in informants if _is_person(i)]
    context.person = named[-1] if named else context.person
    if spoken:
        context.last = Informant(spoken[-1].first, spoken[-1].last, spoken[-1].actor_id, spoken[-1].side)
        context.denied = spoken[-1].mode == "denies"
    elif len(named) == 1:
        context.last = named[0]  # "X visited the wounded. He said …"
    elif informants and informants[0].office == "government" and informants[0].first <= sentence.first + 1:
        context.acting = informants[0]  # "Iran is raising its voice. … its border guards …"
    return speakers, informants


def _is_person(informant: Informant) -> bool:
    """Whether somebody is named by name: a pronoun in the next sentence means them."""
    named = informant.actor_id is not None and not (informant.agent or informant.retold or informant.faint)
    return named and (informant.office is None or informant.office in PERSONAL)


def _quoted(
    reading: Reading, sentence: Sentence, informants: Sequence[Informant], context: Context
) -> Iterator[Speaker]:
    free = [s for s in informants if not s.agent]
    linked: dict[int, list[int]] = {}
    for cue in reading.in_sentence("before", sentence):
        if (at := _next(free, cue)) is not None:
            linked.setdefault(at, []).append(cue.first)
    for cue in reading.in_sentence("after", sentence):
        if (at := _previous(free, cue, reading)) is not None:
            linked.setdefault(at, []).append(cue.last)
    verbs = [c for kind in ("said", *DENIALS) for c in reading.in_sentence(kind, sentence)]
    verbs = [c for c in verbs if not in_deed(c, reading)]
    for cue in verbs:
        at = _nearest(free, cue, reading)
        if at is not None and free[at].faint and cue.kind in DENIALS:  # "the aide said that Azerbaijan does not fire"
            at = next((i for i in linked if not free[i].faint and free[i].side == free[at].side), at)
        against = at is not None and reading.within("contrast", free[at].last + 1, free[at].last + 1)
        beside = at is not None and reading.vocabulary.has("subject_first") and 0 < cue.first - free[at].last <= 1
        quiet = at is not None and free[at].office in QUIET_OFFICES and not against and not beside
        if quiet and any(free[i].office != "army" for i in linked):
            continue  # "according to X, the army launched …"
        if at is not None:
            linked.setdefault(at, []).append(cue.first)
    linked = without_media(linked, free, context, reading)
    linked |= {at: [] for at in contrasted(linked, free, reading, sentence)}
    told = [informant.last for at, informant in enumerate(free) if at in linked]
    for at, informant in enumerate(free):
        if at in linked or informant.faint or not _set_apart(informant, reading, sentence, bool(verbs)):
            continue
        within = [last for last in told if last < informant.first]
        if informant.office in QUIET_OFFICES and within and not hard_break(reading, within[-1], informant.first):
            continue  # "X read out what came under the army's control: …"
        if linked and _does(informant, reading):
            continue
        linked[at] = []
    for at in sorted(linked):
        yield _speaker(free[at], linked[at], reading, sentence, [free[i] for i in linked])
    quoted = [w for at in linked for w in (free[at].first, *linked[at])]
    for part in statements(reading, sentence):
        said = any(reading.in_sentence(k, part) for k in ("said", *DENIALS, "before", "passive_said", "hearsay"))
        if said and not any(part.first <= word <= part.last for word in quoted):
            if linked and not any(reading.in_sentence(k, part) for k in ("said", "before")):
                continue
            yield from _unnamed(reading, part, context, people_quoted(reading, part, informants))


def _next(informants: Sequence[Informant], cue: Cue) -> int | None:
    near = (
        i
        for i, s in enumerate(informants)
        if (-1 <= s.first - cue.last <= 7 and s.last >= cue.last - 1) or cue.first <= s.first <= s.last <= cue.last
    )
    return next(near, None)


def _previous(informants: Sequence[Informant], cue: Cue, reading: Reading) -> int | None:
    near = [
        i
        for i, s in enumerate(informants)
        if 0 <= cue.first - s.last <= 5 and not hard_break(reading, s.last, cue.first)
    ]
    before = any(not s.faint and s.last < cue.first for s in informants)
    near = [i for i in near if not (before and informants[i].faint)]  # "the president in an interview with Turkey's …"
    return near[-1] if near else None


def _nearest(informants: Sequence[Informant], cue: Cue, reading: Reading) -> int | None:
    """Who belongs to a verb: the nearest, counted in words; never who is only accused or retold."""
    verb_last = reading.vocabulary.has("verb_last")
    accuses = cue.kind == "said" and bool(reading.within("accuses", cue.first, cue.first))
    best: tuple[int, int] | None = None
    for index, informant in enumerate(informants):
        if informant.first <= cue.first <= informant.last or informant.retold:
            continue
        if reading.within("addressee", informant.last, informant.last + 1):
            continue  # who is told says nothing: "X told the agency"
        late = informant.first > cue.last
        if late and reading.within("enemy", informant.first, informant.last):
            continue  # "…, they say, the enemy left …"
        if late and informant.faint and cue.kind in DENIALS and reading.vocabulary.has("subject_first"):
            continue  # "no fire is directed at X": who denies is not whom it is aimed at
        if accuses and ((late and not _tags_quote(cue, informant, reading)) or (verb_last and informant.faint)):
            continue
        low, high = sorted((cue.first, informant.last if not late else informant.first))
        cost = high - low + CLAUSE_COST * (reading.clauses[high] - reading.clauses[low])
        cost += EMBEDDED_COST * (verb_last and not late and cue.kind == "said" and is_embedded(informant, cue, reading))
        cost += 4 * (late and verb_last) + 6 * (informant.office in QUIET_OFFICES) + FAINT_COST * informant.faint
        if cost <= REACH + CLAUSE_COST and (best is None or cost < best[0]):
            best = (cost, index)
    return best[1] if best else far_subject(informants, cue, reading)


def _tags_quote(cue: Cue, informant: Informant, reading: Reading) -> bool:
    """Whether a verb behind a comma has its subject behind it: "…, accuse X"."""
    return reading.words.breaks[cue.first] > 0 and informant.first <= cue.last + 3 and informant.office != "army"


def _set_apart(informant: Informant, reading: Reading, sentence: Sentence, verbs: bool) -> bool:
    """Whether somebody is quoted without a verb: "Prosecutor: …", "… - the ministry.", or at a clause's head."""
    words = reading.words
    if reading.within("addressee", informant.first, informant.last):
        return False  # "доложил президенту: …"
    if reading.within("accuses", max(informant.first - 2, sentence.first), informant.first - 1):
        return False  # who is accused says nothing: "Baku accuses Yerevan: …"
    after = [words.gap(i) for i in range(informant.last + 1, min(informant.last + 3, len(words)))]
    behind = range(informant.last + 1, min(informant.last + 3, len(words)))
    colon = any(reading.colon_before(i) for i in behind)
    before = words.gap(_title_start(informant, reading))
    dash = informant.last == sentence.last and any(c in before for c in ("—–(" if verbs else "—–(,"))
    dash = dash or (verbs and bool(after) and any(c in after[0] for c in "—–"))
    if informant.first == sentence.first and dated_only(informant.last, sentence, reading):
        return True  # "Արծրուն Հովհաննիսյան. «…»": what follows is theirs
    heads = informant.first == 0 or words.breaks[informant.first] > 0
    if _heads_statement(informant, reading, sentence):
        return True
    colon = colon and (informant.office not in QUIET_OFFICES or informant.first <= sentence.first + 1)
    commas = informant.first > sentence.first and "," in words.gap(informant.first)
    if verbs and commas and reading.within("signal:belongs", informant.last + 1, informant.last + 1):
        return True  # "Bakou parle d'obus, Erevan de tirs"
    if informant.last == sentence.last and reading.within("theirs", informant.last, informant.last):
        return True  # "rəqəmlər Baş Prokurorluğundur"
    office = informant.office not in (None, "army", "government")
    return colon or dash or (verbs and heads and office and not informant.retold)


def _title_start(informant: Informant, reading: Reading) -> int:
    """Where the titles before a name begin ("– the president's aide X")."""
    first = informant.first
    titles = [c for kind in TITLES for c in reading.within(kind, first - TITLE_REACH, first - 1)]
    while first > 0 and not reading.words.breaks[first] and any(c.first <= first - 1 <= c.last for c in titles):
        first -= 1
    return first


def _does(informant: Informant, reading: Reading) -> bool:
    """Whether a deed follows right behind a name: "the border service planted a flag at X, Y announced"."""
    last = informant.last
    stop = next(
        (i for i in range(last + 1, min(last + DEED, len(reading.words))) if reading.words.breaks[i]), last + DEED
    )
    return any(reading.within("signal:" + kind, last + 1, stop - 1) for kind in DEEDS)


def _heads_statement(informant: Informant, reading: Reading, sentence: Sentence) -> bool:
    """ "X on Facebook, Wednesday, 11.40 p.m.: …": who opens a sentence, before a colon and without a deed."""
    late = informant.first > sentence.first + 1 + CLOCK * reading.words.folded[sentence.first].isdigit()
    if late and not reading.within("signal:spoken_at", sentence.first, informant.last + HEADING):
        return False
    if informant.office == "army":
        return False
    words, stop = reading.words, min(informant.last + HEADING, sentence.last)
    at = next((i for i in range(informant.last + 1, stop + 1) if words.breaks[i] == 2), None)
    if at is None or not reading.colon_before(at) or words.gap(at) == ":":
        return False
    return not any(reading.within("signal:" + kind, informant.last, at - 1) for kind in DEEDS)


def _speaker(
    informant: Informant, verbs: Sequence[int], reading: Reading, sentence: Sentence, informants: Sequence[Informant]
) -> Speaker:
    others = [s for s in informants if s is not informant and not s.retold]
    first, last = min([informant.first, *verbs]), max([informant.last, *verbs])
    stop = min((s.first for s in others if s.first > informant.last), default=sentence.last + 1)
    begin = max((s.last for s in others if s.last < informant.first), default=sentence.first - 1)
    low, high = (begin + 1, max(stop - 1, last)) if others else (sentence.first, sentence.last)
    if reading.vocabulary.has("said_last") and begin >= sentence.first:  # the verb before is that of who stands before
        while low < informant.first and reading.clauses[low] != reading.clauses[informant.first]:
            low += 1
    low, high = _within_breaks(reading, low, high, first, last)
    if stop <= sentence.last:
        high = max(_before_verdict(reading, high, stop), last)
    low, high = own_statement(reading, sentence, (low, high), (first, last))
    mode = mode_of(reading, low, high)
    words = (informant.first, informant.last)
    goes_on = where_it_goes_on(reading, low, high) if mode == "denies" else None
    retorts = False
    if mode == "says" and contradicts(reading, low, high):
        mode, goes_on, retorts = "denies", low - 1, True
    confirms = mode == "admits" and not reading.within("admits", low, high)
    return Speaker(
        first,
        last,
        informant.actor_id,
        informant.side,
        mode,
        words=words,
        confirms=confirms,
        goes_on=goes_on,
        retorts=retorts,
    )


def _before_verdict(reading: Reading, high: int, other: int) -> int:
    """The last word that may be of who speaks first, where it is another's denial: "A's news was called false by B"."""
    by = reading.within("by", other - 3, other - 1)
    verdicts = [c for kind in DENIALS for b in by for c in reading.within(kind, b.first - 4, b.first - 1)]
    return min([high, *(c.first - 1 for c in verdicts if any(c.last == b.first - 1 for b in by))])


def _within_breaks(reading: Reading, low: int, high: int, first: int, last: int) -> tuple[int, int]:
    """A range of words cut at the semicolons next to another speaker: "…, A said; no plane has flown, B replied"."""
    words = reading.words
    if high < len(words) - 1 and words.breaks[high + 1] != 2:
        high = next((i - 1 for i in range(high, last, -1) if words.breaks[i] == 2 and ";" in words.gap(i)), high)
    if low > 0 and words.breaks[low] != 2:
        low = next((i for i in range(first, low, -1) if words.breaks[i] == 2 and ";" in words.gap(i)), low)
    return low, high


def _unnamed(reading: Reading, sentence: Sentence, context: Context, people: Cue | None) -> Iterator[Speaker]:
    """A verb of saying without a name: who spoke last, where a pronoun or a passive says so; else a stranger."""
    told = any(reading.has(kind, sentence) for kind in ("said", *DENIALS, "before", "passive_said"))
    if context.denied and not told:
        return  # "would have been hit": not by the word of who has only denied
    mode = mode_of(reading, sentence.first, sentence.last)
    if mode == "says" and reading.has("retorts", sentence) and not reading.has("no_comment", sentence):
        mode = "denies"  # what a stranger answers must say so by its verb
    said = [*reading.in_sentence("said", sentence), *reading.in_sentence("before", sentence)]
    at = said[0].first if said else sentence.first
    relative = {c.first for c in reading.in_sentence("relative", sentence)}
    again = any(
        c.first not in relative and not is_another(c, reading) and goes_with(c, said, reading)
        for c in reading.in_sentence("pronoun", sentence)
    )
    again = again or reading.has("passive_said", sentence)
    again = again or (reading.has("hearsay", sentence) and not context.denied)  # "would have": by the word of another
    mentions_side = people.value if people else None
    actor_id = context.book.holder_of("government", mentions_side)
    on = where_it_goes_on(reading, sentence.first, sentence.last) if mode == "denies" else None
    leads = people is not None and people.first <= sentence.first + 1  # "The Armenians called it …"
    if again and context.last is not None and not (leads and actor_id and context.book.fights(mentions_side)):
        yield Speaker(at, at, context.last.actor_id, context.last.side, mode, goes_on=on)
    elif actor_id and context.book.fights(mentions_side):
        yield Speaker(at, at, actor_id, mentions_side, mode, goes_on=on)
    elif not again:
        official = any(reading.has(kind, sentence) for kind in ("office", "official")) or _is_named(reading, sentence)
        official = official or any(
            reading.clauses[c.first] == reading.clauses[at] for c in reading.in_sentence("spokes", sentence)
        )
        seen = any(reading.within("witness", c.first - WITNESS, c.last + WITNESS) for c in said)
        yield Speaker(at, at, None, None, mode, known=False, official=official and not seen)


def _is_named(reading: Reading, sentence: Sentence) -> bool:
    """Whether a person is quoted by name alone, as known officials are, in a language that lists who is a witness."""
    if not reading.vocabulary.has("officials_by_name"):
        return False
    said = [*reading.in_sentence("said", sentence), *reading.in_sentence("before", sentence)]
    said = [c for c in said if not reading.within("witness", c.first - TITLE_REACH // 2, c.last + TITLE_REACH // 2)]
    return any(reading.within("given_name", c.first - NAME_REACH, c.last + NAME_REACH) for c in said)
