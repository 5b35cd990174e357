"""The model folder: ``<models>/<name>/<version>/card.json`` and beside it the ONNX file that the card names.

Reads and checks; makes no sessions. Nothing outside the folder is ever opened, sizes are looked at before
anything is read, and weights whose SHA-256 is not the card's are refused.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import TaskError
from ..protocol import ModelUsed, WireError
from ..wire import from_plain

__all__ = ["LatentSpec", "Model", "ModelCard", "find_model", "list_models", "read_weights"]

_MAX_CARD_BYTES = 1 << 20
_MAX_WEIGHTS_BYTES = 1 << 30
_BARE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}\.onnx")
_ABOUT = ("training", "parity", "metrics", "limits")
"""Parts of the card that are for people; the worker does not read them."""


@dataclass(frozen=True, slots=True)
class LatentSpec:
    """Noise channels come first, then the one-hot family code; noise is multiplied by ``truncation``."""

    noise_channels: int
    code_channels: int
    truncation: float

    def __post_init__(self) -> None:
        if self.noise_channels < 1 or self.code_channels < 1:
            raise ValueError("channels must be positive")


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """An input or output; an axis is a size as digits, or a name when it is dynamic."""

    name: str
    dtype: str
    axes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the worker needs to know of a model."""

    name: str
    version: str
    task: str
    file: str
    """Bare name of the ONNX file beside the card."""
    sha256: str
    opset: int
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    latent: LatentSpec
    families: tuple[str, ...]
    """Ids in the order of the code channels."""
    network_px: int
    licence: str

    def __post_init__(self) -> None:
        if not _BARE_NAME.fullmatch(self.file):
            raise ValueError(f"file {self.file!r:.80} is not the bare name of an .onnx file")
        if len(self.families) > self.latent.code_channels:
            raise ValueError(f"{len(self.families)} families do not fit the latent's code channels")
        if not 8 <= self.network_px <= 4096:
            raise ValueError(f"network_px {self.network_px} is not within 8 to 4096")


@dataclass(frozen=True, slots=True)
class Model:
    """A card and where it lies."""

    card: ModelCard
    folder: Path

    @property
    def used(self) -> ModelUsed:
        """The model as results name it."""
        return ModelUsed(self.card.name, self.card.version, self.card.sha256)


def find_model(models_dir: Path, name: str) -> Model:
    """The newest version of the model ``name``.

    Raises TaskError MODEL_MISSING when there is none, MODEL_CORRUPT when its card cannot be used.
    """
    versions = [path for path in _subfolders(models_dir / name) if path.name.isdecimal()]
    if not versions:
        message = f"The model {name} is missing. Install FilmAI again."
        raise TaskError("MODEL_MISSING", message, f"looked in {models_dir / name}")
    folder = max(versions, key=lambda path: int(path.name))
    card = _read_card(folder / "card.json")
    if (card.name, card.version) != (name, folder.name):
        raise _corrupt(folder, f"the card is that of {card.name:.60} {card.version:.20}")
    return Model(card, folder)


def list_models(models_dir: Path) -> tuple[tuple[Model, ...], tuple[str, ...]]:
    """Every model whose card and weights agree, and a sentence for each that is not usable."""
    models: list[Model] = []
    problems: list[str] = []
    for folder in _subfolders(models_dir):
        try:
            model = find_model(models_dir, folder.name)
            read_weights(model)
        except TaskError as error:
            problems.append(f"{error.message} ({error.detail})")
        else:
            models.append(model)
    return tuple(models), tuple(problems)


def read_weights(model: Model) -> bytes:
    """The bytes of the ONNX file, which match the card. Raises TaskError MODEL_MISSING or MODEL_CORRUPT."""
    data = _read_bounded(model.folder / model.card.file, _MAX_WEIGHTS_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    if digest != model.card.sha256:
        raise _corrupt(model.folder, f"SHA-256 of {model.card.file} is {digest}, not {model.card.sha256}")
    return data


def _read_card(path: Path) -> ModelCard:
    data = _read_bounded(path, _MAX_CARD_BYTES)
    try:
        plain = json.loads(data)
        card: ModelCard = from_plain(ModelCard, _runtime_part(plain), "card")
    except (ValueError, RecursionError) as error:
        raise _corrupt(path.parent, str(error)[:500]) from error
    return card


def _runtime_part(plain: Any) -> Any:
    if not isinstance(plain, dict):
        raise WireError("card: expected an object")
    part = {key: value for key, value in plain.items() if key not in _ABOUT}
    for tensor in [*_dicts(part.get("inputs")), *_dicts(part.get("outputs"))]:
        axes = tensor.get("axes")
        if isinstance(axes, list):
            tensor["axes"] = [str(axis) if type(axis) is int else axis for axis in axes]
    return part


def _dicts(plain: Any) -> Iterator[dict[str, Any]]:
    return (item for item in plain if isinstance(item, dict)) if isinstance(plain, list) else iter(())


def _read_bounded(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size) if size <= limit else None
    except OSError as error:
        message = f"The model {_label(path.parent)} is incomplete. Install FilmAI again."
        raise TaskError("MODEL_MISSING", message, str(error)) from error
    if data is None:
        raise _corrupt(path.parent, f"{path.name} has {size} bytes, more than the limit of {limit}")
    return data


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []


def _corrupt(folder: Path, detail: str) -> TaskError:
    message = f"The model {_label(folder)} is damaged. Install FilmAI again."
    return TaskError("MODEL_CORRUPT", message, detail)


def _label(folder: Path) -> str:
    return f"{folder.parent.name} (version {folder.name})"
