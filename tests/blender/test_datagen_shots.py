"""Shots rendered in a real Blender: repeatable, complete, resumable; a command that says what is wrong."""

import json
from pathlib import Path

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")
pytest.importorskip("PIL")
pytest.importorskip("tqdm")

from PIL import Image  # noqa: E402  (skipped before it where Blender is missing)

from ml.datagen.shots.__main__ import main  # noqa: E402
from ml.datagen.shots.drawing import draw_plan  # noqa: E402
from ml.datagen.shots.render import render_set_shot, render_still  # noqa: E402
from ml.datagen.shots.render_files import FRAME_PX, shot_paths  # noqa: E402
from ml.datagen.shots.stage import Stage  # noqa: E402
from ml.shot_terms import FIELDS  # noqa: E402

SEED = 3


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    render_set_shot(folder, SEED, "train", samples=1)
    return folder


def test_a_shot_is_a_sheet_of_sixteen_frames_and_its_truth(rendered: Path) -> None:
    sheet, truth = shot_paths(rendered, SEED)
    with Image.open(sheet) as picture:
        assert picture.size == (FRAME_PX[0] * 4, FRAME_PX[1] * 4)
        assert np.asarray(picture).std() > 3
    said = json.loads(truth.read_text(encoding="utf-8"))
    assert set(said["fields"]) == {field.id for field in FIELDS}
    assert said["seed"] == SEED
    assert said["source"] == "set"


def test_a_still_is_one_frame_that_tells_nothing_of_what_moves(tmp_path: Path) -> None:
    render_still(tmp_path, SEED, "train", samples=1)
    sheet, truth = shot_paths(tmp_path, SEED)
    with Image.open(sheet) as picture:
        assert picture.size == FRAME_PX
        assert np.asarray(picture).std() > 3
    said = json.loads(truth.read_text(encoding="utf-8"))
    assert said["source"] == "still"
    unknown = {name for name, value in said["fields"].items() if value is None}
    assert unknown >= {"movement", "speed", "steadiness", "action", "direction"}
    assert not unknown & {"size", "angle", "subject", "setting", "count"}


def test_the_same_time_of_a_shot_is_the_same_picture() -> None:
    pictures = []
    for _ in range(2):
        with Stage(draw_plan(SEED, "train"), (64, 36), 1) as stage:
            pictures.append(stage.frame(0.4))
    assert np.array_equal(*pictures)


def test_what_moves_is_another_picture_at_another_time() -> None:
    plan = next(
        plan for plan in (draw_plan(seed, "train") for seed in range(99)) if plan.fields["speed"] == "fast"
    )
    with Stage(plan, (64, 36), 1) as stage:
        first, last = (stage.frame(seconds).astype(int) for seconds in (0.0, plan.length_seconds))
    assert np.abs(first - last).mean() > 2


def test_a_shot_that_is_there_is_not_rendered_again(rendered: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "train").mkdir(parents=True)
    for path in shot_paths(rendered, SEED):
        (out / "train" / path.name).write_bytes(path.read_bytes())
    before = shot_paths(out / "train", SEED)[0].stat().st_mtime_ns
    look = tmp_path / "look.png"
    assert main(["--out", str(out), "--count", "1", "--first", str(SEED), "--sheet", str(look)]) == 0
    assert shot_paths(out / "train", SEED)[0].stat().st_mtime_ns == before
    with Image.open(look) as picture:
        assert picture.width == FRAME_PX[0] * 8


@pytest.mark.parametrize(
    "wrong", [("--count", "0"), ("--workers", "0"), ("--samples", "0"), ("--first", "-1")]
)
def test_numbers_that_make_no_sense_are_named(
    wrong: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path), *wrong]) == 2
    assert "--count" in capsys.readouterr().err
