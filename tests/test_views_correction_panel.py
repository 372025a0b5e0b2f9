"""The panel that corrects an incident, run without a browser on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.incidents import open_coder
from geo.reports import read_reports
from geo.store import Store, open_store
from geo.theatre import load_theatre

GOLD = Path(__file__).parent / "gold" / "karabakh_dev.jsonl"
THEATRE = "karabakh-2020"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of this file's own, with the development texts coded."""
    import streamlit as st

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTACTLINE_DATA", str(tmp_path_factory.mktemp("corrections")))
        st.cache_resource.clear()
        store = open_store()
        coder = open_coder(load_theatre(THEATRE))
        store.ingest(read_reports(GOLD), coder.code, theatre=THEATRE, coder=coder.version)
        yield store
        store.close()
        st.cache_resource.clear()


@pytest.fixture(autouse=True)
def nothing_corrected(held: Store) -> Iterator[None]:
    yield
    for made in held.corrections(theatre=THEATRE):
        if made.undone_at is None:
            held.undo(made.correction_id, who="the test")


def panel(incident_id: str) -> AppTest:
    def script(incident_id: str) -> None:
        from geo.theatre import load_theatre
        from views.correction_panel import correction_panel, corrections_made
        from views.holdings import incidents_of
        from views.labels import labels_of

        theatre = load_theatre()
        labels = labels_of(theatre)
        incidents = incidents_of(theatre.id)
        picked = incidents[incidents["incident_id"] == incident_id]
        if len(picked):
            correction_panel(picked.iloc[0], theatre_id=theatre.id, labels=labels)
        else:
            corrections_made(theatre.id, labels)

    return AppTest.from_function(script, kwargs={"incident_id": incident_id}, default_timeout=240).run()


def choose(at: AppTest, kind: str) -> AppTest:
    at.segmented_control(key="correct-kind").set_value(kind)
    return at.run()


def record(at: AppTest, *, who: str = "Ani", why: str = "the photograph shows it") -> AppTest:
    at.text_input(key="correct-who").set_value(who)
    at.text_input(key="correct-why").set_value(why)
    at.run()
    at.button(key="correct-record").click()
    at.run()
    assert not at.exception
    return at


def some(held: Store, event_type: str = "shelling") -> str:
    frame = held.incidents(theatre=THEATRE)
    return str(frame.loc[(frame["event_type"] == event_type) & frame["latitude"].notna(), "incident_id"].iloc[0])


def row(held: Store, incident_id: str) -> dict[str, object]:
    frame = held.incidents(theatre=THEATRE)
    return frame.set_index("incident_id").loc[incident_id].to_dict()  # type: ignore[no-any-return]


def test_another_place_by_its_name(held: Store) -> None:
    id = some(held)
    at = choose(panel(id), "Another place")
    assert at.button(key="correct-record").disabled
    at.text_input(key="correct-place").set_value("Stepanakert")
    at.run()
    record(at)
    assert row(held, id)["place_id"] == "stepanakert"
    assert any("Ani" in text.value and "Stepanakert" in text.value for text in at.markdown)


def test_a_point_that_is_none_is_told_and_nothing_recorded(held: Store) -> None:
    at = choose(panel(some(held)), "Another place")
    at.text_input(key="correct-point").set_value("47.1, 139.8")
    at.run()
    record(at)
    assert ["no place on Earth" in error.value for error in at.error] == [True]
    assert not [c for c in held.corrections(theatre=THEATRE) if c.undone_at is None]


def test_another_type_then_undone(held: Store) -> None:
    id = some(held)
    at = choose(panel(id), "Another type")
    at.selectbox(key="correct-type").set_value("air_strike")
    record(at)
    assert row(held, id)["event_type"] == "air_strike"
    undo = next(button for button in at.button if button.label == "Undo")
    undo.click()
    at.run()
    assert row(held, id)["event_type"] == "shelling"
    assert any("undone by Ani" in text.value for text in at.markdown)


def test_the_same_event_as_another(held: Store) -> None:
    id, before = some(held), len(held.incidents(theatre=THEATRE))
    at = choose(panel(id), "Same as another")
    other = at.selectbox(key="correct-other").value
    record(at)
    assert len(held.incidents(theatre=THEATRE)) == before - 1
    assert other not in set(held.incidents(theatre=THEATRE)["incident_id"])


def test_a_rejected_incident_can_still_be_brought_back(held: Store) -> None:
    id = some(held)
    at = record(choose(panel(id), "No event"))
    assert id not in set(held.incidents(theatre=THEATRE)["incident_id"])
    next(button for button in at.button if button.label == "Undo").click()
    at.run()
    assert id in set(held.incidents(theatre=THEATRE)["incident_id"])


def test_a_reason_is_asked_for_and_shown_as_it_is(held: Store) -> None:
    id = some(held)
    at = record(choose(panel(id), "Another type"), why=" ")
    assert any("why" in error.value for error in at.error)
    at = record(choose(panel(id), "Another type"), why="**bold** ![x](https://example.org/x.png)")
    assert not any("![x](" in text.value for text in at.markdown)
