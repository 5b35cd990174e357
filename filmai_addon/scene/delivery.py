"""Writes a finished job into the scene: all of it, in one undo step, or nothing."""

import time
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import bpy

from ..contract import (
    CaptionsRead,
    CharacterResult,
    CharacterSheet,
    CutsResult,
    MaterialResult,
    PreviewSheet,
    ShotsResult,
    TextureResult,
)
from ..core.errors import DeliveryError
from ..core.jobs import Delivered, Job, Written
from ..core.list_import import ImportTarget
from ..core.snapshot import (
    CharacterSheetTarget,
    CharacterTarget,
    MaterialTarget,
    Place,
    SheetTarget,
    TextureTarget,
)
from ..core.strip_sources import CaptionTarget, CutsTarget
from .caption_delivery import write_captions
from .caption_import import write_imported
from .character_delivery import write_character
from .cuts_delivery import write_cuts
from .material_delivery import write_material
from .preview_sheet import show_character_sheet, show_sheet
from .snapshot import find_object, find_scene
from .texture_delivery import write_texture
from .undo import push_undo_step

__all__ = ["Delivery"]


class Delivery:
    """A finished job on its way into the scene: piece by piece, all of it in one undo step, or nothing."""

    def __init__(self, job: Job) -> None:
        self.job_id = job.id
        self._pieces = _pieces(job)

    def go_on(self, seconds: float) -> Written | Delivered:
        """Write for about so long; what is small is written as a whole.

        Raises DeliveryError when the place is gone or the result cannot be written; then the scene is unchanged.
        """
        until = time.monotonic() + seconds
        while True:
            try:
                step, total = next(self._pieces)
            except StopIteration as end:
                return Delivered(end.value)
            if time.monotonic() >= until:
                return Written(step, total)

    def take_back(self) -> None:
        """Remove what was written so far."""
        self._pieces.close()


def _pieces(job: Job) -> Generator[tuple[int, int], None, str]:
    """Yields how much is written, and of how much; returns what the user should know, or nothing."""
    if isinstance(job.result, PreviewSheet) and isinstance(job.target, SheetTarget):
        return ". ".join(show_sheet(job.result, job.target))
    if isinstance(job.result, CharacterSheet) and isinstance(job.target, CharacterSheetTarget):
        show_character_sheet(job.result, job.target)
        return ""
    with ExitStack() as undo_on_error:
        match job.result, job.target:
            case (TextureResult() as result, TextureTarget() as target):
                name = "Concept Texture"
                objects = _objects_still_there(target.place, Path(result.images[0].path).parent)
                notes = _notes(result, target.place, objects)
                notes += write_texture(result, target, objects, undo_on_error)
            case (MaterialResult() as result, MaterialTarget() as target):
                name = "Material"
                objects = _objects_still_there(target.place, Path(result.materials[0].maps[0].path).parent)
                notes = _notes(result, target.place, objects)
                notes += write_material(result, target, objects, undo_on_error)
            case (CharacterResult() as result, CharacterTarget() as target):
                name = "Character"
                _objects_still_there(target.place, Path(result.characters[0].views[0].path).parent)
                notes = _notes(result, target.place, [])
                notes += write_character(result, target, undo_on_error)
            case (ShotsResult() as result, CaptionTarget() as target):
                name = "Captions"
                notes = yield from write_captions(result, target, undo_on_error)
            case (CutsResult() as result, CutsTarget() as target):
                name = "Cuts"
                notes = write_cuts(result, target, undo_on_error)
            case (CaptionsRead() as result, ImportTarget() as target):
                name = "FilmAI:"
                notes = yield from write_imported(result, target, undo_on_error)
            case _:
                raise TypeError(f"job {job.id} has no result that belongs into a scene")
        undo_on_error.pop_all()
    push_undo_step(f"{name} {job.title}")
    return ". ".join(notes)


def _objects_still_there(place: Place, folder: Path) -> list[bpy.types.Object]:
    kept = f"The pictures are kept in {folder}."
    if find_scene(place.scene) is None:
        raise DeliveryError(f"The scene {place.scene.name!r} is not there any more.", kept)
    found = [obj for obj in map(find_object, place.objects) if obj is not None]
    if place.objects and not found:
        names = ", ".join(ref.name for ref in place.objects)
        raise DeliveryError(f"{names}: not there any more.", kept)
    return found


def _notes(
    result: TextureResult | MaterialResult | CharacterResult, place: Place, objects: list[bpy.types.Object]
) -> list[str]:
    notes: list[str] = []
    if gone := len(place.objects) - len(objects):
        notes.append(f"{gone} of {len(place.objects)} objects are gone")
    if place.expected_model_sha256 not in ("", result.model.sha256):
        notes.append("Another version of the network made the original, so this one may look different")
    return notes
