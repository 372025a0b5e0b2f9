"""Fit how likely a draft is right: train_credence.py [--dump FILE] [--also FILE]… [GOLD.jsonl …].

Gold files are annotated reports (tests/gold/README.md); those called world_… are coded in theatres made for them.
Each draft that the rules make is taken with its features (geo/credence.py) and whether its place and days are right, as
benchmarks/coding.py counts it. Use texts that the rules have never been worked with: of those that they were, they get
nearly all right, and there is nothing to learn. `--dump` only writes the features, a line a report, so that texts can
be coded by the rules as they stood before they met them; `--also` reads such a file. Prints what each threshold keeps,
cross-validated over whole texts, then writes data/models/credence.toml.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.coding import incidents_of, matched, near, read_gold, report_of, same_days, same_type
from benchmarks.coding_world import coder_for, war_of
from geo.claims import claims_from
from geo.credence import features
from geo.incidents import Coder, open_coder
from geo.theatre import load_theatre
from geo.told import told_in
from geo.weights import CREDENCE

RIDGE = 1 / 0.3
LEAST = 0.02  # a weight nearer to zero is left out
FOLDS = 10
STEPS = 50
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*")
    parser.add_argument("--also", action="append", default=[], type=Path)
    parser.add_argument("--dump", type=Path)
    args = parser.parse_args()
    rows = [json.loads(line) for path in args.also for line in path.read_text(encoding="utf-8").splitlines()]
    rows += [row for name in args.gold for row in coded(name)]
    if args.dump:
        args.dump.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return
    drafts = [draft for row in rows for draft in row["drafts"]]
    columns = sorted({name for draft in drafts for name in draft["features"]})
    matrix = np.array([[draft["features"].get(c, 0.0) for c in columns] + [1.0] for draft in drafts])
    right = np.array([draft["right"] for draft in drafts], dtype=float)
    texts = np.array([at % FOLDS for at, row in enumerate(rows) for _ in row["drafts"]])
    guess = np.zeros(len(drafts))
    for fold in range(FOLDS):
        guess[texts == fold] = matrix[texts == fold] @ fitted(matrix[texts != fold], right[texts != fold])
    for least in (0.0, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        print_kept(rows, 1 / (1 + np.exp(-guess)) >= least, least)
    write([*columns, "bias"], fitted(matrix, right))


def coded(name: str) -> Iterator[Row]:
    """The drafts of each text of a gold file; without a threshold."""
    path = Path(name)
    home = open_coder(load_theatre("karabakh-2020"))
    rows = home.theatre.table("places").to_dict("records")
    places = {r["place_id"]: (float(r["latitude"]), float(r["longitude"]), float(r["radius_km"] or 0)) for r in rows}
    with tempfile.TemporaryDirectory() as folder:
        made = functools.cache(lambda war: coder_for(war, Path(folder)))
        for gold in read_gold(path):
            coder = made(war_of(gold)) if path.stem.startswith("world_") else home
            yield {"there": len(gold["incidents"]), "drafts": list(drafts_of(gold, coder, places))}


def drafts_of(gold: Row, coder: Coder, places: dict[str, tuple[float, float, float]]) -> Iterator[Row]:
    """Each draft with its features and whether it is right."""
    report = coder.complete(report_of(gold))
    mentions = coder.mentions(report)
    told = told_in(report, mentions, coder.desk, min_credence=0.0)
    if told is None:
        return
    made = []
    for draft in told.drafts:
        claims = incidents_of(claims_from(report, replace(told, drafts=[draft], scenes=[]), coder.desk))
        if claims:
            made.append((draft, claims[0]))
    there = gold["incidents"]
    day = matched([c for _, c in made], there, lambda c, g: near(c, g, places) and same_days(c, g))
    strict = matched(
        [c for _, c in made], there, lambda c, g: near(c, g, places) and same_days(c, g) and same_type(c, g)
    )
    for draft, claim in made:
        place = coder.desk.place_of(draft.place.place_id) if draft.place and draft.place.place_id else None
        yield {
            "features": features(draft, told.drafts, told.reading, place),
            "right": any(claim is other for other, _ in day),
            "strict": any(claim is other for other, _ in strict),
        }


def fitted(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Ridge-regularised logistic regression by Newton's steps; the last column is the bias, which is free."""
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[-1] = 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (chance - right) + ridge * weights
        curve = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve + 1e-6 * np.eye(len(weights)), slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def print_kept(rows: Sequence[Row], kept: Iterable[bool], least: float) -> None:
    """F1 of place and day, of all three, and the share of quiet texts that get an incident, at a threshold."""
    flags = iter(kept)
    found = right = strict = there = quiet = false = 0
    for row in rows:
        stay = [draft for draft in row["drafts"] if next(flags)]
        found, there = found + len(stay), there + row["there"]
        right, strict = right + sum(d["right"] for d in stay), strict + sum(d["strict"] for d in stay)
        quiet, false = quiet + (not row["there"]), false + (not row["there"] and bool(stay))
    f1 = [2 * n / max(found + there, 1) for n in (strict, right)]
    sys.stdout.write(
        f"{least}: strict {f1[0]:.3f} place and day {f1[1]:.3f} false alarms {false / max(quiet, 1):.3f}\n"
    )


def write(names: Sequence[str], weights: np.ndarray) -> None:
    lines = ["# Written by tools/train_credence.py; see geo/credence.py for what the features mean.", "[weights]"]
    lines += [
        f"{json.dumps(name)} = {weight:.3f}"
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= LEAST
    ]
    CREDENCE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
