"""Guards: what is written like a place name but names a person, a body, a paper, or is a common word."""

from __future__ import annotations

from .evidence import Options
from .gazetteer import Gazetteer
from .lexicons import Lexicon
from .openings import is_dateline
from .parties import in_locative, is_verb
from .reading import Found, Reading, Word
from .tags import (
    ACTING,
    ARTICLES,
    BODY_AFTER,
    BODY_BEFORE,
    COMMON,
    CONJUNCTIONS,
    EVENT,
    GIVEN_NAMES,
    LINKING,
    PREPOSITIONS,
    REFUSED,
    SPEAKING,
    STOPWORDS,
    TITLES,
    UNIONS,
    UNIT_AFTER,
    VETO_AFTER,
)
from .uncased import far_village, nationality, surname_behind

__all__ = ["no_place", "suspicion"]

SHORT = 3
PAIR = 2
UNION_WORDS = 9
STOPS_NAME = frozenset(",;:.!?()")
NO_NAME = REFUSED | STOPWORDS | PREPOSITIONS
ORDINARY = ARTICLES | LINKING | COMMON | ACTING | EVENT
OPENING = '«“„"'
CLOSING = '»”“"'
MASK_LENGTHS = (2, 3, 4)
PATRONYMICS = ("ович", "евич", "йович", "івна", "ївна", "овна", "евна")
PERSONAL = ("ий", "ій", "ський", "цький", "ин", "ін", "ко", "ук", "юк", "ик", "ець")  # surnames in the nominative
INFINITIVE = ("ся", "сь", "ти", "ть")  # what is to be called so is a place
LARGE = 5_000


def no_place(reading: Reading, found: Found, options: Options, gazetteer: Gazetteer) -> str | None:
    """Why a found span certainly names no place here, or None."""
    single = found.last - found.first == 1
    return (
        _common_word(reading, found, options, single=single)
        or _actor(reading, found, options, gazetteer, single=single)
        or (single and _too_short(reading, found, options))
        or (single and (surname_behind(reading, found) or _given_name(reading, found, options)))
        or _in_body(reading, found, options)
        or (single and nationality(reading, found, options))
        or far_village(reading, found, options, gazetteer)
        or None
    )


def suspicion(reading: Reading, found: Found, options: Options) -> str | None:
    """What the neighbours of a found span make of it: a person or a body; None when nothing speaks against a place."""
    return _person(reading, found, options) or _body(reading, found)


def _common_word(reading: Reading, found: Found, options: Options, *, single: bool) -> str | None:
    words = reading.words
    if single:
        word = words[found.first]
        named = reading.cased and found.noun not in (None, word.noun)  # "Վանք գյուղը": the village of "Monastery"
        if word.tags & NO_NAME or (word.noun is not None and not named):
            return "a common word"
        if word.tags & COMMON and _opens_sentence(reading, found, options):
            return "a common word that opens a sentence"
        if reading.starts_sentence(found.first) and not found.hits.plain and is_verb(reading, word):
            return "a verb that opens a sentence"
        adjective = bool(word.tags & COMMON) or word.folded.endswith(reading.lexicon.attribute_endings)
        if adjective and _is_small(options) and _goes_on(reading, found):
            return "a common word in a longer name"
        if word.tags & COMMON and not reading.cased and not _led_to(reading, found):
            return "a common word where nothing leads to a place"
        return None
    named, titled = not reading.cased, reading.cased and options.own
    telling = options.own and not reading.cased
    for at in range(found.first, found.last):
        word = words[at]
        named = named or (word.capital and not word.tags & NO_NAME)
        own_noun = word.noun is not None and word.noun == options.scored[0].place.feature  # "Чорному морі"
        telling = (telling and not word.tags & NO_NAME) or own_noun or not word.tags & (NO_NAME | ORDINARY)
        titled = titled and word.capital and not word.upper
    return None if named and (telling or titled or _of_nature(reading, found)) else "common words"


def _of_nature(reading: Reading, found: Found) -> bool:
    """Names of two common words, of which one says what it is: "Black Sea", "White Nile"."""
    noun = False
    for at in range(found.first, found.last):
        if not reading.words[at].capital or reading.words[at].tags & NO_NAME:
            return False
        noun = noun or reading.words[at].noun is not None
    return noun and found.last - found.first == PAIR


def _led_to(reading: Reading, found: Found) -> bool:
    """Where letters have no case: whether a preposition, a generic noun or a word of war stands before a word."""
    before = reading.word(found.first - 1)
    return (
        found.noun is not None
        or found.after_comma
        or (before is not None and bool(before.tags & (PREPOSITIONS | EVENT)))
    )


def _opens_sentence(reading: Reading, found: Found, options: Options) -> bool:
    """Whether only the start of a sentence gives the word its capital, and no cue or "Town, State" speaks for it."""
    if not reading.starts_sentence(found.first) or found.noun is not None:
        return False
    if found.last < len(reading.words) and reading.gaps[found.last].startswith(","):
        return False
    if not options.own or options.listed:
        return True
    after = reading.words[found.last] if reading.adjacent(found.last - 1) else None
    plain = after is not None and not after.capital and not after.tags & (EVENT | ACTING | PREPOSITIONS)
    return reading.lexicon.inflected == "all" and plain and _is_small(options)


