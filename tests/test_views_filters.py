"""Which incidents meet the filters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from geo.schema import empty_incidents, incidents_frame
from views.filters import Filters, apply_filters

FIRST, LAST = dt.date(2020, 10, 10), dt.date(2020, 10, 20)


def kept(filters: Filters, **fields: Any) -> bool:
    return len(apply_filters(incidents_frame([{"event_type": "shelling", **fields}]), filters)) == 1


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2020-10-10", "2020-10-10", True),
        ("2020-10-20", None, True),
        ("2020-10-09", "2020-10-10", True),
        ("2020-10-20", "2020-10-25", True),
        ("2020-10-01", "2020-10-30", True),
        ("2020-10-09", None, False),
        ("2020-10-21", "2020-10-22", False),
        (None, None, True),
    ],
)
def test_days_are_met_by_any_overlap(start: str | None, end: str | None, wanted: bool) -> None:
    assert kept(Filters(FIRST, LAST), date_start=start, date_end=end) is wanted


def test_every_column_must_hold_one_of_its_wanted_values() -> None:
    both = Filters(FIRST, LAST, (("claim_status", ("denied", "claimed")), ("lang", ("fr",))))
    fields = {"date_start": "2020-10-12"}
    assert kept(both, claim_status="denied", lang="fr", **fields)
    assert not kept(both, claim_status="denied", lang="en", **fields)
    assert not kept(both, claim_status="confirmed", lang="fr", **fields)
    assert not kept(both, claim_status=None, lang="fr", **fields)


def test_an_empty_table_stays_one() -> None:
    assert list(apply_filters(empty_incidents(), Filters(FIRST, LAST)).columns) == list(empty_incidents().columns)
