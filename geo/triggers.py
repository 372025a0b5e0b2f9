"""Triggers: which words of a sentence say that something happened, and what kind of event it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .event_rules import RULES
from .ours import without_ours
from .phrases import Cue
from .sentences import Reading, Sentence
from .verbs import is_infinitive, is_repelled, takes_up

__all__ = ["Trigger", "triggers_in"]

NEGATION_REACH = 3  # words between a negation and the event that it denies
PLAN_REACH = 7
WEAK = frozenset(
    {
        "listing",
        "downing",
        "capture_weak",
        "clash_weak",
        "impact",
        "weapon_artillery",
        "weapon_missile",
        "withdrawal_weak",
    }
)

WITH_WEAPON = ("missile_strike", "air_strike", "drone_strike")

AFTER_REACH = 6
AGREED = frozenset({"prisoner_exchange", "withdrawal"})
WEAPONS = ("weapon_artillery", "weapon_missile")  # a weapon's name alone: the verb stands behind it
IDLE = ("signal:background", "signal:truce", "dead", "wounded")
PARTS = (
    "weapon_artillery",
    "weapon_missile",
    "weapon_drone",
    "weapon_air",
    "impact",
    "capture_weak",
    "clash_weak",
    "downing",
    "destroy",
)
DATES = ("weekday", "month", "date_days", "date_spans", "date_part")
WHOLE = (
    "shelling",
    "missile_strike",
    "air_strike",
    "drone_strike",
    "capture",
    "withdrawal",
    "casualties",
    "aircraft_shot_down",
    "attack_on_civilians",
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event that a clause speaks of. `weak` events need a place of their own to count."""

    event_type: str
    sub_event_type: str | None
    first: int
    last: int
    clause: int
    weak: bool = False
    undone: bool = False  # negated or only planned: it happened nowhere


def triggers_in(reading: Reading, sentence: Sentence) -> list[Trigger]:
    """Events of a sentence, at most one a clause; a ceasefire that takes effect may stand beside its breach."""
    signals = _signals(reading, sentence)
    without_ours(signals, reading, sentence)
    found = [t for clause in _clauses(reading, sentence) if (t := _trigger(signals, reading, clause))]
    if not any(not t.weak for t in found):
        whole = _trigger(signals, reading, None)
        found = [whole] if whole and not (whole.weak and found) else found
    if "breach" in signals and "in_force" in signals and not any(t.event_type == "ceasefire" for t in found):
        found += [t for t in (_of_rule("ceasefire", ("truce", "truce_start"), signals, reading),) if t]
    found = [
        replace(t, event_type="ground_clash")
        if t.event_type == "withdrawal" and is_repelled(t.first, sentence, reading)
        else t
        for t in found
    ]
    if any(t.event_type == "attack_on_civilians" for t in found):  # "entered X and shot thirty villagers": a raid
        found = [t for t in found if not (t.weak and t.event_type == "capture")]
    found = [_with_weapon(t, signals, reading) for t in found]
    found = [replace(t, undone=_undone(t, signals, reading)) for t in found]
    return found + _fought_for(found, signals, reading)


def _with_weapon(trigger: Trigger, signals: Mapping[str, list[Cue]], reading: Reading) -> Trigger:
    """What was fired, where only another clause tells: "a missile, one of three fired at X, burst in a grove"."""
    if trigger.event_type != "shelling" or "weapon_artillery" in signals or "weapon_missile" not in signals:
        return trigger
    vague = [
        c for kind in ("fired_at", "impact") for c in reading.within("signal:" + kind, trigger.first, trigger.first)
    ]
    return replace(trigger, event_type="missile_strike", sub_event_type="missile") if vague else trigger


