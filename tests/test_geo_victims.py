"""Victims: who is counted by name, and where somebody only lies in hospital or died long ago."""

from __future__ import annotations

import datetime as dt

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 26)  # a Monday


def told(coder: Coder, text: str) -> list[Claim]:
    return list(coder.code(Report("x", text, lang="en", published=DAY)).claims)


def test_who_is_named_with_an_age_is_one(coder: Coder) -> None:
    text = "Shelling of Martuni on Sunday killed Elnur Mammadov, 29, and injured Sevda Aliyeva, 51, prosecutors said."
    assert [(c.deaths_low, c.injured_low) for c in told(coder, text)] == [(1, 1)]


def test_the_town_of_the_hospital_is_not_where_it_happened(coder: Coder) -> None:
    text = "Shells hit Martakert on Sunday and wounded a man; he died in the Stepanakert hospital, rescuers said."
    assert [(c.place_id, c.deaths_low) for c in told(coder, text)] == [("martakert", 1)]


def test_the_former_and_the_latter_have_their_own_dead(coder: Coder) -> None:
    text = "Shells fell on Martuni and Martakert on Sunday. In the former a man was killed, in the latter two women."
    assert {c.place_id: c.deaths_low for c in told(coder, text)} == {"martuni_nk": 1, "martakert": 2}


def test_a_clause_of_long_ago_tells_of_no_event(coder: Coder) -> None:
    text = "Flowers were laid in Yerevan on Sunday for a commander, the one shot dead in June 1993 near Marzili."
    assert "marzili" not in {c.place_id for c in told(coder, text)}


def test_lives_taken_take_no_town(coder: Coder) -> None:
    text = "Sunday's missile on Ganja took the lives of ten people, Hikmet Hajiyev said."
    assert [(c.event_type, c.deaths_low) for c in told(coder, text)] == [("missile_strike", 10)]


def test_sport_only_sounds_like_war(coder: Coder) -> None:
    assert not told(coder, "Ganja bombarded the goalkeeper of Martuni for an hour on Sunday and won the semi final.")


def test_a_village_known_only_roughly_is_no_area(coder: Coder) -> None:
    text = "Ilham Aliyev said on Sunday that Khudaverdili and Gurbantapa in Jabrayil had been liberated."
    assert {c.place_id for c in told(coder, text)} == {"khudaverdili_jab", "gurbantapa_jab"}


def test_what_was_fired_may_stand_in_another_clause(coder: Coder) -> None:
    text = "A missile, one of three fired at Ganja on Sunday, exploded in a grove, Hikmet Hajiyev said."
    assert [c.event_type for c in told(coder, text)] == ["missile_strike"]
