"""How large the page of a whole theatre is: all its sample reports coded, every day's front, the offline base map.

python -m benchmarks.map_page [THEATRE]
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.front import fronts
from geo.incidents import join_claims, open_coder
from geo.reports import read_reports
from geo.theatre import load_theatre
from layers.export import to_html
from layers.maps import incident_map

PARTS = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>", re.DOTALL)


def main(theatre_id: str) -> None:
    """Make the page in memory and print what it weighs."""
    theatre = load_theatre(theatre_id)
    coder = open_coder(theatre)
    claims = [claim for report in read_reports(theatre.folder / "reports.jsonl") for claim in coder.code(report).claims]
    incidents = join_claims(claims)
    days = [theatre.date_from + dt.timedelta(days=n) for n in range((theatre.date_to - theatre.date_from).days + 1)]
    basemap = theatre.folder / "basemap"
    page = to_html(
        incident_map(
            incidents,
            fronts(theatre, days) if theatre.base_line else None,
            bbox=theatre.bbox,
            title=theatre.name,
            sides={side.id: side.name for side in theatre.sides},
            labels={"claimant": {actor.actor_id: actor.name for actor in theatre.actors}},
            basemap=basemap if basemap.is_dir() else None,
        )
    )
    print(f"| page of {theatre_id} | {len(incidents)} incidents, {len(days)} days | KB |\n|---|---|---:|")
    for kind, about, text in PARTS.findall(page):
        if len(text) > 5000:
            name = re.sub(r"_[0-9a-f]{32}", "", about).replace("type=", "").replace('"', "").strip() or "inlined"
            print(f"| | {kind} {name} | {len(text.encode()) / 1000:.0f} |")
    print(f"| | **all** | **{len(page.encode()) / 1000:.0f}** |")


if __name__ == "__main__":
    main(*sys.argv[1:] or ["karabakh-2020"])
