"""The demo's short film: rendered by processes beside each other, joined, and left alone while its recipe stays."""

import hashlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .blender_script import require_done, run_script, start_script
from .console import Console
from .errors import BuildError
from .film_recipe import SHOTS, recipe_digest

__all__ = ["MOVIE", "is_made", "make_film", "progress"]

MOVIE, RECIPE = "film.mp4", "film.json"
PROGRESS_SECONDS = 10.0


def make_film(python: Path, blender: str, folder: Path, console: Console) -> None:
    """Write ``film.mp4`` into that folder, unless it is there by the same recipe. Raises BuildError.

    python: of the environment of that Blender.
    """
    movie, recipe = folder / MOVIE, folder / RECIPE
    wanted = recipe_digest(blender)
    if is_made(movie, recipe, wanted):
        console.say(f"{movie} is there already; delete it to have it rendered again.")
        return
    movie.unlink(missing_ok=True)
    # begins like the demo's profile, so that what an interrupted demo left is cleared in the same way
    with tempfile.TemporaryDirectory(dir=folder, prefix="profile-", ignore_cleanup_errors=True) as scratch:
        frames = Path(scratch) / "frames"
        _render(python, frames, console)
        with console.step("Putting the film together"):
            run_script(python, "demo_cut.py", ["--frames", frames, "--movie", movie], console)
    if not movie.is_file():
        raise BuildError("Blender wrote no film.", "See the lines above.")
    # last: a film without it is one that was interrupted
    recipe.write_text(json.dumps({"recipe": wanted, "sha256": _sha256(movie)}, indent=1), encoding="utf-8")


def is_made(movie: Path, recipe: Path, wanted: str) -> bool:
    """Whether that movie was made by the wanted recipe, and is as it was made."""
    try:
        said = json.loads(recipe.read_text(encoding="utf-8"))
        return bool(said == {"recipe": wanted, "sha256": _sha256(movie)})
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return False


def _render(python: Path, frames: Path, console: Console) -> None:
    processes = min(os.cpu_count() or 1, len(SHOTS))
    console.say(f"Rendering the frames of a short film in {processes} processes ...")
    started = time.monotonic()
    parts = [start_script(python, "demo_film.py", ["--out", frames], console) for _ in range(processes)]
    try:
        _wait(parts, frames, console)
    finally:
        for part in parts:
            if part.poll() is None:
                part.terminate()
                part.wait()
    console.say(f"Rendering the frames of a short film: {time.monotonic() - started:.1f} s")


def _wait(parts: Sequence["subprocess.Popen[bytes]"], frames: Path, console: Console) -> None:
    """Say now and then how far they are; raises BuildError as soon as one fails."""
    started = said = time.monotonic()
    while True:
        codes = [part.poll() for part in parts]
        for code in codes:
            require_done(code or 0)
        if None not in codes:
            return
        time.sleep(0.2)
        if time.monotonic() - said >= PROGRESS_SECONDS:
            said = time.monotonic()
            console.say(f"  {progress(sum(1 for _ in frames.glob('*/*.png')), said - started)}")


def progress(done: int, seconds: float) -> str:
    """How many frames there are, and how long the others take at that pace."""
    total = sum(shot.frames for shot in SHOTS)
    left = f", about {seconds / done * (total - done):.0f} s left" if done else ""
    return f"{done} of {total} frames{left}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
