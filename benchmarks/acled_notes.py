"""Notes of ACLED read as reports: is the place that ACLED chose found, and does an incident stand there?

    python -m benchmarks.acled_notes FILE…

Each row's `notes` is a report of its `event_date`, in a theatre that `contactline theatre new` makes for the countries
of the file. Right is what lies within 10 km of the row's own point. Without files those in $CONTACTLINE_EVAL are read.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.geoparse import distance_km  # noqa: E402
from geo.catalogues import read_catalogue  # noqa: E402
from geo.incidents import Coder, open_coder  # noqa: E402
from geo.new_theatre import Founding, new_theatre  # noqa: E402
from geo.reports import Report  # noqa: E402
from geo.sources import TableSource  # noqa: E402
from geo.theatre import load_theatre  # noqa: E402

NEAR_KM = 10.0
COUNTRIES = ROOT / "data" / "world" / "countries.csv"
HEAD = "| file | rows | mention within 10 km | incident within 10 km | name known within 10 km | share of known |"


def main() -> None:
    """Print one line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--missed", action="store_true", help="list the rows without an incident at their place")
    args = parser.parse_args()
    folder = Path(os.environ.get("CONTACTLINE_EVAL", "")) / "catalogues"
    files = args.files or (sorted(folder.glob("acled*.csv")) if os.environ.get("CONTACTLINE_EVAL") else [])
    if not files:
        print("skipped: no file given, and no folder of evaluation data (CONTACTLINE_EVAL)")
        return
    print(HEAD + "\n|" + "---|" * HEAD.count(" | ") + "---|")
    for path in files:
        measure(path, missed=args.missed)


def measure(path: Path, *, missed: bool) -> None:
    """Code the notes of one table and print its line."""
    rows = read_catalogue(path, kind="acled", on_error=lambda _: None)
    rows = rows[rows["latitude"].notna() & rows["text"].notna()]
    with tempfile.TemporaryDirectory() as folder:
        coder = open_coder(load_theatre(theatre_for(rows, Path(folder))))
    n: Counter[str] = Counter(rows=len(rows))
    for row in rows.to_dict("records"):
        coded = coder.code(
            Report(row["incident_id"], row["text"], lang="en", published=row["date_start"].date(), source="ACLED")
        )
        mention, incident = is_near(coded.mentions, row), is_near(coded.claims, row)
        n.update(mention=mention, incident=incident, known=is_known(row, coder))
        if missed and not incident:
            said = [(m.text, m.role, round(gap(m, row))) for m in coded.mentions if m.latitude is not None]
            print(f"  {'found' if mention else 'lost'} {row['place_name']}: {row['text']}\n    {said}")
    share = [f"{n[name] / max(n['rows'], 1):.1%}" for name in ("mention", "incident", "known")]
    print(f"| {path.name} | {n['rows']} | {' | '.join(share)} | {n['incident'] / max(n['known'], 1):.1%} |")


def theatre_for(rows: Any, folder: Path) -> Path:
    """A new theatre for the countries and days of a table."""
    codes = {place.names["en"]: place.country for place in TableSource(COUNTRIES, feature="country").places()}
    countries = tuple(codes[name] for name in rows["country"].value_counts().index if name in codes)
    first, last = rows["date_start"].min().date(), rows["date_start"].max().date()
    return new_theatre(Founding("acled-notes", countries, first, last), folder)


def gap(found: Any, row: dict[str, Any]) -> float:
    """Kilometres between what was found and ACLED's point."""
    return distance_km(found.latitude, found.longitude, row["latitude"], row["longitude"])


def is_near(found: Sequence[Any], row: dict[str, Any]) -> bool:
    """Whether any of what was found lies within 10 km."""
    return any(thing.latitude is not None and gap(thing, row) <= NEAR_KM for thing in found)


def is_known(row: dict[str, Any], coder: Coder) -> bool:
    """Whether the gazetteer has a place of the name that ACLED gives the row, within 10 km: the ceiling."""
    name = str(row["place_name"]).partition(" - ")[0]
    return is_near(coder.gazetteer.search(name, "en", limit=200), row)


if __name__ == "__main__":
    main()
