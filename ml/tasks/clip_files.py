"""Files and folders as clips, for the command line: what in them is a film, a picture, or nothing of the kind."""

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ..errors import TaskError
from ..limits import MAX_CLIP_SECONDS, MAX_CLIPS, MAX_RATE, MIN_RATE
from ..media.errors import MediaError
from ..media.movie import Movie
from ..protocol import Clip

__all__ = ["PICTURE_SECONDS", "clips_of", "film_rate"]

PICTURE_SECONDS = 5.0
"""How long a single picture is taken to be shown."""
_FILMS = {
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".m2v", ".ts", ".mts", ".m2ts"),
    *(".mxf", ".ogv", ".ogg", ".flv", ".wmv", ".3gp", ".dv", ".vob", ".y4m", ".h264", ".h265", ".hevc"),
}
_PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".tga", ".gif", ".jp2"}
_USUAL_RATE = Fraction(25)


def clips_of(paths: Sequence[Path], start_seconds: float, end_seconds: float | None) -> tuple[Clip, ...]:
    """A clip for each file, and for each film in each folder (folders within are left out), in order of names.

    Raises TaskError BAD_REQUEST when there is nothing to describe, or too much.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _FILMS and one.is_file())
            if not inside:
                raise TaskError("BAD_REQUEST", f"There is no film in the folder {path}. Name another one.")
            files += inside
        else:
            # a missing file is that clip's failure
            files.append(path)
    if len(files) > MAX_CLIPS:
        message = f"These are {len(files)} files; {MAX_CLIPS} at once is the most. Describe them in parts."
        raise TaskError("BAD_REQUEST", message)
    return tuple(_clip(number, path, start_seconds, end_seconds) for number, path in enumerate(files))


def film_rate(path: Path) -> Fraction:
    """Frames per second of a film; 25 for a picture, or what cannot be read."""
    if path.suffix.lower() in _PICTURES:
        return _USUAL_RATE
    try:
        movie = Movie(path)
    except MediaError:
        return _USUAL_RATE
    rate = movie.rate
    movie.close()
    return rate if MIN_RATE <= rate <= MAX_RATE else _USUAL_RATE


def _clip(number: int, path: Path, start_seconds: float, end_seconds: float | None) -> Clip:
    still = path.suffix.lower() in _PICTURES
    end = PICTURE_SECONDS if still else MAX_CLIP_SECONDS
    if end_seconds is not None and math.isfinite(end_seconds):
        end = end_seconds
    return Clip(
        id=str(number),
        name=path.name,
        kind="image" if still else "movie",
        path=str(path.absolute()),
        rate=float(_USUAL_RATE),
        start_seconds=start_seconds,
        end_seconds=end,
        mirror_x=False,
        mirror_y=False,
        backwards=False,
        speed=1.0,
        fixed=(),
    )
