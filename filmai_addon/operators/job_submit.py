"""Snapshot, request, submit: loaded with the first job, not when the add-on is enabled."""

import time
from pathlib import Path

import bpy

from .. import paths, preferences, session
from ..contract import DeviceChoice, GenerateTexture
from ..core.errors import FilmAIError, SettingsError
from ..core.job_folders import make_job_folder, remove_job_folder
from ..core.jobs import Job
from ..core.naming import job_title, material_title
from ..core.snapshot import MaterialTarget, Place, TextureTarget
from ..scene.busy import busy_reason
from ..scene.layout_picture import write_layout_picture
from ..scene.snapshot import place_of
from .job_operator import MaterialWish, TextureWish

__all__ = ["require_idle_scene", "submit_job"]


def require_idle_scene() -> None:
    """Raises SettingsError while nothing may be written: who blocks then would wait for ever."""
    if reason := busy_reason():
        raise SettingsError(f"{reason}.", "Scripts that wait for a result have to come after that.")


def submit_job(context: bpy.types.Context, wish: TextureWish | MaterialWish) -> Job:
    """Note where the result goes, and hand the job to the pump. Raises FilmAIError when that cannot be."""
    settings = preferences.addon_settings(context)
    images_folder = preferences.chosen_images_folder(settings)
    place = place_of(context, images_folder, wish.expected_model_sha256)
    folder = make_job_folder(paths.job_root())
    try:
        if isinstance(wish, TextureWish):
            job = _texture_job(wish, place, folder, settings.device)
        else:
            job = _material_job(wish, place, folder, settings.device)
        session.pump().submit(job, settings)
    except FilmAIError:
        remove_job_folder(folder)
        raise
    return job


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
    layout_path, layout_sha256 = "", ""
    if settings.layout_image:
        layout_path, layout_sha256 = write_layout_picture(settings.layout_image, folder)
    request = settings.request(folder.name, device, str(folder), layout_path)
    target = MaterialTarget(place, settings, layout_sha256, wish.expected_layout_sha256)
    return Job(folder.name, material_title(settings), request, time.monotonic(), target)
