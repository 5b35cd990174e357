"""Training of the shot describer: what is changed in shots and labels, what is learned, how a run is resumed."""

import copy
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.shot_terms import FIELD_INDEX, FIELDS
from ml.train.data import DataError
from ml.train.recipe import RecipeError
from ml.train.shot_augment import MOTION_FIELDS, augment, mirror, plain_batch, reverse, reversible
from ml.train.shot_data import UNKNOWN, load_shots, split_set
from ml.train.shot_flows import load_flows, move_otherwise
from ml.train.shot_recipe import ShotRecipe, load_shot_recipe
from ml.train.shot_scores import (
    calibration_error,
    certain_from,
    confusion,
    field_scores,
    fit_temperature,
    macro_f1,
    softmax,
)
from ml.train.shot_trainer import ShotTrainer
from ml.train.shots import main
from tests.ml.shot_stand_ins import (
    TINY_RECIPE,
    small_vocabulary,
    stand_in_shots,
    write_stand_in_folder,
)

SHIPPED = Path(__file__).resolve().parents[2] / "ml" / "configs" / "shot_describer.toml"


@pytest.fixture
def recipe_file(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(TINY_RECIPE, encoding="utf-8")
    return path


@pytest.fixture
def recipe(recipe_file: Path) -> ShotRecipe:
    return load_shot_recipe(recipe_file)


def number(field: str, value: str) -> int:
    return FIELDS[FIELD_INDEX[field]].index(value)


def test_the_shipped_recipe_is_valid() -> None:
    assert load_shot_recipe(SHIPPED).name == "shot_describer"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("held_out = 0.15", "held_out = 0.9"),
        ("frames = 2", "frames = 9"),
        ("mirror = 0.5", "mirror = 1.5"),
        ("balance = 0.5", "balance = 2"),
        ("batch = 16", "batch = 1"),
        ("grain = 0.05", "grian = 0.05"),
        ('name = "shot_describer"', 'name = "../elsewhere"'),
    ],
)
def test_a_recipe_that_is_off_is_refused(recipe_file: Path, old: str, new: str) -> None:
    recipe_file.write_text(TINY_RECIPE.replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError):
        load_shot_recipe(recipe_file)


@pytest.mark.parametrize(
    ("change", "field", "before", "after"),
    [
        (mirror, "movement", "pan_left", "pan_right"),
        (mirror, "movement", "truck_right", "truck_left"),
        (mirror, "movement", "tilt_up", "tilt_up"),
        (mirror, "direction", "left_to_right", "right_to_left"),
        (mirror, "direction", "towards", "towards"),
        (mirror, "place", "right", "left"),
        (mirror, "place", "centre", "centre"),
        (reverse, "movement", "dolly_in", "dolly_out"),
        (reverse, "movement", "pan_right", "pan_left"),
        (reverse, "movement", "pedestal_down", "pedestal_up"),
        (reverse, "movement", "arc", "arc"),
        (reverse, "direction", "away", "towards"),
        (reverse, "action", "enters", "leaves"),
        (reverse, "place", "left", "left"),
    ],
)
def test_labels_follow_what_the_picture_does(change: object, field: str, before: str, after: str) -> None:
    batch = plain_batch(stand_in_shots(2), torch.arange(2))
    batch.values[:, FIELD_INDEX[field]] = number(field, before)
    change(batch, torch.tensor([True, False]))  # type: ignore[operator]
    assert batch.values[:, FIELD_INDEX[field]].tolist() == [number(field, after), number(field, before)]


@pytest.mark.parametrize("change", [mirror, reverse])
def test_doing_it_twice_changes_nothing(change: object) -> None:
    before, after = (plain_batch(stand_in_shots(6), torch.arange(6)) for _ in range(2))
    for _ in range(2):
        change(after, torch.tensor([True] * 6))  # type: ignore[operator]
    for name in ("frames", "flow", "motion", "facts", "values"):
        torch.testing.assert_close(getattr(after, name), getattr(before, name))


def test_a_reversed_shot_keeps_motion_within_instants_apart_from_that_between_them() -> None:
    batch = plain_batch(stand_in_shots(1), torch.arange(1))
    batch.motion[0, :, 0] = torch.arange(15.0)
    batch.flow[0, :, 1] = torch.arange(15.0)[:, None, None]
    reverse(batch, torch.tensor([True]))
    expected = [*range(7, -1, -1), *range(14, 7, -1)]
    assert (-batch.motion[0, :, 0]).tolist() == expected
    assert (-batch.flow[0, :, 1, 4, 4]).tolist() == expected


