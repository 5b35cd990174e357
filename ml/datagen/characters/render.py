"""Renders the character of a seed and writes it."""

from collections.abc import Sequence
from pathlib import Path

from ...characters.archetypes import ARCHETYPES
from ...characters.casting import sculpt
from ...characters.character import Character, draw_character
from ...characters.guide import Frame, draw_guide, frame_of, portrait_frame
from ...characters.portraits import PORTRAIT_TURNS, draw_portrait
from ...characters.sculpture import Sculpture
from ...materials.params import Split
from .render_files import write_character
from .stage import Stage

__all__ = ["archetype_of", "render_character", "render_portrait"]


def archetype_of(seed: int, wanted: Sequence[str] = ()) -> str:
    """Archetypes take turns, so that a run that is stopped is balanced."""
    ids = list(wanted) or [archetype.id for archetype in ARCHETYPES]
    return ids[seed % len(ids)]


def render_character(
    stage: Stage, folder: Path, archetype: str, seed: int, split: Split, views: Sequence[str]
) -> None:
    """One character: its views, the guides of these, and its truth."""
    character = draw_character(archetype, seed, split)
    solids = sculpt(character)
    _render(stage, folder, character, solids, frame_of(solids, *stage.size_px), views)


def render_portrait(stage: Stage, folder: Path, seed: int, split: Split, views: Sequence[str]) -> None:
    """Head and shoulders of one of the people, bareheaded where that can be; the stage has to be square."""
    character = draw_portrait(archetype_of(seed, PORTRAIT_TURNS), seed, split)
    _render(stage, folder, character, sculpt(character), portrait_frame(character, stage.size_px[1]), views)


def _render(
    stage: Stage, folder: Path, character: Character, solids: Sculpture, frame: Frame, views: Sequence[str]
) -> None:
    stage.cast(character, frame)
    pictures = {view: stage.view(view) for view in views}
    write_character(folder, character, frame, pictures, [draw_guide(solids, view, frame) for view in views])
