"""Jobs, results and events to test with."""

from dataclasses import replace
from typing import Any

from filmai_addon.contract import (
    Colour,
    DeviceUsed,
    GenerateTexture,
    MapFile,
    MaterialMaps,
    MaterialResult,
    ModelUsed,
    Released,
    ReleaseMemory,
    TextureImage,
    TextureResult,
)
from filmai_addon.core.jobs import Job, JobState
from filmai_addon.core.material_changes import neutral_settings
from filmai_addon.core.material_settings import MaterialSettings
from filmai_addon.core.snapshot import DatablockRef, MaterialTarget, Place, TextureTarget

MODEL = ModelUsed("dcgan_texture", "1", "a" * 64)
CPU = DeviceUsed("cpu", "")
PLACE = Place(DatablockRef("Scene", 1), (DatablockRef("Cube", 2),), False)


def texture_result(device: DeviceUsed = CPU) -> TextureResult:
    image = TextureImage("/jobs/one/brick_7.png", 7, 1024, 1024, "b" * 64)
    return TextureResult("texture", "brick", 64, (image,), MODEL, device, 0.5)


def texture_job(job_id: str = "one", state: JobState = JobState.QUEUED) -> Job:
    request = GenerateTexture(job_id, "brick", 7, 1024, 1, "auto", f"/jobs/{job_id}")
    return Job(job_id, "Brick 7", request, 10.0, TextureTarget(PLACE), state=state)


def material_settings(**changes: Any) -> MaterialSettings:
    """Brick, as in a new file, but for ``changes``."""
    return replace(neutral_settings("brick"), **changes)


def material_job(job_id: str = "one") -> Job:
    settings = material_settings()
    request = settings.request(job_id, "auto", f"/jobs/{job_id}", "")
    return Job(job_id, "Brick 7", request, 10.0, MaterialTarget(PLACE, settings))


def material_result() -> MaterialResult:
    grey = Colour(0.5, 0.5, 0.5)
    files = (MapFile("height", "/jobs/one/height.png", "b" * 64),)
    maps = MaterialMaps(7, 7, 1024, 1024, grey, grey, 0.1, files)
    return MaterialResult("material", "brick", (maps,), ("The picture does not tile.",), MODEL, CPU, 0.5)


def release_job(job_id: str = "release") -> Job:
    return Job(job_id, "Release memory", ReleaseMemory(job_id), 10.0)


def released() -> Released:
    return Released("released", 1)
