"""Columns as bytes, read back here the way the format is described."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from layers.columns import Column, category, integer, make_pack, open_header, planes, texts
from layers.squeeze import Piece, squeeze
from layers.textblocks import END, MARKS, set_digits_apart, text_blocks


def read_planes(data: bytes, rows: int, column: Column) -> list[int]:
    wide = np.zeros(rows, dtype=np.uint64)
    for k in range(column.width):
        wide += np.frombuffer(data, np.uint8, rows, k * rows).astype(np.uint64) << np.uint64(8 * k)
    if column.delta:
        wide = np.cumsum(wide, dtype=np.uint64) % np.uint64(2 ** (8 * column.width))
    return wide.tolist()


@given(st.lists(st.integers(0, 2**48 - 1), min_size=1, max_size=40), st.booleans())
def test_planes_give_back_the_codes(codes: list[int], delta: bool) -> None:
    column = Column("x", "integer", np.array(codes, dtype=np.uint64), delta=delta)
    assert read_planes(planes([column]), len(codes), column) == codes


@given(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=40), st.sampled_from([1.0, 0.05, 0.01]))
def test_integers_keep_their_value_to_half_a_step_and_null_stays_null(values: list[float | None], step: float) -> None:
    column = integer("x", np.array(values, dtype=np.float64), step=step)
    for value, code in zip(values, column.codes.tolist(), strict=True):
        if value is None:
            assert code == 0
        else:
            assert abs((code - 1) * step + column.start - value) <= step / 2 + 1e-6


@given(st.lists(st.none() | st.sampled_from(["shelling", "ü", "a\x00b", ""]), min_size=1, max_size=40))
def test_categories_keep_values_in_order_of_first_appearance(values: list[str | None]) -> None:
    column = category("x", pd.Series(values, dtype="string"))
    assert column is not None
    assert [column.values[code - 1] if code else None for code in column.codes.tolist()] == values
    assert list(column.values) == list(dict.fromkeys(v for v in values if v is not None))


def test_a_column_of_ids_is_text_not_a_category() -> None:
    assert category("id", pd.Series([f"id-{k}" for k in range(50_000)], dtype="string")) is None


def test_any_kind_of_column_becomes_text_even_if_all_is_missing() -> None:
    for series in (
        pd.Series([pd.NA, pd.NA], dtype="Int64"),
        pd.Series([None, float("nan")], dtype=object),
        pd.Series([pd.NaT, pd.NaT]),
    ):
        assert texts(series).to_pylist() == [None, None]
    assert texts(pd.Series([1, 2], dtype="Int64")).to_pylist() == ["1", "2"]
    assert texts(pd.Series([1.0, float("nan"), 7.0])).to_pylist() == ["1", None, "7"]
    assert texts(pd.Series([1.5, 2.0])).to_pylist() == ["1.5", "2"]
    assert texts(pd.Series([True, None], dtype="boolean")).to_pylist() == ["True", None]
    assert texts(pd.Series(["a", "b"], dtype="category")).to_pylist() == ["a", "b"]


def put_together(letters: bytes, digits: bytes) -> bytes:
    lengths = {int(mark): k for k, mark in enumerate(MARKS) if k}
    out, at = bytearray(), 0
    for letter in letters:
        run = lengths.get(letter, 0)
        out += digits[at : at + run] if run else bytes([letter])
        at += run
    assert at == len(digits)
    return bytes(out)


@given(st.lists(st.text(alphabet="a9 0é\n1234567", max_size=40), max_size=20))
def test_digits_set_apart_come_back(words: list[str]) -> None:
    data = bytes([END]).join(word.encode() for word in words) + b"12345678901234567890123 1"
    letters, digits = set_digits_apart(np.frombuffer(data, np.uint8))
    assert put_together(letters, digits) == data


def test_blocks_hold_every_text_of_every_row() -> None:
    first = pa.array([f"report {k} of 2020" * 40 for k in range(5000)], pa.large_string())
    second = pa.array([None if k % 3 else "Մարտունի" for k in range(5000)], pa.large_string())
    block, blocks = text_blocks([first, second], 5000)
    assert len(blocks) > 1
    assert len(blocks) == -(-5000 // block)
    found = []
    for pieces in blocks:
        raw = b"".join(piece.data for piece in pieces)
        letters = int.from_bytes(raw[:4], "little")
        found += put_together(raw[4 : 4 + letters], raw[4 + letters :]).split(bytes([END]))[:-1]
    assert found[::2] == [text.encode() for text in first.to_pylist()]
    assert found[1::2] == [(text or "").encode() for text in second.to_pylist()]


@given(st.lists(st.lists(st.binary(max_size=200), min_size=1, max_size=3), min_size=1, max_size=4), st.booleans())
def test_streams_inflate_to_their_pieces(streams: list[list[bytes]], noise: bool) -> None:
    packed = squeeze([[Piece(data, noise=noise) for data in stream] for stream in streams])
    assert [zlib.decompress(p, -15) for p in packed] == [b"".join(stream) for stream in streams]


def test_large_streams_are_cut_and_joined_without_loss() -> None:
    data = np.random.default_rng(1).integers(0, 7, 9 << 20, dtype=np.uint8).tobytes()
    packed = squeeze([[Piece(data, runs=True)], [Piece(data[: 8 << 20]), Piece(b"0123" * 1000, noise=True)]])
    assert zlib.decompress(packed[0], -15) == data
    assert zlib.decompress(packed[1], -15) == data[: 8 << 20] + b"0123" * 1000


def test_a_pack_says_what_is_in_it() -> None:
    core = [Column("a", "integer", np.array([1, 300], np.uint32))]
    pack = make_pack(core=core, detail=[], text={}, rows=2, extra={"groups": [2, 0, 0, 0]})
    header = open_header(pack)
    assert pack.startswith(b"CLM1")
    assert header["rows"] == 2
    assert header["core"] == [{"name": "a", "kind": "integer", "width": 2, "start": 0.0, "step": 1.0}]
    assert sum(header["sizes"]) < len(pack)
