"""Probes: short reports that each vary one thing; of every language nine in ten must be coded as the table says.

Rows that fail stay in the tables: they are what the program does not know yet.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.incidents import Coder, open_coder
from geo.reports import Report
from geo.theatre import load_theatre

PROBES = Path(__file__).resolve().parent / "probes"
SHARE = 0.9


@pytest.fixture(scope="module")
def coder() -> Coder:
    return open_coder(load_theatre("karabakh-2020"))


def rows(path: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"], row["published"], json.loads(row["expected"])


def coded(coder: Coder, text: str, published: str, lang: str) -> list[dict[str, Any]]:
    report = Report("probe", text, lang=lang, published=dt.date.fromisoformat(published))
    return [
        {
            "type": claim.event_type,
            "place_id": claim.place_id,
            "start": str(claim.date_start),
            "end": str(claim.date_end),
            "claimant": claim.claimant,
            "status": claim.claim_status,
            "deaths_low": claim.deaths_low,
            "deaths_high": claim.deaths_high,
        }
        for claim in coder.code(report).claims
        if claim.scope != "cumulative_total"
    ]


def alike(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    return sorted(json.dumps(i, sort_keys=True) for i in one) == sorted(json.dumps(i, sort_keys=True) for i in other)


@pytest.mark.parametrize("path", sorted(PROBES.glob("*.csv")), ids=lambda path: path.stem)
def test_nine_probes_in_ten_are_coded_right(path: Path, coder: Coder) -> None:
    table = list(rows(path))
    wrong = []
    for text, published, expected in table:
        found = coded(coder, text, published, path.stem)
        if not alike(found, expected):
            wrong.append((text, expected, found))
    share = 1 - len(wrong) / len(table)
    told = [f"{text}\n  expected {json.dumps(want)}\n  coded    {json.dumps(found)}" for text, want, found in wrong]
    sys.stdout.write("\n".join((*told, f"{path.stem}: {share:.3f} of {len(table)}\n")))
    assert share >= SHARE
