"""Make, check and list theatres: conflicts as folders of data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from geo.folders import data_folder
from geo.new_theatre import Founding, new_theatre
from geo.theatre import list_theatres, load_theatre
from geo.theatre_check import check_theatre

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Make, check and list theatres: conflicts as folders of data.")
MARKS = {"fault": "✗", "missing": "–", "ok": "✓"}


@app.command("list")
def list_() -> None:
    """List the theatres that can be loaded by name."""
    for name in list_theatres():
        theatre = load_theatre(name)
        typer.echo(f"{theatre.id}\t{theatre.date_from} – {theatre.date_to}\t{theatre.name}\t{theatre.folder}")


@app.command()
def new(
    theatre_id: Annotated[str, typer.Argument(metavar="ID", help="A short id, like ukraine-2022.")],
    country: Annotated[list[str], typer.Option("--country", help="ISO 3166 code of a country in it, like UA; repeat.")],
    first: Annotated[dt.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[dt.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    side: Annotated[
        list[str] | None, typer.Option("--side", help="A further side as ID=NAME, like RSF='Rapid Support Forces'.")
    ] = None,
    name: Annotated[str, typer.Option(help="Title of the theatre.")] = "",
    bbox: Annotated[
        str | None, typer.Option(help="west,south,east,north in degrees; else the countries' towns decide.")
    ] = None,
    dump: Annotated[Path | None, typer.Option(help="A GeoNames XX.zip to take towns from.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where to put it; else the user's data folder.")] = None,
) -> None:
    """Make a working theatre for any conflict, from GeoNames' towns and the world's regions.

    Example: contactline theatre new ukraine-2022 --country UA --from 2022-02-24 --to 2022-12-31 --side RU=Russia
    """
    founding = Founding(
        id=theatre_id,
        countries=tuple(c.upper() for c in country),
        date_from=first.date(),
        date_to=last.date(),
        name=name,
        sides=dict(_side(s) for s in side or ()),
        bbox=_bbox(bbox),
    )
    made = new_theatre(founding, folder or data_folder() / "theatres", dump=dump)
    typer.echo(f"made {made}")
    _tell(made)


@app.command()
def check(theatre: Annotated[str, typer.Argument(metavar="ID|FOLDER", help="A theatre's id or folder.")]) -> None:
    """Say what a theatre lacks; exit code 1 when something in it is wrong."""
    if _tell(Path(theatre) if Path(theatre).is_dir() else theatre):
        raise typer.Exit(1)


def _tell(id_or_folder: str | Path) -> bool:
    faulty = False
    for finding in check_theatre(load_theatre(id_or_folder)):
        faulty |= finding.level == "fault"
        typer.echo(f"{MARKS[finding.level]} {finding.what}{' — ' + finding.would_do if finding.would_do else ''}")
    return faulty


def _side(text: str) -> tuple[str, str]:
    side_id, _, name = text.partition("=")
    if not side_id or not name:
        raise typer.BadParameter(f"{text!r} needs ID=NAME, like RU=Russia", param_hint="--side")
    return side_id, name


def _bbox(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = (float(v) for v in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} needs west,south,east,north in degrees", param_hint="--bbox") from None
    return west, south, east, north
