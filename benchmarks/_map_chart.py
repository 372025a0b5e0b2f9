"""A bar chart as SVG, on a scale by powers of ten."""

from __future__ import annotations

import math
from typing import Any
from xml.sax.saxutils import escape

__all__ = ["bar_chart"]

PANELS = (
    ("idle_s", "opened and idle, s"),
    ("step_ms", "date step painted, ms"),
    ("bytes_per_incident", "bytes an incident"),
)
WIDTH, LABEL, BAR = 960, 210, 15
TEXT = 'font-family="sans-serif" font-size="12" fill="#1d1d1f"'


def bar_chart(rows: list[dict[str, Any]]) -> str:
    """One panel a measure, one bar a variant and size; ours in a colour of its own."""
    parts: list[str] = []
    top = 10
    for key, title in PANELS:
        shown = [row for row in rows if row.get(key)]
        if not shown:
            continue
        parts.append(f'<text x="10" y="{top + 14}" {TEXT} font-weight="bold">{escape(title)}</text>')
        low = math.floor(math.log10(min(row[key] for row in shown)))
        high = math.ceil(math.log10(max(row[key] for row in shown)) + 0.05)
        scale = (WIDTH - LABEL - 70) / max(1, high - low)
        top += 24
        for row in shown:
            length = max(2.0, (math.log10(row[key]) - low) * scale)
            color = "#1d4f7c" if row["variant"] == "contactline" else "#b4b0a6"
            label = f"{row['variant']} · {row['incidents']:,}"
            parts += [
                f'<text x="{LABEL - 6}" y="{top + 11}" text-anchor="end" {TEXT}>{escape(label)}</text>',
                f'<rect x="{LABEL}" y="{top}" width="{length:.1f}" height="{BAR - 3}" fill="{color}"/>',
                f'<text x="{LABEL + length + 5:.1f}" y="{top + 11}" {TEXT}>{row[key]:,}</text>',
            ]
            top += BAR
        top += 14
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#ffffff"/>', *parts, "</svg>", ""])