def test_the_flow_of_a_mirrored_pan_is_that_of_the_other_pan() -> None:
    batch = plain_batch(stand_in_shots(40), torch.arange(40))
    left = batch.values[:, FIELD_INDEX["movement"]] == number("movement", "pan_left")
    assert (batch.motion[left, :, 0] > 0).all()
    mirror(batch, torch.ones(40, dtype=torch.bool))
    now = batch.values[:, FIELD_INDEX["movement"]] == number("movement", "pan_right")
    assert torch.equal(left, now)
    assert (batch.motion[now, :, 0] < 0).all()
    assert (batch.flow[now, :, 0].mean(dim=(1, 2, 3)) < 0).all()


def test_unknown_labels_stay_unknown_and_walking_is_not_reversed() -> None:
    batch = plain_batch(stand_in_shots(4), torch.arange(4))
    column = batch.values[:, FIELD_INDEX["action"]]
    column[:] = torch.tensor([UNKNOWN, number("action", "walks"), number("action", "waves"), UNKNOWN])
    assert reversible(batch.values).tolist() == [True, False, True, True]
    mirror(batch, torch.ones(4, dtype=torch.bool))
    reverse(batch, torch.ones(4, dtype=torch.bool))
    assert batch.values[0, FIELD_INDEX["action"]] == UNKNOWN


def test_what_is_trained_on_stays_within_the_network_s_ranges(recipe: ShotRecipe) -> None:
    shots = stand_in_shots(32)
    rng = torch.Generator().manual_seed(5)
    for _ in range(12):
        batch = augment(plain_batch(shots, torch.arange(32)), recipe.data, rng)
        assert batch.frames.shape == (32, 2, 3, 54, 96)
        assert float(batch.frames.min()) >= 0
        assert float(batch.frames.max()) <= 1
        assert float(batch.flow[:, :, :2].abs().max()) <= 0.25
        assert set(torch.unique(batch.facts[:, 2]).tolist()) <= {0.0, 1.0}
        for tensor in (batch.frames, batch.flow, batch.motion, batch.facts):
            assert bool(tensor.isfinite().all())
    assert stand_in_shots(32).frames.tobytes() == shots.frames.tobytes()  # the originals are untouched


def test_a_tiny_network_learns_to_see_and_to_say(recipe: ShotRecipe) -> None:
    shots = stand_in_shots(200)
    trainer = ShotTrainer(recipe, *split_set(shots, recipe.data.held_out), small_vocabulary())
    first = trainer.step()
    for _ in range(149):
        last = trainer.step()
    scores = {score.field: score for score in trainer.evaluate()}
    assert last.sentence < 0.6 * first.sentence
    assert scores["movement"].accuracy > 0.8
    assert scores["movement (coarse)"].macro_f1 > 0.8
    assert trainer.best_step == 150


def test_a_resumed_run_continues_bit_for_bit(recipe_file: Path, tmp_path: Path) -> None:
    write_stand_in_folder(tmp_path / "train", 60)
    write_stand_in_folder(tmp_path / "test", 8, seed=3)
    common = [
        "--recipe",
        str(recipe_file),
        "--data",
        str(tmp_path / "train"),
        "--test",
        str(tmp_path / "test"),
    ]
    assert main([*common, "--out", str(tmp_path / "whole"), "--steps", "4"]) == 0
    assert main([*common, "--out", str(tmp_path / "parts"), "--steps", "2"]) == 0
    assert main([*common, "--out", str(tmp_path / "parts"), "--steps", "4", "--resume"]) == 0
    whole, parts = (
        torch.load(tmp_path / name / "checkpoint.pt", weights_only=True) for name in ("whole", "parts")
    )
    for key, weight in whole["state"]["network"].items():
        assert torch.equal(weight, parts["state"]["network"][key]), key
    assert len((tmp_path / "parts" / "held_out.tsv").read_text().splitlines()) == 3
    with Image.open(tmp_path / "parts" / "sheets" / "step_000004.png") as sheet:
        assert sheet.size[1] > 8 * 100


