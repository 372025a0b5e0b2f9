"""The annotated texts themselves: offsets, ids, vocabulary; a slip in them must not be read as one in the code."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLD = Path(__file__).resolve().parent / "gold"
THEATRE = ROOT / "data" / "theatres" / "karabakh-2020"
KARABAKH = sorted(GOLD.glob("karabakh_*.jsonl"))
WORLD = sorted(GOLD.glob("world_*.jsonl"))
ROLES = {"event", "dateline", "metonym", "actor", "background"}
STATUSES = {"claimed", "denied", "confirmed"}


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def column(path: Path, name: str) -> set[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return {row[name] for row in csv.DictReader(handle)}


ITEMS = [pytest.param(item, id=f"{path.stem}/{item['id']}") for path in KARABAKH + WORLD for item in read_jsonl(path)]
KARABAKH_ITEMS = [pytest.param(item, id=item["id"]) for path in KARABAKH for item in read_jsonl(path)]
WORLD_ITEMS = [pytest.param(item, id=item["id"]) for path in WORLD for item in read_jsonl(path)]


def test_there_are_annotated_texts_in_every_language_of_the_theatre() -> None:
    languages = tomllib.loads((THEATRE / "theatre.toml").read_text(encoding="utf-8"))["languages"]
    items = [item for path in KARABAKH for item in read_jsonl(path)]
    assert {lang: sum(item["lang"] == lang for item in items) >= 12 for lang in languages} == dict.fromkeys(
        languages, True
    )
    assert len({item["id"] for item in items}) == len(items)


@pytest.mark.parametrize("item", ITEMS)
def test_surfaces_stand_where_the_offsets_say(item: dict[str, Any]) -> None:
    text = item["text"]
    assert text == unicodedata.normalize("NFC", text)
    spans = sorted((m["start"], m["end"]) for m in item["mentions"] + item["false_friends"])
    for marked in item["mentions"] + item["false_friends"]:
        assert text[marked["start"] : marked["end"]] == marked["surface"]
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans)), "marked spans overlap"
    assert {m["role"] for m in item["mentions"]} <= ROLES


@pytest.mark.parametrize("item", ITEMS)
def test_incidents_use_the_vocabulary_and_happen_before_they_are_reported(item: dict[str, Any]) -> None:
    types = column(ROOT / "data" / "event_types.csv", "event_type")
    published = dt.date.fromisoformat(item["published"])
    for incident in item["incidents"]:
        assert {incident["event_type"], *incident.get("event_type_alt", [])} <= types
        assert {incident["status"], *incident.get("status_alt", [])} <= STATUSES
        start, end = (dt.date.fromisoformat(incident[f"event_date_{side}"]) for side in ("start", "end"))
        assert start <= end <= published
        low, high = incident["fatalities_min"], incident["fatalities_max"]
        assert low is None or high is None or low <= high
    for total in item["casualty_totals"]:
        assert total["date_start"] <= total["date_end"] <= item["published"]


@pytest.mark.parametrize("item", KARABAKH_ITEMS)
def test_ids_are_those_of_the_theatre(item: dict[str, Any]) -> None:
    places = column(THEATRE / "places.csv", "place_id")
    actors = column(THEATRE / "actors.csv", "actor_id")
    placed = [m["place_id"] for m in item["mentions"]]
    for incident in item["incidents"]:
        placed += [p for p in (incident["place_id"], *incident.get("place_alt", [])) if p is not None]
        assert incident["reported_by"] in actors | {None}
    assert set(placed) <= places
    named = {m["place_id"] for m in item["mentions"]}
    assert {i["place_id"] for i in item["incidents"]} - {None} <= named, "an incident where no mention stands"


@pytest.mark.parametrize("item", WORLD_ITEMS)
def test_places_elsewhere_carry_their_point(item: dict[str, Any]) -> None:
    for placed in item["mentions"] + [i for i in item["incidents"] if i.get("place") is not None]:
        assert -90 <= placed["lat"] <= 90
        assert -180 <= placed["lon"] <= 180
        assert placed["tol_km"] > 0


@pytest.mark.parametrize("name", ["places.csv", "actors.csv", "control_changes.csv", "incidents_reference.csv"])
def test_every_fact_of_the_theatre_names_its_source(name: str) -> None:
    with (THEATRE / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    assert [number for number, row in enumerate(rows, start=2) if not row["source"].strip()] == []


def test_sample_reports_cover_the_war_in_every_language_and_say_that_they_are_invented() -> None:
    theatre = tomllib.loads((THEATRE / "theatre.toml").read_text(encoding="utf-8"))
    reports = read_jsonl(THEATRE / "reports.jsonl")
    assert len({report["id"] for report in reports}) == len(reports)
    for lang in theatre["languages"]:
        assert sum(report["lang"] == lang for report in reports) >= 15
    for report in reports:
        assert theatre["date_from"] <= dt.date.fromisoformat(report["published"]) <= theatre["date_to"]
        assert report["text"] == unicodedata.normalize("NFC", report["text"])
        assert "demonstration" in report["note"]
        if "published_at" in report:
            assert dt.datetime.fromisoformat(report["published_at"]).tzinfo is not None
