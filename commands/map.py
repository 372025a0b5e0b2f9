"""Draw incidents and fronts on a map: one HTML file, offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from geo.control import control_claims
from geo.event_types import event_labels
from geo.files import read_incidents
from geo.known_fronts import fronts_now_and_then
from geo.theatre import DEFAULT_THEATRE, Theatre, load_theatre
from geo.totals import events_of
from layers.export import to_html
from layers.maps import incident_map
from layers.picture import to_pdf, to_png
from layers.publish import published, published_fronts

__all__ = ["app"]

app = typer.Typer()
ONE_DAY = ["%Y-%m-%d"]


@app.command("map")
def map_(
    incidents: Annotated[
        Path, typer.Argument(help="What `contactline code` wrote: .geojson, .csv, .gpkg or .parquet.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="The file to write: .html; .png or .pdf by an installed Chromium.")
    ],
    theatre: Annotated[str, typer.Option(help="Id or folder of the theatre.")] = DEFAULT_THEATRE,
    first: Annotated[dt.datetime | None, typer.Option("--from", formats=ONE_DAY, help="First day to show.")] = None,
    last: Annotated[dt.datetime | None, typer.Option("--to", formats=ONE_DAY, help="Last day to show.")] = None,
    on: Annotated[dt.datetime | None, typer.Option(formats=ONE_DAY, help="Day that the map opens on.")] = None,
    online: Annotated[
        list[str] | None, typer.Option(help="Tiles the reader may switch to, like OpenStreetMap.Mapnik; repeat.")
    ] = None,
    blur_km: Annotated[
        float | None, typer.Option(help="To publish: coarsen points and fronts to cells this wide.")
    ] = None,
    delay: Annotated[int | None, typer.Option(min=0, help="To publish: hold back the last days.")] = None,
    drop: Annotated[list[str] | None, typer.Option(help="To publish: empty this column; repeat.")] = None,
) -> None:
    """Draw incidents and the front of each day as one HTML file that works offline.

    Nothing is fetched when the file is opened, unless its reader switches to tiles that you allowed by --online.
    """
    place = load_theatre(theatre)
    days = (_day(first) or place.date_from, _day(last) or place.date_to)
    table = events_of(read_incidents(incidents))
    front = _fronts(place, table, *days)
    as_of = min(days[1], dt.datetime.now(dt.UTC).date())
    drawn = _drawn(
        place,
        published(_between(table, *days), blur_km=blur_km, delay=delay, drop=drop or (), as_of=as_of),
        None if front is None else published_fronts(front, blur_km=blur_km, delay=delay, as_of=as_of),
        _day(on),
        online or (),
    )
    WRITERS.get(out.suffix.lower(), _page)(drawn, out)


def _drawn(
    theatre: Theatre,
    incidents: gpd.GeoDataFrame,
    front: gpd.GeoDataFrame | None,
    day: dt.date | None,
    online: Sequence[str],
) -> Any:
    basemap = theatre.folder / "basemap"
    return incident_map(
        incidents,
        front,
        bbox=theatre.bbox,
        title=theatre.name,
        sides={side.id: side.name for side in theatre.sides},
        labels={"event_type": event_labels(), "claimant": {a.actor_id: a.name for a in theatre.actors}},
        day=day,
        basemap=basemap if basemap.is_dir() else None,
        online=online,
        credit="Places: GeoNames, CC BY 4.0",
    )


def _page(drawn: Any, out: Path) -> None:
    to_html(drawn, out)


def _picture(drawn: Any, out: Path) -> None:
    to_png(to_html(drawn), out)


def _print(drawn: Any, out: Path) -> None:
    to_pdf(to_html(drawn), out)


WRITERS: Mapping[str, Callable[[Any, Path], object]] = {".png": _picture, ".pdf": _print}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _between(incidents: gpd.GeoDataFrame, first: dt.date, last: dt.date) -> gpd.GeoDataFrame:
    """The incidents that touch the days; an unknown day excludes nothing."""
    ends = incidents["date_end"].fillna(incidents["date_start"])
    return incidents[~(incidents["date_start"] > pd.Timestamp(last)) & ~(ends < pd.Timestamp(first))]


def _fronts(theatre: Theatre, incidents: gpd.GeoDataFrame, first: dt.date, last: dt.date) -> gpd.GeoDataFrame | None:
    if theatre.base_line is None:
        return None
    days = [day.date() for day in pd.date_range(first, last)]
    return fronts_now_and_then(theatre, days, claims=control_claims(theatre, incidents))
