"""Theatres are folders; their faults are told all at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from geo.errors import TheatreError
from geo.theatre import list_theatres, load_theatre


def test_the_first_theatre_is_there() -> None:
    theatre = load_theatre("karabakh-2020")
    assert theatre.date_from == dt.date(2020, 9, 27)
    assert theatre.party_of("AM") == theatre.party_of("NK-AM")
    assert theatre.party_of("AZ") != theatre.party_of("AM")
    assert theatre.party_of("FR") is None
    assert theatre.actor("az_mod").side == "AZ"  # type: ignore[union-attr]
    assert "karabakh-2020" in list_theatres()


@pytest.mark.parametrize("table", ["places", "actors", "control_changes", "line_of_contact", "incidents_reference"])
def test_every_row_of_every_table_keeps_its_source(table: str) -> None:
    frame = load_theatre("karabakh-2020").table(table)
    assert len(frame) > 0
    assert (frame["source"].str.strip() != "").all()


def test_an_unknown_theatre_is_told_with_what_there_is() -> None:
    with pytest.raises(TheatreError, match=r"no theatre 'atlantis'.*karabakh-2020"):
        load_theatre("atlantis")


def test_all_faults_of_a_theatre_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "theatre.toml").write_text(
        'id = "x"\nbbox = [47.9, 38.0, 44.1, 41.0]\ndate_from = "2020-09-27"\n'
        'timezone = "Mars/Base"\n[[sides]]\nid = "A"\n',
        encoding="utf-8",
    )
    with pytest.raises(TheatreError) as told:
        load_theatre(tmp_path)
    lines = str(told.value).splitlines()
    for said in (
        "'name' is missing",
        "west < east, got 47.9, 44.1",
        "must be a date",
        "side 1 needs",
        "'timezone' 'Mars/Base'",
    ):
        assert any(said in line for line in lines), said


def test_a_theatre_of_one_s_own_is_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "theatre.toml").write_text(
        'id = "mine"\nname = "Mine"\nbbox = [1, 2, 3, 4]\ndate_from = 2020-01-01\ndate_to = 2020-01-02\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("CONTACTLINE_THEATRES", str(tmp_path))
    assert load_theatre("mine").name == "Mine"
    assert "mine" in list_theatres()
