"""Coding reports into incidents, measured on the annotated texts of tests/gold.

    python -m benchmarks.coding [FILE.jsonl …]

Prints the figures by language and by event type and draws what was taken for what into out/coding.svg.
Further annotated files of the same shape are read from $CONTACTLINE_EVAL/gold where that folder is there.
A place is right within max(5 km, its radius) or where both have none; a date where the intervals meet and neither
end is more than a day off; running totals are left out.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.claims import Claim
from geo.incidents import open_coder
from geo.reports import Report
from geo.theatre import load_theatre

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent / "tests" / "gold"
THEATRE = "karabakh-2020"
DAY = dt.timedelta(days=1)
Item = Mapping[str, Any]
Same = Callable[[Claim, Item], bool]


def main(files: Sequence[str] = ()) -> None:
    """Code every text and print what was found of what is there."""
    theatre = load_theatre(THEATRE)
    coder = open_coder(theatre)
    table = theatre.table("places").set_index("place_id")
    places = {
        str(i): (float(r["latitude"]), float(r["longitude"]), float(r["radius_km"] or 0)) for i, r in table.iterrows()
    }
    by_file = {path.stem: read_gold(path) for path in gold_files(files)}
    golds = [item for items in by_file.values() for item in items]
    start = time.process_time()
    coded = [incidents_of(coder.code(report_of(gold)).claims) for gold in golds]
    seconds = time.process_time() - start
    pairs = list(zip(golds, coded, strict=True))
    print(f"{len(golds)} texts, {len(golds) / seconds:.0f} a second on one core, from text to claims\n")
    head = ("", "texts", "strict F1", "place+date F1", "type+date F1", "claimant", "status", "deaths", "false alarms")
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for lang in ("all", *sorted({g["lang"] for g in golds})):
        print(line_of(lang, [p for p in pairs if lang in ("all", p[0]["lang"])], places))
    for name, items in by_file.items():
        ids = {g["id"] for g in items}
        print(line_of(name, [p for p in pairs if p[0]["id"] in ids], places))
    print("\n| event type | in the texts | found | right |\n|---|---|---|---|")
    confused = confusion(pairs, places)
    for kind in sorted({k for pair in confused for k in pair} - {""}):
        there = sum(n for (g, _), n in confused.items() if g == kind)
        found = sum(n for (_, p), n in confused.items() if p == kind)
        print(f"| {kind} | {there} | {found} | {confused[kind, kind]} |")
    picture = HERE.parent / "out" / "coding.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(drawn(confused), encoding="utf-8")


def gold_files(files: Sequence[str]) -> list[Path]:
    """The files named, else those of the repository and of the evaluation folder."""
    if files:
        return [Path(f) for f in files]
    extra = Path(os.environ.get("CONTACTLINE_EVAL", "")) / "gold"
    more = sorted(extra.glob("karabakh*.jsonl")) if os.environ.get("CONTACTLINE_EVAL") else []
    return [*sorted(GOLD.glob("karabakh*.jsonl")), *more]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated texts of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_of(gold: Item) -> Report:
    """An annotated text as a report, with its language and day."""
    day = dt.date.fromisoformat(gold["published"])
    return Report(gold["id"], gold["text"], lang=gold["lang"], published=day, source=gold.get("source"))


def incidents_of(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without running totals."""
    return [c for c in claims if c.scope != "cumulative_total"]


def line_of(
    lang: str, pairs: Sequence[tuple[Item, list[Claim]]], places: Mapping[str, tuple[float, float, float]]
) -> str:
    """One line of the table."""
    figures = figures_of(pairs, places)
    cells = [f"{figures[k]:.2f}" if figures[k] is not None else "–" for k in FIGURES]
    return f"| {lang} | {len(pairs)} | " + " | ".join(cells) + " |"


FIGURES = ("strict", "place_date", "type_date", "claimant", "status", "deaths", "false_alarm")


def figures_of(
    pairs: Sequence[tuple[Item, list[Claim]]], places: Mapping[str, tuple[float, float, float]]
) -> dict[str, float | None]:
    """F1 of three kinds of agreement, then how often the rest is right where all three agree."""
    n: Counter[str] = Counter()

    def place(c: Claim, g: Item) -> bool:
        return near(c, g, places)

    for gold, claims in pairs:
        there = gold["incidents"]
        n["there"] += len(there)
        n["found"] += len(claims)
        strict = matched(claims, there, lambda c, g: same_type(c, g) and place(c, g) and same_days(c, g))
        n["strict"] += len(strict)
        n["place_date"] += len(matched(claims, there, lambda c, g: place(c, g) and same_days(c, g)))
        n["type_date"] += len(matched(claims, there, lambda c, g: same_type(c, g) and same_days(c, g)))
        n["claimant"] += sum(c.claimant == g["reported_by"] for c, g in strict)
        n["status"] += sum(c.claim_status in (g["status"], *(g.get("status_alt") or [])) for c, g in strict)
        n["deaths"] += sum(
            (c.deaths_low, c.deaths_high) == (g["fatalities_min"], g["fatalities_max"]) for c, g in strict
        )
        n["quiet"] += not there
        n["false_alarm"] += not there and bool(claims)
    total = n["there"] + n["found"]
    scores: dict[str, float | None] = {k: 2 * n[k] / total if total else None for k in FIGURES[:3]}
    scores |= {k: n[k] / n["strict"] if n["strict"] else None for k in FIGURES[3:6]}
    return scores | {"false_alarm": n["false_alarm"] / n["quiet"] if n["quiet"] else None}


