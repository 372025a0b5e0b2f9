"""Our map beside what else there is, in one run on one machine: ratios count, not absolute times.

    python -m benchmarks.map_speed              # 10,000 and 100,000 incidents; ours at a million and five million too
    python -m benchmarks.map_speed --million    # the peers at a million as well (some minutes, gigabytes)
    python -m benchmarks.map_speed --ours       # ours again; the peers' rows stay as they were measured before

Writes results/map_speed.md, .json and .svg. A date step shows another third of the days and counts as done when it is
painted; two frames, 33 ms, are the floor. Where many are in view our map shows their density unless the reader wants
every symbol: both are measured. Bytes are the page's less those of the same page without incidents.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._map_browser import measure
from benchmarks._map_chart import bar_chart
from benchmarks._map_variants import VARIANTS, made_up

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parent.parent


def build(name: str, count: int, folder: Path) -> dict[str, Any]:
    """Make a page in a process of its own; its time is from the table in memory to the file on the disk."""
    path = folder / "page.html"
    command = [sys.executable, "-m", "benchmarks.map_speed", "--build", name, str(count), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=240)
    except subprocess.TimeoutExpired:
        return {"fault": "Python: more than 240 s"}
    if done.returncode:
        return {"fault": "Python: " + (done.stderr.strip().splitlines() or ["?"])[-1][:80]}
    return {"python_s": float(done.stdout), "bytes": path.stat().st_size}


def build_here(name: str, count: int, path: Path) -> None:
    """What the process of its own does: make the table, then print the seconds that the page took."""
    incidents = made_up(count)
    VARIANTS[name].build(incidents.head(10), path)  # imports and first use are not what is measured
    begin = time.perf_counter()
    VARIANTS[name].build(incidents, path)
    print(f"{time.perf_counter() - begin:.3f}")


def run(name: str, count: int, bare: dict[str, int]) -> dict[str, Any]:
    """One variant at one size."""
    variant = VARIANTS[name]
    with tempfile.TemporaryDirectory(prefix="contactline-bench-") as folder:
        row = {"variant": name, "incidents": count, **build(name, count, Path(folder))}
        if "fault" not in row:
            row["bytes_per_incident"] = round((row["bytes"] - bare[name]) / count, 1)
            row |= measure(Path(folder) / "page.html", variant.third, variant.symbols, webgl=variant.webgl)
    return row


COLUMNS = {
    "variant": "",
    "incidents": "incidents",
    "python_s": "Python s",
    "bytes_per_incident": "bytes/incident",
    "idle_s": "idle s",
    "step_ms": "date step ms",
    "symbols_ms": "every symbol ms",
    "memory_mb": "renderer MB",
    "requests": "requests",
    "load": "load",
    "fault": "",
}


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    cells = [[_words(row.get(key)) for key in COLUMNS] for row in rows]
    lines = ["| " + " | ".join(COLUMNS.values()) + " |", "|---" + "|---:" * (len(COLUMNS) - 2) + "|---|"]
    return "\n".join([*lines, *("| " + " | ".join(line) + " |" for line in cells)])


def _words(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)


def main(million: bool, ours: bool) -> None:
    """Measure, print and write."""
    bare = {}
    with tempfile.TemporaryDirectory(prefix="contactline-bench-") as folder:
        for name in ("contactline",) if ours else VARIANTS:
            bare[name] = int(build(name, 1, Path(folder)).get("bytes", 0))
    sizes = (10_000, 100_000, 1_000_000)
    wanted = [(n, s) for s in sizes for n in VARIANTS if s < 1_000_000 or n == "contactline" or million]
    wanted += [("contactline", 2_000_000), ("contactline", 5_000_000)]
    rows: list[dict[str, Any]] = []
    if ours:
        rows = [r for r in json.loads((RESULTS / "map_speed.json").read_text("utf-8")) if r["variant"] != "contactline"]
        wanted = [(n, s) for n, s in wanted if n == "contactline"]
    for name, count in wanted:
        rows.append(run(name, count, bare) | {"load": round(os.getloadavg()[0], 1)})
        print(table(rows[-1:]).splitlines()[-1], flush=True)
        rows.sort(key=lambda r: (r["incidents"], list(VARIANTS).index(r["variant"])))
        keep(rows)  # a run that is stopped keeps what it has
    print(f"\n{table(rows)}\n")


def keep(rows: list[dict[str, Any]]) -> None:
    """Write table, rows and chart."""
    RESULTS.mkdir(exist_ok=True)
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    text = f"# The map beside others\n\n{__doc__}\nMeasured on {where}; Chromium without a GPU.\n\n{table(rows)}\n"
    (RESULTS / "map_speed.md").write_text(text, encoding="utf-8")
    (RESULTS / "map_speed.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "map_speed.svg").write_text(bar_chart(rows), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build_here(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main("--million" in sys.argv, "--ours" in sys.argv)
