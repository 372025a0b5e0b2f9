"""Figures: how many people a sentence says were killed or hurt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from .ages import without_ages
from .counting import ARTICLES, NOUN_REACH, Number, between, is_of_a_place, is_of_sum, is_up_to, number_at, past_aside
from .figure import Figure, one_by_one
from .hours import at_hour, counts_things, tells_time
from .persons import died_of, ended_before, is_another, is_victim, named_victims, named_with_age, of_enemy
from .phrases import Cue
from .sentences import Reading, Sentence
from .sums import explains, is_apposed, is_part, is_tally, sums_up
from .taken_back import is_taken_back, without_wholes

__all__ = ["Figure", "figures_in"]

FIGURE_REACH = 12  # words between a number and the word that tells what happened to the people
CLAUSE_COST = 1
COUNTED = ("person", "people", "civilian", "military", "dead", "wounded")
RELATIVE = 6  # what a relative clause between a person and what happened to them counts, in words, at most
AND_COST = 4
TALLY_REACH = 2  # words between "of the dead" and "the number"
OWN_COST = 4  # … of a word in another clause, where the number's own clause has one
CORRECTS = 3  # words between a number that is taken back and the one that takes its place
STOP_COST = 6  # … of a semicolon or the like between a number and the word
SEVERAL_REACH = 4  # words between "several" and the word for wounded
PEOPLE = ("person", "civilian", "military")
LABELS = ":՝–—-"  # what stands between a label and its number: "Killed: 1, wounded: 3"
SINGLE: Mapping[str, str] = {"one_dead": "dead", "one_wounded": "wounded"}
MANY = 300  # so many dead at one place in one event: a total


def figures_in(reading: Reading, sentence: Sentence, *, dated: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Figures of a sentence by position; `dated` are the words of dates, which count nobody."""
    found = list(_zeros(reading, sentence))
    taken = [(f.first, f.last) for f in found]
    victims = [
        (cue, kind)
        for kind in ("dead", "wounded")
        for cue in reading.in_sentence(kind, sentence)
        if not any(first <= cue.first <= last for first, last in taken)
        and not of_enemy(cue, reading, sentence)
        and not reading.within("partitive", cue.first, cue.first)  # "one of the wounded": who lies there already
    ]
    numbers = list(_numbers(reading, sentence, dated))
    victims = list(died_of(victims, numbers, reading))
    found += _counted(numbers, victims, reading, sentence)
    found += _singles(found, reading, sentence)
    found += _uncounted(found, victims, reading)
    if not found and not reading.has("dead", sentence):
        hurt = reading.in_sentence("hurt_some", sentence)  # "there are wounded", whom nobody counts: at least one
        found += [Figure("wounded", 1, None, 1, cue.first, cue.last) for cue in hurt]
    return list(one_by_one(sorted(found, key=lambda f: f.first)))


def _zeros(reading: Reading, sentence: Sentence) -> Iterator[Figure]:
    for name in ("no_victims", "no_dead"):
        for cue in reading.in_sentence(name, sentence):
            if reading.within("unknown", max(cue.first - 2, sentence.first), cue.first):
                continue  # "there is no word of victims yet" is no count
            if any(d.first < cue.first <= cue.last <= d.last for d in reading.in_sentence("denies", sentence)):
                continue  # "our air force suffered no losses"
            yield Figure("dead", 0, 0, 0, cue.first, cue.last)
            if name == "no_victims":
                yield Figure("wounded", 0, 0, 0, cue.first, cue.last)


def _uncounted(found: Sequence[Figure], victims: Sequence[tuple[Cue, str]], reading: Reading) -> Iterator[Figure]:
    """ "Dozens were wounded": how many is not told, but that nobody is said to be dead."""
    if found or any(kind == "dead" for _, kind in victims):
        return
    for cue, kind in victims:
        near = reading.within("several", cue.first - SEVERAL_REACH, cue.last + SEVERAL_REACH)
        if kind == "wounded" and any(reading.clauses[c.first] == reading.clauses[cue.first] for c in near):
            yield Figure("wounded", 2, None, 2, cue.first, cue.last)
            return


