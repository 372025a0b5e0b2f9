"""Belief: from control claims to who is assessed to hold a place on each day, and who else says so.

The rules (terms as in FM 3-90-1 and ISW's maps: assessed, claimed, disputed):

- A claim against one's own interest, a confirmation and a hand-over by agreement settle a place.
- A gainer's claim is *claimed* until the other side admits it, a second source confirms it, or nobody has denied it
  for `quiet_days`. Known from a later day, a claim that was settled in the end counts from its own day.
- A denied claim is *disputed*: it bends only the alternative line, until a confirmation that nobody denies any more,
  that day included, or until the denials have stopped for `denial_days`. The gainer's own confirmation, or a weak one,
  moves the assessed line, but the dispute stays open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

__all__ = ["Holding", "holdings"]

WEAK = 0.7  # a confirmation whose record is less sure than this settles no dispute
ORDER = ("held", "announced", "withdrawn", "listed", "contested", "unlisted", "denied", "confirmed", "agreed")
SETTLING = ("confirmed", "agreed")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place from a day on: the assessed holder, and the side that says otherwise, if any.

    `belief` is the probability that `holder` holds it; `claim_ids` are the claims that this rests on; `sure`: more than
    the gainer's word or one list vouches for it; `agreed`: handed over with the land around. Without a holder nothing
    certain is said of the place (a list calls it contested, or no longer names it).
    """

    holder: str | None
    claimed_by: str | None = None
    disputed_by: str | None = None
    belief: float = 0.5
    claim_ids: tuple[str, ...] = ()
    sure: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    id: str
    day: dt.date
    reported: dt.date
    to_side: str | None
    by: str | None
    kind: str
    confidence: float

    def against_interest(self, loser: str | None) -> bool:
        return self.by is not None and self.by == loser and self.by != self.to_side

    def own(self) -> bool:
        """The gainer speaks; when nobody is named, the gainer is supposed to."""
        return self.by is None or self.by == self.to_side


@dataclass(frozen=True, slots=True)
class _Rules:
    as_known: dt.date | None
    each_day: bool
    quiet_days: int
    denial_days: int


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day looked at, and the day by which a claim must have been reported to count."""

    day: dt.date
    horizon: dt.date
    rules: _Rules


def holdings(
    claims: pd.DataFrame,
    *,
    as_known: dt.date | None = None,
    each_day: bool = False,
    quiet_days: int = 3,
    denial_days: int = 6,
) -> pd.DataFrame:
    """Holdings of every place from each day on which they change.

    Args:
        claims: control claims (geo.control.CLAIM_COLUMNS), in any order.
        as_known: only what was reported by this day; None: all that is known today.
        each_day: every day as it was known on that day itself (`as_known` still caps what is known at all).
        quiet_days: an undenied claim counts as settled after so many days.
        denial_days: a denied claim counts as settled when the last denial is older than this.

    Returns:
        Columns place_id, day (datetime64), holding (Holding); sorted by day, then place.
    """
    rules = _Rules(as_known, each_day, quiet_days, denial_days)
    places: list[str] = []
    days: list[dt.date] = []
    found: list[Holding] = []
    for place_id, place_claims in _by_place(claims):
        for day, holding in _timeline(place_claims, rules):
            places.append(place_id)
            days.append(day)
            found.append(holding)
    table = pd.DataFrame({"place_id": places, "day": pd.to_datetime(pd.Series(days, dtype=object)), "holding": found})
    return table.sort_values(["day", "place_id"], kind="stable", ignore_index=True)


def _by_place(claims: pd.DataFrame) -> Iterator[tuple[str, list[_Claim]]]:
    ordered = claims.assign(rank=claims["kind"].map({kind: n for n, kind in enumerate(ORDER)})).sort_values(
        ["place_id", "date", "rank", "claim_id"]
    )
    text = {name: [_text(v) for v in ordered[name]] for name in ("to_side", "claimant_side")}
    rows = [
        _Claim(*row)
        for row in zip(
            ordered["claim_id"].tolist(),
            ordered["date"].dt.date.tolist(),
            ordered["reported_at"].dt.date.tolist(),
            text["to_side"],
            text["claimant_side"],
            ordered["kind"].tolist(),
            ordered["confidence"].astype(float).tolist(),
            strict=True,
        )
    ]
    ids = ordered["place_id"].to_numpy()
    bounds = [0, *(np.flatnonzero(ids[1:] != ids[:-1]) + 1).tolist(), len(ids)] if len(ids) else [0]
    for start, end in pairwise(bounds):
        yield str(ids[start]), rows[start:end]


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str) and value else None


def _timeline(claims: Sequence[_Claim], rules: _Rules) -> Iterator[tuple[dt.date, Holding]]:
    """The days on which the holding of one place changes."""
    claims = [claim for claim in claims if rules.as_known is None or claim.reported <= rules.as_known]
    last: Holding | None = None
    for day in sorted(_turning_days(claims, rules)):
        horizon = day if rules.each_day else (rules.as_known or dt.date.max)
        holding = _holding_on(claims, _Moment(day, horizon, rules))
        if holding is not None and holding != last:
            yield day, holding
            last = holding


def _turning_days(claims: Sequence[_Claim], rules: _Rules) -> set[dt.date]:
    days: set[dt.date] = set()
    for claim in claims:
        days |= {claim.day, max(claim.day, claim.reported)}
        if claim.kind != "held":
            days |= {claim.day + n * DAY for n in (1, rules.quiet_days, rules.denial_days + 1)}
    return days


def _holding_on(claims: Sequence[_Claim], moment: _Moment) -> Holding | None:
    known = [claim for claim in claims if claim.reported <= moment.horizon]
    state: Holding | None = None
    for number, claim in enumerate(known):
        if claim.day > moment.day:
            break
        if claim.kind == "denied" and state is not None:
            continue  # weighed with the claim that it denies
        others = [*known[:number], *known[number + 1 :]]
        state = _after(state, claim, others, moment)
    return state


def _after(state: Holding | None, claim: _Claim, others: Sequence[_Claim], moment: _Moment) -> Holding:
    """The holding once this claim is taken in; `others` are all other known claims about the place."""
    if claim.kind == "agreed":
        return Holding(claim.to_side, None, None, 0.99, (claim.id,), sure=True, agreed=True)
    if claim.kind in ("contested", "unlisted"):
        return Holding(None, None, claim.to_side if claim.kind == "contested" else None, 0.5, (claim.id,))
    if state is None or claim.kind in ("held", "listed"):
        return Holding(claim.to_side, None, None, claim.confidence, (claim.id,), sure=claim.kind == "confirmed")
    ids = (*state.claim_ids, claim.id)
    if claim.to_side == state.holder:
        return _said_again(state, claim, others, moment)
    if claim.kind == "confirmed":
        if state.disputed_by == claim.to_side and _weak(claim, others):
            return Holding(claim.to_side, None, state.holder, 0.65, ids, sure=True)
        led_here = state.claim_ids if claim.to_side in (state.claimed_by, state.disputed_by) else ()
        open_until_night = state.holder if state.disputed_by and claim.day == moment.day else None
        weight = _weight(claim, state.holder)
        return Holding(claim.to_side, None, open_until_night, weight, (*led_here, claim.id), sure=True)
    if claim.against_interest(state.holder) or not claim.own():
        return Holding(claim.to_side, None, None, _weight(claim, state.holder), (claim.id,), sure=True)
    return _gainers_claim(state, claim, others, moment)


def _said_again(state: Holding, claim: _Claim, others: Sequence[_Claim], moment: _Moment) -> Holding:
    """Said again, or confirmed: the claims that led here stay its basis; only a firm confirmation ends a dispute."""
    ends = claim.kind == "confirmed" and not _weak(claim, others) and claim.day < moment.day
    contested = None if ends else state.disputed_by
    belief = max(state.belief, _weight(claim, None)) if contested is None else state.belief
    sure = state.sure or claim.kind == "confirmed"
    return Holding(state.holder, None, contested, belief, (*state.claim_ids, claim.id), sure, state.agreed)


def _weak(claim: _Claim, others: Sequence[_Claim]) -> bool:
    """A poor record, the gainer's own word, or denied on the same day or later."""
    denied = any(c.kind == "denied" and c.to_side != claim.to_side and c.day >= claim.day for c in others)
    return denied or claim.confidence < WEAK or (claim.by is not None and claim.by == claim.to_side)


