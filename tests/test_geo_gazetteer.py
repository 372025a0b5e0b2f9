"""The compiled gazetteer: a small theatre of its own, with a small world behind it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.index import open_index
from geo.names import hash_key
from geo.sources import TableSource

OWN = """place_id,name_en,name_ru,name_az,other_names,feature,country,admin1,latitude,longitude,radius_km,geonames_id
upper,Uppertown,Аппертаун,Yuxarı,Upton|Hightown,town,XX,North,40.0,46.0,2,11
lake,Lake Blue,озеро Синее,,,reservoir,XX,,40.2,46.1,10,
dist,Upper District,Аппертаунский район,,,district,XX,North,40.0,46.05,20,
xland,Xland,Иксландия,,,country,XX,,40.5,46.5,200,
"""
WORLD = """place_id,name_en,other_names,feature,country,latitude,longitude,radius_km,population,geonames_id
w11,Uppertown City,Uptopolis,town,XX,40.001,46.001,2,30000,11
w12,Uppertown,,city,YY,10.0,10.0,5,900000,12
XX,Republic of Xland,,country,XX,41.0,47.0,300,5000000,
"""


@pytest.fixture
def tables(tmp_path: Path) -> tuple[TableSource, TableSource]:
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "world.csv").write_text(WORLD, encoding="utf-8")
    return TableSource(tmp_path / "own.csv", rank=0), TableSource(tmp_path / "world.csv", rank=1)


@pytest.fixture
def gazetteer(tables: tuple[TableSource, TableSource], tmp_path: Path) -> Gazetteer:
    return open_gazetteer(cache_folder=tmp_path, sources=tables)


def test_own_places_come_first(gazetteer: Gazetteer) -> None:
    assert [p.id for p in gazetteer.search("Uppertown")][:2] == ["upper", "w12"]


def test_a_place_that_both_have_is_one(gazetteer: Gazetteer) -> None:
    assert [p.id for p in gazetteer.search("Uptopolis")] == ["upper"]
    assert gazetteer.place("upper").population == 30000
    assert [p.id for p in gazetteer.search("Republic of Xland")] == ["xland"]


def test_search_understands_endings_and_letters(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Аппертауном", "ru")[0].id == "upper"
    assert gazetteer.search("YUXARIDA", "az")[0].id == "upper"
    assert gazetteer.search("nowhere at all") == []


def test_a_name_without_its_noun_ranks_below(gazetteer: Gazetteer) -> None:
    assert [p.id for p in gazetteer.search("Blue")] == ["lake"]
    assert [p.id for p in gazetteer.search("lake blue")] == ["lake"]


def test_places_know_their_kind(gazetteer: Gazetteer) -> None:
    assert gazetteer.place("dist").where_prec == 3
    assert gazetteer.place("upper").where_prec == 1
    assert gazetteer.place("upper").point == (46.0, 40.0)
    with pytest.raises(GazetteerError, match="no place 'nobody'"):
        gazetteer.place("nobody")


def test_opening_again_reads_the_same_file(tables: tuple[TableSource, TableSource], tmp_path: Path) -> None:
    open_gazetteer(cache_folder=tmp_path, sources=tables)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.bin")}
    open_gazetteer(cache_folder=tmp_path, sources=tables)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.bin")} == before
    assert len(before) == 2


def test_a_changed_source_is_compiled_again(tables: tuple[TableSource, TableSource], tmp_path: Path) -> None:
    open_gazetteer(cache_folder=tmp_path, sources=tables)
    tables[0].path.write_text(OWN.replace("Hightown", "Loftytown"), encoding="utf-8")
    again = open_gazetteer(cache_folder=tmp_path, sources=tables)
    assert again.search("Loftytown")
    assert not again.search("Hightown")


def test_faults_are_named(tables: tuple[TableSource, TableSource], tmp_path: Path) -> None:
    tables[0].path.write_text(OWN.replace("40.2", "north"), encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"own\.csv:3"):
        open_gazetteer(cache_folder=tmp_path, sources=tables)
    (tmp_path / "wrong.bin").write_bytes(b"something else")
    with pytest.raises(GazetteerError, match="not a compiled gazetteer"):
        open_index(tmp_path / "wrong.bin")


def test_a_file_cut_short_is_refused(gazetteer: Gazetteer, tmp_path: Path) -> None:
    path = next(tmp_path.glob("world-*.bin"))
    (tmp_path / "short.bin").write_bytes(path.read_bytes()[:-10])
    with pytest.raises(GazetteerError, match="cut short"):
        open_index(tmp_path / "short.bin")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=12), st.sampled_from(["upper", "uppertown", "lake", "lake blue", "аппертаун", "hightown"])
    )
)
def test_the_sieve_never_loses_a_key(gazetteer: Gazetteer, key: str) -> None:
    index = gazetteer.index
    number = hash_key(key)
    assert index.known(key) == (index._find(number), index._begins(number))
    assert index.find(key) == index._find(number)
    assert index.begins(key) == index._begins(number)
