"""The store: nothing twice, nothing lost, whatever happens to the process; on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from geo.claims import Claim, Unplaced
from geo.errors import GeoError
from geo.mentions import Candidate, Mention
from geo.reports import Report
from geo.store import Store, open_store

REPO = Path(__file__).resolve().parent.parent
DAY = dt.date(2020, 10, 4)
THEATRE = "test"


@dataclass(frozen=True)
class CodedText:
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


def code(report: Report) -> CodedText:
    """A cheap coding step: the first word is a place, each sentence a claim."""
    if "unreadable" in report.text:
        raise GeoError("it cannot be read")
    first = report.text.split()[0]
    mention = Mention(
        0, len(first), first, "event", candidates=(Candidate("p", 1.5, ("only one",)),), reasons=("named",)
    )
    claims, start = [], 0
    for number, sentence in enumerate(report.text.split(". ")):
        end = start + len(sentence)
        claims.append(
            Claim(
                claim_id=f"{report.id}-{number}",
                report_id=report.id,
                event_type="shelling",
                date_start=report.published or DAY,
                date_end=report.published or DAY,
                date_prec=1,
                text=sentence,
                span_start=start,
                span_end=end,
                lang="en",
                latitude=39.795,
                longitude=47.112,
                deaths_low=0,
                spans={"event_type": (start, end)},
            )
        )
        start = end + 2
    return CodedText((mention,), tuple(claims), (Unplaced(report.id, "several sectors", "no place is named", 0, 3),))


def report(number: int, *, text: str | None = None, **fields: object) -> Report:
    made = Report(f"r{number}", text or f"Town {number} was shelled. Two houses burned.", published=DAY, source="wire")
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own, on a socket in a temporary folder."""
    found = [shutil.which("initdb"), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")))]
    programs = next((Path(p).parent for p in found if p), None)
    if programs is None:
        pytest.skip("no PostgreSQL server is installed")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="contactline-pg-"))  # a socket's path must be short
    user: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    run = {"check": True, "capture_output": True, "cwd": "/", **user}
    subprocess.run([programs / "initdb", "-D", folder / "data", "-U", "test", "-A", "trust", "-E", "UTF8"], **run)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    start = [programs / "pg_ctl", "-D", folder / "data", "-w", "-o", options, "-l", folder / "log", "start"]
    subprocess.run(start, **{**run, "capture_output": False, "stdout": subprocess.DEVNULL})
    yield f"postgresql+psycopg://test@/postgres?host={folder}"
    subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **run)
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"test_{random.randrange(10**9)}"
    with sa.create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def test_what_went_in_comes_out(store: Store) -> None:
    moment = dt.datetime(2020, 10, 4, 10, 50, tzinfo=dt.timezone(dt.timedelta(hours=4)))
    given = report(
        1, lang="hy", published_at=moment, title="Title", url="https://example.org/1", text="Շուշի «ա» \U0001f600."
    )
    store.ingest([given], code, theatre=THEATRE)
    assert store.reports() == [given]
    assert store.report("r1") == given
    assert store.report("r2") is None
    assert store.claims(theatre=THEATRE) == list(code(given).claims)
    assert store.mentions("r1", theatre=THEATRE) == list(code(given).mentions)
    assert store.unplaced(theatre=THEATRE) == list(code(given).unplaced)


def test_the_same_twice_changes_nothing(store: Store) -> None:
    reports = [report(n) for n in range(100)]
    assert store.ingest(reports, code, theatre=THEATRE).new == 100
    before = store.claims(theatre=THEATRE)
    again = store.ingest([*reports, replace(reports[0], id="other-id")], code, theatre=THEATRE)
    assert (again.new, again.revised, again.known) == (0, 0, 101)
    assert store.claims(theatre=THEATRE) == before
    assert len(store.reports()) == 100


def test_one_run_may_hold_a_report_twice(store: Store) -> None:
    done = store.ingest([report(1), report(1), report(2), replace(report(2), id="copy")], code, theatre=THEATRE)
    assert (done.new, done.known, done.done) == (2, 2, 4)


