"""Text columns as blocks of rows, with the digits set apart.

In one block lie, row by row, the texts of all text columns, each ended by 0xFF. A run of up to twelve digits is
replaced by one mark that tells its length, and the digits follow after the block's letters: sentences and ids repeat,
the numbers in them do not, and each packs better without the other. Marks and end are bytes that UTF-8 never uses.

A block: the number of bytes of letters (u32, little endian), the letters, the digits.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .squeeze import Piece

__all__ = ["END", "MARKS", "set_digits_apart", "text_blocks"]

END = 0xFF
MARKS = np.array([0, 0xC0, 0xC1, *range(0xF5, 0xFF)], dtype=np.uint8)  # by length of the run
LONGEST = len(MARKS) - 1
BLOCK_BYTES = 1 << 19  # about what one click unpacks


def text_blocks(columns: Sequence[pa.LargeStringArray], rows: int) -> tuple[int, list[list[Piece]]]:
    """Rows in a block, and the blocks, each as the pieces of one stream; null and empty are the same here."""
    if not columns or not rows:
        return max(1, rows), []
    parts = [pc.fill_null(column, "").cast(pa.large_binary()) for column in columns]
    end = pa.scalar(bytes([END]), pa.large_binary())
    empty = pa.scalar(b"", pa.large_binary())
    joined = pc.binary_join_element_wise(*parts, empty, end)
    if joined.offset:
        joined = pa.concat_arrays([joined])
    _, offsets, data = joined.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64, count=rows + 1)
    letters = np.frombuffer(data, dtype=np.uint8)
    block = int(max(1, rows * BLOCK_BYTES // max(1, int(bounds[-1]))))
    return block, [_block(letters[bounds[i] : bounds[min(i + block, rows)]]) for i in range(0, rows, block)]


def _block(data: npt.NDArray[np.uint8]) -> list[Piece]:
    letters, digits = set_digits_apart(data)
    return [Piece(struct.pack("<I", len(letters)) + letters), *([Piece(digits, noise=True)] if digits else [])]


def set_digits_apart(data: npt.NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """Letters with a mark for each run of digits, and the digits; runs longer than there are marks stay as they are."""
    digit = (data - 48) < 10  # wraps, so that only 0 to 9 stay below
    edges = np.flatnonzero(np.diff(digit.view(np.int8), prepend=0, append=0))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    for k in np.flatnonzero(lengths > LONGEST):
        digit[starts[k] : starts[k] + lengths[k]] = False
    starts, lengths = starts[lengths <= LONGEST], lengths[lengths <= LONGEST]
    keep = ~digit
    keep[starts] = True
    letters = data.copy()
    letters[starts] = MARKS[lengths]
    return letters[keep].tobytes(), data[digit].tobytes()
