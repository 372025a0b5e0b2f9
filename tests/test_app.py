"""The dashboard's pages, run without a browser on the real pipeline and the sample reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.incidents import join_claims
from geo.new_theatre import Founding, new_theatre
from geo.store import open_store
from views.map_page import report_of

ROOT = Path(__file__).resolve().parent.parent
THEATRE = "karabakh-2020"
TIMEOUT_S = 240
DISPATCH = (
    "STEPANAKERT, October 24 - The Armenian defence ministry said on Saturday that Azerbaijani forces shelled the town "
    "of Martuni overnight. <script>alert(1)</script> Azerbaijan's defence ministry denied it. Moscow called for calm."
)


@pytest.fixture(scope="module", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One first start for all tests of this file."""
    import streamlit as st

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTACTLINE_DATA", str(tmp_path_factory.mktemp("dashboard")))
        st.cache_resource.clear()
        yield
        st.cache_resource.clear()


def map_page(**address: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT_S)
    for name, value in address.items():
        at.query_params[name] = value
    return at.run()


def report_page() -> AppTest:
    """The page on its own: a test cannot follow the navigation."""

    def script() -> None:
        from geo.theatre import load_theatre
        from views.report_page import report_page

        report_page(load_theatre())

    return AppTest.from_function(script, default_timeout=TIMEOUT_S).run()


def words(at: AppTest) -> str:
    return "\n".join(element.value for element in at.markdown)


def html_of(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def test_the_first_start_codes_every_sample_report_and_keeps_it() -> None:
    at = map_page()
    assert not at.exception
    assert not at.error
    samples = (ROOT / "data" / "theatres" / THEATRE / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    kept = open_store().reports(theatre=THEATRE)
    assert len(kept) == len({json.loads(line)["id"] for line in samples})
    state = open_store().state(theatre=THEATRE)
    assert not map_page().exception
    assert open_store().state(theatre=THEATRE) == state, "the second start coded again"


def test_the_map_page_shows_incidents_of_several_languages_and_types() -> None:
    at = map_page()
    [table] = at.dataframe
    assert len(table.value) > 50
    assert table.value["Event"].nunique() > 5
    assert len(at.multiselect(key="lang").options) == 5


def test_every_incident_finds_the_report_that_its_sentence_stands_in() -> None:
    map_page()
    incidents = open_store().incidents(theatre=THEATRE, join=join_claims)
    found = [report_of(incidents.loc[index]) for index in incidents.index]
    assert None not in found
    assert incidents["report_ids"].str.contains(";").any(), "no event is told by several reports: nothing is tested"


def test_filters_come_from_the_address() -> None:
    [table] = map_page(status="Denied").dataframe
    assert set(table.value["Status"]) == {"Denied"}
    [all_] = map_page().dataframe
    assert 0 < len(table.value) < len(all_.value)


def test_filters_narrow_the_list_and_the_count() -> None:
    at = map_page()
    before = len(at.dataframe[0].value)
    at.multiselect(key="type").set_value(["shelling"]).run()
    assert set(at.dataframe[0].value["Event"]) == {"Shelling"}
    assert f"{len(at.dataframe[0].value)} of {before} incidents" in words(at)


def test_a_report_is_read_with_every_name_marked_by_its_part() -> None:
    at = report_page()
    at.text_area(key="text").set_value(DISPATCH)
    at.button[0].click().run()
    assert not at.exception
    shown = html_of(at)
    assert '<mark class="dateline"' in shown
    assert '<mark class="event"' in shown
    assert '<mark class="metonym"' in shown
    assert "Shelling" in words(at)
    assert "denies" in shown


def test_a_report_runs_nothing() -> None:
    at = report_page()
    at.text_area(key="text").set_value(DISPATCH)
    at.button[0].click().run()
    assert "<script>alert" not in html_of(at)
    assert "&lt;script&gt;alert(1)" in html_of(at)


def test_a_report_without_a_day_is_asked_for_it() -> None:
    at = report_page()
    at.text_area(key="text").set_value("Shells fell on the town of Martuni.")
    at.button[0].click().run()
    assert not at.exception
    assert "day" in at.error[0].value


def test_a_theatre_without_base_line_or_reports_shows_an_empty_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    founding = Founding("testland-2024", ("RW",), dt.date(2024, 1, 1), dt.date(2024, 2, 1))
    new_theatre(founding, tmp_path)
    monkeypatch.setenv("CONTACTLINE_THEATRES", str(tmp_path))
    at = map_page(theatre="testland-2024")
    assert not at.exception
    assert at.dataframe[0].value.empty


def test_a_broken_theatre_is_a_message_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "theatre.toml").write_text("id = 'broken'\nbbox = [4, 3]", encoding="utf-8")
    monkeypatch.setenv("CONTACTLINE_THEATRES", str(tmp_path))
    at = map_page(theatre="broken")
    assert not at.exception
    assert "bbox" in "".join(e.value for e in at.error)