def test_a_changed_text_is_a_revision_and_the_old_coding_is_kept(store: Store) -> None:
    store.ingest([report(1, text="Town was shelled.")], code, theatre=THEATRE)
    between = dt.datetime.now(dt.UTC)
    done = store.ingest([report(1, text="Town was not shelled.")], code, theatre=THEATRE)
    assert (done.new, done.revised) == (0, 1)
    assert [r.text for r in store.reports()] == ["Town was not shelled."]
    assert [c.text for c in store.claims(theatre=THEATRE)] == ["Town was not shelled."]
    assert [c.text for c in store.claims(theatre=THEATRE, as_recorded=between)] == ["Town was shelled."]
    back = store.ingest([report(1, text="Town was shelled.")], code, theatre=THEATRE)
    assert back.revised == 1
    assert [c.text for c in store.claims(theatre=THEATRE)] == ["Town was shelled."]


def test_one_id_from_two_sources_is_two_reports(store: Store) -> None:
    store.ingest([report(1, text="Town was shelled.")], code, theatre=THEATRE)
    other = report(1, text="Another text.", source="other outlet")
    for _ in range(2):
        store.ingest([other], code, theatre=THEATRE)
    assert {r.text for r in store.reports()} == {"Town was shelled.", "Another text."}
    assert len({r.id for r in store.reports()}) == 2
    assert {c.report_id for c in store.claims(theatre=THEATRE)} == {r.id for r in store.reports()}


def test_a_new_coder_codes_again_once(store: Store) -> None:
    store.ingest([report(n) for n in range(70)], code, theatre=THEATRE, coder="1")
    assert store.outdated(theatre=THEATRE, coder="1") == 0
    assert store.outdated(theatre=THEATRE, coder="2") == 70
    calls: list[str] = []

    def only_first(given: Report) -> CodedText:
        calls.append(given.id)
        return replace(code(given), claims=code(given).claims[:1])

    for _ in range(2):
        store.recode(only_first, theatre=THEATRE, coder="2")
    assert len(calls) == 70
    assert len(store.claims(theatre=THEATRE)) == 70
    assert store.outdated(theatre=THEATRE, coder="2") == 0


def test_the_state_changes_with_what_is_held_and_only_then(store: Store) -> None:
    states = [store.state(theatre=THEATRE)]
    store.ingest([report(1)], code, theatre=THEATRE)
    states.append(store.state(theatre=THEATRE))
    store.ingest([report(1)], code, theatre=THEATRE)
    store.ingest([report(2)], code, theatre="other")
    assert store.state(theatre=THEATRE) == states[-1]
    store.recode(code, theatre=THEATRE, coder="2")
    states.append(store.state(theatre=THEATRE))
    assert len(set(states)) == 3


def test_theatres_do_not_mix(store: Store) -> None:
    store.ingest([report(1)], code, theatre="one")
    store.ingest([report(1), report(2)], code, theatre="two")
    assert {c.report_id for c in store.claims(theatre="one")} == {"r1"}
    assert {c.report_id for c in store.claims(theatre="two")} == {"r1", "r2"}
    assert [r.id for r in store.reports(theatre="one")] == ["r1"]
    assert len(store.reports()) == 2


def test_a_report_that_cannot_be_coded_is_kept_with_its_reason(store: Store) -> None:
    done = store.ingest([report(1), report(2, text="unreadable"), report(3)], code, theatre=THEATRE)
    assert done.new == 3
    assert done.faults == ("report r2: it cannot be read",)
    assert [u.reason for u in store.unplaced(theatre=THEATRE) if u.report_id == "r2"] == list(done.faults)


def test_as_known_on_a_day(store: Store) -> None:
    reports = [report(n, published=DAY + dt.timedelta(days=n)) for n in range(3)]
    late = dt.datetime(2020, 10, 4, 18, 0, tzinfo=dt.UTC)
    store.ingest([*reports, report(9, published_at=late)], code, theatre=THEATRE)

    def known(at: dt.date | dt.datetime) -> set[str]:
        return {c.report_id for c in store.claims(theatre=THEATRE, as_known=at)}

    assert known(DAY - dt.timedelta(days=1)) == set()
    assert known(DAY) == {"r0", "r9"}
    assert known(DAY + dt.timedelta(days=1)) == {"r0", "r1", "r9"}
    assert known(late - dt.timedelta(hours=1)) == {"r0"}
    assert known(late) == {"r0", "r9"}