def _fought_for(found: Sequence[Trigger], signals: Mapping[str, list[Cue]], reading: Reading) -> list[Trigger]:
    """Fighting in the clause that says that nobody took or left a place: "X is not lost and battles go on"."""
    more = []
    for lost in found:
        holds = any(c.first <= lost.first <= c.last for c in reading.within("still_holds", lost.first - 2, lost.first))
        if not (lost.undone or holds) or lost.event_type not in ("capture", "withdrawal"):
            continue
        here = {k: [c for c in v if reading.clauses[c.first] == lost.clause] for k, v in signals.items()}
        fight = _of_rule("ground_clash", ("ground_clash",), here, reading) if here.get("ground_clash") else None
        if fight is not None and fight.first > lost.last and not _undone(fight, signals, reading):
            more.append(fight)
    return more


def _signals(reading: Reading, sentence: Sentence) -> dict[str, list[Cue]]:
    """Signals of a sentence; a part ("rocket") that lies within a whole ("rocket fire") is no signal of its own."""
    signals = {
        kind.removeprefix("signal:"): cues
        for kind in reading.cues
        if kind.startswith("signal:") and (cues := reading.in_sentence(kind, sentence))
    }
    if victims := [c for kind in ("dead", "wounded") for c in reading.in_sentence(kind, sentence)]:
        signals["victims"] = victims  # "a drone found it at noon: the driver died"
    if "aircraft" not in signals and (reading.has("civilian", sentence) or reading.has("person", sentence)):
        signals.pop("downing", None)  # people are shot down too
    if "aircraft" not in signals and "vehicles" in signals:
        signals.pop("downing", None)  # tanks are destroyed too
    if "drone_strike" in signals and any(c.last > c.first for c in signals.get("impact", ())):
        signals.pop("downing", None)  # "a kamikaze drone crashed into a house"
        signals.pop("aircraft_shot_down", None)
    _without_means(signals)
    whole = [(c.first, c.last) for name in WHOLE for c in signals.get(name, ())]
    whole += [(c.first, c.last) for c in signals.get("ground_clash", ()) if c.last > c.first + 1]  # "tried to take"
    vague = [(c.first, c.last) for c in signals.get("shelling", ())]  # "under missile attack" tells the weapon
    for name in WHOLE:
        wider = [w for w in whole if name not in WITH_WEAPON or w not in vague]
        kept = [
            c
            for c in signals.get(name, ())
            if not any(a <= c.first and c.last <= b and b - a > c.last - c.first for a, b in wider)
        ]
        if name in signals and not kept:
            del signals[name]
        elif kept:
            signals[name] = kept
    _without_idle(signals, reading, sentence)
    for name in PARTS:
        free = [c for c in signals.pop(name, ()) if not any(a <= c.first and c.last <= b for a, b in whole)]
        if free:
            signals[name] = free
    dated = {
        c.first for kind in DATES for c in reading.in_sentence(kind, sentence)
    }  # "X fell on Wednesday" tells when, "shells fell on X" where
    if "capture_weak" in signals and "impact" in signals and not any(name in signals for name in WEAPONS):
        weak = {c.first for c in signals["capture_weak"]}
        hits = [c for c in signals["impact"] if not (c.first in weak and c.last + 1 in dated)]
        signals["impact"] = hits
        if not hits:
            del signals["impact"]
    longer = [(c.first, c.last) for c in signals.get("impact", ()) if c.last > c.first]
    fallen = [c for c in signals.get("capture_weak", ()) if any(a <= c.first and c.last <= b for a, b in longer)]
    if fallen:  # "fell on X" is no fall of X
        signals["capture_weak"] = [c for c in signals["capture_weak"] if c not in fallen]
        if not signals["capture_weak"]:
            del signals["capture_weak"]
    return signals


