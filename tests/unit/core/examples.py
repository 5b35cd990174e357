"""Jobs, results and events to test with."""

from filmai_addon.contract import (
    DeviceUsed,
    GenerateTexture,
    ModelUsed,
    Released,
    ReleaseMemory,
    TextureImage,
    TextureResult,
)
from filmai_addon.core.jobs import Job, JobState
from filmai_addon.core.snapshot import DatablockRef, Place, TextureTarget

MODEL = ModelUsed("dcgan_texture", "1", "a" * 64)
CPU = DeviceUsed("cpu", "")


def texture_result(device: DeviceUsed = CPU) -> TextureResult:
    image = TextureImage("/jobs/one/brick_7.png", 7, 1024, 1024, "b" * 64)
    return TextureResult("texture", "brick", 64, (image,), MODEL, device, 0.5)


def texture_job(job_id: str = "one", state: JobState = JobState.QUEUED) -> Job:
    request = GenerateTexture(job_id, "brick", 7, 1024, 1, "auto", f"/jobs/{job_id}")
    target = TextureTarget(Place(DatablockRef("Scene", 1), (DatablockRef("Cube", 2),), False))
    return Job(job_id, "Brick 7", request, 10.0, target, state=state)


def release_job(job_id: str = "release") -> Job:
    return Job(job_id, "Release memory", ReleaseMemory(job_id), 10.0)


def released() -> Released:
    return Released("released", 1)
