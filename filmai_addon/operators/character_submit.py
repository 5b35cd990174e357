"""Character jobs: where the result goes, noted at the click. Loaded with the first job."""

import time
from pathlib import Path

import bpy

from .. import job_view, preferences, session
from ..contract import DeviceChoice, PreviewCharacters
from ..core.jobs import Job
from ..core.naming import character_sheet_title, character_title
from ..core.settings import AddonSettings
from ..core.snapshot import CharacterSheetTarget, CharacterTarget, DatablockRef, Place
from ..scene.snapshot import ref_of
from .job_operator import CharacterSheetWish, CharacterWish

__all__ = ["character_job", "character_sheet_job"]

_PREVIEW_PX = 192
"""Of a picture in a sheet: as high as the network paints."""


def character_job(
    context: bpy.types.Context, wish: CharacterWish, folder: Path, settings: AddonSettings
) -> Job:
    """The job. Raises SettingsError when the pictures have nowhere to go."""
    chosen, scene, space = wish.settings, context.scene, context.space_data
    place = Place(
        scene=ref_of(scene),
        objects=(),
        show_in_image_editor=chosen.placing == "IMAGES"
        or (space is not None and space.type == "IMAGE_EDITOR"),
        images_folder=preferences.chosen_images_folder(settings),
        expected_model_sha256=wish.expected_model_sha256,
    )
    x, y, z = scene.cursor.location if chosen.location == "CURSOR" else (0.0, 0.0, 0.0)
    target = CharacterTarget(place, _collection(context), (x, y, z), chosen)
    request = chosen.request(folder.name, settings.device, str(folder))
    return Job(folder.name, character_title(chosen), request, time.monotonic(), target)


def character_sheet_job(wish: CharacterSheetWish, folder: Path, device: DeviceChoice) -> Job:
    """The job; it ends a sheet that is still under way, which would be replaced as soon as it is shown."""
    for row in job_view.open_rows():
        if row.kind == "CHARACTER_SHEET":
            session.pump().cancel(row.job_id)
    settings = wish.settings
    character = settings.request(folder.name, device, str(folder))
    request = PreviewCharacters(folder.name, character, _PREVIEW_PX)
    title = character_sheet_title(settings)
    return Job(folder.name, title, request, time.monotonic(), CharacterSheetTarget(settings))


def _collection(context: bpy.types.Context) -> DatablockRef | None:
    """The active one; None for the scene's own, which has no life of its own."""
    active = context.collection
    if active is None or active == context.scene.collection:
        return None
    return ref_of(active)
