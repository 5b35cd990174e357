"""What a background Blender is to render before the worker can look at it."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from .strip_sources import StripSource
from .timeline import FrameRange

__all__ = [
    "WIDTH_PX",
    "Preparation",
    "RenderedStrip",
    "every_nth",
    "plan_text",
    "rendered_strip",
    "with_pictures",
]

WIDTH_PX = 320
"""Of the longer side: twice what the network looks at, so that black bars can be cut off."""
_RATE_FOR_CUTS = 24.0
_RATE_FOR_SHOTS = 12.0
"""Frames per second that are enough: cuts are looked for at 24, pairs of frames lie 1/12 s apart."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """A command that makes files, one after the other."""

    argv: tuple[str, ...]
    files: tuple[str, ...]
    """Absolute paths, in the order in which they are written."""
    log: str
    """Absolute path of the file for what the command prints."""


@dataclass(frozen=True, slots=True)
class RenderedStrip:
    """A strip and the pictures that are made of it."""

    name: str
    first_frame: int
    every: int
    """From one picture to the next, in frames of the timeline."""
    files: tuple[str, ...]


def every_nth(scene_rate: float, cuts: bool) -> int:
    """How many frames of the timeline make one picture; ``cuts``: whether cuts are looked for."""
    return max(1, math.floor(scene_rate / (_RATE_FOR_CUTS if cuts else _RATE_FOR_SHOTS) + 0.01))


def rendered_strip(name: str, visible: FrameRange, every: int, folder: Path) -> RenderedStrip:
    """Pictures of the whole visible range, in that folder."""
    count = math.ceil((visible.end - visible.start) / every)
    files = tuple(str(folder / f"{number:06d}.jpg") for number in range(count))
    return RenderedStrip(name, visible.start, every, files)


def with_pictures(source: StripSource, every: int) -> StripSource:
    """The same strip, as the sequence of pictures that are made of it."""
    before = source.timing
    frames = before.visible.end - before.visible.start
    timing = replace(
        before,
        media_rate=source.scene_rate / every,
        media_frames=math.ceil(frames / every),
        step=1 / every,
    )
    return replace(source, timing=timing)


def plan_text(
    blend: Path, scene: str, strips: Iterable[RenderedStrip], use_scripts: bool, parent_pid: int
) -> str:
    """As ``render_strips.py`` reads it."""
    return json.dumps(
        {
            "blend": str(blend),
            "scene": scene,
            "use_scripts": use_scripts,
            "width_px": WIDTH_PX,
            "parent": parent_pid,
            "strips": [
                {"name": one.name, "first_frame": one.first_frame, "every": one.every, "files": one.files}
                for one in strips
            ],
        }
    )
