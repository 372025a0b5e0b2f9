"""Catalogues: the tables of ACLED, UCDP GED, VIINA, GDELT and GeoConfirmed in; ACLED- and GED-shaped tables out.

An imported table keeps every column of its catalogue beside ours (`acled_…`, `ucdp_…`). Written back, a value that
nobody has changed is written as it came, so that a round trip loses nothing.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from . import acled, ucdp
from .archives import unpacked
from .cells import guarded, unguarded
from .columns import DateOrder
from .errors import CatalogueError
from .extras import optional
from .gdelt import HEADER, gdelt_incidents, is_gdelt
from .geoconfirmed import geoconfirmed_incidents, is_geoconfirmed, kml_rows
from .sheets import write_sheet
from .totals import events_of
from .viina import is_viina, viina_incidents

__all__ = ["CATALOGUES", "Kind", "catalogue_rows", "mark_deleted", "read_catalogue", "write_catalogue"]

DATA = Path(__file__).resolve().parent.parent / "data"
MEMBERS = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".kml")  # what a table in an archive may be called
OnError = Callable[[CatalogueError], None]
Kind = Literal["acled", "ucdp", "viina", "gdelt", "geoconfirmed"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """How one catalogue is recognised, read and (if it can be) written."""

    name: str
    matches: Callable[[set[str]], bool]
    incidents: Callable[..., gpd.GeoDataFrame]
    rows: Callable[..., pd.DataFrame] | None = None
    feeds: Mapping[str, tuple[str, ...]] | None = None


CATALOGUES: Mapping[str, Catalogue] = {
    "acled": Catalogue("ACLED", acled.is_acled, acled.acled_incidents, acled.acled_rows, acled.FEEDS),
    "ucdp": Catalogue("UCDP GED", ucdp.is_ucdp, ucdp.ucdp_incidents, ucdp.ucdp_rows, ucdp.FEEDS),
    "gdelt": Catalogue("GDELT", is_gdelt, gdelt_incidents),
    "viina": Catalogue("VIINA", is_viina, viina_incidents),
    "geoconfirmed": Catalogue("GeoConfirmed", is_geoconfirmed, geoconfirmed_incidents),
}


def read_catalogue(
    path: str | Path,
    *,
    kind: Kind | None = None,
    labels: str | Path | None = None,
    date_order: DateOrder | None = None,
    on_error: OnError | None = None,
) -> gpd.GeoDataFrame:
    """Read a table of another catalogue (CSV, TSV, XLSX, JSON, KML, KMZ, or one in a ZIP) as incidents.

    The kind is found from the header. Upper-case headers and a second row of HXL tags are understood. A row without
    an id or a day that can be read goes to `on_error` with its place and is left out; without `on_error` the first
    such row is raised. `labels` is VIINA's file of kinds of event (`event_labels`), joined by event id; `date_order`
    is needed only where no row tells whether day or month comes first.

    Raises:
        CatalogueError: the file cannot be read, or its header is that of no known catalogue.
    """
    raw = _raw(Path(path), on_error)
    if labels is not None:
        raw = _with_labels(raw, _raw(Path(labels), on_error), f"{path}, {labels}")
    columns = set(raw.columns)
    found: str | None = kind or next((key for key, known in CATALOGUES.items() if known.matches(columns)), None)
    if found is None:
        known = ", ".join(catalogue.name for catalogue in CATALOGUES.values())
        raise CatalogueError(f"{path}: the columns {', '.join(sorted(columns)[:8])} … are those of none of: {known}")
    frame = CATALOGUES[found].incidents(raw, types=_types(found), date_order=date_order)
    for row, fault in _faults(frame, raw, found):
        error = CatalogueError(f"{path}, row {row}: {fault}")
        if on_error is None:
            raise error
        on_error(error)
    good = frame["incident_id"].notna() & frame["date_start"].notna()
    kept: gpd.GeoDataFrame = frame[good].reset_index(drop=True)
    return kept


def catalogue_rows(frame: gpd.GeoDataFrame, kind: Literal["acled", "ucdp"]) -> pd.DataFrame:
    """Incidents as text rows in the shape of a catalogue; what came from it unchanged goes back as it came."""
    catalogue = CATALOGUES[kind]
    if catalogue.rows is None or catalogue.feeds is None:
        raise CatalogueError(f"{catalogue.name} tables can be read, not written; acled and ucdp would do")
    codes = pd.read_csv(DATA / "event_types.csv", dtype=str, keep_default_na=False).set_index("event_type")
    computed = catalogue.rows(frame, codes=codes.replace("", pd.NA))
    kept = [name for name in frame.columns if name.startswith(f"{kind}_")]
    came = frame[kept].rename(columns=lambda name: name.removeprefix(f"{kind}_")).astype("string")
    imported = came.notna().any(axis=1)
    names = [*came.columns, *(name for name in computed.columns if name not in came.columns and not imported.all())]
    out = pd.DataFrame("", index=frame.index, columns=names, dtype="string").assign(
        **{name: computed[name] for name in names if name in computed}
    )
    fresh = catalogue.incidents(came[imported].fillna(""), types=_types(kind))
    for name in came.columns:
        same = imported.copy()
        for ours in catalogue.feeds.get(name, ()):
            same[imported] &= _same(frame.loc[imported, ours], fresh[ours])
        out[name] = out[name].where(~same, came[name].fillna(""))
    return out


def write_catalogue(frame: gpd.GeoDataFrame, path: str | Path, kind: Literal["acled", "ucdp"]) -> int:
    """Write incidents in the shape of a catalogue, as CSV or (by the suffix) XLSX; returns how many.

    Left out is what neither catalogue holds: running totals, which are no events, and what is marked as deleted.
    Cells that a spreadsheet would run as a formula are guarded with a "'" in CSV, and written as text in XLSX.
    """
    events = events_of(frame)
    rows = catalogue_rows(events[~events["deleted"].fillna(value=False).astype(bool)], kind)
    if Path(path).suffix.lower() == ".xlsx":
        write_sheet(rows, Path(path))
    else:
        guarded(rows).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return len(rows)


def mark_deleted(frame: gpd.GeoDataFrame, deletions: str | Path) -> gpd.GeoDataFrame:
    """The table with `deleted` set where ACLED's list of deletions (`event_id_cnty`, `deleted_timestamp`) says so.

    Raises:
        CatalogueError: the list has no `event_id_cnty`.
    """
    raw = _raw(Path(deletions))
    if "event_id_cnty" not in raw.columns:
        raise CatalogueError(f"{deletions}: no column 'event_id_cnty'; ACLED's list of deleted events would do")
    gone = frame["incident_id"].isin("acled:" + raw["event_id_cnty"].str.strip())
    marked: gpd.GeoDataFrame = frame.assign(deleted=(frame["deleted"].fillna(value=False) | gone).astype("boolean"))
    return marked


def _with_labels(raw: pd.DataFrame, labels: pd.DataFrame, where: str) -> pd.DataFrame:
    if "event_id" not in raw.columns or "event_id" not in labels.columns:
        raise CatalogueError(f"{where}: labels are joined by 'event_id', which one of the two does not have")
    new = labels[["event_id", *(name for name in labels.columns if name not in raw.columns)]]
    joined: pd.DataFrame = raw.merge(new.drop_duplicates("event_id"), on="event_id", how="left").fillna("")
    return joined


def _raw(path: Path, on_error: OnError | None = None) -> pd.DataFrame:
    """The file, or the one in an archive, as text columns with lower-case names, without a row of HXL tags."""
    try:
        content, suffix = path.read_bytes(), path.suffix.lower()
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror or error}") from None
    if suffix == ".zip":
        content, suffix = unpacked(content, str(path), MEMBERS)
    if suffix in (".kml", ".kmz"):
        return kml_rows(io.BytesIO(content), str(path))
    if suffix == ".json":
        raw = _answer(content, path)
    else:
        raw = _sheet(content, path) if suffix == ".xlsx" else _csv(content, path, on_error)
    raw.columns = pd.Index([str(name).strip().lower() for name in raw.columns])
    first = [str(cell) for cell in raw.iloc[0]] if len(raw) else []
    tagged = any(first) and all(cell.startswith("#") or not cell for cell in first)
    return raw.iloc[1:] if tagged else raw


def _csv(content: bytes, path: Path, on_error: OnError | None) -> pd.DataFrame:
    text = _decoded(content)  # line ends inside cells are data and stay
    first = text[: text.find("\n") + 1] or text
    delimiter = max(",;\t|", key=first.count)
    bare = delimiter == "\t" and first.split("\t")[0].isdigit()  # GDELT's files have no header
    options: dict[str, Any] = {
        "sep": delimiter,
        "dtype": "string",
        "keep_default_na": False,
        "na_filter": False,
        "header": None if bare else 0,
        "quoting": csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL,
    }
    raw = _table(text, options, path, on_error)
    if bare:
        if raw.shape[1] != len(HEADER):
            raise CatalogueError(f"{path}: no header and {raw.shape[1]} columns; GDELT 2 has {len(HEADER)}")
        raw.columns = pd.Index(HEADER)
    return unguarded(raw)


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252, in which older exports of ACLED were saved."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _table(text: str, options: dict[str, Any], path: Path, on_error: OnError | None) -> pd.DataFrame:
    """The table; a row with too many cells goes to `on_error` and is left out."""

    def report(cells: list[str]) -> None:
        error = CatalogueError(
            f"{path}: the row that begins {' | '.join(cells[:3])!r} has {len(cells)} cells, too many"
        )
        if on_error is None:
            raise error
        on_error(error)

    try:
        try:
            table: pd.DataFrame = pd.read_csv(io.StringIO(text), **options)
        except pd.errors.ParserError:  # the quick parser gives up on a bad row, the other one goes on
            table = pd.read_csv(io.StringIO(text), engine="python", on_bad_lines=report, **options)
    except (ValueError, csv.Error) as error:
        raise CatalogueError(f"{path}: cannot be read as a table: {error}") from None
    return table


def _sheet(content: bytes, path: Path) -> pd.DataFrame:
    optional("openpyxl", extra="readers", what="reading .xlsx")
    try:
        sheet: pd.DataFrame = pd.read_excel(
            io.BytesIO(content), dtype="string", keep_default_na=False, na_filter=False, engine="openpyxl"
        )
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise CatalogueError(f"{path}: not an Excel workbook: {error}; saved anew as .xlsx it would do") from None
    return sheet


def _answer(content: bytes, path: Path) -> pd.DataFrame:
    """What the interfaces of ACLED and UCDP answer: a list of rows, alone or under `data` or `Result`."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{path}: not JSON: {error}") from None
    rows = (
        next((answer[key] for key in ("data", "Result") if key in answer), None) if isinstance(answer, dict) else answer
    )
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CatalogueError(f"{path}: no list of rows in it; the answer of ACLED's or UCDP's interface would do")
    cells = [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]
    return pd.DataFrame(cells, dtype="string").fillna("")


