"""A model's second reading may add a doubtful name or weakly speak against one; without one nothing changes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.mentions import find_mentions
from geo.reports import Report
from geo.second_reading import NameReader, ReadName, read_again, second_readers, with_second_reading
from geo.theatre import load_theatre

TEXT = "Обстрелу подвергся Мартакерт. Об этом заявил Владимир Путин в Москве."


@given(st.floats(0.001, 0.999))
def test_a_place_speaks_for_and_a_person_weakly_against(likely: float) -> None:
    place, person = [ReadName(3, 9, "place")], [ReadName(0, 9, "person")]
    assert with_second_reading(likely, 3, 9, place) > likely
    assert with_second_reading(likely, 3, 9, person) < likely
    assert with_second_reading(likely, 9, 12, place) == likely
    gain = with_second_reading(0.5, 3, 9, place) - 0.5
    loss = 0.5 - with_second_reading(0.5, 3, 9, person)
    assert gain > loss


def test_a_reader_is_asked_for_its_own_language_only() -> None:
    reader = NameReader("always", "ru", lambda text: [ReadName(0, len(text), "place")])
    assert read_again("abc", "fr", [reader]) == []
    assert read_again("abc", "ru", [reader]) == [ReadName(0, 3, "place")]


def test_a_reader_changes_what_is_found() -> None:
    gazetteer = open_gazetteer(load_theatre("karabakh-2020"))
    report = Report("r", TEXT, lang="ru", published=dt.date(2020, 10, 3))
    plain = find_mentions(report, gazetteer)
    at = TEXT.index("Мартакерт")
    veto = NameReader("veto", "ru", lambda _: [ReadName(at, at + 9, "person")])
    doubted = find_mentions(report, gazetteer, second_readers=[veto])
    before = next(m for m in plain if m.start == at)
    after = [m for m in doubted if m.start == at]
    assert not after or after[0].confidence < before.confidence


def test_an_unknown_reader_is_told() -> None:
    with pytest.raises(GazetteerError, match="no second reader 'nobody'"):
        second_readers(["nobody"])


def test_natasha_reads_russian() -> None:
    pytest.importorskip("natasha", reason="the extra contactline[ner] is not installed")
    (reader,) = second_readers(["natasha"])
    kinds = {TEXT[n.start : n.end]: n.kind for n in reader.read(TEXT)}
    assert kinds["Владимир Путин"] == "person"
    assert kinds["Москве"] == "place"


def test_a_spacy_pipeline_that_is_not_there_is_told() -> None:
    with pytest.raises(GazetteerError, match=r"not installed|no pipeline"):
        second_readers(["spacy:xx_no_such_pipeline"])
