"""The compiled gazetteer: one file of sorted numbers and short texts, memory-mapped, so that opening costs nothing."""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from .admin import with_iso_regions
from .errors import GazetteerError
from .lexicons import Lexicons, Terms
from .merged import Progress, merged
from .names import ALTERNATE, BARE, MAIN, SHORT, SOUND_MARK, hash_key, keys_of, usable_alternate
from .sound import skeleton, sound_key
from .sources import RawPlace, Source

__all__ = ["COLUMNS", "ID_MARK", "Index", "compile_index", "open_index"]

MAGIC = b"contactline gazetteer 2\n"
VERSION = "21"  # raise it when the layout or the keys change: older files are then built anew
KIND_BITS = 2
KIND_MASK = 2**KIND_BITS - 1
RANGE_BITS = 16  # of the 64 of a key's number: some ten keys share them
RANGE_SHIFT = 64 - RANGE_BITS
SIEVE_BITS = 16  # of the sieve for each key: of the keys that no place has, it lets some six in a hundred through
ID_MARK, GEONAMES_MARK = "#", "%"  # stand before an id or number, which no folded name can begin with
COLUMNS = ("lon", "lat", "radius", "people", "rank", "fought_over")
TOWNS = frozenset({"village", "town", "city"})
SPOKEN_OF = 2_000  # inhabitants from which a town that no one chose is also known by its sound
MIN_BONES = 4
KM_PER_DEGREE = 111.2


class Index:
    """Read access to a compiled file: rows by key, and columns of each row."""

    __slots__ = (
        "_blob",
        "_head_ranges",
        "_heads",
        "_key_ranges",
        "_keys",
        "_offsets",
        "_posts",
        "_starts",
        "columns",
        "path",
        "rows",
        "shadows",
        "sieve",
    )

    def __init__(self, path: Path, header: Mapping[str, Any], data: memoryview) -> None:
        self.path = path
        self.rows = int(header["rows"])
        parts = {name: data[a:b].cast(code) for name, (a, b, code) in header["parts"].items() if code != "c"}
        self._keys, self._starts, self._posts = parts["keys"], parts["starts"], parts["posts"]
        self._heads, self._offsets = parts["heads"], parts["offsets"]
        self._key_ranges, self._head_ranges = _ranges(self._keys), _ranges(self._heads)
        a, b, _ = header["parts"]["blob"]
        self._blob = data[a:b]
        self.sieve = parts["sieve"].tobytes()
        self.columns = {name: parts[name] for name in COLUMNS}
        self.shadows: list[tuple[int, int]] = [(world, own) for world, own in header["shadows"]]

    def find(self, number: int) -> list[tuple[int, int]]:
        """(row, kind of key) of every place that has the key of this number (`hash_key`)."""
        first, last = self._key_ranges[number >> RANGE_SHIFT], self._key_ranges[(number >> RANGE_SHIFT) + 1]
        at = bisect_left(self._keys, number, first, last)
        if at == last or self._keys[at] != number:
            return []
        posts = self._posts[self._starts[at] : self._starts[at + 1]].tolist()
        return [(post >> KIND_BITS, post & KIND_MASK) for post in posts]

    def begins(self, number: int) -> bool:
        """Whether any key of several words begins with the one of this number."""
        first, last = self._head_ranges[number >> RANGE_SHIFT], self._head_ranges[(number >> RANGE_SHIFT) + 1]
        at = bisect_left(self._heads, number, first, last)
        return at < last and self._heads[at] == number

    def text(self, row: int) -> list[Any]:
        """What is not a number about a row: id, names, feature, country, admin1, capital."""
        record: list[Any] = json.loads(bytes(self._blob[self._offsets[row] : self._offsets[row + 1]]))
        return record


def _ranges(numbers: memoryview) -> list[int]:
    """Where the numbers of each range of leading bits begin, so that a look-up has only a few to compare."""
    firsts = np.arange(2**RANGE_BITS, dtype=np.uint64) << np.uint64(RANGE_SHIFT)
    return [*np.searchsorted(np.asarray(numbers, dtype=np.uint64), firsts).tolist(), len(numbers)]


