"""Coding reports of other wars, in theatres that `contactline theatre new` makes and nobody has filled.

    python -m benchmarks.coding_world [FILE.jsonl …]

Prints the figures of benchmarks/coding.py for the texts of tests/gold/world_*.jsonl by file and by language. Such a
theatre has no list of actors beside its states, so whose claim it is does not count.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.coding import FIGURES, GOLD, figures_of, incidents_of, km, read_gold, report_of
from geo.claims import Claim
from geo.incidents import Coder, open_coder
from geo.new_theatre import Founding, new_theatre
from geo.theatre import load_theatre

# Countries of each war and a point in its midst, which tells what war a text is about.
WARS: Mapping[tuple[str, ...], tuple[float, float]] = {
    ("UA",): (49.0, 32.0),
    ("SD",): (15.0, 30.0),
    ("ML", "BF", "NE"): (15.0, 0.0),
    ("MM",): (21.0, 96.0),
    ("SY",): (35.0, 38.0),
}
FAR_KM = 1600.0


def main(files: Sequence[str] = ()) -> None:
    """Code every text and print what was found of what is there."""
    paths = [Path(f) for f in files] or sorted(GOLD.glob("world_*.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        coders = {war: coder_for(war, Path(folder)) for war in WARS}
        shown = [f for f in FIGURES if f != "claimant"]
        print("| texts | n | " + " | ".join(shown) + " |\n|" + "---|" * (len(shown) + 2))
        pairs = []
        for path in paths:
            here = [(gold, incidents_of(coders[war_of(gold)].code(report_of(gold)).claims)) for gold in read_gold(path)]
            print(line_of(path.stem, here, shown))
            pairs += here
        for lang in sorted({gold["lang"] for gold, _ in pairs}):
            print(line_of(lang, [p for p in pairs if p[0]["lang"] == lang], shown))
        print(line_of("all", pairs, shown))


def coder_for(war: tuple[str, ...], folder: Path) -> Coder:
    """A coder for a theatre made of towns and regions alone."""
    founding = Founding("-".join(war).lower(), war, dt.date(2011, 3, 15), dt.date(2024, 12, 31))
    return open_coder(load_theatre(new_theatre(founding, folder)))


def war_of(gold: Mapping[str, Any]) -> tuple[str, ...]:
    """The war that most of a text's places are nearest to."""
    votes: Counter[tuple[str, ...]] = Counter()
    for place in (*gold["incidents"], *gold["mentions"]):
        if place.get("lat") is not None:
            far, war = min((km((place["lat"], place["lon"]), point), war) for war, point in WARS.items())
            votes[war] += far < FAR_KM
    return votes.most_common(1)[0][0] if votes else next(iter(WARS))


def line_of(name: str, pairs: Sequence[tuple[Mapping[str, Any], list[Claim]]], shown: Sequence[str]) -> str:
    """One line of the table."""
    figures = figures_of(pairs, {})
    cells = [f"{figures[f]:.2f}" if figures[f] is not None else "–" for f in shown]
    return f"| {name} | {len(pairs)} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main(sys.argv[1:])
