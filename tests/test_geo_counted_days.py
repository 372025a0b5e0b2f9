"""Counted days: days told by their distance, and nights by the numbers of their two days."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 24)  # a Saturday


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("il y a quatre jours", 20, 20),
        ("voici 3 jours", 21, 21),
        ("dans la nuit du 22 au 23", 22, 23),
        ("entre mardi et jeudi", 20, 22),
        ("du 19 au 21 octobre", 19, 21),
        ("dans la soirée de jeudi", 22, 22),
        ("le 23/10", 23, 23),
    ],
)
def test_a_day_that_is_counted_is_the_day_of_the_event(coder: Coder, when: str, start: int, end: int) -> None:
    text = f"Martouni a été bombardée {when}, a annoncé le ministère arménien de la Défense."
    claims = coder.code(Report("x", text, lang="fr", published=DAY)).claims
    assert [(c.date_start.day, c.date_end.day) for c in claims] == [(start, end)]


@pytest.mark.parametrize(
    ("dead", "low", "high"),
    [
        ("Entre cinq et sept personnes ont été tuées", 5, 7),
        ("Cinq à sept personnes ont été tuées", 5, 7),
        ("Une demi-douzaine de civils ont été tués", 6, 6),
        ("Dix personnes, et non sept, ont été tuées", 10, 10),
    ],
)
def test_a_number_between_two_numbers_has_both_bounds(coder: Coder, dead: str, low: int, high: int) -> None:
    text = f"{dead} vendredi dans le bombardement de Terter, selon le parquet général d'Azerbaïdjan."
    claims = coder.code(Report("x", text, lang="fr", published=DAY)).claims
    assert [(c.deaths_low, c.deaths_high) for c in claims] == [(low, high)]
