"""What the operators that start a job have in common: the button and the script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import bpy

from .. import session
from ..core.errors import FilmAIError
from ..translations.speaking import said
from .error_report import reported_errors

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.character_settings import CharacterSettings
    from ..core.material_settings import MaterialSettings
    from ..core.shot_settings import CaptionSettings, CutSettings, Language

__all__ = [
    "CharacterSheetWish",
    "CharacterWish",
    "ExportWish",
    "ImportWish",
    "JobOperator",
    "MaterialWish",
    "SheetWish",
    "ShotsWish",
    "TextureWish",
    "Wish",
]


@dataclass(frozen=True, slots=True)
class TextureWish:
    """What the user asks for, whatever the operator: a family id, a seed, a size and so on."""

    family: str
    seed: int
    size_px: int
    variations: int = 1
    repeat: float = 1.0
    """How many pictures lie side by side across an object."""
    expected_model_sha256: str = ""
    """For a redo: the weights that made the original; empty when any will do."""


@dataclass(frozen=True, slots=True)
class MaterialWish:
    """The same for a material of the studio."""

    settings: "MaterialSettings"
    expected_model_sha256: str = ""
    expected_layout_sha256: str = ""
    """For a redo: of the layout image that the original had."""


@dataclass(frozen=True, slots=True)
class SheetWish:
    """Small pictures of the variations of a material."""

    settings: "MaterialSettings"


@dataclass(frozen=True, slots=True)
class CharacterWish:
    """A character, and what becomes of it in the scene."""

    settings: "CharacterSettings"
    expected_model_sha256: str = ""


@dataclass(frozen=True, slots=True)
class CharacterSheetWish:
    """Small pictures of the variations of a character."""

    settings: "CharacterSettings"


@dataclass(frozen=True, slots=True)
class ShotsWish:
    """Captions or cuts of strips, as the kind of its settings says."""

    settings: "CaptionSettings | CutSettings"
    strips_channel: int = 0
    """All strips of that channel; 0: those that are selected."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """The shot list as a file."""

    path: "Path"
    """With the suffix of its format."""
    only_shown: bool
    """Whether only the shots that the filter shows."""
    language: "Language | None" = None
    """None: as the list."""
    start_timecode: str = ""
    """Of the scene's first frame; empty for zero."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """The captions of a subtitle file as text strips."""

    path: "Path"
    channel: int = 0
    """The lowest for them; 0: above the strips."""


PaintWish = TextureWish | MaterialWish | SheetWish | CharacterWish | CharacterSheetWish
Wish = PaintWish | ShotsWish | ExportWish | ImportWish


class JobOperator:
    """Mixin: ``invoke`` (a button) returns at once, ``execute`` (a script) blocks until the result is there.

    Without UNDO in ``bl_options``: the pump closes one undo step per job when the result is in the scene,
    and Blender's own step, made at the click, would be a second and empty one.
    """

    bl_options: ClassVar[set[str]] = set()
    report: Callable[[set[str], str], None]
    wish: Callable[[bpy.types.Context], Wish]
    """Each operator's own: what is asked for. Raises SettingsError when that cannot be told."""

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> set[str]:
        """Queue the job."""
        from .job_submit import submit_job

        with reported_errors(self):
            job = submit_job(context, self.wish(context))
            self.report({"INFO"}, said(f"Queued: {job.title}"))
            return {"FINISHED"}
        return {"CANCELLED"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Queue the job and wait for its result."""
        from .job_submit import require_idle_scene, submit_job

        with reported_errors(self):
            require_idle_scene()
            job = session.pump().run_until_done(submit_job(context, self.wish(context)).id)
            if job.failure is not None:
                raise FilmAIError(job.failure.message, job.failure.hint, job.failure.detail)
            parts = (f"{job.state.value}: {job.title}", job.note)
            self.report({"INFO"}, said(". ".join(part for part in parts if part)))
            return {"FINISHED"} if job.state.name == "COMPLETED" else {"CANCELLED"}
        return {"CANCELLED"}
