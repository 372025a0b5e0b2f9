"""Lexicons: data of a language, read and checked."""

from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.lexicons import Terms, load_lexicons

LEXICONS = load_lexicons()
EIGHT = {"en", "fr", "ru", "uk", "az", "hy", "tr", "ar"}


def test_eight_languages_are_shipped() -> None:
    assert set(LEXICONS) >= EIGHT


@pytest.mark.parametrize("lang", sorted(EIGHT))
def test_a_lexicon_has_what_reading_needs(lang: str) -> None:
    lexicon = LEXICONS[lang]
    assert lexicon.stopwords
    assert set(lexicon.nouns) >= {"village", "town", "district", "region", "river", "reservoir"}
    for name in ("titles", "given_names", "refused", "acting", "speaking", "event", "visiting"):
        assert lexicon.terms[name].words or lexicon.terms[name].prefixes, name


@pytest.mark.parametrize(
    ("lang", "form", "name"),
    [
        ("ru", "физулях", "физули"),
        ("ru", "лачином", "лачин"),
        ("ru", "шуши", "шуша"),
        ("uk", "ізюмі", "ізюм"),
        ("uk", "торецька", "торецьк"),
        ("az", "xankendideki", "xankendi"),
        ("az", "suqovusandan", "suqovusan"),
        ("tr", "istanbuldan", "istanbul"),
        ("hy", "շուշիում", "շուշի"),
        ("hy", "ստեփանակերտից", "ստեփանակերտ"),
        ("ar", "بالخرطوم", "الخرطوم"),
        ("ar", "وحلب", "حلب"),
    ],
)
def test_forms_lead_back_to_the_name(lang: str, form: str, name: str) -> None:
    assert name in LEXICONS[lang].bases(form)


@pytest.mark.parametrize(("form", "name"), [("физулинском", "физули"), ("агдамского", "агдам"), ("шушинская", "шуша")])
def test_adjectives_lead_back_to_the_town(form: str, name: str) -> None:
    assert name in LEXICONS["ru"].adjective_bases(form)


def test_a_star_stands_for_any_ending() -> None:
    terms = Terms.of(["сел*", "город"])
    assert "селами" in terms
    assert "город" in terms
    assert "города" not in terms


def test_lists_are_joined() -> None:
    joined = Terms.joined([Terms.of(["a*"]), Terms.of(["bcd"])])
    assert "abc" in joined
    assert "bcd" in joined
    assert "bc" not in joined


def test_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no lexicon"):
        load_lexicons(tmp_path)
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "names.toml").write_text("lang = ", encoding="utf-8")
    with pytest.raises(GazetteerError, match="not valid TOML"):
        load_lexicons(tmp_path)
    (tmp_path / "xx" / "names.toml").write_text('lang = "xx"', encoding="utf-8")
    with pytest.raises(GazetteerError, match="script, stopwords"):
        load_lexicons(tmp_path)
