"""From a checkpoint to a model folder: the file is what the network is, and the card says what the file is."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from PIL import Image

from ml.export import dcgan as export
from ml.export.metrics import Pictures, measure
from ml.export.parity import SEEDS, THRESHOLD, ParityError, measure_parity, onnx_function, seeded_latents
from ml.export.to_onnx import OPSET, export_generator, scale_code
from ml.infer.cards import TextureCard
from ml.infer.models import find_model
from ml.nets.dcgan import DCGANConfig, Generator, initialise
from ml.nets.material_classifier import ClassifierConfig, MaterialClassifier
from ml.train import classifier, dcgan
from ml.train.calibration import measure_statistics

from .test_dcgan_training import RECIPE_TOML

SMALL = DCGANConfig(generator_channels=(16, 12, 8, 8))


def small_generator(seed: int = 0) -> Generator:
    """Random weights with statistics of its own."""
    generator = Generator(SMALL)
    initialise(generator, torch.Generator().manual_seed(seed))
    measure_statistics(generator, torch.arange(32), 68, 32, 1.0, batches=2)
    return generator


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    export_generator(small_generator(), 100, path)
    return path


def test_the_file_matches_torch(exported: Path) -> None:
    parity = measure_parity(small_generator(), exported, seeded_latents(SEEDS, 68, 32, 32))
    assert parity.max_abs_error < THRESHOLD
    assert parity.seeds == SEEDS


def test_a_file_of_other_weights_is_refused(exported: Path) -> None:
    with pytest.raises(ParityError, match="differs"):
        measure_parity(small_generator(seed=1), exported, seeded_latents(SEEDS, 68, 32, 32))


def test_the_graph_is_clean_and_its_axes_are_named(exported: Path) -> None:
    model = onnx.load(exported)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", OPSET)]
    assert [node.op_type for node in model.graph.node] == ["ConvTranspose", "Relu"] * 4 + [
        "ConvTranspose",
        "Tanh",
    ]

    def axes(value: onnx.ValueInfoProto) -> list[str | int]:
        return [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim]

    assert [(value.name, axes(value)) for value in model.graph.input] == [("latent", ["batch", 100, 1, 1])]
    assert [(value.name, axes(value)) for value in model.graph.output] == [("image", ["batch", 3, 64, 64])]
    assert not any(weight.external_data for weight in model.graph.initializer)
    raw = exported.read_bytes()
    assert str(Path(__file__).parents[2]).encode() not in raw, "no folders of this machine"
    assert b"stack_trace" not in raw


def test_the_same_weights_give_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    export_generator(small_generator(), 100, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == exported.read_bytes()


def test_the_training_scale_of_the_code_is_folded_into_the_weights() -> None:
    generator = small_generator()
    latents = torch.from_numpy(seeded_latents(range(4), 68, 32, 32))
    scaled = latents.clone()
    scaled[:, 68:] *= 5
    with torch.no_grad():
        expected = generator(scaled)
        scale_code(generator, 68, 5.0)
        assert torch.allclose(generator(latents), expected, atol=1e-6)


def test_measured_statistics_make_single_pictures_look_as_in_training() -> None:
    generator = small_generator()
    latents = torch.from_numpy(seeded_latents(range(512), 68, 32, 32))
    with torch.no_grad():
        one_by_one = generator(latents)
        together = generator.train()(latents)
    assert (one_by_one - together).abs().mean() < 0.05 * together.std()


def test_one_command_leaves_a_model_that_the_worker_accepts(tmp_path: Path, picture_folder: Path) -> None:
    recipe, run = tmp_path / "recipe.toml", tmp_path / "run"
    recipe.write_text(RECIPE_TOML)
    folders = ["--data", str(picture_folder), "--test", str(picture_folder)]
    assert dcgan.main(["--recipe", str(recipe), *folders[:2], "--out", str(run), "--steps", "2"]) == 0
    ruler = tmp_path / "classifier.pt"
    arguments = [*folders, "--out", str(ruler), "--pattern", "*.png", "--steps", "5"]
    assert classifier.main(arguments) == 0
    models, page = tmp_path / "models", tmp_path / "page"
    arguments = ["--checkpoint", str(run / "checkpoint.pt"), "--out", str(models), "--page", str(page)]
    assert export.main([*arguments, *folders, "--classifier", str(ruler)]) == 0

    model = find_model(models, "tiny", TextureCard)
    assert model.card.latent.noise_channels + model.card.latent.code_channels == 100
    card = json.loads((models / "tiny" / "1" / "card.json").read_text())
    data = (models / "tiny" / "1" / "model.onnx").read_bytes()
    assert card["sha256"] == hashlib.sha256(data).hexdigest()
    assert card["training"]["steps"] == 2
    assert card["training"]["recipe"]["optimiser"]["batch"] == 4
    assert {row["id"] for row in card["metrics"]["rows"]} >= {"class_accuracy", "filmai_fid"}
    assert any("stone_wall" in limit for limit in card["limits"]), "untrained families are named"
    text = (page / "tiny.md").read_text()
    assert card["sha256"] in text
    with Image.open(page / "tiny_samples.png") as sheet:
        assert sheet.height == 2 * 66, "one row for each family that had pictures"


def test_an_export_that_fails_leaves_the_model_that_was_there(
    tmp_path: Path, picture_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, run, folder = tmp_path / "recipe.toml", tmp_path / "run", tmp_path / "models" / "tiny" / "1"
    recipe.write_text(RECIPE_TOML)
    command = ["--recipe", str(recipe), "--data", str(picture_folder), "--out", str(run), "--steps", "1"]
    assert dcgan.main(command) == 0
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"the old one")

    def refuse(*_arguments: object) -> None:
        raise ParityError("differs")

    monkeypatch.setattr(export, "measure_parity", refuse)
    trained = export.open_checkpoint(run / "checkpoint.pt")
    with pytest.raises(ParityError):
        export.write_model(trained, folder, tmp_path / "page", "", export.Sources(None, None, None))
    assert [path.name for path in folder.iterdir()] == ["model.onnx"]
    assert (folder / "model.onnx").read_bytes() == b"the old one"


def test_an_absent_checkpoint_is_an_error(tmp_path: Path) -> None:
    assert export.main(["--checkpoint", str(tmp_path / "none.pt"), "--out", str(tmp_path)]) == 2


def test_figures_tell_copies_and_noise_from_new_pictures() -> None:
    """Copies of the training pictures are at distance 0 and fully diverse; one picture repeated is not diverse."""
    rng = np.random.default_rng(0)
    base = rng.integers(0, 256, (24, 3, 8, 8), dtype=np.uint8).repeat(8, 2).repeat(8, 3)
    classes = torch.arange(2).repeat_interleave(12)
    train = Pictures(torch.from_numpy(base), classes)
    copies = Pictures(train.images.roll((16, 8), (2, 3)), classes)
    same = Pictures(train.images[[0] * 12 + [12] * 12], classes)
    torch.manual_seed(0)
    ruler = MaterialClassifier(ClassifierConfig(2)).eval()

    def figures(generated: Pictures) -> dict[str, float | None]:
        rows = measure(generated, train, train, ruler, ("a", "b")).rows
        return {row.id: row.generated for row in rows}

    copied, repeated = figures(copies), figures(same)
    assert copied["nearest_training"] == pytest.approx(0, abs=1e-3)
    assert copied["diversity_ratio"] == pytest.approx(1, abs=0.02)
    assert repeated["diversity_ratio"] == pytest.approx(0, abs=1e-3)
    assert repeated["filmai_fid"] > copied["filmai_fid"]  # type: ignore[operator]
    noise = Pictures(torch.randint(0, 256, (24, 3, 64, 64), dtype=torch.uint8), classes)
    assert figures(noise)["nearest_training"] > 0.1  # type: ignore[operator]


def test_the_file_takes_any_batch(exported: Path) -> None:
    run = onnx_function(exported)
    latents = seeded_latents(range(5), 68, 32, 32)
    assert run(latents).shape == (5, 3, 64, 64)
    assert np.allclose(run(latents[3:4])[0], run(latents)[3], atol=1e-5)
