"""Write the store's incidents, or a file of them, for GIS and for those who work with ACLED or UCDP GED."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from geo.catalogues import write_catalogue
from geo.files import read_incidents
from geo.sheets import write_incident_sheet
from geo.store import open_store
from geo.theatre import DEFAULT_THEATRE, load_theatre
from layers.files import write_table

__all__ = ["app"]

app = typer.Typer()


class Shape(StrEnum):
    """Whose columns to write."""

    own = "own"
    acled = "acled"
    ucdp = "ucdp"


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="What to write: .geojson .gpkg .fgb .parquet .kml .csv .xlsx")],
    incidents: Annotated[Path | None, typer.Option(help="A file of incidents; else the store's.")] = None,
    theatre: Annotated[str, typer.Option(help="Id or folder of the theatre.")] = DEFAULT_THEATRE,
    shape: Annotated[Shape, typer.Option("--as", help="Whose columns: ours, ACLED's or UCDP GED's (csv, xlsx).")] = (
        Shape.own
    ),
    as_known: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="As it was known on that day, or moment (UTC)."),
    ] = None,
    store: Annotated[str | None, typer.Option(help="SQLAlchemy URL; else an SQLite file in your data folder.")] = None,
) -> None:
    """Write incidents to a file; the suffix says the format.

    \b
    contactline export incidents.gpkg
    contactline export acled.csv --as acled
    contactline export barda.geojson --as-known 2020-10-28
    """
    table = _incidents(incidents, theatre, as_known, store)
    if shape is not Shape.own:
        if out.suffix.lower() not in (".csv", ".xlsx"):
            raise typer.BadParameter(f"'{out}': {shape.value} tables are .csv or .xlsx")
        written = write_catalogue(table, out, "acled" if shape is Shape.acled else "ucdp")
        typer.echo(f"{written} of {len(table)} rows in {out}; running totals are no events there", err=True)
        return
    if out.suffix.lower() == ".xlsx":
        write_incident_sheet(table, out)
    else:
        write_table(table, out)
    typer.echo(f"{len(table)} incidents in {out}", err=True)


def _incidents(path: Path | None, theatre: str, as_known: dt.datetime | None, store: str | None) -> gpd.GeoDataFrame:
    if path is not None:
        if as_known is not None:
            raise typer.BadParameter("--as-known asks the store; a file holds one state only")
        return read_incidents(path)
    at: dt.date | None = as_known
    if as_known is not None:
        at = as_known.date() if as_known.time() == dt.time() else as_known.replace(tzinfo=dt.UTC)
    return open_store(store).incidents(theatre=load_theatre(theatre).id, as_known=at)
