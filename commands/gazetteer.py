"""Build, count and search the gazetteer of a theatre."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from geo.gazetteer import open_gazetteer
from geo.theatre import DEFAULT_THEATRE, load_theatre
from geo.user_sources import add_user_source, user_sources, user_sources_folder

app = typer.Typer(no_args_is_help=True)
Theatre = Annotated[str, typer.Option(help="Whose gazetteer.")]


@app.command()
def build(
    theatre: Theatre = DEFAULT_THEATRE,
    add: Annotated[
        list[Path] | None, typer.Option("--add", help="A further file of places; repeat. See below.")
    ] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", help="A file added before, by its name.")] = None,
) -> None:
    """Compile the gazetteer, with further files of your own.

    Files that can be added: GeoNames dumps (UA.zip, allCountries.zip, with alternateNamesV2.zip beside them for names
    by language), Who's On First databases (.db), and any CSV, GeoJSON, GeoPackage or Shapefile with a name and a point.
    """
    for path in add or ():
        typer.echo(f"added {add_user_source(path)}", err=True)
    for name in remove or ():
        (user_sources_folder() / Path(name).name).unlink(missing_ok=True)
    shown = sys.stderr.isatty()
    gazetteer = open_gazetteer(load_theatre(theatre), progress=_progress if shown else None)
    if shown:
        typer.echo("", err=True)
    size = gazetteer.index.path.stat().st_size / 1e6
    typer.echo(f"{len(gazetteer):,} places, {size:.0f} MB: {gazetteer.index.path}")


@app.command()
def stats(theatre: Theatre = DEFAULT_THEATRE) -> None:
    """Count what the gazetteer holds, by source and kind."""
    gazetteer = open_gazetteer(load_theatre(theatre))
    ranks = ("of the theatre", "of the world tables and files added", "of GeoNames", "of GeoNames without inhabitants")
    counts = Counter(int(r) for r in gazetteer.index.columns["rank"])
    for rank, count in sorted(counts.items()):
        typer.echo(f"{count:>9,} {ranks[min(rank, 3)]}")
    for feature, count in Counter(gazetteer.at(row).feature for row in range(len(gazetteer))).most_common():
        typer.echo(f"{count:>9,} {feature}")
    for source in user_sources():
        typer.echo(f"added file: {source.name}")


@app.command()
def search(
    name: Annotated[str, typer.Argument(help="A name in any of the languages; case endings are understood.")],
    theatre: Theatre = DEFAULT_THEATRE,
    limit: Annotated[int, typer.Option(min=1)] = 20,
) -> None:
    """List every place that has a name, likeliest first, one a line, tabs between."""
    for place in open_gazetteer(load_theatre(theatre)).search(name, limit=limit):
        names = " / ".join(dict.fromkeys(n for n in place.names.values() if n))
        typer.echo(
            f"{place.id}\t{place.latitude:.4f}\t{place.longitude:.4f}\t{place.feature}\t{place.country}\t{names}"
        )


def _progress(what: str, places: int) -> None:
    typer.echo(f"\r{places:>9,} places; reading {what[-60:]:<60}", err=True, nl=False)
