"""Tags: which word lists of its lexicon a word is in, as the bits of one number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BITS"]

STOPWORDS: Final = 1 << 0
PREPOSITIONS: Final = 1 << 1
ARTICLES: Final = 1 << 2
LINKING: Final = 1 << 3
CONJUNCTIONS: Final = 1 << 4
NEGATIONS: Final = 1 << 5
PARTY: Final = 1 << 6
LOCATIVE: Final = 1 << 7
DIRECTIONS: Final = 1 << 8
PLURALS: Final = 1 << 9
BODY_AFTER: Final = 1 << 10
BODY_BEFORE: Final = 1 << 11
VETO_AFTER: Final = 1 << 12
UNIONS: Final = 1 << 13
TITLES: Final = 1 << 14
PERSON_VERBS: Final = 1 << 15
GIVEN_NAMES: Final = 1 << 16
SURNAME_ENDINGS: Final = 1 << 17
REFUSED: Final = 1 << 18
COMMON: Final = 1 << 19
SURNAMES: Final = 1 << 20
ACTING: Final = 1 << 21
SPEAKING: Final = 1 << 22
UNDER: Final = 1 << 23
VISITING: Final = 1 << 24
QUIET: Final = 1 << 25
ASIDE: Final = 1 << 26
EVENT: Final = 1 << 27
GENITIVE: Final = 1 << 28
TERRITORY: Final = 1 << 29
IMPERSONAL: Final = 1 << 30
INSIDE: Final = 1 << 31
UNIT_AFTER: Final = 1 << 32
TARGETS: Final = 1 << 33

# The bit of each list, by its name in `data/lexicons/<lang>/names.toml`.
BITS: Mapping[str, int] = {
    "stopwords": STOPWORDS,
    "prepositions": PREPOSITIONS,
    "articles": ARTICLES,
    "linking": LINKING,
    "conjunctions": CONJUNCTIONS,
    "negations": NEGATIONS,
    "party": PARTY,
    "locative": LOCATIVE,
    "directions": DIRECTIONS,
    "plurals": PLURALS,
    "body_after": BODY_AFTER,
    "body_before": BODY_BEFORE,
    "veto_after": VETO_AFTER,
    "unions": UNIONS,
    "titles": TITLES,
    "person_verbs": PERSON_VERBS,
    "given_names": GIVEN_NAMES,
    "surname_endings": SURNAME_ENDINGS,
    "refused": REFUSED,
    "common": COMMON,
    "surnames": SURNAMES,
    "acting": ACTING,
    "speaking": SPEAKING,
    "under": UNDER,
    "visiting": VISITING,
    "quiet": QUIET,
    "aside": ASIDE,
    "event": EVENT,
    "genitive": GENITIVE,
    "territory": TERRITORY,
    "impersonal": IMPERSONAL,
    "inside": INSIDE,
    "unit_after": UNIT_AFTER,
    "targets": TARGETS,
}
