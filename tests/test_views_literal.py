"""Words of a report stay words in markdown."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from views.literal import literal


@given(st.text())
def test_nothing_is_lost_and_no_sign_of_markdown_is_left_bare(words: str) -> None:
    made = literal(words)
    assert re.sub(r"\\(.)", r"\1", made) == re.sub(r"[\r\n]", " ", words)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]()#!<>$|~:]", made)


def test_a_picture_from_elsewhere_is_no_picture() -> None:
    assert literal("![x](https://example.org/x.png)") == ("\\!\\[x\\]\\(https\\://example\\.org/x\\.png\\)")
