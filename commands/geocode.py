"""Say where names are: candidates, ranked, with coordinates and why."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from geopy.location import Location

from geo.errors import GazetteerError
from geo.geocoder import GazetteerGeocoder
from geo.theatre import DEFAULT_THEATRE

app = typer.Typer()


@app.command()
def geocode(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Place names in any of the languages.")],
    theatre: Annotated[str, typer.Option(help="The theatre whose places come first.")] = DEFAULT_THEATRE,
    lang: Annotated[str | None, typer.Option(help="Language of the names, for their case endings.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many candidates of each name.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a name.")] = False,
) -> None:
    """Say where names are: candidates, ranked, with coordinates and why.

    Examples: contactline geocode Martuni Xocavənd Մարտակերտում
              contactline geocode "Martuni, Gegharkunik"
    """
    geocoder = GazetteerGeocoder(theatre)
    unknown = []
    for name in names:
        found = geocoder.geocode(name, exactly_one=False, limit=limit, language=lang) if name.strip() else None
        if not found:
            unknown.append(name)
        typer.echo(_as_json(name, found or []) if as_json else _as_text(name, found or []))
    if unknown:
        raise GazetteerError(
            f"no place named {', '.join(map(repr, unknown))} in the gazetteer; "
            "check the spelling, or give it to the theatre's places.csv"
        )


def _as_json(query: str, found: list[Location]) -> str:
    candidates = [{"name": f.address, "latitude": f.latitude, "longitude": f.longitude, **f.raw} for f in found]
    return json.dumps({"query": query, "candidates": candidates}, ensure_ascii=False)


def _as_text(query: str, found: list[Location]) -> str:
    lines = [f"{query}:" if found else f"{query}: no such name"]
    for rank, place in enumerate(found, 1):
        raw = place.raw
        names = " / ".join(dict.fromkeys(n for n in raw["names"].values() if n))
        point = f"{_degrees(place.latitude, 'NS')} {_degrees(place.longitude, 'EW')}"
        lines += [
            f"  {rank}. {place.address}  {point}  {raw['feature']}, ± {raw['radius_km']:g} km  [{raw['place_id']}]",
            f"     {names}",
            f"     why: {'; '.join(raw['why'])}",
        ]
    return "\n".join(lines)


def _degrees(value: float, ends: str) -> str:
    return f"{abs(value):.4f} {ends[value < 0]}"
