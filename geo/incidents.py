"""Incidents: the flow from a report to claims, and from claims to the incidents table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .claims import Claim, Unplaced, claims_in
from .credence import MIN_CREDENCE
from .datelines import load_months, published_in
from .desk import Desk, open_desk
from .errors import ReportError
from .gazetteer import Gazetteer, open_gazetteer
from .joining import incidents_as_known, join_claims
from .mentions import Mention, find_mentions
from .places import place_mentions
from .reports import Report
from .scenes import may_be_scene
from .second_reading import NameReader
from .text import detect_language, unwrapped
from .theatre import Theatre
from .vocabulary import LEXICONS
from .weights import MODELS

__all__ = ["CodedReport", "Coder", "coder_version", "incidents_as_known", "join_claims", "open_coder"]

CODE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report with all that was read from it."""

    report: Report
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes reports for one theatre; `version` changes with the code and its data."""

    theatre: Theatre
    gazetteer: Gazetteer
    desk: Desk
    months: dict[str, int]
    version: str
    second_readers: tuple[NameReader, ...] = ()
    min_confidence: float = MIN_CREDENCE

    def code(self, report: Report) -> CodedReport:
        """Names, places and claims of one report.

        Raises:
            ReportError: the day of publication is neither given nor written in the report.
        """
        report = self.complete(report)
        flat = replace(report, text=unwrapped(report.text))
        mentions = self.mentions(flat)
        claims, unplaced = claims_in(flat, mentions, self.desk, min_confidence=self.min_confidence)
        if flat.text != report.text:  # offsets are the same: give back the words as they stand in the report
            mentions = [m._replace(text=report.text[m.start : m.end]) for m in mentions]
            claims = [replace(c, text=report.text[c.span_start : c.span_end]) for c in claims]
        return CodedReport(report, tuple(_settled(mentions, claims)), tuple(claims), tuple(unplaced))

    def mentions(self, report: Report) -> list[Mention]:
        """The places that a report names, as reading alone sees them: claims may settle their roles otherwise."""
        found = find_mentions(report, self.gazetteer, second_readers=self.second_readers)
        return place_mentions(report, found, self.gazetteer)

    def code_all(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        """Code one report after the other."""
        return map(self.code, reports)

    def complete(self, report: Report) -> Report:
        """The report with its language and day of publication, read from its text where they are not given."""
        lang = report.lang or detect_language(report.text, lexicons=self.gazetteer.lexicons)
        published = report.published
        if published is None:
            window = (self.theatre.date_from, self.theatre.date_to)
            published = published_in(report.text, months=self.months, lang=lang, window=window)
        if published is None:
            raise ReportError(
                f"report {report.id!r}: the text does not say when it was published; "
                "give the day, like --published 2020-10-23"
            )
        return replace(report, lang=lang, published=published)


OTHER_NAME = 30  # characters between a name and the name that the other side has for the place


def _same_place(mention: Mention, coded: Mention) -> bool:
    """Whether a name beside a coded one is another name of the place ("Suqovuşan (Madagiz)", "X, or Y in Armenian")."""
    if mention.place_id is None or mention.place_id != coded.place_id or mention.role in ("actor", "metonym"):
        return False
    return 0 < mention.start - coded.end <= OTHER_NAME or 0 < coded.start - mention.end <= OTHER_NAME


def _settled(mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Mention]:
    """Mentions whose role is settled by the claims: an event's place is where a claim stands, and nowhere else."""
    places = {claim.spans["place"] for claim in claims if "place" in claim.spans}
    coded = [m for m in mentions if (m.start, m.end) in places]
    places |= {(m.start, m.end) for m in mentions if any(_same_place(m, other) for other in coded)}
    told = {claim.place_id for claim in claims if "place" in claim.spans and claim.place_id}
    totals = [(c.span_start, c.span_end) for c in claims if c.scope == "cumulative_total"]
    for mention in mentions:
        if mention.role == "dateline":
            yield mention  # opens the report even where it tells of an event there
        elif (mention.start, mention.end) in places:
            yield mention._replace(role="event")
        elif mention.place_id in told and may_be_scene(mention):
            yield mention._replace(role="event")  # named again
        elif mention.role == "event" and not any(start <= mention.start < end for start, end in totals):
            yield mention._replace(role="background")
        else:
            yield mention


def open_coder(
    theatre: Theatre,
    *,
    cache_folder: Path | None = None,
    second_readers: Sequence[NameReader] = (),
    min_confidence: float = MIN_CREDENCE,
) -> Coder:
    """Open the gazetteer, the lexicons and the actors of a theatre (the first time this takes some seconds).

    `second_readers` (geo/second_reading.py) read the names again with models that the user has. What is less likely
    than `min_confidence` is not coded, but listed with its reason (geo/credence.py); 0 codes everything.
    """
    gazetteer = open_gazetteer(theatre, cache_folder=cache_folder)
    version = "+".join((coder_version(theatre), *(reader.name for reader in second_readers)))
    desk = open_desk(theatre, gazetteer.place)
    return Coder(theatre, gazetteer, desk, load_months(), version, tuple(second_readers), min_confidence)


def coder_version(theatre: Theatre) -> str:
    """A digest of the code and the data that coding depends on: another version may code a report differently."""
    digest = hashlib.sha256()
    files = [
        *CODE.glob("*.py"),
        *LEXICONS.glob("*/*"),
        *MODELS.glob("*.toml"),
        *theatre.folder.glob("*.csv"),
        theatre.folder / "theatre.toml",
    ]
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
