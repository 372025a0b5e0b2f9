"""Azerbaijani: endings, lists that go on, borders, what is left open, and whom a figure counts."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 17)


def told(coder: Coder, text: str) -> list[Claim]:
    return list(coder.code(Report("x", text, lang="az", published=DAY)).claims)


@pytest.mark.parametrize(
    ("figures", "dead"),
    [
        ("Elşən Quliyev və Nərmin Quliyeva həlak olub", 2),
        ("altı nəfər ölüb, üçü uşaqdır", 6),
        ("ölənlərin sayı iyirmi birə çatıb", 21),
        ("bir uşaq ölüb, anası xəstəxanadadır", 1),
    ],
)
def test_whom_a_figure_counts(coder: Coder, figures: str, dead: int) -> None:
    (claim,) = told(coder, f"Baş Prokurorluq: bu gün Bərdə top atəşinə tutulub, {figures}.")
    assert (claim.deaths_low, claim.deaths_high) == (dead, dead)


def test_nobody_dead_undoes_no_shelling(coder: Coder) -> None:
    (claim,) = told(coder, "Bu gün Bərdəyə atılan mərmilər nəticəsində ölən olmayıb, yeddi nəfər xəsarət alıb.")
    assert (claim.place_id, claim.deaths_low, claim.deaths_high) == ("barda", 0, 0)


def test_a_list_goes_on_with_what_its_speaker_told(coder: Coder) -> None:
    first = "Prezident bu gün səkkiz kəndin azad edildiyini bildirib. "
    claims = told(coder, first + "Onların arasında Xocavənd rayonunun Bulutan və Edilli kəndləri var.")
    assert [(c.place_id, c.claimant) for c in claims] == [("pletants", "ilham_aliyev"), ("ukhtadzor", "ilham_aliyev")]


def test_who_says_that_a_town_is_fought_for_denies_its_capture(coder: Coder) -> None:
    first = "Prezident Əliyev bu gün Şuşanın azad edildiyini elan etdi. "
    claims = told(coder, first + "Artsrun Ovannisyan cavab yazdı: yalandır, Şuşi uğrunda döyüş davam edir.")
    assert [(c.event_type, c.claim_status) for c in claims] == [("capture", "denied"), ("ground_clash", "claimed")]


def test_a_border_only_locates(coder: Coder) -> None:
    (claim,) = told(coder, "Dünən Naxçıvanla sərhəddə, Ermənistanın Arazdəyən kəndi yaxınlığında bir PUA vurulub.")
    assert claim.place_id == "yeraskh"


def test_what_is_neither_confirmed_nor_denied_is_no_event(coder: Coder) -> None:
    assert told(coder, "Arayik Harutyunyan Hadrutun itirildiyini nə təsdiq, nə də təkzib edib.") == []


def test_a_night_of_a_year_long_ago_is_history(coder: Coder) -> None:
    assert told(coder, "Xocalıdakı evinin açarıdır. 1992-ci ilin fevralında bir gecənin içində şəhər yandırıldı.") == []


def test_only_the_last_word_of_a_name_has_an_ending(coder: Coder) -> None:
    report = Report("x", "Gəncədə on nəfər ölüb, şəhər raketlə vurulub.", lang="az", published=DAY)
    assert [m.place_id for m in coder.code(report).mentions] == ["ganja"]


def test_a_hotel_in_a_town_is_no_body_of_its_name(coder: Coder) -> None:
    (claim,) = told(coder, "Bu gün Şuşada otel bombalanıb.")
    assert claim.place_id == "shusha"


def test_a_verb_that_has_ended_its_clause_counts_nobody_behind_it(coder: Coder) -> None:
    first = "Düşmən bu gün Tərtərin Şıxarx qəsəbəsini top atəşinə tutub. "
    (claim,) = told(coder, first + "Bir nəfər həlak olub, üç nəfər, o cümlədən bir yeniyetmə yaralanıb.")
    assert (claim.deaths_low, claim.deaths_high) == (1, 1)


def test_what_ends_with_a_verb_is_no_aside(coder: Coder) -> None:
    (claim,) = told(coder, "Bu gün Gəncə raketlə vurulub, on üç nəfər, o cümlədən üç uşaq ölüb, əlli adam yaralanıb.")
    assert (claim.deaths_low, claim.deaths_high) == (13, 13)