def _singles(found: Sequence[Figure], reading: Reading, sentence: Sentence) -> Iterator[Figure]:
    """Verbs whose form says that it was one ("погибла пенсионерка"), where no number goes with them."""
    for name, kind in SINGLE.items():
        for cue in reading.in_sentence(name, sentence):
            if any(f.first <= cue.last and cue.first <= f.last for f in found):
                continue
            if reading.within("several", max(cue.first - SEVERAL_REACH, sentence.first), cue.last + SEVERAL_REACH):
                continue
            begin = max(cue.first - NOUN_REACH, sentence.first)
            if not reading.within("unknown", cue.first, cue.last) and not reading.within(
                "signal:negation", begin, cue.last
            ):
                dead: Literal["dead", "wounded"] = "dead" if kind == "dead" else "wounded"
                near = (begin, min(cue.last + NOUN_REACH, sentence.last))
                civilian, military = (bool(reading.within(k, *near)) for k in ("civilian", "military"))
                more = bool(reading.within("more", max(cue.first - 1, sentence.first), cue.last))
                yield Figure(dead, 1, 1, 1, cue.first, cue.last, civilian=civilian, military=military, more=more)


def _numbers(reading: Reading, sentence: Sentence, dated: Sequence[tuple[int, int]]) -> Iterator[Number]:
    index = sentence.first
    used: set[int] = set()
    while index <= sentence.last:
        number = number_at(index, sentence.last, reading)
        if number is None:
            index += 1
            continue
        if not is_taken_back(number, reading, sentence):
            number = between(number, sentence.last, reading) or number
        end = reading.part_end(number.last + 1, sentence)
        if any(first <= number.first <= last for first, last in dated):
            index = number.last + 1
            continue
        if _counts_people(number, reading, sentence):
            units = reading.within("unit", number.last + 1, min(number.last + NOUN_REACH, end) - 1)
            used.update(range(number.first, units[0].last + 1 if units else min(number.last + NOUN_REACH, end)))
            yield number
        index = number.last + 1
    ended = reading.vocabulary.has("number_endings")
    last: Cue | None = None  # of those who are victims
    people = False
    for cue in reading.in_sentence("one_person" if ended else "person", sentence):
        aged = reading.within("age_after", cue.first, cue.first)  # "a 45-year-old man" is one, "a 45-year-old" too
        if cue.first in used or (reading.within("unit", cue.first, cue.first) and not aged):
            continue
        if reading.words.gap(cue.first) == "-" and reading.within("person", cue.first - 1, cue.first - 1):
            continue  # "девочка-подросток" is one
        if aged and reading.within("person", cue.last + 1, cue.last + 2):
            continue
        victim = is_victim(cue, reading, sentence)
        people = people or victim
        if not ended or victim or is_another(cue, last, reading):
            last = cue
            yield Number(cue.first, cue.last, 1, bare=True)
    named = [] if people or used else list(named_victims(reading, sentence))
    yield from named
    if not ended and not people and not named:
        yield from named_with_age(reading, sentence)


def _counts_people(number: Number, reading: Reading, sentence: Sentence) -> bool:
    """Whether what follows a number are people, or nothing else that is counted."""
    if any(reading.within(kind, number.last + 1, number.last + 1) for kind in ("age_after", "of_age")):
        return False
    if reading.within("clock", number.first - 1, number.first - 1):
        return False  # "saat 17-də"
    if number.value == 1 and reading.within("signal:negation", number.first - 1, number.first - 1):
        return False  # "no one"
    if tells_time(number, reading, sentence):
        return False
    for index in range(number.last + 1, min(number.last + NOUN_REACH, sentence.last) + 1):
        if reading.words.breaks[index]:
            break
        if any(reading.within(kind, index, index) for kind in COUNTED):
            return True
        killed = reading.within("dead", number.first - 1, number.first - 1)  # "the killing of two prisoners"
        if reading.within("unit", index, index) or (reading.within("missing", index, index) and not killed):
            return False
    if counts_things(number, reading, sentence):
        return False
    return reading.words.folded[number.first] not in ARTICLES and not at_hour(number, reading)


