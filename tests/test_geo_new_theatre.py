"""A conflict is a new folder of data, never new code."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import GazetteerError, TheatreError
from geo.new_theatre import Founding, new_theatre
from geo.theatre import load_theatre
from geo.theatre_check import check_theatre

SUDAN = Founding(
    id="sudan-2023",
    countries=("SD",),
    date_from=dt.date(2023, 4, 15),
    date_to=dt.date(2023, 12, 31),
    sides={"RSF": 'Rapid Support Forces "RSF"'},
)
DUMP_ROW = (
    "365137\tOmdurman\tOmdurman\tOumdourman,أم درمان\t15.64453\t32.47773\tP\tPPL\tSD"
    "\t\t29\t\t\t\t1200000\t\t382\tAfrica/Khartoum\t2023-01-01"
)


@pytest.fixture(scope="module")
def sudan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_theatre(SUDAN, tmp_path_factory.mktemp("theatres"))


def test_a_new_theatre_loads_and_has_no_fault(sudan: Path) -> None:
    theatre = load_theatre(sudan)
    assert theatre.id == "sudan-2023"
    assert [s.name for s in theatre.sides] == ["Sudan", 'Rapid Support Forces "RSF"']
    west, south, east, north = theatre.bbox
    assert west < 32.53 < east
    assert south < 15.55 < north
    assert not [f for f in check_theatre(theatre) if f.level == "fault"]


def test_its_places_have_towns_and_regions_each_with_a_source(sudan: Path) -> None:
    places = load_theatre(sudan).table("places")
    assert {"city", "town", "region"} <= set(places["feature"])
    assert (places["source"] != "").all()
    assert places["place_id"].is_unique
    khartoum = places[places["name_en"] == "Khartoum"].iloc[0]
    assert khartoum["name_ar"] == "الخرطوم"


def test_check_says_what_a_new_theatre_lacks(sudan: Path) -> None:
    missing = " ".join(f.what for f in check_theatre(load_theatre(sudan)) if f.level == "missing")
    assert "base_line" in missing
    assert "control_changes" in missing


def test_towns_can_come_from_a_dump(tmp_path: Path) -> None:
    dump = tmp_path / "SD.zip"
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("readme.txt", "what this is")
        archive.writestr("SD.txt", DUMP_ROW + "\n")
    places = load_theatre(new_theatre(SUDAN, tmp_path, dump=dump)).table("places")
    assert places["place_id"].iloc[0] == "gn365137"
    assert places["name_ar"].iloc[0] == "أم درمان"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"countries": ("XX",)}, "no country XX"),
        ({"date_to": dt.date(2022, 1, 1)}, "lies after"),
        ({"id": "../outside"}, "an id is letters"),
    ],
)
def test_bad_wishes_are_told(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(TheatreError, match=said):
        new_theatre(dataclasses.replace(SUDAN, **change), tmp_path)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_never_overwritten(sudan: Path) -> None:
    with pytest.raises(TheatreError, match="exists already"):
        new_theatre(SUDAN, sudan.parent)


def test_a_dump_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    dump = tmp_path / "SD.txt"
    dump.write_text(DUMP_ROW + "\nnot\ta dump\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"SD\.txt:2: .* fields"):
        new_theatre(SUDAN, tmp_path, dump=dump)


def test_check_finds_faults(sudan: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "theatre.toml").write_text((sudan / "theatre.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (broken / "actors.csv").write_text("side,actor_id,name,role,aliases_en\nSD,a,A,force,\n", encoding="utf-8")
    rows = pd.DataFrame(
        {
            "place_id": ["a", "a", "b"],
            "name_en": "x",
            "latitude": ["1", "2", "north"],
            "longitude": "3",
            "feature": "town",
            "source": ["s", "", "s"],
        }
    )
    rows.to_csv(broken / "places.csv", index=False)
    (broken / "control_changes.csv").write_text("place_id,date,controller\nzz,2023-05-01,Mars\n", encoding="utf-8")
    faults = " | ".join(f.what for f in check_theatre(load_theatre(broken)) if f.level == "fault")
    for said in (
        "given twice: a",
        "no usable point: b",
        "no source: a",
        "no alias",
        "not in places.csv: zz",
        "no such side: Mars",
    ):
        assert said in faults


def test_its_sides_are_called_by_their_country_s_name_in_each_language(sudan: Path, tmp_path: Path) -> None:
    sides = load_theatre(sudan).table("sides")
    terms = {(row["side"], row["lang"]): row["terms"].split("; ") for row in sides.to_dict("records")}
    assert "sudan*" in terms["SD", "en"]
    assert "судан*" in terms["SD", "ru"]
    assert "سوداني" in terms["SD", "ar"]
    assert "rsf" in terms["RSF", "en"]


def test_a_further_side_that_is_a_country_gets_that_country_s_offices(tmp_path: Path) -> None:
    wish = dataclasses.replace(SUDAN, id="two", sides={"NE": "Niger", "SS": "South Sudan"})
    theatre = load_theatre(new_theatre(wish, tmp_path))
    assert {"ne_mod", "ss_army", "sd_gov"} <= {a.actor_id for a in theatre.actors}
    terms = theatre.table("sides").set_index(["side", "lang"])["terms"]
    # Nigeria begins as Niger does: no open ending there
    assert "niger*" not in terms["NE", "en"].split("; ")
