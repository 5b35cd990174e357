"""The random parameters of a material, and that nothing but numpy is needed to draw them."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ml.layouts_noise import fractal_noise
from ml.layouts_scatter import Items, scatter
from ml.materials.params import HELD_OUT_FROM, Params, Split

REPOSITORY = Path(__file__).resolve().parents[2]


def drawn(seed: int, split: Split = "train") -> dict[str, float | str]:
    params = Params((3, seed), split)
    params.range("gap", 0.1, 0.3)
    params.count("rows", 2, 9)
    params.pick("kind", ("oak", "pine", "birch"))
    params.chance("wet", 0.5)
    params.colour("clay", (-0.01, 0.07), (0.3, 0.8), (0.3, 0.8))
    params.integer_seed()
    return params.values


def test_params_needs_no_blender() -> None:
    program = "import sys, ml.materials.params; sys.exit('bpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY).returncode == 0


def test_the_same_seed_draws_the_same_parameters() -> None:
    assert drawn(7) == drawn(7)


def test_another_seed_family_or_split_draws_others() -> None:
    values = [drawn(7), drawn(8), drawn(7, "test")]
    assert len({str(value) for value in values}) == 3
    assert Params((1, 7), "train").free(0, 1) != Params((2, 7), "train").free(0, 1)


def test_every_named_parameter_is_recorded() -> None:
    expected = {"gap", "rows", "kind", "wet", "clay_hue", "clay_saturation", "clay_value"}
    assert set(drawn(0)) == expected


def places(split: Split) -> np.ndarray:
    return np.array([Params((0, seed), split).range("x", 2.0, 4.0) / 2.0 - 1.0 for seed in range(400)])


def test_training_never_draws_from_the_held_out_part() -> None:
    train = places("train")
    assert train.min() >= 0.0
    assert train.max() <= HELD_OUT_FROM
    assert train.max() > HELD_OUT_FROM - 0.05


def test_the_test_split_draws_half_its_ranges_from_the_held_out_part() -> None:
    held_out = (places("test") > HELD_OUT_FROM).mean()
    assert held_out == pytest.approx(0.5, abs=0.1)
    assert places("test").max() <= 1.0


def test_counts_and_picks_stay_inside_and_reach_both_ends() -> None:
    counts = {Params((0, seed), "train").count("rows", 2, 5) for seed in range(100)}
    assert counts == {2, 3, 4, 5}
    picks = {Params((0, seed), "train").pick("kind", ("a", "b")) for seed in range(40)}
    assert picks == {"a", "b"}


@pytest.mark.parametrize("split", ["train", "test"])
def test_colours_are_linear_rgb_in_gamut(split: Split) -> None:
    for seed in range(100):
        colour = Params((0, seed), split).colour("any", (-0.2, 1.2), (0.0, 1.0), (0.0, 1.0))
        assert all(0.0 <= channel <= 1.0 for channel in colour)


def test_a_colour_is_turned_from_srgb_to_linear() -> None:
    grey = Params((0, 0), "train").colour("grey", (0.0, 0.0), (0.0, 0.0), (0.5, 0.5))
    assert grey == pytest.approx((0.2140, 0.2140, 0.2140), abs=1e-4)


def seam_ratio(picture: np.ndarray) -> float:
    """Step across the border over the mean step inside, both directions; 1 is perfect."""
    across = np.abs(picture[:, 0] - picture[:, -1]).mean() / np.abs(np.diff(picture, axis=1)).mean()
    down = np.abs(picture[0] - picture[-1]).mean() / np.abs(np.diff(picture, axis=0)).mean()
    return float(max(across, down))


def test_noise_is_periodic_centred_and_the_same_at_every_size() -> None:
    small, large = (fractal_noise(px, 3.0, 11, detail=2) for px in (128, 512))
    assert seam_ratio(small) < 1.5
    assert small.mean() == pytest.approx(0.5, abs=0.02)
    assert np.corrcoef(small[::8, ::8].ravel(), large[::32, ::32].ravel())[0, 1] > 0.97
    assert not np.allclose(small, fractal_noise(128, 3.0, 12, detail=2))


def test_noise_refuses_sizes_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="power of two"):
        fractal_noise(100, 3.0, 0)


@pytest.mark.parametrize("shape", ["ovate", "lobed", "maple", "blade", "pebble", "stroke"])
def test_scattered_items_are_periodic_layered_and_repeatable(shape: str) -> None:
    items = Items(60, shape, (0.2, 0.3), (0.3, 0.5), 0.1)  # type: ignore[arg-type]
    layered = scatter(96, items, 5)
    again = scatter(96, items, 5)
    assert np.array_equal(layered.depth, again.depth)
    for depth in (layered.depth, layered.depth.T):
        inside = np.abs(np.diff(depth, axis=0)).mean(axis=1)
        assert np.abs(depth[0] - depth[-1]).mean() < 1.3 * inside.max(), "the border is like any other line"
    for picture in (*(layered.relief.edge, layered.relief.cell, layered.relief.slope), layered.layout.edge):
        assert picture.dtype == np.float32
        assert 0.0 <= picture.min() <= picture.max() <= 1.0
    assert len(np.unique(layered.depth)) > 30, "most items show"
    covered = layered.depth > 0
    assert (layered.layout.cell[~covered] == 0).all()
    assert covered.mean() > 0.3
