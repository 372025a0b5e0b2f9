"""Losses: who denies having lost a place denies its capture, and where the named hour or body is no event."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 26)  # a Monday


def told(coder: Coder, text: str) -> list[Claim]:
    return list(coder.code(Report("x", text, lang="en", published=DAY)).claims)


def test_a_loss_that_is_denied_is_no_withdrawal(coder: Coder) -> None:
    claims = told(coder, "Yerevan denies that it has lost Gubadli. Ilham Aliyev said on Sunday that Gubadli was taken.")
    assert [(c.event_type, c.place_id, c.claim_status) for c in claims] == [("capture", "qubadli", "denied")]


def test_the_town_that_is_not_lost_is_none_of_the_villages(coder: Coder) -> None:
    first = "Ilham Aliyev said on Sunday that the flag was flying over Gubadli, and added the village of Padar. "
    claims = told(coder, first + "Artsrun Hovhannisyan told reporters in Yerevan that the town had not been lost.")
    assert {c.place_id: c.claim_status for c in claims} == {"qubadli": "denied", "padar_qub": "claimed"}


@pytest.mark.parametrize(
    ("hour", "dead"),
    [
        ("at ten past six", (2, 2)),
        ("at twenty to five", (2, 2)),
        ("shortly before six", (2, 2)),
    ],
)
def test_an_hour_counts_nobody(coder: Coder, hour: str, dead: tuple[int, int]) -> None:
    (claim,) = told(coder, f"Shells hit Martuni {hour} on Sunday, killing two people, the Karabakh army said.")
    assert (claim.deaths_low, claim.deaths_high) == dead


def test_a_dateline_stays_one_where_the_town_is_the_scene(coder: Coder) -> None:
    text = "GANJA, Oct 26 - A missile hit a row of houses here at 2 a.m. on Monday, killing four, prosecutors said."
    coded = coder.code(Report("x", text, lang="en", published=DAY))
    assert [m.role for m in coded.mentions] == ["dateline"]
    assert [c.place_id for c in coded.claims] == ["ganja"]


def test_who_speaks_in_a_capital_tells_of_another_place(coder: Coder) -> None:
    text = "In Yerevan, Artsrun Hovhannisyan insisted that shells had fallen on Martuni on Sunday."
    assert {c.place_id for c in told(coder, text)} == {"martuni_nk"}


def test_a_blast_gets_its_weapon_from_the_next_sentence(coder: Coder) -> None:
    text = "Fresh blasts in Ganja on Monday. The city came under missile attack, Hikmet Hajiyev says."
    assert [(c.event_type, c.claimant) for c in told(coder, text)] == [("missile_strike", "hikmet_hajiyev")]


def test_the_words_of_a_body_are_no_events(coder: Coder) -> None:
    text = "The Free Villages Liberation Front said in Martuni on Sunday that bread was short."
    assert not told(coder, text)


def test_where_a_wreck_lies_is_where_the_aircraft_came_down(coder: Coder) -> None:
    text = "The Karabakh army said it had shot down a drone on Sunday. The wreckage lies near Martuni."
    assert [(c.event_type, c.place_id) for c in told(coder, text)] == [("aircraft_shot_down", "martuni_nk")]


@pytest.mark.parametrize("counted", ["ten roofs", "a dozen crates", "twenty pigs"])
def test_things_are_no_people(coder: Coder, counted: str) -> None:
    (claim,) = told(coder, f"Shells hit Martuni on Sunday, {counted} gone, two people killed, the Karabakh army said.")
    assert (claim.deaths_low, claim.deaths_high) == (2, 2)


def test_a_pronoun_of_persons_means_no_ministry(coder: Coder) -> None:
    text = (
        "Ilham Aliyev announced on Sunday that Gubadli was under Azerbaijani control. The Armenian defence ministry"
        " said battles were under way there. He also named six villages of the district, among them Padar."
    )
    assert {c.place_id: c.claimant for c in told(coder, text) if c.event_type == "capture"} == {
        "qubadli": "ilham_aliyev",
        "padar_qub": "ilham_aliyev",
    }
