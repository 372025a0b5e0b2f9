"""Write data/lexicons/<lang>/common.txt: dictionary words that are also spelled like a place somewhere in the world.

A capital letter at the start of a sentence or in a headline says nothing about such a word, so geo/guards.py asks for
more evidence before it takes one for a place. Needs `pip install simplemma wordfreq` (the first, MIT, gives the words
and their case; the second only says which are frequent enough to matter) and a compiled world gazetteer.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import wordfreq
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from geo.folding import fold
from geo.gazetteer import Gazetteer, open_gazetteer

LANGUAGES = ("en", "fr", "ru", "uk", "hy", "tr", "ar")
RANKED = frozenset({"en", "fr", "ru", "uk", "tr", "ar"})
MIN_ZIPF = 2.4
# Arabic has no capitals and Turkish data holds names in lower case: a word that is a large place stays a place.
UNCASED = frozenset({"ar", "tr"})
LARGE = 30_000
DATA = Path(__file__).resolve().parent.parent / "data"
LEXICONS = DATA / "lexicons"
VILLAGES = {"uk": "name_uk"}  # languages whose villages are listed one and all, with all forms of their words


def main() -> None:
    gazetteer = open_gazetteer()
    for lang in LANGUAGES:
        words = sorted(common_words(lang, gazetteer) | village_words(lang))
        (LEXICONS / lang / "common.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def common_words(lang: str, gazetteer: Gazetteer) -> set[str]:
    """Folded lower-case words of a language that are a key of the gazetteer and not also given with a capital."""
    entries = map(_text, DefaultDictionaryFactory().get_dictionary(lang))
    known = {k for k in entries if k.isalpha()}
    found = set()
    for word in known:
        cased = lang != "ar"
        if cased and (not word.islower() or (word.capitalize() in known and lang not in UNCASED)):
            continue
        if lang in RANKED and wordfreq.zipf_frequency(word, lang) < MIN_ZIPF:
            continue
        key = fold(word)
        rows = gazetteer.index.find(key) if len(key) > 1 else []
        large = any(
            gazetteer.at(row).feature in ("country", "region") or gazetteer.at(row).population >= LARGE
            for row, _ in rows
        )
        if rows and not (lang in UNCASED and large):
            found.add(key)
    return found


def village_words(lang: str) -> set[str]:
    """Folded forms of the words that are also the name of a listed village ("Прапор", "Східне")."""
    if lang not in VILLAGES:
        return set()
    dictionary = DefaultDictionaryFactory().get_dictionary(lang)
    lemmas = {_text(form): _text(lemma) for form, lemma in dictionary.items()}
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in lemmas.items():
        if form.islower() and form.isalpha() and form.capitalize() not in lemmas:
            forms[lemma].add(form)
    with gzip.open(DATA / "world" / "settlements.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = {row[VILLAGES[lang]].lower() for row in csv.DictReader(file) if row["country"] == "UA"}
    found = set()
    for name in names:
        if len(name) > 2 and name in lemmas and name.capitalize() not in lemmas:
            found |= {fold(f) for f in forms[lemmas[name]] if wordfreq.zipf_frequency(f, lang) >= MIN_ZIPF}
    return found


def _text(word: bytes | str) -> str:
    return word.decode() if isinstance(word, bytes) else word


if __name__ == "__main__":
    main()
