"""The model folder: ``<models>/<name>/<version>/card.json`` and beside it the ONNX files that the card names.

Reads and checks; makes no sessions. Nothing outside the folder is ever opened, sizes are looked at before
anything is read, and weights whose SHA-256 is not the card's are refused.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..errors import TaskError
from ..protocol import ModelUsed, WireError
from ..wire import from_plain
from .cards import (
    CharacterCard,
    CutCard,
    EnlargerCard,
    MaterialCard,
    ModelCard,
    OwnMaterialCard,
    PartSpec,
    PortraitCard,
    ShotCard,
    TextureCard,
)

__all__ = ["OWN_REMEDY", "Model", "find_model", "list_models", "read_part", "read_weights"]

SHIPPED_REMEDY = "Install FilmAI again."
OWN_REMEDY = "Train it again on its folder, or delete its folder of models."

_MAX_CARD_BYTES = 1 << 20
_MAX_WEIGHTS_BYTES = 1 << 30
_ABOUT = ("training", "parity", "metrics", "limits")
"""Parts of the card that are for people; the worker does not read them."""
_CARDS: dict[str, type[ModelCard]] = {
    "texture": TextureCard,
    "material": MaterialCard,
    "own_material": OwnMaterialCard,
    "characters": CharacterCard,
    "enlarging": EnlargerCard,
    "portraits": PortraitCard,
    "cuts": CutCard,
    "shots": ShotCard,
}
"""By task."""

C = TypeVar("C", bound=ModelCard)


@dataclass(frozen=True, slots=True)
class Model(Generic[C]):
    """A card and where it lies."""

    card: C
    folder: Path
    remedy: str = SHIPPED_REMEDY
    """What the user does when it cannot be used."""

    @property
    def used(self) -> ModelUsed:
        """The model as results name it."""
        return ModelUsed(self.card.name, self.card.version, self.card.sha256)


def find_model(models_dir: Path, name: str, kind: type[C], remedy: str = SHIPPED_REMEDY) -> Model[C]:
    """The newest version of the model ``name``, whose card is of that kind.

    Raises TaskError MODEL_MISSING when there is none, MODEL_CORRUPT when its card cannot be used.
    """
    versions = [path for path in _subfolders(models_dir / name) if path.name.isdecimal()]
    if not versions:
        message = f"The model {name} is missing. {remedy}"
        raise TaskError("MODEL_MISSING", message, f"looked in {models_dir / name}")
    folder = max(versions, key=lambda path: int(path.name))
    card = _read_card(folder / "card.json", remedy)
    if not isinstance(card, kind):
        raise _corrupt(folder, f"the card is one for {card.task:.60}", remedy)
    if (card.name, card.version) != (name, folder.name):
        raise _corrupt(folder, f"the card is that of {card.name:.60} {card.version:.20}", remedy)
    return Model(card, folder, remedy)


def list_models(
    models_dir: Path, remedy: str = SHIPPED_REMEDY
) -> tuple[tuple[Model[ModelCard], ...], tuple[str, ...]]:
    """Every model whose card and weights agree, and a sentence for each that is not usable."""
    models: list[Model[ModelCard]] = []
    problems: list[str] = []
    for folder in _subfolders(models_dir):
        try:
            model = find_model(models_dir, folder.name, ModelCard, remedy)
            for part in model.card.parts:
                read_weights(model, part)
        except TaskError as error:
            problems.append(f"{error.message} ({error.detail})")
        else:
            models.append(model)
    return tuple(models), tuple(problems)


def read_weights(model: Model[Any], part: PartSpec | None = None) -> bytes:
    """The bytes of an ONNX file, which match the card; of the first one unless another ``part`` is named.

    Raises TaskError MODEL_MISSING or MODEL_CORRUPT.
    """
    wanted: PartSpec = model.card.parts[0] if part is None else part
    return read_part(model, wanted.file, wanted.sha256)


def read_part(model: Model[Any], file: str, sha256: str) -> bytes:
    """The bytes of a file beside the card, which have that SHA-256. Raises TaskError as ``read_weights`` does."""
    data = _read_bounded(model.folder / file, _MAX_WEIGHTS_BYTES, model.remedy)
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise _corrupt(model.folder, f"SHA-256 of {file} is {digest}, not {sha256}", model.remedy)
    return data


def _read_card(path: Path, remedy: str) -> ModelCard:
    data = _read_bounded(path, _MAX_CARD_BYTES, remedy)
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or plain.get("task") not in _CARDS:
            raise WireError(f"card: not one of a model for {' or '.join(_CARDS)}")
        part = {key: value for key, value in plain.items() if key not in _ABOUT}
        card: ModelCard = from_plain(_CARDS[plain["task"]], part, "card")
    except (ValueError, TypeError, RecursionError) as error:
        raise _corrupt(path.parent, str(error)[:500], remedy) from error
    return card


def _read_bounded(path: Path, limit: int, remedy: str) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size) if size <= limit else None
    except OSError as error:
        message = f"The model {_label(path.parent)} is incomplete. {remedy}"
        raise TaskError("MODEL_MISSING", message, str(error)) from error
    if data is None:
        raise _corrupt(path.parent, f"{path.name} has {size} bytes, more than the limit of {limit}", remedy)
    return data


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []


def _corrupt(folder: Path, detail: str, remedy: str) -> TaskError:
    message = f"The model {_label(folder)} is damaged. {remedy}"
    return TaskError("MODEL_CORRUPT", message, detail)


def _label(folder: Path) -> str:
    return f"{folder.parent.name} (version {folder.name})"
