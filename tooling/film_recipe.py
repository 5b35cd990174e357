"""What the demo's short film is made of: stretches of planned shots, and how they follow each other.

Standard library only: Blender renders by it, and build.py tells by it whether the film is there already.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .paths import REPOSITORY

__all__ = ["FILM_PX", "FILM_RATE", "SAMPLES", "SHOTS", "FilmShot", "film_frames", "recipe_digest", "starts"]

FILM_RATE = 24
FILM_PX = (320, 180)
SAMPLES = 2


@dataclass(frozen=True, slots=True)
class FilmShot:
    """A stretch of one planned shot of the generator's test split, which the describer has never seen."""

    seed: int
    start_seconds: float
    """Where in the plan the stretch begins."""
    frames: int
    truth: tuple[tuple[str, str], ...]
    """Fields and values for which the plan was chosen; a test holds the generator to them."""
    dissolve: int = 0
    """Frames over which the shot before changes into this one, counted in both; 0: a cut."""


SHOTS = (
    FilmShot(202, 1.6, 54, (("subject", "place"), ("setting", "street"), ("movement", "dolly_in"))),
    FilmShot(48, 0.7, 54, (("subject", "person"), ("action", "walks"), ("movement", "pan_left"))),
    FilmShot(153, 3.0, 54, (("subject", "truck"), ("action", "drives"), ("time", "dusk"))),
    FilmShot(246, 3.0, 60, (("subject", "person"), ("movement", "static"), ("setting", "desert")), 12),
    FilmShot(112, 0.0, 48, (("subject", "dog"), ("size", "close_up"), ("setting", "forest"))),
)
_SOURCES = (
    *("tooling/film_recipe.py", "tooling/demo_film.py", "tooling/demo_cut.py"),
    *("ml/datagen/shots/*.py", "ml/materials/params.py"),
)
"""Whatever decides what the film looks like."""


def starts(shots: Sequence[FilmShot] = SHOTS) -> tuple[int, ...]:
    """Each shot's first frame in the film, from 0. Dissolves make shots overlap."""
    found: list[int] = []
    end = 0
    for shot in shots:
        found.append(end - shot.dissolve)
        end = found[-1] + shot.frames
    return tuple(found)


def film_frames(shots: Sequence[FilmShot] = SHOTS) -> int:
    """How many frames the film has."""
    return starts(shots)[-1] + shots[-1].frames


def recipe_digest(blender: str, repository: Path = REPOSITORY) -> str:
    """SHA-256 of the sources that make the film, and of the Blender that renders it."""
    digest = hashlib.sha256(blender.encode())
    for pattern in _SOURCES:
        for path in sorted(repository.glob(pattern)):
            # newlines as read: a checkout with CRLF makes the same film
            text = path.read_text(encoding="utf-8")
            digest.update(f"{path.relative_to(repository).as_posix()}\n{text}\n".encode())
    return digest.hexdigest()
