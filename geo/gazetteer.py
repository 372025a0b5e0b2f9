"""The gazetteer of a theatre: its own places first, then the world's, compiled once and memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import GazetteerError
from .folders import cache_folder as default_cache_folder
from .folding import name_key
from .index import ID_MARK, VERSION, Index, compile_index, open_index
from .layered import Layered
from .lexicons import Lexicon, Lexicons, load_lexicons
from .merged import Progress
from .names import BARE, SOUND_MARK
from .sources import Source, default_sources, fingerprint
from .theatre import Theatre
from .user_sources import user_sources
from .village_sources import village_sources
from .weights import load_weights

__all__ = ["Gazetteer", "Place", "open_gazetteer"]

# UCDP's precision of a place by itself: 1 exact … 3 district, 4 region, 5 line or fuzzy area, 6 country, 7 more
PRECISION: Mapping[str, int] = {
    **dict.fromkeys(("village", "town", "city", "site", "military"), 1),
    **dict.fromkeys(("reservoir", "lake", "island"), 2),
    "district": 3,
    "region": 4,
    **dict.fromkeys(("river", "ridge", "corridor", "area", "sea"), 5),
    "country": 6,
    "continent": 7,
}
VILLAGE_KM = 3.0
REMEMBERED = 50_000
AMONG_THE_FOUGHT = 10.0  # what the war round a place weighs against the size of its namesakes
AMBIGUOUS = 3  # more places than this under one sound tell nothing


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `names` by language ("" where it is not known); `radius_km` is how far it reaches round its point."""

    id: str
    name: str
    names: Mapping[str, str]
    feature: str
    longitude: float
    latitude: float
    radius_km: float
    country: str
    admin1: str
    population: int
    rank: int
    capital: bool = False
    geonames_id: str = ""

    @property
    def where_prec(self) -> int:
        """UCDP's precision code for an event at this place, 1 (exact) to 7 (international)."""
        if self.feature == "village" and self.radius_km > VILLAGE_KM:
            return 2  # its point is only somewhere near
        return PRECISION.get(self.feature, 5)

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude, degrees."""
        return self.longitude, self.latitude


class Gazetteer:
    """Places by id, name and folded key. Looked-up rows and words are remembered, so a stream of reports goes fast."""

    __slots__ = (
        "_ids",
        "_keys",
        "_places",
        "chunks",
        "contested",
        "index",
        "lexicons",
        "mask_words",
        "masks",
        "options",
        "persons",
        "steps",
        "theatre",
        "weighed",
        "weights",
        "words",
    )

    def __init__(self, index: Layered, lexicons: Lexicons, theatre: Theatre | None, weights: dict[str, float]) -> None:
        self.index = index
        self.lexicons = lexicons
        self.theatre = theatre
        self._places: dict[int, Place] = {}
        self._ids: dict[str, Place] = {}
        self._keys: dict[str, tuple[list[tuple[int, int]], bool]] = {}
        # read once, by language: words, what stands between spaces, the first words of names, what a span may mean
        self.chunks: dict[str, dict[str, Any]] = {lang: {} for lang in lexicons}
        self.words: dict[str, dict[str, Any]] = {lang: {} for lang in lexicons}
        self.steps: dict[str, dict[str, Any]] = {lang: {} for lang in lexicons}
        self.weighed: dict[str, dict[str, Any]] = {lang: {} for lang in lexicons}
        self.options: dict[int, Any] = {}
        self.masks = _masks(theatre)
        self.persons = _persons(theatre, index)
        self.mask_words = frozenset(word for mask in self.masks for word in mask)
        self.weights = weights
        self.contested = _contested(theatre)

    def __len__(self) -> int:
        return self.index.rows

    def at(self, row: int) -> Place:
        """The place in a row of the index."""
        place = self._places.get(row)
        if place is None:
            if len(self._places) > REMEMBERED:
                self._places.clear()
                self._ids.clear()
            place = self._places[row] = self._read(row)
            self._ids[place.id] = place
        return place

    def place(self, place_id: str) -> Place:
        """The place with this id.

        Raises:
            GazetteerError: no place has it.
        """
        place = self._ids.get(place_id)
        if place is None:
            rows = self.index.find(ID_MARK + place_id)
            if not rows:
                raise GazetteerError(f"no place {place_id!r} in the gazetteer; search for it by name")
            place = self.at(rows[0][0])
        return place

    def search(self, name: str, lang: str | None = None, *, limit: int = 20) -> list[Place]:
        """Places that a name may mean, the likeliest first; case endings of `lang` (default: all) are understood."""
        own = self.lexicons.get(lang or "")
        lexicons: Iterable[Lexicon] = [own] if own else self.lexicons.values()
        key = name_key(name)
        head, _, last = key.rpartition(" ")
        keys = dict.fromkeys([key, *(f"{head} {base}".strip() for lex in lexicons for base in lex.bases(last))])
        best: dict[int, float] = {}
        for order, candidate in enumerate(keys):
            for row, kind in self.index.find(candidate):
                score = self.prior(row) - (0.0 if order == 0 else 2.0) - (3.0 if kind == BARE else 0.7 * kind)
                best[row] = max(score, best.get(row, score))
        return [self.at(row) for row in sorted(best, key=lambda r: -best[r])[:limit]]

    def known(self, key: str) -> tuple[list[tuple[int, int]], bool]:
        """Rows that have a key of several words, and whether longer keys begin with it; remembered."""
        answer = self._keys.get(key)
        if answer is None:
            if len(self._keys) > REMEMBERED:
                self._keys.clear()
            answer = self._keys[key] = self.index.known(key)
        return answer

    def sounding(self, key: str) -> list[int]:
        """Rows of places near the theatre whose names sound so, if they are few: the theatre's own before others."""
        rows = [row for row, _ in self.index.find(SOUND_MARK + key)] if key and self.theatre else []
        own = [row for row in rows if self.index.columns["rank"][row] == 0]
        if own:
            return own if len(own) <= AMBIGUOUS else []
        near = [row for row in rows[: 4 * AMBIGUOUS] if self.theatre and self.at(row).country in self.theatre.countries]
        return near if len(near) <= AMBIGUOUS else []

    def prior(self, row: int) -> float:
        """How likely a place is meant before any context is read: source, population, the war round it."""
        columns = self.index.columns
        people = int(columns["people"][row])
        known = 6.0 - 3.0 * int(columns["rank"][row]) + 0.35 * max(people, 1).bit_length()
        return known + AMONG_THE_FOUGHT * float(columns["fought_over"][row])

    def _read(self, row: int) -> Place:
        place_id, names, feature, country, admin1, capital, geonames_id = self.index.text(row)
        columns = self.index.columns
        return Place(
            id=place_id,
            name=names.get("en") or names.get("") or next(iter(names.values()), place_id),
            names=names,
            feature=feature,
            longitude=columns["lon"][row],
            latitude=columns["lat"][row],
            radius_km=round(columns["radius"][row], 2),
            country=country,
            admin1=admin1,
            population=columns["people"][row],
            rank=columns["rank"][row],
            capital=bool(capital),
            geonames_id=geonames_id,
        )


