"""The pictures of a preview sheet as a panel shows them, each with the settings that make it in full."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ..contract import MAX_SEED, CharacterPreview, MaterialPreview
from .character_settings import CharacterSettings
from .material_settings import MaterialSettings
from .naming import character_title, material_title

__all__ = ["PreviewCell", "character_cells", "preview_cells", "sheet_after"]

S = TypeVar("S")
"""Settings of what the sheet is of."""


@dataclass(frozen=True, slots=True)
class PreviewCell(Generic[S]):
    """One small picture."""

    title: str
    icon_id: int
    """Blender's number of the picture; 0 where there is no window that could show it."""
    settings: S
    """What makes this very one in full."""


def preview_cells(
    sheet: MaterialSettings, previews: tuple[MaterialPreview, ...], icon_ids: tuple[int, ...]
) -> tuple[PreviewCell[MaterialSettings], ...]:
    """In the order of the sheet."""
    made = [sheet.of_variation(preview.layout_seed, preview.look_seed) for preview in previews]
    return tuple(
        PreviewCell(material_title(settings), icon_id, settings)
        for settings, icon_id in zip(made, icon_ids, strict=True)
    )


def character_cells(
    sheet: CharacterSettings, previews: tuple[CharacterPreview, ...], icon_ids: tuple[int, ...]
) -> tuple[PreviewCell[CharacterSettings], ...]:
    """In the order of the sheet."""
    made = [sheet.of_variation(preview.body_seed, preview.look_seed) for preview in previews]
    return tuple(
        PreviewCell(character_title(settings), icon_id, settings)
        for settings, icon_id in zip(made, icon_ids, strict=True)
    )


def sheet_after(sheet: MaterialSettings) -> MaterialSettings:
    """The sheet that follows: its seeds are the next ones."""
    layout_step, look_step = (int(sheet.vary != other) for other in ("look", "layout"))
    count = sheet.variations
    return replace(
        sheet,
        layout_seed=(sheet.layout_seed + layout_step * count) % (MAX_SEED + 1),
        look_seed=(sheet.look_seed + look_step * count) % (MAX_SEED + 1),
    )
