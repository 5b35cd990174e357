"""Lines out of a stream of bytes, however it is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.lines import LineSplitter

LIMIT = 8


def lines_of(chunks: list[bytes]) -> tuple[list[bytes | None], bytes]:
    splitter = LineSplitter(LIMIT)
    return [line for chunk in chunks for line in splitter.feed(chunk)], splitter.rest()


@pytest.mark.parametrize(
    ("stream", "lines", "rest"),
    [
        (b"", [], b""),
        (b"a\nb\n", [b"a\n", b"b\n"], b""),
        (b"\n\n", [b"\n", b"\n"], b""),
        (b"a\nb", [b"a\n"], b"b"),
        (b"1234567\n", [b"1234567\n"], b""),
        (b"12345678\n", [None], b""),
        (b"12345678", [], b"12345678"),
        (b"123456789", [None], b""),
        (b"x" * 100 + b"\nb\n", [None, b"b\n"], b""),
        (b"x" * 20 + b"\n" + b"y" * 20 + b"\nz\n", [None, None, b"z\n"], b""),
    ],
)
def test_the_cut_into_chunks_makes_no_difference(
    stream: bytes, lines: list[bytes | None], rest: bytes
) -> None:
    assert lines_of([stream]) == (lines, rest)
    assert lines_of([bytes([byte]) for byte in stream]) == (lines, rest)


@settings(derandomize=True, deadline=None, database=None, max_examples=60)
@given(st.lists(st.text("ab\n", max_size=12).map(str.encode), max_size=8))
def test_no_byte_is_lost_or_held_for_long(chunks: list[bytes]) -> None:
    lines, rest = lines_of(chunks)
    pieces = b"".join(chunks).split(b"\n")
    whole = [piece + b"\n" for piece in pieces[:-1]]
    assert [line for line in lines if line is not None] == [line for line in whole if len(line) <= LIMIT]
    assert rest == (pieces[-1] if len(pieces[-1]) <= LIMIT else b"")
    too_long = sum(len(line) > LIMIT for line in whole) + (len(pieces[-1]) > LIMIT)
    assert lines.count(None) == too_long
