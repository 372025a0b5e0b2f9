"""Roles: what part a place plays in its sentence - event, dateline, metonym, actor or background - and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from mypy_extensions import mypyc_attr

from .gazetteer import Place
from .openings import is_dateline
from .parties import (
    according,
    agrees_with_verb,
    any_of,
    behind_verb,
    ends_road,
    has_own_dash,
    heads_clause,
    in_locative,
    is_goal,
    is_land,
    is_object,
    joined_capital,
    lacks_verb,
    opens_clause,
    owns,
    owns_district,
    seat_of_speaker,
    stops,
    takes_verb_over,
    they_say,
    town_speaks,
    villages_before,
)
from .reading import INFLECTED, Found, Reading
from .sentence_kinds import Scene, happens_beside, is_target
from .tags import (
    ACTING,
    ARTICLES,
    ASIDE,
    CONJUNCTIONS,
    EVENT,
    IMPERSONAL,
    INSIDE,
    LINKING,
    PARTY,
    PREPOSITIONS,
    QUIET,
    SPEAKING,
    STOPWORDS,
    UNDER,
    VISITING,
)

__all__ = ["Part", "parts_of"]

WIDE = frozenset({"country", "region", "continent", "area"})
AREAS = frozenset({"district", "region", "area", "river", "sea", "ridge", "corridor", "reservoir"})
TOWNS = frozenset({"village", "town", "city", "site", "military", "island"})
NEAR = 3
BESIDE = 2  # words from a verb of saying to a place where they say it, with the preposition
PARENTHESIS = 2  # words between commas that part no place from its verb
NO_EVENT = "no event in the sentence"
ASIDES = ((ASIDE, "on the way or aside"), (VISITING, "a meeting"))


@final
@mypyc_attr(acyclic=True)
class Part:
    """The role that a span plays, with the reason."""

    __slots__ = ("reason", "role")

    def __init__(self, role: str, reason: str) -> None:
        self.role = role
        self.reason = reason


def parts_of(reading: Reading, spans: list[Found], countries: Sequence[str], *, year: int | None) -> list[Part]:
    """The role of each span, given the place that it most likely means (`Found.best`).

    Args:
        reading: the text taken apart.
        spans: found spans in order.
        countries: ISO codes of the countries where the report's war is, so that a capital there can be a scene.
        year: of publication; a sentence with an earlier year tells of the past.
    """
    scene = Scene(reading, year or 0)
    parts: list[Part] = []
    scenes: set[int] = set()
    for found in spans:
        place = best_of(found)
        part = _part(reading, found, place, scene, countries)
        if parts and joined_capital(reading, (parts[-1].role, part.role), spans[len(parts) - 1], found):
            part = parts[-1]
        parts.append(part)
        if place.feature in TOWNS and found.noun != "direction" and (part.role == "event" or part.reason == NO_EVENT):
            scenes.add(scene.at(found.first))
    return [
        Part("background", "an end of a road")
        if parts[at].role in ("event", "background") and ends_road(reading, spans, at)
        else _inside(reading, parts[at], spans, at, has_scene=scene.at(found.first) in scenes)
        for at, found in enumerate(spans)
    ]


def best_of(found: Found) -> Place:
    """The place that a span most likely means by itself."""
    assert found.best is not None, "a span without a place has no part to play"
    return found.best


def _inside(reading: Reading, part: Part, spans: list[Found], at: int, *, has_scene: bool) -> Part:
    """An area beside the place where it happened only says where that lies."""
    found = spans[at]
    place = best_of(found)
    if part.role == "actor" and _owns_next(reading, spans, at):
        return Part("background", "says where the place lies")
    if part.role != "event" and part.reason != NO_EVENT:
        return part
    if at and owns_district(reading, spans[at - 1], found):
        return Part("background", "says where the district lies")
    if has_scene and found.noun == "direction":
        return Part("background", "the direction of the front that the scene is on")
    if has_own_dash(reading, found):
        return part
    owned = at + 1 < len(spans) and owns_district(reading, found, spans[at + 1])
    if has_scene and place.feature in AREAS and not villages_before(reading, found) and not owned:
        return Part("background", "only says where the scene lies")
    beside = at + 1 < len(spans) and found.last == spans[at + 1].first and reading.adjacent(found.last - 1)
    if beside:
        after = best_of(spans[at + 1])
        inflected = any(hit.how == INFLECTED for hit in found.hits.all)
        town = found.noun in (None, "district") and place.feature in TOWNS
        if inflected and after.feature == "village" and (town or place.feature == "district"):
            return Part("background", "says where the village lies")
    return part


def _owns_next(reading: Reading, spans: list[Found], at: int) -> bool:
    """Whether a country's ending says that a place right behind it is there: "Իրանի Խուդաֆերին"."""
    found = spans[at]
    if best_of(found).feature != "country" or at + 1 == len(spans) or not owns(reading, found):
        return False
    after = spans[at + 1]
    return found.last == after.first and reading.adjacent(found.last - 1) and best_of(after).feature != "country"


