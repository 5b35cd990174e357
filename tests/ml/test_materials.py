"""Material recipes in numpy: guides that tile, obey what is wanted, and look alike at every size."""

import numpy as np
import pytest

from ml.families import FAMILIES, FAMILY_INDEX
from ml.materials import families
from ml.materials.arrays import ArrayGraph
from ml.materials.params import Params
from ml.materials.recipe import RECIPES, outline

PX = 64
assert families.__all__, "importing the package registers the recipes"


def drawn(family: str, params: Params, px: int = PX) -> np.ndarray:
    """The guide (px, px, 4)."""
    graph = ArrayGraph(px, params)
    guide = RECIPES[family](graph, params, px).guide
    parts = (guide.relief, guide.cell, guide.detail, guide.wear)
    return np.stack([graph.array(part) for part in parts], axis=-1)


def params(family: str, seed: int, **more: object) -> Params:
    return Params((FAMILY_INDEX[family], seed), "train", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("family", sorted(RECIPES))
def test_every_guide_is_drawn_without_blender_tiles_and_repeats(family: str) -> None:
    guide = drawn(family, params(family, 2))
    assert guide.dtype == np.float32
    assert guide.min() >= -0.05
    assert guide.max() <= 1.05
    assert guide[..., 0].std() > 0.03, "the relief says something"
    assert np.array_equal(guide, drawn(family, params(family, 2)))
    assert not np.array_equal(guide, drawn(family, params(family, 3)))
    for picture in (guide[..., 0], guide[..., 0].T):
        steps = np.abs(np.diff(picture, axis=0)).mean(axis=1)
        assert np.abs(picture[0] - picture[-1]).mean() <= 1.2 * steps.max(), (
            "the border is like any other line"
        )


@pytest.mark.parametrize("family", ["brick", "marble", "scales", "sand", "knit", "wood_grain"])
def test_a_guide_shows_the_same_at_every_size(family: str) -> None:
    small, large = (drawn(family, params(family, 5), px)[..., 0] for px in (64, 256))
    shrunk = large.reshape(64, 4, 64, 4).mean(axis=(1, 3))
    assert np.corrcoef(small.ravel(), shrunk.ravel())[0, 1] > 0.9


def test_what_is_wanted_overrides_what_is_drawn_and_nothing_else() -> None:
    free, bound = params("brick", 7), params("brick", 7, wanted={"half_rows": 3, "cheese": 1.0})
    drawn("brick", free)
    drawn("brick", bound)
    assert bound.values["half_rows"] == 3 != free.values["half_rows"]
    same = set(free.values) - {"half_rows"}
    assert {name: free.values[name] for name in same} == {name: bound.values[name] for name in same}


def test_what_is_wanted_stays_within_what_the_recipe_knows() -> None:
    bound = params("ceramic_tiles", 7, wanted={"kind": "cheese", "gap": 9.0})
    drawn("ceramic_tiles", bound)
    assert bound.values["gap"] == 0.15
    assert bound.values["kind"] != "cheese"
    hexagons = params("ceramic_tiles", 7, wanted={"kind": "hexagon", "columns": 99})
    drawn("ceramic_tiles", hexagons)
    assert (hexagons.values["kind"], hexagons.values["columns"]) == ("hexagon", 7)


WORN = [
    family.id
    for family in FAMILIES
    if family.id not in ("marble", "granite", "terrazzo", "wood_grain", "knit", "lava")
]


@pytest.mark.parametrize("family", WORN)
def test_more_wear_shows_more_of_it(family: str) -> None:
    means = [drawn(family, params(family, 4, wear_place=place))[..., 3].mean() for place in (0.0, 0.5, 1.0)]
    assert means == sorted(means)
    assert means[2] > means[0] or family in ("fur", "plaster"), means


def test_the_border_of_a_gap_is_a_quarter_however_wide_it_is() -> None:
    graph = ArrayGraph(PX, params("brick", 0))
    for gap in (0.1, 0.4):
        line = graph.array(outline(graph.u, gap))[0]
        at_border = np.interp(gap, (np.arange(PX) + 0.5) / PX, line)
        assert at_border == pytest.approx(0.25, abs=0.01)
        assert line[-1] == pytest.approx(1.0, abs=0.02)


def test_colours_are_not_followed() -> None:
    graph = ArrayGraph(PX, params("brick", 0))
    colour = graph.mix((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), graph.u)
    with pytest.raises(ValueError, match="colour"):
        graph.array(graph.math("ADD", colour, 1.0))
