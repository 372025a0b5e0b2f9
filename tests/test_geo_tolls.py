"""Tolls: which of several places a figure belongs to, and what comes of an event told twice."""

from __future__ import annotations

import datetime as dt

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report


def claims(coder: Coder, lang: str, text: str) -> list[Claim]:
    return list(coder.code(Report("r", text, lang=lang, published=dt.date(2020, 10, 14))).claims)


def test_the_dead_of_the_first_and_of_the_second_place(coder: Coder) -> None:
    text = "Вчера обстреляли Шуши и Мартуни: в первом городе погиб один житель, во втором — двое."
    assert {c.place_id: c.deaths_low for c in claims(coder, "ru", text)} == {"shusha": 1, "martuni_nk": 2}


def test_nobody_hurt_in_all_the_villages_told_before(coder: Coder) -> None:
    text = "Գիշերը Խրամորթ և Փառուխ գյուղերը «Սմերչ»-ի կրակի տակ էին։ Երկու գյուղում էլ տուժածներ չկան։"
    assert {c.place_id: c.deaths_high for c in claims(coder, "hy", text)} == {"khramort": 0, "parukh": 0}


def test_an_event_without_a_place_told_twice_keeps_its_dead(coder: Coder) -> None:
    text = "Շուշան Ստեփանյան. այսօր թշնամին գրոհել է և հետ շպրտվել՝ մարտի դաշտում թողնելով առնվազն 200 դի։"
    assert [c.deaths_low for c in claims(coder, "hy", text)] == [200]


def test_what_a_ministry_s_summary_heads_is_its_claim(coder: Coder) -> None:
    text = "Минобороны Азербайджана — сводка за 13 октября. Вчера взято село Падар."
    assert [(c.claimant, c.claim_status) for c in claims(coder, "ru", text)] == [("az_mod", "claimed")]
