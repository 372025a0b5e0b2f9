"""Who stands behind a report told without a source, and what its sentences tell of one another, in French."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report


def claims(coder: Coder, text: str) -> list[Claim]:
    """Claims of a report of Thursday, 15 October."""
    coded = coder.code(Report("r", text, lang="fr", published=dt.date(2020, 10, 15)))
    return [c for c in coded.claims if c.scope != "cumulative_total"]


def test_a_signature_at_the_end_is_the_source_of_the_report(coder: Coder) -> None:
    text = "Mercredi soir, des obus sont tombés sur Terter. Deux morts. Ministère azerbaïdjanais de la Défense."
    assert {c.claimant for c in claims(coder, text)} == {"az_mod"}


def test_the_next_sentence_names_the_weapon(coder: Coder) -> None:
    text = "Une frappe a touché Gandja mercredi. C'est un missile balistique qui a soufflé l'immeuble."
    assert [(c.event_type, c.place_id) for c in claims(coder, text)] == [("missile_strike", "ganja")]


@pytest.mark.parametrize("aim", ["pointés sur Gandja et Minguetchaour", "braqués vers Gandja"])
def test_what_a_weapon_is_trained_on_is_not_hit(coder: Coder, aim: str) -> None:
    text = f"Le ministère azerbaïdjanais de la Défense dit avoir détruit mercredi près de Vardenis deux lanceurs {aim}."
    assert [c.place_id for c in claims(coder, text)] == ["vardenis"]


def test_who_is_said_to_tell_a_lie_told_it(coder: Coder) -> None:
    text = (
        "La prise de Togh, annoncée mercredi dans un tweet d'Ilham Aliev, a été qualifiée de mensonge par Artsroun "
        "Hovhannissian."
    )
    assert [(c.claimant, c.claim_status) for c in claims(coder, text)] == [("ilham_aliyev", "denied")]


def test_nobody_takes_the_capital_that_somebody_speaks_in(coder: Coder) -> None:
    text = "Ilham Aliev a proclamé mercredi la libération de Togh depuis la tribune du parlement, à Bakou."
    assert [c.place_id for c in claims(coder, text)] == ["togh"]


def test_the_dead_before_a_place_without_victims_are_those_told_of_before(coder: Coder) -> None:
    text = (
        "Un missile s'est abattu mercredi sur Gandja. Treize personnes ont péri, selon le parquet azerbaïdjanais, qui "
        "ajoute que Barda a été visée, sans victime."
    )
    assert {c.place_id: c.deaths_high for c in claims(coder, text)} == {"ganja": 13, "barda": 0}


def test_what_nobody_disputes_is_confirmed(coder: Coder) -> None:
    text = "L'aviation azerbaïdjanaise a frappé Vardenis mercredi, dit Erevan. Le fait n'est contesté par personne."
    assert [c.claim_status for c in claims(coder, text)] == ["confirmed"]


def test_what_would_have_been_hit_is_not_told_by_who_only_denies(coder: Coder) -> None:
    text = (
        "Gandja a été frappée mercredi par un missile, selon le parquet azerbaïdjanais. Le ministère arménien de la "
        "Défense nie tout lancement. Barda aurait été visée au même moment."
    )
    assert {c.place_id: c.claimant for c in claims(coder, text)}["barda"] != "am_mod"


def test_scenarios_are_no_events(coder: Coder) -> None:
    text = "Trois scénarios circulent. Dans le premier, Latchine tombe. Dans le deuxième, les combats gagnent Goris."
    assert claims(coder, text) == []


def test_without_negates_only_what_is_behind_it(coder: Coder) -> None:
    assert [c.place_id for c in claims(coder, "Latchine est tombée sans combat mercredi.")] == ["lachin"]


def test_a_quotation_that_goes_on_behind_a_dash_is_of_the_same_speaker(coder: Coder) -> None:
    text = "Шушан Степанян пишет, что обстрелян Гадрут. «Ложь, — парировали в Баку. — Это армяне обстреляли Тертер»."
    coded = coder.code(Report("r", text, lang="ru", published=dt.date(2020, 10, 15)))
    assert {c.place_id: c.claimant for c in coded.claims} == {"hadrut": "shushan_stepanyan", "tartar": "az_gov"}
