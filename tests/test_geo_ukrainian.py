"""Ukrainian: ordinals, bulletins, persons and the words of a war, in whole reports."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import CodedReport, Coder
from geo.phrases import PhraseIndex, read_words
from geo.reports import Report

DAY = dt.date(2020, 10, 14)  # a Wednesday


def read(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report("x", text, lang="uk", published=DAY))


def told(coder: Coder, text: str) -> list[Claim]:
    return list(read(coder, text).claims)


def test_the_apostrophe_of_a_phrase_is_that_of_the_word() -> None:
    index = PhraseIndex()
    index.add("x", ["об'єкт*"])
    assert [c.first for c in index.find(read_words("два об'єкти й об’єкт"))] == [1, 3]


def test_the_number_of_a_brigade_counts_nobody(coder: Coder) -> None:
    (claim,) = told(coder, "Ракета влучила в Мартакерт: серед загиблих двоє бійців 128-ї бригади.")
    assert (claim.deaths_low, claim.deaths_high) == (2, 2)


def test_each_place_has_its_own_dead(coder: Coder) -> None:
    claims = told(coder, "У Мартакерті від обстрілу загинули шестеро людей, в Аскерані — четверо.")
    assert [(c.place_id, c.deaths_best) for c in claims] == [("martakert", 6), ("askeran", 4)]


def test_what_is_said_of_our_men_takes_no_town(coder: Coder) -> None:
    claims = told(coder, "Сьогодні ворог намагався потіснити наші підрозділи біля Мартакерта.")
    assert [c.event_type for c in claims] == ["ground_clash"]


def test_where_it_happened_is_told_behind_it(coder: Coder) -> None:
    (claim,) = told(coder, "Ракета вбила трьох людей. Сталося це вчора в Мартакерті.")
    assert (claim.event_type, claim.place_id, claim.deaths_best) == ("missile_strike", "martakert", 3)
    assert claim.date_start == DAY - dt.timedelta(days=1)


def test_an_impact_has_the_weapon_told_before(coder: Coder) -> None:
    claims = told(coder, "Уночі випустили тридцять ракет. У Мартакерті пошкоджено три будинки.")
    assert [(c.event_type, c.place_id) for c in claims] == [("missile_strike", "martakert")]


def test_a_dash_tells_something_else_of_the_next_town(coder: Coder) -> None:
    claims = told(coder, "Мартакерт звільнено ще в понеділок, Аскеран — справа годин.")
    assert [c.place_id for c in claims] == ["martakert"]


@pytest.mark.parametrize("text", ["шестирічна Софія", "каже Ніна Бакинська", "пише учителька Лідія Шуша"])
def test_a_person_is_no_place(coder: Coder, text: str) -> None:
    assert read(coder, f"У школі навчається {text}.").mentions == ()


def test_a_hospital_that_is_hit_is_no_aside(coder: Coder) -> None:
    claims = told(coder, "Снаряд потрапив у дах лікарні в Мартакерті, поранено двох медиків.")
    assert [c.place_id for c in claims] == ["martakert"]
    assert told(coder, "Двох поранених доправлено до лікарні Мартакерта.") == []
