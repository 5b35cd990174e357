"""Just enough of the protobuf wire format to write a small ONNX file without the onnx package.

Reference: https://protobuf.dev/programming-guides/encoding, wire types 0 (varint) and 2 (length-delimited).
"""

__all__ = ["bytes_field", "int_field"]


def int_field(number: int, value: int) -> bytes:
    """Field ``number`` holding a non-negative integer."""
    return _varint(number << 3) + _varint(value)


def bytes_field(number: int, payload: bytes | str) -> bytes:
    """Field ``number`` holding bytes, text, or another message."""
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
