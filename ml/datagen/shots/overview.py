"""A picture for people: frames of many shots with their truth beneath."""

import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from .render_files import FRAME_PX, shot_paths

__all__ = ["overview"]

_LINE_PX = 11
_SHOTS, _COLUMNS = 16, 4


def overview(folder: Path, seeds: Sequence[int]) -> Image.Image:
    """The first 16 of those shots that are there: three frames each, and what is true of them."""
    there = [seed for seed in seeds if shot_paths(folder, seed)[1].exists()][:_SHOTS]
    wide, high = FRAME_PX[0] * 2, FRAME_PX[1] + 6 * _LINE_PX + 4
    sheet = Image.new("RGB", (wide * _COLUMNS, high * -(-len(there) // _COLUMNS) or high), (24, 24, 24))
    draw = ImageDraw.Draw(sheet)
    for place, seed in enumerate(there):
        left, top = place % _COLUMNS * wide, place // _COLUMNS * high
        picture, truth = shot_paths(folder, seed)
        with Image.open(picture) as frames:
            for index, tile in enumerate((2, 12) if frames.width > FRAME_PX[0] else (0,)):
                corner = (tile % 4 * FRAME_PX[0], tile // 4 * FRAME_PX[1])
                crop = frames.crop((*corner, corner[0] + FRAME_PX[0], corner[1] + FRAME_PX[1]))
                sheet.paste(crop, (left + index * FRAME_PX[0], top))
        said = json.loads(truth.read_text(encoding="utf-8"))
        values = [str(value) for value in said["fields"].values()]
        lines = [
            f"{seed} {said['source']} {said['length_seconds']:.1f} s {said['facts'].get('lens_mm', 0):.0f} mm"
        ]
        lines += [" ".join(values[:4]), " ".join(values[4:8]), " ".join(values[8:13]), " ".join(values[13:])]
        draw.multiline_text(
            (left + 3, top + FRAME_PX[1] + 1), "\n".join(lines), fill=(235, 235, 235), spacing=1
        )
    return sheet
