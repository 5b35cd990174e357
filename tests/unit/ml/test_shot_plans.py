"""Plans of rendered shots, without Blender: repeatable, told by split, and what they say is what the camera sees."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ml.datagen.shots.camera import ASPECT, Shake, View, frame_height_m, image_speed
from ml.datagen.shots.drawing import draw_plan
from ml.datagen.shots.plan import PAIR_SECONDS, Move, ShotPlan, eased, instants
from ml.datagen.shots.render_files import FRAME_PX, shot_paths, write_shot
from ml.datagen.shots.truth import measured, size_of, speed_of
from ml.media.inputs import training_inputs
from ml.shot_terms import FIELDS, SIZE_LIMITS

SEEDS = range(40, 52)
LEVEL = View((0.0, -10.0, 1.5), 0.0, 0.0, 0.0, 36.0)


def place(move: Move, seconds: float = 2.0, view: View = LEVEL) -> ShotPlan:
    """A shot of a place, 10 metres away."""
    fields = {"action": "rests", "subject": "place", "movement": move.kind}
    return ShotPlan(1, "train", fields, seconds, (), (0.0, 0.0, 1.5), view, 10.0, move, None)


def test_the_same_seed_plans_the_same_shot() -> None:
    for seed in SEEDS:
        assert repr(draw_plan(seed, "train")) == repr(draw_plan(seed, "train"))


def test_another_attempt_keeps_the_movement_and_changes_the_rest() -> None:
    kept = ("movement", "steadiness")
    for seed in SEEDS:
        first, second = draw_plan(seed, "train"), draw_plan(seed, "train", 1)
        assert [first.fields[name] for name in kept] == [second.fields[name] for name in kept]
        assert first.base != second.base


def test_every_field_has_one_of_its_values() -> None:
    for seed in SEEDS:
        fields = draw_plan(seed, "test").fields
        assert set(fields) == {field.id for field in FIELDS}
        for field in FIELDS:
            assert fields[field.id] in {value.id for value in field.values}


def test_what_a_plan_says_is_what_is_measured_of_it() -> None:
    for seed in SEEDS:
        plan = draw_plan(seed, "train")
        found = measured(plan)
        assert found.doubts == ()
        assert {name: plan.fields[name] for name in found.fields} == dict(found.fields)


def test_a_point_ahead_is_in_the_middle_and_one_to_the_right_is_right() -> None:
    seen = LEVEL.project(np.array([[0.0, 0.0, 1.5], [5.0, 0.0, 1.5], [0.0, -20.0, 1.5]]))
    # 36 mm before a 36 mm wide sensor: 10 m away, the frame is 10 m wide
    assert seen[0] == pytest.approx([0.5, 0.5, 10.0])
    assert seen[1] == pytest.approx([1.0, 0.5, 10.0])
    assert seen[2][2] < 0
    assert frame_height_m(36.0, 10.0) == pytest.approx(10.0 / ASPECT)


def test_unproject_undoes_project() -> None:
    view = View((1.0, 2.0, 3.0), 0.7, -0.4, 0.3, 50.0)
    pictures = np.array([[0.1, 0.2], [0.5, 0.5], [0.9, 0.7]])
    assert view.project(view.unproject(pictures, 4.0))[:, :2] == pytest.approx(pictures)


def test_a_pan_of_ten_degrees_moves_the_picture_as_the_lens_says() -> None:
    angle = np.radians(10.0)
    plan = place(Move("pan_right", angle, 0.0))
    # near the middle of the frame: tan(angle) lens / sensor of a frame width in 2 seconds
    assert speed_of(plan) == pytest.approx(np.tan(angle) / 2, rel=0.15)
    ahead = np.array([[0.0, 0.0, 1.5]])
    start, end = (plan.view(seconds).project(ahead)[0, 0] for seconds in (0.0, 2.0))
    assert start > 0.5 > end


def test_a_dolly_to_half_the_distance_doubles_what_stands_there() -> None:
    plan = place(Move("dolly_in", np.log(2.0), 0.0))
    high = np.array([[0.0, 0.0, 1.5], [0.0, 0.0, 2.5]])
    sizes = [np.ptp(plan.view(seconds).project(high)[:, 1]) for seconds in (0.0, 2.0)]
    assert sizes[1] / sizes[0] == pytest.approx(2.0)


def test_a_dolly_zoom_keeps_its_subject_and_changes_the_lens() -> None:
    plan = place(Move("dolly_zoom", 0.6, 0.0))
    high = np.array([[0.0, 0.0, 1.5], [0.0, 0.0, 2.5]])
    sizes = [np.ptp(plan.view(seconds).project(high)[:, 1]) for seconds in (0.0, 2.0)]
    assert sizes[1] == pytest.approx(sizes[0])
    assert plan.view(2.0).lens_mm > plan.view(0.0).lens_mm * 1.5


def test_a_camera_that_stands_still_has_no_speed() -> None:
    assert speed_of(place(Move("static", 0.0, 0.0))) == 0.0
    assert image_speed(LEVEL, LEVEL, 1.0, 10.0) == pytest.approx(0.0, abs=1e-9)


def test_shaking_moves_the_picture_as_much_as_was_asked() -> None:
    for wanted in (0.05, 0.5):
        shake = Shake.drawn(np.random.default_rng(3), wanted, 0.5, 4.0)
        times = np.arange(0, 20, PAIR_SECONDS)
        moves = [
            image_speed(shake.shaken(LEVEL, t), shake.shaken(LEVEL, t + PAIR_SECONDS), PAIR_SECONDS, 10.0)
            for t in times
        ]
        # pairs are further apart than the steps it is measured by, and the roll adds some
        assert np.mean(moves) == pytest.approx(wanted, rel=0.35)


def test_sizes_follow_the_subjects_height_in_the_frame() -> None:
    for name, least in SIZE_LIMITS:
        assert size_of(least * 1.01) == name
        assert size_of(least * 0.99) != name
    assert size_of(0.01) == "extreme_wide"


def test_instants_are_pairs_within_the_shot() -> None:
    for length in (0.2, 1.0, 10.0):
        pairs = instants(length)
        assert len(pairs) == 8
        assert all(start >= 0 and end <= max(length, PAIR_SECONDS) + 1e-9 for start, end in pairs)
        assert all(end - start == pytest.approx(PAIR_SECONDS) for start, end in pairs)


def test_easing_starts_and_ends_where_the_steady_way_does() -> None:
    for ease in (0.0, 0.5, 1.0):
        assert (eased(0.0, ease), eased(0.5, ease), eased(1.0, ease)) == (0.0, 0.5, 1.0)
    assert eased(0.1, 1.0) < eased(0.1, 0.0)


def test_a_written_shot_is_read_as_training_reads_it(tmp_path: Path) -> None:
    plan = draw_plan(7, "train")
    random = np.random.default_rng(0)
    frames = [random.integers(0, 255, (FRAME_PX[1], FRAME_PX[0], 3), dtype=np.uint8) for _ in range(16)]
    write_shot(tmp_path, 7, "train", "set", plan.length_seconds, plan.fields, {"lens_mm": 35.0}, frames)
    sheet, truth = shot_paths(tmp_path, 7)
    assert json.loads(truth.read_text(encoding="utf-8"))["fields"] == dict(plan.fields)
    seen = training_inputs(sheet, truth)
    first = np.asarray(frames[4], np.float64).mean() / 255
    assert seen.frames.shape == (8, 3, 54, 96)
    assert float(seen.frames[2].mean()) == pytest.approx(first, abs=0.01)
    assert list(tmp_path.glob("*.tmp")) == []


def test_the_lens_decides_how_far_a_picture_moves() -> None:
    slow, fast = (
        speed_of(place(Move("pan_left", 0.2, 0.0), view=replace(LEVEL, lens_mm=lens)))
        for lens in (48.0, 96.0)
    )
    assert fast / slow == pytest.approx(2.0, rel=0.1)
