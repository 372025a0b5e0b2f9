"""Show why a report was read as it was: names and claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import typer

from geo.claims import Claim
from geo.incidents import CodedReport
from geo.mentions import Mention
from geo.reports import read_reports
from geo.theatre import DEFAULT_THEATRE, load_theatre

from ._coder import coder_with_word

__all__ = ["app"]

app = typer.Typer()
MOST_CANDIDATES = 4
SHOWN = (
    "claimant",
    "claim_status",
    "denied_by",
    "perpetrator",
    "target",
    "scope",
    "deaths_low",
    "deaths_high",
    "injured_low",
)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report; - for stdin.")],
    theatre: Annotated[str, typer.Option(help="Id or folder of the theatre.")] = DEFAULT_THEATRE,
    published: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language; found from the text when left out.")] = None,
) -> None:
    """Show why each name got its place and role, and from which words each claim was coded."""
    place = load_theatre(theatre)
    coder = coder_with_word(place)
    reports = read_reports(
        file,
        lang=lang,
        published=published.date() if published else None,
        window=(place.date_from, place.date_to),
        timezone=place.timezone,
    )
    for report in reports:
        typer.echo("\n".join(_lines(coder.code(report))))


def _lines(coded: CodedReport) -> Iterator[str]:
    report = coded.report
    yield f"{report.id}  published {report.published}  language {report.lang or '?'}"
    yield f"\nNames ({len(coded.mentions)})"
    for mention in coded.mentions:
        yield from _mention_lines(mention)
    yield f"\nClaims ({len(coded.claims)})"
    for claim in coded.claims:
        yield from _claim_lines(claim, report.text)
    yield f"\nNot placed or not coded ({len(coded.unplaced)})"
    for item in coded.unplaced:
        yield f"  “{item.text}”: {item.reason}"


def _mention_lines(mention: Mention) -> Iterator[str]:
    where = (
        "no place"
        if mention.latitude is None
        else f"{mention.name} ({mention.latitude:.4f} N {mention.longitude:.4f} E)"
    )
    yield f"  {mention.start}–{mention.end} “{mention.text}”  {mention.role}  → {where}  {mention.confidence:.2f}"
    if mention.reasons:
        yield f"      because {'; '.join(mention.reasons)}"
    for candidate in mention.candidates[:MOST_CANDIDATES]:
        yield f"      {candidate.score:6.2f}  {candidate.place_id}  {'; '.join(candidate.reasons)}"


def _claim_lines(claim: Claim, text: str) -> Iterator[str]:
    days = str(claim.date_start) if claim.date_start == claim.date_end else f"{claim.date_start} … {claim.date_end}"
    yield f"  {claim.event_type}  {days}  {claim.place_name or 'no named place'} (precision {claim.where_prec})"
    yield f"      “{claim.text}”"
    known = [f"{name} {value}" for name in SHOWN if (value := getattr(claim, name)) is not None]
    yield f"      {' · '.join(known)} · confidence {claim.confidence:.2f}"
    for name, (start, end) in claim.spans.items():
        yield f"      {name} from “{text[start:end]}”"
