"""Openings: the dateline that a report opens with."""

from __future__ import annotations

import re

from .reading import Found, Reading

__all__ = ["is_dateline"]

# After a dateline's name: other names, a day, an agency in brackets, then a dash, colon or full stop.
DATELINE = re.compile(
    r"^(?:\s*[/,،]\s*[^\W\d_][\w-]*){0,2}\s*"
    r"(?:[,،]?\s*\([^)\n]{2,40}\)|\))?(?:[,،]\s*(?:[\w.]+\s+)?\d{1,2}\b[^\n]{0,30}?|[,،]\s*[^\n,،]{3,24}?)?\s*"
    r"(?:[—–:՝։]|\.(?!\.)|\s-{1,2}\s|-\s)"
)
FOLLOWING = frozenset("/,،()—–:՝։.-")  # what can stand first behind its name
BLANK = frozenset(" \n\t\r\u00a0\u202f")
DATED = re.compile(r"[^\n]{0,40}(?:\d|\()")
BEFORE_DATELINE = re.compile(r"(?:[^\W\d_]+(?:[ -][^\W\d_]+)?\s*[/,(]\s*){0,2}[(«\"—–-]?\s*")
ALONE = re.compile(r"\.\s+[^\W\d_]")  # "Bakı. Xarici İşlər Nazirliyi …": a name that is a sentence of its own
DATELINE_REACH = 60


def is_dateline(reading: Reading, found: Found) -> bool:
    """Whether a name opens a line as agencies do: alone or with others, then a day, an agency or a dash."""
    text, at = reading.text, found.end
    while at < len(text) and text[at] in BLANK:
        at += 1
    if at == len(text) or text[at] not in FOLLOWING:
        return False
    line = text.rfind("\n", 0, found.start) + 1
    if found.start - line > DATELINE_REACH:
        return False
    if found.start > line and not BEFORE_DATELINE.fullmatch(text[line : found.start]):
        return False
    rest = text[found.end : found.end + 80]
    upper = all(w.upper for w in reading.words[found.first : found.last]) if reading.cased else found.first == 0
    upper = upper or text[line : found.start].isupper()  # "TARTAR, Azerbaijan, Friday -": the country too
    alone = found.start == line and ALONE.match(rest) is not None
    return bool(DATELINE.match(rest)) and (upper or alone or bool(DATED.match(rest[:40])))