def _is_small(options: Options) -> bool:
    return options.listed or options.scored[0].place.population < LARGE


def _goes_on(reading: Reading, found: Found) -> bool:
    """Whether a common word is the first of a longer name or says which force is meant: "Червоного Хреста", "Східного
    оперативного командування"; behind a preposition and before a small letter it is a place."""
    words = reading.words
    if not reading.cased or found.noun is not None or found.last >= len(words) or not reading.adjacent(found.last - 1):
        return False
    after = words[found.last]
    if after.capital:
        return not after.upper and not after.tags & (GIVEN_NAMES | PREPOSITIONS | CONJUNCTIONS)
    before = reading.word(found.first - 1)
    if after.tags & ACTING:
        return True
    led = before is not None and bool(before.tags & PREPOSITIONS)
    if led or found.last + 1 >= len(words) or not reading.adjacent(found.last):
        return False
    return bool(words[found.last + 1].tags & ACTING) and not after.tags & (PREPOSITIONS | CONJUNCTIONS | STOPWORDS)


def _given_name(reading: Reading, found: Found, options: Options) -> str | None:
    """A given name that a surname follows ("Lachin Mammadov", "Володимир Зеленський")."""
    word = reading.words[found.first]
    if reading.lexicon.inflected == "all" and _named_before(reading, found, options):
        return "a person's name"
    if not reading.adjacent(found.last - 1):
        return None
    after = reading.words[found.last]
    if reading.lexicon.inflected == "all" and after.capital and after.folded.endswith(PATRONYMICS):
        return "a person's given name"
    if not after.capital or after.noun:
        return None
    before = reading.word(found.first - 1)
    titled = before is not None and before.tags & TITLES
    small = not (options.wide or options.capital) and reading.lexicon.inflected == "last"
    if (titled or small) and found.hits.plain and _surname(after.folded, reading.lexicon):
        return "a person's given name"  # "սերժանտ Արցախ Մելքումյան"
    if not word.tags & GIVEN_NAMES:
        return None
    known = after.hits is not None and after.hits.plain and not _surname(after.folded, reading.lexicon)
    return None if known else "a person's given name"


def _named_before(reading: Reading, found: Found, options: Options) -> bool:
    """Whether what stands before a name makes it a person's: a given name ("Ніна Бахмут"), or a title that a place
    would follow in the genitive ("мер Садовий", "шестирічна Софія")."""
    word, before = reading.words[found.first], reading.word(found.first - 1)
    if before is None or reading.gaps[found.first] not in (" ", "\u00a0"):
        return False
    if before.tags & GIVEN_NAMES and before.capital and not before.noun and not options.wide:
        return True
    ends = found.last >= len(reading.words) or not reading.adjacent(found.last - 1)
    if before.tags & SPEAKING and ends and not before.capital and not found.hits.inflected and _is_small(options):
        return not (options.wide or options.capital or before.folded.endswith(INFINITIVE))  # "…, пише Лисак."
    titled = bool(before.tags & TITLES) and not before.capital
    nominative = not found.hits.inflected and word.folded.endswith(PERSONAL)
    return titled and (bool(word.tags & GIVEN_NAMES) or (nominative and not options.wide))


def _in_body(reading: Reading, found: Found, options: Options) -> str | None:
    """Groups, clubs, papers and agreements that are named for a place: "Minsk Group", "club Valdaï"."""
    words = reading.words
    if found.last < len(words):
        after = words[found.last]
        named = after.capital or not reading.lexicon.compounds
        named = named and not _is_there(reading, found, after)
        if named and after.tags & VETO_AFTER and not after.tags & ACTING and reading.touching(found.last - 1):
            return "part of a body's name"
        if after.tags & UNIT_AFTER and not options.wide and not options.capital and reading.adjacent(found.last - 1):
            return "part of a unit's name"
    if found.noun is None and _quoted(reading, found, wide=options.wide):
        return "quoted as the name of something else"
    if _body_before(reading, found) or (options.union and _in_union(reading, found)):
        return "part of a body's name"
    return None


def _quoted(reading: Reading, found: Found, *, wide: bool) -> bool:
    """Clubs, hotels, sites in quotation marks: all that is quoted is the name, or a name of a body begins with it."""
    first = found.first
    while first > 0 and found.first - first < 3 and reading.gaps[first] == " " and reading.words[first - 1].capital:
        first -= 1
    before = reading.gaps[first]
    if not before or before[-1] not in OPENING:
        return False
    titled = True
    for at in range(found.last, min(found.last + 4, len(reading.gaps))):
        gap = reading.gaps[at]
        if gap and gap[0] in CLOSING:
            named = at < len(reading.words) and bool(reading.words[at].tags & (BODY_AFTER | VETO_AFTER))
            alone = at == found.last and first == found.first
            return alone or named or (titled and (not wide or at - first > 2))  # "Karabakh is Azerbaijan" is no title
        if gap != " ":
            return False
        titled = titled and reading.words[at].capital
    return False


