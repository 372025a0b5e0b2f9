"""Contrary statements, admissions, series and likewise places, from whole reports in English."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

TAKEN = "Azerbaijan's defence ministry said its forces took the village of Togh on Wednesday. "
SHELLED = "Azerbaijan's defence ministry said Tartar was shelled on Wednesday. "


def claims(coder: Coder, text: str) -> list[Claim]:
    """Claims of a report of Thursday, 15 October."""
    coded = coder.code(Report("r", text, lang="en", published=dt.date(2020, 10, 15)))
    return [c for c in coded.claims if c.scope != "cumulative_total"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ('"We have lost no village," Artsrun Hovhannisyan said.', "denied"),
        ('"Togh is ours," Artsrun Hovhannisyan said.', "denied"),
        ("A claim that Yerevan rejects.", "denied"),
        ("The Armenian side has not confirmed the loss.", "claimed"),
        ("Yerevan accused Baku of breaking the truce.", "claimed"),
        ("Yerevan admitted the loss.", "confirmed"),
    ],
)
def test_what_the_other_side_says_right_behind_a_claim_answers_it(coder: Coder, answer: str, status: str) -> None:
    told = [c for c in claims(coder, TAKEN + answer) if c.place_id == "togh"]
    assert [c.claim_status for c in told] == [status]


def test_an_admission_without_a_place_is_no_event_of_its_own(coder: Coder) -> None:
    text = "Armenia's defence ministry said a Su-25 was shot down over Hadrut on Wednesday. Baku admitted that it had"
    assert [(c.place_id, c.claim_status) for c in claims(coder, text + " lost a plane.")] == [("hadrut", "confirmed")]


@pytest.mark.parametrize(
    "behind", ["Barda was next.", "Another 15 shells fell on Barda.", "Barda too came under fire."]
)
def test_a_second_place_shares_the_event(coder: Coder, behind: str) -> None:
    assert {(c.event_type, c.place_id) for c in claims(coder, SHELLED + behind)} == {
        ("shelling", "tartar"),
        ("shelling", "barda"),
    }


def test_a_source_behind_the_last_of_a_series_tells_all_of_it(coder: Coder) -> None:
    text = "Shells hit Sahlabad on Wednesday. Jamilli came under mortar fire. In Borsunlu a house burned down after a"
    told = claims(coder, text + " strike, the Azerbaijani defence ministry said.")
    assert {c.claimant for c in told} == {"az_mod"}
    assert len(told) == 3


def test_a_sentence_may_date_what_the_one_before_told(coder: Coder) -> None:
    (told,) = claims(coder, "Tartar was shelled, Azerbaijan's defence ministry said. It happened on Tuesday.")
    assert told.date_start == dt.date(2020, 10, 13)


@pytest.mark.parametrize(
    ("figures", "dead"),
    [
        ("killed two people aged 34 and 61", 2),
        ("killed two people and put 14 in hospital", 2),
        ("killed a 45-year-old man", 1),
    ],
)
def test_ages_and_hospital_counts_are_no_deaths(coder: Coder, figures: str, dead: int) -> None:
    (told,) = claims(coder, f"Shelling of Tartar on Wednesday {figures}, Azerbaijani prosecutors said.")
    assert told.deaths_low == told.deaths_high == dead


def test_a_sum_in_its_own_clause_leaves_the_event_its_figure(coder: Coder) -> None:
    (told,) = claims(coder, SHELLED + "Three people were killed, taking the town's dead to 19 since 27 September.")
    assert told.deaths_best == 3


def test_what_is_lost_must_be_the_place_itself(coder: Coder) -> None:
    (told,) = claims(coder, "It had lost Hadrut on Wednesday, the Karabakh army said.")
    assert (told.event_type, told.place_id) == ("withdrawal", "hadrut")
    assert not claims(coder, "The museum lost its collection in Hadrut.")
