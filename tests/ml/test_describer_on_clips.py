"""The shipped describer on clips as the timeline shows them: what is mirrored or reversed goes the other way."""

from pathlib import Path
from typing import Any

import pytest

from ml.media.clips import shot_inputs
from ml.tasks import TaskContext, make_networks
from ml.tasks.shot_networks import Said, ShotTeller, load_teller
from tests.fakes.films import write_film
from tests.fakes.moving_pictures import as_rgb, passing, texture, view
from tests.unit.ml.test_shot_tasks import clip_of

MODELS = Path(__file__).resolve().parents[2] / "ml" / "models"
SAID = {"left_to_right": "left to right", "right_to_left": "right to left"}
OTHER = {"left_to_right": "right_to_left", "right_to_left": "left_to_right"}

pytestmark = pytest.mark.skipif(
    not (MODELS / "shot_describer").is_dir(), reason="the describer is not trained in this copy"
)


@pytest.fixture(scope="module")
def teller() -> ShotTeller:
    return load_teller(TaskContext(MODELS, make_networks(), lambda *_: None), "cpu")


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("drive") / "drive.mp4", passing(64))


def told(teller: ShotTeller, film: Path, **changes: Any) -> tuple[Said, dict[str, str]]:
    clip = clip_of(film, **{"end_seconds": 2.6} | changes)
    said = teller.tell(shot_inputs(clip, clip.start_seconds, clip.end_seconds), ())
    return said, {guess.field: guess.value for guess in said.fields}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "left_to_right"),
        ({"mirror_x": True}, "right_to_left"),
        ({"backwards": True}, "right_to_left"),
        ({"mirror_x": True, "backwards": True}, "left_to_right"),
        ({"speed": 2.0}, "left_to_right"),
    ],
)
def test_the_subject_goes_where_the_timeline_shows_it(
    teller: ShotTeller, drive: Path, changes: dict[str, Any], expected: str
) -> None:
    said, values = told(teller, drive, **changes)
    # it may miss what a small thing does, but it may not say the opposite
    assert values["direction"] in (expected, "none")
    (guess,) = (one for one in said.fields if one.field == "direction")
    assert (SAID[expected] in said.en) == (guess.certain and guess.value == expected)
    assert SAID[OTHER[expected]] not in said.en


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, "pan_left"), ({"mirror_x": True}, "pan_right"), ({"backwards": True}, "pan_right")],
)
def test_the_camera_turns_where_the_timeline_shows_it(
    teller: ShotTeller, tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    wall = texture(42)
    frames = [as_rgb(0.2 + 0.7 * view(wall, (1.5 * number - 50, 0))) for number in range(64)]
    said, values = told(teller, write_film(tmp_path / "pan.mp4", frames), **changes)
    # a flat wall looks the same to a camera that pans and to one that trucks
    assert values["movement"] in (expected, expected.replace("pan", "truck"))
    other = "right" if expected == "pan_left" else "left"
    assert f"pan {other}" not in said.en.lower()
    assert f"truck {other}" not in said.en.lower()
