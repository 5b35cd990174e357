"""The contract between Blender and the worker: one JSON object per line over the worker's stdin and stdout.

Standard library only; both sides import this one module, so there is one vocabulary. Every line carries
``v`` (protocol version), ``type`` and ``job``. The add-on sends requests, the worker sends events. Every
accepted job gets exactly one terminal event: Finished, Failed or Cancelled. Pixels travel as files in the
job's own folder, written beside their place and then renamed, never in the JSON.
"""

import json
from dataclasses import dataclass
from typing import Any

from .families import FAMILIES, FAMILY_INDEX, Family, family_by_id
from .limits import (
    MATERIAL_STEP_PX,
    MAX_ACROSS,
    MAX_CONTRAST,
    MAX_MATERIAL_SIZE_PX,
    MAX_SEED,
    MAX_SHOTS,
    MAX_TEXTURE_SIZE_PX,
    MAX_VARIATIONS,
    MIN_MATERIAL_SIZE_PX,
    MIN_TEXTURE_SIZE_PX,
)
from .lines import LineSplitter
from .protocol_base import DeviceChoice, DeviceUsed, ModelUsed, Released, ReleaseMemory
from .protocol_characters import CHARACTER_REQUESTS, CharacterRequest, CharacterResult, CharacterSheet
from .protocol_lists import ExportShots, ListRequest, ListResult, ReadCaptions
from .protocol_material import (
    MAP_KINDS,
    Colour,
    GenerateMaterial,
    LayoutChoice,
    LayoutNumber,
    LayoutWish,
    LookWish,
    MapFile,
    MapKind,
    MaterialMaps,
    MaterialResult,
)
from .protocol_preview import PreviewMaterials, PreviewSheet
from .protocol_shots import (
    Clip,
    ClipCuts,
    ClipFailure,
    CutsResult,
    DescribeShots,
    DetectCuts,
    FieldGuess,
    FixedField,
    ShotDescription,
    ShotsResult,
    Transition,
)
from .protocol_texture import GenerateTexture, TextureImage, TextureResult
from .wire import WireError, from_plain, to_plain

__all__ = [
    "FAMILIES",
    "FAMILY_INDEX",
    "MAP_KINDS",
    "MATERIAL_STEP_PX",
    "MAX_ACROSS",
    "MAX_CONTRAST",
    "MAX_LINE_BYTES",
    "MAX_MATERIAL_SIZE_PX",
    "MAX_SEED",
    "MAX_SHOTS",
    "MAX_TEXTURE_SIZE_PX",
    "MAX_VARIATIONS",
    "MIN_MATERIAL_SIZE_PX",
    "MIN_TEXTURE_SIZE_PX",
    "PROTOCOL_VERSION",
    "Cancel",
    "Cancelled",
    "Clip",
    "ClipCuts",
    "ClipFailure",
    "Colour",
    "CutsResult",
    "DescribeShots",
    "DetectCuts",
    "DeviceChoice",
    "DeviceUsed",
    "Event",
    "Failed",
    "Family",
    "FieldGuess",
    "Finished",
    "FixedField",
    "GenerateMaterial",
    "GenerateTexture",
    "JobRequest",
    "JobResult",
    "LayoutChoice",
    "LayoutNumber",
    "LayoutWish",
    "LineSplitter",
    "LookWish",
    "MapFile",
    "MapKind",
    "MaterialMaps",
    "MaterialResult",
    "ModelUsed",
    "Preview",
    "Progress",
    "Ready",
    "ReleaseMemory",
    "Released",
    "Request",
    "ShotDescription",
    "ShotsResult",
    "TextureImage",
    "TextureResult",
    "Transition",
    "WireError",
    "decode_event",
    "decode_request",
    "encode",
    "family_by_id",
    "is_terminal",
]

PROTOCOL_VERSION = 1
MAX_LINE_BYTES = 4 << 20
"""A longer line is refused before it is parsed, so that a flood cannot take the memory."""

# ---- requests: Blender -> worker


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the job of that id, queued or running. Answered by that job's Cancelled, unless it ended before."""

    job: str


ShotRequest = DescribeShots | DetectCuts | ListRequest
PaintRequest = GenerateTexture | GenerateMaterial | PreviewMaterials | CharacterRequest
JobRequest = PaintRequest | ShotRequest | ReleaseMemory
Request = JobRequest | Cancel

