"""Duplicates: the same text from several outlets, cut, retitled or lightly edited.

MinHash over runs of words, banded so that only texts that are likely to agree are compared: the time grows with the
number of reports, not with the number of pairs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .reports import Report

__all__ = ["duplicate_groups"]

RUN = 4  # words in a row that make one feature
BANDS, ROWS = 24, 3  # two texts that share 60 % of their runs meet in a band with a probability of 99.7 %
PRIME = np.uint64((1 << 31) - 1)
Features = npt.NDArray[np.uint64]


def duplicate_groups(reports: Iterable[Report], *, share: float = 0.6) -> list[list[str]]:
    """Ids of reports that tell the same in the same words, groups of two and more, in the order of the reports.

    `share` is the part of the runs of four words that two texts must have in common; a text that lies nearly whole
    (90 %) in another one counts too, which is how outlets shorten an agency's dispatch.
    """
    ids: list[str] = []
    features: list[Features] = []
    parents: list[int] = []
    seen: dict[tuple[int, bytes], int] = {}
    coefficients = np.random.default_rng(20).integers(1, int(PRIME), (2, BANDS * ROWS), dtype=np.uint64)
    for number, report in enumerate(reports):
        ids.append(report.id)
        parents.append(number)
        features.append(_features(report.text))
        others = {seen.setdefault(key, number) for key in _bands(features[number], coefficients)} - {number}
        for other in others:
            if _root(parents, other) != _root(parents, number) and _alike(features[other], features[number], share):
                parents[_root(parents, number)] = _root(parents, other)
    groups: dict[int, list[str]] = {}
    for number, id in enumerate(ids):
        groups.setdefault(_root(parents, number), []).append(id)
    return [group for group in groups.values() if len(group) > 1]


def _features(text: str) -> Features:
    """One number (below 2³¹) for each run of words; case, accents of composition and punctuation do not count."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()) or [text]
    runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    digests = b"".join(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=4).digest() for run in runs)
    return np.unique(np.frombuffer(digests, dtype=np.uint32)).astype(np.uint64) % PRIME


def _bands(features: Features, coefficients: Features) -> list[tuple[int, bytes]]:
    slope, shift = coefficients
    lowest = ((features[:, None] * slope + shift) % PRIME).min(axis=0)
    return [(band, lowest[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]


def _alike(one: Features, other: Features, share: float) -> bool:
    common = len(np.intersect1d(one, other))
    smaller = min(len(one), len(other))
    return common >= share * (len(one) + len(other) - common) or (smaller >= RUN and common >= 0.9 * smaller)


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number
