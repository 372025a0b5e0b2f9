"""Control claims and belief: who is said to hold a place, and what is believed of it from day to day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.belief import Holding, holdings
from geo.control import CLAIM_COLUMNS, control_claims
from geo.control_lists import claims_from_lists
from geo.errors import GeoError
from geo.schema import incidents_frame
from geo.theatre import Theatre, load_theatre

DAY0 = dt.date(2021, 3, 1)


def said(
    day: int,
    kind: str,
    to_side: str | None,
    by: str | None = None,
    *,
    confidence: float = 0.9,
    reported: int | None = None,
) -> dict:
    date = pd.Timestamp(DAY0) + pd.Timedelta(days=day)
    known = date if reported is None else pd.Timestamp(DAY0) + pd.Timedelta(days=reported)
    names = dict.fromkeys(CLAIM_COLUMNS)
    told = {
        "claim_id": f"{day}:{kind}:{to_side}:{by}",
        "place_id": "p",
        "longitude": 1.0,
        "latitude": 2.0,
        "date": date,
    }
    return (
        names
        | told
        | {"reported_at": known, "to_side": to_side, "claimant_side": by, "kind": kind, "confidence": confidence}
    )


def believed(day: int, *rows: dict, **options: object) -> Holding:
    table = holdings(pd.DataFrame([said(0, "held", "B"), *rows]), **options)  # type: ignore[arg-type]
    return table[table["day"] <= pd.Timestamp(DAY0) + pd.Timedelta(days=day)]["holding"].iloc[-1]


def state(holding: Holding) -> tuple[str | None, str | None, str | None]:
    return holding.holder, holding.claimed_by, holding.disputed_by


def test_a_gainers_claim_stays_claimed_until_the_quiet_days_are_over() -> None:
    claim = said(10, "announced", "A", "A")
    assert [state(believed(day, claim, each_day=True)) for day in (9, 10, 12, 13)] == [
        ("B", None, None),
        ("B", "A", None),
        ("B", "A", None),
        ("A", None, None),
    ]
    assert not believed(13, claim, each_day=True).sure


def test_known_from_later_a_settled_claim_counts_from_its_day() -> None:
    claim = said(10, "announced", "A", "A")
    assert state(believed(10, claim)) == ("A", None, None)
    assert state(believed(10, claim, as_known=DAY0 + dt.timedelta(days=11))) == ("B", "A", None)


def test_an_admission_settles_at_once() -> None:
    for row in said(10, "announced", "A", "B"), said(10, "withdrawn", "A", "B"), said(10, "confirmed", "A", "B"):
        holding = believed(10, row, each_day=True)
        assert state(holding) == ("A", None, None)
        assert holding.sure
        assert holding.belief >= 0.95


def test_a_second_source_settles() -> None:
    rows = [said(10, "announced", "A", "A"), said(11, "announced", "A", "C")]
    assert state(believed(10, *rows, each_day=True)) == ("B", "A", None)
    assert state(believed(11, *rows, each_day=True)) == ("A", None, None)


def test_a_denied_claim_is_disputed_until_the_denials_stop() -> None:
    rows = [said(10, "announced", "A", "A"), said(10, "denied", "B", "B"), said(12, "denied", "B", "B")]
    for day in (10, 12, 18):
        assert state(believed(day, *rows)) == ("B", None, "A"), day
    assert state(believed(19, *rows)) == ("A", None, None)


def test_the_gainers_own_confirmation_moves_the_line_but_leaves_the_dispute_open() -> None:
    rows = [said(10, "announced", "A", "A"), said(10, "denied", "B", "B"), said(12, "confirmed", "A", "A")]
    assert state(believed(12, *rows)) == ("A", None, "B")
    assert state(believed(17, *rows)) == ("A", None, None)


def test_the_day_that_settles_a_dispute_still_shows_both() -> None:
    rows = [said(10, "announced", "A", "A"), said(10, "denied", "B", "B"), said(12, "confirmed", "A", "B")]
    assert state(believed(12, *rows)) == ("A", None, "B")
    assert state(believed(13, *rows)) == ("A", None, None)


def test_a_claim_refuted_before_it_settled_never_held() -> None:
    rows = [said(10, "announced", "A", "A"), said(11, "confirmed", "B", "B")]
    assert state(believed(10, *rows)) == ("B", "A", None)
    assert state(believed(20, *rows)) == ("B", None, None)


def test_a_hand_over_takes_effect_on_its_day() -> None:
    row = said(10, "agreed", "A", "A", reported=3)
    assert state(believed(9, row)) == ("B", None, None)
    assert believed(10, row) == Holding("A", None, None, 0.99, (row["claim_id"],), sure=True, agreed=True)


def test_what_was_not_reported_yet_does_not_count() -> None:
    row = said(10, "confirmed", "A", "B", reported=15)
    assert state(believed(12, row, each_day=True)) == ("B", None, None)
    assert state(believed(15, row, each_day=True)) == ("A", None, None)
    assert state(believed(12, row)) == ("A", None, None)


kinds = st.sampled_from(["announced", "denied", "confirmed", "withdrawn", "agreed", "contested", "listed", "unlisted"])
stories = st.lists(
    st.tuples(st.integers(1, 30), kinds, st.sampled_from("AB"), st.sampled_from(["A", "B", None])), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(stories, st.randoms(use_true_random=False))
def test_belief_is_a_probability_whatever_the_order_of_claims(story: list, random: object) -> None:
    rows = pd.DataFrame([said(0, "held", "B"), *(said(day, kind, side, by) for day, kind, side, by in story)])
    rows = rows.drop_duplicates("claim_id")
    table = holdings(rows)
    shuffled = holdings(rows.sample(frac=1, random_state=random.randint(0, 99)))  # type: ignore[attr-defined]
    assert table["holding"].tolist() == shuffled["holding"].tolist()
    assert all(0 < holding.belief < 1 and holding.claim_ids for holding in table["holding"])
    assert table["day"].is_monotonic_increasing


# --- where claims come from ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return load_theatre("karabakh-2020")


def test_the_theatres_table_becomes_claims(theatre: Theatre) -> None:
    claims = control_claims(theatre)
    assert list(claims.columns) == list(CLAIM_COLUMNS)
    assert claims["claim_id"].is_unique
    assert claims["to_side"].isin({side.id for side in theatre.sides}).all()
    assert (claims["source"] != "").all()
    admitted = claims[claims["claim_id"] == "shusha@2020-11-09:confirmed"].iloc[0]
    assert (admitted["to_side"], admitted["claimant_side"]) == ("AZ", "NK-AM")


def incident(**fields: object) -> dict:
    row = {"incident_id": "i1", "event_type": "capture", "date_start": "2020-10-15", "place_id": "arajadzor"}
    row |= {"longitude": 46.68, "latitude": 40.17, "claim_status": "claimed", "confidence": 0.8, "sources": "a paper"}
    return row | {"reported_at": "2020-10-15T22:30:00+00:00", "deleted": False} | fields


def test_coded_captures_and_withdrawals_become_claims(theatre: Theatre) -> None:
    rows = [
        incident(perpetrator="AZ", claimant_side="AZ", claimant="az_mod"),
        incident(incident_id="i2", event_type="withdrawal", perpetrator="AM", claimant_side="AM"),
        incident(incident_id="i3", perpetrator="AZ", claimant_side="AZ", claim_status="denied", denied_by="am_mod"),
        incident(incident_id="i4", event_type="shelling", perpetrator="AZ"),
        incident(incident_id="i5", perpetrator="AZ", place_id=None, longitude=None, latitude=None),
        incident(incident_id="i6", perpetrator="AZ", deleted=True),
        incident(incident_id="i7", perpetrator=None, claimant_side=None),
        incident(incident_id="i8", perpetrator="AZ", claimant_side="AZ", where_prec=3),
    ]
    table = control_claims(theatre, incidents_frame(rows)).set_index("claim_id")
    coded = table[~table.index.str.contains("@")]
    assert coded.index.tolist() == ["i1", "i2", "i3", "i3:denied"]
    assert coded.loc["i1", ["to_side", "kind", "claimant_side"]].tolist() == ["AZ", "announced", "AZ"]
    assert coded.loc["i1", "reported_at"] == pd.Timestamp("2020-10-16")  # in the theatre's zone it was past midnight
    assert coded.loc["i2", ["to_side", "from_side", "kind", "claimant_side"]].tolist() == [
        "AZ",
        "NK-AM",
        "withdrawn",
        "NK-AM",
    ]
    assert coded.loc["i3:denied", ["to_side", "kind", "claimant_side"]].tolist() == ["NK-AM", "denied", "NK-AM"]


def test_a_theatre_without_a_table_has_no_claims(tmp_path: Path) -> None:
    text = 'id = "x"\nname = "X"\nbbox = [0, 0, 1, 1]\ndate_from = 2021-01-01\ndate_to = 2021-02-01\n'
    (tmp_path / "theatre.toml").write_text(text, encoding="utf-8")
    claims = control_claims(load_theatre(tmp_path))
    assert claims.empty
    assert list(claims.columns) == list(CLAIM_COLUMNS)


# --- lists -----------------------------------------------------------------------------------------------------------


def listed(*rows: tuple[str, float, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["date", "longitude", "side"])
    return table.assign(latitude=48.0)


def test_a_list_claims_only_when_it_changes_its_word() -> None:
    days = ["2022-01-01", "2022-01-02", "2022-01-04", "2022-01-05", "2022-01-06"]
    words = ["A", "A", "B", "CONTESTED", "A"]
    claims = claims_from_lists(listed(*((d, 30.0, w) for d, w in zip(days, words, strict=True))), sides=("A", "B"))
    assert list(zip(claims["date"].dt.strftime("%d"), claims["kind"], claims["to_side"], strict=True)) == [
        ("01", "listed", "A"),
        ("04", "listed", "B"),
        ("05", "contested", "A"),
        ("06", "listed", "A"),
    ]


def test_a_place_that_drops_out_is_no_longer_spoken_of() -> None:
    rows = [("2022-01-01", 30.0, "A"), ("2022-01-01", 31.0, "A"), ("2022-01-02", 31.0, "A"), ("2022-01-03", 30.0, "B")]
    claims = claims_from_lists(listed(*rows), sides=("A", "B"))
    told = claims[claims["longitude"] == 30.0]
    assert told["kind"].tolist() == ["listed", "unlisted", "listed"]
    silent = [holding for holding in holdings(claims)["holding"] if holding.holder is None]
    assert len(silent) == 2  # the one on the 2nd, the other on the 3rd


def test_a_list_that_contradicts_itself_says_nothing_certain() -> None:
    claims = claims_from_lists(listed(("2022-01-01", 30.001, "A"), ("2022-01-01", 30.002, "B")), sides=("A", "B"))
    assert claims["kind"].tolist() == ["contested"]
    assert claims_from_lists(listed(("2022-01-01", 30.0, None)), sides=("A", "B")).empty


def test_lists_without_a_column_are_refused() -> None:
    with pytest.raises(GeoError, match="column side is missing"):
        claims_from_lists(pd.DataFrame({"date": [], "longitude": [], "latitude": []}), sides=("A", "B"))