def _counted(
    numbers: Sequence[Number], victims: Sequence[tuple[Cue, str]], reading: Reading, sentence: Sentence
) -> Iterator[Figure]:
    numbers = list(without_ages(sorted(numbers, key=lambda n: n.first), reading, sentence))
    numbers = list(without_wholes(numbers, reading))
    corrected: tuple[int, int | None] = (-CORRECTS, None)
    for block in _blocks(numbers, [cue for cue, _ in victims], reading, sentence):
        costs = [
            (min(_cost(n, cue, reading) for n in block), cue.first < block[0].first, v)
            for v, (cue, _) in enumerate(victims)
        ]
        near = block[0].first - corrected[0] <= CORRECTS or reading.within("now", corrected[0], block[0].first)
        if near and corrected[1] is not None:  # "rose from three to five"
            costs.append((0, False, corrected[1]))
        if costs and min(costs)[0] <= FIGURE_REACH:
            cue, kind = victims[min(costs)[2]]
            corrected = (block[-1].last, min(costs)[2] if is_taken_back(block[0], reading, sentence) else None)
            yield _figure("dead" if kind == "dead" else "wounded", cue, block, reading, sentence)


def _cost(number: Number, cue: Cue, reading: Reading) -> int:
    """How far a number stands from a word for dead or wounded, in words; clauses and "and" count more."""
    if number.first <= cue.last and cue.first <= number.last:
        return 0
    if (
        cue.last + 1 == number.first
        and reading.words.gap(number.first).strip() in LABELS.strip(" ")
        and (reading.words.breaks[number.first])
    ):
        return 0
    low, high = (number.last, cue.first) if number.last < cue.first else (cue.last, number.first)
    if low == number.last and reading.within("relative", low + 1, low + 2):
        high = min(high, low + RELATIVE)  # "a resident who had gone up to the roof to look was found dead"
    low = past_aside(low, high, reading)
    kinds = ("dead",) if cue.kind == "dead" and reading.vocabulary.has("verb_last") else ("dead", "wounded")
    between = [k for kind in kinds for k in reading.within(kind, low + 1, high - 1)]  # wounds may be what killed
    taken_back = {c.first for c in reading.within("earlier", low + 1, high - 1)}  # "ten, and not seven, were killed"
    ends = high if high == cue.first else high - 1  # "and" may be one word with what follows it
    joints = sum(c.first not in taken_back for c in reading.within("and", low + 1, ends))
    cost = (
        high - low + CLAUSE_COST * (reading.clauses[high] - reading.clauses[low]) + AND_COST * joints + 6 * len(between)
    )
    if number.first > cue.last and reading.within("tally", cue.last + 1, cue.last + TALLY_REACH):
        return min(cost, FIGURE_REACH)  # "the final number of the dead, as X said, is thirteen"
    alone = not between and reading.clauses[high] == reading.clauses[low]
    if number.first > cue.last and alone and is_tally(cue, reading):
        return 0  # "the number of wounded in X has risen to nine, one was killed"
    stops = sum(reading.words.breaks[i] == 2 for i in range(low + 1, high + 1))
    cost += STOP_COST * (stops + ended_before(cue, number, reading))
    behind = 0 if number.last < cue.first else 1 + 2 * (reading.clauses[high] != reading.clauses[low])
    return cost + 2 * number.bare + behind + OWN_COST * _has_own(number, cue, reading)


def _has_own(number: Number, cue: Cue, reading: Reading) -> bool:
    """Whether a number's own clause tells what happened to whom it counts, so that no other clause does."""
    clause = reading.clauses[number.first]
    near = (max(number.first - FIGURE_REACH, 0), number.last + FIGURE_REACH)
    own = (v for kind in ("dead", "wounded") for v in reading.within(kind, *near))
    return reading.clauses[cue.first] != clause and any(reading.clauses[v.first] == clause for v in own)


def _blocks(
    numbers: Sequence[Number], victims: Sequence[Cue], reading: Reading, sentence: Sentence
) -> Iterator[list[Number]]:
    """Numbers that add up ("two women and a reporter"); a part of a whole and an explanation add nothing."""
    block: list[Number] = []
    for number in numbers:
        if block and (is_part(number, block, reading, sentence) or sums_up(number, block)):
            continue
        apart = block and any(reading.words.breaks[i] for i in range(block[-1].last + 1, number.first))
        if len(block) == 1 and not apart and is_of_sum(number, block[0], reading):
            continue
        if block and _adds(block, number, victims, reading):
            block.append(number)
            continue
        if block:
            yield _without_explanation(block, reading)
        block = [number]
    if block:
        yield _without_explanation(block, reading)


