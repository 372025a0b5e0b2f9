"""Incidents: the flow from a report's text to claims and records, with the theatre's own gazetteer."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from benchmarks import coding
from geo.coded import coded_record
from geo.errors import ReportError
from geo.incidents import Coder, coder_version, join_claims, open_coder
from geo.reports import Report
from geo.schema import COLUMNS, validate_incidents
from geo.theatre import load_theatre

TEXT = (
    "EREVAN/BAKOU, 23 octobre (Agence) - Paris et Moscou cherchent vendredi une issue à la guerre, qui a déjà fait"
    " quelque 5.000 morts depuis le 27 septembre, selon le Kremlin. Deux trêves ont été ignorées.\n"
    "Le ministère azerbaïdjanais de la Défense a fait état de combats en plusieurs points de la ligne de front."
    " La ville de Martuni, au Karabakh, a été pilonnée pendant la nuit par les forces de Bakou, affirme le ministère"
    " arménien de la Défense. Des émissaires étaient attendus à Washington."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return open_coder(load_theatre("karabakh-2020"))


def test_a_dispatch_without_language_or_day(coder: Coder) -> None:
    coded = coder.code(Report("d", TEXT))
    assert (coded.report.lang, coded.report.published) == ("fr", dt.date(2020, 10, 23))
    told = {(c.event_type, c.place_id, c.claimant, c.scope) for c in coded.claims}
    assert told == {
        ("casualties", None, "ru_gov", "cumulative_total"),
        ("ground_clash", None, "az_mod", "incident"),
        ("shelling", "martuni_nk", "am_mod", "incident"),
    }
    shelling = next(c for c in coded.claims if c.event_type == "shelling")
    assert (str(shelling.date_start), str(shelling.date_end)) == ("2020-10-22", "2020-10-23")
    assert (shelling.perpetrator, shelling.claim_status) == ("AZ", "claimed")
    roles = {m.text: m.role for m in coded.mentions}
    assert (roles["Martuni"], roles["Washington"], roles["EREVAN"]) == ("event", "background", "dateline")


def test_a_report_without_a_day_is_told_what_would_do(coder: Coder) -> None:
    with pytest.raises(ReportError, match=r"'x'.*--published"):
        coder.code(Report("x", "Shells fell on Martuni, the ministry said.", lang="en"))


def test_the_record_is_json_with_the_table_s_columns(coder: Coder) -> None:
    record = json.loads(json.dumps(coded_record(coder.code(Report("d", TEXT))), ensure_ascii=False))
    assert set(record) == {"id", "mentions", "incidents", "unplaced"}
    assert all(set(row) == set(COLUMNS) for row in record["incidents"])
    assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in record["mentions"])
    assert any("ground_clash" in u["reason"] for u in record["unplaced"])


def test_claims_of_several_reports_become_a_valid_table(coder: Coder) -> None:
    first = coder.code(Report("a", TEXT, source="one"))
    second = coder.code(replace(first.report, id="b", source="two"))
    table = join_claims([*first.claims, *second.claims])
    validate_incidents(table)
    shelling = table[table["event_type"] == "shelling"]
    assert list(shelling["number_of_sources"]) == [2]


def test_the_version_is_stable_and_knows_the_theatre(coder: Coder) -> None:
    assert coder.version == coder_version(coder.theatre)


def test_the_annotated_texts_are_coded_no_worse_than_before(coder: Coder) -> None:
    table = coder.theatre.table("places").set_index("place_id")
    places = {
        str(i): (float(r["latitude"]), float(r["longitude"]), float(r["radius_km"] or 0)) for i, r in table.iterrows()
    }
    golds = [g for path in coding.gold_files(()) for g in coding.read_gold(path)]
    pairs = [(g, coding.incidents_of(coder.code(coding.report_of(g)).claims)) for g in golds]
    figures = coding.figures_of(pairs, places)
    floors = {"strict": 0.8, "place_date": 0.83, "claimant": 0.85, "status": 0.88, "deaths": 0.88}
    assert {k: v for k, v in figures.items() if k in floors and (v or 0) < floors[k]} == {}
    assert (figures["false_alarm"] or 0) <= 0.12
