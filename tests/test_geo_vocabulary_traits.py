"""How a language is built is said by its lexicon, not by code; and what a lexicon says is read."""

from __future__ import annotations

import ast
import csv
import shutil
import tomllib
from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.theatre import load_theatre
from geo.vocabulary import LEXICONS, TRAITS, load_vocabularies

CODE = Path(__file__).resolve().parent.parent / "geo"
SPEAKING = {"sound.py", "country_actors.py"}  # how letters of a language sound and its adjectives are made


def test_traits_come_from_the_lexicon() -> None:
    vocabularies = load_vocabularies(load_theatre("karabakh-2020"))
    assert vocabularies["az"].has("verb_last")
    assert not vocabularies["fr"].has("verb_last")
    assert {trait for one in vocabularies.values() for trait in one.traits} == TRAITS


def test_an_unknown_trait_is_named(tmp_path: Path) -> None:
    shutil.copytree(LEXICONS / "en", tmp_path / "en")
    speech = tmp_path / "en" / "speech.toml"
    speech.write_text(speech.read_text(encoding="utf-8").replace('traits = ["', 'traits = ["verb_lost", "'), "utf-8")
    with pytest.raises(GeoError, match=r"en/speech\.toml: traits: verb_lost unknown; there are adjective_last"):
        load_vocabularies(load_theatre("karabakh-2020"), folder=tmp_path)


def test_no_rule_of_reading_asks_for_a_language_by_name() -> None:
    asked = []
    for path in sorted(CODE.glob("*.py")):
        if path.name in SPEAKING:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "lang":
                held = [n.value for side in node.comparators for n in ast.walk(side) if isinstance(n, ast.Constant)]
                asked += [f"{path.name}:{node.lineno}" for value in held if isinstance(value, str)]
    assert asked == []


def test_no_list_of_a_lexicon_goes_unread() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE.glob("*.py"))
    lists = {
        name
        for path in (*LEXICONS.glob("*/speech.toml"), *LEXICONS.glob("*/numbers.toml"))
        for name, held in tomllib.loads(path.read_text(encoding="utf-8")).items()
        if isinstance(held, list)
    }
    signals = set()
    for path in LEXICONS.glob("*/events.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            signals |= {row["signal"] for row in csv.DictReader(file)}
    unread = {name for name in lists | signals if f'"{name}"' not in code and f'"signal:{name}"' not in code}
    assert unread == set()