def _types(kind: str) -> dict[str, str]:
    table = pd.read_csv(DATA / "catalogues" / "types.csv", dtype=str, keep_default_na=False)
    table = table[table["catalogue"] == kind]
    return dict(zip(table["code"].str.casefold(), table["event_type"], strict=True))


def _faults(frame: gpd.GeoDataFrame, raw: pd.DataFrame, kind: str) -> Iterable[tuple[int, str]]:
    """Rows that cannot be used, and rows whose point is none, with their number in the file (the header is row 1)."""
    written = [name for name in ("latitude", "actiongeo_lat") if name in raw.columns]
    given = raw[written[0]].str.strip().ne("") if written else pd.Series(False, index=raw.index)
    for fault, rows in (
        ("no id; the row is left out", frame["incident_id"].isna()),
        ("no day that can be read; the row is left out", frame["date_start"].isna()),
        (
            f"its point is no place on Earth; kept without one ({CATALOGUES[kind].name})",
            given & frame["latitude"].isna(),
        ),
    ):
        yield from ((int(row) + 2, fault) for row in frame.index[rows])


def _same(ours: pd.Series[Any], fresh: pd.Series[Any]) -> pd.Series[bool]:
    """Where two columns hold the same, null and null included."""
    both_null = ours.isna() & fresh.isna()
    return (both_null | (ours == fresh).fillna(value=False)).astype(bool)