PaintResult = TextureResult | MaterialResult | PreviewSheet | CharacterResult | CharacterSheet
JobResult = PaintResult | ShotsResult | CutsResult | ListResult | Released


# ---- events: worker -> Blender


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker's first line. ``job`` is empty, since it belongs to none."""

    job: str
    filmai: str
    python: str
    onnxruntime: str
    providers: tuple[str, ...]
    """Execution providers that the runtime offers; which one is in use is known when a session is made."""
    models: tuple[ModelUsed, ...]
    problems: tuple[str, ...]
    """What would make jobs fail: a model that is missing or does not match its card, a missing package."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``step`` of ``total`` steps of the whole job are done; ``phase`` is a word for people."""

    job: str
    phase: str
    step: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.step <= self.total:
            raise ValueError(f"step {self.step} is not within 0 to {self.total}")


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of what is under way: an 8-bit PNG in the job's folder."""

    job: str
    path: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The job is done; its files are complete."""

    job: str
    result: JobResult


@dataclass(frozen=True, slots=True)
class Failed:
    """The job ended without a result."""

    job: str
    code: str
    """Stable upper-case word for documentation and tests, for example ``MODEL_CORRUPT``."""
    message: str
    """For the user: what happened and what to do next."""
    detail: str
    """For a bug report: traceback or log lines; may be empty."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job was stopped because that was asked for."""

    job: str


Event = Ready | Progress | Preview | Finished | Failed | Cancelled

_REQUEST_TYPES: dict[str, type] = {
    "generate_texture": GenerateTexture,
    "generate_material": GenerateMaterial,
    "preview_materials": PreviewMaterials,
    **CHARACTER_REQUESTS,
    "describe_shots": DescribeShots,
    "detect_cuts": DetectCuts,
    "export_shots": ExportShots,
    "read_captions": ReadCaptions,
    "release_memory": ReleaseMemory,
    "cancel": Cancel,
}
_EVENT_TYPES: dict[str, type] = {
    "ready": Ready,
    "progress": Progress,
    "preview": Preview,
    "finished": Finished,
    "failed": Failed,
    "cancelled": Cancelled,
}
_TYPE_NAMES = {cls: name for name, cls in (_REQUEST_TYPES | _EVENT_TYPES).items()}


def is_terminal(event: Event) -> bool:
    """True for the events that end a job."""
    return isinstance(event, Finished | Failed | Cancelled)


def encode(message: Request | Event) -> bytes:
    """One message as one UTF-8 line with its newline. Raises WireError when it is too long for a message."""
    plain = {"v": PROTOCOL_VERSION, "type": _TYPE_NAMES[type(message)], **to_plain(message)}
    # ASCII only: a lone surrogate from a file name must not break the pipe
    line = (
        json.dumps(plain, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"
    )
    if len(line) > MAX_LINE_BYTES:
        raise WireError(f"message of {len(line)} bytes is longer than the limit of {MAX_LINE_BYTES}")
    return line


def decode_request(line: bytes) -> Request:
    """A line from Blender. Raises WireError for anything outside the contract."""
    message: Request = _decode(line, _REQUEST_TYPES)
    return message


def decode_event(line: bytes) -> Event:
    """A line from the worker. Raises WireError for anything outside the contract."""
    message: Event = _decode(line, _EVENT_TYPES)
    return message


def _decode(line: bytes, known: dict[str, type]) -> Any:
    if len(line) > MAX_LINE_BYTES:
        raise WireError(f"line of {len(line)} bytes is longer than the limit of {MAX_LINE_BYTES}")
    try:
        plain = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not a line of JSON: {str(error)[:200]}") from None
    if not isinstance(plain, dict):
        raise WireError(f"expected an object, got {type(plain).__name__}")
    version = plain.pop("v", None)
    if type(version) is not int or version != PROTOCOL_VERSION:
        raise WireError(f"protocol version {version!r:.40} is not {PROTOCOL_VERSION}")
    type_name = plain.pop("type", None)
    if not isinstance(type_name, str) or type_name not in known:
        raise WireError(f"unknown type {type_name!r:.60}")
    return from_plain(known[type_name], plain, type_name)
