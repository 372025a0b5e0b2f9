"""Figure: people that a sentence says were killed or wounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

__all__ = ["Figure", "one_by_one"]


@dataclass(frozen=True, slots=True)
class Figure:
    """People killed or wounded: low and high bound (None where open), and the words that say so."""

    kind: Literal["dead", "wounded"]
    low: int | None
    high: int | None
    best: int
    first: int
    last: int
    civilian: bool = False
    military: bool = False
    total: bool = False
    more: bool = False
    earlier: bool = False
    also: bool = False  # one more person of a sentence that tells of each what became of them
    at: int = -1  # the number's own word, which the word for dead may stand far from


def one_by_one(figures: Sequence[Figure]) -> Iterator[Figure]:
    """ "The driver was killed on the spot, his passenger died in hospital": each is one of the dead."""
    dead = [f for f in figures if f.kind == "dead" and not f.earlier]
    single = all(f.best == 1 and f.high == 1 and f.at >= 0 for f in dead)
    last: Figure | None = None
    for figure in figures:
        if not single or figure not in dead:
            yield figure
            continue
        yield replace(figure, also=True) if last is not None and figure.first > last.last else figure
        last = figure
