"""Arabic: particles that are one word with the next, verbs before their subject, names without capitals."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.figures import figures_in
from geo.incidents import CodedReport, Coder
from geo.phrases import PhraseIndex, fold_word, read_words
from geo.reports import Report
from geo.sentences import read_sentences
from geo.theatre import load_theatre
from geo.tolls import toll_of
from geo.vocabulary import Vocabulary, load_vocabularies


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabularies(load_theatre("karabakh-2020"))["ar"]


def coded(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report("r", text, lang="ar", published=dt.date(2020, 10, 14)))


def roles(coder: Coder, text: str) -> dict[str, str]:
    return {m.text: m.role for m in coded(coder, text).mentions}


def hits(kind: str, phrase: str, text: str) -> int:
    index = PhraseIndex()
    index.add(kind, [phrase])
    return len(index.find(read_words(text)))


def test_and_is_taken_off_short_words_too() -> None:
    assert fold_word("ولم") == fold_word("لم")
    assert fold_word("وفي") == fold_word("في")


def test_a_verb_led_by_so_is_that_verb() -> None:
    assert hits("dead", "قتل", "فقتل جنديان") == 1


def test_a_noun_of_war_may_have_a_particle_before_it() -> None:
    assert hits("signal:shelling", "قصف", "اتهمها بقصف المدينة") == 1
    assert hits("office", "رئاسة", "وفد برئاسة الوزير") == 0


@pytest.mark.parametrize(
    ("text", "dead"),
    [("قُتل حارسان وجندي", 3), ("أودى القصف بتسعة وعشرين شخصا", 29), ("فقتلوا ممرضة", 1)],
)
def test_people_are_counted(vocabulary: Vocabulary, text: str, dead: int) -> None:
    reading = read_sentences(text, vocabulary)
    found = figures_in(reading, reading.sentences[0])
    assert toll_of([f for f in found if f.kind == "dead"])[:1] == (dead,)


def test_a_capital_right_behind_its_verb_speaks(coder: Coder) -> None:
    assert roles(coder, "وشددت موسكو على وقف القتال.")["موسكو"] == "metonym"


def test_what_stands_behind_a_given_name_is_no_place(coder: Coder) -> None:
    assert not coded(coder, "يقول الباحث منصور الحلبي إن الهدنة هشة.").mentions


def test_a_second_capital_joined_by_and_speaks_too(coder: Coder) -> None:
    found = roles(coder, "وقّعت موسكو وأنقرة الاتفاق.")
    assert set(found.values()) == {"metonym"}


def test_a_number_is_no_weekday(coder: Coder) -> None:
    found = coded(coder, "قُتل صحفيان اثنان بقصف استهدف شوشة اليوم.").claims
    assert {str(c.date_start) for c in found} <= {"2020-10-14"}


def test_a_negation_that_names_the_event_undoes_it(coder: Coder) -> None:
    assert not coded(coder, "ولا معارك في أغدام إلى الآن.").claims
