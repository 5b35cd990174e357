"""The texture studio's table of figures: on sets made so that its values are known."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from ml.colour import linear_to_oklab, srgb_to_linear
from ml.export.material_metrics import Sets, quality_rows, reduced, taken
from ml.export.metrics import Pictures
from ml.export.obedience import Followed, Obedience, obedience_rows
from ml.export.quality import QualityRow
from ml.nets.material_classifier import ClassifierConfig, MaterialClassifier

FAMILIES = 3


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Fewer halvings: what they are a mean of is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ml.export.material_metrics.HALVINGS", 12)
        patch.setattr("ml.export.material_metrics.SLICED_HALVINGS", 2)
        yield


@pytest.fixture(scope="module")
def ruler() -> MaterialClassifier:
    """Untrained: its features tell colours apart, and that is enough."""
    torch.manual_seed(0)
    return MaterialClassifier(ClassifierConfig(FAMILIES)).eval()


def squares(per_family: int, seed: int, coarse: int = 4, tint: int = 0) -> Pictures:
    """Random squares; each family has a mean colour of its own, to which ``tint`` is added."""
    rng = np.random.default_rng(seed)
    side = 64 // coarse
    images = rng.integers(0, 120, (FAMILIES, per_family, 3, side, side)).repeat(coarse, 3).repeat(coarse, 4)
    images[np.arange(FAMILIES), :, np.arange(FAMILIES)] += 60
    classes = torch.arange(FAMILIES).repeat_interleave(per_family)
    return Pictures(torch.from_numpy((images + tint).reshape(-1, 3, 64, 64).astype(np.uint8)), classes)


def figures(sets: Sets, ruler: MaterialClassifier) -> dict[str, QualityRow]:
    return {row.id: row for row in quality_rows(sets, ruler)}


@pytest.fixture(scope="module")
def alike(ruler: MaterialClassifier) -> dict[str, QualityRow]:
    """Ours are as the held-out ones; the reference's have another colour and grain, and vary less."""
    poor = squares(1, 8, coarse=16, tint=70)
    repeated = Pictures(poor.images.repeat_interleave(8, 0), poor.classes.repeat_interleave(8))
    sets = Sets(ours=squares(8, 1), reference=repeated, train=squares(12, 2), held_out=squares(8, 3))
    return figures(sets, ruler)


def test_every_figure_is_there_with_all_columns_and_where_its_floor_is_from(
    alike: dict[str, QualityRow],
) -> None:
    assert list(alike) == [
        *("filmai_kid", "sliced_wasserstein_64", "sliced_wasserstein_32", "sliced_wasserstein_16"),
        *("class_accuracy", "nearest_neighbour", "diversity", "nearest_training", "seam_ratio"),
        *("base_colour", "rank_contrast", "rank_roughness", "rank_metallic", "rank_wear"),
    ]
    for row in list(alike.values())[:9]:
        assert row.ours is not None
        assert row.reference is not None
        assert row.floor is not None
        assert row.met is not None
        assert (row.training is None) == (row.id == "nearest_training"), "training renders are in training"
        assert "held-out" in row.floor_is
    assert "12 times" in alike["filmai_kid"].floor_is
    assert "2 times" in alike["sliced_wasserstein_32"].floor_is
    assert all(row.ours is None and row.met is None for row in list(alike.values())[9:]), (
        "nothing was painted"
    )


@pytest.mark.parametrize(
    "name", ["filmai_kid", "sliced_wasserstein_64", "sliced_wasserstein_32", "nearest_neighbour"]
)
def test_pictures_from_the_same_source_are_near_the_floor_and_others_far(
    alike: dict[str, QualityRow], name: str
) -> None:
    row = alike[name]
    assert row.ours is not None
    assert row.reference is not None
    assert row.floor is not None
    assert abs(row.ours - row.floor) < 0.5 * (row.reference - row.floor)


def test_ratios_are_one_for_the_same_source_and_small_for_repeated_pictures(
    alike: dict[str, QualityRow],
) -> None:
    assert alike["diversity"].floor == alike["class_accuracy"].floor == 1
    assert alike["diversity"].ours == pytest.approx(1, abs=0.05)
    assert alike["diversity"].met
    assert alike["diversity"].reference == pytest.approx(0, abs=1e-6)
    assert alike["seam_ratio"].ours == pytest.approx(alike["seam_ratio"].floor, abs=0.3)


def test_copies_of_training_pictures_are_found(ruler: MaterialClassifier) -> None:
    train, held_out = squares(8, 2, coarse=8), squares(8, 3, coarse=8)
    shifted = Pictures(train.images.roll((4, 10), (2, 3)), train.classes)
    row = figures(Sets(shifted, None, train, held_out), ruler)["nearest_training"]
    assert row.ours == pytest.approx(0, abs=1e-3)
    assert row.met is False
    assert row.reference is None
    assert row.floor is not None
    assert row.floor > 0.05
    row = figures(Sets(squares(8, 1, coarse=8), None, train, held_out), ruler)["nearest_training"]
    assert row.met


def test_a_painting_is_never_compared_with_the_render_it_was_told_of(ruler: MaterialClassifier) -> None:
    """A painter that gave every held-out render back would be at the floor, not below."""
    held_out = squares(8, 3)
    rows = figures(Sets(held_out, None, squares(8, 2), held_out), ruler)
    for name in ("filmai_kid", "nearest_neighbour", "sliced_wasserstein_16"):
        assert rows[name].ours == rows[name].floor


