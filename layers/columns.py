"""Columns as bytes: what a table becomes before it travels to a browser.

A pack is one byte string: `CLM1`, the length of the header (u32, little endian), the header (JSON, deflated too), the
streams.
Columns that drawing needs lie in the stream `core` as byte planes (all lowest bytes first, then the next …), which
deflate packs far better than records; columns that only a popup needs lie in `detail`; text lies in blocks of rows,
so that one click unpacks one block (textblocks.py). Codes start at 1, 0 is null. All streams are raw deflate.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .squeeze import Piece, squeeze
from .textblocks import text_blocks

__all__ = ["Column", "category", "integer", "make_pack", "open_header", "planes", "texts"]

MAGIC = b"CLM1"
MANY_VALUES = 60_000  # more distinct values than this are text, not categories

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
        if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
            return _number_texts(series)
        plain = [None if pd.isna(value) else str(value) for value in series.array]
        return pa.array(plain, type=pa.large_string())
    array = pa.array(series, from_pandas=True).cast(pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _number_texts(series: pd.Series[Any]) -> pa.LargeStringArray:
    """Numbers as text; whole ones without a point, also when the column is of floats because some are missing."""
    values = series.to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(values)
    whole = bool((values[known] == np.rint(values[known])).all())
    numbers = np.where(known, values, 0).astype(np.int64) if whole else values
    return pa.array(numbers, mask=~known).cast(pa.large_string())


def make_pack(
    *,
    core: Sequence[Column],
    detail: Sequence[Column],
    text: Mapping[str, pa.LargeStringArray],
    rows: int,
    extra: Mapping[str, Any],
) -> bytes:
    """Lay out and compress all columns; `extra` joins the header."""
    block_rows, blocks = text_blocks(list(text.values()), rows)
    packed = squeeze([[Piece(planes(core), runs=True)], [Piece(planes(detail), runs=True)], *blocks])
    header = {
        **extra,
        "rows": rows,
        "core": [_describe(c) for c in core],
        "detail": [_describe(c) for c in detail],
        "text": {"names": list(text), "block": block_rows},
        "sizes": [len(p) for p in packed],
    }
    head = squeeze([[Piece(json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode())]])[0]
    return b"".join([MAGIC, struct.pack("<I", len(head)), head, *packed])


def open_header(pack: bytes) -> dict[str, Any]:
    """The header of a pack."""
    (length,) = struct.unpack_from("<I", pack, 4)
    header: dict[str, Any] = json.loads(zlib.decompress(pack[8 : 8 + length], -15))
    return header


def planes(columns: Iterable[Column]) -> bytes:
    """The byte planes of columns, one after the other."""
    return b"".join(_column_planes(c) for c in columns)


def _describe(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {"name": column.name, "kind": column.kind, "width": column.width}
    if column.kind == "category":
        about["values"] = list(column.values)
    else:
        about |= {"start": column.start, "step": column.step}
    return about | ({"delta": True} if column.delta else {})


def _column_planes(column: Column) -> bytes:
    width, codes = column.width, column.codes
    size = 4 if width <= 4 else 8
    wide = np.ascontiguousarray(codes, dtype=f"<u{size}")
    if column.delta:
        wide = np.diff(wide, prepend=wide.dtype.type(0))  # wraps; the bytes above `width` fall away
    return b"".join(wide.view(np.uint8).reshape(-1, size)[:, k].tobytes() for k in range(width))
