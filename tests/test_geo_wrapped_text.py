"""A report wrapped to the width of a page is the same report."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incidents import Coder, open_coder
from geo.reports import Report
from geo.text import unwrapped
from geo.theatre import load_theatre

GOLD = Path(__file__).parent / "gold" / "karabakh_dev.jsonl"
TEXTS = [d for d in map(json.loads, GOLD.open(encoding="utf-8")) if "\n" not in d["text"]]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return open_coder(load_theatre("karabakh-2020"))


def coded(coder: Coder, item: dict[str, str], text: str) -> list[tuple[object, ...]]:
    report = Report("r", text, lang=item["lang"], published=dt.date.fromisoformat(item["published"]))
    result = coder.code(report)
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.text
    for claim in result.claims:
        assert text[claim.span_start : claim.span_end] == claim.text
    return sorted(
        (c.event_type, c.place_id or "", c.date_start, c.date_end, c.claimant or "", c.claim_status, c.deaths_low or -1)
        for c in result.claims
    )


@pytest.mark.parametrize("width", [60, 72, 100])
def test_wrapping_changes_nothing_that_is_coded(coder: Coder, width: int) -> None:
    assert len(TEXTS) > 20
    for item in TEXTS:
        wrapped = textwrap.fill(item["text"], width, break_on_hyphens=False, break_long_words=False)
        assert coded(coder, item, wrapped) == coded(coder, item, item["text"]), item["id"]


def test_lines_of_posts_blank_lines_and_bullets_stay() -> None:
    for text in ("12:10 Fire.\n12:30 Quiet.", f"{'a ' * 40}\n\n{'b ' * 40}", f"{'a ' * 40}end\n- Shusha"):
        assert unwrapped(text) == text


@given(st.text(alphabet="ab AB\n-.0", max_size=400))
def test_offsets_stay_and_a_second_time_changes_nothing_but_breaks(text: str) -> None:
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert all(a == b or (a == "\n" and b == " ") for a, b in zip(text, flat, strict=True))
