"""What a theatre still lacks, told to whoever makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from .theatre import Theatre

__all__ = ["Finding", "check_theatre"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`fault`: something is wrong; `missing`: a part of the product has nothing to work with; `ok`: fine."""

    level: Literal["fault", "missing", "ok"]
    what: str
    would_do: str = ""


def check_theatre(theatre: Theatre) -> list[Finding]:
    """Look at every table of a theatre; the list never stops at the first fault."""
    places = theatre.table("places")
    return [
        *_places(theatre, places),
        *_actors(theatre),
        *_control(theatre, places),
        *_base_line(theatre),
        *_optional(theatre),
    ]


def _places(theatre: Theatre, places: pd.DataFrame) -> Iterator[Finding]:
    if places.empty:
        yield Finding(
            "missing", "places.csv: no place", "one row a place: place_id, name_en, latitude, longitude, feature"
        )
        return
    lacking = {"place_id", "latitude", "longitude", "feature", "source"} - set(places.columns)
    if lacking:
        yield Finding("fault", f"places.csv: no column {', '.join(sorted(lacking))}", "add it")
        return
    twice = places.loc[places["place_id"].duplicated(), "place_id"].tolist()
    if twice:
        yield Finding("fault", f"places.csv: place_id given twice: {_some(twice)}", "give each place an id of its own")
    lat, lon = (pd.to_numeric(places[c], errors="coerce") for c in ("latitude", "longitude"))
    wrong = places.loc[~(lat.between(-90, 90) & lon.between(-180, 180)), "place_id"].tolist()
    if wrong:
        yield Finding(
            "fault", f"places.csv: no usable point: {_some(wrong)}", "decimal degrees, WGS 84; latitude first"
        )
    sourceless = places.loc[places["source"] == "", "place_id"].tolist()
    if sourceless:
        yield Finding("fault", f"places.csv: no source: {_some(sourceless)}", "say where each row is from")
    west, south, east, north = theatre.bbox
    inside = int((lat.between(south, north) & lon.between(west, east)).sum())
    yield Finding("ok" if inside else "fault", f"places.csv: {len(places)} places, {inside} of them inside the bbox")
    if "MM" in theatre.countries and not places["place_id"].str.startswith("mimu").any():
        yield Finding(
            "missing",
            "places.csv: of Myanmar only towns, no villages or townships",
            "pip install 'contactline[myanmar]', then make the theatre anew",
        )
    for lang in theatre.languages:
        column = f"name_{lang}"
        named = int((places[column] != "").sum()) if column in places.columns else 0
        if named == 0:
            yield Finding("missing", f"places.csv: no name in '{lang}'", f"column {column}; other_names are read too")


def _actors(theatre: Theatre) -> Iterator[Finding]:
    if not theatre.sides:
        yield Finding("missing", "theatre.toml: no [[sides]]", "who holds land and who fights: id, name, party")
    for side in theatre.sides:
        count = sum(a.side == side.id for a in theatre.actors)
        if not count:
            yield Finding(
                "missing", f"actors.csv: nobody speaks for side {side.id}", "add its ministry, army, spokespeople"
            )
    strangers = sorted({a.actor_id for a in theatre.actors if not any(a.aliases.values())})
    if strangers:
        yield Finding(
            "fault", f"actors.csv: no alias in any language: {_some(strangers)}", "aliases_en and so on, '|' between"
        )
    if theatre.actors:
        yield Finding("ok", f"actors.csv: {len(theatre.actors)} who speak or act")


def _control(theatre: Theatre, places: pd.DataFrame) -> Iterator[Finding]:
    control = theatre.table("control_changes")
    if control.empty:
        yield Finding(
            "missing",
            "control_changes.csv: no claim of control",
            "the front stays at the base line until reports move it",
        )
        return
    known = set(places["place_id"]) if "place_id" in places else set()
    strays = sorted(set(control["place_id"]) - known)
    if strays:
        yield Finding(
            "fault", f"control_changes.csv: not in places.csv: {_some(strays)}", "add the places or mend the ids"
        )
    sides = {s.id for s in theatre.sides}
    holders = sorted(set(control["controller"]) - sides)
    if holders:
        yield Finding(
            "fault", f"control_changes.csv: no such side: {_some(holders)}", f"one of {', '.join(sorted(sides))}"
        )
    yield Finding("ok", f"control_changes.csv: {len(control)} claims of control")


def _base_line(theatre: Theatre) -> Iterator[Finding]:
    base = theatre.base_line
    if not base:
        yield Finding(
            "missing", "theatre.toml: no [base_line]", "land held on the first day, so that a front can be drawn"
        )
    elif not (theatre.folder / str(base.get("file", ""))).is_file():
        yield Finding(
            "fault", f"theatre.toml: [base_line] file {base.get('file')!r} is not in the folder", "mend the name"
        )
    else:
        lacking = [k for k in ("date", "source", "licence") if not base.get(k)]
        if lacking:
            yield Finding(
                "fault", f"theatre.toml: [base_line] has no {', '.join(lacking)}", "every overlay carries them"
            )


def _optional(theatre: Theatre) -> Iterator[Finding]:
    if not (theatre.folder / "reports.jsonl").is_file():
        yield Finding("missing", "reports.jsonl: no sample report", "the dashboard starts empty; that is fine")
    if not (theatre.folder / "basemap").is_dir():
        yield Finding("missing", "basemap/: no offline base", "contactline basemap build")


def _some(items: list[str]) -> str:
    shown = ", ".join(map(str, items[:5]))
    return shown if len(items) <= 5 else f"{shown} and {len(items) - 5} more"
