"""The bench of the texture studio's figures: what it asks a painter to do, and its command line."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench import material_quality as bench
from ml.colour import linear_to_srgb, oklab_to_linear
from ml.controls import Controls
from ml.train.guided_data import Render, load_renders
from ml.train.guided_recipe import load_guided_recipe
from tests.ml.guided_renders import write_render

BARE = Path(bench.__file__).parents[1] / "ml" / "models"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two whole renders of two families."""
    path = tmp_path_factory.mktemp("renders")
    for family in ("brick", "sand"):
        for seed in (0, 1):
            write_render(path, family, seed, 128, 128)
    return path


@pytest.fixture(scope="module")
def renders(folder: Path) -> list[Render]:
    """In looks of their own, with colours that a screen can show."""
    rng = np.random.default_rng(0)
    loaded, _ = load_renders([folder], load_guided_recipe(bench.RECIPE).data)
    return [
        Render(own.family, own.whole, own.pixels, rng.normal(0, 0.3, 10).astype(np.float32)) for own in loaded
    ]


def obedient(renders: Sequence[Render], _seeds: Sequence[int]) -> np.ndarray:
    """Paints one colour, as it was told, darker where there is wear."""
    painted = []
    for render in renders:
        told = Controls.of_vector(render.controls)
        maps = np.zeros((6, 128, 128), np.float32)
        worn = 1 - 0.5 * render.pixels[9] / np.float32(255)
        maps[:3] = linear_to_srgb(oklab_to_linear(told.base))[:, None, None] * worn
        maps[4], maps[5] = told.roughness, told.metallic
        painted.append(maps)
    return np.stack(painted)


def test_every_layout_is_painted_in_another_look_of_its_family(renders: list[Render]) -> None:
    changed = bench.told_otherwise(renders)
    assert [render.family for render in changed] == sorted(render.family for render in renders)
    for render in changed:
        (own,) = [other for other in renders if other.pixels is render.pixels]
        assert not np.array_equal(own.controls, render.controls)
    assert {render.controls.tobytes() for render in changed} == {r.controls.tobytes() for r in renders}


def test_wear_alone_changes_within_a_group(renders: list[Render]) -> None:
    changed, wear, groups = bench.worn(renders)
    assert wear == list(bench.WEAR_PLACES) * len(set(groups))
    for group in set(groups):
        own = [render for render, number in zip(changed, groups, strict=True) if number == group]
        assert len({(render.family, render.controls.tobytes()) for render in own}) == 1
        assert len({render.pixels.tobytes() for render in own}) > 1


def test_an_obedient_painter_is_seen_to_obey(renders: list[Render]) -> None:
    followed = bench.wear_shown(obedient, renders)
    assert followed.asked.min() > 0, "without wear there is nothing to be far from"
    correlation = followed.correlation()
    assert correlation is not None
    assert correlation > 0.8
    unworn = [Render(r.family, r.whole, r.pixels & np.uint8(0), r.controls) for r in renders]
    told = bench.obedience_of(obedient, unworn)
    assert np.abs(told.base_asked - told.base_got).max() < 1e-2
    assert np.allclose(told.roughness.asked, told.roughness.got, atol=1e-3)
    assert np.allclose(told.metallic.asked, told.metallic.got, atol=1e-3)


def test_one_command_prints_the_table(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.export.material_metrics.HALVINGS", 2)
    monkeypatch.setattr("ml.export.material_metrics.SLICED_HALVINGS", 1)
    monkeypatch.setattr(bench, "STUDIO", "none_of_that_name")
    command = ["--train", str(folder), "--test", str(folder)]
    assert bench.main([*command, "--json"]) == 0
    out, err = capsys.readouterr()
    assert "no model none_of_that_name" in err
    rows = json.loads(out)
    assert len(rows) == 14
    assert all(row["ours"] is None and row["met"] is None for row in rows)
    assert all(row["reference"] is not None for row in rows[:9])
    assert bench.main(command) == 0
    assert "FilmAI-KID" in capsys.readouterr().out


@pytest.mark.parametrize("missing", ["--train", "--test", "--classifier", "--models"])
def test_what_is_missing_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    places = {"--train": folder, "--test": folder, "--classifier": bench.CLASSIFIER, "--models": BARE}
    places[missing] = tmp_path / "nothing"
    assert bench.main([word for name, path in places.items() for word in (name, str(path))]) == 2
    assert "nothing" in capsys.readouterr().err
