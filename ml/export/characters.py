"""Command that turns a checkpoint of the characters' network into a shipped model.

The averaged generator is written as ONNX and must match torch; only then its card, page and sheet are written. No
renders are needed: the guides are drawn by seed. Figures come after it, from ``bench.character_quality``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from ..characters.archetypes import ARCHETYPES
from ..characters.character import draw_character
from ..infer.cards import CharacterCard
from .card import PageWords
from .character_painter import (
    TrainedCharacters,
    inputs_of,
    open_characters,
    save_character_sheet,
    sheet_characters,
)
from .figure_export import (
    PARITY_SEEDS,
    Painting,
    export_command,
    figure_numbers,
    page_words,
    parser_of,
    vector_spec,
    write_painter,
)
from .metrics import not_measured
from .to_onnx import export_characters

__all__ = ["character_words", "main", "write_characters"]

EXAMPLES = """example:
  python -m ml.export.characters --checkpoint runs/characters/checkpoint.pt --out ml/models --page docs/models
"""


def write_characters(trained: TrainedCharacters, folder: Path, page: Path, data_note: str) -> CharacterCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError as ``write_painter`` does.
    """
    net = trained.recipe.net
    painting = Painting(
        export=lambda path: export_characters(
            trained.generator, trained.config, (net.width_px, net.height_px), path
        ),
        inputs=[
            inputs_of(draw_character(ARCHETYPES[2 * seed].id, seed, "test"), trained.recipe, seed)
            for seed in PARITY_SEEDS
        ],
        card=lambda file: _card(trained, file),
        limits=_limits(trained),
        words=character_words,
        save_sheet=lambda paint, path: save_character_sheet(
            paint, trained.recipe, sheet_characters(trained.present), path
        ),
        metrics=lambda _paint: not_measured("See docs/characters.md: bench.character_quality measures them."),
    )
    return write_painter(trained, painting, folder, page, data_note)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when the checkpoint cannot be used, 3 when parity fails."""
    what = "Export a checkpoint of the characters' network as ONNX, with parity and model card."
    return export_command(
        parser_of("ml.export.characters", what, EXAMPLES), argv, open_characters, write_characters
    )


def character_words(card: CharacterCard) -> PageWords:
    """What the card's page says of the network in words."""
    return page_words(
        card,
        lead=f"Paints a character in {len(card.views)} views at once ({', '.join(card.views)}), of guides.",
        sheet=(
            "One row per archetype, each character with all its views, in clothes and shapes that training never "
            "saw; noise is fixed by seed, nothing was picked."
        ),
    )


def _card(trained: TrainedCharacters, file: Path) -> CharacterCard:
    config, net = trained.config, trained.recipe.net
    vectors = {
        "style": net.style_channels,
        "archetype": config.archetypes,
        "controls": config.control_channels,
    }
    numbers = figure_numbers(trained, file, [vector_spec(name, (size,)) for name, size in vectors.items()])
    return CharacterCard(task="characters", **numbers)


def _limits(trained: TrainedCharacters) -> tuple[str, ...]:
    net = trained.recipe.net
    limits = [
        "It paints a figure whose parts are drawn for it; it invents no limbs, clothes or props of its own.",
        f"It paints views of {net.width_px} x {net.height_px} pixels and no others.",
    ]
    untrained = sorted(set(range(len(ARCHETYPES))) - set(trained.present))
    if untrained:
        limits.append(f"Never trained: {', '.join(ARCHETYPES[index].id for index in untrained)}.")
    return tuple(limits)


if __name__ == "__main__":
    sys.exit(main())
