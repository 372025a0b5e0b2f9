"""The database under the store: its place, its schema, and what is said when it cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from test_geo_store import THEATRE, code, report

from geo.errors import StoreError
from geo.store import open_store


def test_the_default_lies_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTLINE_DATA", str(tmp_path / "data"))
    store = open_store()
    store.ingest([report(1)], code, theatre=THEATRE)
    store.close()
    assert (tmp_path / "data" / "contactline.sqlite").is_file()


def test_sqlite_keeps_a_log_ahead_and_its_references(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 's.sqlite'}")
    orphan = sa.text("INSERT INTO claims VALUES ('none', 0, 'c', 't', '2020-10-04', '2020-10-04', null, '{}')")
    with store.engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            connection.execute(orphan)


def test_a_store_of_schema_one_is_brought_up_to_date(tmp_path: Path) -> None:
    """Schema 1 had no corrections."""
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = open_store(url)
    store.ingest([report(1)], code, theatre=THEATRE)
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE corrections"))
        connection.execute(sa.text("UPDATE schema_version SET version = 1"))
    store.close()
    again = open_store(url)
    assert sa.inspect(again.engine).has_table("corrections")
    assert len(again.claims(theatre=THEATRE)) == 2


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE schema_version SET version = 999"))
    store.close()
    with pytest.raises(StoreError, match=r"newer version.*999"):
        open_store(url)


@pytest.mark.parametrize("wrong", ["nonsense", "nosuchdb://x/y", "sqlite:////no/such/folder/x.sqlite"])
def test_a_wrong_url_is_a_clear_error(wrong: str) -> None:
    with pytest.raises(StoreError, match="would do"):
        open_store(wrong)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")


def test_a_password_stays_out_of_messages() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql+psycopg://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
