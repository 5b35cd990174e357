"""Which task answers which request."""

from typing import assert_never

from ..protocol import (
    DescribeShots,
    DetectCuts,
    GenerateMaterial,
    GenerateTexture,
    JobRequest,
    JobResult,
    Released,
    ReleaseMemory,
)
from ..protocol_characters import GenerateCharacter, PreviewCharacters
from ..protocol_lists import ExportShots, ReadCaptions
from ..protocol_preview import PreviewMaterials
from .context import TaskContext

__all__ = ["NEEDED_MODELS", "job_folder", "run_task"]

NEEDED_MODELS = ("dcgan_texture", "texture_studio", "cut_detector", "shot_describer")
"""Without these some job fails; the worker says so when it starts."""


def job_folder(request: JobRequest) -> str:
    """The folder that the job writes into; empty for one that is not told of any."""
    match request:
        case PreviewMaterials():
            return request.material.out_dir
        case PreviewCharacters():
            return request.character.out_dir
        case ExportShots() | ReadCaptions() | ReleaseMemory():
            return ""
        case _:
            return request.out_dir


def run_task(request: JobRequest, context: TaskContext) -> JobResult:
    """Do the job. Raises TaskError, JobCancelled, or whatever a bug raises."""
    match request:
        case GenerateTexture():
            from .texture import generate_texture

            return generate_texture(request, context)
        case GenerateMaterial():
            from .material import generate_material

            return generate_material(request, context)
        case PreviewMaterials():
            from .previews import preview_materials

            return preview_materials(request, context)
        case GenerateCharacter() | PreviewCharacters():
            from .character import paint_characters

            return paint_characters(request, context)
        case DescribeShots():
            from .describe import describe_shots

            return describe_shots(request, context)
        case DetectCuts():
            from .cuts import detect_cuts

            return detect_cuts(request, context)
        case ExportShots():
            from .shot_lists import export_shots

            return export_shots(request, context)
        case ReadCaptions():
            from .shot_lists import read_captions

            return read_captions(request, context)
        case ReleaseMemory():
            return Released("released", context.networks.unload())
        case _:
            assert_never(request)
