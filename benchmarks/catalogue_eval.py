"""Real tables of other catalogues: read, written back, compared cell by cell. Needs $CONTACTLINE_EVAL or a folder."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from geo.catalogues import read_catalogue, write_catalogue
from geo.errors import CatalogueError

WRITABLE = ("acled", "ucdp")


def main() -> None:
    """Print for each table how much was read, placed and typed, and how many cells came back changed."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CONTACTLINE_EVAL")
    folder = Path(given) / "catalogues" if given else None
    if folder is None or not folder.is_dir():
        print("skipped: no folder of evaluation data (CONTACTLINE_EVAL)")
        return
    print("| table | rows | incidents | left out | with a point | with an event type | rows/s | cells changed |")
    print("|---|---|---|---|---|---|---|---|")
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in (".csv", ".xlsx", ".kml", ".kmz", ".zip")):
        print(f"| {path.name} | {report(path)} |")


def report(path: Path) -> str:
    """One line of the table."""
    faults: list[CatalogueError] = []
    start = time.process_time()
    frame = read_catalogue(path, on_error=faults.append)
    rate = len(frame) / (time.process_time() - start)
    kind = frame["incident_id"].iloc[0].split(":")[0] if len(frame) else ""
    changed = "not written" if kind not in WRITABLE or path.suffix != ".csv" else str(differences(frame, path, kind))
    typed = frame["event_type"].ne("other").mean()
    rows = len(frame) + sum("left out" in str(fault) for fault in faults)
    return (
        f"{rows} | {len(frame)} | {rows - len(frame)} | {frame['latitude'].notna().mean():.0%} | {typed:.0%} "
        f"| {rate:.0f} | {changed}"
    )


def differences(frame: pd.DataFrame, path: Path, kind: str) -> int:
    """Cells that differ between the table and what is written of it; order and case of the header do not count."""
    with tempfile.TemporaryDirectory() as folder:
        back = Path(folder) / "back.csv"
        write_catalogue(frame, back, kind)
        ours, theirs = (pd.read_csv(p, dtype=str, keep_default_na=False) for p in (back, path))
    theirs.columns = theirs.columns.str.lower()
    return int((ours[list(theirs.columns)].to_numpy() != theirs.to_numpy()).sum())


if __name__ == "__main__":
    main()
