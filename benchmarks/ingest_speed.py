"""From text to joined incidents through the store: reports a second, and how the time grows with their number."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from geo.incidents import open_coder
from geo.reports import Report, read_reports
from geo.store import open_store
from geo.theatre import load_theatre

SMALL, LARGE = 500, 5000


def reports(folder: Path, number: int) -> list[Report]:
    """The theatre's sample reports over and over, each copy with a text of its own."""
    samples = list(read_reports(folder / "reports.jsonl"))
    return [
        replace(samples[n % len(samples)], id=f"r{n}", text=f"{samples[n % len(samples)].text} ({n})")
        for n in range(number)
    ]


def main() -> None:
    """Print the CPU seconds of each step for both numbers of reports."""
    numbers = [int(argument) for argument in sys.argv[1:]] or [SMALL, LARGE]
    theatre = load_theatre()
    coder = open_coder(theatre)
    coder.code(reports(theatre.folder, 1)[0])
    rates = []
    print("| reports | ingest (s) | again (s) | claims | incidents (s) | reports/s |")
    print("|---|---|---|---|---|---|")
    for number in numbers:
        incoming = reports(theatre.folder, number)
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{folder}/store.sqlite")
            seconds = []
            for _ in range(2):
                start = time.process_time()
                store.ingest(incoming, coder.code, theatre=theatre.id, coder=coder.version)
                seconds.append(time.process_time() - start)
            start = time.process_time()
            store.incidents(theatre=theatre.id)
            joined = time.process_time() - start
            claims = len(store.claims(theatre=theatre.id))
            store.close()
        rates.append(number / (seconds[0] + joined))
        print(f"| {number} | {seconds[0]:.2f} | {seconds[1]:.2f} | {claims} | {joined:.2f} | {rates[-1]:.0f} |")
    if len(numbers) > 1:
        times = [number / rate for number, rate in zip(numbers, rates, strict=True)]
        print(f"\n{numbers[-1] / numbers[0]:.0f} times the reports took {times[-1] / times[0]:.1f} times as long.")


if __name__ == "__main__":
    main()
