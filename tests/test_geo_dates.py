"""Dates: expressions of time in five languages, counted back from the day of publication."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dates import dates_in
from geo.moments import Moment
from geo.sentences import read_sentences
from geo.theatre import load_theatre
from geo.vocabulary import Vocabulary, load_vocabularies

FRIDAY = dt.date(2020, 10, 23)


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, Vocabulary]:
    return load_vocabularies(load_theatre("karabakh-2020"))


def moments(vocabularies: dict[str, Vocabulary], lang: str, text: str, published: dt.date = FRIDAY) -> list[Moment]:
    reading = read_sentences(text, vocabularies[lang])
    earliest = dt.date(2020, 8, 1)
    return [m for s in reading.sentences for m in dates_in(reading, s, published=published, earliest=earliest)]


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("en", "The town was shelled on Thursday evening", "10-22", "10-22"),
        ("en", "Rockets fell overnight", "10-22", "10-23"),
        ("az", "Cümə axşamından cüməyə keçən gecə atəş açılıb", "10-22", "10-23"),
        ("az", "19 oktyabr 2020-ci il tarixində atəş açılıb", "10-19", "10-19"),
        ("az", "Ayın 19-da atəş açılıb", "10-19", "10-19"),
        ("hy", "Ամսի 19-ին կրակ են բացել", "10-19", "10-19"),
        ("en", "On 19 October 2020 it was hit", "10-19", "10-19"),
        ("en", "It was hit in the night to Friday", "10-22", "10-23"),
        ("en", "It was hit on Thursday night", "10-22", "10-23"),
        ("en", "It was hit before dawn on Thursday", "10-22", "10-22"),
        ("en", "It was hit on Oct. 4", "10-04", "10-04"),
        ("en", "It was hit on 29 September", "09-29", "09-29"),
        ("en", "They have fought since Monday", "10-19", "10-23"),
        ("fr", "La ville a été bombardée jeudi soir", "10-22", "10-22"),
        ("fr", "La ville a été bombardée pendant la nuit", "10-22", "10-23"),
        ("fr", "Elle a été touchée dans la nuit de jeudi à vendredi", "10-22", "10-23"),
        ("fr", "Elle a été touchée le 19 octobre", "10-19", "10-19"),
        ("fr", "Elle a été touchée avant-hier", "10-21", "10-21"),
        ("ru", "В ночь на пятницу под огнём оказался город", "10-22", "10-23"),
        ("ru", "В ночь с четверга на пятницу стреляли", "10-22", "10-23"),
        ("ru", "Накануне шли бои", "10-22", "10-22"),
        ("ru", "Бои шли 19 октября", "10-19", "10-19"),
        ("az", "Dünən şəhər atəşə tutulub", "10-22", "10-22"),
        ("az", "Oktyabrın 18-i atəşkəs elan edilib", "10-18", "10-18"),
        ("az", "Sentyabrın 30-dan oktyabrın 1-nə keçən gecə", "09-30", "10-01"),
        ("az", "Oktyabrın 10-dan 11-nə keçən gecə", "10-10", "10-11"),
        ("az", "Bazar ertəsindən çərşənbə axşamına keçən gecə", "10-19", "10-20"),
        ("hy", "Երեկ երեկոյան հրետակոծել են", "10-22", "10-22"),
        ("hy", "Այս գիշեր հրթիռներ են արձակվել", "10-22", "10-23"),
        ("hy", "Հոկտեմբերի 11-ի լույս 12-ի գիշերը", "10-11", "10-12"),
        ("hy", "Ուրբաթ լույս գիշերը հրետակոծել են", "10-22", "10-23"),
    ],
)
def test_expression(vocabularies: dict[str, Vocabulary], lang: str, text: str, start: str, end: str) -> None:
    found = moments(vocabularies, lang, text)
    assert found, text
    assert (str(found[0].start)[5:], str(found[0].end)[5:]) == (start, end)


@pytest.mark.parametrize(
    "lang_text", [("en", "In February 1992 the town fell"), ("ru", "В 1993 году войска взяли город")]
)
def test_years_before_the_theatre_are_history(vocabularies: dict[str, Vocabulary], lang_text: tuple[str, str]) -> None:
    assert {m.kind for m in moments(vocabularies, *lang_text)} == {"history"}


def test_across_the_year_s_end(vocabularies: dict[str, Vocabulary]) -> None:
    found = moments(vocabularies, "en", "It was hit on 30 December", dt.date(2021, 1, 2))
    assert found[0].start == dt.date(2020, 12, 30)


def test_a_weekday_of_the_publication_day_is_that_day(vocabularies: dict[str, Vocabulary]) -> None:
    assert moments(vocabularies, "en", "He said on Friday")[0].start == FRIDAY
    assert moments(vocabularies, "en", "It was hit last Friday")[0].start == FRIDAY - dt.timedelta(days=7)


def test_a_date_says_which_day_of_the_week_is_meant(vocabularies: dict[str, Vocabulary]) -> None:
    (moment,) = moments(vocabularies, "fr", "Un obus est tombé jeudi 8 octobre sur le village")
    assert moment.start == moment.end == dt.date(2020, 10, 8)


@settings(max_examples=60, deadline=None)
@given(
    published=st.dates(dt.date(2001, 1, 1), dt.date(2030, 12, 31)),
    lang_text=st.sampled_from(
        [
            ("en", "overnight"),
            ("en", "on Sunday night"),
            ("en", "yesterday"),
            ("fr", "dans la nuit de samedi à dimanche"),
            ("fr", "hier soir"),
            ("ru", "в ночь на среду"),
            ("az", "bazar ertəsi"),
            ("hy", "երեկ"),
        ]
    ),
)
def test_what_is_counted_back_is_never_ahead(
    vocabularies: dict[str, Vocabulary], published: dt.date, lang_text: tuple[str, str]
) -> None:
    lang, when = lang_text
    reading = read_sentences(f"X {when}", vocabularies[lang])
    for sentence in reading.sentences:
        for moment in dates_in(reading, sentence, published=published, earliest=dt.date(1990, 1, 1)):
            assert moment.start <= moment.end <= published
            assert (published - moment.start).days <= 8


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(alphabet="ab 0123456789.-/:октябряetju,\n", max_size=80),
    lang=st.sampled_from(["en", "fr", "ru", "az", "hy"]),
)
def test_no_text_raises(vocabularies: dict[str, Vocabulary], text: str, lang: str) -> None:
    moments(vocabularies, lang, text)
