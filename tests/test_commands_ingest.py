"""From reports to the store, through corrections, to the tables of others and back: the commands in a row."""

from __future__ import annotations

import csv
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from commands import catalogue, corrections, export, ingest
from geo.errors import GeoError, ReportError
from geo.files import read_incidents

GOLD = Path(__file__).parent / "gold" / "karabakh_dev.jsonl"
WHO = ("--who", "Ani", "--why", "the photograph shows it")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the development texts in it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 's.sqlite'}"
    result = run(ingest, str(GOLD), "--store", url)
    assert "30 new, 0 revised, 0 known before" in result.stderr
    return url


def run(command: object, *arguments: str, code: int = 0) -> Result:
    result = CliRunner(env={"COLUMNS": "400", "TERMINAL_WIDTH": "400"}).invoke(command.app, arguments)  # type: ignore[attr-defined]
    if isinstance(result.exception, GeoError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def exported(folder: Path, store: str, *options: str) -> list[dict[str, str]]:
    run(export, str(folder / "x.csv"), "--store", store, *options)
    with (folder / "x.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_again_is_known(store: str) -> None:
    assert "0 new, 0 revised, 30 known before" in run(ingest, str(GOLD), "--store", store).stderr


def test_broken_reports_are_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Martuni was shelled.", "published": "2020-10-04"}\n{broken\n')
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    with pytest.raises(ReportError, match=r"a\.jsonl, line 2: not JSON"):
        run(ingest, str(tmp_path / "a.jsonl"), "--store", url)
    assert len(exported(tmp_path, url)) == 1


def test_columns_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Body,Day\nMartuni was shelled.,2020-10-04\nMartuni was shelled.,2020-10-04\n")
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    table = (str(tmp_path / "a.csv"), "--store", url, "--column", "text=Body", "--column", "published=Day")
    assert "1 new, 0 revised, 1 known" in run(ingest, *table).stderr
    assert "FIELD=COLUMN" in run(ingest, str(tmp_path / "a.csv"), "--column", "Body", code=2).stderr


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".kml", ".csv", ".xlsx"])
def test_export_in_every_format(store: str, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"x{suffix}"
    assert f" incidents in {out}" in run(export, str(out), "--store", store).stderr
    assert len(read_incidents(out)) == len(exported(tmp_path, store))


def test_export_as_known_on_a_day(store: str, tmp_path: Path) -> None:
    days = {row["reported_at"][:10] for row in exported(tmp_path, store, "--as-known", "2020-10-06")}
    assert days
    assert max(days) <= "2020-10-06"
    assert len(exported(tmp_path, store, "--as-known", "2020-09-01")) == 0


@pytest.mark.parametrize(("shape", "id_column"), [("acled", "event_id_cnty"), ("ucdp", "id")])
def test_to_the_tables_of_others_and_back(store: str, tmp_path: Path, shape: str, id_column: str) -> None:
    ours = {row["incident_id"] for row in exported(tmp_path, store) if row["scope"] != "cumulative_total"}
    assert {row[id_column] for row in exported(tmp_path, store, "--as", shape)} == ours
    run(catalogue, str(tmp_path / "x.csv"), "-o", str(tmp_path / "back.gpkg"))
    assert set(read_incidents(tmp_path / "back.gpkg")["incident_id"]) == {f"{shape}:{id}" for id in ours}
    refused = run(export, str(tmp_path / "x.gpkg"), "--store", store, "--as", shape, code=2)
    assert f"{shape} tables are .csv or .xlsx" in refused.stderr


def test_corrections_on_the_record(store: str, tmp_path: Path) -> None:
    before = exported(tmp_path, store)
    first, second = [r["incident_id"] for r in before if r["event_type"] == "shelling" and r["latitude"]][:2]
    run(corrections, "retype", first, "air_strike", *WHO, "--store", store)
    run(corrections, "move", second, "--point", "47.5,39.5", *WHO, "--store", store)
    run(corrections, "move", second, "--place", "stepanakert", *WHO, "--store", store)
    after = {row["incident_id"]: row for row in exported(tmp_path, store)}
    assert after[first]["event_type"] == "air_strike"
    assert after[second]["place_id"] == "stepanakert"
    listed = run(corrections, "list", "--store", store).stdout.splitlines()
    assert [line.split("\t")[2:5] for line in listed] == [
        ["retype", "Ani", "holds"],
        ["move", "Ani", "holds"],
        ["move", "Ani", "holds"],
    ]
    taught = run(corrections, "aliases", "--store", store).stdout.splitlines()
    assert taught[0] == "place_id,name,lang,correction_id"
    assert taught[1].startswith("stepanakert,")
    for line in listed:
        run(corrections, "undo", line.split("\t")[0], "--who", "Leyla", "--store", store)
    assert exported(tmp_path, store) == before
    assert "undone by Leyla" in run(corrections, "list", "--store", store).stdout


def test_merge_split_and_reject(store: str, tmp_path: Path) -> None:
    before = exported(tmp_path, store)
    one, two, three = (row["incident_id"] for row in before[:3])
    run(corrections, "merge", one, two, *WHO, "--store", store)
    merged = next(row for row in exported(tmp_path, store) if row["incident_id"] == one)
    claims = [version["claim_id"] for version in json.loads(merged["versions"])]
    assert len(claims) >= 2
    run(corrections, "reject", three, *WHO, "--store", store)
    assert len(exported(tmp_path, store)) == len(before) - 2
    for line in run(corrections, "list", "--store", store).stdout.splitlines():
        if "\tholds\t" in line:
            run(corrections, "undo", line.split("\t")[0], "--who", "Ani", "--store", store)
    assert exported(tmp_path, store) == before


def test_the_same_text_from_two_outlets_is_told(tmp_path: Path) -> None:
    text = "The defence ministry said that Martuni was shelled during the night and that three houses had burned down."
    lines = [json.dumps({"id": id, "text": text + end, "published": "2020-10-04", "source": id}) for id, end in
             (("wire", ""), ("daily", " Wire."))]  # fmt: skip
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    for number, line in enumerate(lines):
        (tmp_path / f"{number}.jsonl").write_text(line)
    assert "the same text" not in run(ingest, str(tmp_path / "0.jsonl"), "--store", url).stderr
    told = run(ingest, str(tmp_path / "1.jsonl"), "--store", url).stderr
    assert "the same text: daily, wire" in told


def test_an_endpoint_is_asked_only_when_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server copies a sentence that the rules code as nothing; its claim comes in with its origin."""
    pytest.importorskip("httpx")
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers["Content-Length"]))
            claim = {"quote": "Smoke stood over Martuni.", "event_type": "shelling", "date_start": "2020-10-04",
                     "date_end": "2020-10-04", "place_quote": "Martuni", "claimant_quote": None, "status": "claimed",
                     "deaths_quote": None, "deaths_low": None, "deaths_high": None}  # fmt: skip
            message = {"role": "assistant", "content": json.dumps({"claims": [claim]})}
            body = json.dumps({"choices": [{"message": message}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    (tmp_path / "a.jsonl").write_text('{"text": "Smoke stood over Martuni.", "published": "2020-10-04"}')
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    source = (str(tmp_path / "a.jsonl"), "--store", url)
    run(ingest, *source)
    assert not asked
    assert exported(tmp_path, url) == []
    monkeypatch.setenv("CONTACTLINE_LLM_KEY", "key")
    run(ingest, *source, "--second-coder", f"http://127.0.0.1:{server.server_address[1]}/v1", "--model", "m")
    server.shutdown()
    server.server_close()
    assert asked == ["Bearer key"]
    (row,) = exported(tmp_path, url)
    assert json.loads(row["versions"])[0]["origin"] == "second coder: m"


def test_wrong_calls(store: str) -> None:
    assert "give either --place ID or --point" in run(corrections, "move", "x", *WHO, code=2).stderr
    assert "is no event type" in run(corrections, "retype", "x", "party", *WHO, code=2).stderr
    with pytest.raises(GeoError, match="no incident 'x'"):
        run(corrections, "reject", "x", *WHO, "--store", store)
