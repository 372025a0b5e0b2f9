"""Take reports into the store and code them; run again, it goes on where it stopped."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from geo.duplicates import duplicate_groups
from geo.endpoint import Endpoint
from geo.errors import ReportError
from geo.event_types import event_labels
from geo.incidents import CodedReport, open_coder
from geo.ingest import Ingested
from geo.reports import Report, read_reports
from geo.second_coder import with_second_coder
from geo.store import Store, open_store
from geo.theatre import DEFAULT_THEATRE, Theatre, load_theatre

__all__ = ["app"]

app = typer.Typer()
Code = Callable[[Report], CodedReport]
SHOWN = 10  # groups of duplicates that are told one by one


@app.command()
def ingest(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, feeds or pages by address; - for stdin.")
    ],
    theatre: Annotated[str, typer.Option(help="Id or folder of the theatre.")] = DEFAULT_THEATRE,
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where a report does not say it itself."),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language, like fr; found from the text when left out.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="In tables, FIELD=COLUMN, like text=Body or published=Day; repeat.")
    ] = None,
    store: Annotated[str | None, typer.Option(help="SQLAlchemy URL; else an SQLite file in your data folder.")] = None,
    second_coder: Annotated[
        str | None, typer.Option(help="Base address of an LLM endpoint that may propose claims; off by default.")
    ] = None,
    model: Annotated[str, typer.Option(help="Name of the model there.")] = "default",
    key_env: Annotated[str, typer.Option(help="Environment variable that holds its key.")] = "CONTACTLINE_LLM_KEY",
) -> None:
    """Take reports into the store and code them: .txt .html .rss .json .jsonl .csv .xlsx .pdf, Telegram exports.

    Nothing is taken in twice: stopped at any moment (Ctrl-C, power, kill), the same command goes on where it was.

    \b
    contactline ingest reports/ --theatre karabakh-2020
    contactline ingest result.json https://example.org/feed.xml
    contactline ingest table.xlsx --column text=Body --column published=Day
    """
    place = load_theatre(theatre)
    faults: list[ReportError] = []
    reports = list(_reports(sources, place, published, lang, column or [], faults))
    coder = open_coder(place)
    code: Code = coder.code
    version = coder.version
    if second_coder:
        endpoint = Endpoint(second_coder, model, os.environ.get(key_env))
        code = with_second_coder(code, endpoint, theatre=place, event_types=list(event_labels()))
        version = f"{version}+{model}"
    held = open_store(store)
    done = _ingest(held, reports, code, place, version)
    typer.echo(f"{done.new} new, {done.revised} revised, {done.known} known before", err=True)
    _tell_duplicates(held, place, {report.id for report in reports})
    messages = [*map(str, faults), *done.faults]
    if messages:
        raise ReportError("\n".join(messages))


def _reports(
    sources: list[str],
    theatre: Theatre,
    published: dt.datetime | None,
    lang: str | None,
    columns: list[str],
    faults: list[ReportError],
) -> Iterable[Report]:
    wrong = [pair for pair in columns if "=" not in pair]
    if wrong:
        raise typer.BadParameter(f"--column {wrong[0]}: FIELD=COLUMN is needed, like text=Body")
    for source in sources:
        yield from read_reports(
            source,
            lang=lang,
            published=published.date() if published else None,
            window=(theatre.date_from, theatre.date_to),
            timezone=theatre.timezone,
            columns=dict(pair.split("=", 1) for pair in columns) or None,
            on_error=faults.append,
        )


def _tell_duplicates(store: Store, theatre: Theatre, new: set[str]) -> None:
    """Which of the new reports say the same in the same words as others in the store."""
    groups = [group for group in duplicate_groups(store.reports(theatre=theatre.id)) if new & set(group)]
    for group in groups[:SHOWN]:
        typer.echo(f"the same text: {', '.join(group)}", err=True)
    if len(groups) > SHOWN:
        typer.echo(f"the same text: {len(groups) - SHOWN} groups more", err=True)


class _Rate(ProgressColumn):
    """Reports a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f} reports/s" if task.speed else "")


def _ingest(store: Store, reports: list[Report], code: Code, theatre: Theatre, version: str) -> Ingested:
    """Ingest with a bar on stderr: how many, how fast, how long yet."""
    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("coding", total=len(reports))
        try:
            return store.ingest(
                reports,
                code,
                theatre=theatre.id,
                coder=version,
                progress=lambda done: bar.update(task, completed=done.done),
            )
        except KeyboardInterrupt:
            bar.stop()
            typer.echo("stopped; what was coded is kept, the same command goes on from here", err=True)
            raise typer.Exit(130) from None