def open_index(path: Path) -> Index:
    """Map a compiled file.

    Raises:
        GazetteerError: not such a file, or cut short.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise GazetteerError(f"{path}: not a compiled gazetteer; delete it and it is built again")
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if len(data) != header["size"]:
        raise GazetteerError(
            f"{path}: cut short, {len(data)} of {header['size']} bytes; delete it and it is built again"
        )
    return Index(path, header, data)


def compile_index(
    sources: Iterable[Source],
    lexicons: Lexicons,
    path: Path,
    *,
    behind: Index | None = None,
    progress: Progress | None = None,
) -> None:
    """Read all sources and write the index to `path` in one step: a reader sees the whole file or none.

    With `behind`, the file holds only these sources' places, to be read in front of that index (geo/layered.py): what
    both have is joined here.
    """
    places = with_iso_regions(merged(sources, progress))
    shadows: list[tuple[int, int]] = []
    if behind is not None:
        places, shadows = _in_front_of(behind, places, lexicons)
    nouns = Terms.joined(terms for lexicon in lexicons.values() for terms in lexicon.nouns.values())
    numbers, posts, checks = array("Q"), array("I"), array("I")
    heads: set[str] = set()
    for row, place in enumerate(places):
        for key, kind in _all_keys(place, nouns):
            numbers.append(hash_key(key))
            posts.append(row << KIND_BITS | kind)
            checks.append(crc32(key.encode()))
            if " " in key:
                parts = key.split(" ")
                heads.update(" ".join(parts[:n]) for n in range(1, len(parts)))
        if progress and row % 20_000 == 0:
            progress("names", row)
    checks.extend(crc32(head.encode()) for head in heads)
    content = _parts(places, numbers, posts, heads) | {"sieve": (_sieve(checks), "B")}
    _write(path, content, len(places), shadows)


def _in_front_of(
    behind: Index, places: list[RawPlace], lexicons: Lexicons
) -> tuple[list[RawPlace], list[tuple[int, int]]]:
    """The places with what the index behind knows of the same ones, and which of its rows they stand for."""
    own_places, shadows = [], []
    nouns = Terms.joined(terms for lexicon in lexicons.values() for terms in lexicon.nouns.values())
    for own, place in enumerate(places):
        marks = [ID_MARK + place.id, ID_MARK + place.id.upper()]
        marks += [GEONAMES_MARK + place.geonames_id] if place.geonames_id else []
        marks += [ID_MARK + place.country] if place.feature == "country" else []
        rows = dict.fromkeys(row for mark in marks for row, _ in behind.find(hash_key(mark)))
        rows |= dict.fromkeys(_same_area(behind, place, nouns))
        for row in rows:
            shadows.append((row, own))
            place = _with_known(place, behind, row)
        own_places.append(place)
    return own_places, shadows


def _same_area(behind: Index, place: RawPlace, nouns: Terms) -> Iterator[int]:
    """Rows behind that are the same district, region or feature: a name in common, and each in the other's reach."""
    if place.feature in TOWNS or place.feature == "country":
        return
    names = {key for name in place.names.values() for key, _ in keys_of(name, nouns, bare=True)}
    for row in {row for key in names for row, _ in behind.find(hash_key(key))}:
        if behind.columns["rank"][row] == 1 and _kind(behind.text(row)[2]) == _kind(place.feature):
            north = abs(behind.columns["lat"][row] - place.latitude) * KM_PER_DEGREE
            east = abs(behind.columns["lon"][row] - place.longitude) * KM_PER_DEGREE
            if max(north, east) <= max(place.radius_km, behind.columns["radius"][row]):
                yield row


def _kind(feature: str) -> str:
    return "area" if feature in ("district", "region", "area") else feature


def _with_known(place: RawPlace, behind: Index, row: int) -> RawPlace:
    _, names, _, country, admin1, capital, geonames_id = behind.text(row)
    return replace(
        place,
        names={**names, **place.names} if place.rank or len(place.names) > 1 else place.names,
        country=place.country or country,
        admin1=place.admin1 or admin1,
        population=max(place.population, behind.columns["people"][row]),
        geonames_id=place.geonames_id or geonames_id,
        capital=place.capital or bool(capital),
    )


def _all_keys(place: RawPlace, nouns: Terms) -> Iterator[tuple[str, int]]:
    """Id, number, names and sounds of a place as keys with their kind."""
    yield ID_MARK + place.id, MAIN
    if place.geonames_id:
        yield GEONAMES_MARK + place.geonames_id, MAIN
    yield from _keys(place, nouns)
    for key in _sounds(place):
        yield key, ALTERNATE


