"""Highlight: a report's text with parts of it marked. The only place of the pages that turns text into HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Mark", "highlighted"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, its kind (a CSS class of our own) and what hovering over it says."""

    start: int
    end: int
    kind: str
    hint: str = ""


def highlighted(text: str, marks: Iterable[Mark]) -> str:
    """HTML of the text with its marks; text and hints are escaped. Marks may nest; one that crosses another is cut.

    Offsets count code points of `text`; what lies outside of it is cut off.
    """
    inside = [Mark(max(m.start, 0), min(m.end, len(text)), m.kind, m.hint) for m in marks]
    ordered = sorted((m for m in inside if m.start < m.end), key=lambda m: (m.start, -m.end))
    parts: list[str] = []
    open_ends: list[int] = []
    at = 0

    def close_until(limit: int) -> None:
        nonlocal at
        while open_ends and open_ends[-1] <= limit:
            end = open_ends.pop()
            parts.append(html.escape(text[at:end]) + "</mark>")
            at = max(at, end)

    for mark in ordered:
        close_until(mark.start)
        end = min([mark.end, *open_ends])
        parts.append(html.escape(text[at : mark.start]))
        parts.append(f'<mark class="{html.escape(mark.kind)}" title="{html.escape(mark.hint)}">')
        open_ends.append(end)
        at = mark.start
    close_until(len(text))
    parts.append(html.escape(text[at:]))
    return "".join(parts)