def test_progress_and_an_interrupt_leave_a_usable_store(store: Store) -> None:
    seen: list[int] = []

    def stop_at_fifty(given: Report) -> CodedText:
        if given.id == "r50":
            raise KeyboardInterrupt
        return code(given)

    with pytest.raises(KeyboardInterrupt):
        store.ingest(
            (report(n) for n in range(100)), stop_at_fifty, theatre=THEATRE, progress=lambda p: seen.append(p.done)
        )
    assert seen
    assert seen[-1] == len(store.reports())
    done = store.ingest((report(n) for n in range(100)), code, theatre=THEATRE)
    assert done.done == 100
    assert len(store.reports()) == 100
    assert len(store.claims(theatre=THEATRE)) == 200


WORKER = """
import sys, time
from test_geo_store import THEATRE, code, report
from geo.store import open_store
def slowly(given):
    time.sleep(0.0002)  # so that also a fast machine is still at work when it is killed
    return code(given)
store = open_store(sys.argv[1])
done = store.ingest((report(n) for n in range(int(sys.argv[2]))), slowly, theatre=THEATRE)
assert done.done == int(sys.argv[2]), done
"""


def worker(url: str, reports: int) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(REPO), str(REPO / "tests")])
    command = [sys.executable, "-c", WORKER, url, str(reports)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE)


def counts(url: str) -> tuple[int, int, int, int]:
    store = open_store(url)
    with store.engine.connect() as connection:
        number = {
            table: connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0
            for table in ("reports", "codings", "claims")
        }
        distinct = connection.scalar(sa.text("SELECT count(DISTINCT claim_id) FROM claims")) or 0
    store.close()
    return number["reports"], number["codings"], number["claims"], distinct


def test_kill_at_any_moment_loses_and_doubles_nothing(url: str) -> None:
    """The process is killed while it works, several times, each time at a moment that chance picks."""
    reports, chance = 10_000 if url.startswith("sqlite") else 2_000, random.Random(7)
    kills = 0
    for _ in range(12):
        process = worker(url, reports)
        start = time.monotonic()
        before = counts(url)[0]
        while process.poll() is None and counts(url)[0] == before and time.monotonic() - start < 60:
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.25))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
        held, coded, claims, distinct = counts(url)
        assert held == coded
        assert claims == distinct == 2 * held
        if held == reports or kills == 3:
            break
    assert kills >= 2
    last = worker(url, reports)
    assert last.communicate()[1] == b""
    assert last.returncode == 0
    assert counts(url) == (reports, reports, 2 * reports, 2 * reports)


def test_two_processes_at_once(url: str) -> None:
    processes = [worker(url, 1_000) for _ in range(2)]
    errors = [process.communicate()[1] for process in processes]
    assert errors == [b"", b""]
    assert counts(url) == (1_000, 1_000, 2_000, 2_000)


def test_threads_share_a_store(store: Store) -> None:
    failed: list[BaseException] = []

    def work(first: int) -> None:
        try:
            store.ingest((report(n) for n in range(first, first + 100)), code, theatre=THEATRE)
            store.claims(theatre=THEATRE)
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 50, 100, 150)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(store.reports()) == 250


def test_corrections_are_kept_in_their_order(store: Store) -> None:
    store.ingest([report(1), report(2, published=DAY + dt.timedelta(days=1))], code, theatre=THEATRE)
    ids = store.incidents(theatre=THEATRE)["incident_id"].tolist()
    for kind in ("retype", "retype", "reject"):
        values = {"event_type": "capture"} if kind == "retype" else {}
        store.correct(kind, ids[:1], theatre=THEATRE, who="Ani", why="seen", values=values)  # type: ignore[arg-type]
    made = store.corrections(theatre=THEATRE)
    assert [correction.kind for correction in made] == ["retype", "retype", "reject"]
    assert len(store.incidents(theatre=THEATRE)) == len(ids) - 1
    store.undo(made[-1].correction_id, who="Ani")
    assert len(store.incidents(theatre=THEATRE)) == len(ids)
