"""Cue words: the generic noun that stands with a name ("village of X", "X district", "X, Y və Z rayonları")."""

from __future__ import annotations

from collections.abc import Mapping

from .matching import ADJECTIVE, INFLECTED, Found, Reading

__all__ = ["FITTING", "attach_nouns"]

# Which features a generic noun fits.
FITTING: Mapping[str, frozenset[str]] = {
    "village": frozenset({"village", "town"}),
    "town": frozenset({"town", "city", "village"}),
    "district": frozenset({"district"}),
    "region": frozenset({"region", "district"}),
    "river": frozenset({"river"}),
    "reservoir": frozenset({"reservoir", "lake"}),
    "sea": frozenset({"sea"}),
    "ridge": frozenset({"ridge"}),
    "corridor": frozenset({"corridor"}),
    "site": frozenset({"site", "military"}),
    "island": frozenset({"island"}),
    "country": frozenset({"country"}),
}
AREAS = frozenset({"district", "region"})
LISTING = frozenset({"conjunctions", "linking"})


def attach_nouns(reading: Reading) -> None:
    """Give each found span the generic noun that belongs to it; in a list, the shared noun."""
    for found in reading.found:
        _own_noun(reading, found)
    _share(reading, range(len(reading.found) - 2, -1, -1), step=1, sides=("after",))
    _share(reading, range(1, len(reading.found)), step=-1, sides=("before",))
    if reading.lexicon.inflected == "last":
        for found, after in zip(reading.found, reading.found[1:], strict=False):
            _of_its_villages(found, after)
        for found in reading.found:
            _of_so_many_villages(reading, found)


def _own_noun(reading: Reading, found: Found) -> None:
    lexicon, words = reading.lexicon, reading.words
    if found.last - found.first > 1:  # the name has its noun in it: "Խոջավենդի շրջան", "district d'Aghdam"
        for index, side in ((found.last - 1, "after"), (found.first, "before")):
            if words[index].noun in AREAS and side in lexicon.nouns_stand:
                found.noun, found.noun_side, found.noun_word = words[index].noun, side, words[index].folded
                return
    adjective = all(hit.how == ADJECTIVE for hit in found.hits)
    if ("after" in lexicon.nouns_stand or adjective) and reading.adjacent(found.last - 1):
        noun = words[found.last].noun
        if noun:
            found.noun, found.noun_side, found.noun_word = noun, "after", words[found.last].folded
            found.noun_span = (found.start, reading.tokens[found.last].end)
            return
    at = found.first - 1
    while at >= 0 and found.first - at <= 2 and "linking" in words[at].tags:
        at -= 1
    if "before" not in lexicon.nouns_stand or at < 0 or not _close(reading, at, found.first):
        return
    noun = words[at].noun
    # "в районе Физули" is near the town, not the district
    if noun and not (noun in AREAS and lexicon.inflected == "all"):
        found.noun, found.noun_side, found.noun_word = noun, "before", words[at].folded
        found.noun_span = (reading.tokens[at].start, found.end)


def _of_its_villages(found: Found, after: Found) -> None:
    """ "Ağdamın Qaradağlı kəndi": what a village belongs to is the district, though only its town's name is said."""
    if after.noun == "village" and after.first == found.last:
        _means_district(found)


def _means_district(found: Found) -> None:
    if found.noun is None and all(hit.how == INFLECTED for hit in found.hits):
        found.noun, found.noun_side = "district", "after"


def _of_so_many_villages(reading: Reading, found: Found) -> None:
    """ "Xocavəndin 14 kəndi": so many villages of a district."""
    number, noun = reading.word(found.last), reading.word(found.last + 1)
    if number and noun and number.folded.isdigit() and noun.noun == "village":
        _means_district(found)


def _close(reading: Reading, first: int, last: int) -> bool:
    return all(reading.gap(i) in (" ", "\u00a0", "'", "’", " «", ' "', " “") for i in range(first, last))


def _share(reading: Reading, order: range, *, step: int, sides: tuple[str, ...]) -> None:
    """Pass a noun along a list: "X, Y and Z districts", "les villages de X, Y et Z"."""
    for at in order:
        found, near = reading.found[at], reading.found[at + step]
        if found.noun or not near.noun or near.noun_side not in sides:
            continue
        if not reading.lexicon.is_plural(near.noun_word):
            continue
        left, right = (found, near) if step == 1 else (near, found)
        if _listed(reading, left, right):
            found.noun, found.noun_side, found.noun_word = near.noun, near.noun_side, near.noun_word


def _listed(reading: Reading, left: Found, right: Found) -> bool:
    """Whether only a comma or a conjunction (and linking words) stands between two spans."""
    if right.first - left.last > 3 or right.start - left.end > 16:
        return False
    between = reading.words[left.last : right.first]
    if not all(not LISTING.isdisjoint(w.tags) for w in between):
        return False
    plain = reading.text[left.end : right.start]
    return "." not in plain and ("," in plain or "،" in plain or "՝" in plain or bool(between))
