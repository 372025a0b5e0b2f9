"""Claims: who says that what happened where and when."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from .credence import MIN_CREDENCE
from .desk import Desk
from .directions import direction_of
from .draft import Draft
from .mentions import Mention
from .reports import Report
from .scenes import Scene
from .sentences import Reading
from .sourced import is_partisan
from .strangers import is_boast
from .told import Told, told_in
from .tolls import own_loss, scope_of, toll_of

__all__ = ["Claim", "ClaimStatus", "Scope", "Unplaced", "claims_from", "claims_in"]

FUZZY = 5  # UCDP's precision of a line or a fuzzy area
UNDISPUTED = frozenset({"withdrawal", "prisoner_exchange", "casualties"})  # own losses, mines, what both sides do
WHOLE = 6  # … of a country or the theatre as a whole

ClaimStatus = Literal["claimed", "denied", "confirmed", "corrected"]
Scope = Literal["incident", "increment", "cumulative_total", "enemy_loss_claim"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one claimant about one event, with the span that it came from.

    The fields carry the names of the incidents table (geo/schema.py). `text` is the sentence,
    `report.text[span_start:span_end] == text`; `spans` gives the span of each single field where known.
    """

    claim_id: str
    report_id: str
    event_type: str
    date_start: dt.date
    date_end: dt.date
    date_prec: int
    text: str
    span_start: int
    span_end: int
    lang: str
    sub_event_type: str | None = None
    reported_at: dt.datetime | None = None
    side_a: str | None = None
    side_b: str | None = None
    perpetrator: str | None = None
    target: str | None = None
    claimant: str | None = None
    claimant_side: str | None = None
    claim_status: ClaimStatus = "claimed"
    denied_by: str | None = None
    denial_text: str | None = None
    place_id: str | None = None
    place_name: str | None = None
    place_names: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    where_prec: int = 7
    radius_km: float | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    deaths_low: int | None = None
    deaths_best: int | None = None
    deaths_high: int | None = None
    deaths_a: int | None = None
    deaths_b: int | None = None
    deaths_civilians: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    scope: Scope = "incident"
    source: str | None = None
    confidence: float = 0.5
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    origin: str = "rules"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A report, name or claim that could not be placed or coded, with the reason: nothing is dropped in silence."""

    report_id: str
    text: str
    reason: str
    start: int | None = None
    end: int | None = None


def claims_in(
    report: Report, mentions: Sequence[Mention], desk: Desk, *, min_confidence: float = MIN_CREDENCE
) -> tuple[list[Claim], list[Unplaced]]:
    """Claims of a report, in the order of its text, and what could not be coded.

    Args:
        report: `lang` and `published` must be known.
        mentions: resolved, with their roles.
        desk: actors, vocabularies and weights.
        min_confidence: what is less likely than this is not coded, but listed with its reason.

    Raises:
        ReportError: the language or the day of publication is missing.
    """
    told = told_in(report, mentions, desk, min_credence=min_confidence)
    if told is None:
        return [], [Unplaced(report.id, report.text[:200], f"no lexicon for the language {report.lang!r}")]
    claims = claims_from(report, told, desk)
    return claims, [*_unplaced(report, mentions, told), *_doubtful(report, told)]


def claims_from(report: Report, told: Told, desk: Desk) -> list[Claim]:
    """The drafts and running totals of a report as claims, in the order of its text."""
    maker = _Maker(report, told.reading, desk, told.lang, told.published)
    claims = [*map(maker.claim, told.drafts), *maker.totals(told.scenes)]
    return list(_distinct(sorted(claims, key=lambda c: c.span_start)))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Turns the drafts of one report into claims."""

    report: Report
    reading: Reading
    desk: Desk
    lang: str
    published: dt.date

    def claim(self, draft: Draft) -> Claim:
        """One draft as a claim."""
        sentence = draft.scene.sentence
        low, best, high = toll_of(draft.dead)
        hurt_low, hurt_best, hurt_high = toll_of(draft.wounded)
        if hurt_best and best is None:
            low = best = high = 0  # only wounded: nobody was killed
        place = draft.place
        perpetrator, target = direction_of(draft, self.desk.book, self.reading)
        civilian = any(f.civilian for f in draft.dead) and not any(f.military for f in draft.dead)
        return Claim(
            claim_id=self._id(draft.event_type, sentence.start, place.start if place else -1),
            report_id=self.report.id,
            event_type="shelling" if draft.inferred and draft.denial else draft.event_type,
            sub_event_type=draft.trigger.sub_event_type,
            date_start=min(draft.start, draft.end),
            date_end=max(draft.start, draft.end),
            date_prec=draft.prec,
            text=self.reading.text_of(sentence),
            span_start=sentence.start,
            span_end=sentence.end,
            lang=self.lang,
            reported_at=self._reported_at(),
            side_a=perpetrator,
            side_b=target,
            perpetrator=perpetrator,
            target=target,
            claimant=draft.claimant,
            claimant_side=draft.side,
            claim_status=self._status(draft),
            denied_by=draft.denied_by,
            denial_text=self.report.text[slice(*draft.denial)] if draft.denial else None,
            deaths_low=low,
            deaths_best=best,
            deaths_high=high,
            deaths_civilians=best if civilian else None,
            injured_low=hurt_low,
            injured_high=hurt_high,
            scope=scope_of(draft, self.reading, self.desk.book),
            source=self.report.source,
            confidence=round(draft.credence, 3),
            spans=self._spans(draft),
            **self._where(draft),
        )

    def totals(self, scenes: Iterable[Scene]) -> Iterator[Claim]:
        """Running totals: statements with their own scope, never events."""
        for scene in scenes:
            dead = [f for f in scene.figures if f.kind == "dead" and f.best > 0]
            if not scene.total or scene.past or not dead:
                continue
            figure = max(dead, key=lambda f: f.best)
            since = [m.start for m in scene.moments if m.kind == "since"]
            speaker = next((s for s in scene.speakers if s.actor_id), None)
            first, last = self.reading.span(figure.first, figure.last)
            each = self.reading.has("each_other", scene.sentence) and len(dead) == 1
            times = 2 if each else 1
            yield Claim(
                claim_id=self._id("cumulative_total", first, -1),
                report_id=self.report.id,
                event_type="casualties",
                date_start=min([*since, self.published]) if since else min(self.desk.theatre.date_from, self.published),
                date_end=self.published,
                date_prec=4,
                text=self.reading.text_of(scene.sentence),
                span_start=scene.sentence.start,
                span_end=scene.sentence.end,
                lang=self.lang,
                reported_at=self._reported_at(),
                claimant=speaker.actor_id if speaker else None,
                claimant_side=speaker.side if speaker else None,
                where_prec=WHOLE,
                deaths_low=None if figure.low is None else figure.low * times,
                deaths_best=figure.best * times,
                deaths_high=None if figure.high is None else figure.high * times,
                deaths_a=figure.best if each else None,
                deaths_b=figure.best if each else None,
                deaths_civilians=figure.best if figure.civilian and not figure.military else None,
                scope="cumulative_total",
                source=self.report.source,
                spans={"deaths": (first, last)},
            )

    def _id(self, *parts: object) -> str:
        written = "\x1f".join(map(str, (self.report.id, *parts)))
        return "c-" + hashlib.sha256(written.encode()).hexdigest()[:16]

    def _reported_at(self) -> dt.datetime:
        if self.report.published_at is not None:
            return self.report.published_at
        return dt.datetime.combine(self.published, dt.time(), tzinfo=dt.UTC)

    def _status(self, draft: Draft) -> ClaimStatus:
        book = self.desk.book
        if draft.corrected:
            return "corrected"
        if draft.confirmed:
            return "confirmed"
        if draft.denial:
            return "denied"
        if draft.event_type in UNDISPUTED or own_loss(draft, self.reading, book):
            return "confirmed"
        if draft.speaker is not None and (draft.speaker.official or is_boast(draft)):
            return "claimed"
        if draft.claimant is None or not book.fights(draft.side):
            own = draft.speaker is None and is_partisan(self.reading, draft.scene.sentence)
            return "claimed" if own else "confirmed"  # plain narration or a third party
        return "claimed"

    def _spans(self, draft: Draft) -> dict[str, tuple[int, int]]:
        reading = self.reading
        spans: dict[str, tuple[int, int]] = {}
        if not draft.inferred:
            spans["event_type"] = reading.span(draft.trigger.first, draft.trigger.last)
        if draft.moment:
            spans["date"] = reading.span(draft.moment.first, draft.moment.last)
        if draft.place:
            spans["place"] = (draft.place.start, draft.place.end)
        if draft.speaker and draft.speaker.words:
            spans["claimant"] = reading.span(*draft.speaker.words)
        if draft.denial:
            spans["denial"] = draft.denial
        for name, figures in (("deaths", draft.dead), ("injured", draft.wounded)):
            if figures:
                spans[name] = reading.span(figures[-1].first, figures[-1].last)
        return spans

    def _names(self, names: Mapping[str, str]) -> list[str]:
        """Forms of a name, English first, then in the theatre's languages; without what is put in brackets."""
        langs = dict.fromkeys(("en", *self.desk.theatre.languages))
        return list(dict.fromkeys(filter(None, (names.get(lang, "").partition(" (")[0] for lang in langs))))

    def _where(self, draft: Draft) -> dict[str, Any]:
        mention = draft.place
        if mention is None:
            return {"where_prec": FUZZY if draft.vague or draft.event_type != "ceasefire" else WHOLE}
        place = self.desk.place_of(mention.place_id) if mention.place_id else None
        names = self._names(place.names) if place else []
        return {
            "place_id": mention.place_id,
            "place_name": mention.text,
            "place_names": " / ".join(names) or None,
            "latitude": mention.latitude,
            "longitude": mention.longitude,
            "where_prec": mention.where_prec or (place.where_prec if place else FUZZY),
            "radius_km": mention.radius_km,
            "admin1": (place.admin1 or None) if place else None,
            "country": (place.country or None) if place else None,
        }


