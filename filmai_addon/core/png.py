"""Writes PNG files: for Blender's process, which has no other way that leaves the user's image untouched."""

import struct
import zlib

__all__ = ["rgba_png"]

_LEVEL = 1
"""The file is read once, by the worker beside us, and then removed."""


def rgba_png(width: int, height: int, rows: list[bytes]) -> bytes:
    """An 8-bit RGBA PNG file of ``height`` rows, from the top, each ``width`` x 4 bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    # each row begins with the number of its filter; 0 is none
    data = zlib.compress(b"".join(b"\0" + row for row in rows), _LEVEL)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