def _contested(theatre: Theatre | None) -> frozenset[str]:
    """Ids of the places that the theatre's table of control knows: the land that is fought over."""
    table = theatre.table("control_changes") if theatre else None
    return frozenset(table["place_id"]) if table is not None and "place_id" in table else frozenset()


def _persons(theatre: Theatre | None, index: Layered) -> frozenset[str]:
    """The theatre's actors that one word names ("Pompeo"), but not the capitals that stand for a government."""
    keys = {
        name_key(alias)
        for actor in (theatre.actors if theatre else ())
        for aliases in actor.aliases.values()
        for alias in aliases
    }
    ranks = index.columns["rank"]
    single = {key for key in keys if key and " " not in key}
    return frozenset(key for key in single if not any(ranks[row] == 0 for row, _ in index.find(key)))


def _masks(theatre: Theatre | None) -> frozenset[tuple[str, ...]]:
    """The theatre's actors that are named by several words ("Shushan Stepanyan", "Minsk Group"), as folded words."""
    keys = {
        tuple(name_key(alias).split())
        for actor in (theatre.actors if theatre else ())
        for aliases in actor.aliases.values()
        for alias in (*aliases, actor.name)
    }
    return frozenset(key for key in keys if len(key) > 1)


def open_gazetteer(
    theatre: Theatre | None = None,
    *,
    cache_folder: Path | None = None,
    sources: Iterable[Source] | None = None,
    lexicons: Lexicons | None = None,
    progress: Progress | None = None,
) -> Gazetteer:
    """Open a theatre's gazetteer. The world is compiled the first time and when a source has changed (about 20 s),
    a theatre in front of it in a moment.

    Args:
        theatre: whose places come first; None for the world alone.
        cache_folder: where compiled files are kept; default: the user's cache folder.
        sources: in order of trust; default: the theatre's, the world tables, GeoNames' towns, the user's, villages.
        lexicons: the languages to read; default: those shipped.
        progress: called with what is being read and how many places there are so far.
    """
    lexicons = lexicons or load_lexicons()
    chosen = list(sources) if sources is not None else [*default_sources(theatre), *user_sources(), *village_sources()]
    folder = cache_folder or default_cache_folder()
    own = [source for source in chosen if source.rank == 0]
    world = [source for source in chosen if source.rank > 0]
    number = fingerprint(world, VERSION)
    behind = _opened(folder / f"world-{number}.bin", world, lexicons, None, progress)
    front = None
    if own:
        name = f"{theatre.id if theatre else 'own'}-{fingerprint(own, number)}.bin"
        front = _opened(folder / name, own, lexicons, behind, progress)
    return Gazetteer(Layered(behind, front), lexicons, theatre, load_weights())


def _opened(
    path: Path, sources: list[Source], lexicons: Lexicons, behind: Index | None, progress: Progress | None
) -> Index:
    if not path.exists():
        compile_index(sources, lexicons, path, behind=behind, progress=progress)
    return open_index(path)