def _part(reading: Reading, found: Found, place: Place, scene: Scene, countries: Sequence[str]) -> Part:
    if is_dateline(reading, found):
        return Part("dateline", "opens the report with its day or agency")
    sentence = scene.at(found.first)
    first, last = scene.firsts[sentence], scene.lasts[sentence]
    state = place.feature == "country"
    governs = place.capital or place.feature in WIDE
    located = in_locative(reading, found)
    if governs and (not located or owns(reading, found)):
        acting = _acting(reading, found, capital=place.capital)
        if acting is not None and located:
            return Part("background", f"where a body is, {acting}")  # "Qarabağdakı rejim"
        if acting is not None:
            noun = reading.word(found.first - 1)
            named = place.capital and (noun is None or noun.noun not in ("region", "district"))  # "власти штата Хартум"
            return Part("metonym" if named else "actor", acting)
    home = place.country in countries
    if place.capital or state:
        close = home and place.capital and happens_beside(reading.words, found, first, last)
        party = _party(reading, found, first, last, may_be_scene=close)
        if party is not None:
            return Part("metonym" if place.capital else "actor", party)
    elif place.feature == "city" and town_speaks(reading, found, first, last):
        return Part("metonym", "a town that speaks")
    aside = _aside(reading, found, first, last) or seat_of_speaker(reading, found, first, last)
    if aside is not None:
        return Part("background", aside)
    if scene.past[sentence]:
        return Part("background", "years ago")
    if state and is_land(reading, found):
        return Part("background", "its land is meant")
    if state or (place.capital and not home):
        return Part("background", "no one acts here and nothing happens")
    if scene.eventful[sentence]:
        return Part("event", "the sentence tells of an event")
    return Part("background", NO_EVENT)


def _acting(reading: Reading, found: Found, *, capital: bool) -> str | None:
    """A state, region or capital in the name of a body, force or leader."""
    words, lexicon = reading.words, reading.lexicon
    if "after" in lexicon.nouns_stand:
        for at in range(found.last, min(found.last + NEAR, len(words))):
            if stops(reading.gaps[at]) or (at > found.last and words[at].capital and not words[at].tags & ACTING):
                break
            if words[at].tags & ACTING:
                return f"with '{reading.surfaces[at]}'"
    if "before" not in lexicon.nouns_stand:
        return None
    other = 0
    for at in range(found.first - 1, -1, -1):
        if other >= NEAR or stops(reading.gaps[at + 1]):
            break
        word = words[at]
        if word.tags & ACTING:
            return f"with '{reading.surfaces[at]}'"
        linking = word.tags & (LINKING | PARTY)
        if word.tags & PREPOSITIONS and not linking:
            governs = capital and lexicon.inflected == "none" and at == found.first - 1 and reading.adjacent(at - 1)
            if governs and words[at - 1].tags & ACTING:  # "the ministry in Baku"
                return f"with '{reading.surfaces[at - 1]}'"
            break
        if not linking and not word.capital:
            other += 1
            of = at > 0 and words[at - 1].tags & LINKING and reading.gaps[at] == " "  # "the army of unrecognised X"
            if lexicon.compounds and not word.tags & ARTICLES and not of:
                break
    return None


