"""How likely a draft is right: doubtful ones are listed with their reason, not coded and not dropped."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.credence import MIN_CREDENCE, credence
from geo.incidents import Coder, open_coder
from geo.reports import Report
from geo.theatre import load_theatre
from geo.weights import CREDENCE, load_weights

DAY = dt.date(2020, 10, 20)
PLAIN = "Azerbaijani forces shelled Martuni on Monday night, the Armenian defence ministry said. Two died."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return open_coder(load_theatre("karabakh-2020"))


def test_what_is_said_plainly_is_likely(coder: Coder) -> None:
    (claim,) = coder.code(Report("x", PLAIN, lang="en", published=DAY)).claims
    assert claim.confidence > 0.6


def test_a_doubtful_draft_is_listed_with_its_reason(coder: Coder) -> None:
    strict = replace(coder, min_confidence=1.0)
    coded = strict.code(Report("x", PLAIN, lang="en", published=DAY))
    assert coded.claims == ()
    (doubt,) = [u for u in coded.unplaced if "doubtful" in u.reason]
    assert doubt.reason == "shelling: too doubtful to be coded"
    assert PLAIN[doubt.start : doubt.end] == doubt.text
    assert [m.role for m in coded.mentions] == ["background"]


def test_nothing_is_set_aside_where_all_is_asked_for(coder: Coder) -> None:
    every = replace(coder, min_confidence=0.0)
    for text in (PLAIN, "In Baku the flag was raised; the president spoke of Shusha and of a victory."):
        coded = every.code(Report("x", text, lang="en", published=DAY))
        assert not [u for u in coded.unplaced if "doubtful" in u.reason]


@given(st.dictionaries(st.sampled_from(sorted(load_weights(CREDENCE))), st.floats(-5, 5)))
def test_it_is_a_probability(found: dict[str, float]) -> None:
    assert 0.0 <= credence(load_weights(CREDENCE), found) <= 1.0


def test_without_weights_all_is_believed() -> None:
    assert credence({}, {"capital": 1.0}) == 1.0 > MIN_CREDENCE
