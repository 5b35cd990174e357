"""What the panels may see of the preview sheet: finished cells, so that drawing only reads."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core.material_settings import MaterialSettings
    from .core.preview_cells import PreviewCell

__all__ = ["cells", "clear", "publish", "sheet_settings"]

_cells: "tuple[PreviewCell, ...]" = ()
_settings: "MaterialSettings | None" = None


def publish(cells: "tuple[PreviewCell, ...]", settings: "MaterialSettings") -> None:
    """Replace the sheet by one that was made with ``settings``."""
    global _cells, _settings
    _cells, _settings = cells, settings


def clear() -> None:
    """Forget the sheet."""
    global _cells, _settings
    _cells, _settings = (), None


def cells() -> "tuple[PreviewCell, ...]":
    """The pictures of the last sheet; none before the first."""
    return _cells


def sheet_settings() -> "MaterialSettings | None":
    """What the last sheet was made with."""
    return _settings
