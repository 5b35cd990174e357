"""The characters' network in the repository: against its card, and on characters that nobody rendered."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.characters.archetypes import ARCHETYPES
from ml.characters.character import draw_character
from ml.characters.network_inputs import Told, tell
from ml.characters.sculpture import SURFACES
from ml.colour import lab
from ml.export.character_metrics import haze, overlap, surface_colours, surface_distance
from ml.infer.cards import CharacterCard
from ml.infer.character_painting import paint_views
from ml.infer.models import find_model
from ml.infer.session import Network, SessionCache

MODELS = Path(__file__).parents[2] / "ml" / "models"
SEED = 4242


@pytest.fixture(scope="module")
def network() -> Network[CharacterCard]:
    return SessionCache().load(find_model(MODELS, "character_studio", CharacterCard), "cpu")


def told_of(network: Network[CharacterCard], archetype: str, split: str = "train") -> Told:
    card = network.model.card
    return tell(draw_character(archetype, SEED, split), card.views, card.width_px, card.height_px)


def painted(network: Network[CharacterCard], told: Told, seed: int = SEED) -> NDArray[np.uint8]:
    """(views, 4, H, W)."""
    return np.rint(paint_views(network, told, seed, 1.0).clip(0, 1) * 255).astype(np.uint8)


def test_the_card_describes_this_file() -> None:
    folder = MODELS / "character_studio" / "1"
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert hashlib.sha256((folder / card["file"]).read_bytes()).hexdigest() == card["sha256"]
    assert card["families"] == [archetype.id for archetype in ARCHETYPES]


@pytest.mark.parametrize("split", ["train", "test"])
def test_every_archetype_fills_its_outline_in_every_view(network: Network[CharacterCard], split: str) -> None:
    for archetype in ARCHETYPES:
        told = told_of(network, archetype.id, split)
        for view, labels in zip(painted(network, told), told.labels, strict=True):
            drawn = labels[0] > 0
            assert overlap(view[3] > 127, drawn) > 0.85, archetype.id
            assert haze(view, drawn) < 1.0, archetype.id


def test_a_surface_is_nearer_to_the_colour_that_was_told_than_to_another_s(
    network: Network[CharacterCard],
) -> None:
    found, wanted = [], []
    for archetype in ARCHETYPES:
        told = told_of(network, archetype.id)
        found.append(surface_colours(painted(network, told), told.labels[:, 1], len(SURFACES)))
        colours = told.controls[: 3 * len(SURFACES)].reshape(-1, 3) / 2 + 0.5
        wanted.append(lab(colours.astype(np.float32)))
    own = [surface_distance(here, there) for here, there in zip(found, wanted, strict=True)]
    others = [
        surface_distance(here, there) for here, there in zip(found, wanted[1:] + wanted[:1], strict=True)
    ]
    # light, shade and grain take part in a surface's mean
    assert np.mean(own) < 0.6 * np.mean(others)


def test_the_paint_follows_its_seed_and_truncation(network: Network[CharacterCard]) -> None:
    told = told_of(network, "wizard")
    first = paint_views(network, told, 1, 1.0)
    assert first.tobytes() == paint_views(network, told, 1, 1.0).tobytes()
    other = np.abs(first - paint_views(network, told, 2, 1.0)).mean()
    near = np.abs(paint_views(network, told, 1, 0.0) - paint_views(network, told, 2, 0.0)).mean()
    assert 0 < near < other
