"""Read ACLED, UCDP GED, VIINA, GDELT or GeoConfirmed tables as incidents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import pandas as pd
import typer

from geo.catalogues import mark_deleted, read_catalogue
from geo.errors import CatalogueError
from geo.sheets import write_incident_sheet
from layers.files import write_table

__all__ = ["app"]

app = typer.Typer()


class Kind(StrEnum):
    """The catalogues that can be read."""

    acled = "acled"
    ucdp = "ucdp"
    viina = "viina"
    gdelt = "gdelt"
    geoconfirmed = "geoconfirmed"


class DateOrder(StrEnum):
    """Which comes first in dates such as 04/10/2020."""

    dmy = "dmy"
    mdy = "mdy"


@app.command()
def catalogue(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Tables: .csv .tsv .xlsx .json .kml .kmz .zip")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Incidents to write: .geojson .gpkg .parquet .csv .xlsx …")],
    kind: Annotated[Kind | None, typer.Option(help="Which catalogue; found from the header when left out.")] = None,
    labels: Annotated[Path | None, typer.Option(help="VIINA's event_labels, joined to event_info by event id.")] = None,
    date_order: Annotated[
        DateOrder | None, typer.Option(help="For dates in figures, where no row tells which comes first.")
    ] = None,
    deleted: Annotated[Path | None, typer.Option(help="ACLED's list of deleted events, to be marked.")] = None,
) -> None:
    """Read tables of other catalogues as incidents; every column of theirs is kept beside ours.

    The catalogue is found from the header: ACLED of every generation (upper case, HXL tags), UCDP GED 23.1 and later,
    VIINA 1 and 2, GDELT 2 events, GeoConfirmed KML. What cannot be read is told, the rest is written; exit code 1 then.

    \b
    contactline catalogue acled.csv -o incidents.gpkg
    contactline catalogue GEDEvent_v24_1.csv gdelt.export.CSV -o incidents.parquet
    """
    faults: list[CatalogueError] = []
    frames = [
        read_catalogue(
            path,
            kind=kind.value if kind else None,
            labels=labels,
            date_order=date_order.value if date_order else None,
            on_error=faults.append,
        )
        for path in files
    ]
    incidents = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=4326) if len(frames) > 1 else frames[0]
    if deleted:
        incidents = mark_deleted(incidents, deleted)
    if out.suffix.lower() == ".xlsx":
        write_incident_sheet(incidents, out)
    else:
        write_table(incidents, out)
    typer.echo(f"{len(incidents)} incidents in {out}", err=True)
    if faults:
        raise CatalogueError("\n".join(map(str, faults)))
