"""The ledger: corrections as rows of the database; entries are added and marked as undone, never changed or removed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import sqlalchemy as sa

from .corrections import Anchor, Correction
from .database import corrections

__all__ = ["insert_correction", "select_corrections", "undo_correction"]


def insert_correction(connection: sa.Connection, correction: Correction) -> None:
    """Write a correction behind all others."""
    last = connection.scalar(sa.select(sa.func.max(corrections.c.number))) or 0
    fields = {"anchors": [dataclasses.asdict(a) for a in correction.anchors], "values": dict(correction.values)}
    connection.execute(
        sa.insert(corrections).values(
            correction_id=correction.correction_id,
            number=last + 1,
            theatre=correction.theatre,
            kind=correction.kind,
            who=correction.who,
            why=correction.why,
            made_at=correction.made_at,
            fields=fields,
        )
    )


def undo_correction(connection: sa.Connection, correction_id: str, who: str) -> bool:
    """Mark a correction that holds as undone; False where there is none."""
    done = connection.execute(
        sa.update(corrections)
        .where(corrections.c.correction_id == correction_id, corrections.c.undone_at.is_(None))
        .values(undone_at=dt.datetime.now(dt.UTC), undone_by=who)
    )
    return done.rowcount == 1


def select_corrections(connection: sa.Connection, theatre: str, as_recorded: dt.datetime | None) -> list[Correction]:
    """The corrections of a theatre in their order, as they stand or as they stood at a moment."""
    query = sa.select(corrections).where(corrections.c.theatre == theatre).order_by(corrections.c.number)
    if as_recorded is not None:
        query = query.where(corrections.c.made_at <= as_recorded)
    return [_correction(row, as_recorded) for row in connection.execute(query)]


def _correction(row: sa.Row[Any], as_recorded: dt.datetime | None) -> Correction:
    undone = row.undone_at is not None and (as_recorded is None or row.undone_at <= as_recorded)
    return Correction(
        correction_id=row.correction_id,
        theatre=row.theatre,
        kind=row.kind,
        who=row.who,
        why=row.why,
        made_at=row.made_at,
        anchors=tuple(Anchor(**anchor) for anchor in row.fields["anchors"]),
        values=row.fields["values"],
        undone_at=row.undone_at if undone else None,
        undone_by=row.undone_by if undone else None,
    )
