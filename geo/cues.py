"""Cue words: the generic noun that stands with a name ("village of X", "X district", "X, Y və Z rayonları")."""

from __future__ import annotations

from collections.abc import Mapping

from .reading import Found, Reading
from .tags import CONJUNCTIONS, LINKING, STOPWORDS

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
LISTING = CONJUNCTIONS | LINKING
CLOSE = frozenset({" ", "\u00a0", "'", "’", " «", ' "', " “"})


def attach_nouns(reading: Reading) -> None:
    """Give each found span the generic noun that belongs to it; in a list, the shared noun."""
    found = reading.found
    for span in found:
        _own_noun(reading, span)
    for at in range(len(found) - 2, -1, -1):
        if found[at].noun is None and found[at + 1].noun_side == "after":
            _share(reading, found[at], found[at + 1], found[at + 1], found[at])
    for at in range(1, len(found)):
        if found[at].noun is None and found[at - 1].noun_side == "before":
            _share(reading, found[at - 1], found[at], found[at - 1], found[at])
    if reading.lexicon.inflected == "last":
        for at in range(len(found) - 1):
            _of_its_villages(reading, found[at], found[at + 1])
        for span in found:
            _of_so_many_villages(reading, span)


def _own_noun(reading: Reading, found: Found) -> None:
    lexicon, words = reading.lexicon, reading.words
    if found.last - found.first > 1:  # the name has its noun in it: "Խոջավենդի շրջան", "district d'Aghdam"
        for index, side in ((found.last - 1, "after"), (found.first, "before")):
            if words[index].noun in AREAS and side in lexicon.nouns_stand:
                found.noun, found.noun_side, found.noun_word = words[index].noun, side, words[index].folded
                return
    behind = words[found.last].noun if reading.adjacent(found.last - 1) else None
    if behind is not None and ("after" in lexicon.nouns_stand or found.hits.adjective):
        found.noun, found.noun_side, found.noun_word = behind, "after", words[found.last].folded
        found.wide_start, found.wide_end = found.start, reading.end(found.last)
        return
    at = found.first - 1
    while at >= 0 and found.first - at <= 2 and words[at].tags & LINKING:
        at -= 1
    noun = words[at].noun if at >= 0 else None
    if noun is None or "before" not in lexicon.nouns_stand or not _close(reading, at, found.first):
        return
    # "в районе Физули" is near the town, not the district
    if not (noun in AREAS and lexicon.inflected == "all"):
        found.noun, found.noun_side, found.noun_word = noun, "before", words[at].folded
        found.wide_start, found.wide_end = reading.starts[at], found.end


def _of_its_villages(reading: Reading, found: Found, after: Found) -> None:
    """ "Ağdamın Qaradağlı kəndi": what a village belongs to is the district, though only its town's name is said.

    A particle may stand between: "…, Zəngilanın isə Muğanlı və Tatar kəndləri".
    """
    between = after.first - found.last
    particle = between == 1 and bool(reading.words[found.last].tags & STOPWORDS) and reading.gaps[after.first] == " "
    owned = found.hits.inflected and not found.hits.plain
    if after.noun == "village" and (between == 0 or (particle and owned and reading.gaps[found.last] == " ")):
        _means_district(found)


def _means_district(found: Found) -> None:
    if found.noun is None and found.hits.inflected:
        found.noun, found.noun_side = "district", "after"


def _of_so_many_villages(reading: Reading, found: Found) -> None:
    """ "Xocavəndin 14 kəndi", "Qubadlının daha səkkiz kəndi": so many villages of a district."""
    number, noun = reading.word(found.last), reading.word(found.last + 1)
    if number and noun and noun.noun == "village" and number.folded.isdigit():
        _means_district(found)
        return
    noun = reading.word(found.last + 2)
    endings = reading.lexicon.genitive_endings
    owned = found.hits.inflected and bool(endings) and reading.words[found.last - 1].folded.endswith(endings)
    if not owned or noun is None or noun.noun != "village":
        return
    plain = all(reading.gaps[at] == " " for at in range(found.last, found.last + 3))
    if plain and not any(found.last <= other.first <= found.last + 1 for other in reading.found):
        _means_district(found)


def _close(reading: Reading, first: int, last: int) -> bool:
    return all(reading.gaps[at + 1] in CLOSE for at in range(first, last))


def _share(reading: Reading, left: Found, right: Found, giver: Found, taker: Found) -> None:
    """Pass a noun along a list: "X, Y and Z districts", "les villages de X, Y et Z"."""
    if giver.noun and reading.lexicon.is_plural(giver.noun_word) and _listed(reading, left, right):
        taker.noun, taker.noun_side, taker.noun_word = giver.noun, giver.noun_side, giver.noun_word


def _listed(reading: Reading, left: Found, right: Found) -> bool:
    """Whether only a comma or a conjunction (and linking words) stands between two spans."""
    if right.first - left.last > 3 or right.start - left.end > 16:
        return False
    for at in range(left.last, right.first):
        if not reading.words[at].tags & LISTING:
            return False
    plain = reading.text[left.end : right.start]
    return "." not in plain and ("," in plain or "،" in plain or "՝" in plain or right.first > left.last)
