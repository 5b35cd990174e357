"""Snapshot, request, submit: loaded with the first job, not when the add-on is enabled."""

import time
from pathlib import Path

import bpy

from .. import job_view, paths, preferences, session
from ..contract import DeviceChoice, GenerateTexture, PreviewMaterials
from ..core.errors import FilmAIError, SettingsError
from ..core.job_folders import make_job_folder, remove_job_folder
from ..core.jobs import Job
from ..core.naming import job_title, material_title, sheet_title
from ..core.settings import AddonSettings
from ..core.snapshot import MaterialTarget, Place, SheetTarget, TextureTarget
from ..scene.busy import busy_reason
from ..scene.layout_picture import write_layout_picture
from ..scene.snapshot import place_of
from .character_submit import character_job, character_sheet_job
from .job_operator import (
    CharacterSheetWish,
    CharacterWish,
    ExportWish,
    ImportWish,
    MaterialWish,
    SheetWish,
    ShotsWish,
    TextureWish,
    Wish,
)
from .list_submit import export_job, import_job
from .shots_submit import shots_job

__all__ = ["require_idle_scene", "submit_job"]

_PREVIEW_PX = 128
"""Of a picture in a sheet: what the network paints smallest, and as large as panels show it."""


def require_idle_scene() -> None:
    """Raises SettingsError while nothing may be written: who blocks then would wait for ever."""
    if reason := busy_reason():
        raise SettingsError(f"{reason}.", "Scripts that wait for a result have to come after that.")


def submit_job(context: bpy.types.Context, wish: Wish) -> Job:
    """Note where the result goes, and hand the job to the pump. Raises FilmAIError when that cannot be."""
    settings = preferences.addon_settings(context)
    folder = make_job_folder(paths.job_root())
    try:
        match wish:
            case ShotsWish():
                job = shots_job(context, wish, folder, settings.device)
            case ExportWish():
                job = export_job(context, wish, folder)
            case ImportWish():
                job = import_job(context, wish, folder)
            case CharacterWish():
                job = character_job(context, wish, folder, settings)
            case CharacterSheetWish():
                job = character_sheet_job(wish, folder, settings.device)
            case SheetWish():
                job = _sheet_job(wish, folder, settings.device)
            case TextureWish():
                place = _place(context, wish, settings)
                job = _texture_job(wish, place, folder, settings.device)
            case MaterialWish():
                place = _place(context, wish, settings)
                job = _material_job(wish, place, folder, settings.device)
        session.pump().submit(job, settings)
    except FilmAIError:
        remove_job_folder(folder)
        raise
    return job


def _place(context: bpy.types.Context, wish: TextureWish | MaterialWish, settings: AddonSettings) -> Place:
    images_folder = preferences.chosen_images_folder(settings)
    return place_of(context, images_folder, wish.expected_model_sha256)


def _texture_job(wish: TextureWish, place: Place, folder: Path, device: DeviceChoice) -> Job:
    request = GenerateTexture(
        job=folder.name,
        family=wish.family,
        seed=wish.seed,
        size_px=wish.size_px,
        variations=wish.variations,
        device=device,
        out_dir=str(folder),
    )
    title = job_title(wish.family, wish.seed, wish.variations)
    return Job(folder.name, title, request, time.monotonic(), TextureTarget(place, wish.repeat))


def _material_job(wish: MaterialWish, place: Place, folder: Path, device: DeviceChoice) -> Job:
    settings = wish.settings
    layout_path, layout_sha256 = _layout_picture(settings.layout_image, folder)
    request = settings.request(folder.name, device, str(folder), layout_path)
    target = MaterialTarget(place, settings, layout_sha256, wish.expected_layout_sha256)
    return Job(folder.name, material_title(settings), request, time.monotonic(), target)


def _sheet_job(wish: SheetWish, folder: Path, device: DeviceChoice) -> Job:
    # a sheet that is still under way would be replaced as soon as it is shown
    for row in job_view.open_rows():
        if row.kind == "SHEET":
            session.pump().cancel(row.job_id)
    settings = wish.settings
    layout_path, _sha256 = _layout_picture(settings.layout_image, folder)
    material = settings.request(folder.name, device, str(folder), layout_path)
    request = PreviewMaterials(folder.name, material, _PREVIEW_PX)
    return Job(folder.name, sheet_title(settings), request, time.monotonic(), SheetTarget(settings))


def _layout_picture(image_name: str, folder: Path) -> tuple[str, str]:
    """Where the layout image was written, and its SHA-256; both empty when there is none."""
    return write_layout_picture(image_name, folder) if image_name else ("", "")
