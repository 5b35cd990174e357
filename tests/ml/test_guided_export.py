"""Export of the guided network: the file paints what torch paints, and the card is what the worker reads."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from PIL import Image

from ml.controls import CENTRES, SCALES
from ml.export import gallery
from ml.export import guided as export
from ml.export.guided_painter import collect_looks, half_precision_difference, inputs_like, open_checkpoint
from ml.export.parity import ParityError, measure_painter_parity, painter_function
from ml.export.to_onnx import PAINTER_OPSET, export_painter
from ml.infer.cards import MaterialCard
from ml.infer.models import find_model
from ml.nets.guided import GuidedConfig, GuidedGenerator, initialise_guided
from ml.protocol import FAMILIES, GenerateMaterial, LayoutWish, LookWish, MaterialResult
from ml.tasks import TaskContext, make_networks, run_task
from ml.train import guided
from ml.train.guided_data import Render, load_renders
from ml.train.guided_recipe import load_guided_recipe
from tests.ml.guided_renders import tiny_recipe, write_render

CONFIG = GuidedConfig(32, generator_channels=(24, 16, 12, 8, 8), discriminator_channels=(8, 12, 16, 24))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("renders")
    for family in ("brick", "sand"):
        for seed in (0, 1):
            write_render(path, family, seed, 32, 32)
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A run of three steps; its checkpoint."""
    path = tmp_path_factory.mktemp("run")
    (path / "tiny.toml").write_text(tiny_recipe(), encoding="utf-8")
    command = ["--recipe", str(path / "tiny.toml"), "--data", str(folder), "--out", str(path / "out")]
    assert guided.main([*command, "--steps", "3"]) == 0
    return path / "out" / "checkpoint.pt"


@pytest.fixture(scope="module")
def renders(folder: Path, run: Path) -> list[Render]:
    return load_renders([folder], load_guided_recipe(run.parents[1] / "tiny.toml").data)[0]


def generator(seed: int = 0) -> GuidedGenerator:
    network = GuidedGenerator(CONFIG)
    initialise_guided(network, torch.Generator().manual_seed(seed))
    return network.eval()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    export_painter(generator(), CONFIG, path)
    return path


