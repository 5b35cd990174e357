"""Training of the cut detector: targets, learning, resuming, and the command with its errors."""

from pathlib import Path

import numpy as np
import pytest
import torch

from ml.infer.cut_finding import Thresholds
from ml.train import cuts
from ml.train.checkpoint import load_checkpoint
from ml.train.cut_films import KINDS, Film, LabelledTransition
from ml.train.cut_recipe import CutRecipe, cut_recipe_from_plain, load_cut_recipe
from ml.train.cut_scoring import Score, match_transitions
from ml.train.cut_trainer import CutTrainer, score_films, targets_of, varied
from ml.train.recipe import RecipeError, recipe_to_plain
from tests.ml.cut_sources import SHIPPED, FlatSource, noisy_source, tiny_cut_recipe, write_pictures


@pytest.fixture
def recipe_file(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(tiny_cut_recipe(), encoding="utf-8")
    return path


@pytest.fixture
def recipe(recipe_file: Path) -> CutRecipe:
    return load_cut_recipe(recipe_file)


def labelled(*labels: tuple[str, int, int]) -> Film:
    transitions = tuple(LabelledTransition(kind, start, end) for kind, start, end in labels)
    return Film(np.zeros((60, 27, 48, 3), np.uint8), transitions, np.zeros(60, bool))


def test_targets_name_the_moment_the_stretch_and_the_kind() -> None:
    film = labelled(("cut", 10, 10), ("dissolve", 20, 30))
    film.unclear[50:] = True
    targets = targets_of([film])
    assert targets.moment[0].nonzero().flatten().tolist() == [10, 25]
    assert targets.within[0].nonzero().flatten().tolist() == list(range(20, 30))
    assert targets.kind[0, 10] == KINDS.index("cut")
    assert (targets.kind[0, 20:30] == KINDS.index("dissolve")).all()
    assert (targets.kind[0, 30:] == -1).all()
    assert targets.clear[0].sum() == 50


def test_the_network_learns_flat_cuts_in_a_few_steps(recipe: CutRecipe) -> None:
    trainer = CutTrainer(recipe, FlatSource(), FlatSource())
    first = [trainer.step() for _ in range(3)]
    for _ in range(50):
        last = trainer.step()
    assert last.moment < 0.5 * np.mean([losses.moment for losses in first])
    assert all(np.isfinite(losses).all() for losses in first)


def test_a_resumed_run_goes_on_as_if_never_stopped(recipe: CutRecipe) -> None:
    straight = CutTrainer(recipe, noisy_source(), noisy_source(1))
    for _ in range(3):
        straight.step()
    kept = {name: value.clone() for name, value in straight.network.state_dict().items()}
    state = straight.state()
    resumed = CutTrainer(recipe, noisy_source(), noisy_source(1))
    resumed.load_state({**state, "network": kept})
    expected, actual = straight.step(), resumed.step()
    assert actual == pytest.approx(expected, rel=1e-5)


def test_the_best_weights_are_kept(recipe: CutRecipe) -> None:
    trainer = CutTrainer(recipe, FlatSource(), FlatSource())
    trainer.best_f1 = 2.0
    before = {name: value.clone() for name, value in trainer.best.items()}
    trainer.step()
    trainer.judge()
    assert all(torch.equal(trainer.best[name], value) for name, value in before.items())
    trainer.best_f1 = -1.0
    trainer.judge()
    assert any(not torch.equal(trainer.best[name], value) for name, value in before.items())


def test_a_varied_film_keeps_its_labels_and_its_colours_in_some_order() -> None:
    frames = np.random.default_rng(0).integers(0, 256, (40, 27, 48, 3), dtype=np.uint8)
    film = Film(frames, (LabelledTransition("cut", 9, 9),), np.zeros(40, bool))
    other = varied(film, np.random.default_rng(5))
    assert other.transitions == film.transitions
    sums = np.sort(frames.astype(int).sum((1, 2)), axis=1)
    varied_sums = np.sort(other.frames.astype(int).sum((1, 2)), axis=1)
    inverted = np.sort((255 - frames.astype(int)).sum((1, 2)), axis=1)
    assert np.array_equal(varied_sums, sums) or np.array_equal(varied_sums, inverted)


def test_a_score_counts_hits_misses_and_what_is_wrong() -> None:
    film = labelled(("cut", 10, 10), ("dissolve", 20, 30), ("cut", 45, 45))
    said = np.full((60, 7), 0.01, np.float32)
    said[:, 2] = 0.96
    said[12, 0] = 0.9  # two frames late
    said[22:28, 1] = 0.9
    said[22:28, 2:] = (0, 1, 0, 0, 0)
    said[52, 0] = 0.9
    score = score_films([film], [said], Thresholds(0.5, 0.5))
    assert (score.hits, score.missed, score.wrong) == (2, 1, 1)
    film.unclear[40:] = True
    assert score_films([film], [said], Thresholds(0.5, 0.5)) == Score(2, 0, 0)


def test_each_truth_and_each_finding_is_used_once() -> None:
    truth = [LabelledTransition("cut", 10, 10), LabelledTransition("cut", 13, 13)]
    found = [LabelledTransition("cut", 12, 12), LabelledTransition("cut", 40, 40)]
    assert match_transitions(truth, found, 2) == ([(1, 0)], [1])
    assert Score(2, 1, 1).f1 == pytest.approx(2 / 3)
    assert Score().f1 == Score().precision == Score().recall == 0


def test_the_command_trains_resumes_and_leaves_checkpoint_sheet_and_curves(
    tmp_path: Path, recipe_file: Path
) -> None:
    data, test = write_pictures(tmp_path / "data", 0), write_pictures(tmp_path / "test", 1)
    out = tmp_path / "out"
    command = ["--recipe", str(recipe_file), "--data", str(data), "--test", str(test), "--out", str(out)]
    assert cuts.main([*command, "--steps", "2"]) == 0
    assert cuts.main([*command, "--steps", "3"]) == 2, "a run is not overwritten"
    assert cuts.main([*command, "--steps", "3", "--resume"]) == 0
    content = load_checkpoint(out / "checkpoint.pt", "cut_detector")
    assert content["state"]["steps"] == 3
    assert content["images"] == 3
    assert (out / "losses.png").is_file()
    assert sorted(path.name for path in (out / "sheets").iterdir()) == ["step_000002.png", "step_000003.png"]


def test_the_command_takes_rendered_clips_too(tmp_path: Path, recipe_file: Path) -> None:
    data = write_pictures(tmp_path / "data", 0)
    (tmp_path / "clips").mkdir()
    frames = np.random.default_rng(0).integers(0, 256, (30, 27, 48, 3), dtype=np.uint8)
    np.savez_compressed(tmp_path / "clips" / "000001.npz", frames=frames)
    command = ["--recipe", str(recipe_file), "--data", str(data), "--test", str(data), "--steps", "1"]
    clips = ["--clips", str(tmp_path / "clips"), "--out", str(tmp_path / "out")]
    assert cuts.main([*command, *clips]) == 0
    assert load_checkpoint(tmp_path / "out" / "checkpoint.pt", "cut_detector")["images"] == 4


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (
            lambda folder: (folder / "brick" / "000000_albedo.png").write_bytes(b"no picture"),
            "cannot be read",
        ),
        (lambda folder: [path.unlink() for path in (folder / "brick").iterdir()], "no pictures"),
        (lambda folder: np.savez(folder / "bad.npz", frames=np.zeros((4, 8, 8, 3), np.uint8)), "not uint8"),
        (lambda folder: (folder / "bad.npz").write_bytes(b"PK no"), "is no clip"),
        (lambda folder: np.savez(folder / "bad.npz", pictures=np.zeros(3)), "is no clip"),
    ],
)
def test_data_that_cannot_be_used_are_named(
    tmp_path: Path, recipe_file: Path, capsys: pytest.CaptureFixture[str], break_it, said: str
) -> None:
    data = write_pictures(tmp_path / "data", 0)
    break_it(data)
    clips = ["--clips", str(data)] if list(data.glob("*.npz")) else []
    command = ["--recipe", str(recipe_file), "--data", str(data), "--test", str(data), *clips]
    assert cuts.main([*command, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("data", "weights"), [1.0]),
        (("data", "weights"), [0.5, 0.5, 0.5, 0.0, 0.0]),
        (("data", "frames"), 8),
        (("data", "disturbed"), 1.5),
        (("net", "trunk_channels"), "wide"),
        (("loss", "positive"), 0.0),
        (("optimiser", "learning_rate"), 0.0),
        (("optimiser", "ema_decay"), 1.0),
        (("validation", "films"), 0),
    ],
)
def test_a_senseless_recipe_is_refused(path: tuple[str, str], value: object) -> None:
    plain = recipe_to_plain(load_cut_recipe(SHIPPED))
    plain[path[0]][path[1]] = value
    with pytest.raises(RecipeError):
        cut_recipe_from_plain(plain)
