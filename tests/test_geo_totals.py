"""Running totals are told apart from events, and nothing is lost between the two."""

from __future__ import annotations

import pytest

from geo.schema import empty_incidents, incidents_frame
from geo.totals import events_of, totals_of


@pytest.mark.parametrize(
    ("scope", "event"),
    [("incident", True), ("increment", True), ("enemy_loss_claim", True), (None, True), ("cumulative_total", False)],
)
def test_only_a_running_total_is_no_event(scope: str | None, event: bool) -> None:
    table = incidents_frame([{"event_type": "casualties", "scope": scope}])
    assert (len(events_of(table)), len(totals_of(table))) == (int(event), int(not event))


def test_an_empty_table_stays_one() -> None:
    assert events_of(empty_incidents()).empty
    assert totals_of(empty_incidents()).empty
