"""Reading place names, measured: found and placed, roles, calibration, speed; beside flashgeotext in the same run.

    python benchmarks/geoparse.py [--gold FILE…] [--corpora FOLDER] [--limit N] [--json OUT]

Gold reports are those in tests/gold. Corpora (LGL, NEREL, HIPE, …) are no part of this project: give the folder of
their JSONL files with --corpora or $CONTACTLINE_EVAL; without it that part says that it is skipped.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ahocorasick_rs  # noqa: E402

from geo.folding import name_key  # noqa: E402
from geo.gazetteer import Gazetteer, open_gazetteer  # noqa: E402
from geo.mentions import Mention, find_mentions  # noqa: E402
from geo.places import place_mentions  # noqa: E402
from geo.reports import Report  # noqa: E402
from geo.theatre import load_theatre  # noqa: E402

GOLD = ROOT / "tests" / "gold"
PLACES = ROOT / "data" / "theatres" / "karabakh-2020" / "places.csv"
NEAR_KM, WORLD_KM, BINS, ROUNDS = 5.0, 161.0, 10, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="*", type=Path, default=sorted(GOLD.glob("karabakh*.jsonl")))
    parser.add_argument("--corpora", type=Path, default=os.environ.get("CONTACTLINE_EVAL"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    theatre, world = open_gazetteer(load_theatre("karabakh-2020")), open_gazetteer()
    results: dict[str, Any] = {}
    for path in args.gold:
        results[path.stem] = show_reports(path, theatre)
    for path in sorted(GOLD.glob("world_*.jsonl")):
        results[path.stem] = show_reports(path, world)
    results["speed"] = show_speed(args.gold, theatre)
    folder = Path(args.corpora) if args.corpora else None
    if folder is None or not folder.is_dir():
        print("corpora: skipped, no folder given (--corpora or CONTACTLINE_EVAL)")
    else:
        for path in sorted((folder / "geoparse" / "gold").glob("*.jsonl") or folder.glob("*.jsonl")):
            results[path.stem] = show_corpus(path, theatre if path.stem.startswith("theatre") else world, args.limit)
    results["bare_match"] = show_bare_match(args.gold, theatre)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def read(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [json.loads(line) for line in lines[:limit]]


def mentions_of(gold: dict[str, Any], gazetteer: Gazetteer) -> list[Mention]:
    report = Report(gold["id"], gold["text"], lang=gold.get("lang"))
    return place_mentions(report, find_mentions(report, gazetteer), gazetteer)


def show_reports(path: Path, gazetteer: Gazetteer) -> dict[str, Any]:
    """Annotated reports: found and placed within max(5 km, the place's radius), roles, calibration."""
    if not path.exists():
        print(f"{path.stem}: skipped, no such file")
        return {}
    with PLACES.open(encoding="utf-8", newline="") as file:
        points = {r["place_id"]: r for r in csv.DictReader(file)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: list[tuple[float, bool]] = []
    for gold in read(path):
        found = mentions_of(gold, gazetteer)
        for lang in ("all", gold["lang"]):
            counts[lang].update(compare(gold, found, points, sure if lang == "all" else []))
    result = {}
    for lang, n in counts.items():
        placed, exact = f1(n["placed"], n["said"], n["gold"]), f1(n["exact"], n["said"], n["gold"])
        result[lang] = {"placed_f1": placed, "exact_f1": exact, "roles": round(n["role"] / max(n["met"], 1), 3)}
        print(f"{path.stem:14} {lang:4} placed F1 {placed:.3f}  span F1 {exact:.3f}  roles {result[lang]['roles']:.3f}")
    result["calibration_error"] = calibration_error(sure)
    print(f"{path.stem:14} expected calibration error of 'placed right' {result['calibration_error']:.3f}")
    return result


def compare(
    gold: dict[str, Any], found: Sequence[Mention], points: dict[str, dict[str, str]], sure: list[tuple[float, bool]]
) -> Counter[str]:
    n = Counter(said=len(found), gold=len(gold["mentions"]))
    left = list(gold["mentions"])
    for mention in found:
        met = next((g for g in left if mention.start < g["end"] and g["start"] < mention.end), None)
        right = False
        if met is not None:
            left.remove(met)
            right = is_near(mention, met, points)
            n.update(met=1, role=mention.role == met["role"], placed=right)
            n.update(exact=(mention.start, mention.end) == (met["start"], met["end"]))
        if mention.latitude is not None:
            sure.append((mention.confidence, right))
    return n


def is_near(mention: Mention, gold: dict[str, Any], points: dict[str, dict[str, str]]) -> bool:
    place = points.get(gold.get("place_id") or "")
    lat, lon, radius = gold.get("lat"), gold.get("lon"), gold.get("tol_km") or 0.0
    if place is not None:
        lat, lon, radius = float(place["latitude"]), float(place["longitude"]), float(place["radius_km"] or 0)
    if lat is None or lon is None or mention.latitude is None or mention.longitude is None:
        return lat is None and mention.latitude is None
    return distance_km(mention.latitude, mention.longitude, lat, lon) <= max(NEAR_KM, radius)


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """Mean gap between confidence and share of right placements, over ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in sure:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return round(sum(gaps) / max(len(sure), 1), 3)


def show_corpus(path: Path, gazetteer: Gazetteer, limit: int | None) -> dict[str, float]:
    """A corpus of toponyms: recognition (overlap) and, where it has points, end to end within 161 km."""
    n: Counter[str] = Counter()
    for gold in read(path, limit):
        said = mentions_of(gold, gazetteer)
        left = list(gold["toponyms"])
        n.update(said=len(said), gold=len(left), points=sum(t.get("lat") is not None for t in left))
        for mention in said:
            met = next((t for t in left if mention.start < t["end"] and t["start"] < mention.end), None)
            if met is None:
                n.update(placed=mention.latitude is not None)
                continue
            left.remove(met)
            n.update(met=1)
            if met.get("lat") is not None and mention.latitude is not None and mention.longitude is not None:
                far = distance_km(mention.latitude, mention.longitude, met["lat"], met["lon"])
                # a whole country is right anywhere inside: the choice of its middle must not decide
                reach = max(WORLD_KM, mention.radius_km or 0.0) if met.get("cc") else WORLD_KM
                n.update(placed=1, right=far <= reach)
    result = {"recognition_f1": f1(n["met"], n["said"], n["gold"])}
    if n["points"]:
        result["end_to_end_f1"] = f1(n["right"], n["placed"], n["points"])
    print(f"{path.stem:18} " + "  ".join(f"{name} {value:.3f}" for name, value in result.items()))
    return result


def show_speed(paths: Iterable[Path], gazetteer: Gazetteer) -> dict[str, float]:
    """Reports a second on one core, over texts read before and for the first time; flashgeotext only lists names."""
    gold = [g for path in paths for g in read(path)]
    fresh = open_gazetteer(load_theatre("karabakh-2020"))
    started = time.process_time()
    for item in gold:
        mentions_of(item, fresh)
    first = len(gold) / (time.process_time() - started)
    ours = per_second(lambda: [mentions_of(g, gazetteer) for g in gold], len(gold))
    result = {"reports_per_s": ours, "first_pass_per_s": first}
    try:
        from flashgeotext.geotext import GeoText
        from loguru import logger
    except ImportError:
        print(f"speed: {ours:.0f} reports/s; flashgeotext is not installed (pip install contactline[bench])")
        return result
    logger.remove()
    peer = GeoText()
    theirs = per_second(lambda: [peer.extract(g["text"], span_info=True) for g in gold], len(gold))
    result |= {"flashgeotext_per_s": theirs, "ratio": ours / theirs}
    print(
        f"speed: {ours:.0f} reports/s, flashgeotext {theirs:.0f}, ratio {ours / theirs:.2f}; "
        f"the first time, with words never met before, {first:.0f}"
    )
    return result


def show_bare_match(paths: Iterable[Path], gazetteer: Gazetteer) -> dict[str, float]:
    """Aho-Corasick alone over the names of the same gazetteer: it lists strings and knows no ending, role or place."""
    gold = [g for path in paths for g in read(path)]
    index = gazetteer.index
    names = {key for row in range(index.rows) for name in index.text(row)[1].values() if len(key := name_key(name)) > 2}
    automaton = ahocorasick_rs.AhoCorasick(sorted(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    folded = [name_key(g["text"]) for g in gold]
    result = {
        "names": len(names),
        "matched_per_s": per_second(lambda: [automaton.find_matches_as_indexes(t) for t in folded], len(gold)),
        "folded_and_matched_per_s": per_second(
            lambda: [automaton.find_matches_as_indexes(name_key(g["text"])) for g in gold], len(gold)
        ),
    }
    print(
        f"Aho-Corasick over {len(names):,} names: {result['matched_per_s']:.0f} folded reports/s, "
        f"{result['folded_and_matched_per_s']:.0f} with folding"
    )
    return result


def per_second(work: Callable[[], object], count: int) -> float:
    work()
    best = math.inf
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def f1(right: int, said: int, gold: int) -> float:
    return round(2 * right / (said + gold), 3) if said + gold else 0.0


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


if __name__ == "__main__":
    main()
