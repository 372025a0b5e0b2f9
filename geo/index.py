"""The compiled gazetteer: one file of sorted numbers and short texts, memory-mapped, so that opening costs nothing."""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .errors import GazetteerError
from .lexicons import Lexicons
from .names import ALTERNATE, BARE, MAIN, SHORT, SOUND_MARK, hash_key, keys_of, usable_alternate
from .sound import sound_key
from .sources import RawPlace, Source

__all__ = ["ID_MARK", "Index", "compile_index", "open_index"]

MAGIC = b"contactline gazetteer 1\n"
VERSION = "9"  # raise it when the layout or the keys change: older files are then built anew
KIND_BITS = 2
ID_MARK = "#"  # stands before an id, which no folded name can begin with
TOWNS = frozenset({"village", "town", "city"})
Progress = Callable[[str, int], None]


class Index:
    """Read access to a compiled file: rows by key, and columns of each row."""

    __slots__ = ("_blob", "_heads", "_keys", "_offsets", "_posts", "_starts", "columns", "path", "rows")

    def __init__(self, path: Path, header: Mapping[str, Any], data: memoryview) -> None:
        self.path = path
        self.rows = int(header["rows"])
        parts = {name: data[a:b].cast(code) for name, (a, b, code) in header["parts"].items() if code != "c"}
        self._keys, self._starts, self._posts = parts["keys"], parts["starts"], parts["posts"]
        self._heads, self._offsets = parts["heads"], parts["offsets"]
        a, b, _ = header["parts"]["blob"]
        self._blob = data[a:b]
        self.columns = {name: parts[name] for name in ("lon", "lat", "radius", "people", "rank")}

    def find(self, key: str) -> list[tuple[int, int]]:
        """(row, kind of key) of every place that has this key."""
        number = hash_key(key)
        at = bisect_left(self._keys, number)
        if at == len(self._keys) or self._keys[at] != number:
            return []
        posts = self._posts[self._starts[at] : self._starts[at + 1]]
        return [(post >> KIND_BITS, post & (2**KIND_BITS - 1)) for post in posts]

    def begins(self, word: str) -> bool:
        """Whether any key of several words begins with this one."""
        number = hash_key(word)
        at = bisect_left(self._heads, number)
        return at < len(self._heads) and self._heads[at] == number

    def text(self, row: int) -> list[Any]:
        """What is not a number about a row: id, names, feature, country, admin1, capital."""
        record: list[Any] = json.loads(bytes(self._blob[self._offsets[row] : self._offsets[row + 1]]))
        return record


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
    near: Iterable[str] = (),
    progress: Progress | None = None,
) -> None:
    """Read all sources and write the index to `path` in one step: a reader sees the whole file or none.

    Places of the theatre, and others in the countries `near` it, are also found by how their names sound.
    """
    near = frozenset(near)
    places = _merged(sources, progress)
    keys: dict[int, set[int]] = {}
    heads: set[int] = set()
    for row, place in enumerate(places):
        keys[hash_key(ID_MARK + place.id)] = {row << KIND_BITS}
        for key, kind in _keys(place, lexicons):
            keys.setdefault(hash_key(key), set()).add(row << KIND_BITS | kind)
            parts = key.split(" ")
            heads.update(hash_key(" ".join(parts[:n])) for n in range(1, len(parts)))
        if place.rank == 0 or place.country in near:
            for key in _sounds(place):
                keys.setdefault(hash_key(key), set()).add(row << KIND_BITS | ALTERNATE)
        if progress and row % 20_000 == 0:
            progress("names", row)
    _write(path, _parts(places, keys, heads), len(places))


def _merged(sources: Iterable[Source], progress: Progress | None) -> list[RawPlace]:
    """All places; what a later source repeats only lends its other names to the earlier entry."""
    places: list[RawPlace] = []
    by_geonames: dict[str, int] = {}
    by_country: dict[str, int] = {}
    for source in sources:
        if progress:
            progress(source.name, len(places))
        for place in source.places():
            known = by_geonames.get(place.geonames_id) if place.geonames_id else None
            if known is None and place.feature == "country":
                known = by_country.get(place.country)
            if known is not None:
                places[known] = _joined(places[known], place)
                continue
            if place.geonames_id:
                by_geonames[place.geonames_id] = len(places)
            if place.feature == "country":
                by_country[place.country] = len(places)
            places.append(place)
    return places


