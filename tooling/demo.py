"""`build.py demo`: from nothing to a scene whose objects FilmAI textured, characters, and a film that it captioned.

Prepares, packages and calls what runs inside Blender: demo_scene.py, demo_characters.py, the film's scripts,
demo_captions.py. The user's own Blender is not touched.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .blender_script import run_script
from .console import Console, readable_size, table
from .envs import BLENDERS, blender_python_or_none, prepare
from .errors import BuildError
from .film import MOVIE, make_film
from .package import build_package, describe
from .paths import DEMO
from .platforms import DEFAULT_PYTHONS, host_platform

__all__ = ["choose_blender", "run_demo"]

RESULTS = (
    *("render.png", "contact_sheet.png", "filmai_demo.blend", "textures"),
    *("characters.png", "portraits.png", "filmai_characters.blend"),
    *("film.srt", "film.html", "filmai_film.blend"),
)
"""Made anew each time; the film is kept while its recipe stays."""


def run_demo(blender: str | None, console: Console) -> int:
    """Make everything in demo/ anew; 0 when it is there. Raises BuildError when something is in the way."""
    version = choose_blender(blender)
    started = time.monotonic()
    python = prepare(BLENDERS[version], console)
    seconds = {f"Environment with Blender {version}": time.monotonic() - started}

    started = time.monotonic()
    package = build_package(host_platform(), DEFAULT_PYTHONS, "cpu", console)
    console.say(describe(package) + "\n")
    seconds["Packaging the extension"] = time.monotonic() - started

    _clear(DEMO)
    # the profile lies in demo/, so that nothing of the user's own Blender is read or written
    with tempfile.TemporaryDirectory(dir=DEMO, prefix="profile-", ignore_cleanup_errors=True) as profile:
        folder, archive = Path(profile), Path(package.path)
        words = ["--zip", archive, "--out", DEMO]
        seconds |= _run_in_blender(python, "demo_scene.py", words, folder / "scene", console)
        seconds |= _run_in_blender(python, "demo_characters.py", words, folder / "characters", console)
        started = time.monotonic()
        make_film(python, version, DEMO, console)
        seconds["Rendering a short film"] = time.monotonic() - started
        words += ["--film", DEMO / MOVIE]
        seconds |= _run_in_blender(python, "demo_captions.py", words, folder / "captions", console)
    if missing := [name for name in RESULTS if not (DEMO / name).exists()]:
        raise BuildError(f"The demo ended without {', '.join(missing)}.", "See the lines above.")
    rows = [[title, f"{taken:.1f}"] for title, taken in seconds.items()]
    rows.append(["together", f"{sum(seconds.values()):.1f}"])
    console.say(f"\n{table(['step', 'seconds'], rows)}\n")
    for path in sorted(path for path in DEMO.rglob("*") if path.is_file()):
        console.say(f"{path}  ({readable_size(path.stat().st_size)})")
    return 0


def choose_blender(blender: str | None) -> str:
    """The wanted Blender, or the newest that this machine has a Python for. Raises BuildError when there is none."""
    wanted = [blender] if blender else list(BLENDERS)
    for version in wanted:
        if blender_python_or_none(version) is not None:
            return version
    pythons = " or ".join(f"{BLENDERS[version].pythons[0]} (Blender {version})" for version in wanted)
    first = BLENDERS[wanted[0]].pythons[0]
    raise BuildError(
        f"The demo needs Python {pythons}, and none was found.",
        f"Install it, for example: uv python install {first}   |   pyenv install {first}",
    )


def _clear(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in RESULTS:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
    # what an interrupted demo left behind
    for leftover in folder.glob("profile-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _run_in_blender(
    python: Path, script: str, words: Sequence[object], profile: Path, console: Console
) -> dict[str, float]:
    profile.mkdir()
    times = profile / "times.json"
    variables = {"BLENDER_USER_RESOURCES": str(profile)}
    run_script(python, script, [*words, "--times", times], console, **variables)
    taken: dict[str, float] = json.loads(times.read_text(encoding="utf-8"))
    return taken
