"""The store: every report that was read, what it was coded to, and every revision of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import sqlalchemy as sa

from .claims import Claim, Unplaced
from .corrections import Correction, Join, Kind, claims_of, corrected, new_correction
from .database import claims, codings, connect, corrections, reading, reports, writing
from .errors import CorrectionError
from .folders import data_folder
from .ingest import Code, Ingested, ingest
from .joining import join_claims
from .ledger import insert_correction, select_corrections, undo_correction
from .mentions import Mention
from .records import claim_from, mention_from, unplaced_from
from .reports import Report

__all__ = ["Store", "open_store"]


def open_store(url: str | None = None) -> Store:
    """Open the store at an SQLAlchemy URL; by default an SQLite file in the user's data folder.

    Raises:
        StoreError: it cannot be opened.
    """
    return Store(connect(url or f"sqlite:///{data_folder() / 'contactline.sqlite'}"))


class Store:
    """Reports, codings and corrections in one database; safe for several processes and threads at once."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def ingest(
        self,
        incoming: Iterable[Report],
        code: Code,
        *,
        theatre: str,
        coder: str = "1",
        progress: Callable[[Ingested], None] | None = None,
    ) -> Ingested:
        """Take reports in and code them; what is there already, coded by this `coder` (its version), is left alone.

        The same text with the same day, source and address is the same report, whatever its id. The same id with
        another text is a revision when it comes from the same source, else another report. A report that `code`
        refuses with a GeoError is kept with that fault and tried again by the next `coder`.
        """
        return ingest(self.engine, incoming, code, theatre=theatre, coder=coder, progress=progress)

    def recode(
        self,
        code: Code,
        *,
        theatre: str,
        coder: str,
        progress: Callable[[Ingested], None] | None = None,
    ) -> Ingested:
        """Code again every report of the theatre that another version of the coder has coded; history is kept."""
        return self.ingest(self.reports(theatre=theatre), code, theatre=theatre, coder=coder, progress=progress)

    def reports(self, *, theatre: str | None = None) -> list[Report]:
        """All reports, or those coded for a theatre, by day and id."""
        query = sa.select(reports).order_by(reports.c.published, reports.c.report_id)
        if theatre is not None:
            query = query.where(reports.c.report_id.in_(_held(theatre, codings.c.report_id)))
        rows = reading(self.engine, lambda connection: connection.execute(query).all())
        return [_report(row) for row in rows]

    def report(self, report_id: str) -> Report | None:
        """One report by its id, or None."""
        query = sa.select(reports).where(reports.c.report_id == report_id)
        row = reading(self.engine, lambda connection: connection.execute(query).first())
        return _report(row) if row else None

    def claims(
        self,
        *,
        theatre: str,
        as_known: dt.date | dt.datetime | None = None,
        as_recorded: dt.datetime | None = None,
    ) -> list[Claim]:
        """The theatre's claims, by report and position.

        `as_known` leaves out what had not been published by then (a day counts to its end); `as_recorded` gives what
        this store itself held at that moment, with codings that have been replaced since.
        """
        held = codings.join(claims, claims.c.coding_id == codings.c.coding_id)
        query = (
            sa.select(claims.c.fields)
            .select_from(held.join(reports, reports.c.report_id == codings.c.report_id))
            .where(codings.c.theatre == theatre, _valid(as_recorded), *_published_by(as_known))
            .order_by(codings.c.report_id, claims.c.position)
        )
        rows = reading(self.engine, lambda connection: connection.execute(query).scalars().all())
        return [claim_from(fields) for fields in rows]

    def mentions(self, report_id: str, *, theatre: str) -> list[Mention]:
        """The place mentions of one report."""
        rows = self._column(codings.c.mentions, theatre, codings.c.report_id == report_id)
        return [mention_from(values) for row in rows for values in row]

    def unplaced(self, *, theatre: str) -> list[Unplaced]:
        """What could not be placed or coded, with its reason; reports that could not be coded at all among them."""
        rows = self._column(codings.c.unplaced, theatre, codings.c.fault.is_(None))
        faults = sa.select(codings.c.report_id, codings.c.fault).where(
            codings.c.theatre == theatre, _valid(None), codings.c.fault.is_not(None)
        )
        failed = reading(self.engine, lambda connection: connection.execute(faults).all())
        return [unplaced_from(v) for row in rows for v in row] + [Unplaced(r, "", fault) for r, fault in failed]

    def outdated(self, *, theatre: str, coder: str) -> int:
        """How many of the theatre's reports were coded by another version of the coder."""
        query = sa.select(sa.func.count()).select_from(codings)
        query = query.where(codings.c.theatre == theatre, _valid(None), codings.c.coder != coder)
        return reading(self.engine, lambda connection: connection.scalar(query)) or 0

    def incidents(
        self,
        *,
        theatre: str,
        join: Join = join_claims,
        as_known: dt.date | dt.datetime | None = None,
        as_recorded: dt.datetime | None = None,
    ) -> gpd.GeoDataFrame:
        """The theatre's incidents, joined and corrected, now or as they stood; see `claims` for the two times."""
        claims = self.claims(theatre=theatre, as_known=as_known, as_recorded=as_recorded)
        return corrected(claims, self.corrections(theatre=theatre, as_recorded=as_recorded), join).incidents

    def correct(
        self,
        kind: Kind,
        incident_ids: Sequence[str],
        *,
        theatre: str,
        who: str,
        why: str,
        values: Mapping[str, Any] | None = None,
        claim_ids: Sequence[str] = (),
        join: Join = join_claims,
    ) -> Correction:
        """Record a correction of incidents by their ids; of a split, `claim_ids` are the claims to take out.

        Raises:
            CorrectionError: there is no such incident, or something is missing or impossible.
        """
        if (kind == "split") != bool(set(claim_ids)):
            raise CorrectionError(f"{kind}: a split, and only a split, names the claims that it takes out (claim_ids)")
        claims = {claim.claim_id: claim for claim in self.claims(theatre=theatre)}
        groups = claims_of(self.incidents(theatre=theatre, join=join), incident_ids, only=set(claim_ids))
        chosen = [[claims[id] for id in group if id in claims] for group in groups]
        made = new_correction(kind, chosen, theatre=theatre, who=who, why=why, values=values)
        writing(self.engine, lambda connection: insert_correction(connection, made))
        return made

    def undo(self, correction_id: str, *, who: str) -> None:
        """Undo a correction; it stays on record with who undid it and when.

        Raises:
            CorrectionError: there is none with this id that holds.
        """
        if not writing(self.engine, lambda connection: undo_correction(connection, correction_id, who)):
            raise CorrectionError(f"correction {correction_id!r}: none with this id holds; see the list of corrections")

    def corrections(self, *, theatre: str, as_recorded: dt.datetime | None = None) -> list[Correction]:
        """All corrections in the order in which they were made, undone ones too; or as they stood at a moment."""
        return reading(self.engine, lambda connection: select_corrections(connection, theatre, as_recorded))

    def state(self, *, theatre: str) -> str:
        """A short text that changes when what the store holds for the theatre does, for callers that cache."""
        held = sa.select(sa.func.count(), sa.func.max(codings.c.coded_at), sa.func.max(codings.c.retired_at))
        made = sa.select(sa.func.count(), sa.func.max(corrections.c.made_at), sa.func.max(corrections.c.undone_at))
        queries = (held.where(codings.c.theatre == theatre), made.where(corrections.c.theatre == theatre))
        rows = reading(self.engine, lambda connection: [connection.execute(query).one() for query in queries])
        return " ".join(str(value) for row in rows for value in row)

    def _column(self, column: sa.Column[Any], theatre: str, *where: Any) -> Sequence[Any]:
        query = sa.select(column).where(codings.c.theatre == theatre, _valid(None), *where)
        query = query.order_by(codings.c.report_id)
        return reading(self.engine, lambda connection: connection.execute(query).scalars().all())


def _held(theatre: str, column: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(column).where(codings.c.theatre == theatre, _valid(None))


def _valid(as_recorded: dt.datetime | None) -> sa.ColumnElement[bool]:
    """The codings that hold now, or held at a moment."""
    if as_recorded is None:
        return codings.c.retired_at.is_(None)
    return (codings.c.coded_at <= as_recorded) & (codings.c.retired_at.is_(None) | (codings.c.retired_at > as_recorded))


def _published_by(at: dt.date | dt.datetime | None) -> list[sa.ColumnElement[bool]]:
    if at is None:
        return []
    if not isinstance(at, dt.datetime):
        return [reports.c.published <= at]
    by_day = reports.c.published_at.is_(None) & (reports.c.published <= at.date())
    return [by_day | (reports.c.published_at <= at)]


def _report(row: sa.Row[Any]) -> Report:
    names = ("text", "lang", "published", "published_at", "source", "title", "url")
    return Report(id=row.report_id, **{name: getattr(row, name) for name in names})
