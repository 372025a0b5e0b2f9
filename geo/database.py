"""The database under the store: opened once, safe for several processes, its schema brought up to date step by step."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError
from sqlalchemy.types import TypeDecorator

from .errors import StoreError

__all__ = ["claims", "codings", "connect", "corrections", "reading", "reports", "revisions", "writing"]

BUSY_S = 60.0  # how long a writer waits for another one before the user hears of it
T = TypeVar("T")


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC also where the database has no time zones (SQLite)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


METADATA = sa.MetaData()

reports = sa.Table(
    "reports",
    METADATA,
    sa.Column("report_id", sa.String, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("lang", sa.String),
    sa.Column("published", sa.Date, index=True),
    sa.Column("published_at", Moment),
    sa.Column("source", sa.String),
    sa.Column("title", sa.String),
    sa.Column("url", sa.String),
    sa.Column("read_at", Moment, nullable=False),
)
revisions = sa.Table(  # what a report said before its outlet changed it
    "report_revisions",
    METADATA,
    sa.Column("report_id", sa.ForeignKey("reports.report_id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("read_at", Moment, nullable=False),
    sa.Column("replaced_at", Moment, nullable=False),
)
codings = sa.Table(  # what one version of the coder made of one revision of a report for one theatre
    "codings",
    METADATA,
    sa.Column("coding_id", sa.String(64), primary_key=True),
    sa.Column("report_id", sa.ForeignKey("reports.report_id"), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("theatre", sa.String, nullable=False, index=True),
    sa.Column("coder", sa.String, nullable=False),
    sa.Column("coded_at", Moment, nullable=False),
    sa.Column("retired_at", Moment),  # null while it holds
    sa.Column("fault", sa.Text),  # why the report could not be coded
    sa.Column("mentions", sa.JSON, nullable=False),
    sa.Column("unplaced", sa.JSON, nullable=False),
)
claims = sa.Table(
    "claims",
    METADATA,
    sa.Column("coding_id", sa.ForeignKey("codings.coding_id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("claim_id", sa.String, nullable=False, index=True),
    sa.Column("event_type", sa.String, nullable=False),
    sa.Column("date_start", sa.Date, nullable=False),
    sa.Column("date_end", sa.Date, nullable=False),
    sa.Column("place_id", sa.String),
    sa.Column("fields", sa.JSON, nullable=False),
)
corrections = sa.Table(
    "corrections",
    METADATA,
    sa.Column("correction_id", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),  # the order in which they were made
    sa.Column("theatre", sa.String, nullable=False, index=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("undone_at", Moment),
    sa.Column("undone_by", sa.String),
    sa.Column("fields", sa.JSON, nullable=False),
)
_version = sa.Table("schema_version", sa.MetaData(), sa.Column("version", sa.Integer, primary_key=True))

# Step n brings a database from schema n to n + 1; a new database gets the last schema at once.
MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (
    lambda connection: corrections.create(connection, checkfirst=True),  # 2: corrections
)


def connect(url: str) -> sa.Engine:
    """Open a database by its SQLAlchemy URL and bring its schema up to date.

    Raises:
        StoreError: the URL is wrong, the driver is missing, or what is there is no store that this version can read.
    """
    try:
        engine = sa.create_engine(url, **_options(url))
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"{shown(url)}: no database can be opened with this: {error}; sqlite:///FILE would do"
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if not reading(engine, _is_current):  # most openings need no lock
        writing(engine, _migrate)
    return engine


def writing(engine: sa.Engine, step: Callable[[sa.Connection], T]) -> T:
    """Run a step in one transaction that may write; see `_run`."""
    return _run(engine, step, writes=True)


def reading(engine: sa.Engine, step: Callable[[sa.Connection], T]) -> T:
    """Run a step in one transaction that only reads: it sees one state of the store; see `_run`."""
    return _run(engine, step, writes=False)


def _run(engine: sa.Engine, step: Callable[[sa.Connection], T], *, writes: bool) -> T:
    """Where another process stands in the way, wait and run the step again.

    Raises:
        StoreError: the database cannot be used, or stays busy for longer than a minute.
    """
    end = time.monotonic() + BUSY_S
    while True:
        try:
            with engine.connect() as connection:
                connection = connection.execution_options(contactline_writes=writes)
                with connection.begin():
                    return step(connection)
        except DatabaseError as error:
            if not _passing(error) or time.monotonic() > end:
                raise StoreError(f"{shown(engine.url)}: {_cause(error)}; another file or URL would do") from error
            time.sleep(random.uniform(0.005, 0.05))


def shown(url: str | sa.URL) -> str:
    """A database URL for a message: without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(url)


def _options(url: str) -> dict[str, Any]:
    return {"connect_args": {"timeout": BUSY_S}} if url.startswith("sqlite") else {"pool_pre_ping": True}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("contactline_writes")
    # A reader that turns writer fails at once when another wrote in between; one that starts as a writer waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _passing(error: DatabaseError) -> bool:
    """Whether another process stood in the way: a lock, a row that it wrote first, a transaction that it broke."""
    text = _cause(error).lower()
    state = getattr(error.orig, "sqlstate", None) or ""
    if isinstance(error, IntegrityError):
        return "unique" in text or state == "23505"
    return "locked" in text or "busy" in text or "already exists" in text or state in ("40001", "40P01", "55P03")


def _cause(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())


def _is_current(connection: sa.Connection) -> bool:
    if not sa.inspect(connection).has_table(_version.name):
        return False
    current: int | None = connection.scalar(sa.select(sa.func.max(_version.c.version)))
    return current == len(MIGRATIONS) + 1


def _migrate(connection: sa.Connection) -> None:
    _version.create(connection, checkfirst=True)
    current, last = connection.scalar(sa.select(sa.func.max(_version.c.version))), len(MIGRATIONS) + 1
    if current is None:
        METADATA.create_all(connection)
        connection.execute(_version.insert().values(version=last))
        return
    if current > last:
        raise StoreError(
            f"{shown(connection.engine.url)}: written by a newer version (schema {current}, this one knows {last}); "
            "pip install -U contactline would do"
        )
    for number, step in enumerate(MIGRATIONS[current - 1 :], current + 1):
        step(connection)
        connection.execute(_version.insert().values(version=number))
