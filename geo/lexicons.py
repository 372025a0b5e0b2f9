"""Lexicons: what a language needs to have its place names read, as data (`data/lexicons/<lang>/names.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .errors import GazetteerError
from .folders import SHIPPED
from .folding import fold, name_key
from .tags import BITS

__all__ = ["Lexicon", "Lexicons", "Terms", "load_lexicons"]

LISTS = (
    "stopwords",
    "prepositions",
    "articles",
    "linking",
    "conjunctions",
    "negations",
    "party",
    "locative",
    "genitive",
    "directions",
    "plurals",
)
GUARDS = (
    "body_after",
    "body_before",
    "veto_after",
    "unions",
    "titles",
    "person_verbs",
    "given_names",
    "surname_endings",
    "refused",
    "unit_after",
)
ROLES = (
    "acting",
    "speaking",
    "under",
    "visiting",
    "quiet",
    "aside",
    "event",
    "territory",
    "impersonal",
    "inside",
    "targets",
)
PLAIN = {"given_names": "given", "refused": "refused"}  # lists that may go on in a plain file beside the lexicon
MAX_CHAIN = 3
OPENING = 2  # letters of a word that tell which prefixes it may have


@dataclass(frozen=True, slots=True)
class Terms:
    """A set of folded words; those given with a trailing `*` stand for any word that begins so."""

    words: frozenset[str]
    prefixes: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, terms: Iterable[str]) -> Terms:
        """Terms from a list as lexicon files hold it."""
        terms = list(terms)
        prefixes = frozenset(fold(t[:-1]) for t in terms if t.endswith("*"))
        words = frozenset(fold(t) for t in terms if not t.endswith("*"))
        return cls(words, prefixes, tuple(sorted({len(p) for p in prefixes})))

    @classmethod
    def joined(cls, parts: Iterable[Terms]) -> Terms:
        """All terms of several lists as one."""
        parts = list(parts)
        lengths = {n for part in parts for n in part.lengths}
        words = frozenset[str]().union(*(part.words for part in parts))
        return cls(words, frozenset[str]().union(*(part.prefixes for part in parts)), tuple(sorted(lengths)))

    def __contains__(self, folded: str) -> bool:
        if folded in self.words:
            return True
        prefixes = self.prefixes
        for n in self.lengths:  # noqa: SIM110 - a loop, not any(): this is asked for every new word
            if folded[:n] in prefixes:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Table:
    """Many sets of terms at once: the bits of all that hold a word, by one look-up and one a length of prefix."""

    words: dict[str, int]
    prefixes: dict[str, int]
    lengths: dict[str, tuple[int, ...]]  # of the prefixes that begin with these letters
    opening: int  # how many letters these are

    @classmethod
    def of(cls, parts: Iterable[tuple[int, Terms]]) -> Table:
        """A table from pairs of a bit and its terms."""
        words: dict[str, int] = {}
        prefixes: dict[str, int] = {}
        for bit, terms in parts:
            for found, listed in ((words, terms.words), (prefixes, terms.prefixes)):
                for term in listed:
                    found[term] = found.get(term, 0) | bit
        opening = min([OPENING, *map(len, prefixes)])
        lengths: dict[str, set[int]] = {}
        for prefix in prefixes:
            lengths.setdefault(prefix[:opening], set()).add(len(prefix))
        return cls(words, prefixes, {first: tuple(sorted(found)) for first, found in lengths.items()}, opening)

    def bits(self, word: str) -> int:
        """The bits of all sets that hold a folded word."""
        bits = self.words.get(word, 0)
        for n in self.lengths.get(word[: self.opening], ()):
            bits |= self.prefixes.get(word[:n], 0)
        return bits


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings of words and what each may stand for; `lengths` are those of the endings with this last letter."""

    rules: dict[str, tuple[str, ...]]
    lengths: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, pairs: Iterable[Any]) -> Endings:
        """Endings from pairs as lexicon files hold them: as written, and as in a name."""
        rules: dict[str, tuple[str, ...]] = {}
        for ending, name in pairs:
            rules[fold(ending)] = (*rules.get(fold(ending), ()), fold(name))
        lengths: dict[str, set[int]] = {ending[-1:]: {0} if "" in rules else set() for ending in rules}
        for ending in rules:
            lengths[ending[-1:]].add(len(ending))
        return cls(rules, {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()})

    def replaced(self, word: str) -> list[str]:
        """The word with each ending that it has replaced, longest ending first; two letters stay."""
        found: list[str] = []
        size = len(word)
        for length in self.lengths.get(word[-1:]) or self.lengths.get("", ()):
            if length >= size:
                continue
            stem = word[: size - length]
            names = self.rules.get(word[size - length :], ())
            found += [stem + name for name in names if size - length + len(name) >= 2]
        return found

    def __bool__(self) -> bool:
        return bool(self.rules)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: its script, how its names inflect, and the words that tell places from what looks like them.

    `endings` maps a folded ending to what it may stand for; `nouns` maps a kind of place to its generic nouns.
    `agreeing` is a pattern of verbs, folded, whose subject is the name right behind them, where verbs come first.
    `bodies_capital` where every word of a body's name is in capitals ("Baku Chronicle").
    `subjects_marked` where a name that acts has an article ("Երևանը"), so that the bare name is somewhere to go to.
    `compounds` where a noun may stand before another without a joint, in capitals when it is a name ("Baku Chronicle").
    `terms` are the other word lists (see LISTS, GUARDS, ROLES). All words are folded but
    `stopwords`, which language detection reads in the language's own letters, and `spelled`, common words that only
    folding makes like a name ("görüş", a meeting, and the town of Gorus).
    """

    lang: str
    script: str
    letters: str
    foreign_letters: str
    inflected: str
    chained: bool
    nouns_stand: tuple[str, ...]
    compounds: bool
    bodies_capital: bool
    subjects_marked: bool
    stopwords: frozenset[str]
    spelled: frozenset[str]
    nouns: Mapping[str, Terms]
    terms: Mapping[str, Terms]
    endings: Endings
    adjectives: Endings
    adjective_forms: Endings
    proclitics: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, str], ...]
    surname_endings: tuple[str, ...]
    locative_endings: tuple[str, ...]
    goal_endings: tuple[str, ...]
    impersonal_endings: tuple[str, ...]
    attribute_endings: tuple[str, ...]
    tag_table: Table
    noun_table: Table
    kinds: tuple[str, ...]
    genitive_endings: tuple[str, ...]
    agreeing: str

    def bases(self, word: str) -> list[str]:
        """The folded forms that a folded word may be an inflected form of, itself first, without repeats."""
        found = {word: None}
        frontier = [word]
        for _ in range(MAX_CHAIN if self.chained else 1):
            frontier = [b for w in frontier for b in self.endings.replaced(w) if b not in found]
            found.update(dict.fromkeys(frontier))
        for written, name in self.proclitics:
            if word.startswith(written) and len(word) - len(written) >= 2:
                found.setdefault(name + word[len(written) :])
        return list(found)

    def adjective_bases(self, word: str) -> list[str]:
        """The place names that a folded adjective may be made from ("физулинском" → "физули", …)."""
        plain = [word, *self.adjective_forms.replaced(word)]
        return list(dict.fromkeys([b for w in plain for b in self.adjectives.replaced(w)]))

    def tags(self, word: str) -> int:
        """The bits (geo/tags.py) of all term lists that a folded word is in: acting, titles, prepositions, …"""
        return self.tag_table.bits(word)

    def is_plural(self, word: str) -> bool:
        """Whether a folded generic noun stands for several: inside the word where endings pile up, else at its end."""
        marks = self.terms["plurals"].words
        return any(mark in word[2:] if self.inflected == "last" else word.endswith(mark) for mark in marks)

    def noun_kind(self, word: str) -> str | None:
        """The kind of place that a folded generic noun stands for, or None when it is no such noun."""
        bits = self.noun_table.bits(word)
        return self.kinds[(bits & -bits).bit_length() - 1] if bits else None


class Lexicons(Mapping[str, Lexicon]):
    """All lexicons of a folder by language."""

    __slots__ = ("_by_lang",)

    def __init__(self, by_lang: Mapping[str, Lexicon]) -> None:
        self._by_lang = MappingProxyType(dict(by_lang))

    def __getitem__(self, lang: str) -> Lexicon:
        return self._by_lang[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_lang)

    def __len__(self) -> int:
        return len(self._by_lang)


def load_lexicons(folder: Path | None = None) -> Lexicons:
    """Read every `<lang>/names.toml` of a folder (default: those shipped).

    Raises:
        GazetteerError: a file that is not valid TOML or lacks what a lexicon needs.
    """
    paths = sorted((folder or SHIPPED / "lexicons").glob("*/names.toml"))
    if not paths:
        raise GazetteerError(
            f"{folder or SHIPPED / 'lexicons'}: no lexicon here; give a folder that holds <lang>/names.toml"
        )
    return Lexicons({path.parent.name: _read(path) for path in paths})


def _read(path: Path) -> Lexicon:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GazetteerError(f"{path}: not valid TOML: {error}") from None
    missing = [key for key in ("lang", "script", "stopwords", "nouns", "guards", "roles") if key not in raw]
    if missing:
        raise GazetteerError(f"{path}: {', '.join(missing)} missing; see another language's names.toml")
    endings = raw.get("endings", {})
    nouns = {kind: Terms.of(words) for kind, words in raw["nouns"].items()}
    terms = {
        name: Terms.of([*_listed(part, name), *(_lines(path, PLAIN[name]) if name in PLAIN else ())])
        for part, group in ((raw, LISTS), (raw["guards"], GUARDS), (raw["roles"], ROLES))
        for name in group
    } | {
        "common": Terms.of([*raw["guards"].get("common", ()), *_lines(path, "common")]),
        "surnames": Terms.of(_lines(path, "surnames")),
    }
    return Lexicon(
        lang=raw["lang"],
        script=raw["script"],
        letters=raw.get("letters", ""),
        foreign_letters=raw.get("foreign_letters", ""),
        inflected=raw.get("inflected", "none"),
        nouns_stand=tuple(raw.get("nouns_stand", ("before", "after"))),
        bodies_capital=bool(raw.get("bodies_capital", False)),
        subjects_marked=bool(raw.get("subjects_marked", False)),
        compounds=bool(raw.get("compounds", False)),
        chained=bool(endings.get("chained", False)),
        stopwords=frozenset(word.lower() for word in raw["stopwords"]),
        spelled=frozenset(word.lower() for word in raw.get("spelled", ())),
        nouns=nouns,
        terms=terms,
        endings=Endings.of(endings.get("rules", ())),
        adjectives=Endings.of(endings.get("adjectives", ())),
        adjective_forms=Endings.of(endings.get("adjective_forms", ())),
        proclitics=_pairs(raw.get("proclitics", ())),
        origins=_pairs(raw.get("origins", ())),
        surname_endings=tuple(sorted(terms["surname_endings"].words)),
        locative_endings=tuple(sorted(terms["locative"].words)),
        goal_endings=tuple(sorted(fold(e) for e in endings.get("goals", ()))),
        impersonal_endings=tuple(sorted(terms["impersonal"].words)),
        attribute_endings=tuple(sorted(fold(e) for e in endings.get("attributes", ()))),
        tag_table=Table.of((BITS[name], part) for name, part in terms.items()),
        noun_table=Table.of((1 << order, part) for order, part in enumerate(nouns.values())),
        kinds=tuple(nouns),
        genitive_endings=tuple(sorted(terms["genitive"].words)),
        agreeing=raw.get("agreeing", ""),
    )


def _listed(part: Mapping[str, Any], name: str) -> Iterable[str]:
    """A list of a lexicon; every noun of a body is a veto where the language does not say which are."""
    default = part.get("body_after", ()) if name == "veto_after" else ()
    words: Iterable[str] = part.get(name, default)
    return words


def _lines(path: Path, name: str) -> list[str]:
    """The words of a plain list beside a lexicon, one a line; none when the language has no such list."""
    beside = path.with_name(f"{name}.txt")
    return beside.read_text(encoding="utf-8").split() if beside.exists() else []


def _pairs(pairs: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name_key(a), name_key(b)) for a, b in pairs)