def matched(claims: Iterable[Claim], golds: Iterable[Item], same: Same) -> list[tuple[Claim, Item]]:
    """Each claim with the first annotated incident that it agrees with and no other has taken."""
    left, pairs = list(golds), []
    for claim in claims:
        hit = next((g for g in left if same(claim, g)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((claim, hit))
    return pairs


def same_type(claim: Claim, gold: Item) -> bool:
    """The type, or another that the annotation allows for."""
    return claim.event_type in (gold["event_type"], *(gold.get("event_type_alt") or []))


def same_days(claim: Claim, gold: Item) -> bool:
    """The intervals meet and neither end is more than a day off."""
    start, end = (dt.date.fromisoformat(gold[k]) for k in ("event_date_start", "event_date_end"))
    meet = claim.date_start <= end + DAY and start <= claim.date_end + DAY
    return meet and abs(claim.date_start - start) <= DAY and abs(claim.date_end - end) <= DAY


def near(claim: Claim, gold: Item, places: Mapping[str, tuple[float, float, float]]) -> bool:
    """Within max(5 km, radius) of the annotated place or of another that it allows for; or neither has one."""
    for wanted in (gold, *(gold.get("place_alt") or [])):
        point = point_of(wanted, places)
        if point is None or claim.latitude is None or claim.longitude is None:
            if point is None and claim.latitude is None:
                return True
            continue
        if km((claim.latitude, claim.longitude), point[:2]) <= max(5.0, point[2]):
            return True
    return False


def point_of(
    wanted: Item | str | None, places: Mapping[str, tuple[float, float, float]]
) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius of an annotated place: its own, or those of its id."""
    if not isinstance(wanted, Mapping):
        return places.get(wanted) if isinstance(wanted, str) else None
    if wanted.get("lat") is not None:
        return wanted["lat"], wanted["lon"], wanted.get("tol_km") or 0.0
    return places.get(wanted.get("place_id") or "")


def km(a: tuple[float, float], b: tuple[float, ...]) -> float:
    """Distance of two points (latitude, longitude) in km."""
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def confusion(
    pairs: Sequence[tuple[Item, list[Claim]]], places: Mapping[str, tuple[float, float, float]]
) -> Counter[tuple[str, str]]:
    """(annotated type, coded type) by place and date; "" where the other side has nothing."""
    counts: Counter[tuple[str, str]] = Counter()
    for gold, claims in pairs:
        exact = matched(
            claims, gold["incidents"], lambda c, g: same_type(c, g) and near(c, g, places) and same_days(c, g)
        )
        rest = [c for c in claims if not any(c is d for d, _ in exact)]
        left = [g for g in gold["incidents"] if not any(g is h for _, h in exact)]
        loose = matched(rest, left, lambda c, g: near(c, g, places) and same_days(c, g))
        for claim, item in exact:
            counts[
                item["event_type"] if claim.event_type == item["event_type"] else claim.event_type, claim.event_type
            ] += 1
        for claim, item in loose:
            counts[item["event_type"], claim.event_type] += 1
        for claim in rest:
            counts["", claim.event_type] += not any(claim is c for c, _ in loose)
        for item in left:
            counts[item["event_type"], ""] += not any(item is g for _, g in loose)
    return +counts


def drawn(counts: Mapping[tuple[str, str], int]) -> str:
    """The confusion matrix as an SVG: rows annotated, columns coded, darker is more."""
    kinds = [*sorted({k for pair in counts for k in pair} - {""}), ""]
    size, left, top = 34, 170, 150
    width, height = left + size * len(kinds) + 20, top + size * len(kinds) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="8" y="20" font-size="14">annotated (rows) and coded (columns)</text>',
    ]
    for i, kind in enumerate(kinds):
        x, y = left + size * i + size / 2, top + size * i + size / 2 + 4
        label = kind or "nothing"
        parts.append(f'<text x="{left - 6}" y="{y}" text-anchor="end">{label}</text>')
        parts.append(f'<text transform="translate({x + 4},{top - 6}) rotate(-60)">{label}</text>')
    for row, gold in enumerate(kinds):
        total = sum(n for (g, _), n in counts.items() if g == gold) or 1
        for column, coded in enumerate(kinds):
            n = counts.get((gold, coded), 0)
            x, y = left + size * column, top + size * row
            colour = "#2b7a4b" if gold == coded else "#b4432f"
            parts.append(
                f'<rect x="{x}" y="{y}" width="{size - 2}" height="{size - 2}" fill="{colour}"'
                f' fill-opacity="{0.06 + 0.94 * n / total if n else 0.04:.2f}"/>'
            )
            if n:
                parts.append(f'<text x="{x + size / 2 - 1}" y="{y + size / 2 + 3}" text-anchor="middle">{n}</text>')
    return "\n".join([*parts, "</svg>"])


if __name__ == "__main__":
    main(sys.argv[1:])
