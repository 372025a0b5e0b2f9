"""Correct incidents on the record: move, retype, merge, split, reject; list and undo."""

from __future__ import annotations

import csv
import json
import sys
from typing import Annotated, Any

import typer

from geo.corrections import Kind, learnt_aliases
from geo.errors import CorrectionError
from geo.event_types import event_labels
from geo.gazetteer import open_gazetteer
from geo.store import open_store
from geo.theatre import DEFAULT_THEATRE, load_theatre

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, help="Correct incidents on the record: move, retype, merge, split, reject; list and undo."
)
Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of the incident, like i-0f3c….")]
Incidents = Annotated[list[str], typer.Argument(metavar="INCIDENT…", help="Ids of the incidents.")]
Who = Annotated[str, typer.Option(help="Who corrects.", envvar="CONTACTLINE_ANALYST")]
Why = Annotated[str, typer.Option(help="Why: a reason that others can check.")]
InTheatre = Annotated[str, typer.Option("--theatre", help="Id or folder of the theatre.")]
InStore = Annotated[
    str | None, typer.Option("--store", help="SQLAlchemy URL; else an SQLite file in your data folder.")
]


@app.command()
def move(
    incident: Incident,
    who: Who,
    why: Why,
    place: Annotated[str | None, typer.Option(help="Id of a place, as `contactline geocode` shows it.")] = None,
    point: Annotated[str | None, typer.Option(metavar="LON,LAT", help="A point instead of a place.")] = None,
    radius_km: Annotated[float | None, typer.Option(help="How far off the point may be.")] = None,
    theatre: InTheatre = DEFAULT_THEATRE,
    store: InStore = None,
) -> None:
    """Put an incident at another place or point."""
    if (place is None) == (point is None):
        raise typer.BadParameter("give either --place ID or --point LON,LAT")
    values = _place(place, theatre) if place else _point(point or "")
    if radius_km is not None:
        values["radius_km"] = radius_km
    _correct("move", [incident], theatre, store, who=who, why=why, values=values)


@app.command()
def retype(
    incident: Incident,
    event_type: Annotated[str, typer.Argument(metavar="TYPE", help="The event type, like air_strike.")],
    who: Who,
    why: Why,
    theatre: InTheatre = DEFAULT_THEATRE,
    store: InStore = None,
) -> None:
    """Say that an incident was of another type."""
    if event_type not in event_labels():
        raise typer.BadParameter(f"'{event_type}' is no event type; one of {', '.join(event_labels())} would do")
    _correct("retype", [incident], theatre, store, who=who, why=why, values={"event_type": event_type})


@app.command()
def merge(
    incidents: Incidents, who: Who, why: Why, theatre: InTheatre = DEFAULT_THEATRE, store: InStore = None
) -> None:
    """Say that incidents are one; the first gives place and type."""
    _correct("merge", incidents, theatre, store, who=who, why=why)


@app.command()
def split(
    incident: Incident,
    claim: Annotated[list[str], typer.Option(help="Id of a claim to take out, as `versions` shows it; repeat.")],
    who: Who,
    why: Why,
    theatre: InTheatre = DEFAULT_THEATRE,
    store: InStore = None,
) -> None:
    """Take claims out of an incident: they are about another one."""
    _correct("split", [incident], theatre, store, who=who, why=why, claim_ids=claim)


@app.command()
def reject(
    incidents: Incidents, who: Who, why: Why, theatre: InTheatre = DEFAULT_THEATRE, store: InStore = None
) -> None:
    """Say that incidents are none."""
    _correct("reject", incidents, theatre, store, who=who, why=why)


@app.command()
def undo(
    correction: Annotated[str, typer.Argument(help="Id of the correction, as `list` shows it.")],
    who: Who,
    store: InStore = None,
) -> None:
    """Undo a correction; it stays on record."""
    open_store(store).undo(correction, who=who)
    typer.echo(f"undone: {correction}")


@app.command("list")
def list_(theatre: InTheatre = DEFAULT_THEATRE, store: InStore = None) -> None:
    """List all corrections in their order, one a line, undone ones too."""
    for made in open_store(store).corrections(theatre=load_theatre(theatre).id):
        state = f"undone by {made.undone_by} {made.undone_at:%Y-%m-%d %H:%M}" if made.undone_at else "holds"
        values = json.dumps(dict(made.values), ensure_ascii=False) if made.values else ""
        line = (made.correction_id, f"{made.made_at:%Y-%m-%d %H:%M}", made.kind, made.who, state, values, made.why)
        typer.echo("\t".join(" ".join(cell.split()) for cell in line))


@app.command()
def aliases(theatre: InTheatre = DEFAULT_THEATRE, store: InStore = None) -> None:
    """Write the place names that moves have taught, as CSV: candidates for the theatre's places.csv."""
    held, place = open_store(store), load_theatre(theatre)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("place_id", "name", "lang", "correction_id"))
    learnt = learnt_aliases(held.corrections(theatre=place.id), held.claims(theatre=place.id))
    rows.writerows((a.place_id, a.name, a.lang, a.correction_id) for a in learnt)


def _correct(kind: Kind, incidents: list[str], theatre: str, store: str | None, **options: Any) -> None:
    made = open_store(store).correct(kind, incidents, theatre=load_theatre(theatre).id, **options)
    typer.echo(f"{made.kind}: {made.correction_id}")


def _place(place_id: str, theatre: str) -> dict[str, Any]:
    place = open_gazetteer(load_theatre(theatre)).place(place_id)
    if place is None:
        raise CorrectionError(f"no place {place_id!r}: contactline geocode NAME shows ids")
    return {
        "place_id": place.id,
        "place_names": " / ".join(dict.fromkeys(name for name in place.names.values() if name)) or place.name,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "radius_km": place.radius_km,
        "country": place.country,
        "admin1": place.admin1,
        "where_prec": place.where_prec,
    }


def _point(text: str) -> dict[str, Any]:
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"'{text}': LON,LAT is needed, like 47.112,39.795") from None
    return {"longitude": longitude, "latitude": latitude}