def _in_union(reading: Reading, found: Found) -> bool:
    """A continent in the name of an organisation: "Organisation pour la sécurité et la coopération en Europe"."""
    words = reading.words
    if "after" in reading.lexicon.nouns_stand:
        at = found.last
        while at < len(words) and at < found.last + 3 and reading.adjacent(at - 1):
            if words[at].tags & UNIONS:
                return True
            at += 1
    at = found.first - 1
    while at >= 0 and at > found.first - UNION_WORDS and STOPS_NAME.isdisjoint(reading.gaps[at + 1]):
        if words[at].tags & UNIONS and (words[at].capital or not reading.cased):
            return True
        at -= 1
    return False


def _actor(reading: Reading, found: Found, options: Options, gazetteer: Gazetteer, *, single: bool) -> str | None:
    if options.wide or options.capital:
        return None  # "official Baku" is the capital all the same
    words = reading.words
    if single and not gazetteer.persons.isdisjoint(words[found.first].bases):
        return "an actor's name"
    masked = gazetteer.mask_words
    if all(masked.isdisjoint(words[at].bases) for at in range(found.first, found.last)):
        return None
    for length in MASK_LENGTHS:
        for first in range(max(0, found.last - length), found.first + 1):
            if _is_mask(words[first : first + length], gazetteer.masks):
                return "part of an actor's name"
    return None


def _is_mask(group: list[Word], masks: frozenset[tuple[str, ...]]) -> bool:
    if tuple([word.folded for word in group]) in masks:
        return True
    if len(group) != 2:
        return False
    return any((a, b) in masks for a in group[0].bases for b in group[1].bases)


def _person(reading: Reading, found: Found, options: Options) -> str | None:
    """Given names before a surname, surnames after a given name, and names after a title."""
    lexicon, words = reading.lexicon, reading.words
    before = words[found.first - 1] if reading.adjacent(found.first - 1) else None
    if not reading.cased:
        return "after a given name" if before and before.tags & GIVEN_NAMES else None
    if before and before.tags & GIVEN_NAMES and before.capital and not before.noun:
        return "after a given name"
    after = words[found.last] if reading.adjacent(found.last - 1) else None
    if after and after.capital and not after.noun and _is_person(words[found.first], after, lexicon):
        return "a person's given name"
    if before and before.tags & TITLES and lexicon.inflected == "none" and not options.wide and not options.capital:
        return "after a title"
    return None


def _is_person(word: Word, after: Word, lexicon: Lexicon) -> bool:
    if after.upper and len(after.folded) > 3:
        return False
    if after.hits is not None and lexicon.adjective_bases(after.folded):
        return bool(word.tags & GIVEN_NAMES)  # "Гасангая Тертерского (района)": where the village lies
    return bool(word.tags & GIVEN_NAMES) or _surname(after.folded, lexicon)


def _surname(folded: str, lexicon: Lexicon) -> bool:
    return len(folded) > 5 and folded.endswith(lexicon.surname_endings)


def _body(reading: Reading, found: Found) -> str | None:
    """Bodies, papers and agreements: "Minsk Group", "club Valdaï", "Baku Chronicle"."""
    if found.last < len(reading.words):
        after = reading.words[found.last]
        named = after.capital or not reading.cased or not reading.lexicon.compounds
        named = named and not _is_there(reading, found, after)
        if named and after.tags & BODY_AFTER and not after.tags & ACTING and reading.touching(found.last - 1):
            return "part of a body's name"
    return None


def _is_there(reading: Reading, found: Found, after: Word) -> bool:
    """Whether a name's ending says where a common noun behind it is: "Şuşada otel"."""
    return reading.lexicon.inflected == "last" and not after.capital and in_locative(reading, found)


def _body_before(reading: Reading, found: Found) -> bool:
    words, at = reading.words, found.first - 1
    while at >= 0 and found.first - at <= 2 and words[at].tags & LINKING:
        if not STOPS_NAME.isdisjoint(reading.gaps[at]):
            return False  # "à la tribune, l'Azerbaïdjan": the name begins behind the comma
        at -= 1
    if at < 0 or not words[at].tags & BODY_BEFORE:
        return False
    if reading.lexicon.compounds and at < found.first - 1 and not words[at].capital:
        return False  # "the bank of the Aras"
    gap = reading.gaps[found.first]
    return gap == " " or not gap.strip(" «\"“'’\u00a0")


def _too_short(reading: Reading, found: Found, options: Options) -> str | None:
    """Names of two or three letters need a cue word, or to be a country or large town by its own name."""
    if found.noun or len(reading.words[found.first].folded) > SHORT:
        return None
    after = reading.word(found.last)
    if after is not None and after.capital and reading.gaps[found.last] == "-":
        return "the first part of a longer name"  # "Ас-Серіха"
    if options.brief:
        return None
    if is_dateline(reading, found):
        return None
    before = reading.word(found.first - 1)
    if options.brief_own and (
        found.after_comma or (before is not None and before.tags & (PREPOSITIONS | CONJUNCTIONS))
    ):
        return None  # "in X", "and X", "Y, X"
    return "too short to be sure"
