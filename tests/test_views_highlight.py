"""Highlighted text shows exactly the text, whatever the marks, and runs nothing."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from views.highlight import Mark, highlighted

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> ${alert(1)} \"'&amp;"
marks = st.lists(
    st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.just("event"), st.text(max_size=5)), max_size=8
)


class Balance(HTMLParser):
    """Counts the tags and fails on any but <mark>."""

    depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag == "mark"
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        assert self.depth >= 0


@given(st.text(max_size=50) | st.just(HOSTILE), marks)
def test_the_text_stays_the_text(text: str, some: list[Mark]) -> None:
    made = highlighted(text, some)
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", made)) == html.unescape(html.escape(text))
    balance = Balance()
    balance.feed(made)
    balance.close()
    assert balance.depth == 0


def test_a_mark_holds_its_span_and_hint() -> None:
    assert highlighted("near Martuni today", [Mark(5, 12, "event", "39.8 N")]) == (
        'near <mark class="event" title="39.8 N">Martuni</mark> today'
    )


def test_marks_nest() -> None:
    made = highlighted("abcdef", [Mark(2, 4, "in"), Mark(0, 6, "out")])
    assert re.sub(r' title=""', "", made) == '<mark class="out">ab<mark class="in">cd</mark>ef</mark>'


def test_hostile_text_and_hints_are_inert() -> None:
    made = highlighted(HOSTILE, [Mark(0, 8, "event", '" onmouseover="alert(1)')])
    assert "<script" not in made
    assert "<img" not in made
    assert 'title="&quot; onmouseover=' in made
