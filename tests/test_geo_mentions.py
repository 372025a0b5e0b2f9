"""Finding and placing names: what the gold reports say, and what must hold for any text."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.mentions import Mention, find_mentions
from geo.places import place_mentions
from geo.reports import Report
from geo.theatre import load_theatre

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(load_theatre("karabakh-2020"))


def read(text: str, gazetteer: Gazetteer, lang: str | None = None) -> list[Mention]:
    report = Report("t", text, lang=lang)
    return place_mentions(report, find_mentions(report, gazetteer), gazetteer)


def ids(text: str, gazetteer: Gazetteer, lang: str | None = None) -> list[tuple[str, str | None]]:
    return [(m.text, m.place_id) for m in read(text, gazetteer, lang)]


def gold_reports() -> list[dict[str, object]]:
    lines = [line for path in sorted(GOLD.glob("karabakh_*.jsonl")) for line in path.open(encoding="utf-8")]
    return [json.loads(line) for line in lines if line.strip()]


def test_gold_reports_are_read_well(gazetteer: Gazetteer) -> None:
    said = right = roles = met = 0
    wanted = 0
    for gold in gold_reports():
        found = read(str(gold["text"]), gazetteer, str(gold["lang"]))
        marked = list(gold["mentions"])  # type: ignore[call-overload]
        said, wanted = said + len(found), wanted + len(marked)
        for mention in found:
            hit = next((g for g in marked if mention.start < g["end"] and g["start"] < mention.end), None)
            if hit is not None:
                marked.remove(hit)
                met += 1
                right += mention.place_id == hit["place_id"]
                roles += mention.role == hit["role"]
    assert 2 * right / (said + wanted) > 0.9
    assert roles / met > 0.8


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Shells fell on Martuni, the army said.", "en", ("Martuni", "martuni_nk")),
        ("He was taken to Martuni, Gegharkunik Province.", "en", ("Martuni", "martuni_am")),
        ("Des roquettes sont tombées sur Fizouli.", "fr", ("Fizouli", "fuzuli")),
        ("Бои идут под Бердзором.", "ru", ("Бердзором", "lachin")),
        ("Обстрелян Физулинский район.", "ru", ("Физулинский район", "fuzuli_rayon")),
        ("Xankəndidəki binaya mərmi düşüb.", "az", ("Xankəndidəki", "stepanakert")),
        ("Մարտերն ընթանում են Հադրութում։", "hy", ("Հադրութում", "hadrut")),
    ],
)
def test_names_in_five_languages(text: str, lang: str, expected: tuple[str, str], gazetteer: Gazetteer) -> None:
    assert expected in ids(text, gazetteer, lang)


@pytest.mark.parametrize(
    "text",
    [
        "The Minsk Group met again.",
        '"We ran," said Lachin Mammadov.',
        "Le Groupe de Minsk s'est réuni.",
        "Vladimir Poutine a parlé devant le club Valdaï.",
        "The Armenian side denied it. Reading the list took an hour.",
        "No one was hurt.",
    ],
)
def test_what_only_looks_like_a_place(text: str, gazetteer: Gazetteer) -> None:
    assert ids(text, gazetteer) == []


def test_a_district_is_not_its_town(gazetteer: Gazetteer) -> None:
    found = ids("Zəngilan, Cəbrayıl və Qubadlı rayonlarının kəndləri azad edilib.", gazetteer, "az")
    assert [place for _, place in found] == ["zangilan_rayon", "jabrayil_rayon", "qubadli_rayon"]


def test_one_name_in_many_spellings(gazetteer: Gazetteer) -> None:
    texts = ("near Xankəndi", "near Stepanakert", "near Khankendi", "near STEPANAKERT", "near Stepana\u00adkert")
    assert {ids(f"Shells fell {t} on Friday.", gazetteer, "en")[0][1] for t in texts} == {"stepanakert"}


def test_dateline_and_metonym(gazetteer: Gazetteer) -> None:
    found = read("BAKU, Oct 4 - The town of Hadrut was shelled. Yerevan denied it.", gazetteer, "en")
    assert [(m.text, m.role) for m in found] == [("BAKU", "dateline"), ("Hadrut", "event"), ("Yerevan", "metonym")]


def test_a_high_threshold_leaves_names_unplaced_with_the_reason(gazetteer: Gazetteer) -> None:
    report = Report("t", "Shells fell on Martuni.", lang="en")
    mentions = find_mentions(report, gazetteer)
    unplaced = place_mentions(report, mentions, gazetteer, min_confidence=1.0)
    assert len(unplaced) == len(mentions) == 1
    assert unplaced[0].latitude is None
    assert unplaced[0].place_id is None
    assert "not placed" in unplaced[0].reasons[-1]


def test_the_order_of_reports_does_not_matter(gazetteer: Gazetteer) -> None:
    golds = gold_reports()[:30]
    forward = [read(str(g["text"]), gazetteer, str(g["lang"])) for g in golds]
    fresh = open_gazetteer(load_theatre("karabakh-2020"))
    backward = [read(str(g["text"]), fresh, str(g["lang"])) for g in reversed(golds)]
    assert forward == backward[::-1]


WORDS = st.sampled_from(
    [
        "Martuni",
        "Баку",
        "Շուշիում",
        "Xankəndi",
        "الخرطوم",
        "lac",
        "Sevan",
        ",",
        "(",
        ")",
        "«",
        "’s",
        "-",
        "и",
        "\n",
        " ",
        "é",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_offsets_slice_and_nothing_raises(gazetteer: Gazetteer, text: str) -> None:
    last = -1
    for mention in read(text, gazetteer):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start > last
        last = mention.start
        assert 0 <= mention.confidence <= 1
        assert mention.latitude is None or math.isfinite(mention.latitude)


def test_adjectives_listed_before_a_word_for_directions_are_towns(gazetteer: Gazetteer) -> None:
    text = "Бои продолжались на кубатлинском, физулинском и джебраильском направлениях."
    assert ids(text, gazetteer, "ru") == [
        ("кубатлинском", "qubadli"),
        ("физулинском", "fuzuli"),
        ("джебраильском", "jabrayil"),
    ]