def _joined(first: RawPlace, second: RawPlace) -> RawPlace:
    others = [o for o in second.others if second.rank < 2 or usable_alternate(o)]
    names = {**second.names, **first.names}
    extra = [n for lang, n in second.names.items() if names.get(lang) != n]
    return RawPlace(
        id=first.id,
        feature=first.feature,
        longitude=first.longitude,
        latitude=first.latitude,
        names=names,
        others=(*first.others, *extra, *others),
        radius_km=first.radius_km,
        country=first.country or second.country,
        admin1=first.admin1 or second.admin1,
        population=max(first.population, second.population),
        geonames_id=first.geonames_id or second.geonames_id,
        rank=first.rank,
        capital=first.capital or second.capital,
        shorts=first.shorts or second.shorts,
    )


def _keys(place: RawPlace, lexicons: Lexicons) -> Iterable[tuple[str, int]]:
    """Every key of a place with the surest kind that it has."""
    best: dict[str, int] = {}
    bare = place.feature not in TOWNS and place.feature != "country"
    names = [(name, MAIN) for name in place.names.values()]
    sure = MAIN if place.rank < 2 else ALTERNATE
    names += [(name, sure) for name in place.others if place.rank < 2 or usable_alternate(name)]
    names += [(name, SHORT) for name in place.shorts]
    for name, kind in names:
        for key, is_bare in keys_of(name, lexicons, bare=bare):
            level = BARE if is_bare else kind
            best[key] = min(level, best.get(key, level))
    return best.items()


def _sounds(place: RawPlace) -> Iterable[str]:
    """Sound keys of the one-word names of a town; others have a generic noun to be known by."""
    if place.feature not in TOWNS:
        return set()
    spoken = {(name, lang or "en") for lang, name in place.names.items()}
    if place.rank == 0:
        spoken |= {(name, "en") for name in place.others}
    return {SOUND_MARK + key for name, lang in spoken if name.isalpha() and (key := sound_key(name, lang))}


def _parts(places: list[RawPlace], keys: dict[int, set[int]], heads: set[int]) -> dict[str, tuple[bytes, str]]:
    numbers = np.array(sorted(keys), dtype=np.uint64)
    posts, starts = array("I"), array("I", [0])
    for number in numbers.tolist():
        posts.extend(sorted(keys[number]))
        starts.append(len(posts))
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
    }
    return {
        "keys": (numbers.tobytes(), "Q"),
        "heads": (np.array(sorted(heads), dtype=np.uint64).tobytes(), "Q"),
        **{name: (column.tobytes(), column.typecode) for name, column in columns.items()},
        "starts": (starts.tobytes(), "I"),
        "posts": (posts.tobytes(), "I"),
        "offsets": (offsets.tobytes(), "I"),
        "blob": (bytes(blob), "c"),
    }


def _record(place: RawPlace) -> list[Any]:
    capital = int(place.capital)
    return [place.id, dict(place.names), place.feature, place.country, place.admin1, capital, place.geonames_id]


def _write(path: Path, parts: Mapping[str, tuple[bytes, str]], rows: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    room = 4096  # the header's own length must not move the parts, so it gets a fixed room
    at, table = len(MAGIC) + 8 + room, {}
    for name, (content, code) in parts.items():
        at += -at % 8
        table[name] = (at, at + len(content), code)
        at += len(content)
    header = json.dumps({"rows": rows, "size": at, "parts": table}).encode().ljust(room)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(MAGIC + room.to_bytes(8, "little") + header)
        for name, (content, _) in parts.items():
            file.seek(table[name][0])
            file.write(content)
    os.replace(file.name, path)
