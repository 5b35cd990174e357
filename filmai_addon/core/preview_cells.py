"""The pictures of a preview sheet as a panel shows them, each with the settings that make it in full."""

from dataclasses import dataclass, replace

from ..contract import MAX_SEED, MaterialPreview
from .material_settings import MaterialSettings
from .naming import material_title

__all__ = ["PreviewCell", "preview_cells", "sheet_after"]


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One small picture."""

    title: str
    icon_id: int
    """Blender's number of the picture; 0 where there is no window that could show it."""
    settings: MaterialSettings
    """What makes this very material in full."""


def preview_cells(
    sheet: MaterialSettings, previews: tuple[MaterialPreview, ...], icon_ids: tuple[int, ...]
) -> tuple[PreviewCell, ...]:
    """In the order of the sheet."""
    made = [sheet.of_variation(preview.layout_seed, preview.look_seed) for preview in previews]
    return tuple(
        PreviewCell(material_title(settings), icon_id, settings)
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