def _located(reading: Reading, found: Found, first: int) -> bool:
    """Whether the name stands as somewhere to be in, go to or come from."""
    lexicon, words = reading.lexicon, reading.words
    if is_land(reading, found):
        return True
    if lexicon.inflected == "last":
        return in_locative(reading, found)
    if lexicon.proclitics and reading.surfaces[found.first][0] in "بل" and not found.hits.plain:
        return True
    for at in range(found.first - 1, max(first, found.first - 2) - 1, -1):
        word = words[at]
        part = at - 1 if word.tags & PARTY else at
        if part >= first and words[part].tags & INSIDE:
            return True  # "in the centre of X", "southern X"
        attribute = lexicon.attribute_endings and not word.capital and not word.tags & (PREPOSITIONS | SPEAKING)
        kind = word.noun is not None or word.folded.endswith(lexicon.attribute_endings)
        if attribute and kind and reading.gaps[found.first] == " ":
            continue  # "у сусідній Чад", "в передмісті Уагадугу"
        if not word.tags & ARTICLES:
            return bool(word.tags & PREPOSITIONS) and not word.tags & PARTY
    return False


def _party(reading: Reading, found: Found, first: int, last: int, *, may_be_scene: bool) -> str | None:
    """A capital or country as who governs there: it says, denies, wants; others accuse or mediate for it."""
    lexicon, words = reading.lexicon, reading.words
    name, behind = found.first, found.last
    located = _located(reading, found, first)
    colon = behind < len(words) and reading.gaps[behind].startswith(":")
    if lexicon.subjects_marked and found.hits.plain and not colon and not words[name].upper:
        return None
    agglutinative, inflected = lexicon.inflected == "last", lexicon.inflected == "all"
    before = reading.word(name - 1) if name > first else None
    if inflected and before is not None and before.noun in ("town", "village") and reading.adjacent(name - 1):
        return None  # "в столице Мали"
    speaking = _speaking(reading, found, first, last, impersonal=located and inflected)
    joined = before is not None and before.tags & STOPWORDS and not before.tags & (CONJUNCTIONS | PREPOSITIONS)
    if inflected and joined and found.how == INFLECTED and reading.adjacent(name - 1):
        speaking = None  # "на границе с Таиландом": who speaks is somebody else
    visiting = any_of(words, max(first, name - 4), name, VISITING) or any_of(
        words, behind, min(last, behind + 3), VISITING
    )
    visiting = visiting or (agglutinative and any_of(words, behind, min(last, behind + 1), ASIDE))
    at_home = inflected or (agglutinative and they_say(reading, found, first, last))
    at_home = at_home and not is_goal(reading, found)  # "Moskvaya uçmasını tələb edir"
    if speaking is not None and (not located or (at_home and not visiting)):
        return f"'{speaking}'"
    they = located and lexicon.inflected == "none" and behind < last and bool(words[behind].tags & IMPERSONAL)
    if they and any_of(words, behind + 1, min(last, behind + 5), SPEAKING):
        return "those who speak there are meant"  # "à Bakou, on dément"
    agrees = not located and not may_be_scene and agrees_with_verb(reading, found, first)  # "شددت بغداد"
    if agrees or (not located and lexicon.inflected == "none" and takes_verb_over(reading, found, first)):
        return "a party is meant, not a place"  # "Bakou parle d'obus sur X, Erevan de tirs sur Y"
    if not located and lexicon.inflected == "none" and is_object(reading, found, first):
        return "a party is meant, not a place"  # "accuse à son tour Erevan"
    alone = may_be_scene and not any(f.first >= behind and f.first < last for f in reading.found)
    if alone and colon and inflected and not words[behind].tags & PREPOSITIONS:
        return None  # "Київ: ракета в лікарні" tells what happened there, no place is named behind it
    if colon and not located and not all(w.upper for w in words[name:behind]):
        return "says what follows the colon"
    linked = bool(name > first and words[name - 1].tags & LINKING)  # "sous l'égide de Moscou"
    linked = linked or according(words, name, first)
    if agglutinative and owns(reading, found) and any_of(words, behind, min(last, behind + 2), UNDER):
        return "a party is meant, not a place"  # "Վաշինգտոնի միջնորդությամբ"
    if (linked or not located) and any_of(words, max(first, name - 3), name, UNDER):
        return "a party is meant, not a place"
    if located or may_be_scene or any_of(words, max(first, name - 2), name, VISITING):
        return None
    if lexicon.inflected == "none" and not opens_clause(reading, found, first):
        return None
    if inflected and (behind_verb(reading, found, first) or lacks_verb(reading, found, first)):
        return None  # "автобуси оминули Хартум", "Хартум без зв'язку"
    nominative = found.how != INFLECTED if inflected else not (best_of(found).capital and owns(reading, found))
    if inflected and nominative and not heads_clause(reading, found, first, last):
        return None  # "мой дед брал Берлин", "Ереван — очередь доноров"
    return "acts by itself in the sentence" if nominative else None


