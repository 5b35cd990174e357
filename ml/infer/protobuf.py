"""Just enough of the protobuf wire format to write a small ONNX file, or read one, without the onnx package.

Reference: https://protobuf.dev/programming-guides/encoding, wire types 0 (varint) and 2 (length-delimited);
reading passes over 1 and 5 (fixed sizes).
"""

from collections.abc import Iterator

__all__ = ["bytes_field", "fields_of", "int_field"]

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5


def int_field(number: int, value: int) -> bytes:
    """Field ``number`` holding a non-negative integer."""
    return _varint(number << 3) + _varint(value)


def bytes_field(number: int, payload: bytes | str) -> bytes:
    """Field ``number`` holding bytes, text, or another message."""
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def fields_of(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field, in order: an integer for a varint, else bytes.

    Raises ValueError when that is no message.
    """
    place = 0
    while place < len(message):
        key, place = _read_varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, place = _read_varint(message, place)
            yield number, value
            continue
        if kind == _LENGTH:
            size, place = _read_varint(message, place)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError(f"wire type {kind} at byte {place}")
        if place + size > len(message):
            raise ValueError(f"a field of {size} bytes runs past the end")
        yield number, message[place : place + size]
        place += size


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(message) and shift < 70:
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError(f"no number at byte {place}")


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
