"""Command that turns a checkpoint of the portraits' network into a shipped model (see ``characters.py``)."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch

from ..characters.archetypes import ARCHETYPES
from ..characters.network_inputs import CELL_PX
from ..characters.portraits import draw_portrait
from ..infer.cards import CharacterCard, PortraitCard
from ..nets.portrait import STYLED_LEVELS
from ..train.portrait_recipe import PortraitRecipe
from .card import PageWords
from .character_painter import TrainedCharacters
from .figure_export import (
    OUTPUT,
    PARITY_SEEDS,
    Painting,
    export_command,
    figure_numbers,
    page_words,
    parser_of,
    vector_spec,
    write_painter,
)
from .portrait_figures import portrait_metrics
from .portrait_painter import head_inputs, head_painter, open_portraits, save_portrait_sheet
from .to_onnx import PAINTER_OPSET, export_named

__all__ = ["main", "write_portraits"]

EXAMPLES = """example:
  python -m ml.export.portraits --checkpoint runs/portraits/checkpoint.pt --out ml/models --page docs/models
"""


def write_portraits(trained: TrainedCharacters, folder: Path, page: Path, data_note: str) -> CharacterCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError as ``write_painter`` does.
    """
    recipe = cast("PortraitRecipe", trained.recipe)
    names = tuple(ARCHETYPES[index].id for index in trained.present)
    heads = [draw_portrait(names[seed % len(names)], seed, "test") for seed in PARITY_SEEDS]
    painting = Painting(
        export=lambda path: _export(trained, path),
        # heads in the looks of others, drawn towards the average
        inputs=[
            head_inputs(head, look, recipe, 0.7)
            for head, look in zip(heads, heads[1:] + heads[:1], strict=True)
        ],
        card=lambda file: _card(trained, file),
        limits=_limits(trained),
        words=portrait_words,
        save_sheet=lambda paint, path: save_portrait_sheet(paint, recipe, trained.present, path),
        metrics=lambda paint: portrait_metrics(head_painter(paint, recipe), recipe, names),
    )
    return write_painter(trained, painting, folder, page, data_note)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when the checkpoint cannot be used, 3 when parity fails."""
    what = "Export a checkpoint of the portraits' network as ONNX, with parity and model card."
    return export_command(
        parser_of("ml.export.portraits", what, EXAMPLES), argv, open_portraits, write_portraits
    )


def portrait_words(card: CharacterCard) -> PageWords:
    """What the card's page says of the network in words."""
    return page_words(
        card,
        lead=f"Paints head and shoulders in {len(card.views)} views at once ({', '.join(card.views)}), of guides.",
        sheet=(
            "A row for each archetype: heads that training never saw, each in all views. Then heads in the looks of "
            "others: shape from one seed, colours from another. Last, one head from the average look (0) to beyond "
            "its own (1.25). Noise is fixed by seed, nothing was picked."
        ),
        styles="standard-normal noise for each level, from the coarsest on",
        controls="for each level the colour of each surface as sRGB, -1 to 1, 1 for the build that it is, and the face",
        truncation="1 leaves the look as it is, 0 makes it the average",
    )


def _export(trained: TrainedCharacters, path: Path) -> None:
    config, net = trained.config, trained.recipe.net
    maps, side, cells = (1, config.views), net.height_px, net.height_px // CELL_PX
    example = {
        "labels": torch.zeros(*maps, 2, side, side, dtype=torch.int64),
        "relief": torch.zeros(*maps, 3, side, side),
        "grain": torch.zeros(*maps, 1, side, side),
        "local": torch.zeros(*maps, net.local_channels, cells, cells),
        "styles": torch.zeros(1, STYLED_LEVELS, net.style_channels),
        "archetype": torch.zeros(1, config.archetypes),
        "controls": torch.zeros(1, STYLED_LEVELS, config.control_channels),
        "truncation": torch.ones(1, 1),
    }
    export_named(trained.generator, example, [OUTPUT], {}, PAINTER_OPSET, path)


def _card(trained: TrainedCharacters, file: Path) -> PortraitCard:
    config, recipe = trained.config, cast("PortraitRecipe", trained.recipe)
    vectors = {
        "styles": (STYLED_LEVELS, recipe.net.style_channels),
        "archetype": (config.archetypes,),
        "controls": (STYLED_LEVELS, config.control_channels),
        "truncation": (1,),
    }
    specs = [vector_spec(name, sizes) for name, sizes in vectors.items()]
    return PortraitCard(
        task="portraits",
        **figure_numbers(trained, file, specs),
        styled_levels=STYLED_LEVELS,
        coarse_levels=recipe.net.coarse_levels,
    )


def _limits(trained: TrainedCharacters) -> tuple[str, ...]:
    side = trained.recipe.net.height_px
    names = ", ".join(ARCHETYPES[index].id for index in trained.present)
    return (
        "It paints a head whose parts are drawn for it; it invents no features of its own.",
        f"It paints views of {side} x {side} pixels and no others.",
        f"It was trained on {names}.",
    )


if __name__ == "__main__":
    sys.exit(main())
