"""An informant: someone in a sentence who may be quoted, and what the report has told so far about who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .actors import ActorBook
from .phrases import Cue
from .sentences import Reading, Sentence

__all__ = ["Context", "Informant", "hard_break", "is_another", "is_named", "is_time", "longest", "taker_of"]


TIMES = ("date_anchor", "date_days", "date_part", "date_spans", "weekday", "month")
LOCAL = frozenset({"government", "emergency_service", "infocentre", "ombudsman", "police"})  # named where they are


@dataclass(frozen=True, slots=True)
class Informant:
    """Someone who may speak: words first to last, and who it is.

    `agent` is named as doing something, `retold` as the author of a claim that somebody else speaks of, `faint` only
    as a country or a pronoun.
    """

    first: int
    last: int
    actor_id: str | None
    side: str | None
    office: str | None = None
    agent: bool = False
    retold: bool = False
    faint: bool = False


@dataclass(slots=True)
class Context:
    """What the report has told so far about who speaks; grows sentence by sentence."""

    book: ActorBook
    home_side: str | None
    dateline_side: str | None = None
    sides: Mapping[str, str] = field(default_factory=dict)
    by_office: dict[str, str] = field(default_factory=dict)
    last: Informant | None = None
    person: Informant | None = None  # who spoke last by name: "he" is no ministry
    denied: bool = False  # whether who spoke last only denied
    acting: Informant | None = None  # the country that the report is about, where nobody has spoken yet
    place_side: str | None = None
    takes: str | None = None  # who would take the place that a sentence tells of

    def resolve(self, office: str, side: str | None) -> str | None:
        """The actor behind an office: by its side, else as named before, else by where the report comes from."""
        book = self.book
        if side:
            return book.holder_of(office, side)
        if office in self.by_office:
            return self.by_office[office]
        holders = [s for s in book.sides_with.get(office, ()) if book.fights(s)]
        abroad = (
            office in LOCAL and self.place_side and book.party(self.place_side) != book.party(next(iter(holders), None))
        )
        if len(holders) == 1 and not abroad:
            return book.offices[office, holders[0]]
        if (
            office in LOCAL
            and self.place_side
            and (office == "government" or (office, self.place_side) in book.offices)
        ):
            return book.holder_of(office, self.place_side)
        if office == "army" and self.place_side and book.party(self.place_side) == book.party(self.home_side):
            return book.holder_of(office, self.place_side)  # of a party's armies the one that fights there
        last = self.last.side if self.last else None
        if self.takes and (office, self.takes) in book.offices and office not in LOCAL:
            return book.offices[office, self.takes]
        for candidate in (self.home_side, self.place_side, self.dateline_side, last):
            if candidate and (office, candidate) in book.offices:
                return book.offices[office, candidate]
        return book.holder_of(office, self.place_side or self.home_side or self.dateline_side)


def taker_of(held: str | None, reading: Reading, sentence: Sentence, book: ActorBook) -> str | None:
    """The side that would take a place, where a sentence tells that it was taken and not left: "X is ours, the army
    says"."""
    if held is None or any(reading.has(kind, sentence) for kind in ("signal:withdrawal", "still_holds", "denies")):
        return None
    if not any(reading.has(kind, sentence) for kind in ("signal:capture", "signal:capture_weak")):
        return None
    return book.side(book.speaker_of(book.opponent(book.party(held))))


def longest(cues: Iterable[Cue]) -> list[Cue]:
    """Of cues that share words, the longest, by position."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.first - c.last, c.first)):
        if not any(cue.first <= k.last and k.first <= cue.last for k in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.first)


def is_another(cue: Cue, reading: Reading) -> bool:
    """Whether a title that may take up who spoke last is told apart by its side ("la porte-parole arménienne")."""
    titled = cue.last > cue.first and reading.vocabulary.has("adjective_last")
    return titled and bool(reading.within("side", cue.last + 1, cue.last + 1))


def is_named(informant: Informant) -> bool:
    """Whether an informant is a person by name, not an office."""
    return informant.office is None and informant.actor_id is not None


def is_time(cue: Cue, reading: Reading) -> bool:
    """Whether "by" tells when and not by whom: "by nightfall", "by Monday"."""
    return any(reading.within(kind, cue.first, cue.last + 1) for kind in TIMES)


def hard_break(reading: Reading, first: int, last: int) -> bool:
    """Whether a full stop, colon or bracket stands between two words."""
    return any(reading.words.breaks[i] == 2 for i in range(first + 1, last + 1))
