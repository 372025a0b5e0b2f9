"""Phrases: the notation of the lexicons, found in one pass over the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.phrases import PhraseIndex, fold_word, read_words


def found(phrases: list[str], text: str) -> list[str]:
    index = PhraseIndex()
    index.add("hit", phrases)
    words = read_words(text)
    return [text[words.starts[c.first] : words.ends[c.last]] for c in index.find(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "hit"),
    [
        ("обстрел*", "Город обстреляли ночью", "обстреляли"),
        ("shot|brought down", "It was brought down", "brought down"),
        ("took ~2 control", "They took full control today", "took full control"),
        ("enter|entered into? force", "The truce entered force", "entered force"),
        ("enter|entered into? force", "The truce entered into force", "entered into force"),
        ("*madığını", "raket buraxılmadığını yazıb", "buraxılmadığını"),
        ("cessez le feu", "Le cessez-le-feu tient", "cessez-le-feu"),
        ("l'armée", "L’armée avance", "L’armée"),
        ("işğaldan azad", "İŞĞALDAN AZAD edilib", "İŞĞALDAN AZAD"),
        ("և", "Մարտունին եւ Ասկերանը", "եւ"),
        ("قصف", "وقصفت المدفعية", None),
        ("قصف*", "وقصفت المدفعية", "وقصفت"),
        ("пять", "п’ять ракет", "п’ять"),
    ],
)
def test_notation(phrase: str, text: str, hit: str | None) -> None:
    assert found([phrase], text) == ([hit] if hit else [])


def test_a_phrase_does_not_cross_the_end_of_a_sentence() -> None:
    assert found(["took ~3 control"], "They took. Full control is theirs") == []


def test_the_longest_of_one_kind_wins_at_a_word() -> None:
    assert found(["fire", "fire on", "fire on ~2 town"], "fire on the town") == ["fire on the town"]


@pytest.mark.parametrize("number", ["5 000", "5\u202f000", "5\u00a0000", "5.000", "1,177"])
def test_a_number_keeps_its_separators(number: str) -> None:
    assert read_words(f"about {number} dead").folded[1] == number


def test_a_date_is_no_grouped_number() -> None:
    assert read_words("17.10.2020").folded == ("17.10", "2020") or read_words("17.10.2020").folded == (
        "17",
        "10",
        "2020",
    )


@given(st.text(max_size=200))
def test_words_cover_the_text_in_order(text: str) -> None:
    words = read_words(text)
    assert all(a < b for a, b in zip(words.starts, words.ends, strict=True))
    assert all(b <= a for b, a in zip(words.ends, words.starts[1:], strict=False))
    assert len(words.folded) == len(words.breaks) == len(words)


@given(st.text(min_size=1, max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    once = fold_word(word)
    assert fold_word(once.lower()) == fold_word(fold_word(once))
