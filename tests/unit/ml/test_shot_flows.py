"""Motion without pictures: what a planned camera sees of planes and boards."""

from pathlib import Path

import numpy as np
import pytest

from ml.datagen.shots.camera import ASPECT, View
from ml.datagen.shots.depths import SKY_M, Boards, SimpleSet, draw_set, look
from ml.datagen.shots.flows import FLOW_FIELDS, draw_flow_plan, flow_shot, main
from ml.datagen.shots.plan import Move, ShotPlan
from ml.media.motion import motion_numbers
from ml.shot_terms import FIELD_INDEX, FIELDS

VIEW = View((0.0, -10.0, 2.0), 0.0, 0.0, 0.0, 36.0)
RAYS = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, -0.2], [0.3, 1.0, 0.0]])


def plan() -> ShotPlan:
    fields = {"action": "rests", "subject": "place", "movement": "static", "setting": "field"}
    return ShotPlan(1, "train", fields, 2.0, (), (0, 0, 2), VIEW, 10.0, Move("static", 0, 0), None)


def boards(*places: tuple[float, float]) -> Boards:
    feet = np.array([[x, y, 0.0] for x, y in places]).reshape(-1, 3)
    return Boards(feet, np.full(len(places), 1.0), np.full(len(places), 4.0))


def test_a_ray_meets_the_ground_a_board_or_the_sky() -> None:
    where = SimpleSet(boards((0.0, -4.0)), ((2, 0.0),), np.ones(3))
    seen = look(plan(), where, VIEW, RAYS, 0.0)
    # the board stands 6 m ahead; the ground is met 2 m / 0.2 = 10 m ahead, behind the board
    assert seen.depth[:2] == pytest.approx([6.0, 6.0])
    assert seen.surface.tolist() == [2, 2, 0]
    assert seen.depth[2] == SKY_M
    beyond = look(plan(), SimpleSet(boards(), ((2, 0.0),), np.ones(2)), VIEW, RAYS, 0.0)
    assert beyond.depth[1] == pytest.approx(10.0)
    assert beyond.surface.tolist() == [0, 1, 0]


def test_the_nearer_of_two_boards_is_seen() -> None:
    where = SimpleSet(boards((0.0, 5.0), (0.0, -4.0)), (), np.ones(3))
    assert look(plan(), where, VIEW, RAYS[:1], 0.0).surface.tolist() == [2]


def test_the_same_seed_draws_the_same_motion() -> None:
    first, second = (flow_shot(np.random.default_rng((5, 1))) for _ in range(2))
    assert first.flow.tobytes() == second.flow.tobytes()
    assert first.values == second.values
    assert flow_shot(np.random.default_rng((5, 2))).flow.tobytes() != first.flow.tobytes()


def test_a_pan_moves_everything_the_other_way_and_a_still_camera_moves_nothing() -> None:
    shifts: dict[str, list[float]] = {"pan_left": [], "pan_right": [], "static": []}
    movement = FIELDS[FIELD_INDEX["movement"]].values
    steady = FIELDS[FIELD_INDEX["steadiness"]].index("steady")
    for seed in range(160):
        shot = flow_shot(np.random.default_rng((6, seed)))
        name = movement[shot.values[0]].id
        if name in shifts and shot.values[2] == steady and abs(shot.motion[:, 3]).max() < 0.02:
            shifts[name].append(float(np.median(shot.motion[:, 0])))
    # most of them: a camera that is tilted far up or down turns the picture, and a followed subject stands still in it
    assert np.median(shifts["pan_left"]) > 0.002 > -0.002 > np.median(shifts["pan_right"])
    assert np.median(np.abs(shifts["static"])) < 0.001


def test_plans_are_as_fast_as_their_words() -> None:
    random = np.random.default_rng(8)
    for _ in range(20):
        found = draw_flow_plan(random)
        assert found.fields["speed"] in {"none", "slow", "moderate", "fast"}
        assert (found.fields["movement"] == "static") == (found.fields["speed"] == "none")
        assert len(draw_set(random, found).trusts) >= 2 + len(found.actors)


def test_numbers_of_known_vectors_are_their_similarity() -> None:
    centres = np.stack(np.meshgrid(np.linspace(-0.4, 0.4, 16), np.linspace(-0.2, 0.2, 9)), -1).reshape(-1, 2)
    flow = (0.02, -0.01) + 0.05 * centres
    numbers = motion_numbers(flow[None], np.ones((1, 144)), centres)[0]
    assert numbers[:4] == pytest.approx([0.02, -0.01, np.log(1.05), 0.0], abs=1e-4)
    assert numbers[4] == pytest.approx(1.0)
    assert pytest.approx(16 / 9) == ASPECT


def test_the_command_writes_what_training_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deep" / "flows.npz"
    assert main(["--out", str(path), "--count", "3"]) == 0
    with np.load(path) as content:
        assert content["flow"].shape == (3, 15, 3, 9, 16)
        assert content["motion"].shape == (3, 15, 8)
        assert tuple(content["fields"]) == FLOW_FIELDS
    assert main(["--out", str(path), "--count", "0"]) == 2
    assert main(["--out", str(tmp_path / "flows.txt")]) == 2
    assert "npz" in capsys.readouterr().err
