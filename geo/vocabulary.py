"""Vocabulary: what a lexicon says about one language, and how one theatre's actors and sides are called in it."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import GeoError
from .phrases import PhraseIndex, fold_word
from .theatre import Theatre

__all__ = ["LEXICONS", "SideName", "Vocabulary", "load_vocabularies", "read_side_names"]

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons"
DATE_WORDS = (
    "fill",
    "since",
    "until",
    "last",
    "next",
    "between",
    "this_month",
    "day_endings",
    "ago",
    "ago_behind",
    "day_word",
    "weeks",
    "bare_day",
    "compared",
)
TRAITS = frozenset(
    {
        "adjective_last",  # adjectives stand behind the noun
        "colon_stops",  # a colon is often typed for the full stop
        "hyphened_abbreviations",  # an abbreviation's ending stands behind a hyphen or apostrophe
        "names_inflected",  # names change their endings
        "negation_behind",  # the negation may follow the event's word
        "number_endings",  # number words take endings
        "officials_by_name",  # who is quoted by name alone, and is no witness, speaks for an office
        "plural_s",  # the plural ends in s
        "said_last",  # the verb of saying ends the whole sentence, behind what was said
        "since_behind",  # "since" may stand behind its date
        "subject_first",  # who acts stands before the verb
        "units_first",  # "three and twenty"
        "verb_last",  # the verb ends the sentence
    }
)
FLEETING = ("ел", "ец", "ок", "ек")  # a Cyrillic name's last vowel that its other forms lose ("узел", "узлу")
CYRILLIC_ENDING = 5  # letters from which a Cyrillic word is cut before its ending is left open


@dataclass(frozen=True, slots=True)
class SideName:
    """How a side is called in one language; at `home`, that side's media say "we" and "the ministry" of their own."""

    side: str
    lang: str
    home: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language ready for reading: all its phrases in one index, its number words, and whose home language it is."""

    lang: str
    phrases: PhraseIndex
    numbers: Mapping[str, int]
    home_side: str | None
    knows_silence: bool = False  # whether it lists how somebody says nothing: then a plain negation answers
    traits: frozenset[str] = frozenset()  # how the language is built, of TRAITS

    def has(self, trait: str) -> bool:
        """Whether the language is built in this way (speech.toml: `traits`)."""
        return trait in self.traits


def load_vocabularies(theatre: Theatre, *, folder: Path = LEXICONS) -> dict[str, Vocabulary]:
    """The vocabulary of every language that has a complete lexicon folder.

    Raises:
        GeoError: a lexicon file that cannot be read.
    """
    sides = read_side_names(theatre)
    return {
        path.parent.name: _vocabulary(path.parent, theatre, sides)
        for path in sorted(folder.glob("*/speech.toml"))
        if all((path.parent / name).exists() for name in ("events.csv", "dates.toml", "numbers.toml"))
    }


def read_side_names(theatre: Theatre) -> list[SideName]:
    """The theatre's sides.csv; a theatre without one calls its sides by their names in theatre.toml."""
    table = theatre.table("sides")
    if table.empty:
        return [SideName(s.id, lang, False, (s.name,)) for s in theatre.sides for lang in theatre.languages]
    return [
        SideName(row["side"], row["lang"], row.get("home", "") == "yes", _split(row["terms"]))
        for row in table.to_dict("records")
    ]


def _vocabulary(folder: Path, theatre: Theatre, sides: Sequence[SideName]) -> Vocabulary:
    lang = folder.name
    index = PhraseIndex()
    _add_events(index, folder / "events.csv")
    _add_dates(index, _toml(folder / "dates.toml"))
    numbers = _toml(folder / "numbers.toml")
    speech = _toml(folder / "speech.toml")
    traits = _traits(speech.pop("traits", ()), folder / "speech.toml")
    for office, terms in speech.pop("offices", {}).items():
        index.add("office", terms, office)
    guards = _toml(folder / "names.toml").get("guards", {}) if (folder / "names.toml").exists() else {}
    index.add("given_name", guards.get("given_names", ()))
    words = {fold_word(word): int(value) for word, value in numbers.pop("words", {}).items()}
    words |= {p + word: value for p in numbers.pop("particles", ()) for word, value in words.items()}
    index.add_all({name: terms for name, terms in speech.items() if isinstance(terms, list)})
    index.add_all({name: terms for name, terms in numbers.items() if isinstance(terms, list)})
    for name in sides:
        if name.lang == lang:
            index.add("side", name.terms, name.side)
    _add_actors(index, theatre, lang, inflected="names_inflected" in traits)
    home = next((name.side for name in sides if name.lang == lang and name.home), None)
    return Vocabulary(lang, index, words, home, "no_comment" in speech, traits)


def _traits(listed: Sequence[str], path: Path) -> frozenset[str]:
    unknown = sorted(set(listed) - TRAITS)
    if unknown:
        raise GeoError(f"{path}: traits: {', '.join(unknown)} unknown; there are {', '.join(sorted(TRAITS))}")
    return frozenset(listed)


def _add_events(index: PhraseIndex, path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            index.add("signal:" + row["signal"], _split(row["terms"]), row.get("sub_event_type") or "")


def _add_dates(index: PhraseIndex, dates: Mapping[str, Any]) -> None:
    for number, forms in enumerate(dates.get("months", ()), 1):
        index.add("month", forms, str(number))
    for number, forms in enumerate(dates.get("weekdays", ())):
        index.add("weekday", forms, str(number))
    for name in DATE_WORDS:
        index.add("date_" + name, dates.get(name, ()))
    for joint, openings in dates.get("ranges", {}).items():
        index.add("date_range", openings, fold_word(joint))
    for group in ("days", "anchor", "spans", "part", "ordinals"):
        for value, forms in dates.get(group, {}).items():
            index.add("date_" + group, forms, value)


def _add_actors(index: PhraseIndex, theatre: Theatre, lang: str, *, inflected: bool) -> None:
    for actor in theatre.actors:
        names = set(actor.aliases.get(lang, ())) | (set(actor.aliases.get("en", ())) if lang != "en" else set())
        for alias in names:
            index.add("actor", [_inflected(alias) if inflected else alias], actor.actor_id)


def _inflected(alias: str) -> str:
    """The alias as a phrase whose words may change their endings."""
    return " ".join(_open_ending(word) for word in alias.replace(",", " ").split())


def _open_ending(word: str) -> str:
    if len(word) < 4 or word.isupper():
        return word
    if len(word) >= CYRILLIC_ENDING and "\u0400" <= word[-1] <= "\u04ff" and word[-1] in "аеиоуыэюяйь":
        word = word[:-2] if word.endswith(("ие", "ия", "ый", "ий", "ая", "ое")) else word[:-1]
    if word.endswith(FLEETING) and word.islower():
        return f"{word}*|{word[:-2]}{word[-1]}*"
    return word + "*"


def _split(terms: str) -> tuple[str, ...]:
    return tuple(t.strip() for t in terms.split(";") if t.strip())


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GeoError(f"{path}: not valid TOML: {error}") from None
