"""Sources of a series and what else a report takes for granted from one sentence to the next."""

from __future__ import annotations

import datetime as dt

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 23)  # a Friday


def told(coder: Coder, text: str) -> list[Claim]:
    return list(coder.code(Report("x", text, lang="ru", published=DAY)).claims)


def role(coder: Coder, text: str, surface: str) -> str:
    mentions = coder.code(Report("x", text, lang="ru", published=DAY)).mentions
    return next(m.role for m in mentions if m.text == surface)


def test_who_tells_where_it_was_quiet_tells_the_rest(coder: Coder) -> None:
    text = "Ночь в Аскеране прошла спокойно, сообщил Инфоцентр Арцаха. С утра обстреливают Мартуни."
    assert [(c.place_id, c.claimant) for c in told(coder, text)] == [("martuni_nk", "nk_infocentre")]


def test_a_bulletin_is_the_source_of_its_entries(coder: Coder) -> None:
    text = "Сводка Минобороны Армении. Мартуни: обстрел из «Градов». Аскеран: удар беспилотника."
    assert {c.claimant for c in told(coder, text)} == {"am_mod"}


def test_what_did_not_take_place_behind_a_relative_clause(coder: Coder) -> None:
    assert not told(coder, "Обмен пленными, о котором договорились министры, не состоялся.")


def test_debris_a_base_and_a_goal_are_no_scenes(coder: Coder) -> None:
    downed = told(coder, "Над Капаном сбит беспилотник; обломки нашли у Арцваника.")
    assert [c.place_id for c in downed] == ["kapan"]
    struck = told(coder, "Ракета, выпущенная из Губадлы, упала в Гадруте.")
    assert [c.place_id for c in struck] == ["hadrut"]


def test_not_lost_and_fought_for(coder: Coder) -> None:
    (claim,) = told(coder, "Матагис не сдан и бои за него продолжаются, заявили в Минобороны Армении.")
    assert (claim.event_type, claim.place_id, claim.claimant) == ("ground_clash", "mataghis", "am_mod")


def test_the_day_of_the_month_alone(coder: Coder) -> None:
    (claim,) = told(coder, "Талыш взяли ещё 3-го, говорится в сводке Минобороны Азербайджана.")
    assert claim.date_start == dt.date(2020, 10, 3)


def test_who_speaks_and_what_lies_where(coder: Coder) -> None:
    assert role(coder, "Степанакерт эти данные не комментирует.", "Степанакерт") == "metonym"
    text = "Ракета разорвалась в Ордубадском районе Нахчывана."
    assert (role(coder, text, "Ордубадском районе"), role(coder, text, "Нахчывана")) == ("event", "background")
    text = "Обстреляли Алханлы Физулинского района и Гасангая Тертерского."
    assert [role(coder, text, name) for name in ("Алханлы", "Гасангая", "Физулинского района")] == [
        "event",
        "event",
        "background",
    ]


def test_a_briefing_heads_all_that_follows(coder: Coder) -> None:
    text = "Брифинг в Минобороны Азербайджана. Сбит беспилотник над Товузом. Погода ясная. Обстрелян Тертер."
    assert {c.claimant for c in told(coder, text)} == {"az_mod"}


def test_no_word_on_battles_is_neither_a_battle_nor_a_denial(coder: Coder) -> None:
    text = "Под Шуши идут бои, сообщил Арцрун Ованнисян. В Минобороны Азербайджана о боях не обмолвились ни словом."
    assert [(c.place_id, c.claim_status) for c in told(coder, text)] == [("shusha", "claimed")]


def test_what_a_colon_goes_into(coder: Coder) -> None:
    (claim,) = told(coder, "Ночью дроны ударили по складам: в Барде сгорел элеватор.")
    assert (claim.event_type, claim.place_id) == ("drone_strike", "barda")


def test_an_object_and_what_a_dash_tells_of_do_not_act(coder: Coder) -> None:
    assert role(coder, "Мой дед брал Берлин, а отец строил дома.", "Берлин") == "background"
    assert role(coder, "Ереван — очередь доноров у станции.", "Ереван") == "background"


def test_who_is_told_and_what_a_day_is_compared_with(coder: Coder) -> None:
    text = "Минобороны Азербайджана доложило президенту: над Зангиланом поднят флаг."
    assert [c.claimant for c in told(coder, text)] == ["az_mod"]
    text = "Как и в прошлый четверг, Тертер с рассвета обстреливают минами."
    assert [c.date_start for c in told(coder, text)] == [DAY]


def test_where_a_body_sits_and_what_stands_beside_a_preposition(coder: Coder) -> None:
    text = "Обстрелян Тертер, подтвердили в Минобороны в Баку."
    assert role(coder, text, "Баку") == "background"
    assert role(coder, "Колонну обстреляли у границы с Грузией; в Минобороны это отрицают.", "Грузией") == "background"
    assert role(coder, "«Это они по своим», — отрезали в Степанакерте.", "Степанакерте") == "metonym"


def test_a_list_between_dashes_is_closed_by_who_names_it(coder: Coder) -> None:
    text = "Об освобождении трёх сёл — Талыш, Тог, Азох — Ильхам Алиев рассказал народу."
    assert [c.place_id for c in told(coder, text)] == ["talish", "togh", "azokh"]


def test_what_the_narrator_takes_back_did_not_happen(coder: Coder) -> None:
    assert not told(coder, "Пишут, что в Талыше взорвался склад. Не верьте: это старое видео.")


def test_only_the_first_of_a_list_is_disputed(coder: Coder) -> None:
    text = "Ильхам Алиев объявил о взятии Араятлы, Заргяра и Эдиши. Арцрун Ованнисян первое назвал ложью."
    assert [c.claim_status for c in told(coder, text)] == ["denied", "claimed", "claimed"]


def test_the_bloodiest_since_the_war_began_is_no_sum(coder: Coder) -> None:
    (claim,) = told(coder, "Удар по Барде, самый кровавый с начала войны, унёс жизни 21 человека, пишет Гаджиев.")
    assert (claim.place_id, claim.deaths_low) == ("barda", 21)


def test_days_counted_in_a_row(coder: Coder) -> None:
    (claim,) = told(coder, "Третий день идут бои под Гадрутом.")
    assert (claim.date_start, claim.date_end) == (dt.date(2020, 10, 21), DAY)


def test_what_is_only_said_of_a_place_or_truce_is_no_event(coder: Coder) -> None:
    text = "Двое подорвались на мине, выезжая из освобождённого села Талыш; оба погибли."
    assert [(c.event_type, c.place_id) for c in told(coder, text)] == [("casualties", "talish")]
    text = "Дрон ударил по Мартуни, это нарушение объявленного в субботу перемирия, говорит Арман Татоян."
    assert [(c.event_type, c.date_start) for c in told(coder, text)] == [("ceasefire_violation", DAY)]


def test_who_does_not_answer_is_no_source(coder: Coder) -> None:
    text = "Под обстрелом Чартар. О нём рассказал Артак Бегларян. Ранены двое. В Баку на обвинения не отреагировали."
    assert {c.claimant for c in told(coder, text)} == {"artak_beglaryan"}
