"""Snapshot, request, submit: loaded with the first job, not when the add-on is enabled."""

import time

import bpy

from .. import paths, preferences, session
from ..contract import GenerateTexture
from ..core.errors import FilmAIError, SettingsError
from ..core.job_folders import make_job_folder, remove_job_folder
from ..core.jobs import Job
from ..core.naming import job_title
from ..scene.busy import busy_reason
from ..scene.snapshot import texture_target
from .texture_job import TextureWish

__all__ = ["require_idle_scene", "submit_texture"]


def require_idle_scene() -> None:
    """Raises SettingsError while nothing may be written: who blocks then would wait for ever."""
    if reason := busy_reason():
        raise SettingsError(f"{reason}.", "Scripts that wait for a texture have to come after that.")


def submit_texture(context: bpy.types.Context, wish: TextureWish) -> Job:
    """Note where the result goes, and hand the job to the pump. Raises FilmAIError when that cannot be."""
    settings = preferences.addon_settings(context)
    images_folder = preferences.chosen_images_folder(settings)
    target = texture_target(context, images_folder, wish.repeat, wish.expected_model_sha256)
    folder = make_job_folder(paths.job_root())
    request = GenerateTexture(
        job=folder.name,
        family=wish.family,
        seed=wish.seed,
        size_px=wish.size_px,
        variations=wish.variations,
        device=settings.device,
        out_dir=str(folder),
    )
    title = job_title(wish.family, wish.seed, wish.variations)
    job = Job(folder.name, title, request, time.monotonic(), target)
    try:
        session.pump().submit(job, settings)
    except FilmAIError:
        remove_job_folder(folder)
        raise
    return job
