"""Code reports: who claims what happened, where and when."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.coded import coded_record
from geo.credence import MIN_CREDENCE
from geo.errors import ReportError
from geo.incidents import CodedReport, join_claims
from geo.reports import Report, read_reports
from geo.theatre import DEFAULT_THEATRE, Theatre, load_theatre
from layers.files import write_table

from ._coder import coder_with_word

__all__ = ["app"]

app = typer.Typer()


class Format(StrEnum):
    """What the result can be: `jsonl` holds all of a report, the others the incidents table."""

    jsonl = "jsonl"
    geojson = "geojson"
    csv = "csv"
    gpkg = "gpkg"
    parquet = "parquet"


@app.command()
def code(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Reports: .txt, .jsonl, .csv …; - for stdin.")],
    theatre: Annotated[str, typer.Option(help="Id or folder of the theatre.")] = DEFAULT_THEATRE,
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where a report does not say it itself."),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language, like fr; found from the text when left out.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write; stdout when left out.")] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Format; taken from the name of OUT, else jsonl.")
    ] = None,
    second_reader: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Read names again with natasha or spacy:PIPELINE, where installed; repeat."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Incidents less likely than this are not coded, but listed as unplaced."),
    ] = MIN_CREDENCE,
) -> None:
    """Code reports into incidents.

    jsonl gives one object a report: its mentions with role, place and confidence, its incidents, and what could not
    be placed, with the reason. The other formats give the incidents table, one row an event, claims about the same
    event joined.

    \b
    contactline code dispatch.txt --published 2020-10-23
    contactline code reports.jsonl -o incidents.gpkg
    cat dispatch.txt | contactline code - --lang fr --format geojson
    """
    chosen = _format(format_, out)
    place = load_theatre(theatre)
    coder = coder_with_word(place, second_reader=second_reader or (), min_confidence=min_confidence)
    broken: list[ReportError] = []
    reports = _reports(files, place, lang, published.date() if published else None, broken)
    coded = (coder.code(report) for report in reports)
    if chosen is Format.jsonl:
        _write_lines(coded, out)
    else:
        _write_table(coded, out, chosen)
    if broken:
        raise ReportError("\n".join(map(str, broken)))


def _reports(
    files: list[str], theatre: Theatre, lang: str | None, published: dt.date | None, broken: list[ReportError]
) -> Iterator[Report]:
    """The reports of all files; a broken one is kept for the end, so that it does not cost the others."""
    for file in files:
        yield from read_reports(
            file,
            lang=lang,
            published=published,
            window=(theatre.date_from, theatre.date_to),
            timezone=theatre.timezone,
            on_error=broken.append,
        )


def _format(asked: Format | None, out: Path | None) -> Format:
    if asked:
        chosen = asked
    elif out is None:
        chosen = Format.jsonl
    else:
        suffix = out.suffix.removeprefix(".")
        if suffix not in set(Format):
            known = ", ".join(f".{name}" for name in Format)
            raise typer.BadParameter(f"'{out}' says no format: end it with one of {known}, or give --format")
        chosen = Format(suffix)
    if out is None and chosen is Format.gpkg:
        raise typer.BadParameter("a GeoPackage cannot go to stdout: give -o FILE")
    return chosen


def _write_lines(coded: Iterable[CodedReport], out: Path | None) -> None:
    """One JSON object a line, each written as soon as its report is coded."""
    lines: Iterator[str] = (json.dumps(coded_record(one), ensure_ascii=False) + "\n" for one in coded)
    if out is None:
        for line in lines:
            sys.stdout.write(line)
        return
    with out.open("w", encoding="utf-8") as file:
        file.writelines(lines)


def _write_table(coded: Iterable[CodedReport], out: Path | None, chosen: Format) -> None:
    incidents = join_claims([claim for one in coded for claim in one.claims])
    write_table(incidents, out if out is not None else sys.stdout.buffer, chosen.value)
