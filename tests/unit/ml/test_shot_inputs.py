"""From frames to the networks' inputs, and from a rendered sheet to the same."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ml.media.inputs import ShotFrames, area_weights, frames_of_sheet, inputs_of, training_inputs
from tests.fakes.moving_pictures import as_rgb, texture, view

PAN_PX = 5.0
"""Within a pair."""
INSTANT_PX = 15.0
"""From a pair to the next one."""


def pan() -> NDArray[np.uint8]:
    """(8, 2, 90, 160, 3): the camera pans to the left, so the picture moves to the right."""
    source = texture(1)
    starts = [-60 + INSTANT_PX * instant for instant in range(8)]
    return np.stack(
        [np.stack([as_rgb(view(source, (start + step, 0))) for step in (0, PAN_PX)]) for start in starts]
    )


def shot(pictures: NDArray[np.uint8], still: bool = False) -> ShotFrames:
    return ShotFrames(pictures, np.full(8, 1 / 12), 3.0, 2.39, still)


def write_sheet(folder: Path, pictures: NDArray[np.uint8]) -> tuple[Path, Path]:
    tiles = pictures.reshape(4, 4, 90, 160, 3).swapaxes(1, 2).reshape(360, 640, 3)
    Image.fromarray(tiles).save(folder / "000001.png")
    (folder / "000001.json").write_text(json.dumps({"length_seconds": 3.0, "fields": {}}), encoding="utf-8")
    return folder / "000001.png", folder / "000001.json"


def test_the_inputs_have_the_shapes_that_the_networks_take() -> None:
    named = inputs_of(shot(pan())).by_name()
    shapes = {name: array.shape for name, array in named.items()}
    assert shapes == {
        "frames": (8, 3, 54, 96),
        "flow": (15, 3, 9, 16),
        "motion": (15, 8),
        "facts": (4,),
    }
    assert {array.dtype for array in named.values()} == {np.dtype(np.float32)}
    assert all(np.isfinite(array).all() for array in named.values())


def test_the_facts_say_length_and_shape() -> None:
    assert inputs_of(shot(pan())).facts == pytest.approx([np.log(4.0), 2.39, 0, 0])
    assert inputs_of(shot(pan(), still=True)).facts[2] == 1


def test_the_frames_are_the_first_of_each_pair() -> None:
    pictures = pan()
    frames = inputs_of(shot(pictures)).frames
    means = pictures[:, 0].mean(axis=(1, 2)) / 255
    assert frames.mean(axis=(2, 3)) == pytest.approx(means, abs=1e-4)
    assert 0 <= frames.min() < frames.max() <= 1


def test_frames_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="not uint8"):
        inputs_of(shot(np.zeros((8, 2, 54, 96, 3), np.uint8)))


def test_a_sheet_gives_the_same_inputs_as_its_frames(tmp_path: Path) -> None:
    pictures = pan()
    from_sheet = training_inputs(*write_sheet(tmp_path, pictures))
    direct = inputs_of(ShotFrames(pictures, np.full(8, 1 / 12), 3.0, 16 / 9, still=False))
    for name, array in from_sheet.by_name().items():
        assert array.tobytes() == direct.by_name()[name].tobytes()
    assert from_sheet.motion[:8, 0] == pytest.approx(PAN_PX / 160, abs=0.001)


def test_motion_from_instant_to_instant_is_as_far_as_the_picture_gets() -> None:
    long = inputs_of(ShotFrames(pan(), np.full(8, 1 / 24), 6.0, 16 / 9, still=False))
    assert long.motion[:8, 0] == pytest.approx(PAN_PX / 160 / 2 * 4, abs=0.002)
    assert long.motion[8:, 0] == pytest.approx(INSTANT_PX / 160, abs=0.002)
    still = inputs_of(shot(np.repeat(pan()[:1], 8, axis=0)))
    assert still.motion[8:, :4] == pytest.approx(0, abs=1e-6)


def test_a_sheet_of_one_tile_is_a_still(tmp_path: Path) -> None:
    sheet, truth = write_sheet(tmp_path, pan())
    Image.fromarray(pan()[0, 0]).save(sheet)
    still = training_inputs(sheet, truth)
    assert still.facts[2] == 1
    assert not still.flow[:, :2].any()
    assert (still.frames == still.frames[:1]).all()


def test_a_sheet_of_another_size_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (640, 350)).save(tmp_path / "000001.png")
    with pytest.raises(ValueError, match="640 x 350, not a sheet"):
        frames_of_sheet(tmp_path / "000001.png", 1.0)


@pytest.mark.parametrize(("size", "wanted"), [(160, 96), (90, 54), (640, 160), (7, 3), (3, 3)])
def test_area_weights_share_every_pixel_out(size: int, wanted: int) -> None:
    weights = area_weights(size, wanted)
    assert weights.sum(axis=1) == pytest.approx(np.ones(wanted))
    assert weights.sum(axis=0) == pytest.approx(np.full(size, wanted / size))
