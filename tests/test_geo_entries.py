"""Notes of a catalogue: one event each, at its place, even where no word of battle stands in them."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.incidents import Coder, open_coder
from geo.reports import Report
from geo.theatre import load_theatre

DAY = dt.date(2020, 10, 12)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return open_coder(load_theatre("karabakh-2020"))


def told(coder: Coder, text: str) -> list[tuple[str, str | None, str | None]]:
    claims = coder.code(Report("r", text, lang="en", published=DAY)).claims
    return [(claim.event_type, claim.sub_event_type, claim.place_id) for claim in claims]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Displacement: On 12 October 2020, 40 residents were evacuated from Martuni.", ("other", "displacement")),
        ("On 12 October 2020, dozens of people protested in Martuni.", ("other", "protest")),
        ("Arrests: On 12 October 2020, police detained two men in Martuni.", ("other", "arrest")),
        ("Around 12 October 2020, a resident of Martuni disappeared.", ("abduction", "forced_disappearance")),
        ("On 12 October 2020, activists held a picket outside the court in Martuni.", ("other", "protest")),
        ("On 12 October 2020, residents of Martuni closed the highway. [size=no report]", ("other", "protest")),
        ("On 12 October 2020, a brawl broke out in Martuni.", ("other", "riot")),
    ],
)
def test_a_note_has_its_event_at_its_place(coder: Coder, text: str, event: tuple[str, str]) -> None:
    assert told(coder, text) == [(*event, "martuni_nk")]


def test_the_place_that_it_is_coded_to_is_the_place(coder: Coder) -> None:
    text = "On 12 October 2020, shelling hit villages of Martuni district. [coded to Martuni town as it is not known]"
    assert {place for _, _, place in told(coder, text)} == {"martuni_nk"}


def test_where_the_dead_are_counted_nothing_happened(coder: Coder) -> None:
    text = (
        "On 12 October 2020, troops fired mortars at Hadrut. One soldier was killed (fatalities coded to Shushi event)."
    )
    assert {place for _, _, place in told(coder, text)} == {"hadrut"}


def test_a_report_that_is_no_note_gets_no_such_event(coder: Coder) -> None:
    assert told(coder, "Dozens of people protested in Martuni on Monday.") == []


def test_a_year_is_no_number_of_dead(coder: Coder) -> None:
    text = "On 12 October 2020, an officer was killed by shelling in Martuni."
    [claim] = coder.code(Report("r", text, lang="en", published=DAY)).claims
    assert (claim.date_start, claim.date_end, claim.deaths_best) == (DAY, DAY, 1)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("On 12 October 2020, the ministers met in Goris and signed an agreement.", "en"),
        ("12 October 2020: The museum in Shushi announced a concert for the spring.", "en"),
        ("On 12 October 2020, the price of bread rose in Hadrut and Goris, traders said.", "en"),
        ("Le 12 octobre 2020, le ministre a visité Goris et parlé de diplomatie.", "fr"),
        ("12 октября 2020 года в Горисе открылась выставка.", "ru"),
        ("12 oktyabr 2020-ci ildə Bakıda sərgi açılıb.", "az"),
    ],
)
def test_a_dated_sentence_of_an_ordinary_report_is_no_entry(text: str, lang: str, coder: Coder) -> None:
    assert coder.code(Report("x", text, lang=lang, published=dt.date(2020, 10, 30))).claims == ()


def test_a_namesake_on_another_continent_is_not_where_it_was(coder: Coder) -> None:
    text = "On 12 October 2020, relatives held a picket in front of the Ministry of Justice in Martuni."
    assert told(coder, text) == [("other", "protest", "martuni_nk")]