def named_inputs(height: int, width: int, seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {
        "guide": rng.random((1, 4, height, width), np.float32),
        "grain": rng.standard_normal((1, 1, height, width), np.float32),
        "local": rng.standard_normal((1, 8, height // 16, width // 16), np.float32),
        "style": rng.standard_normal((1, 32), np.float32),
        "family": np.eye(32, dtype=np.float32)[:1],
        "controls": rng.standard_normal((1, 10), np.float32),
    }


def test_the_file_matches_torch_in_every_size(exported: Path) -> None:
    sizes = [(32, 32), (64, 64), (48, 160), (256, 32)]
    inputs = [named_inputs(height, width, seed) for seed, (height, width) in enumerate(sizes)]
    parity = measure_painter_parity(generator(), exported, inputs)
    assert parity.max_abs_error < parity.allowed
    assert parity.seeds == (0, 1, 2, 3)


def test_a_file_of_other_weights_is_refused(exported: Path) -> None:
    with pytest.raises(ParityError, match="differs"):
        measure_painter_parity(generator(seed=1), exported, [named_inputs(32, 32)])


def test_rolling_the_inputs_rolls_the_files_picture(exported: Path) -> None:
    paint = painter_function(exported)
    inputs = named_inputs(64, 96)
    rolled = {
        name: np.roll(array, (16, 32) if name != "local" else (1, 2), (2, 3)) if array.ndim == 4 else array
        for name, array in inputs.items()
    }
    assert np.abs(np.roll(paint(inputs), (16, 32), (2, 3)) - paint(rolled)).max() < 2e-6


def test_the_graph_is_clean(exported: Path) -> None:
    model = onnx.load(exported)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", PAINTER_OPSET)]
    assert not {node.op_type for node in model.graph.node} & {"If", "Loop", "ScatterND"}
    raw = exported.read_bytes()
    assert str(Path(__file__).parents[2]).encode() not in raw, "no folders of this machine"


def test_one_command_leaves_a_model_that_the_worker_paints_with(
    tmp_path: Path, run: Path, folder: Path
) -> None:
    models, page = tmp_path / "models", tmp_path / "page"
    command = ["--checkpoint", str(run), "--out", str(models), "--page", str(page), "--data", str(folder)]
    assert export.main([*command, "--test", str(folder)]) == 0
    card = find_model(models, "texture_studio", MaterialCard).card
    assert (
        card.sha256 == hashlib.sha256((models / "texture_studio" / "1" / card.file).read_bytes()).hexdigest()
    )
    assert {entry.family for entry in card.looks} == {"brick", "sand"}
    about = json.loads((models / "texture_studio" / "1" / "card.json").read_text())
    assert about["training"]["steps"] == 3
    assert any("stone_wall" in limit for limit in about["limits"]), "untrained families are named"
    assert card.sha256 in (page / "texture_studio.md").read_text()
    with Image.open(page / "texture_studio_samples.jpg") as sheet:
        assert sheet.height == 2 * 34
    request = GenerateMaterial(
        *("a", "brick", "sand", 0.5, 7, 7, 1, "both", 64, 96),
        LookWish(None, None, 0, 1, 0, None),
        LayoutWish(1, (), (), ""),
        *(None, 0.02, ("basecolor", "height"), "cpu", str(tmp_path)),
    )
    result = run_task(request, TaskContext(models, make_networks(), lambda *_: None))
    assert isinstance(result, MaterialResult)
    with Image.open(result.materials[0].maps[0].path) as picture:
        assert picture.size == (64, 96)


def test_looks_are_those_of_the_renders(renders: list[Render]) -> None:
    names = [family.id for family in FAMILIES]
    brick, sand = collect_looks(renders, names)
    assert (brick.family, len(brick.looks), sand.family) == ("brick", 2, "sand")
    own = renders[0].controls * SCALES + CENTRES
    assert brick.looks[0] == pytest.approx(own[:9], abs=1e-3)


def test_half_precision_is_near_and_not_the_same(run: Path, renders: list[Render]) -> None:
    trained = open_checkpoint(run)
    largest, mean = half_precision_difference(trained, [inputs_like(trained.config, renders[0], 0)])
    assert 0 < mean < largest < 0.01


@pytest.mark.parametrize("content", [b"", b"nothing"])
def test_what_is_no_checkpoint_is_named(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "broken.pt").write_bytes(content)
    command = [
        "--checkpoint",
        str(tmp_path / "broken.pt"),
        "--out",
        str(tmp_path / "m"),
        "--data",
        str(folder),
    ]
    assert export.main(command) == 2
    assert "broken.pt" in capsys.readouterr().err


def test_an_export_that_fails_leaves_the_model_that_was_there(
    tmp_path: Path, run: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = tmp_path / "models" / "texture_studio" / "1"
    version.mkdir(parents=True)
    (version / "model.onnx").write_bytes(b"the old one")

    def refuse(*_arguments: object) -> None:
        raise ParityError("differs")

    monkeypatch.setattr(export, "measure_painter_parity", refuse)
    command = ["--checkpoint", str(run), "--out", str(tmp_path / "models"), "--page", str(tmp_path / "page")]
    assert export.main([*command, "--data", str(folder)]) == 3
    assert [path.name for path in version.iterdir()] == ["model.onnx"]
    assert (version / "model.onnx").read_bytes() == b"the old one"


def test_the_gallery_shows_each_family_with_each_seed(tmp_path: Path, run: Path, folder: Path) -> None:
    models = tmp_path / "models"
    command = ["--checkpoint", str(run), "--out", str(models), "--page", str(tmp_path), "--data", str(folder)]
    assert export.main(command) == 0
    out = tmp_path / "gallery.jpg"
    wish = ["--models", str(models), "--families", "brick", "sand", "--seeds", "1", "2", "--size", "64"]
    assert gallery.main([*wish, "--out", str(out)]) == 0
    with Image.open(out) as sheet:
        assert sheet.size == (2 * (2 * 68 + 4), 64 + 28 + 4)
    assert gallery.main(["--models", str(tmp_path / "nothing"), "--out", str(out)]) == 1