def _without_idle(signals: dict[str, list[Cue]], reading: Reading, sentence: Sentence) -> None:
    """Take out event words inside idioms: "lost his life" loses no town, "took ten lives" takes none."""
    idle = [(c.first, c.last) for kind in IDLE for c in reading.in_sentence(kind, sentence)]
    lives = [(c.first, c.last) for c in reading.in_sentence("dead", sentence)]
    for name in (*WHOLE, "ground_clash", "capture_weak"):
        if name == "attack_on_civilians":
            continue  # "shot thirty villagers" tells of the dead too
        other = lives if name == "capture_weak" else idle
        kept = [c for c in signals.get(name, ()) if not any(a <= c.first and c.last <= b and b > a for a, b in other)]
        if name in signals and not kept:
            del signals[name]
        elif kept:
            signals[name] = kept


def _without_means(signals: dict[str, list[Cue]]) -> None:
    """Aircraft that something was hit with ("dronla", "PUA ilə") are not what was shot down."""
    means = [(c.first, c.last) for c in signals.get("means", ())]
    for name in ("aircraft", "aircraft_shot_down") if means else ():
        kept = [c for c in signals.get(name, ()) if not any(a <= c.last and c.first <= b for a, b in means)]
        signals[name] = kept
        if not kept:
            del signals[name]


def _clauses(reading: Reading, sentence: Sentence) -> Iterable[int]:
    return range(reading.clauses[sentence.first], reading.clauses[sentence.last] + 1)


def _trigger(signals: Mapping[str, list[Cue]], reading: Reading, clause: int | None) -> Trigger | None:
    """The event of one clause (of the whole sentence when None)."""
    here = {
        name: inside
        for name, cues in signals.items()
        if (inside := [c for c in cues if clause is None or reading.clauses[c.first] == clause])
    }
    return next((t for rule in RULES if (t := _of_rule(*rule, here, reading))), None)


def _of_rule(
    event_type: str, needed: tuple[str, ...], here: Mapping[str, list[Cue]], reading: Reading
) -> Trigger | None:
    if not all(name in here for name in needed) or _one_word(here, needed):
        return None
    main = here[needed[0]][0]
    last = max(main.last, here["truce_start"][-1].last) if event_type == "ceasefire" else main.last
    sub = main.value or next((here[n][0].value for n in needed if here[n][0].value), "")
    weak = len(needed) == 1 and needed[0] in WEAK
    return Trigger(event_type, sub or None, main.first, last, reading.clauses[main.first], weak)


def _one_word(here: Mapping[str, list[Cue]], needed: tuple[str, ...]) -> bool:
    """Whether two signals are one and the same word: a rule of two needs two."""
    if len(needed) == 1:
        return False
    words = [{range(c.first, c.last + 1) for c in here[name]} for name in needed]
    return len(set().union(*words)) == 1


def _undone(trigger: Trigger, signals: Mapping[str, list[Cue]], reading: Reading) -> bool:
    starts = trigger.event_type == "ceasefire" and any(
        c.first > trigger.last for c in signals.get("truce_start", ())
    )  # "the truce agreed on took effect at noon" starts one, "the truce agreed on was broken" does not
    given = [c for c in signals.get("background", ()) if not starts]
    if any(c.first <= trigger.first and trigger.last <= c.last for c in given):
        return True  # "since the fighting began", "fled the shelling"
    if trigger.event_type != "ceasefire" and is_infinitive(trigger.last, reading):
        return True
    if trigger.event_type in AGREED and any(c.last < trigger.first for c in signals.get("agreed", ())):
        return True  # what is agreed has not happened yet
    quiet = [*signals.get("calm", ()), *signals.get("unrest", ())]  # a crowd that storms a building is no war
    calm = trigger.weak and any(reading.clauses[c.first] == trigger.clause for c in quiet)
    calm = calm or (trigger.weak and "peaceful" in signals)  # weather, sport, prices: their verbs only sound like war
    calm = calm or ("mishap" in signals and (trigger.weak or trigger.event_type == "casualties"))  # fires, collisions
    after = any(
        (0 < c.first - trigger.last <= AFTER_REACH and reading.clauses[c.first] == trigger.clause)
        or takes_up(c, trigger.last, reading)
        for c in signals.get("negation_after", ())
        if not any(d.first <= c.first <= d.last for d in signals.get("dud", ())) and not _counts_nobody(c, reading)
    )
    ahead = [
        c for c in _free_negations(signals, reading, "without") if c.last < trigger.first
    ]  # "fell without a siege"
    negated = any(_negates(cue, trigger, reading) for cue in [*_free_negations(signals, reading), *ahead])
    plans = signals.get("plan", ())
    plans = [c for c in plans if not _sourced(c, reading)]
    if trigger.event_type == "ceasefire":  # "agreed to stop firing": the agreement is the event
        plans = [c for c in plans if not any(t.first == c.first for t in signals.get("truce_start", ()))]
    negated = negated or any(
        reading.clauses[c.last] == trigger.clause and c.last < trigger.first
        for c in _free_negations(signals, reading, "no_subject")
    )
    return calm or after or negated or any(_plans(cue, trigger, reading) for cue in plans)


