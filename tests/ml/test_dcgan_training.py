"""Training: it learns, it repeats itself, it resumes, it stops when told to."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PIL import Image

from ml.train import dcgan
from ml.train.checkpoint import CheckpointError, load_checkpoint
from ml.train.data import PictureSet
from ml.train.sheets import sample_rows, to_bytes
from ml.train.trainer import DCGANTrainer, latent_layout

from .conftest import tiny_recipe, two_class_pictures

RECIPE_TOML = """
name = "tiny"
[data]
pattern = "*.png"
periodic = true
roll = "all"
mirror = true
turn = true
[net]
noise_channels = 68
code_scale = 4.0
generator_channels = [8, 8, 8, 8]
discriminator_channels = [8, 8, 8, 8]
discriminator_norm = true
[optimiser]
loss = "cross_entropy"
penalty = 0.0
penalty_every_steps = 1
batch = 4
classes_per_batch = 0
discriminator_group = 2
real_target = 0.9
learning_rate_generator = 2e-4
learning_rate_discriminator = 2e-4
decay_from_step = 6
beta1 = 0.5
beta2 = 0.999
instance_noise = 0.0
instance_noise_steps = 0
ema_decay = 0.9
seed = 1
[run]
steps = 6
sheet_every_steps = 4
checkpoint_every_minutes = 60.0
export_average = true
"""


def weights_of(trainer: DCGANTrainer) -> torch.Tensor:
    return torch.cat([value.detach().flatten() for value in trainer.generator.parameters()])


def test_two_pictures_are_learned_and_the_class_is_honoured() -> None:
    pictures = two_class_pictures()
    trainer = DCGANTrainer(tiny_recipe(), pictures)
    for _ in range(220):
        trainer.step()
    rows = sample_rows(trainer.picture_maker(True, 4), trainer.sampler.present, trainer.layout, 4.0)
    assert rows.shape == (2, 8, 3, 64, 64)
    made = rows.float().mean(1)  # (2, 3, 64, 64)
    own = (made - pictures.images.float()).abs().mean((1, 2, 3))
    other = (made - pictures.images.flip(0).float()).abs().mean((1, 2, 3))
    assert own.max() < 45, f"mean error {own.tolist()} of 255"
    assert (own * 3 < other).all()


def test_two_pictures_are_learned_in_pairs_too() -> None:
    pictures = two_class_pictures()
    recipe = tiny_recipe()
    paired = replace(recipe.optimiser, loss="relativistic", penalty=1.0, penalty_every_steps=2, beta1=0.0)
    net = replace(recipe.net, discriminator_norm=False)
    trainer = DCGANTrainer(replace(recipe, net=net, optimiser=paired), pictures)
    assert not any("running_mean" in name for name in trainer.discriminator.state_dict())
    before = _distance(trainer, pictures)
    for _ in range(300):
        trainer.step()
    assert _distance(trainer, pictures) < before / 2


def _distance(trainer: DCGANTrainer, pictures: PictureSet) -> float:
    """Mean error of what is made for each class, of 255."""
    rows = sample_rows(trainer.picture_maker(True, 4), trainer.sampler.present, trainer.layout, 4.0)
    return float((rows.float().mean(1) - pictures.images.float()).abs().mean())


def test_the_same_seed_gives_the_same_weights_and_another_seed_does_not() -> None:
    recipe = tiny_recipe()
    other = replace(recipe, optimiser=replace(recipe.optimiser, seed=4))
    results = []
    for used in (recipe, recipe, other):
        trainer = DCGANTrainer(used, two_class_pictures())
        losses = [trainer.step() for _ in range(3)]
        results.append((losses, weights_of(trainer)))
    assert results[0][0] == results[1][0]
    assert torch.equal(results[0][1], results[1][1])
    assert not torch.equal(results[0][1], results[2][1])


def test_a_resumed_run_continues_as_if_it_had_not_stopped() -> None:
    unbroken = DCGANTrainer(tiny_recipe(), two_class_pictures())
    first = DCGANTrainer(tiny_recipe(), two_class_pictures())
    for _ in range(4):
        unbroken.step()
        first.step()
    second = DCGANTrainer(tiny_recipe(), two_class_pictures())
    second.load_state(first.state())
    expected, actual = [unbroken.step() for _ in range(4)], [second.step() for _ in range(4)]
    assert actual == expected
    assert second.steps_done == 8
    for name in ("generator", "discriminator", "average"):
        for left, right in zip(unbroken.state()[name].values(), second.state()[name].values(), strict=True):
            assert torch.equal(left, right)


def test_each_group_of_the_discriminator_is_normalised_by_itself() -> None:
    pictures = two_class_pictures()
    whole, grouped = (
        DCGANTrainer(
            replace(recipe, optimiser=replace(recipe.optimiser, discriminator_group=group)), pictures
        )
        for recipe, group in ((tiny_recipe(), 0), (tiny_recipe(), 4))
    )
    seen: dict[str, list[int]] = {"whole": [], "grouped": []}
    for name, trainer in (("whole", whole), ("grouped", grouped)):
        trainer.discriminator.register_forward_hook(
            lambda _net, inputs, _output, sizes=seen[name]: sizes.append(len(inputs[0]))
        )
        trainer.step()
    # real, generated, and generated again for the generator's own step
    assert seen == {"whole": [8] * 3, "grouped": [4] * 6}
    assert not torch.equal(weights_of(whole), weights_of(grouped))


def test_learning_rates_sink_to_nothing_at_the_last_step() -> None:
    recipe = tiny_recipe(steps=4)
    trainer = DCGANTrainer(
        replace(recipe, optimiser=replace(recipe.optimiser, decay_from_step=2)), two_class_pictures()
    )
    rates = []
    for _ in range(5):
        trainer.step()
        rates.append(trainer.state()["generator_optimiser"]["param_groups"][0]["lr"])
    assert rates == pytest.approx([4e-3, 4e-3, 4e-3, 2e-3, 0.0])


def test_without_classes_the_latent_is_noise_and_the_discriminator_has_one_output() -> None:
    pictures = replace(two_class_pictures(), names=(), classes=torch.zeros(2, dtype=torch.int64))
    trainer = DCGANTrainer(tiny_recipe(), pictures)
    trainer.step()
    assert trainer.layout == (100, 0)
    assert trainer.discriminator(torch.zeros(1, 3, 64, 64)).shape == (1, 1)


def test_more_classes_than_code_channels_are_refused() -> None:
    with pytest.raises(ValueError, match="33 classes do not fit"):
        latent_layout(tiny_recipe(), 33)


def test_the_command_trains_then_resumes(tmp_path: Path, picture_folder: Path) -> None:
    recipe, out = tmp_path / "recipe.toml", tmp_path / "run"
    recipe.write_text(RECIPE_TOML)
    base = ["--recipe", str(recipe), "--data", str(picture_folder), "--out", str(out)]
    assert dcgan.main([*base, "--steps", "3"]) == 0
    assert load_checkpoint(out / "checkpoint.pt", "dcgan")["state"]["steps"] == 3
    assert dcgan.main(base) == 2, "a second run must not overwrite the first"
    assert dcgan.main([*base, "--resume"]) == 0
    content = load_checkpoint(out / "checkpoint.pt", "dcgan")
    assert content["state"]["steps"] == 6
    assert content["history"].shape == (6, 4)
    assert content["present"] == [0, 16], "brick and sand keep their places among the families"
    sheets = sorted(path.name for path in (out / "sheets").iterdir())
    assert sheets == ["step_000003.png", "step_000004.png", "step_000006.png"]
    with Image.open(out / "losses.png") as curves:
        assert curves.width > 100


def test_a_signal_ends_the_run_with_a_checkpoint(tmp_path: Path, picture_folder: Path) -> None:
    recipe, out = tmp_path / "recipe.toml", tmp_path / "run"
    recipe.write_text(RECIPE_TOML.replace("steps = 6", "steps = 100000", 1))
    before = signal.getsignal(signal.SIGTERM)
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM))
    first = out / "sheets" / "step_000004.png"
    watcher = threading.Thread(target=_start_when, args=(first, timer))
    watcher.start()
    code = dcgan.main(["--recipe", str(recipe), "--data", str(picture_folder), "--out", str(out)])
    watcher.join()
    assert code == 0
    assert 4 <= load_checkpoint(out / "checkpoint.pt", "dcgan")["state"]["steps"] < 100000
    assert signal.getsignal(signal.SIGTERM) == before


def test_resuming_with_other_widths_is_refused(tmp_path: Path, picture_folder: Path) -> None:
    recipe, out = tmp_path / "recipe.toml", tmp_path / "run"
    recipe.write_text(RECIPE_TOML)
    base = ["--recipe", str(recipe), "--data", str(picture_folder), "--out", str(out)]
    assert dcgan.main([*base, "--steps", "1"]) == 0
    recipe.write_text(RECIPE_TOML.replace("[8, 8, 8, 8]", "[16, 8, 8, 8]", 1))
    assert dcgan.main([*base, "--resume"]) == 2


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", None])
def test_a_damaged_checkpoint_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "checkpoint.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"checkpoint\.pt"):
        load_checkpoint(path, "dcgan")


def test_a_checkpoint_that_would_run_code_is_refused(tmp_path: Path) -> None:
    torch.save({"kind": "dcgan", "path": Path("x")}, tmp_path / "checkpoint.pt")
    with pytest.raises(CheckpointError):
        load_checkpoint(tmp_path / "checkpoint.pt", "dcgan")


def test_bytes_span_the_whole_range() -> None:
    assert to_bytes(torch.tensor([-1.0, 0.0, 1.0, 2.0])).tolist() == [0, 128, 255, 255]


def _start_when(path: Path, timer: threading.Timer) -> None:
    while not path.exists():
        threading.Event().wait(0.05)
    timer.start()
