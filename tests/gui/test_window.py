"""FilmAI's main jobs in a real Blender window, by mouse and keyboard.

    FILMAI_GUI_BLENDER=/path/to/blender FILMAI_ZIP=dist/filmai-....zip xvfb-run python -m pytest tests/gui

The package has to hold wheels for that Blender's Python. Screenshots go to FILMAI_GUI_PICTURES, or to a folder of
pytest's own.
"""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image, ImageGrab, ImageStat

from tests.fakes.films import write_film
from tests.fakes.moving_pictures import passing

DRIVER = Path(__file__).with_name("driver.py")
WINDOW_PX = (1600, 900)
ALL_SECONDS = 1200.0
JOBS = ("generate_material", "generate_concept_texture", "caption_strips")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("FILMAI_GUI_PICTURES") or tmp_path_factory.mktemp("pictures")
    path = Path(folder).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> dict[str, str]:
    """What the driver says of each job: nothing when it was done."""
    blender, package = os.environ.get("FILMAI_GUI_BLENDER"), os.environ.get("FILMAI_ZIP")
    if not blender or not shutil.which(blender):
        pytest.skip("FILMAI_GUI_BLENDER names no Blender with a window, so nothing was clicked")
    if not package or not Path(package).is_file():
        pytest.skip("FILMAI_ZIP names no packaged extension")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt"):
        pytest.skip("there is no display for a window; xvfb-run gives one")
    folder = tmp_path_factory.mktemp("gui")
    film = write_film(folder / "film.mp4", passing(48))
    plan = {"zip": str(Path(package).resolve()), "out": str(pictures), "film": str(film)}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    for old in (*pictures.glob("*.ready"), pictures / "answers.json"):
        old.unlink(missing_ok=True)
    log = folder / "blender.log"
    command = [
        blender,
        *("--factory-startup", "--enable-event-simulate", "--no-window-focus"),
        *("--window-geometry", "0", "0", *map(str, WINDOW_PX)),
        *("--python-exit-code", "1", "--python", str(DRIVER), "--", str(folder / "plan.json")),
    ]
    variables = {**os.environ, "BLENDER_USER_RESOURCES": str(folder / "profile")}
    with log.open("w") as said, subprocess.Popen(command, env=variables, stdout=said, stderr=said) as process:
        deadline = time.monotonic() + ALL_SECONDS
        while process.poll() is None:
            take_pictures(pictures)
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.2)
    if not (pictures / "answers.json").is_file():
        pytest.fail(f"Blender ended with {process.returncode} before all was tried:\n{log.read_text()}")
    print(f"screenshots are in {pictures}")
    found: dict[str, str] = json.loads((pictures / "answers.json").read_text(encoding="utf-8"))
    return found


def take_pictures(folder: Path) -> None:
    """A screenshot for each job that waits for one."""
    for ready in folder.glob("*.ready"):
        ImageGrab.grab(xdisplay=os.environ.get("DISPLAY")).save(ready.with_suffix(".png"))
        ready.unlink()


@pytest.mark.parametrize("job", JOBS)
def test_the_job_is_done_by_mouse_and_keyboard(answers: dict[str, str], job: str) -> None:
    assert "everything" not in answers, answers["everything"]
    assert answers[job] == ""


def test_each_job_left_its_picture(answers: dict[str, str], pictures: Path) -> None:
    for job in JOBS:
        with Image.open(pictures / f"{job}.png") as picture:
            assert picture.size == WINDOW_PX
            assert ImageStat.Stat(picture.convert("L")).stddev[0] > 5, "a black screen"
