"""Taking reports in: each is written together with its coding in one transaction.

A run that is killed at any moment leaves whole reports or none, and the next run over the same input goes on where it
stopped. Coding happens outside the transaction; where another process wrote the same reports in between, the batch
is planned anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import sqlalchemy as sa

from .claims import Claim, Unplaced
from .database import claims, codings, reading, reports, revisions, writing
from .errors import GeoError
from .mentions import Mention
from .records import record
from .reports import Report

__all__ = ["Code", "Coded", "Ingested", "ingest"]

BATCH = 32  # reports written at once: the most that a killed run has to code again


class Coded(Protocol):
    """What a coding step returns (`geo.incidents.CodedReport` is one)."""

    @property
    def mentions(self) -> Sequence[Mention]: ...
    @property
    def claims(self) -> Sequence[Claim]: ...
    @property
    def unplaced(self) -> Sequence[Unplaced]: ...


Code = Callable[[Report], Coded]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did so far: reports new, revised by their outlet, known before, and not codable (`faults`)."""

    new: int = 0
    revised: int = 0
    known: int = 0
    faults: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """How many reports have been dealt with."""
        return self.new + self.revised + self.known


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done with one report: nothing, code it, or write it and code it."""

    report: Report
    digest: str
    write: bool
    code: bool
    revision: int
    turn: int  # how many codings of it for this theatre there were before


@dataclass(frozen=True, slots=True)
class _Made:
    """A coding about to be written, or the fault that stands in its place."""

    mentions: Sequence[Mention] = ()
    claims: Sequence[Claim] = ()
    unplaced: Sequence[Unplaced] = ()
    fault: str | None = None


def ingest(
    engine: sa.Engine,
    incoming: Iterable[Report],
    code: Code,
    *,
    theatre: str,
    coder: str,
    progress: Callable[[Ingested], None] | None = None,
) -> Ingested:
    """Take reports in; see `geo.store.Store.ingest`."""
    done = Ingested()
    for batch in _batches(incoming):
        done = _ingest_batch(engine, batch, code, theatre, coder, done)
        if progress:
            progress(done)
    return done


def _ingest_batch(
    engine: sa.Engine,
    batch: Sequence[tuple[Report, str]],
    code: Code,
    theatre: str,
    coder: str,
    done: Ingested,
) -> Ingested:
    while True:
        plan = reading(engine, lambda connection: _planned(connection, batch, theatre, coder))
        made = {step.digest: _coded(step.report, code) for step in plan if step.code}
        write = partial(_write, batch=batch, plan=plan, made=made, theatre=theatre, coder=coder)
        if not made or writing(engine, write):
            return _counted(done, plan, made)


def _batches(incoming: Iterable[Report]) -> Iterator[list[tuple[Report, str]]]:
    """Batches in which no id and no text comes twice, so that each report sees what stood before it."""
    batch: list[tuple[Report, str]] = []
    ids: set[str] = set()
    for report in incoming:
        digest = _digest(report)
        if len(batch) == BATCH or report.id in ids or digest in ids:
            yield batch
            batch, ids = [], set()
        batch.append((report, digest))
        ids |= {report.id, digest}
    if batch:
        yield batch


def _planned(connection: sa.Connection, batch: Sequence[tuple[Report, str]], theatre: str, coder: str) -> list[_Step]:
    ids = [id for report, digest in batch for id in (report.id, _other_id(report, digest))]
    found = connection.execute(
        sa.select(reports.c.report_id, reports.c.digest, reports.c.revision, reports.c.source).where(
            reports.c.report_id.in_(ids) | reports.c.digest.in_([digest for _, digest in batch])
        )
    ).all()
    by_digest = {row.digest: row for row in found}
    by_id = {row.report_id: row for row in found}
    held = connection.execute(
        sa.select(codings.c.report_id, codings.c.revision, codings.c.coder, codings.c.retired_at).where(
            codings.c.theatre == theatre, codings.c.report_id.in_({*by_id, *ids})
        )
    ).all()
    turns = {id: len(list(rows)) for id, rows in itertools.groupby(sorted(r.report_id for r in held))}
    current = {(r.report_id, r.revision) for r in held if r.retired_at is None and r.coder == coder}
    steps = []
    for report, digest in batch:
        row = by_digest.get(digest)
        if row is None and (same := by_id.get(report.id)) is not None and same.source != report.source:
            report = replace(report, id=_other_id(report, digest))
        old = row or by_id.get(report.id)
        report = replace(report, id=row.report_id) if row else report
        revision = row.revision if row else old.revision + 1 if old else 1
        needed = row is None or (row.report_id, revision) not in current
        steps.append(_Step(report, digest, row is None, needed, revision, turns.get(report.id, 0)))
    return steps


def _write(
    connection: sa.Connection,
    *,
    batch: Sequence[tuple[Report, str]],
    plan: list[_Step],
    made: dict[str, _Made],
    theatre: str,
    coder: str,
) -> bool:
    if _planned(connection, batch, theatre, coder) != plan:
        return False
    now = dt.datetime.now(dt.UTC)
    for step in plan:
        if step.write:
            _write_report(connection, step, now)
    coded = [step for step in plan if step.code]
    connection.execute(
        sa.update(codings)
        .where(codings.c.theatre == theatre, codings.c.retired_at.is_(None))
        .where(codings.c.report_id.in_([step.report.id for step in coded]))
        .values(retired_at=now)
    )
    connection.execute(
        sa.insert(codings), [_coding_row(step, made[step.digest], theatre, coder, now) for step in coded]
    )
    rows = [row for step in coded for row in _claim_rows(step, made[step.digest], theatre)]
    if rows:
        connection.execute(sa.insert(claims), rows)
    return True


def _write_report(connection: sa.Connection, step: _Step, now: dt.datetime) -> None:
    report = step.report
    values = {name: getattr(report, name) for name in ("text", "lang", "published", "published_at")}
    values |= {"source": report.source, "title": report.title, "url": report.url}
    values |= {"revision": step.revision, "digest": step.digest, "read_at": now}
    if step.revision == 1:
        connection.execute(sa.insert(reports).values(report_id=report.id, **values))
        return
    here = reports.c.report_id == report.id
    old = sa.select(reports.c.report_id, reports.c.revision, reports.c.text, reports.c.read_at, sa.literal(now)).where(
        here
    )
    names = ["report_id", "revision", "text", "read_at", "replaced_at"]
    connection.execute(sa.insert(revisions).from_select(names, old))
    connection.execute(sa.update(reports).where(here).values(**values))


def _coding_row(step: _Step, made: _Made, theatre: str, coder: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "coding_id": _coding_id(step, theatre),
        "report_id": step.report.id,
        "revision": step.revision,
        "theatre": theatre,
        "coder": coder,
        "coded_at": now,
        "fault": made.fault,
        "mentions": [record(mention) for mention in made.mentions],
        "unplaced": [record(unplaced) for unplaced in made.unplaced],
    }


def _claim_rows(step: _Step, made: _Made, theatre: str) -> Iterator[dict[str, Any]]:
    for position, claim in enumerate(made.claims):
        yield {
            "coding_id": _coding_id(step, theatre),
            "position": position,
            "claim_id": claim.claim_id,
            "event_type": claim.event_type,
            "date_start": claim.date_start,
            "date_end": claim.date_end,
            "place_id": claim.place_id,
            "fields": record(claim),
        }


def _coded(report: Report, code: Code) -> _Made:
    try:
        coded = code(report)
    except GeoError as error:
        return _Made(fault=f"report {report.id}: {error}")
    except Exception as error:
        error.add_note(f"while coding report {report.id!r}")
        raise
    return _Made(coded.mentions, coded.claims, coded.unplaced)


def _counted(done: Ingested, plan: Sequence[_Step], made: dict[str, _Made]) -> Ingested:
    return Ingested(
        new=done.new + sum(step.write and step.revision == 1 for step in plan),
        revised=done.revised + sum(step.write and step.revision > 1 for step in plan),
        known=done.known + sum(not step.write for step in plan),
        faults=(*done.faults, *(m.fault for m in made.values() if m.fault)),
    )


def _digest(report: Report) -> str:
    what = "\x1f".join((report.text, str(report.published), report.source or "", report.url or ""))
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()


def _other_id(report: Report, digest: str) -> str:
    return f"{report.id}~{digest[:8]}"


def _coding_id(step: _Step, theatre: str) -> str:
    what = "\x1f".join((step.report.id, theatre, str(step.turn)))
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()[:32]