def _speaking(reading: Reading, found: Found, first: int, last: int, *, impersonal: bool) -> str | None:
    """The verb of saying that goes with a name: behind it, or before it where words stand freely.

    Where somebody is (`impersonal`), only a verb in the form that needs no subject speaks for the place: "in X they
    say", not "in X the minister says".
    """
    lexicon, words = reading.lexicon, reading.words
    endings = lexicon.impersonal_endings if impersonal else ()
    far = last if lexicon.inflected == "last" else found.last + (9 if lexicon.inflected == "all" else 6)
    beside = 0  # words since the last comma
    for at in range(found.last, min(far, last)):
        if stops(reading.gaps[at]):
            if lexicon.proclitics:
                break  # verbs come first: what follows the comma is said by somebody else
            if impersonal and (beside > PARENTHESIS or ":" in reading.gaps[at]):
                break
            beside = 0
        beside += 1
        if words[at].tags & SPEAKING and (not endings or words[at].folded.endswith(endings)):
            return words[at].folded
    free = lexicon.inflected == "all" or lexicon.proclitics
    reach = 4 if free else 1  # "retorts Baku", "affirme Erevan"
    if lexicon.inflected == "last":  # "…, պնդում է Բաքուն։"
        reach = 2 if found.last >= last or stops(reading.gaps[found.last]) else 0
    reach = min(reach, BESIDE) if impersonal else reach  # "сообщают из Баку", not "передают концерт из Вены"
    for at in range(max(first, found.first - reach), found.first):
        if words[at].tags & SPEAKING and (not endings or words[at].folded.endswith(endings)):
            return words[at].folded
    return None


def _aside(reading: Reading, found: Found, first: int, last: int) -> str | None:
    words, lexicon = reading.words, reading.lexicon
    name, behind = found.first, found.last
    if not any_of(words, max(first, name - 5), min(last, behind + 6), QUIET | ASIDE | VISITING):
        return None
    if any_of(words, max(first, name - 5), name, QUIET) or any_of(words, behind, min(last, behind + 6), QUIET):
        return "said to be quiet"
    both = "after" in lexicon.nouns_stand and not lexicon.compounds
    for tag, reason in ASIDES:
        for at in range(max(first, name - (3 if both else 4)), name):
            if words[at].tags & tag and not (tag == ASIDE and at > first and is_target(words, at, name)):
                return f"{reason} ('{words[at].folded}')"
        if both:
            for at in range(behind, min(last, behind + 3)):
                if words[at].tags & EVENT or any(other.first == at for other in reading.found):
                    break  # "Ordubada Ermənistan tərəfdən": that side is the next name's
                if words[at].tags & tag:
                    return f"{reason} ('{words[at].folded}')"
    return None
