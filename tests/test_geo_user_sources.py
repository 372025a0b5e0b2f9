"""Files of the user's own in the gazetteer: GeoNames dumps, Who's On First, tables and vectors."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.geonames_dump import GeoNamesDump
from geo.user_sources import add_user_source, user_sources
from geo.vector_source import VectorSource
from geo.whosonfirst import WhosOnFirst


def dump_row(number: int, name: str, kind: str, *, others: str = "", people: int = 0) -> str:
    group, code = kind.split(".")
    fields = [str(number), name, name, others, "15.5", "32.5", group, code, "SD", "", "29", "", "", ""]
    return "\t".join([*fields, str(people), "", "380", "Africa/Khartoum", "2023-01-01"])


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    rows = [
        dump_row(1, "Zurqa", "P.PPL", others="Zourqa,زرقا", people=7000),
        dump_row(2, "Jabal Qumqum", "T.MT"),
        dump_row(3, "Old Zurqa", "P.PPLH"),
        dump_row(4, "A school", "S.SCH"),
    ]
    with zipfile.ZipFile(tmp_path / "SD.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SD.txt", "\n".join(rows) + "\n")
    return tmp_path / "SD.zip"


def test_a_dump_gives_towns_and_land_but_not_what_is_gone_or_no_place(dump: Path) -> None:
    places = {p.names[""]: p for p in GeoNamesDump(dump).places()}
    assert set(places) == {"Zurqa", "Jabal Qumqum"}
    assert places["Zurqa"].feature == "town"
    assert "زرقا" in places["Zurqa"].others
    assert places["Jabal Qumqum"].feature == "ridge"
    assert places["Jabal Qumqum"].rank > places["Zurqa"].rank


def test_alternate_names_give_the_language_and_the_preferred_one_wins(dump: Path) -> None:
    alternates = dump.parent / "alternateNamesV2.zip"
    lines = [
        "9\t1\tfr\tZourqa-la-Vieille\t\t",
        "10\t1\tfr\tZourka\t1\t",
        "11\t1\tlink\thttps://example.org\t\t",
        "12\t77\tfr\tX\t\t",
    ]
    with zipfile.ZipFile(alternates, "w") as archive:
        archive.writestr("iso-languagecodes.txt", "codes")
        archive.writestr("alternateNamesV2.txt", "\n".join(lines) + "\n")
    names = next(iter(GeoNamesDump(dump, alternates).places())).names
    assert names["fr"] == "Zourka"
    assert set(names) == {"", "fr"}


def test_a_file_that_is_no_dump_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "SD.txt"
    path.write_text(dump_row(1, "Zurqa", "P.PPL") + "\nnonsense\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"SD\.txt:2: 1 fields"):
        list(GeoNamesDump(path).places())
    (tmp_path / "UA.zip").write_bytes(b"not a zip")
    with pytest.raises(GazetteerError, match="cannot be read"):
        list(GeoNamesDump(tmp_path / "UA.zip").places())


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "csv"])
def test_any_table_with_a_name_and_a_point(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sites.{suffix}"
    frame = gpd.GeoDataFrame(
        {"Name": ["Camp Ochre", None], "name_fr": ["Camp Ocre", ""], "kind": ["site", "site"]},
        geometry=[shapely.Point(32.5, 15.5), shapely.Point(33, 16)],
        crs=4326,
    )
    if suffix == "csv":
        frame.assign(Lon=frame.geometry.x, Lat=frame.geometry.y).drop(columns="geometry").to_csv(path, index=False)
    else:
        frame.to_file(path)
    (place,) = VectorSource(path).places()
    assert (place.longitude, place.latitude) == (32.5, 15.5)
    assert place.names == {"": "Camp Ochre", "fr": "Camp Ocre"}


def test_areas_count_by_a_point_inside_in_any_crs(tmp_path: Path) -> None:
    area = gpd.GeoSeries([shapely.box(30, 10, 31, 11)], crs=4326).to_crs(32636)
    gpd.GeoDataFrame({"name": ["Sector Five"]}, geometry=area).to_file(tmp_path / "a.gpkg")
    (place,) = VectorSource(tmp_path / "a.gpkg").places()
    assert 30 < place.longitude < 31
    assert 10 < place.latitude < 11
    assert 50 < place.radius_km < 120


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "a,b\n1,2\n", "no point"),
        ("x.csv", "lon,lat\n1,2\n", "no column names the places"),
        ("x.geojson", "{not json", "cannot be read"),
    ],
)
def test_a_table_that_will_not_do_is_told(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=said):
        list(VectorSource(tmp_path / name).places())


def test_whosonfirst_keeps_names_by_language_and_leaves_out_what_has_ceased(tmp_path: Path) -> None:
    path = tmp_path / "whosonfirst-data-admin-sd-latest.db"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE spr (id, name, placetype, country, latitude, longitude, is_deprecated, is_ceased)")
        base.execute("CREATE TABLE names (id, language, name, privateuse)")
        base.execute("INSERT INTO spr VALUES (5, 'Zurqa', 'locality', 'SD', 15.5, 32.5, 0, 0)")
        base.execute("INSERT INTO spr VALUES (6, 'Gone', 'locality', 'SD', 1, 1, 0, 1)")
        base.execute("INSERT INTO names VALUES (5, 'ara', 'زرقا', 'x_preferred'), (5, 'eng', 'Zerqa', 'x_variant')")
    (place,) = WhosOnFirst(path).places()
    assert place.names == {"": "Zurqa", "ar": "زرقا"}
    assert place.others == ("Zerqa",)
    (tmp_path / "empty.db").write_bytes(b"nothing of the kind, but long enough to be looked at")
    with pytest.raises(GazetteerError, match="not a Who's On First database"):
        list(WhosOnFirst(tmp_path / "empty.db").places())


def test_files_put_into_the_folder_are_found_and_strangers_told(dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer"
    assert user_sources(folder) == []
    add_user_source(dump, folder)
    (source,) = user_sources(folder)
    assert isinstance(source, GeoNamesDump)
    (folder / "notes.docx").write_text("x", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"notes\.docx: no gazetteer file"):
        user_sources(folder)
    with pytest.raises(GazetteerError, match="no such file"):
        add_user_source(tmp_path / "nowhere.csv", folder)


def test_an_added_place_is_found_by_its_other_name(dump: Path, tmp_path: Path) -> None:
    gazetteer = open_gazetteer(cache_folder=tmp_path, sources=[GeoNamesDump(dump)])
    assert [p.id for p in gazetteer.search("Zourqa")] == ["gn1"]
    assert [p.feature for p in gazetteer.search("Jabal Qumqum")] == ["ridge"]
