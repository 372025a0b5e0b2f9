"""Scripts, sentences and the language of a text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lexicons import load_lexicons
from geo.text import detect_language, nfc, script_of, sentence_spans

GOLD = Path(__file__).parent / "gold"
LEXICONS = load_lexicons()


@pytest.mark.parametrize("path", sorted(GOLD.glob("*_*.jsonl")), ids=lambda p: p.stem)
def test_language_of_annotated_reports(path: Path) -> None:
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    wrong = [r["id"] for r in reports if detect_language(r["text"], lexicons=LEXICONS) != r["lang"]]
    assert len(wrong) <= 0.02 * len(reports), wrong


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Силы обороны отбили атаку у села, сообщили в армии.", "ru"),
        ("Сили оборони відбили атаку біля села, повідомили в армії.", "uk"),
        ("Dün gece bir köyde patlama oldu, üç kişi yaralandı.", "tr"),
        ("Gecə kəndə mərmi düşüb, üç nəfər yaralanıb.", "az"),
        ("قصف الجيش مواقع في المدينة", "ar"),
        ("12345 ... !?", "und"),
        ("", "und"),
        ("今天天气很好", "und"),
    ],
)
def test_language_of_short_texts(text: str, lang: str) -> None:
    assert detect_language(text, lexicons=LEXICONS) == lang


def test_script() -> None:
    assert script_of("Ստեփանակերտ") == "Armenian"
    assert script_of("1992 — …") is None


def test_abbreviated_names_do_not_end_a_sentence() -> None:
    text = "Der Arzt A. Petrosyan said so. Then he left."
    assert [text[a:b] for a, b in sentence_spans(text)] == ["Der Arzt A. Petrosyan said so.", "Then he left."]


def test_armenian_full_stop_ends_a_sentence() -> None:
    text = "Գիշերը հանգիստ էր։ Առավոտյան կրակոցներ լսվեցին։"
    assert len(sentence_spans(text)) == 2


@given(st.text())
def test_sentences_slice_and_do_not_overlap(text: str) -> None:
    last = 0
    for start, end in sentence_spans(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        last = end


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert detect_language(nfc(text), lexicons=LEXICONS) in {*LEXICONS, "und"}
