"""Motion between frames against the motion that the frames were made with, in widths of the frame."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.media.motion import MOTION_NUMBERS, PAIR_SECONDS, ShotMotion, luma_of, shot_motion
from tests.fakes.moving_pictures import HEIGHT, WIDTH, as_rgb, texture, view

Frames = NDArray[np.uint8]
PIXEL = 1 / WIDTH


def motion_between(first: Frames, second: Frames, seconds: float = PAIR_SECONDS) -> ShotMotion:
    return shot_motion(first[None], second[None], np.array([seconds]))


def numbers(found: ShotMotion) -> dict[str, float]:
    return dict(zip(MOTION_NUMBERS, map(float, found.motion[0]), strict=True))


@pytest.mark.parametrize("grain", [0.0, 0.02])
@pytest.mark.parametrize(
    ("shift_px", "scale", "rotation"),
    [
        ((0, 0), 1, 0),
        ((0.6, -0.4), 1, 0),
        ((10, 2), 1, 0),
        ((19.2, 0), 1, 0),
        ((-19.2, 3), 1, 0),
        ((0, -10), 1, 0),
        ((0, 0), 1.04, 0),
        ((0, 0), 0.96, 0.03),
        ((6, 3), 1.02, -0.05),
    ],
)
def test_shift_scale_and_rotation_are_found(
    grain: float, shift_px: tuple[float, float], scale: float, rotation: float
) -> None:
    source, rng = texture(1), np.random.default_rng(2)
    before, after = view(source), view(source, shift_px, scale, rotation)
    found = numbers(motion_between(as_rgb(before, grain, rng), as_rgb(after, grain, rng)))
    assert found["shift_x"] == pytest.approx(shift_px[0] * PIXEL, abs=0.15 * PIXEL)
    assert found["shift_y"] == pytest.approx(shift_px[1] * PIXEL, abs=0.15 * PIXEL)
    assert found["log_scale"] == pytest.approx(np.log(scale), abs=0.0015)
    assert found["rotation"] == pytest.approx(rotation, abs=0.0015)
    assert found["inlier_share"] > 0.95
    assert found["median_residual"] < 0.2 * PIXEL


@pytest.mark.parametrize("shift_px", [(0.0, 0.0), (5.0, -2.0), (-16.0, 0.0)])
def test_a_subject_that_moves_on_its_own_does_not_move_the_camera(shift_px: tuple[float, float]) -> None:
    before, after = view(texture(3)), view(texture(3), shift_px)
    subject = view(texture(4))
    before[15:85, 30:85] = subject[15:85, 30:85]
    after[15:85, 37:92] = subject[15:85, 30:85]
    found = numbers(motion_between(as_rgb(before), as_rgb(after)))
    assert found["shift_x"] == pytest.approx(shift_px[0] * PIXEL, abs=0.3 * PIXEL)
    assert found["shift_y"] == pytest.approx(shift_px[1] * PIXEL, abs=0.3 * PIXEL)
    assert found["log_scale"] == pytest.approx(0, abs=0.004)
    assert 0.4 < found["inlier_share"] < 0.8


def test_the_grid_shows_where_the_subject_moves() -> None:
    before, after = view(texture(3)), view(texture(3))
    subject = view(texture(4))
    before[20:80, 30:90] = subject[20:80, 30:90]
    after[20:80, 38:98] = subject[20:80, 30:90]
    flow = motion_between(as_rgb(before), as_rgb(after)).flow[0]
    assert flow.shape == (3, 9, 16)
    assert flow[0, 3:7, 4:8] == pytest.approx(8 * PIXEL, abs=0.5 * PIXEL)
    assert flow[0, :, 12:] == pytest.approx(0, abs=0.2 * PIXEL)
    assert flow[2, 3:7, 4:8].min() > 0.6


def test_near_ground_that_moves_more_than_far_ground_is_parallax() -> None:
    rows = np.linspace(2, 10, HEIGHT)
    source = texture(5)
    before = view(source)
    truck = np.stack([view(source, (shift, 0))[row] for row, shift in enumerate(rows)])
    pan = view(source, (6, 0))
    deep = numbers(motion_between(as_rgb(before), as_rgb(truck)))
    flat = numbers(motion_between(as_rgb(before), as_rgb(pan)))
    assert deep["shift_x"] == pytest.approx(6 * PIXEL, abs=1.5 * PIXEL)
    # the shifts are spread evenly over 8 pixels: a standard deviation of 2.3
    assert deep["parallax"] == pytest.approx(2.3 * PIXEL, rel=0.35)
    assert flat["parallax"] < 0.3 * PIXEL


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_a_flat_picture_has_no_motion_and_no_confidence(level: float) -> None:
    flat = as_rgb(np.full((HEIGHT, WIDTH), level))
    found = motion_between(flat, flat)
    assert not found.motion.any()
    assert not found.flow[:, 2].any()


def test_grain_alone_is_no_motion() -> None:
    rng = np.random.default_rng(6)
    wall = np.full((HEIGHT, WIDTH), 0.5)
    found = motion_between(as_rgb(wall, 0.02, rng), as_rgb(wall, 0.02, rng))
    assert found.flow[0, 2].mean() < 0.02
    assert np.abs(found.motion[0, :7]).max() < 1e-6


def test_a_flash_changes_the_luma_and_moves_nothing() -> None:
    picture = view(texture(7))
    found = numbers(motion_between(as_rgb(0.1 + picture * 0.4), as_rgb(0.4 + picture * 0.6)))
    assert found["luma_change"] == pytest.approx(0.3 + 0.2 * picture.mean(), abs=0.01)
    assert found["shift_x"] == pytest.approx(0, abs=0.1 * PIXEL)
    assert found["log_scale"] == pytest.approx(0, abs=0.001)
    assert found["inlier_share"] > 0.9


def test_two_pictures_that_have_nothing_in_common_are_hardly_trusted() -> None:
    found = motion_between(as_rgb(view(texture(8))), as_rgb(view(texture(9))))
    same = motion_between(as_rgb(view(texture(8))), as_rgb(view(texture(8))))
    assert found.flow[0, 2].mean() < 0.5 * same.flow[0, 2].mean()


@pytest.mark.parametrize("seconds", [1 / 60, 1 / 24, 1 / 12, 1 / 5])
def test_motion_is_scaled_to_a_twelfth_of_a_second(seconds: float) -> None:
    source = texture(10)
    found = motion_between(as_rgb(view(source)), as_rgb(view(source, (4, 0))), seconds)
    expected = 4 * PIXEL * PAIR_SECONDS / seconds
    assert numbers(found)["shift_x"] == pytest.approx(expected, rel=0.03)
    assert np.median(found.flow[0, 0]) == pytest.approx(min(expected, 0.25), rel=0.03)


def test_one_frame_shown_twice_stands_still() -> None:
    picture = as_rgb(view(texture(11)))
    found = motion_between(picture, picture, 0)
    assert not found.flow[0, :2].any()
    assert found.flow[0, 2].min() > 0.5
    assert numbers(found)["inlier_share"] == 1


def test_flow_stays_within_a_quarter_of_the_width() -> None:
    source = texture(12)
    found = motion_between(as_rgb(view(source)), as_rgb(view(source, (25, 0))), 1 / 60)
    assert found.flow[0, :2].max() == 0.25


def test_a_pair_does_not_depend_on_its_neighbours_and_the_same_frames_give_the_same_bits() -> None:
    source = texture(13)
    first = np.stack([as_rgb(view(source, (0, step))) for step in range(3)])
    second = np.stack([as_rgb(view(source, (3, step))) for step in range(3)])
    apart = np.full(3, PAIR_SECONDS)
    together = shot_motion(first, second, apart)
    assert together.flow.tobytes() == shot_motion(first, second, apart).flow.tobytes()
    alone = shot_motion(first[1:2], second[1:2], apart[1:2])
    assert together.motion[1] == pytest.approx(alone.motion[0], abs=1e-6)


def test_luma_weighs_green_most() -> None:
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert luma_of(colours)[0] == pytest.approx([0.2126, 0.7152, 0.0722, 1], abs=1e-6)