def test_an_empty_folder_and_a_broken_cache_are_named(
    recipe_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    common = ["--recipe", str(recipe_file), "--out", str(tmp_path / "run")]
    assert main([*common, "--data", str(tmp_path / "empty")]) == 2
    assert "no rendered shots" in capsys.readouterr().err
    write_stand_in_folder(tmp_path / "train", 5)
    (tmp_path / "train" / "inputs.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(DataError, match="delete it"):
        load_shots(tmp_path / "train")


def test_new_renders_are_looked_at_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "train"
    write_stand_in_folder(folder, 3)
    sheet = np.random.default_rng(0).integers(0, 255, (360, 640, 3)).astype(np.uint8)
    Image.fromarray(sheet).save(folder / "000007.png")
    (folder / "000007.json").write_text(
        (folder / "000001.json").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "000008.json").write_text("{}", encoding="utf-8")  # its sheet is still being rendered
    shots = load_shots(folder)
    assert shots.names == ("000000", "000001", "000002", "000007")
    assert shots.values[3].tolist() == shots.values[1].tolist()
    assert shots.frames[3, 0].mean() == pytest.approx(127, abs=3)
    (folder / "000007.png").write_bytes(b"")  # known by now: not read again
    assert np.array_equal(load_shots(folder).flow, shots.flow)


@pytest.mark.parametrize("text", ["{", '{"length_seconds": 3.0}', '{"length_seconds": 3.0, "fields": {}}'])
def test_a_label_that_is_off_is_named(tmp_path: Path, text: str) -> None:
    write_stand_in_folder(tmp_path / "train", 2)
    Image.new("RGB", (640, 360)).save(tmp_path / "train" / "000009.png")
    (tmp_path / "train" / "000009.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="000009 is not a rendered shot"):
        load_shots(tmp_path / "train")


def test_a_run_may_begin_with_single_pictures(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(TINY_RECIPE.replace("until_step = 0", "until_step = 40"), encoding="utf-8")
    recipe = load_shot_recipe(path)
    trainer = ShotTrainer(recipe, *split_set(stand_in_shots(200), recipe.data.held_out), small_vocabulary())
    before = copy.deepcopy(trainer.network.state_dict())
    losses = [trainer.step() for _ in range(40)]
    scores = {score.field: score for score in trainer.evaluate()}
    assert not trainer.looks
    assert sum(loss.fields for loss in losses[-5:]) < 0.9 * sum(loss.fields for loss in losses[:5])
    changed = {
        name.split(".")[1]
        for name, now in trainer.network.state_dict().items()
        if not torch.equal(before[name], now)
    }
    assert {"frame_look", "queries", "heads"} <= changed
    assert not {"layers", "flow_look", "motion_look", "frame_times", "words"} & changed
    assert scores["colour"].n > 0
    assert trainer.step().sentence > 0


def test_a_picture_tells_nothing_of_what_moves_and_its_figures_choose_no_weights(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(TINY_RECIPE.replace("until_step = 0", "until_step = 9"), encoding="utf-8")
    recipe = load_shot_recipe(path)
    trainer = ShotTrainer(recipe, *split_set(stand_in_shots(60), recipe.data.held_out), small_vocabulary())
    trainer.step()
    scores = {score.field: score for score in trainer.evaluate()}
    assert {name for name, score in scores.items() if not score.n} == {*MOTION_FIELDS, "movement (coarse)"}
    assert trainer.best_step == 0
    path.write_text(TINY_RECIPE.replace("until_step = 0", "until_step = 1000"), encoding="utf-8")
    with pytest.raises(RecipeError, match="comes after"):
        load_shot_recipe(path)


def test_at_the_end_the_decoder_learns_alone_about_what_the_best_encoder_sees(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    text = TINY_RECIPE.replace("from_step = 1000", "from_step = 2").replace("steps = 150", "steps = 5")
    path.write_text(text, encoding="utf-8")
    recipe = load_shot_recipe(path)
    train, held = split_set(stand_in_shots(60), recipe.data.held_out)
    trainer = ShotTrainer(recipe, train, held, small_vocabulary())
    for _ in range(2):
        trainer.step()
    trainer.evaluate()
    best = copy.deepcopy(trainer.best)
    losses = [trainer.step() for _ in range(3)]
    trainer.evaluate()
    assert all(loss.sentence > 0 and loss.fields == 0 for loss in losses)
    for part, changes in (("encoder", False), ("decoder", True)):
        before, after = (getattr(network, part).state_dict() for network in (best, trainer.best))
        assert any(not torch.equal(before[key], after[key]) for key in before) == changes, part


def test_single_pictures_are_trained_on_and_never_held_out() -> None:
    shots = stand_in_shots(60)
    shots.facts[::2, 2] = 1
    train, held = split_set(shots, 0.2)
    assert not held.facts[:, 2].any()
    assert int(train.facts[:, 2].sum()) == 30


def test_the_held_out_shots_stay_the_same_when_more_are_rendered() -> None:
    some, more = stand_in_shots(150), stand_in_shots(300)
    held, later = (set(split_set(shots, 0.1)[1].names) for shots in (some, more))
    assert held == {name for name in later if name in some.names}
    assert 0.05 < len(later) / 300 < 0.16


def test_scores_are_those_of_the_textbook() -> None:
    table = confusion(np.array([0, 0, 1, 1, -1, 2]), np.array([0, 1, 1, 1, 0, 0]), 3)
    assert table.tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert macro_f1(table) == pytest.approx((0.5 + 0.8 + 0.0) / 3)
    values = stand_in_shots(50).values
    perfect = np.concatenate(
        [np.eye(len(field.values))[np.maximum(values[:, i], 0)] * 9 for i, field in enumerate(FIELDS)], axis=1
    )
    scores = field_scores(perfect, values)
    assert [score.macro_f1 for score in scores] == pytest.approx([1.0] * len(scores))
    assert scores[FIELD_INDEX["action"]].n == int((values[:, FIELD_INDEX["action"]] != UNKNOWN).sum())


def test_the_temperature_makes_confidence_true() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 4000)
    honest = rng.normal(0, 1, (4000, 4)) + 1.5 * np.eye(4)[truth]
    boasting = honest * 1.5 * 3  # logits of a network that is three times too sure
    temperature = fit_temperature(boasting, truth)
    assert temperature == pytest.approx(3.0, rel=0.12)
    chances = softmax(boasting, temperature)
    right = chances.argmax(axis=1) == truth
    assert calibration_error(chances.max(axis=1), right) < 0.03
    assert calibration_error(softmax(boasting).max(axis=1), right) > 0.1


def test_the_threshold_keeps_what_is_right_often_enough() -> None:
    rng = np.random.default_rng(1)
    confidence = rng.uniform(0.3, 1.0, 5000)
    right = rng.uniform(size=5000) < confidence
    start = certain_from(confidence, right, 0.9)
    assert right[confidence >= start].mean() == pytest.approx(0.9, abs=0.01)
    assert start == pytest.approx(0.8, abs=0.05)
    assert certain_from(confidence, np.zeros(5000, bool), 0.9) == 1.0


def write_flows(path: Path, count: int = 4) -> None:
    static = [number("movement", "pan_left"), number("speed", "fast"), number("steadiness", "shaky")]
    np.savez(
        path,
        flow=np.full((count, 15, 3, 9, 16), 0.125, np.float16),
        motion=np.full((count, 15, 8), 0.5, np.float32),
        lengths=np.full(count, 3.0, np.float32),
        fields=np.array(["movement", "speed", "steadiness"]),
        values=np.array([static] * count, np.int8),
    )


def test_another_motion_brings_its_truth_and_takes_what_it_contradicts(tmp_path: Path) -> None:
    write_flows(tmp_path / "flows.npz")
    flows = load_flows([tmp_path / "flows.npz", tmp_path / "flows.npz"])
    assert len(flows.lengths) == 8
    shots = stand_in_shots(64)
    batch, before = (plain_batch(shots, torch.arange(64)) for _ in range(2))
    move_otherwise(batch, flows, 0.5, 0.5, torch.Generator().manual_seed(2))
    moved = (batch.motion == 0.5).all(dim=2).all(dim=1)
    assert 16 < int(moved.sum()) < 48
    assert set(batch.values[moved, FIELD_INDEX["movement"]].tolist()) == {number("movement", "pan_left")}
    assert set(batch.values[moved, FIELD_INDEX["action"]].tolist()) == {UNKNOWN}
    assert batch.facts[moved, 0].tolist() == pytest.approx([np.log1p(3.0)] * int(moved.sum()))
    assert torch.equal(batch.frames, before.frames)
    assert torch.equal(batch.values[~moved], before.values[~moved])
    assert torch.equal(batch.flow[~moved], before.flow[~moved])


def test_single_pictures_get_another_motion_as_often_as_they_should(tmp_path: Path) -> None:
    write_flows(tmp_path / "flows.npz")
    batch = plain_batch(stand_in_shots(64), torch.arange(64))
    batch.facts[::2, 2] = 1
    move_otherwise(batch, load_flows([tmp_path / "flows.npz"]), 0.0, 1.0, torch.Generator().manual_seed(2))
    moved = (batch.motion == 0.5).all(dim=2).all(dim=1)
    assert moved.tolist() == [True, False] * 32
    assert not batch.facts[:, 2].any(), "what moves is no single picture"


def test_files_of_motion_that_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"ml\.datagen\.shots\.flows"):
        load_flows([tmp_path / "missing.npz"])
    (tmp_path / "text.npz").write_text("no motion", encoding="utf-8")
    with pytest.raises(DataError, match="draw it again"):
        load_flows([tmp_path / "text.npz"])
    np.savez(tmp_path / "short.npz", flow=np.zeros(3))
    with pytest.raises(DataError, match="draw it again"):
        load_flows([tmp_path / "short.npz"])


def test_a_recipe_that_wants_motion_says_how_it_gets_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(TINY_RECIPE.replace("flows = 0.0", "flows = 0.5"), encoding="utf-8")
    write_stand_in_folder(tmp_path / "shots", 20)
    assert (
        main(["--recipe", str(recipe), "--data", str(tmp_path / "shots"), "--out", str(tmp_path / "run")])
        == 2
    )
    assert "--flows" in capsys.readouterr().err
