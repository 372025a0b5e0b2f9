"""Markup as text: tags out, entities resolved, paragraphs and addresses kept."""

from __future__ import annotations

import html
import re

__all__ = ["plain_text"]

_UNSEEN = re.compile(r"(?is)<(script|style|head|template)\b.*?</\1\s*>|<!--.*?-->")
_BREAKS = re.compile(r"(?i)<br\s*/?>|</?(?:p|div|li|tr|h[1-6]|blockquote|ul|ol|table|section|article)\b[^>]*>")
_LINK = re.compile(r"(?i)<a\s[^>]*?href\s*=\s*[\"']([^\"']+)[\"'][^>]*>")
_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>")


def plain_text(markup: str, *, addresses: bool = False) -> str:
    """HTML or text with some HTML in it as plain text, one line a paragraph; `addresses` keeps where links lead."""
    text = _BREAKS.sub("\n", _UNSEEN.sub(" ", markup))
    if addresses:
        text = _LINK.sub(r" \1 ", text)
    text = html.unescape(_TAG.sub("", text)).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
