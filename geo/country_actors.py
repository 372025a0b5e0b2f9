"""Who speaks and acts for a country or an armed group, as far as its name tells: rows for actors.csv and sides.csv.

What cannot be known from a name (spokespeople, nicknames) is left to whoever makes the theatre.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

__all__ = ["ACTOR_COLUMNS", "SIDE_COLUMNS", "Belligerent", "actor_rows", "belligerents", "side_rows"]

LANGUAGES = ("en", "fr", "ru", "uk", "az", "hy", "tr", "ar")
ALIASES = tuple(f"aliases_{lang}" for lang in LANGUAGES)
ACTOR_COLUMNS = ("side", "actor_id", "name", "role", "office", *ALIASES, "note", "source", "confidence")
SIDE_COLUMNS = ("side", "lang", "home", "terms")
OFFICES: Mapping[str, tuple[str, str]] = {
    "government": ("Government of {}", "gov"),
    "defence_ministry": ("Ministry of Defence of {}", "mod"),
    "army": ("Armed forces of {}", "army"),
    "foreign_ministry": ("Foreign ministry of {}", "mfa"),
    "president": ("President of {}", "president"),
    "police": ("Police of {}", "police"),
}
ENDINGS: Mapping[str, str] = {"en": "aey", "fr": "ae", "ru": "аяй", "uk": "аяй", "az": "aə", "tr": "ea", "hy": ""}
STEM_LETTERS = 5  # a shorter stem with any ending behind it would catch other words
SOURCE = "made from the name"


@dataclass(frozen=True, slots=True)
class Belligerent:
    """A side by its names in each language; `iso2` is "" for an armed group."""

    side: str
    name: str
    names: Mapping[str, str]
    iso2: str = ""


def belligerents(countries: Sequence[str], sides: Mapping[str, str], table: pd.DataFrame) -> list[Belligerent]:
    """The countries and the further sides; a side whose id is a country's code is that country."""
    wanted = dict.fromkeys(countries, "") | dict(sides)
    found = []
    for side, name in wanted.items():
        row = table.loc[side] if side in table.index else None
        names = {lang: str(row[f"name_{lang}"]) for lang in LANGUAGES} if row is not None else {}
        found.append(Belligerent(side, name or names.get("en", side), names, side if row is not None else ""))
    return found


def actor_rows(sides: Iterable[Belligerent]) -> Iterator[dict[str, object]]:
    """Rows of actors.csv: a country's offices, or the armed group itself under its name and its letters."""
    for side in sides:
        lower = re.sub(r"\W+", "_", side.side.lower())
        base = {"side": side.side, "source": SOURCE, "confidence": "medium"}
        if side.iso2:
            for office, (title, suffix) in OFFICES.items():
                name = title.format(side.name)
                role = "force" if office in ("army", "police") else "official source"
                row = {"actor_id": f"{lower}_{suffix}", "name": name, "role": role, "office": office}
                yield {**base, **row, "aliases_en": name, "note": "add the people who speak for it"}
        else:
            aliases = "|".join(dict.fromkeys((side.name, side.side)))
            row = {"actor_id": lower, "name": side.name, "role": "force", "office": "army|government"}
            note = "add its names in the other languages and who speaks for it"
            yield {**base, **row, **dict.fromkeys(ALIASES, aliases), "note": note}


def side_rows(
    sides: Iterable[Belligerent], table: pd.DataFrame, adjectives: pd.DataFrame
) -> Iterator[dict[str, object]]:
    """Rows of sides.csv: how each side is called in each language (words; `*` any ending, `?` may be missing)."""
    for side in sides:
        for lang in LANGUAGES:
            if side.iso2:
                others = [n for n in table.loc[table.index != side.iso2, f"name_{lang}"] if n]
                terms = [t for name in _variants(side.names.get(lang, "")) for t in _terms(name, lang, others)]
                own = adjectives[(adjectives["iso2"] == side.iso2) & (adjectives["lang"] == lang)]
                terms += [t for row in own["terms"] for t in row.split("; ")]
            else:
                terms = [side.name.lower(), side.side.lower()]
            if terms:
                yield {"side": side.side, "lang": lang, "home": "", "terms": "; ".join(dict.fromkeys(terms))}


def _variants(name: str) -> list[str]:
    """ "Myanmar (Burma)" is two names."""
    return [part.strip() for part in re.split(r"[()]", name) if part.strip()]


def _terms(name: str, lang: str, others: Sequence[str]) -> list[str]:
    lower = name.lower()
    if lang == "ar":
        base = re.sub("[اةه]$", "", lower.removeprefix("ال"))
        base = base if base.endswith("ي") else f"{base}ي"
        return [lower.removeprefix("ال"), base, *(base + ending for ending in ("ة", "ون", "ين"))]
    stem = lower[:-1] if lower[-1:] in ENDINGS.get(lang, "") else lower
    shared = any(other.lower().startswith(stem) for other in others)
    if shared:
        return [lower]
    # Russian and Ukrainian -ия, -ія: the four letters before the ending are the country's and nobody else's
    enough = STEM_LETTERS - 1 if stem.endswith(("и", "і")) else STEM_LETTERS
    return [f"{s}*" if len(s) >= enough else s for s in dict.fromkeys((lower, stem)) if s == lower or len(s) >= enough]
