"""How many frames a movie has, as Blender counts them."""

from functools import lru_cache
from pathlib import Path

import bpy

__all__ = ["movie_frames"]


def movie_frames(path: str) -> int:
    """Frames of that movie; 0 when Blender cannot tell.

    A strip tells only how long it is on the timeline, which is another number where its speed or its frame
    rate differ. A movie clip knows, so one is loaded for a moment; its file is opened once for each version.
    """
    try:
        state = Path(path).stat()
    except OSError:
        return 0
    return _frames(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1000)
def _frames(path: str, _changed_ns: int, _size: int) -> int:
    try:
        clip = bpy.data.movieclips.load(path)
    except RuntimeError:
        return 0
    frames = int(clip.frame_duration)
    bpy.data.movieclips.remove(clip)
    return frames
