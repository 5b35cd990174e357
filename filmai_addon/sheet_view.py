"""What the panels may see of preview sheets: finished cells, so that drawing only reads."""

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from .core.character_settings import CharacterSettings
    from .core.material_settings import MaterialSettings
    from .core.preview_cells import PreviewCell

__all__ = ["CHARACTERS", "MATERIALS", "Sheet"]

S = TypeVar("S")


class Sheet(Generic[S]):
    """The last sheet of one kind."""

    def __init__(self) -> None:
        self._cells: tuple[PreviewCell[S], ...] = ()
        self._settings: S | None = None

    def publish(self, cells: "tuple[PreviewCell[S], ...]", settings: S) -> None:
        """Replace the sheet by one that was made with ``settings``."""
        self._cells, self._settings = cells, settings

    def clear(self) -> None:
        """Forget the sheet."""
        self._cells, self._settings = (), None

    def cells(self) -> "tuple[PreviewCell[S], ...]":
        """The pictures of the last sheet; none before the first."""
        return self._cells

    def settings(self) -> "S | None":
        """What the last sheet was made with."""
        return self._settings


MATERIALS: "Sheet[MaterialSettings]" = Sheet()
CHARACTERS: "Sheet[CharacterSettings]" = Sheet()