def test_the_same_sets_give_the_same_table(ruler: MaterialClassifier) -> None:
    sets = Sets(squares(4, 1), None, squares(6, 2), squares(4, 3))
    assert quality_rows(sets, ruler) == quality_rows(sets, ruler)


def test_pictures_are_reduced_by_area_and_keep_their_mean() -> None:
    picture = torch.zeros(1, 3, 128, 128, dtype=torch.uint8)
    picture[..., ::2] = 200
    assert reduced(picture).unique().tolist() == [100]
    same = squares(1, 0).images
    assert torch.equal(reduced(same), same)
    for height, width in ((96, 96), (128, 64), (32, 32)):
        with pytest.raises(ValueError, match="64 by area"):
            reduced(torch.zeros(1, 3, height, width, dtype=torch.uint8))


def test_pictures_are_taken_by_family_and_none_twice() -> None:
    pool = squares(5, 0)
    classes = torch.tensor([2, 0, 2, 1])
    first = taken(pool, classes)
    assert torch.equal(first.classes, classes)
    assert torch.equal(first.images, pool.images[[10, 0, 11, 5]])
    everything = taken(pool, pool.classes.flip(0), np.random.default_rng(0))
    assert len(everything.images.flatten(1).unique(dim=0)) == 15
    with pytest.raises(ValueError, match="6 pictures of class 0 are needed, there are 5"):
        taken(pool, torch.zeros(6, dtype=torch.int64))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda full: Sets(full.ours, None, full.train, squares(1, 3)), "at least two held-out"),
        (lambda full: Sets(squares(3, 1), None, full.train, full.held_out), "in the same order"),
        (lambda full: Sets(full.ours, None, squares(3, 2), full.held_out), "class 0 are needed"),
        (lambda full: Sets(full.ours, squares(3, 2), full.train, full.held_out), "class 0 are needed"),
        (
            lambda full: Sets(None, None, full.train, Pictures(torch.zeros(0, 3, 64, 64), torch.zeros(0))),
            "at least two held-out",
        ),
    ],
)
def test_sets_that_cannot_be_compared_are_refused(
    ruler: MaterialClassifier, change: Callable[[Sets], Sets], reason: str
) -> None:
    full = Sets(squares(4, 1), None, squares(4, 2), squares(4, 3))
    with pytest.raises(ValueError, match=reason):
        quality_rows(change(full), ruler)


def test_ranks_are_compared_within_a_group() -> None:
    """Across both groups order is kept, within each it is turned round."""
    asked = np.array([0.1, 0.2, 0.3, 0.7, 0.8, 0.9])
    groups = np.array([0, 0, 0, 1, 1, 1])
    got = np.array([0.3, 0.2, 0.1, 0.9, 0.8, 0.7])
    assert Followed(asked, got, groups).correlation() == pytest.approx(-1)
    assert Followed(asked, got, np.zeros(6, np.int64)).correlation() > 0.3  # type: ignore[operator]


def test_groups_that_were_asked_for_one_thing_or_are_too_small_do_not_count() -> None:
    asked = np.array([0.1, 0.2, 0.3, 0.5, 0.501, 0.502, 0.1, 0.9])
    groups = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    got = np.array([1.0, 2, 3, 3, 2, 1, 2, 1])
    assert Followed(asked, got, groups).correlation() == pytest.approx(1)
    assert Followed(asked[3:], got[3:], groups[3:]).correlation() is None


def followed(sign: float) -> Followed:
    asked = np.linspace(0, 1, 8)
    return Followed(asked, sign * asked, np.zeros(8, np.int64))


def oklab(red: int, green: int, blue: int) -> np.ndarray:
    return linear_to_oklab(srgb_to_linear(np.array([[red, green, blue]]) / 255)).astype(np.float64)


def test_obedience_is_told_in_one_row_per_control() -> None:
    painted = Obedience(
        base_asked=oklab(128, 128, 128),
        base_got=oklab(130, 130, 130),
        base_ignored=oklab(255, 255, 255),
        contrast=followed(1),
        roughness=followed(-1),
        metallic=Followed(np.zeros(8), np.arange(8.0), np.zeros(8, np.int64)),
        wear=followed(1),
    )
    rows = {row.id: row for row in obedience_rows(painted)}
    # L* 53.585 against 54.361: for greys the difference is that of L*, over 1 + 0.015 (L - 50)^2 / ...
    assert rows["base_colour"].ours == pytest.approx(0.755, abs=0.02)
    assert rows["base_colour"].met
    assert "when the wish is ignored" in rows["base_colour"].floor_is
    assert rows["rank_contrast"].ours == pytest.approx(1)
    assert rows["rank_roughness"].ours == pytest.approx(-1)
    assert rows["rank_roughness"].met is False
    assert rows["rank_metallic"].ours is None, "no other metallic was asked for"
    assert rows["rank_metallic"].met is None


def test_numbers_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="for each picture"):
        Followed(np.zeros(3), np.zeros(4), np.zeros(3, np.int64))
    nothing = np.zeros((0, 3))
    with pytest.raises(ValueError, match="for each picture"):
        Obedience(nothing, nothing, nothing, followed(1), followed(1), followed(1), followed(1))