def _nearest(number: Number, victims: Sequence[Cue], reading: Reading) -> Cue | None:
    return min(victims, key=lambda cue: _cost(number, cue, reading), default=None)


def _adds(block: Sequence[Number], number: Number, victims: Sequence[Cue], reading: Reading) -> bool:
    first, last = block[-1].last + 1, number.first - 1
    if any(dash in reading.words.gap(number.first) for dash in "—–") and reading.words.breaks[number.first]:
        return False  # "six were killed in X, in Y — four"
    if last - first >= NOUN_REACH + 1 or any(first <= v.first <= last for v in victims):
        return False
    own = is_of_a_place(block[-1], reading) and is_of_a_place(number, reading)  # "three of X and two of Y"
    if own or reading.within("then", first, last) or reading.within("earlier", first, last):
        return False
    if (
        is_taken_back(block[-1], reading, reading.sentence_of(number.first))
        or is_apposed(number, block[-1], reading)
        or explains(number, block[-1], reading)
    ):
        return False
    apart = number.bare or reading.clauses[number.first] != reading.clauses[block[-1].last]
    if first == last and reading.within("and", first, last) and block[-1].bare and number.bare:
        apart = False  # "a mother and son, the father was hurt"
    if apart and _nearest(number, victims, reading) != _nearest(block[0], victims, reading):
        return False  # "killed was a herdsman, his grandson wounded"
    if max(block[-1].value, number.value) >= MANY or _crosses(block[-1], number, victims, reading):
        return False
    named = block[-1].bare or any(reading.within(k, block[-1].last, last) for k in PEOPLE)  # a dual is both
    joined = bool(reading.within("and", first, last + reading.and_inside(number.first))) or any(
        reading.words.breaks[i] == 1 for i in range(first, number.first + 1)
    )
    return named and joined


def _crosses(before: Number, number: Number, victims: Sequence[Cue], reading: Reading) -> bool:
    """ "Killed two people and put 14 in hospital": each number has its word on its own side."""
    one, other = _nearest(before, victims, reading), _nearest(number, victims, reading)
    if one is None or other is None or one.kind == other.kind or number.bare:
        return False
    return one.last < before.first and number.last < other.first


def _without_explanation(block: list[Number], reading: Reading) -> list[Number]:
    """ "Three people, a woman and her two grandchildren": the first number is the sum of the others."""
    rest = block[1:]
    return [block[0]] if rest and sum(n.value for n in rest) == block[0].value > 1 else block


def _figure(
    kind: Literal["dead", "wounded"], cue: Cue, block: Sequence[Number], reading: Reading, sentence: Sentence
) -> Figure:
    value = sum(n.value for n in block)
    first, last = min(block[0].first, cue.first), max(block[-1].last, cue.last)
    around = (max(block[0].first - 4, sentence.first), min(block[-1].last + 2, sentence.last))
    low: int | None = sum(n.value if n.low is None else n.low for n in block)
    high: int | None = value
    behind = around[1] if reading.vocabulary.has("number_endings") else block[-1].last
    here = reading.clauses[block[-1].last]
    least = [
        c for c in reading.within("at_least", *around) if c.first < block[-1].first or reading.clauses[c.first] == here
    ]
    beyond = [c for c in reading.within("more_than", around[0], behind) if reading.clauses[c.last] == here]
    if least or beyond:
        high = None
    elif is_up_to(block[0], block[-1], reading):
        low = None
    near = (max(first - 3, sentence.first), min(last + 3, sentence.last))
    beside = (max(block[0].first - 1, sentence.first), block[0].last + 1)
    figure = Figure(
        kind,
        low,
        high,
        value,
        first,
        last,
        civilian=bool(reading.within("civilian", *near)),
        military=bool(reading.within("military", *near)),
        total=value >= MANY,
        at=block[0].first,
        more=any(reading.within("more", *at) for at in (beside, (cue.first, cue.first))),  # "his friend died, too"
    )
    return replace(figure, earlier=is_taken_back(block[0], reading, sentence))
