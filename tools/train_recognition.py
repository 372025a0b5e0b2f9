"""Fit the recognition model: train_recognition.py [--folds 5] GOLD.jsonl… (theatre texts as THEATRE:GOLD.jsonl).

A gold line has "text", "lang" and "toponyms" or "mentions" with start and end. Prints cross-validated precision,
recall and F1 per file (folds are whole texts), then writes data/models/recognition.toml from all of it. Only weights of
general features are written: nothing of a text gets into them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.mentions import MIN_LIKELIHOOD, read_spans
from geo.reports import Report
from geo.theatre import load_theatre
from geo.weights import RECOGNITION

RIDGE = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    rows = [row for name in args.gold for row in read_gold(name)]
    columns = sorted({feature for row in rows for feature in row["features"]})
    matrix = np.array([[row["features"].get(c, 0.0) for c in columns] for row in rows])
    matrix = np.hstack([matrix, np.ones((len(rows), 1))])
    labels = np.array([row["label"] for row in rows], dtype=float)
    weights_of_rows = np.array([row["weight"] for row in rows])
    texts = np.array([row["text"] for row in rows])
    guess = np.zeros(len(rows))
    for fold in range(args.folds):
        held = texts % args.folds == fold
        guess[held] = matrix[held] @ fit(matrix[~held], labels[~held], weights_of_rows[~held])
    report(args.gold, rows, guess, labels)
    write(columns, fit(matrix, labels, weights_of_rows))


def read_gold(name: str) -> list[dict[str, Any]]:
    """The spans of a gold file with features, label, text number and weight (each file weighs alike in the end)."""
    theatre, _, path = name.rpartition(":")
    gazetteer: Gazetteer = open_gazetteer(load_theatre(theatre) if theatre else None)
    rows, missed = [], 0
    for number, line in enumerate(filter(None, Path(path).read_text(encoding="utf-8").split("\n"))):
        gold = json.loads(line)
        spans = [(m["start"], m["end"]) for m in gold.get("toponyms", gold.get("mentions", []))]
        _, found = read_spans(Report(str(number), gold["text"], lang=gold.get("lang")), gazetteer)
        for item in found:
            met = any(item.found.start < end and start < item.found.end for start, end in spans)
            rows.append({"file": name, "text": number, "label": met, "features": item.features()})
        missed += sum(not any(i.found.start < e and s < i.found.end for i in found) for s, e in spans)
    for row in rows:
        row["weight"] = (3000 / max(len(rows), 3000)) ** 0.5
        row["missed"] = missed
    return rows


def fit(matrix: np.ndarray, labels: np.ndarray, weights_of_rows: np.ndarray) -> np.ndarray:
    """Ridge-regularised logistic regression."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        p = 1 / (1 + np.exp(-z))
        nll = weights_of_rows @ (np.logaddexp(0, z) - labels * z) + RIDGE / 2 * (w[:-1] @ w[:-1])
        gradient = matrix.T @ (weights_of_rows * (p - labels))
        gradient[:-1] += RIDGE * w[:-1]
        return float(nll), gradient

    result = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    solution: np.ndarray = result.x
    return solution


def report(names: list[str], rows: list[dict[str, Any]], guess: np.ndarray, labels: np.ndarray) -> None:
    files = np.array([row["file"] for row in rows])
    for name in names:
        part = files == name
        missed = next(row["missed"] for row in rows if row["file"] == name)
        for cut in (0.35, MIN_LIKELIHOOD, 0.55):
            said = guess[part] >= np.log(cut / (1 - cut))
            right = float((said & (labels[part] > 0)).sum())
            precision, recall = right / max(said.sum(), 1), right / (labels[part].sum() + missed)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            sys.stdout.write(f"{name.rpartition('/')[2]} cut {cut}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n")


def write(columns: list[str], weights: np.ndarray) -> None:
    lines = ["# Written by tools/train_recognition.py; see geo/recognition.py for what the features mean.", "[weights]"]
    lines += [f"{json.dumps(name)} = {weight:.3f}" for name, weight in zip([*columns, "bias"], weights, strict=True)]
    RECOGNITION.parent.mkdir(parents=True, exist_ok=True)
    RECOGNITION.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
