"""What a native reader takes for granted in Russian, Ukrainian and Arabic reports."""

from __future__ import annotations

import datetime as dt

from geo.claims import Claim
from geo.incidents import CodedReport, Coder
from geo.reports import Report
from geo.sound import sounds_of

DAY = dt.date(2020, 10, 24)


def coded(coder: Coder, text: str, lang: str = "ru") -> CodedReport:
    return coder.code(Report("x", text, lang=lang, published=DAY))


def only(coder: Coder, text: str) -> Claim:
    (claim,) = coded(coder, text).claims
    return claim


def roles(coder: Coder, text: str) -> dict[str, str]:
    return {m.text: m.role for m in coded(coder, text).mentions}


def test_in_a_capital_only_a_verb_without_a_subject_speaks_for_the_government(coder: Coder) -> None:
    assert roles(coder, "В Тегеране надеются на прекращение боёв.") == {"Тегеране": "metonym"}
    assert roles(coder, "Майк Помпео, выступая в Вашингтоне, виновных не назвал.") == {"Вашингтоне": "background"}


def test_a_verb_s_form_tells_that_it_was_one(coder: Coder) -> None:
    claim = only(coder, "У села Талыш трактор наехал на мину, механизатор скончался на месте.")
    assert (claim.event_type, claim.claim_status, claim.deaths_low) == ("casualties", "confirmed", 1)


def test_the_year_of_a_birth_is_no_past(coder: Coder) -> None:
    claim = only(coder, "Женщина 1954 года рождения убита осколком снаряда в селе Карамамедли.")
    assert (claim.date_start, claim.deaths_best) == (DAY, 1)


def test_a_morning_beside_a_weekday_is_no_day_of_its_own(coder: Coder) -> None:
    assert only(coder, "В четверг утром обстреляли Мартуни.").date_start == dt.date(2020, 10, 22)


def test_a_denial_goes_on_with_a_gerund(coder: Coder) -> None:
    text = "Азербайджан обвинил Армению в обстреле Тертера. Ереван это отверг, заявив, что обстрел вёлся по Мартакерту."
    told = {c.place_name: (c.claimant, c.claim_status) for c in coded(coder, text).claims}
    assert told == {"Тертера": ("az_gov", "denied"), "Мартакерту": ("am_gov", "claimed")}


def test_a_pronoun_means_who_was_named_last(coder: Coder) -> None:
    claim = only(coder, "Пашинян посетил раненых в госпитале. По его словам, под Мартуни идут тяжёлые бои.")
    assert claim.claimant == "nikol_pashinyan"


def test_who_speaks_for_a_body_is_quoted_and_not_the_body(coder: Coder) -> None:
    text = "Сурен Сарумян, пресс-секретарь Армии обороны Арцаха, говорит о боях под Талишем."
    assert only(coder, text).claimant == "suren_sarumyan"


def test_another_name_of_the_place_shares_its_role(coder: Coder) -> None:
    assert roles(coder, "Обстреляно село Суговушан (у армян — Матагис).") == {"Суговушан": "event", "Матагис": "event"}


def test_what_rumour_tells_and_those_concerned_deny_did_not_happen(coder: Coder) -> None:
    assert not coded(coder, "Опровергая слухи, Ваграм Погосян сообщил, что Шуши сегодня не обстреливался.").claims


def test_houses_that_people_leave_are_no_withdrawal(coder: Coder) -> None:
    assert not coded(coder, "По оценке омбудсмена Карабаха, дома покинули около 90 тысяч человек.").claims


def test_arabic_names_are_looked_up_with_the_vowels_that_they_have() -> None:
    assert "MARATA" in sounds_of("مارادي", "ar")


def test_where_letters_have_no_case_a_common_word_is_a_place_only_where_something_leads_to_it(coder: Coder) -> None:
    assert not coded(coder, "بعد فترة طويلة من الهدوء وصل نازحون.", "ar").mentions
    assert not coded(coder, "فتح الباب أمام الحوار.", "ar").mentions


def test_villages_of_present_wars_are_known_by_the_spellings_of_reports(coder: Coder) -> None:
    for text, lang, place in (
        ("Drones hit Al-Fashir.", "en", "gn379555"),
        ("Удар пришёлся по Хмеймиму.", "ru", "war-sy-hmeimim"),
        ("Вибух пролунав у Кривому Розі.", "uk", "gn703845"),
    ):
        assert place in {m.place_id for m in coded(coder, text, lang).mentions}, text