def _counts_nobody(cue: Cue, reading: Reading) -> bool:
    """Whether a negation only says that nobody was hurt: "of the shells that fell nobody died"."""
    near = [
        c for kind in ("no_victims", "no_dead") for c in reading.within(kind, cue.first - NEGATION_REACH, cue.first)
    ]
    return any(c.first <= cue.first <= c.last for c in near)


def _sourced(cue: Cue, reading: Reading) -> bool:
    """Whether a word that may open a plan is part of who says so: "if X is to be believed"."""
    return any(c.first <= cue.first and cue.last <= c.last for c in reading.within("before", cue.first - 5, cue.first))


def _free_negations(signals: Mapping[str, list[Cue]], reading: Reading, name: str = "negation") -> Iterator[Cue]:
    """Negations that belong to no longer phrase ("no casualties", "no longer under control", "did not fire")."""
    taken = [
        (c.first, c.last)
        for kind in (
            "no_victims",
            "no_dead",
            "denies",
            "generic_denial",
            "still_holds",
            "instead",
            "signal:dud",
            "signal:manner",
            "signal:withdrawal",
            "signal:breach",
            "dead",
            "wounded",
            "at_least",
            "date_days",
            "seems_negated",  # words that only end as negations do
        )
        for c in reading.cues.get(kind, ())
    ]
    for cue in signals.get(name, ()):
        if not any(first <= cue.first <= last for first, last in taken):
            yield cue


def _negates(cue: Cue, trigger: Trigger, reading: Reading) -> bool:
    if reading.clauses[cue.first] != trigger.clause:
        return False
    if trigger.first < cue.first < trigger.last:
        return True
    if cue.first < trigger.first <= cue.last:
        return True  # the negation names what did not happen: "لا معارك"
    if trigger.first <= cue.first <= trigger.last:
        return reading.vocabulary.has("negation_behind")  # the negation is a syllable of the verb
    if cue.last < trigger.first:
        return trigger.first - cue.last <= NEGATION_REACH
    after = NEGATION_REACH + 1 if reading.vocabulary.has("negation_behind") else 1
    return trigger.last < cue.first <= trigger.last + after


def _plans(cue: Cue, trigger: Trigger, reading: Reading) -> bool:
    if reading.clauses[cue.first] not in (trigger.clause, reading.clauses[trigger.last]):
        return False
    if trigger.first < cue.first and cue.last < trigger.last:
        return True  # "prisoners are to be exchanged"
    if cue.first == trigger.first and cue.last < trigger.last:
        return False  # "a planned retreat"
    noun = any(reading.within("signal:" + kind, trigger.first, trigger.first) for kind in WEAPONS)
    after = PLAN_REACH if reading.vocabulary.has("negation_behind") or (noun and trigger.weak) else 1
    if cue.first > trigger.last:
        return cue.first - trigger.last <= after  # "the exchange of prisoners is discussed"
    return -after <= trigger.first - cue.last <= PLAN_REACH
