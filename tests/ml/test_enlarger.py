"""The enlarger: begins as interpolation, learns, keeps edges clean, is exported as it is, and names bad data."""

import json
import math
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from PIL import Image

from ml.export import enlarger as export
from ml.export.enlarger_figures import enlarger_metrics, halo, outline
from ml.export.parity import ParityError, measure_painter_parity
from ml.infer.cards import EnlargerCard
from ml.infer.models import find_model, list_models
from ml.nets.enlarger import CleanCutouts, Enlarger, EnlargerConfig
from ml.train import enlarger as train
from ml.train.checkpoint import load_checkpoint
from ml.train.data import DataError
from ml.train.enlarger_data import CropSampler, LargeViews, degraded, load_large_views, reduced, weighed
from ml.train.enlarger_recipe import EnlargerRecipe, load_enlarger_recipe
from ml.train.enlarger_trainer import EnlargerTrainer, decibels, laid_on
from ml.train.recipe import RecipeError
from tests.ml.enlarger_renders import (
    HEIGHT_PX,
    SHIPPED,
    WIDTH_PX,
    tiny_enlarger_recipe,
    write_large_render,
)

SIZE = (HEIGHT_PX, WIDTH_PX)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny recipe, two characters to train on and two held out."""
    path = tmp_path_factory.mktemp("enlarger")
    (path / "tiny.toml").write_text(tiny_enlarger_recipe(), encoding="utf-8")
    for split, seeds in (("train", (0, 1)), ("test", (12, 13))):
        for seed in seeds:
            write_large_render(path / split, seed)
    return path


@pytest.fixture(scope="module")
def recipe(folder: Path) -> EnlargerRecipe:
    return load_enlarger_recipe(folder / "tiny.toml")


@pytest.fixture(scope="module")
def views(folder: Path) -> LargeViews:
    return load_large_views([folder / "train"], 4)[0]


@pytest.fixture(scope="module")
def checkpoint(folder: Path) -> Path:
    """Of a run of three steps."""
    assert train.main(command_line(folder, "run", "--steps", "3")) == 0
    return folder / "run" / "checkpoint.pt"


@pytest.fixture(scope="module")
def shipped(folder: Path, checkpoint: Path) -> Path:
    """A folder with models and pages."""
    places = ["--out", str(folder / "models"), "--page", str(folder / "pages")]
    assert export.main(["--checkpoint", str(checkpoint), "--test", str(folder / "test"), *places]) == 0
    return folder


def command_line(folder: Path, out: str, *more: str) -> list[str]:
    data = ["--data", str(folder / "train"), "--test", str(folder / "test")]
    return ["--recipe", str(folder / "tiny.toml"), *data, "--out", str(folder / out), *more]


def test_an_untrained_network_interpolates_as_torch_does() -> None:
    picture = torch.rand(2, 4, 12, 10, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        large = Enlarger(EnlargerConfig(channels=4, blocks=1))(picture)
    # torch's own has another constant (-0.75), and both keep a slope exactly
    slope = torch.linspace(0, 1, 12)[:, None].expand(1, 4, 12, 10).contiguous()
    with torch.no_grad():
        sloped = Enlarger(EnlargerConfig(channels=4, blocks=1))(slope)
    steps = sloped[0, 0, 12:-12, 20].diff()
    assert large.shape == (2, 4, 48, 40)
    assert steps.min().item() == pytest.approx(1 / 44, abs=1e-5)
    assert steps.max().item() == pytest.approx(1 / 44, abs=1e-5)
    assert large[:, :, 8:-8, 8:-8].mean().item() == pytest.approx(
        picture[:, :, 2:-2, 2:-2].mean().item(), abs=0.02
    )


def test_what_is_shipped_is_a_cutout_whatever_the_network_says() -> None:
    enlarger = Enlarger(EnlargerConfig(channels=4, blocks=1))
    assert enlarger.last.bias is not None
    torch.nn.init.normal_(enlarger.last.bias, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        large = CleanCutouts(enlarger)(torch.rand(1, 4, 8, 8))
    assert large.min() >= 0
    assert large.max() <= 1
    assert (large[:, :3] <= large[:, 3:]).all()


def test_it_learns_to_be_nearer_than_interpolation(recipe: EnlargerRecipe, views: LargeViews) -> None:
    trainer = EnlargerTrainer(recipe, views, views)
    before = trainer.judge()
    for _ in range(120):
        trainer.step()
    assert trainer.judge() > before + 0.3


def test_small_views_are_soft_grainy_and_still_cutouts(recipe: EnlargerRecipe, views: LargeViews) -> None:
    small = reduced(weighed(np.stack(views.pixels)), 4)
    rng = torch.Generator().manual_seed(3)
    painted = degraded(small, recipe.data, rng)
    assert painted.shape == small.shape
    assert painted.min() >= 0
    assert (painted[:, :3] <= painted[:, 3:] + 1e-6).all()
    changed = (painted - small).abs().mean((1, 2, 3))
    assert changed.min() > 0
    assert changed.max() < 0.1
    assert not torch.equal(painted, degraded(small, recipe.data, rng)), "every draw is another"


def test_small_pictures_keep_the_mean_of_what_they_replace(views: LargeViews) -> None:
    large = weighed(np.stack(views.pixels))
    assert reduced(large, 4).mean().item() == pytest.approx(large.mean().item(), abs=1e-6)


def test_crops_show_the_figure_and_half_of_them_its_outline(views: LargeViews) -> None:
    crops = CropSampler(views, 12, 4).draw(24, torch.Generator().manual_seed(0))
    assert crops.shape == (24, 4, 48, 48)
    assert (crops[:, 3].amax((1, 2)) > 0).all()
    edges = ((crops[1::2, 3] > 0) & (crops[1::2, 3] < 1)).flatten(1).any(1)
    assert edges.all()


def test_every_folder_has_its_share_of_a_batch(tmp_path: Path, folder: Path) -> None:
    write_large_render(tmp_path, 5)
    views, _ = load_large_views([folder / "train", tmp_path], 4)
    assert views.folders == (0, 0, 0, 0, 1, 1)
    only = LargeViews(
        tuple(p if f else p // 2 for p, f in zip(views.pixels, views.folders, strict=True)), views.folders
    )
    crops = CropSampler(only, 8, 4).draw(8, torch.Generator().manual_seed(0))
    # halved pixels are nowhere solid
    solid = (crops[:, 3] > 0.6).flatten(1).any(1)
    assert solid.tolist() == [False, False, True, True] * 2


def test_a_resumed_run_goes_on_bit_for_bit(folder: Path, checkpoint: Path) -> None:
    assert train.main(command_line(folder, "whole", "--steps", "5")) == 0
    assert train.main(command_line(folder, "run", "--steps", "5", "--resume")) == 0
    first, second = (
        load_checkpoint(folder / name / "checkpoint.pt", "character_enlarger") for name in ("whole", "run")
    )
    for name, weight in first["state"]["average"].items():
        assert torch.equal(weight, second["state"]["average"][name]), name
    assert len(second["history"]) == 5
    with Image.open(folder / "whole" / "sheets" / "step_000005.png") as sheet:
        assert sheet.size == (3 * (WIDTH_PX // 2 + 2), 4 * (WIDTH_PX // 2 + 2))


def test_the_worker_finds_the_model_and_it_matches_torch(shipped: Path, checkpoint: Path) -> None:
    models, problems = list_models(shipped / "models")
    assert (len(models), problems) == (1, ())
    model = find_model(shipped / "models", "character_enlarger", EnlargerCard)
    assert (model.card.task, model.card.factor, model.card.families) == ("enlarging", 4, ())
    enlarger = export.open_enlarger(checkpoint).enlarger
    picture = {"pictures": np.random.default_rng(0).random((1, 4, 30, 22), np.float32)}
    file = model.folder / model.card.file
    assert measure_painter_parity(CleanCutouts(enlarger), file, [picture], "large").max_abs_error < 1e-4
    assert enlarger.last.bias is not None
    enlarger.last.bias.data += 0.1
    with pytest.raises(ParityError, match="differs"):
        measure_painter_parity(CleanCutouts(enlarger), file, [picture], "large")
    assert not {node.op_type for node in onnx.load(file).graph.node} & {"If", "Loop", "Resize"}


def test_the_card_has_figures_beside_interpolation(shipped: Path) -> None:
    card = json.loads((shipped / "models" / "character_enlarger" / "1" / "card.json").read_text())
    rows = {row["id"]: row for row in card["metrics"]["rows"]}
    assert len(rows) == 10
    assert rows["psnr_clean"]["generated"] > 10
    assert rows["psnr_clean"]["real"] > rows["psnr_painted"]["real"]
    assert 0 < rows["halo_white_clean"]["generated"] < 100
    page = (shipped / "pages" / "character_enlarger.md").read_text(encoding="utf-8")
    assert "| figure | network | Lanczos |" in page
    assert (shipped / "pages" / "character_enlarger_samples.png").is_file()


def test_a_dark_rim_is_a_halo_on_white_and_a_bright_one_on_black(views: LargeViews) -> None:
    real = weighed(views.pixels[0])
    edge = outline(real)
    assert 0 < edge.float().mean() < 0.5
    assert halo(real, real, 1.0) == 0
    dark, bright = real.clone(), real.clone()
    dark[:3, edge] = 0
    bright[:3, edge] = real[3, edge]
    assert halo(dark, real, 1.0) > 0.01
    assert halo(bright, real, 0.0) > 0.01
    # a rim that is grown by a pixel shows on every ground that is not of its colour
    grown = real.clone()
    grown[3] = torch.nn.functional.max_pool2d(real[None, 3:], 3, 1, 1)[0, 0]
    assert halo(grown, real, 1.0) > 0.01


def test_figures_know_good_from_bad(views: LargeViews, recipe: EnlargerRecipe) -> None:
    def repeated(view: torch.Tensor) -> torch.Tensor:
        return view.repeat_interleave(4, 1).repeat_interleave(4, 2)

    def interpolated(view: torch.Tensor) -> torch.Tensor:
        return train.interpolated(view, 4)

    rows = {row.id: row for row in enlarger_metrics(repeated, interpolated, views, 4, recipe.data).rows}
    assert rows["psnr_clean"].generated < rows["psnr_clean"].real
    assert rows["alpha_clean"].generated > rows["alpha_clean"].real
    assert rows["psnr_clean"].generated > rows["psnr_painted"].generated


def test_decibels_are_those_of_the_figures_box() -> None:
    real = torch.zeros(4, 20, 20)
    real[:, 5:15, 5:15] = 0.5
    made = real.clone()
    made[:3, 5:15, 5:15] += 0.1
    assert decibels(made, real) == pytest.approx(20, abs=1e-3)
    assert decibels(real, real) == 100
    assert math.isclose(float(laid_on(real, 1.0)[0, 0, 0]), 1.0)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("no picture", "FileNotFoundError"),
        ("text for a picture", "UnidentifiedImageError"),
        ("another size", "pixels, not"),
        ("no json", "JSONDecodeError"),
        ("no views", "KeyError"),
        ("a list", "no object"),
        ("text for a size", "ValueError"),
    ],
)
def test_a_render_that_cannot_be_used_is_named(tmp_path: Path, damage: str, words: str) -> None:
    write_large_render(tmp_path, 0)
    bad = write_large_render(tmp_path, 1)
    truth = json.loads(bad.read_text())
    picture = bad.with_suffix(".png")
    if damage == "no picture":
        picture.unlink()
    elif damage == "text for a picture":
        picture.write_text("nothing")
    elif damage == "another size":
        Image.new("RGBA", (10, 10)).save(picture)
    elif damage == "no json":
        bad.write_text("{")
    elif damage == "a list":
        bad.write_text("[]")
    else:
        changes = {"no views": {"views": None}, "text for a size": {"size_px": "wide"}}[damage]
        bad.write_text(
            json.dumps({key: value for key, value in (truth | changes).items() if value is not None})
        )
    views, skipped = load_large_views([tmp_path], 4)
    assert len(views.pixels) == 2
    assert len(skipped) == 1
    assert words in skipped[0]


def test_folders_and_sizes_that_cannot_be_used_are_refused(
    tmp_path: Path, folder: Path, views: LargeViews, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DataError, match="no folder"):
        load_large_views([tmp_path / "absent"], 4)
    with pytest.raises(DataError, match="no usable character"):
        load_large_views([tmp_path], 4)
    with pytest.raises(DataError, match="cannot be made 5 times smaller"):
        load_large_views([folder / "train"], 5)
    with pytest.raises(DataError, match="smaller than a crop"):
        CropSampler(views, 17, 4)
    with pytest.raises(DataError, match="empty"):
        CropSampler(LargeViews((np.zeros((*SIZE, 4), np.uint8),), (0,)), 8, 4)
    (tmp_path / "broken.pt").write_bytes(b"nothing")
    wrote = ["--test", str(folder / "test"), "--out", str(tmp_path / "models")]
    assert export.main(["--checkpoint", str(tmp_path / "broken.pt"), *wrote]) == 2
    assert "damaged or no checkpoint" in capsys.readouterr().err
    assert train.main([*command_line(folder, "none"), "--data", str(tmp_path / "absent")]) == 2
    assert "there is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("crop_px = 24", "crop_px = 4", "crop_px is 8 to 256"),
        ("grain = 0.03", "grain = 2.0", "grain, stain and lattice"),
        ("factor = 4", "factor = 1", "factor 2 to 8"),
        ("channels = 24", 'channels = "many"', "channels: expected int"),
        ("batch = 12", "batch = 0", "batch and learning_rate are positive"),
        ("alpha = 1.0", "alpha = 1.0\nbeta = 2", "unknown beta"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError, match=words):
        load_enlarger_recipe(path)


def test_the_shipped_recipe_is_valid() -> None:
    assert load_enlarger_recipe(SHIPPED).net.factor == 4
