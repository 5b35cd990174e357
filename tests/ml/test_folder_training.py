"""Training on a folder: weights read back from ONNX, a run of a few steps, pause and resume, and its family."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.export.onnx_weights import WeightsError, read_tensors, with_families, with_tensors
from ml.export.parity import measure_painter_parity
from ml.export.to_onnx import export_painter
from ml.infer.cards import MaterialCard, OwnMaterialCard
from ml.infer.models import find_model, read_weights
from ml.nets.guided import GuidedConfig, GuidedGenerator, initialise_guided
from ml.protocol import LayoutWish, MaterialResult
from ml.tasks import TaskContext, make_networks, run_task
from ml.train import folder, start
from ml.train.folder_data import prepare_data
from ml.train.folder_pictures import read_folder
from ml.train.folder_progress import FolderProgress, ProgressFile, take_ask
from ml.train.folder_run import FolderTrainer, starting_weights, with_steps
from ml.train.guided_recipe import load_guided_recipe
from tests.fakes.tiny_model import write_tiny_studio
from tests.unit.ml.test_folder_pictures import picture, save
from tests.unit.ml.test_material_task import wish

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "ml" / "models"
RECIPE = REPOSITORY / "ml" / "configs" / "folder.toml"
TINY = {
    "crop_px = 128": "crop_px = 32",
    "halo_px = 16": "halo_px = 8",
    "[256, 144, 80, 40, 24]": "[24, 16, 12, 8, 8]",
    "[48, 96, 160, 256]": "[8, 12, 16, 24]",
    "batch = 8": "batch = 2",
}
CONFIG = GuidedConfig(32, generator_channels=(24, 16, 12, 8, 8), discriminator_channels=(8, 12, 16, 24))
OWN = "user:my_slate"


def network() -> GuidedGenerator:
    made = GuidedGenerator(CONFIG)
    rng = torch.Generator().manual_seed(0)
    initialise_guided(made, rng)
    for name, weight in made.named_parameters():
        if name.endswith("bias"):
            # as after a training; the exporter keeps equal weights only once
            torch.nn.init.normal_(weight, 0, 0.01, generator=rng)
    return made.eval().requires_grad_(False)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shipped studio whose network is real but narrow."""
    root = tmp_path_factory.mktemp("models")
    place = write_tiny_studio(root)
    export_painter(network(), CONFIG, place / "model.onnx")
    card = json.loads((place / "card.json").read_text(encoding="utf-8"))
    import hashlib

    card["sha256"] = hashlib.sha256((place / "model.onnx").read_bytes()).hexdigest()
    (place / "card.json").write_text(json.dumps(card), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pictures")
    for seed in range(2):
        save(place / f"slate_{seed}.png", picture(seed=seed))
    return place


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = RECIPE.read_text(encoding="utf-8")
    for old, new in TINY.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def command(tmp_path: Path, models: Path, pictures: Path, recipe: Path) -> list[str]:
    return [
        *("--images", str(pictures), "--name", "My slate", "--out", str(tmp_path / "own")),
        *("--run", str(tmp_path / "run"), "--recipe", str(recipe), "--models", str(models), "--threads", "1"),
    ]


def progress(tmp_path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((tmp_path / "run" / "progress.json").read_text(encoding="utf-8"))
    return found


def inputs(families: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {
        "guide": rng.random((1, 4, 48, 64), np.float32),
        "grain": rng.standard_normal((1, 1, 48, 64), np.float32),
        "local": rng.standard_normal((1, 8, 3, 4), np.float32),
        "style": rng.standard_normal((1, 32), np.float32),
        "family": np.eye(families, dtype=np.float32)[:1],
        "controls": rng.standard_normal((1, 10), np.float32),
    }


def test_the_shipped_weights_come_back_and_paint_the_same(tmp_path: Path) -> None:
    shipped = read_weights(find_model(SHIPPED, "texture_studio", MaterialCard))
    net = load_guided_recipe(RECIPE).net
    config = GuidedConfig(32, local_channels=net.local_channels, generator_channels=net.generator_channels)
    generator = GuidedGenerator(config).eval()
    generator.load_state_dict({n: torch.from_numpy(w.copy()) for n, w in read_tensors(shipped).items()})
    (tmp_path / "again.onnx").write_bytes(with_tensors(shipped, {}))
    assert measure_painter_parity(generator, tmp_path / "again.onnx", [inputs(32)]).max_abs_error < 1e-4
    assert with_tensors(shipped, {}) == shipped, "what is not changed stays as it is, byte for byte"


def test_weights_of_16_bits_are_read_and_stay_so(models: Path) -> None:
    onnx = pytest.importorskip("onnx")
    model = onnx.load(models / "texture_studio" / "1" / "model.onnx")
    for tensor in model.graph.initializer:
        if tensor.name == "last.weight":
            half = onnx.numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(onnx.numpy_helper.from_array(half, "last.weight"))
    data = model.SerializeToString()
    weights = read_tensors(data)["last.weight"]
    assert weights.dtype == np.float32
    assert np.array_equal(weights, half.astype(np.float32))
    other = with_tensors(data, {"last.weight": weights + 1})
    assert len(other) <= len(data)
    assert np.array_equal(read_tensors(other)["last.weight"], (half + np.float16(1)).astype(np.float32))


def test_one_family_of_the_network_paints_as_it_did(models: Path, tmp_path: Path) -> None:
    shipped = (models / "texture_studio" / "1" / "model.onnx").read_bytes()
    weights = starting_weights(read_tensors(shipped), "brick")
    (tmp_path / "one.onnx").write_bytes(with_families(with_tensors(shipped, weights), 1))
    alone = GuidedGenerator(GuidedConfig(1, generator_channels=CONFIG.generator_channels)).eval()
    alone.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    measure_painter_parity(alone, tmp_path / "one.onnx", [inputs(1)])
    with torch.no_grad():
        both = [
            net(**{name: torch.from_numpy(value) for name, value in inputs(count).items()})
            for net, count in ((alone, 1), (network(), 32))
        ]
    assert torch.allclose(*both, atol=1e-6), "brick is the first of the 32"


def test_without_a_family_it_begins_as_the_mean_of_all(models: Path) -> None:
    shipped = read_tensors((models / "texture_studio" / "1" / "model.onnx").read_bytes())
    mean = starting_weights(shipped, "noise")["embed.weight"]
    assert mean.shape == (64, 1)
    assert np.allclose(mean[:, 0], shipped["embed.weight"].mean(1))


@pytest.mark.parametrize("data", [b"", b"\xff\xff\xff", b"no onnx at all", bytes(100)])
def test_what_is_no_onnx_file_is_refused(data: bytes) -> None:
    with pytest.raises(WeightsError, match="no readable ONNX file"):
        read_tensors(data)


def test_a_weight_that_the_network_lacks_is_named(models: Path) -> None:
    with pytest.raises(WeightsError, match="has no other"):
        with_tensors(
            (models / "texture_studio" / "1" / "model.onnx").read_bytes(), {"other": np.ones(1, np.float32)}
        )


def test_a_run_makes_a_family_that_the_worker_paints(
    command: list[str], models: Path, tmp_path: Path
) -> None:
    assert folder.main([*command, "--steps", "10", "--layout", "brick", "--turn"]) == 0
    assert progress(tmp_path)["state"] == "done"
    model = find_model(tmp_path / "own", "my_slate", OwnMaterialCard)
    assert (model.card.label, model.card.layout, model.card.families) == ("My slate", "brick", (OWN,))
    about = json.loads((model.folder / "card.json").read_text(encoding="utf-8"))
    assert about["training"]["steps"] == 10
    assert about["parity"]["seeds"] == [0, 1, 2, 3]
    with Image.open(str(progress(tmp_path)["sheet"])) as sheet:
        assert sheet.height == 5 * 34, "five rows of 32 pixels"
    assert len((tmp_path / "run" / "losses.csv").read_text().splitlines()) == 11

    (tmp_path / "out").mkdir()
    context = TaskContext(models, make_networks(), lambda *_: None, tmp_path / "own")
    plain = LayoutWish(across=1, numbers=(), choices=(), image="")
    result = run_task(wish(tmp_path / "out", family=OWN, mix_family=OWN, layout=plain), context)
    assert isinstance(result, MaterialResult)
    assert result.model.sha256 == model.card.sha256
    assert not any("draft" in path.name for path in (tmp_path / "own" / "my_slate").iterdir())


def test_a_second_training_is_the_next_version(command: list[str], tmp_path: Path) -> None:
    assert folder.main([*command, "--steps", "10"]) == 0
    assert folder.main([*command, "--steps", "10"]) == 0
    assert find_model(tmp_path / "own", "my_slate", OwnMaterialCard).card.version == "2"


def test_it_learns(models: Path, pictures: Path, recipe: Path) -> None:
    rules = with_steps(load_guided_recipe(recipe), 60, turn=False)
    shipped = read_tensors((models / "texture_studio" / "1" / "model.onnx").read_bytes())
    data = prepare_data(read_folder(pictures).pictures, rules.data)
    trainer = FolderTrainer(rules, data, starting_weights(shipped, "noise"))

    def distance() -> float:
        rng = torch.Generator().manual_seed(5)
        batch = trainer.sampler.take([0] * 8, rng)
        with torch.no_grad():
            made = trainer.without_halo(trainer.generator(*trainer.inputs(batch, rng)))
        return float((made - batch.maps).abs().mean())

    before = distance()
    for _ in range(60):
        trainer.step()
    assert distance() < 0.7 * before


def test_a_pause_keeps_everything_and_resume_goes_on_bit_for_bit(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.main([*command, "--steps", "12"]) == 0
    whole = torch.load(tmp_path / "run" / "finished.pt", weights_only=True)

    other = [word.replace(str(tmp_path / "run"), str(tmp_path / "other")) for word in command]
    step = FolderTrainer.step

    def ask_after_five(self: FolderTrainer) -> object:
        if self.steps_done == 4:
            (tmp_path / "other" / "ask").write_text("pause")
        return step(self)

    monkeypatch.setattr(FolderTrainer, "step", ask_after_five)
    assert folder.main([*other, "--steps", "12"]) == 3
    monkeypatch.undo()
    said = json.loads((tmp_path / "other" / "progress.json").read_text())
    assert (said["state"], said["step"], said["steps"]) == ("paused", 5, 12)
    assert folder.main([*other, "--steps", "12", "--resume", "--threads", "1"]) == 0
    parts = torch.load(tmp_path / "other" / "finished.pt", weights_only=True)
    for name, weight in whole["state"]["average"].items():
        assert torch.equal(weight, parts["state"]["average"][name]), name


def test_finish_makes_the_family_of_what_was_learned(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = FolderTrainer.step

    def ask_at_once(self: FolderTrainer) -> object:
        (tmp_path / "run" / "ask").write_text("finish")
        return step(self)

    monkeypatch.setattr(FolderTrainer, "step", ask_at_once)
    assert folder.main([*command, "--steps", "400"]) == 0
    model = find_model(tmp_path / "own", "my_slate", OwnMaterialCard)
    about = json.loads((model.folder / "card.json").read_text(encoding="utf-8"))
    assert about["training"]["steps"] == 1


def test_an_unfinished_training_is_not_overwritten(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.main([*command, "--minutes", "0.0001"]) == 0
    assert folder.main([*command, "--steps", "10"]) == 2
    assert "unfinished training" in capsys.readouterr().err
    assert progress(tmp_path)["state"] == "failed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--images", "/nowhere"], "There is no folder"),
        (["--name", "  "], "1 to 40 characters"),
        (["--steps", "3"], "10 are the least"),
        (["--models", "/nowhere"], "texture_studio is missing"),
        (["--recipe", "/nowhere.toml"], "nowhere.toml"),
        (["--resume"], "no checkpoint"),
    ],
    ids=["folder", "name", "steps", "models", "recipe", "resume"],
)
def test_whatever_is_wrong_is_said_and_nothing_is_made(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert folder.main([*command, *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "own").exists()
    if words[0] != "--name":
        assert said in str(progress(tmp_path)["message"])


def test_missing_packages_are_named_with_the_command(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "PACKAGES", {"torch_that_is_not_there": "torch", "PIL": "pillow"})
    assert folder.main(command) == 2
    message = str(progress(tmp_path)["message"])
    assert "lacks torch" in message
    assert f'"{sys.executable}" -m pip install torch' in message
    assert "pillow" not in message


def test_a_network_of_other_widths_is_refused(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.main([*command, "--recipe", str(RECIPE)]) == 2
    assert "does not fit the recipe" in capsys.readouterr().err


def test_the_starter_runs_by_path_and_refuses_an_old_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = [sys.executable, "-I", str(Path(start.__file__)), "--help"]
    assert "Train a family" in subprocess.run(argv, capture_output=True, text=True, timeout=120).stdout
    monkeypatch.setattr(start, "OLDEST", (9, 9))
    assert start.main(["--run", str(tmp_path)]) == 2
    said = json.loads((tmp_path / "progress.json").read_text())
    assert (said["state"], said["message"].count("9.9 or newer")) == ("failed", 1)


def test_progress_is_written_once_a_second_and_at_every_change(tmp_path: Path) -> None:
    file = ProgressFile(tmp_path)
    for step in range(5):
        file.write(FolderProgress("training", OWN, step, 5))
    assert progress_step(tmp_path) == 0
    file.write(FolderProgress("paused", OWN, 5, 5))
    assert progress_step(tmp_path) == 5


def progress_step(tmp_path: Path) -> int:
    return int(json.loads((tmp_path / "progress.json").read_text())["step"])


@pytest.mark.parametrize(("text", "word"), [("pause", "pause"), ("finish\n", "finish"), ("dance", "")])
def test_what_is_asked_is_heard_once(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "ask").write_text(text)
    assert take_ask(tmp_path) == word
    assert take_ask(tmp_path) == ""
