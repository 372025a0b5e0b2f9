"""Told: the events that a report tells of, as drafts, with the sentences that they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .credence import MIN_CREDENCE, credence, features
from .denials import answer_claims, attribute
from .desk import Desk, sides_held
from .draft import Draft
from .drafts import drafts_in
from .entries import entry_drafts, is_entry, settle_coded
from .errors import ReportError
from .informants import Context
from .limits import happened, is_debunked, is_near, lies_near
from .mentions import Mention
from .reports import Report
from .scenes import Scene, scenes_in
from .sentences import Reading, read_sentences
from .tolls import attach_figures, merged

__all__ = ["Told", "told_in"]


@dataclass(frozen=True, slots=True)
class Told:
    """A report cut into sentences, with what each tells; `doubtful` are drafts too unlikely to be made claims."""

    lang: str
    published: dt.date
    reading: Reading
    scenes: list[Scene]
    drafts: list[Draft]
    doubtful: list[Draft]


def told_in(
    report: Report, mentions: Sequence[Mention], desk: Desk, *, min_credence: float = MIN_CREDENCE
) -> Told | None:
    """What a report tells; None when there is no lexicon for its language.

    Args:
        report: `lang` and `published` must be known.
        mentions: resolved, with their roles.
        desk: actors, vocabularies and weights.
        min_credence: drafts less likely than this are set aside.

    Raises:
        ReportError: the language or the day of publication is missing.
    """
    lang, published = _required(report)
    vocabulary = desk.vocabularies.get(lang)
    if vocabulary is None:
        return None
    named = [m for m in mentions if m.role not in ("actor", "metonym")]
    reading = read_sentences(report.text, vocabulary, named)
    sides = sides_held(mentions, desk, reading, published)
    dateline = next((sides[m.place_id] for m in mentions if m.role == "dateline" and m.place_id in sides), None)
    context = Context(desk.book, vocabulary.home_side, dateline_side=dateline, sides=sides)
    scenes = scenes_in(
        reading, mentions, context, published=published, theatre_start=desk.theatre.date_from, sides=sides
    )
    drafts = drafts_in(reading, scenes, mentions, desk.book, published=published)
    drafts = attribute(reading, scenes, drafts, desk.book, sides)
    answer_claims(reading, scenes, drafts, desk.book, vocabulary.home_side)
    settle_coded(reading, mentions, drafts)
    drafts = [d for d in drafts if is_near(d, desk.theatre)]
    drafts += entry_drafts(reading, scenes, [m for m in mentions if lies_near(m, desk.theatre)], drafts)
    attach_figures(reading, scenes, drafts)
    begun = desk.theatre.date_from
    drafts = [d for d in merged(drafts) if happened(d, published, begun) and not is_debunked(d, scenes, reading)]
    _weigh(drafts, reading, desk)
    least = 0.0 if is_entry(reading, scenes) else min_credence
    sure = [d for d in drafts if d.credence >= least]
    return Told(lang, published, reading, scenes, sure, [d for d in drafts if d.credence < least])


def _weigh(drafts: Sequence[Draft], reading: Reading, desk: Desk) -> None:
    for draft in drafts:
        place = desk.place_of(draft.place.place_id) if draft.place and draft.place.place_id else None
        draft.credence = credence(desk.weights, features(draft, drafts, reading, place))


def _required(report: Report) -> tuple[str, dt.date]:
    if not report.lang:
        raise ReportError(f"report {report.id!r}: its language is not known; give it, like --lang fr")
    if report.published is None:
        raise ReportError(f"report {report.id!r}: no day of publication; give it, like --published 2020-10-23")
    return report.lang.split("-")[0].lower(), report.published
