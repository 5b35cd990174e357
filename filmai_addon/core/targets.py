"""Where results go, whatever the job."""

from .list_import import ImportTarget
from .snapshot import CharacterSheetTarget, CharacterTarget, MaterialTarget, SheetTarget, TextureTarget
from .strip_sources import CaptionTarget, CutsTarget

__all__ = ["Target"]

Target = (
    TextureTarget
    | MaterialTarget
    | SheetTarget
    | CharacterTarget
    | CharacterSheetTarget
    | CaptionTarget
    | CutsTarget
    | ImportTarget
)
