"""Small PNG files that are what they say: made from a seed, without any package."""

import struct
import zlib

__all__ = ["checker_png", "figure_png", "map_png", "png_size"]

GREY, RGB, RGBA = 0, 2, 6


def checker_png(size_px: int, seed: int) -> bytes:
    """An 8-bit RGB PNG: a checkerboard in two colours that follow from the seed."""
    dark = bytes((seed * 37 % 128, seed * 59 % 128, seed * 83 % 128))
    return _checker(size_px, size_px, 8, RGB, (dark, bytes(255 - value for value in dark)))


def map_png(kind: str, width: int, height: int, seeds: tuple[int, int]) -> bytes:
    """One map of a material in the depth that the contract asks for; layout and look show in its colours."""
    layout_seed, look_seed = seeds
    if kind == "height":
        low = layout_seed * 911 % 30_000
        return _checker(width, height, 16, GREY, (struct.pack(">H", low), struct.pack(">H", 60_000)))
    if kind == "basecolor":
        dark = bytes((look_seed * 37 % 128, look_seed * 59 % 128, layout_seed * 83 % 128))
        return _checker(width, height, 8, RGB, (dark, bytes(255 - value for value in dark)))
    if kind == "normal":
        tilted = bytes((100 + layout_seed % 50, 128, 240))
        return _checker(width, height, 8, RGB, (tilted, bytes((128, 128, 255))))
    low = {"roughness": 80, "metallic": 0, "occlusion": 150}[kind] + look_seed % 50
    return _checker(width, height, 8, GREY, (bytes((low,)), bytes((low + 40,))))


def figure_png(width: int, height: int, seeds: tuple[int, int]) -> bytes:
    """An 8-bit RGBA PNG: squares in the colour of the look's seed, clear ones between them."""
    body_seed, look_seed = seeds
    paint = bytes((look_seed * 37 % 256, look_seed * 59 % 256, body_seed * 83 % 256, 255))
    return _checker(width, height, 8, RGBA, (paint, bytes(4)))


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG file."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _checker(width: int, height: int, depth: int, colours: int, pixels: tuple[bytes, bytes]) -> bytes:
    """Eight squares across, in turn of the two pixels."""
    cell = max(1, width // 8)
    rows = [b"\0" + b"".join(pixels[(x // cell + parity) % 2] for x in range(width)) for parity in (0, 1)]
    raw = b"".join(rows[y // cell % 2] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 1)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
