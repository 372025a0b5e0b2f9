"""Build the offline base map of a theatre from installed packages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from geo.theatre import Theatre, load_theatre
from layers.basemap_build import build_clip
from layers.basemap_clip import Label, write_clip
from layers.basemap_labels import labels_of
from layers.basemap_sources import find_sources
from layers.errors import LayerError

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Build the offline base map of a theatre from installed packages.")

OWED = {  # what a table of places names as its source: how it wants to be named, its licence
    "GeoNames": ("Places © GeoNames, CC BY 4.0", "CC BY 4.0"),
    "Who's On First": ("Who's On First", "https://whosonfirst.org/docs/licenses"),
}
Box = tuple[float, float, float, float]
Disputed = Annotated[
    Path | None, typer.Option(help="QGIS's world_map.gpkg, which holds disputed lines; else the usual places.")
]


@app.command()
def build(
    theatre: Annotated[str | None, typer.Option(help="Theatre whose box and places to use (id or folder).")] = None,
    bbox: Annotated[str | None, typer.Option(help="west,south,east,north in degrees instead of a theatre.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder to write; else the theatre's own, basemap/ in it.")
    ] = None,
    margin: Annotated[float, typer.Option(min=0, max=1, help="Widen the box by this part of it on every side.")] = 0.4,
    disputed: Disputed = None,
    without: Annotated[list[str] | None, typer.Option(help="Name of a disputed line to leave out; repeat.")] = None,
    languages: Annotated[
        str | None,
        typer.Option(help="Whose names to draw, like hy,az; else the official languages of the theatre's countries."),
    ] = None,
    budget_kb: Annotated[int, typer.Option(min=20, help="What the files together may weigh, in KB.")] = 150,
) -> None:
    """Cut borders, water, relief and place names for a theatre out of installed packages, once.

    The packages are an extra: pip install 'contactline[basemap]'. Maps need only the files that this command writes.

    Example: contactline basemap build --theatre karabakh-2020 -o karabakh-base
    """
    if (theatre is None) == (bbox is None):
        raise LayerError("basemap build: give either --theatre ID or --bbox W,S,E,N")
    loaded = load_theatre(theatre) if theatre is not None else None
    folder = output or (loaded.folder / "basemap" if loaded else None)
    if folder is None:
        raise LayerError("basemap build: with --bbox say where to write, like -o my-base")
    box = _widened(loaded.bbox if loaded else _parsed(bbox or ""), margin)
    labels = _labels(loaded, languages) if loaded else []
    clip = build_clip(
        box,
        find_sources(disputed=disputed),
        labels=labels,
        label_sources=_owed(loaded) if loaded and labels else (),
        without=without or (),
        budget_kb=budget_kb,
    )
    for path in write_clip(clip, folder):
        typer.echo(f"{path}\t{path.stat().st_size / 1000:.0f} KB")
    for source in clip.sources:
        typer.echo(f"{source['what']}: {source['credit']} ({source['licence']}), from {source['package']}", err=True)


@app.command()
def sources(disputed: Disputed = None) -> None:
    """Say which sources are installed, and under which licence each stands."""
    for source in find_sources(disputed=disputed).values():
        typer.echo(f"{source.what}\t{source.credit}\t{source.licence}\t{source.package} {source.version}".rstrip())


def _labels(theatre: Theatre, languages: str | None) -> list[Label]:
    places = theatre.table("places")
    if places.empty:
        return []
    chosen = [part.strip() for part in languages.split(",")] if languages else _languages_of_countries(theatre)
    return labels_of(places, chosen, both_for=_contested(theatre, places))


def _owed(theatre: Theatre) -> list[dict[str, str]]:
    """Whom the places are owed to, as their table says in `source`."""
    places = theatre.table("places")
    said = " ".join(places["source"].unique()) if "source" in places.columns else ""
    return [
        {"what": "labels", "credit": credit, "licence": licence, "package": "places.csv"}
        for name, (credit, licence) in OWED.items()
        if name in said
    ]


def _contested(theatre: Theatre, places: pd.DataFrame) -> set[str] | None:
    """Places that a side held or took whose country they are not in; None if nothing is known of control."""
    control = theatre.table("control_changes")
    if control.empty:
        return None
    country = dict(zip(places["place_id"], places["country"], strict=True))
    holder = {side.id: side.country for side in theatre.sides}
    rows = zip(control["place_id"], control["controller"], strict=True)
    return {place for place, side in rows if holder.get(side) != country.get(place)}


def _languages_of_countries(theatre: Theatre) -> list[str]:
    from babel.languages import get_official_languages  # build-time only: part of the extra

    official = dict.fromkeys(str(t) for country in theatre.countries for t in get_official_languages(country))
    return [tongue for tongue in official if tongue in theatre.languages]


def _parsed(bbox: str) -> Box:
    try:
        west, south, east, north = map(float, bbox.split(","))
    except ValueError:
        raise LayerError(f"--bbox {bbox!r}: four numbers are wanted, like 44.4,38.3,49.0,41.5") from None
    return west, south, east, north


def _widened(box: Box, margin: float) -> Box:
    west, south, east, north = box
    across, up = (east - west) * margin, (north - south) * margin
    return max(west - across, -180.0), max(south - up, -85.0), min(east + across, 180.0), min(north + up, 85.0)
