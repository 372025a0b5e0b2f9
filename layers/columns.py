"""Columns as bytes: what a table becomes before it travels to a browser.

A pack is one byte string: `CLM1`, the length of the header (u32, little endian), the header (JSON), the streams.
Columns that drawing needs lie in the stream `core` as byte planes (all lowest bytes first, then the next …), which
deflate packs far better than records; columns that only a popup needs lie in `detail`; text lies in blocks of rows,
so that one click unpacks one block. Codes start at 1, 0 is null. All streams are raw deflate.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Column", "category", "deflate_all", "integer", "make_pack", "open_header", "planes", "texts"]

MAGIC = b"CLM1"
BLOCK_ROWS = 8192
CHUNK_BYTES = 4 << 20  # a stream is deflated in chunks of this size, one thread each
MANY_VALUES = 60_000  # more distinct values than this are text, not categories
QUICK_BYTES = 64 << 20  # above this size a faster level of deflate costs 15 % more bytes and saves seconds

Kind = Literal["category", "integer"]


@dataclass(frozen=True, slots=True)
class Column:
    """One packed column: unsigned `codes` per row (0 = null) and how a browser turns them into values.

    value = values[code - 1] for a category, (code - 1) * step + start for an integer. `delta` columns are stored as
    differences between rows, modulo 2 ** (8 * width).
    """

    name: str
    kind: Kind
    codes: npt.NDArray[np.unsignedinteger[Any]]
    values: tuple[str, ...] = ()
    start: float = 0.0
    step: float = 1.0
    delta: bool = False

    @property
    def width(self) -> int:
        """Bytes per row."""
        top = int(self.codes.max()) if len(self.codes) else 0
        return max(1, (top.bit_length() + 7) // 8)


def category(name: str, series: pd.Series[Any]) -> Column | None:
    """Dictionary-encode a column in order of first appearance; None when it has too many distinct values."""
    array = texts(series)
    probe = array.slice(0, 20_000)
    if len(array) > 2 * len(probe) and pc.count_distinct(probe).as_py() > len(probe) // 2:
        return None
    encoded = pc.dictionary_encode(array)
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    if len(encoded.dictionary) > MANY_VALUES:
        return None
    codes = pc.fill_null(pc.add(encoded.indices, 1), 0).to_numpy(zero_copy_only=False)
    return Column(name, "category", codes.astype(np.uint32), values=tuple(encoded.dictionary.to_pylist()))


def integer(name: str, values: npt.ArrayLike, *, step: float = 1.0, delta: bool = False) -> Column:
    """Quantise numbers to multiples of `step`; NaN is null."""
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    if not known.any():
        return Column(name, "integer", np.zeros(len(numbers), np.uint32), step=step, delta=delta)
    start = float(np.floor(numbers[known].min() / step) * step)
    filled = numbers if known.all() else np.where(known, numbers, start)
    codes = np.rint((filled - start) / step).astype(np.uint64) + 1
    if not known.all():
        codes[~known] = 0
    return Column(name, "integer", codes, start=start, step=step, delta=delta)


def texts(series: pd.Series[Any]) -> pa.LargeStringArray:
    """A column as Arrow text; whatever is no text becomes its text, missing stays null."""
    if not isinstance(series.dtype, pd.StringDtype):
        series = series.astype(object).map(str, na_action="ignore")
    array = pa.array(series, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _text_bytes(array: pa.LargeStringArray) -> tuple[npt.NDArray[np.int64], memoryview]:
    """Offsets (one more than rows) and the UTF-8 bytes; null is the empty text."""
    array = pc.fill_null(array, "")
    if array.offset:
        array = pa.concat_arrays([array])
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64, count=len(array) + 1)
    return bounds, memoryview(data) if data is not None else memoryview(b"")


def make_pack(
    *,
    core: Sequence[Column],
    detail: Sequence[Column],
    text: Mapping[str, pa.LargeStringArray],
    rows: int,
    extra: Mapping[str, Any],
) -> bytes:
    """Lay out and compress all columns; `extra` joins the header."""
    blocks = list(_blocks(text, rows))
    raws = [planes(core), planes(detail), *blocks]
    level = 6 if sum(map(len, raws)) < QUICK_BYTES else 4
    packed = deflate_all(raws, level)
    header = {
        **extra,
        "rows": rows,
        "core": [_describe(c) for c in core],
        "detail": [_describe(c) for c in detail],
        "text": {"names": list(text), "block": BLOCK_ROWS},
        "sizes": [len(p) for p in packed],
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([MAGIC, struct.pack("<I", len(head)), head, *packed])


def open_header(pack: bytes) -> dict[str, Any]:
    """The header of a pack."""
    (length,) = struct.unpack_from("<I", pack, 4)
    header: dict[str, Any] = json.loads(pack[8 : 8 + length])
    return header


def _describe(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {"name": column.name, "kind": column.kind, "width": column.width}
    if column.kind == "category":
        about["values"] = list(column.values)
    else:
        about |= {"start": column.start, "step": column.step}
    return about | ({"delta": True} if column.delta else {})


def planes(columns: Iterable[Column]) -> bytes:
    """The byte planes of columns, one after the other."""
    return b"".join(_column_planes(c) for c in columns)


def _column_planes(column: Column) -> bytes:
    width, codes = column.width, column.codes
    size = 4 if width <= 4 else 8
    wide = np.ascontiguousarray(codes, dtype=f"<u{size}")
    if column.delta:
        wide = np.diff(wide, prepend=wide.dtype.type(0))  # wraps; the bytes above `width` fall away
    return b"".join(wide.view(np.uint8).reshape(-1, size)[:, k].tobytes() for k in range(width))


def _blocks(text: Mapping[str, pa.LargeStringArray], rows: int) -> Iterable[bytes]:
    """For each block of rows and each text column: the lengths (u32, little endian) in byte planes, then the bytes."""
    columns = [_text_bytes(array) for array in text.values()]
    for first in range(0, rows if columns else 0, BLOCK_ROWS):
        parts: list[bytes | memoryview] = []
        for bounds, data in columns:
            part = bounds[first : min(first + BLOCK_ROWS, rows) + 1]
            lengths = np.diff(part).astype("<u4")
            parts += [lengths.view(np.uint8).reshape(-1, 4).T.tobytes(), data[int(part[0]) : int(part[-1])]]
        yield b"".join(parts)


def deflate_all(raws: Sequence[bytes], level: int) -> list[bytes]:
    """Raw deflate of every part; zlib lets go of the interpreter lock, so parts and chunks go side by side."""
    chunks = [(k, raw[i : i + CHUNK_BYTES]) for k, raw in enumerate(raws) for i in range(0, len(raw) or 1, CHUNK_BYTES)]
    last = {k: n for n, (k, _) in enumerate(chunks)}
    jobs = [(chunk, level, last[k] == n) for n, (k, chunk) in enumerate(chunks)]
    if sum(map(len, raws)) < 1 << 20:
        done = [_deflate(*job) for job in jobs]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            done = list(pool.map(lambda job: _deflate(*job), jobs))
    out = [b""] * len(raws)
    for (k, _), piece in zip(chunks, done, strict=True):
        out[k] += piece
    return out


def _deflate(chunk: bytes, level: int, last: bool) -> bytes:
    """One chunk; all but the last end on a byte boundary without closing the stream, so that they can be joined."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return squeezer.compress(chunk) + squeezer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
