"""The portraits' network in the repository: against its card, and on heads that nobody rendered."""

import hashlib
import json

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.character_terms import PORTRAITS
from ml.characters.archetypes import ARCHETYPES
from ml.characters.character import Character
from ml.characters.portraits import draw_portrait, tell_portrait
from ml.characters.sculpture import SURFACES
from ml.export.character_metrics import haze, overlap, surface_colours, surface_distance
from ml.export.portrait_painter import head_inputs
from ml.infer.cards import PortraitCard
from ml.infer.models import find_model
from ml.infer.session import Network, SessionCache
from ml.train.portrait_recipe import PortraitRecipe, load_portrait_recipe
from tooling.paths import REPOSITORY

MODELS = REPOSITORY / "ml" / "models"
SEED = 4242


@pytest.fixture(scope="module")
def network() -> Network[PortraitCard]:
    return SessionCache().load(find_model(MODELS, "portrait_studio", PortraitCard), "cpu")


@pytest.fixture(scope="module")
def recipe() -> PortraitRecipe:
    return load_portrait_recipe(REPOSITORY / "ml" / "configs" / "portraits.toml")


def painted(
    network: Network[PortraitCard],
    recipe: PortraitRecipe,
    head: Character,
    look: Character,
    truncation: float = 1.0,
) -> NDArray[np.uint8]:
    """(views, 4, H, W)."""
    (views,) = network.run(head_inputs(head, look, recipe, truncation))
    return np.rint(views.clip(0, 1) * 255).astype(np.uint8)


def test_the_card_describes_this_file_and_the_recipe_is_the_one_it_was_trained_by() -> None:
    folder = MODELS / "portrait_studio" / "1"
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert hashlib.sha256((folder / card["file"]).read_bytes()).hexdigest() == card["sha256"]
    assert card["families"] == [archetype.id for archetype in ARCHETYPES]
    assert (
        card["training"]["steps"] == load_portrait_recipe(REPOSITORY / "ml/configs/portraits.toml").run.steps
    )


def test_every_head_fills_its_outline_in_every_view(
    network: Network[PortraitCard], recipe: PortraitRecipe
) -> None:
    for archetype in PORTRAITS:
        head = draw_portrait(archetype, SEED, "test")
        told = tell_portrait(head, recipe.net.views, recipe.net.height_px)
        for view, labels in zip(painted(network, recipe, head, head), told.labels, strict=True):
            assert overlap(view[3] > 127, labels[0] > 0) > 0.9, archetype
            assert haze(view, labels[0] > 0) < 1.0, archetype


def test_another_s_look_brings_its_colours_and_leaves_the_head(
    network: Network[PortraitCard], recipe: PortraitRecipe
) -> None:
    nearer, overlaps = [], []
    for number, archetype in enumerate(PORTRAITS):
        head, look = (draw_portrait(archetype, SEED + number + apart, "test") for apart in (0, 50))
        told = tell_portrait(head, recipe.net.views, recipe.net.height_px)
        own, mixed = (painted(network, recipe, head, of) for of in (head, look))
        other = painted(network, recipe, look, look)
        there = tell_portrait(look, recipe.net.views, recipe.net.height_px)
        surfaces = len(SURFACES)
        seen = surface_colours(mixed, told.labels[:, 1], surfaces)
        to_look = surface_distance(seen, surface_colours(other, there.labels[:, 1], surfaces))
        to_own = surface_distance(seen, surface_colours(own, told.labels[:, 1], surfaces))
        nearer.append(to_look < to_own)
        overlaps.append(overlap(mixed[:, 3] > 127, own[:, 3] > 127))
    assert np.mean(nearer) >= 0.8
    assert min(overlaps) > 0.9


def test_the_paint_follows_its_seed_and_truncation(
    network: Network[PortraitCard], recipe: PortraitRecipe
) -> None:
    one, other = (draw_portrait("monarch", seed, "test") for seed in (1, 2))
    first = painted(network, recipe, one, one)
    assert first.tobytes() == painted(network, recipe, one, one).tobytes()

    def apart(truncation: float) -> float:
        looks = [painted(network, recipe, one, look, truncation).astype(float) for look in (one, other)]
        return float(np.abs(looks[0] - looks[1]).mean())

    assert apart(0.0) < apart(0.5) < apart(1.0)