def _weight(claim: _Claim, loser: str | None) -> float:
    if claim.against_interest(loser):
        return 0.97
    return {"confirmed": 0.95}.get(claim.kind, 0.85) * (1.0 if claim.confidence >= WEAK else 0.9)


def _gainers_claim(state: Holding, claim: _Claim, others: Sequence[_Claim], moment: _Moment) -> Holding:
    """A claim in the claimant's own interest, in the light of what was said after it and is known by now."""
    after = [c for c in others if c.day >= claim.day]
    contrary = min(
        (c.day for c in after if c.to_side != claim.to_side and c.kind not in ("denied", "held") and c.day > claim.day),
        default=dt.date.max,
    )
    denials = [c for c in after if c.kind == "denied" and c.to_side != claim.to_side and c.day <= contrary]
    backing = [c for c in after if c.to_side == claim.to_side and c.day <= contrary and _backs(c)]
    horizon, rules = moment.horizon, moment.rules
    if not denials:
        settled = min([*(c.day for c in backing), claim.day + rules.quiet_days * DAY])
        if settled <= horizon and settled < contrary:
            admitted = any(c.against_interest(state.holder) for c in backing)
            belief = 0.95 if admitted else 0.85
            return Holding(claim.to_side, None, None, belief, (claim.id,), sure=any(c.day <= horizon for c in backing))
        return Holding(state.holder, claim.to_side, None, 0.6, (*state.claim_ids[:1], claim.id))
    last = max(c.day for c in denials)
    firm = [c.day for c in backing if not _weak(c, others) and c.day > last]
    end = min([*firm, last + rules.denial_days * DAY])
    if end < min(moment.day, contrary):
        return Holding(claim.to_side, None, None, 0.85, (claim.id,))
    said = tuple(c.id for c in denials if c.day <= moment.day)
    return Holding(state.holder, None, claim.to_side, 0.55, (*state.claim_ids[:1], claim.id, *said))


def _backs(claim: _Claim) -> bool:
    return claim.kind in SETTLING or (claim.kind in ("announced", "withdrawn") and not claim.own())
