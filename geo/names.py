"""Names: under which keys a place is found, and how sure each key is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from .folding import fold, tokens
from .lexicons import Terms

__all__ = ["ALTERNATE", "BARE", "MAIN", "MAX_WORDS", "SHORT", "SOUND_MARK", "hash_key", "keys_of", "usable_alternate"]

# How sure a key is. MAIN: a name as its source gives it in a language. ALTERNATE: one of many other forms.
# BARE: the name without its generic noun ("Sevan" of "Lake Sevan"): only meant where a cue word says so.
# SHORT: a postal code or press abbreviation ("Tenn.", "TX"): only meant after "Town, ".
MAIN, ALTERNATE, BARE, SHORT = 0, 1, 2, 3
SOUND_MARK = "~"  # stands before a sound key, which no folded name can begin with

SCRIPTS = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0400-\u04ff\u0531-\u0587\u0620-\u06d3]")
OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0590-\u05ff\u0900-\u10ff\u1100-\u11ff\u3040-\ud7af\uf900-\ufaff]")
PARENTHESIS = re.compile(r"\s*\([^)]*\)")
APOSTROPHES = re.compile("(?<=\\w)['’‘ʼ`ʻ](?=\\w)")
MAX_WORDS = 7
FILLERS = frozenset(
    {"autonomous", "republic", "of", "the", "de", "d", "du", "des", "muxtar", "автономная", "республика"}
)


def hash_key(key: str) -> int:
    """A 64-bit number for a key: names are looked up by number, so that the index is small and needs no parsing."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def keys_of(name: str, nouns: Terms, *, bare: bool) -> Iterator[tuple[str, bool]]:
    """The folded keys of one name; the flag marks those made by leaving out its generic `nouns` (only where `bare`)."""
    if "(" in name:
        name = PARENTHESIS.sub("", name)
    words = _words(name)
    if not words or len(words) > MAX_WORDS:
        return
    yield " ".join(words), False
    together = APOSTROPHES.sub("", name)
    if len(together) != len(name):
        yield " ".join(_words(together)), False
    if bare and len(words) > 1:
        kept = [w for w in words if w not in nouns]
        while kept and kept[0] in FILLERS:
            kept = kept[1:]
        while kept and kept[-1] in FILLERS:
            kept = kept[:-1]
        if kept and len(kept) < len(words) and len("".join(kept)) >= 3:
            yield " ".join(kept), True


def usable_alternate(name: str) -> bool:
    """Whether one of GeoNames' alternate forms can stand in a text that we read.

    Refused: transliterations in lower case ("ba ma ke"), airport and postal codes, scripts that no lexicon reads.
    """
    if len(name) < 2 or len(name) > 60 or OTHER_SCRIPTS.search(name) or not SCRIPTS.match(name):
        return False
    first = name[0]
    if first.isascii() and not first.isupper():
        return False
    return not (len(name) <= 4 and name.isascii() and name.isupper()) and not any(c.isdigit() for c in name)


def _words(name: str) -> list[str]:
    spaced = name.replace("-", " ")
    if spaced.isascii() and spaced.replace(" ", "").isalpha():  # most names: no need to look for words
        return spaced.lower().split()
    return [folded for token in tokens(name) if (folded := fold(token.word))]
