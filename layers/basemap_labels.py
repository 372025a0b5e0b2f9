"""Names for the base map: both sides' forms where land is disputed, in letters that the reader of the map can read."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from .basemap_clip import Label

__all__ = ["both_forms", "labels_of"]

# What a gazetteer's features mean on a map: rank (1 is seen from furthest) and kind. What is not here has no label.
FEATURES = {
    "city": (1, "place"),
    "town": (2, "place"),
    "village": (3, "place"),
    "lake": (2, "water"),
    "reservoir": (2, "water"),
    "sea": (1, "water"),
    "river": (3, "water"),
    "ridge": (3, "relief"),
    "mountain": (3, "relief"),
    "region": (2, "land"),
}
SAME_NAME = 0.5  # how near a spelling in Latin letters must be to the name it renders, 0–1
AWKWARD = 0.03  # off for every sign of a scholarly transcription: K’arvacharr is harder to read than Karvachar
NEAR_TWINS = 0.8  # spellings nearer than this are one name, and one of them is enough


def labels_of(
    places: pd.DataFrame, languages: Sequence[str], *, both_for: Collection[str] | None = None
) -> list[Label]:
    """Labels from a theatre's table of places.

    Args:
        places: `place_id`, `feature`, `latitude`, `longitude`, `name_en`, `name_<language>`, `other_names` (with "|").
        languages: those of the sides; a place whose forms differ gets them all, in alphabetical order.
        both_for: ids of the places that are contested; elsewhere the English name is enough. None: all are.
    """
    made = []
    if "population" in places.columns:  # among places of one rank the larger come first
        size = pd.to_numeric(places["population"], errors="coerce").fillna(0)
        places = places.loc[size.sort_values(ascending=False, kind="stable").index]
    for row in places.to_dict("records"):
        rank, kind = FEATURES.get(str(row["feature"]), (0, ""))
        if not rank or not row["latitude"] or not row["longitude"]:
            continue
        contested = both_for is None or row["place_id"] in both_for
        if kind == "land" and not contested:
            rank = 4  # a province far from the fighting helps only the reader who looks close
        names = {language: str(row.get(f"name_{language}", "") or "") for language in languages}
        others = [str(row.get("name_en", "")), *str(row.get("other_names", "")).split("|")]
        text = both_forms(names.values() if contested else (), others)
        if text:
            made.append(Label(text, float(row["longitude"]), float(row["latitude"]), rank, kind))
    return made


def both_forms(names: Iterable[str], others: Sequence[str]) -> str:
    """Like "Shushi / Şuşa", from the sides' own names and the other known spellings; else the first of `others`.

    A name in other letters is shown by the known Latin spelling nearest to it, so that no form is invented here;
    without one it stays as it is written.
    """
    others = [_bare(other) for other in others if _bare(other)]
    forms: list[str] = []
    for name in map(_bare, names):
        form = name if not name or _is_latin(name) else _latin_spelling(name, others)
        if form and not any(_near(form, known) >= NEAR_TWINS and _is_latin(form) for known in forms):
            forms.append(form)
    if not forms:
        return others[0] if others else ""
    return " / ".join(sorted(forms, key=_folded))


def _latin_spelling(name: str, others: Sequence[str]) -> str:
    from anyascii import anyascii  # build-time only: part of the extra

    sound = anyascii(name.replace("ու", "u").replace("Ու", "U"))  # the one Armenian vowel that takes two letters
    best, fit = "", SAME_NAME
    for other in filter(_is_latin, others):
        near = _near(sound, other) - AWKWARD * other.count("’")
        if near > fit:
            best, fit = other, near
    return best or name


def _near(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio()


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("ı", "i").replace("İ", "I"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha() and c not in "ʼʻʹ")


def _bare(name: str) -> str:
    """Without a qualifier in brackets, which tells namesakes apart in a list but not on a map."""
    return re.sub(r"\s*\([^)]*\)", "", name).strip()
