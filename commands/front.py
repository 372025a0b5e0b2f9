"""Work out the front of a day or of many, what changed between two days, and land by side."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import shapely
import typer

from geo.change import area_by_side, front_change
from geo.control import control_claims
from geo.errors import GeoError
from geo.files import read_incidents
from geo.front import fronts
from geo.theatre import DEFAULT_THEATRE, Theatre, load_theatre

__all__ = ["app"]

app = typer.Typer(no_args_is_help=False)
ONE_DAY = ["%Y-%m-%d"]
DECIMALS = 7  # of a degree: a centimetre
WRITERS = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG", ".fgb": "FlatGeobuf"}

Name = Annotated[str, typer.Option("--theatre", help="Id or folder of the theatre.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="File to write: .geojson, .gpkg, .parquet or .csv.")]
First = Annotated[dt.datetime | None, typer.Option("--from", formats=ONE_DAY, help="First day; else the theatre's.")]
Last = Annotated[dt.datetime | None, typer.Option("--to", formats=ONE_DAY, help="Last day; else the theatre's.")]
Known = Annotated[
    dt.datetime | None, typer.Option("--as-known", formats=ONE_DAY, help="Use only what was reported by this day.")
]
EachDay = Annotated[bool, typer.Option("--each-day", help="Every day as it was known on that day itself.")]
Incidents = Annotated[
    Path | None, typer.Option(help="What `contactline code` wrote: its captures and withdrawals count as claims too.")
]
Day = Annotated[dt.datetime, typer.Argument(formats=ONE_DAY)]


@app.callback(invoke_without_command=True)
def front(
    context: typer.Context,
    theatre: Name = DEFAULT_THEATRE,
    on: Annotated[dt.datetime | None, typer.Option(formats=ONE_DAY, help="The day.")] = None,
    first: First = None,
    last: Last = None,
    as_known: Known = None,
    each_day: EachDay = False,
    incidents: Incidents = None,
    out: Out = None,
) -> None:
    """The front of one day (--on) or of all days (--from, --to): land by side, the contested zone, and the lines.

    \b
      contactline front --on 2020-10-20 -o front.geojson
      contactline front --from 2020-10-01 --to 2020-10-31 -o fronts.gpkg
      contactline front --on 2020-10-20 --as-known 2020-10-20
      contactline front diff 2020-10-19 2020-10-20

    Without -o a terminal gets a summary, a pipe GeoJSON.
    """
    if context.invoked_subcommand is not None:
        return
    if on is not None and (first or last):
        raise typer.BadParameter("give one day by --on, or several by --from and --to")
    place = load_theatre(theatre)
    days = [on.date()] if on else _days(place, first, last)
    claims = control_claims(place, read_incidents(incidents) if incidents else None)
    _write(fronts(place, days, claims=claims, as_known=_date(as_known), each_day=each_day), out)


@app.command()
def diff(
    before: Day,
    after: Day,
    theatre: Name = DEFAULT_THEATRE,
    as_known: Known = None,
    incidents: Incidents = None,
    out: Out = None,
) -> None:
    """What changed between two days: land gained by side, where the line moved, and the claims that did it."""
    place = load_theatre(theatre)
    days = [before.date(), after.date()]
    claims = control_claims(place, read_incidents(incidents) if incidents else None)
    table = fronts(place, days, claims=claims, as_known=_date(as_known))
    _write(front_change(table, *days), out)


@app.command()
def area(
    theatre: Name = DEFAULT_THEATRE,
    first: First = None,
    last: Last = None,
    as_known: Known = None,
    each_day: EachDay = False,
    out: Out = None,
) -> None:
    """Land by day and side in km², as CSV: for a chart."""
    place = load_theatre(theatre)
    table = fronts(place, _days(place, first, last), as_known=_date(as_known), each_day=each_day)
    _csv(area_by_side(table), out)


def _days(theatre: Theatre, first: dt.datetime | None, last: dt.datetime | None) -> list[dt.date]:
    start, end = _date(first) or theatre.date_from, _date(last) or theatre.date_to
    if start > end:
        raise GeoError(f"--from {start} lies after --to {end}")
    return [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]


def _date(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _write(table: gpd.GeoDataFrame, out: Path | None) -> None:
    suffix = out.suffix.lower() if out else ".geojson"
    if out is None and sys.stdout.isatty():
        typer.echo(_summary(table))
    elif out is None:
        typer.echo(_plain(table).to_json(drop_id=True, na="null"))
    elif suffix in (".parquet", ".geoparquet"):
        table.to_parquet(out)
    elif suffix == ".csv":
        _csv(pd.DataFrame(table.drop(columns="geometry")).assign(geometry=table.geometry.to_wkt()), out)
    elif suffix in WRITERS:
        _plain(table).to_file(out, driver=WRITERS[suffix])
    else:
        raise GeoError(
            f"{out}: cannot write {suffix or 'without a suffix'}; .geojson, .gpkg, .parquet or .csv would do"
        )


def _summary(table: gpd.GeoDataFrame) -> str:
    """What a reader at a terminal wants to see of a front: no coordinates, no lists of claims."""
    ids = table["basis_claim_ids"].fillna("")
    counted = table.drop(columns=["geometry", "basis_claim_ids", "source", "licence"])
    counted = counted.assign(claims=ids.map(lambda text: len(text.split("; ")) if text else 0))
    if "area_km2" not in table:
        area = table.to_crs("ESRI:54034").area / 1e6  # equal-area
        length = table.to_crs(table.estimate_utm_crs()).length.where(area == 0) / 1e3
        counted = counted.assign(km2=area.where(area > 0).round(1), km=length.round(1))
    return str(pd.DataFrame(_plain(counted)).to_string(index=False, na_rep="-"))


def _plain(table: Any) -> Any:
    """Days as text (2020-10-20), coordinates to a centimetre."""
    days = [name for name in table if pd.api.types.is_datetime64_any_dtype(table[name])]
    plain = table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in days})
    if isinstance(plain, gpd.GeoDataFrame):
        plain = plain.set_geometry(shapely.transform(plain.geometry.to_numpy(), lambda points: points.round(DECIMALS)))
    return plain


def _csv(table: pd.DataFrame, out: Path | None) -> None:
    text = _plain(table).to_csv(out, index=False)
    if text is not None:
        typer.echo(text, nl=False)
