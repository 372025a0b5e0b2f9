"""Phrases: the words and short patterns that a lexicon lists, found in a text in one pass.

A phrase is written as words. `*` at the end of a word stands for any ending and at its start for any beginning,
`a|b` for either word, `word?` for a word that may be absent, `~3` for up to three other words in between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["PICTURES", "Cue", "PhraseIndex", "Words", "fold_word", "is_abbreviation", "read_words"]

_WORD = re.compile(
    r"(?:\d{1,3}(?:[.,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+)(?:[.,]\d{1,2}(?!\d|[.,]\d))?"  # 5 000 · 1,177 · 7.5
    r"|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u055b\u055c\u055e\u0640\u064b-\u0652]|['’](?=[яюєїЯЮЄЇ]))*"
)
PICTURES = (
    "\u203c\u2022\u25a0-\u25ff\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"  # what posts begin an entry with
)
_APOSTROPHE = re.compile("['’](?=[яюєї])")  # stands inside a Ukrainian word
_HARD = re.compile(rf"[.!?…;:։؟؛()\[\]\n{PICTURES}]")
_CLAUSE = re.compile(r"[,;:—–()«»\"“”՝،]|\s-\s")
_SAME: dict[str, str | None] = {"ё": "е", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
_SILENT = "\u0307'’ʼ՛՞՜ـ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
_FOLDS = str.maketrans(_SAME | dict.fromkeys(_SILENT))
_ARABIC_PREFIX = re.compile(
    r"^(?:(?:[وف]?(?:[بك]ال|لل|ال)|و)(?=[\u0621-\u064a]{3,})|[وف](?=(?:لم|لن|لا|ما|من|في|عن|هو|هي|هم|قد|ان|كل)$))"
)  # "and", "with", "the" are one word with the noun, "and" also with "not", "in", "he"
_THEN = "\u0641"  # the Arabic "and so", one word with the verb, but also a first letter of its own
_NOUNS_OF_WAR = (
    "shelling",
    "missile_strike",
    "air_strike",
    "drone_strike",
    "ground_clash",
    "capture",
    "withdrawal",
    "attack_on_civilians",
    "casualties",
    "abduction",
    "aircraft_shot_down",
    "clash_weak",
    "peaceful",
    "unrest",
)
_PARTICLES = ("\u0628", "\u0644")  # "by", "for": one word with the noun
_WITH_PARTICLE = frozenset({"dead", "wounded", *(f"signal:{name}" for name in _NOUNS_OF_WAR)})
SHORTEST_VERB = 3  # letters
SHORTEST_NOUN = 3
# What a full stop behind it does not end a sentence: months, titles, units, in the languages that shorten them so.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        """
        jan feb mar apr jun jul aug sep sept oct nov dec no nr st mr mrs ms dr gen col lt sgt maj prof approx ca vs
        etc
        janv févr avr juil août déc env av m mme cf art янв фев мар апр авг сен сент окт нояб дек им ул др см стр г гг
        т н п р мл млн млрд тыс руб кв проф ген полк th թ հ""",
    )
)


def fold_word(word: str) -> str:
    """One word as the lexicons write it: lower case, without what writers of one language spell in several ways.

    Dotless and dotted i, Armenian ligatures, Arabic letter forms, vowel signs and prefixed particles are made alike.
    """
    folded = word.lower().translate(_FOLDS).replace("եւ", "և")
    return _ARABIC_PREFIX.sub("", folded, count=1) if "\u0621" <= folded[:1] <= "\u064a" else folded


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text by position: spans, folded forms, and the break before each (0 none · 1 clause · 2 hard)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    folded: tuple[str, ...]
    breaks: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, index: int) -> str:
        """What stands in the text before a word."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]


def read_words(text: str) -> Words:
    """Cut a text into words and numbers; a number keeps its thousands separators in one word."""
    starts: list[int] = []
    ends: list[int] = []
    folded: list[str] = []
    breaks: list[int] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[last:start]
        starts.append(start)
        ends.append(end)
        folded.append(fold_word(match.group()))
        breaks.append(0 if gap in (" ", "") else _break(gap, folded, match.group()))
        last = end
    return Words(text, tuple(starts), tuple(ends), tuple(folded), tuple(breaks))


