"""Literal words: text of a report inside Streamlit's markdown, shown as it is and never as markup."""

from __future__ import annotations

import re

__all__ = ["literal"]

MARKDOWN = frozenset("\\`*_{}[]()#+-.!|<>$~:&")


def literal(words: str) -> str:
    """The words with every sign of markdown taken for itself: else a file could show a picture from elsewhere."""
    return "".join(f"\\{sign}" if sign in MARKDOWN else sign for sign in re.sub(r"[\r\n]", " ", words))
