"""Corrections: who, when and why; they hold after re-coding, can be undone, and teach the theatre names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from geo.claims import Claim, Unplaced
from geo.corrections import corrected, learnt_aliases
from geo.errors import CorrectionError
from geo.joining import join_claims
from geo.mentions import Mention
from geo.reports import Report
from geo.schema import validate_incidents
from geo.store import Store, open_store

THEATRE = "test"
DAY = dt.date(2020, 10, 4)
TOWNS = {"Ford": ("ford", 40.0, 46.0), "Hill": ("hill", 40.5, 46.5), "Mill": (None, None, None)}
WHO = {"theatre": THEATRE, "who": "Ani", "why": "the photograph shows it"}


@dataclass(frozen=True)
class Coded:
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


def code(report: Report, version: str = "1") -> Coded:
    """One claim a sentence "TOWN: N dead, type"; another version gives other ids and slightly other spans."""
    claims, start = [], 0
    for sentence in report.text.split(". "):
        town, _, rest = sentence.partition(": ")
        deaths, _, event_type = rest.partition(" dead, ")
        place_id, latitude, longitude = TOWNS[town]
        claims.append(
            Claim(
                claim_id=f"c-{report.id}-{start}-{version}",
                report_id=report.id,
                event_type=event_type.strip("."),
                date_start=DAY,
                date_end=DAY,
                date_prec=1,
                text=sentence,
                span_start=start if version == "1" else start + 1,
                span_end=start + len(sentence),
                lang="en",
                reported_at=dt.datetime(2020, 10, 4, int(report.id[1:]), tzinfo=dt.UTC),
                claimant=report.source,
                place_id=place_id,
                place_name=town,
                latitude=latitude,
                longitude=longitude,
                where_prec=1 if place_id else 7,
                admin1="Old province" if place_id else None,
                deaths_low=int(deaths),
                deaths_best=int(deaths),
                source=report.source,
            )
        )
        start += len(sentence) + 2
    return Coded(tuple(claims))


REPORTS = [
    Report("r1", "Ford: 3 dead, shelling. Mill: 0 dead, shelling.", published=DAY, source="wire"),
    Report("r2", "Ford: 5 dead, shelling", published=DAY, source="daily"),
    Report("r3", "Hill: 1 dead, ground_clash", published=DAY, source="wire"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 's.sqlite'}")
    opened.ingest(REPORTS, code, theatre=THEATRE, coder="1")
    yield opened
    opened.close()


def rows(store: Store) -> dict[str, dict[str, Any]]:
    """The incidents by the town that they are about, as written."""
    frame = store.incidents(theatre=THEATRE)
    validate_incidents(frame)
    return {row["place_name"]: row for row in frame.to_dict("records")}


def recode(store: Store) -> None:
    store.recode(lambda report: code(report, "2"), theatre=THEATRE, coder="2")
    assert all(claim.claim_id.endswith("-2") for claim in store.claims(theatre=THEATRE))


def test_without_corrections_nothing_is_changed(store: Store) -> None:
    frame = store.incidents(theatre=THEATRE)
    assert frame.drop(columns="geometry").equals(join_claims(store.claims(theatre=THEATRE)).drop(columns="geometry"))
    assert {town: row["deaths_best"] for town, row in rows(store).items()} == {"Ford": 5, "Mill": 0, "Hill": 1}


@pytest.mark.parametrize("again", [False, True])
def test_a_moved_incident(store: Store, again: bool) -> None:
    place = {"place_id": "mill", "latitude": 39.5, "longitude": 47.5, "radius_km": 2.0}
    made = store.correct("move", [rows(store)["Mill"]["incident_id"]], values=place, **WHO)
    if again:
        recode(store)
    moved = rows(store)["Mill"]
    assert (moved["place_id"], moved["latitude"], moved["longitude"], moved["radius_km"]) == ("mill", 39.5, 47.5, 2.0)
    assert (moved["where_prec"], moved["geometry"].y) == (1, 39.5)
    assert moved["revised_at"] == made.made_at
    aliases = learnt_aliases(store.corrections(theatre=THEATRE), store.claims(theatre=THEATRE))
    assert [(a.place_id, a.name, a.lang) for a in aliases] == [("mill", "Mill", "en")]


def test_nothing_of_the_old_place_stays_but_its_name_as_written(store: Store) -> None:
    store.correct("move", [rows(store)["Ford"]["incident_id"]], values={"latitude": 39.5, "longitude": 47.5}, **WHO)
    moved = rows(store)["Ford"]
    assert moved["latitude"] == 39.5
    assert [moved[name] for name in ("place_id", "admin1")] != ["ford", "Old province"]
    assert not learnt_aliases(store.corrections(theatre=THEATRE), store.claims(theatre=THEATRE))


@pytest.mark.parametrize("again", [False, True])
def test_another_type(store: Store, again: bool) -> None:
    store.correct("retype", [rows(store)["Ford"]["incident_id"]], values={"event_type": "air_strike"}, **WHO)
    if again:
        recode(store)
    assert rows(store)["Ford"]["event_type"] == "air_strike"
    assert rows(store)["Mill"]["event_type"] == "shelling"


@pytest.mark.parametrize("again", [False, True])
def test_a_rejected_incident(store: Store, again: bool) -> None:
    store.correct("reject", [rows(store)["Ford"]["incident_id"]], **WHO)
    if again:
        recode(store)
    assert set(rows(store)) == {"Mill", "Hill"}


@pytest.mark.parametrize("again", [False, True])
def test_merged_incidents(store: Store, again: bool) -> None:
    before = rows(store)
    store.correct("merge", [before["Hill"]["incident_id"], before["Ford"]["incident_id"]], **WHO)
    if again:
        recode(store)
    merged = rows(store)["Hill"]
    assert set(rows(store)) == {"Hill", "Mill"}
    assert (merged["latitude"], merged["event_type"]) == (40.5, "ground_clash")
    assert (merged["sources"], merged["number_of_sources"], merged["report_ids"]) == ("daily; wire", 2, "r1; r2; r3")
    assert [version["report_id"] for version in json.loads(merged["versions"])] == ["r1", "r2", "r3"]
    assert merged["deaths_best"] == 1  # the latest report's figure; the others stay in versions


@pytest.mark.parametrize("again", [False, True])
def test_a_split_incident(store: Store, again: bool) -> None:
    ford = rows(store)["Ford"]
    taken = [version["claim_id"] for version in json.loads(ford["versions"]) if version["report_id"] == "r2"]
    store.correct("split", [ford["incident_id"]], claim_ids=taken, **WHO)
    if again:
        recode(store)
    frame = store.incidents(theatre=THEATRE)
    at_ford = frame[frame["place_name"] == "Ford"].sort_values("deaths_best")
    assert at_ford["deaths_best"].tolist() == [3, 5]
    assert at_ford["report_ids"].tolist() == ["r1", "r2"]
    assert at_ford["incident_id"].nunique() == 2


def test_undone(store: Store) -> None:
    before = store.incidents(theatre=THEATRE)
    states = {store.state(theatre=THEATRE)}
    made = store.correct("reject", [rows(store)["Ford"]["incident_id"]], **WHO)
    states.add(store.state(theatre=THEATRE))
    between = dt.datetime.now(dt.UTC)
    store.undo(made.correction_id, who="Leyla")
    states.add(store.state(theatre=THEATRE))
    assert store.incidents(theatre=THEATRE).equals(before)
    assert len(states) == 3
    (kept,) = store.corrections(theatre=THEATRE)
    assert (kept.who, kept.why, kept.undone_by) == ("Ani", "the photograph shows it", "Leyla")
    assert kept.undone_at is not None
    assert kept.made_at < between < kept.undone_at
    (then,) = store.corrections(theatre=THEATRE, as_recorded=between)
    assert then.undone_at is None
    assert len(store.incidents(theatre=THEATRE, as_recorded=between)) == len(before) - 1
    assert len(store.incidents(theatre=THEATRE, as_recorded=made.made_at - dt.timedelta(microseconds=1))) == len(before)
    with pytest.raises(CorrectionError, match="none with this id holds"):
        store.undo(made.correction_id, who="Leyla")


def test_one_after_the_other(store: Store) -> None:
    """A retyped incident is moved, then merged: each correction starts from what the earlier ones made."""
    store.correct("retype", [rows(store)["Mill"]["incident_id"]], values={"event_type": "ground_clash"}, **WHO)
    store.correct("move", [rows(store)["Mill"]["incident_id"]], values={"latitude": 40.5, "longitude": 46.5}, **WHO)
    frame = store.incidents(theatre=THEATRE)
    assert len(frame) == 2  # same kind, day and place as the one at Hill: one event
    store.correct("reject", [frame.loc[frame["event_type"] == "ground_clash", "incident_id"].item()], **WHO)
    assert set(rows(store)) == {"Ford"}
    for correction in reversed(store.corrections(theatre=THEATRE)):
        store.undo(correction.correction_id, who="Ani")
    assert set(rows(store)) == {"Ford", "Hill", "Mill"}


def test_a_correction_whose_claims_are_gone_is_told(store: Store) -> None:
    store.correct("reject", [rows(store)["Hill"]["incident_id"]], **WHO)
    left = [claim for claim in store.claims(theatre=THEATRE) if claim.report_id != "r3"]
    result = corrected(left, store.corrections(theatre=THEATRE), join_claims)
    assert [correction.kind for correction in result.stale] == ["reject"]
    assert len(result.incidents) == 2


def test_a_span_that_fits_two_claims_corrects_neither(store: Store) -> None:
    store.correct("reject", [rows(store)["Hill"]["incident_id"]], **WHO)
    hill = next(claim for claim in store.claims(theatre=THEATRE) if claim.report_id == "r3")
    two = [replace(hill, claim_id="a"), replace(hill, claim_id="b")]
    assert len(corrected(two, store.corrections(theatre=THEATRE), join_claims).stale) == 1


@pytest.mark.parametrize(
    ("kind", "towns", "options", "said"),
    [
        ("move", ["Ford"], {"values": {"latitude": 0, "longitude": 0}}, "no place on Earth"),
        ("move", ["Ford"], {"values": {"latitude": 91, "longitude": 10}}, "no place on Earth"),
        ("move", ["Ford"], {"values": {"latitude": 40}}, "longitude missing"),
        ("move", ["Ford"], {"values": {"latitude": 40, "longitude": 46, "deaths_best": 3}}, "cannot set deaths_best"),
        ("retype", ["Ford"], {}, "event_type missing"),
        ("merge", ["Ford"], {}, "two incidents or more"),
        ("split", ["Ford"], {}, "names the claims"),
        ("split", ["Ford"], {"claim_ids": ["c-r1-0-1", "c-r2-0-1"]}, "not all and not none"),
        ("reject", ["Ford"], {"who": " "}, "who corrects"),
        ("reject", ["Ford"], {"why": ""}, "why"),
        ("reject", ["Nowhere"], {}, "no incident 'Nowhere'"),
        ("burn", ["Ford"], {}, "one of move, retype, merge, split, reject"),
    ],
)
def test_what_cannot_be_corrected(
    store: Store, kind: Any, towns: list[str], options: dict[str, Any], said: str
) -> None:
    ids = [rows(store).get(town, {"incident_id": town})["incident_id"] for town in towns]
    with pytest.raises(CorrectionError, match=said):
        store.correct(kind, ids, **{**WHO, **options})
    assert not store.corrections(theatre=THEATRE)
