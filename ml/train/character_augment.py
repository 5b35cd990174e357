"""How the discriminator is shown characters: on mid grey, moved, lit a little otherwise, with parts hidden.

Everything is the same for the real and the generated pictures of a character, and what concerns heights is the same
in all its views, so that these go on agreeing (DiffAugment, arXiv 2006.10738). Gradients pass through. Characters
are not mirrored: their other side was not rendered, and views would no longer be of one figure.
"""

import torch
from torch import Tensor

from .character_recipe import CharacterDataRecipe

__all__ = ["moved", "shown"]


def shown(pictures: Tensor) -> Tensor:
    """(B, views, 4, H, W) of straight alpha: the colours as they lie on mid grey, and the alpha."""
    alpha = pictures[:, :, 3:]
    return torch.cat([0.5 + (pictures[:, :, :3] - 0.5) * alpha, alpha], dim=2)


def moved(
    real: Tensor,
    made: Tensor,
    guide: tuple[Tensor, Tensor],
    recipe: CharacterDataRecipe,
    cutout: float,
    rng: torch.Generator,
) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor]]:
    """Pictures as ``shown`` gives them, and labels and relief, all (B, views, C, H, W), changed alike.

    cutout: share of the characters in which a rectangle of every view is hidden, at the same height.
    """
    stacked = [real, made, *guide]
    changed: list[list[Tensor]] = []
    for figure in zip(*stacked, strict=True):
        shift = torch.randint(-recipe.shift_px, recipe.shift_px + 1, (2,), generator=rng).tolist()
        light, contrast, chance, place, across = torch.rand(5, generator=rng).tolist()
        rolled = [maps.roll(shift, (2, 3)) for maps in figure]
        rolled[:2] = [_lit(maps, recipe.jitter, light, contrast) for maps in rolled[:2]]
        if chance < cutout:
            rolled = [_hidden(maps, place, across, 0.5 if row < 2 else 0) for row, maps in enumerate(rolled)]
        changed.append(rolled)
    seen_real, seen_made, labels, relief = (torch.stack(kind) for kind in zip(*changed, strict=True))
    return seen_real, seen_made, (labels, relief)


def _lit(maps: Tensor, jitter: float, light: float, contrast: float) -> Tensor:
    """Colours around mid grey, so that what is transparent stays as it is."""
    if jitter == 0:
        return maps
    colours, alpha = maps[:, :3] - 0.5, maps[:, 3:]
    colours = colours * (1 + jitter * (2 * contrast - 1)) + 0.5 * jitter * (2 * light - 1) * alpha
    return torch.cat([colours + 0.5, alpha], dim=1)


def _hidden(maps: Tensor, place: float, across: float, value: float) -> Tensor:
    """A rectangle of half the height and width, as far as it lies within."""
    height, width = maps.shape[-2:]
    row, column = int(place * height), int(across * width)
    keep = torch.ones(height, width, dtype=torch.bool)
    keep[max(0, row - height // 4) : row + height // 4, max(0, column - width // 4) : column + width // 4] = (
        False
    )
    return torch.where(keep, maps, torch.tensor(value, dtype=maps.dtype))
