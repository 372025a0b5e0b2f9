"""Raw deflate of many streams side by side: zlib lets go of the interpreter lock, so pieces share the processors."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

__all__ = ["Piece", "squeeze"]

CHUNK_BYTES = 4 << 20  # one job of a thread
SMALL_BYTES = 16 << 20  # up to here every stream gets deflate's best; above, a few per cent more bytes save seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a stream. `noise`: digits and the like, where looking for repetitions costs time and bytes.
    `runs`: byte planes, where all that repeats is the byte before."""

    data: bytes
    noise: bool = False
    runs: bool = False


def squeeze(streams: Sequence[Sequence[Piece]]) -> list[bytes]:
    """Deflate each stream, its pieces one after the other; the same input gives the same bytes."""
    total = sum(len(piece.data) for stream in streams for piece in stream)
    small = total <= SMALL_BYTES
    jobs = [(k, *job) for k, stream in enumerate(streams) for job in _jobs(stream, small)]
    if total < 1 << 20:
        done = [_deflate(*job[1:]) for job in jobs]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            done = list(pool.map(lambda job: _deflate(*job[1:]), jobs))
    out: list[list[bytes]] = [[] for _ in streams]
    for (k, *_), part in zip(jobs, done, strict=True):
        out[k].append(part)
    return [b"".join(parts) for parts in out]


def _jobs(stream: Sequence[Piece], small: bool) -> list[tuple[bytes, int, int, bool]]:
    cut = [(piece, i) for piece in stream for i in range(0, len(piece.data) or 1, CHUNK_BYTES)]
    return [
        (piece.data[i : i + CHUNK_BYTES], *_way(piece, small), n == len(cut) - 1) for n, (piece, i) in enumerate(cut)
    ]


def _way(piece: Piece, small: bool) -> tuple[int, int]:
    """Level and strategy of deflate."""
    if piece.noise:
        return 1, zlib.Z_HUFFMAN_ONLY
    if small:
        return 9, zlib.Z_DEFAULT_STRATEGY
    return (1, zlib.Z_RLE) if piece.runs else (5, zlib.Z_DEFAULT_STRATEGY)


def _deflate(chunk: bytes, level: int, strategy: int, last: bool) -> bytes:
    """One chunk; all but the last end on a byte boundary without closing the stream, so that they can be joined."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return squeezer.compress(chunk) + squeezer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