def _keys(place: RawPlace, nouns: Terms) -> Iterable[tuple[str, int]]:
    """Every key of a place with the surest kind that it has."""
    best: dict[str, int] = {}
    bare = place.feature not in TOWNS and place.feature != "country"
    names = [(name, MAIN) for name in place.names.values()]
    sure = MAIN if _curated(place) or place.rank == 1 else ALTERNATE
    names += [(name, sure) for name in place.others if place.rank < 2 or usable_alternate(name)]
    names += [(name, ALTERNATE) for name in place.raw]
    names += [(name, SHORT) for name in place.shorts]
    for name, kind in dict.fromkeys(names):
        for key, is_bare in keys_of(name, nouns, bare=bare):
            level = BARE if is_bare else kind
            best[key] = min(level, best.get(key, level))
    return best.items()


def _curated(place: RawPlace) -> bool:
    """Whether people chose the other names too: a theatre made from GeoNames has one language and raw alternates."""
    return place.rank == 0 and len(place.names) > 1 and not place.by_rule


def _sounds(place: RawPlace) -> Iterable[str]:
    """Sound keys of the one-word names of a town; others have a generic noun to be known by."""
    if place.feature not in TOWNS or not (_curated(place) or place.population >= SPOKEN_OF):
        return set()
    spoken = {(name, lang or "en") for lang, name in place.names.items()}
    if _curated(place):
        spoken |= {(name, "en") for name in place.others}
    keys = {key for name, lang in spoken if name.isalpha() and (key := sound_key(name, lang))}
    bones = {bare for key in keys if len(bare := skeleton(key)) >= MIN_BONES}
    return {SOUND_MARK + key for key in (*keys, *bones)}


def _parts(
    places: list[RawPlace], numbers: array[int], posts: array[int], heads: set[str]
) -> dict[str, tuple[bytes, str]]:
    hashes, rows = np.asarray(numbers, dtype=np.uint64), np.asarray(posts, dtype=np.uint32)
    order = np.lexsort((rows, hashes))
    unique, firsts = np.unique(hashes[order], return_index=True)
    starts = np.append(firsts, len(order)).astype(np.uint32)
    begun = np.sort(np.fromiter((hash_key(head) for head in heads), dtype=np.uint64, count=len(heads)))
    blob, offsets = bytearray(), array("I", [0])
    for place in places:
        blob += json.dumps(_record(place), ensure_ascii=False, separators=(",", ":")).encode()
        offsets.append(len(blob))
    columns: dict[str, array[Any]] = {
        "lon": array("d", (p.longitude for p in places)),
        "lat": array("d", (p.latitude for p in places)),
        "radius": array("f", (p.radius_km for p in places)),
        "people": array("I", (p.population for p in places)),
        "rank": array("B", (p.rank for p in places)),
        "fought_over": array("f", (p.fought_over for p in places)),
    }
    return {
        "keys": (unique.tobytes(), "Q"),
        "heads": (begun.tobytes(), "Q"),
        **{name: (column.tobytes(), column.typecode) for name, column in columns.items()},
        "starts": (starts.tobytes(), "I"),
        "posts": (rows[order].tobytes(), "I"),
        "offsets": (offsets.tobytes(), "I"),
        "blob": (bytes(blob), "c"),
    }


def _sieve(checks: array[int]) -> bytes:
    """A bit for each key and each beginning of one, at its checksum: most forms of a word fail by this one bit."""
    bits = 2 ** max(SIEVE_BITS * len(checks) - 1, 7).bit_length()
    sieve = np.zeros(bits, dtype=np.uint8)
    sieve[np.asarray(checks, dtype=np.uint32) & np.uint32(bits - 1)] = 1
    return np.packbits(sieve, bitorder="little").tobytes()


def _record(place: RawPlace) -> list[Any]:
    capital = int(place.capital)
    return [place.id, dict(place.names), place.feature, place.country, place.admin1, capital, place.geonames_id]


def _write(path: Path, parts: Mapping[str, tuple[bytes, str]], rows: int, shadows: list[tuple[int, int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    room = 4096 + 24 * len(shadows)  # the header's own length must not move the parts, so it gets a fixed room
    at, table = len(MAGIC) + 8 + room, {}
    for name, (content, code) in parts.items():
        at += -at % 8
        table[name] = (at, at + len(content), code)
        at += len(content)
    header = json.dumps({"rows": rows, "size": at, "parts": table, "shadows": shadows}).encode().ljust(room)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(MAGIC + room.to_bytes(8, "little") + header)
        for name, (content, _) in parts.items():
            file.seek(table[name][0])
            file.write(content)
    os.replace(file.name, path)
