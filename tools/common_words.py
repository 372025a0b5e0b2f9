"""Write data/lexicons/<lang>/common.txt: dictionary words that are also spelled like a place somewhere in the world.

A capital letter at the start of a sentence or in a headline says nothing about such a word, so geo/guards.py asks for
more evidence before it takes one for a place. Needs `pip install simplemma wordfreq` (the first, MIT, gives the words
and their case; the second only says which are frequent enough to matter) and a compiled world gazetteer.
"""

from __future__ import annotations

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
LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons"


def main() -> None:
    gazetteer = open_gazetteer()
    for lang in LANGUAGES:
        words = sorted(common_words(lang, gazetteer))
        (LEXICONS / lang / "common.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def common_words(lang: str, gazetteer: Gazetteer) -> set[str]:
    """Folded lower-case words of a language that are a key of the gazetteer and not also given with a capital."""
    entries = (k.decode() if isinstance(k, bytes) else k for k in DefaultDictionaryFactory().get_dictionary(lang))
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


if __name__ == "__main__":
    main()