def is_abbreviation(word: str) -> bool:
    """Whether a full stop behind a folded word is part of it: "Oct.", "gen.", and single letters."""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _break(gap: str, folded: Sequence[str], following: str) -> int:
    ending = len(folded) > 2 and len(folded[-2]) == 1 and folded[-3].isdigit() and folded[-2] not in _ABBREVIATIONS
    if gap.rstrip() == "." and len(folded) > 1 and is_abbreviation(folded[-2]) and not ending:  # "13-ի. …"
        return 0 if following[0].isdigit() or following[0].islower() else 2  # "Oct. 4", "p.m. on"
    if gap == ":" and following[0].isdigit() and len(folded) > 1 and folded[-2].isdigit():
        return 0  # "15:00"
    return 2 if _HARD.search(gap) else 1 if _CLAUSE.search(gap) else 0


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase found: what it stands for, its words (first to last), and the value that its lexicon gives it."""

    kind: str
    first: int
    last: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class _Slot:
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    gap: int
    optional: bool

    def takes(self, word: str) -> bool:
        if word in self.exact or (bool(self.prefixes) and word.startswith(self.prefixes)):
            return True
        return _led_by_then(word) and self.takes(word[1:])


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    value: str
    rest: tuple[_Slot, ...]


@dataclass(slots=True)
class PhraseIndex:
    """All phrases of a language, keyed by their first word, so that a text is read once whatever the lexicon's size."""

    _exact: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _prefix: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _endings: list[tuple[str, _Phrase]] = field(default_factory=list)
    _lengths: set[int] = field(default_factory=set)

    def add(self, kind: str, phrases: Iterable[str], value: str = "") -> None:
        """Add phrases of one kind; `value` comes back in each Cue."""
        for written in phrases:
            slots = _slots(written)
            if not slots:
                continue
            while slots[0].optional and len(slots) > 1:
                self._add(kind, value, slots)
                slots = slots[1:]
            self._add(kind, value, slots)

    def add_all(self, table: Mapping[str, Sequence[str]]) -> None:
        """Add the phrases of a table kind → phrases."""
        for kind, phrases in table.items():
            self.add(kind, phrases)

    def _add(self, kind: str, value: str, slots: tuple[_Slot, ...]) -> None:
        first, phrase = slots[0], _Phrase(kind, value, slots[1:])
        for word in first.exact:
            if word.startswith("*"):
                self._endings.append((word[1:], phrase))
            else:
                self._exact[word].append(phrase)
        for prefix in first.prefixes:
            if prefix.startswith("*"):
                self._endings.append((prefix, phrase))
            else:
                self._prefix[prefix].append(phrase)
                self._lengths.add(len(prefix))

    def find(self, words: Words) -> list[Cue]:
        """All phrases in a text, by position; of one kind and first word the longest."""
        found: list[Cue] = []
        lengths = sorted(self._lengths)
        seen: dict[str, list[_Phrase]] = {}
        for index, word in enumerate(words.folded):
            phrases = seen.get(word)
            if phrases is None:
                phrases = seen[word] = self._starting(word, lengths)
            best: dict[tuple[str, str], int] = {}
            for phrase in phrases:
                last = _match(phrase.rest, words, index)
                key = (phrase.kind, phrase.value)
                if last is not None and last > best.get(key, -1):
                    best[key] = last
            found.extend(Cue(kind, index, last, value) for (kind, value), last in best.items())
        return found

    def _starting(self, word: str, lengths: Sequence[int]) -> list[_Phrase]:
        phrases = list(self._exact.get(word, ()))
        for length in lengths:
            if length > len(word):
                break
            phrases += self._prefix.get(word[:length], ())
        for ending, phrase in self._endings:
            inner = ending.startswith("*")
            if (ending[1:] in word[1:]) if inner else word.endswith(ending):
                phrases.append(phrase)
        if _led_by_then(word):
            phrases += self._starting(word[1:], lengths)
        elif word.startswith(_PARTICLES) and len(word) > SHORTEST_NOUN:
            phrases += [p for p in self._starting(word[1:], lengths) if p.kind in _WITH_PARTICLE]
        return phrases


def _led_by_then(word: str) -> bool:
    """Whether a word may be an Arabic verb with "and so" before it ("فقتل", "so it killed")."""
    return word.startswith(_THEN) and len(word) > SHORTEST_VERB


def _match(slots: tuple[_Slot, ...], words: Words, at: int) -> int | None:
    """Index of the last word matched after `at`, or None; a phrase never crosses the end of a sentence."""
    if not slots:
        return at
    slot, rest = slots[0], slots[1:]
    for index in range(at + 1, min(at + 2 + slot.gap, len(words.folded))):
        if words.breaks[index] == 2:
            break
        if slot.takes(words.folded[index]):
            last = _match(rest, words, index)
            if last is not None:
                return last
    return _match(rest, words, at) if slot.optional else None


def _slots(written: str) -> tuple[_Slot, ...]:
    slots: list[_Slot] = []
    gap = 0
    for part in _APOSTROPHE.sub("", written).replace("'", " ").replace("-", " ").split():
        if part[0] == "~" and part[1:].isdigit():
            gap = int(part[1:])
            continue
        optional = part.endswith("?")
        forms = [_folded_form(form) for form in part.rstrip("?").split("|")]
        exact = frozenset(f for f in forms if not f.endswith("*"))
        prefixes = tuple(f[:-1] for f in forms if f.endswith("*"))
        slots.append(_Slot(exact, prefixes, gap, optional))
        gap = 0
    return tuple(slots)


def _folded_form(form: str) -> str:
    lead, tail = form.startswith("*"), form.endswith("*")
    return "*" * lead + fold_word(form.strip("*")) + "*" * tail