def _distinct(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims that differ in what happened, where, when or who says so."""
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        where = claim.place_id or claim.place_name
        total = claim.deaths_best if claim.scope == "cumulative_total" else None
        key = (claim.event_type, where, claim.date_start, claim.date_end, claim.claimant, claim.scope, total)
        if key not in seen:
            seen.add(key)
            yield claim


def _doubtful(report: Report, told: Told) -> Iterator[Unplaced]:
    for draft in told.doubtful:
        sentence = draft.scene.sentence
        reason = f"{draft.event_type}: too doubtful to be coded"  # nothing more: people filter by reasons
        yield Unplaced(report.id, told.reading.text_of(sentence), reason, sentence.start, sentence.end)


def _unplaced(report: Report, mentions: Sequence[Mention], told: Told) -> Iterator[Unplaced]:
    reading, scenes = told.reading, told.scenes
    coded = {id(d.place) for d in (*told.drafts, *told.doubtful)}
    for draft in told.drafts:
        place, sentence = draft.place, draft.scene.sentence
        if place is None:
            reason = f"{draft.event_type}: the text names no place"
            yield Unplaced(report.id, reading.text_of(sentence), reason, sentence.start, sentence.end)
        elif place.latitude is None:
            reason = f"{draft.event_type}: the place is not known"
            yield Unplaced(report.id, place.text, reason, place.start, place.end)
    for mention in mentions:
        if mention.role == "event" and id(mention) not in coded:
            yield Unplaced(report.id, mention.text, _why_not(mention, scenes), mention.start, mention.end)


def _why_not(mention: Mention, scenes: Sequence[Scene]) -> str:
    scene = next((s for s in scenes if s.sentence.start <= mention.start < s.sentence.end), None)
    if scene is not None and scene.past:
        return "the past"
    return "a running total" if scene is not None and scene.total else "no event is told of it"
