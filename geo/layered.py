"""Two indexes read as one: the theatre's own places in front, the world's behind.

The world is compiled once for all theatres; a theatre's file takes a moment. A place of the world that the theatre has
too is shadowed: found by any of its names, it is the theatre's place that is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np

from .index import COLUMNS, Index
from .names import hash_key

__all__ = ["Layered"]


class Layered:
    """Read access like `Index`; rows of the world follow those of the theatre."""

    __slots__ = ("_back", "_front", "_shadows", "_sieves", "columns", "path", "rows")

    def __init__(self, back: Index, front: Index | None = None) -> None:
        self._back, self._front = back, front
        self._shadows: dict[int, int] = dict(front.shadows) if front else {}
        self._sieves = [layer.sieve for layer in (back, front) if layer]
        self.path = (front or back).path
        self.rows = back.rows + (front.rows if front else 0)
        self.columns: Mapping[str, Any] = back.columns
        if front:
            both = {name: (np.asarray(front.columns[name]), np.asarray(back.columns[name])) for name in COLUMNS}
            self.columns = {name: np.concatenate(pair).data for name, pair in both.items()}

    def find(self, key: str) -> list[tuple[int, int]]:
        """(row, kind of key) of every place that has this key, each row once with its surest kind."""
        return self._find(hash_key(key)) if self._may_hold(key) else []

    def known(self, key: str) -> tuple[list[tuple[int, int]], bool]:
        """What `find` and `begins` say of a key, at the price of one."""
        if not self._may_hold(key):
            return [], False
        number = hash_key(key)
        return self._find(number), self._begins(number)

    def _find(self, number: int) -> list[tuple[int, int]]:
        behind = self._back.find(number)
        if self._front is None:
            return behind
        before = self._front.find(number)
        if not behind:
            return before
        shadows, offset = self._shadows, self._front.rows
        rest = [(row + offset, kind) for row, kind in behind if row not in shadows]
        if len(rest) == len(behind):
            return before + rest
        found = dict(before)
        for row, kind in behind:
            if row in shadows:
                own = shadows[row]
                found[own] = min(kind, found.get(own, kind))
        return [*found.items(), *rest]

    def begins(self, word: str) -> bool:
        """Whether any key of several words begins with this one."""
        return self._may_hold(word) and self._begins(hash_key(word))

    def _may_hold(self, key: str) -> bool:
        """False where no layer has the key, nor one that begins with it: cheaper to tell than by looking it up."""
        check = crc32(key.encode())
        for sieve in self._sieves:
            at = check & (8 * len(sieve) - 1)
            if sieve[at >> 3] >> (at & 7) & 1:
                return True
        return False

    def _begins(self, number: int) -> bool:
        return self._back.begins(number) or (self._front is not None and self._front.begins(number))

    def text(self, row: int) -> list[Any]:
        """What is not a number about a row."""
        if self._front is None:
            return self._back.text(row)
        return self._front.text(row) if row < self._front.rows else self._back.text(row - self._front.rows)
