"""The network's file is not what it should be: the job says so, and works again with the right one."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ml.infer.protobuf import bytes_field, fields_of, int_field
from tests.faults.stage import Stage

OPSETS = 8
"""The number of that field in an ONNX file."""


def missing(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder.parent)


def truncated(folder: Path) -> None:
    network = folder / "model.onnx"
    network.write_bytes(network.read_bytes()[:1000])


def swapped(folder: Path) -> None:
    shutil.copy(folder.parents[1] / "cut_detector" / "1" / "model.onnx", folder / "model.onnx")


def swapped_with_its_hash(folder: Path) -> None:
    rewrite(folder, (folder.parents[1] / "cut_detector" / "1" / "model.onnx").read_bytes())


def no_onnx(folder: Path) -> None:
    rewrite(folder, b"MZ" + bytes(4096))


def unknown_opset(folder: Path) -> None:
    fields = fields_of((folder / "model.onnx").read_bytes())
    changed = b"".join(
        bytes_field(number, bytes_field(1, "") + int_field(2, 9999))
        if number == OPSETS
        else _field(number, value)
        for number, value in fields
    )
    rewrite(folder, changed)


def no_card(folder: Path) -> None:
    (folder / "card.json").write_text("[" * 100_000, encoding="utf-8")


def rewrite(folder: Path, onnx: bytes) -> None:
    """Another network, on whose card stands its hash: what only the runtime can notice."""
    (folder / "model.onnx").write_bytes(onnx)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["sha256"] = hashlib.sha256(onnx).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def _field(number: int, value: int | bytes) -> bytes:
    return int_field(number, value) if isinstance(value, int) else bytes_field(number, value)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        pytest.param(missing, "MODEL_MISSING", marks=pytest.mark.fault("model file missing")),
        pytest.param(no_folder, "MODEL_MISSING", marks=pytest.mark.fault("model's folder missing")),
        pytest.param(truncated, "MODEL_CORRUPT", marks=pytest.mark.fault("model file truncated")),
        pytest.param(swapped, "MODEL_CORRUPT", marks=pytest.mark.fault("model file swapped for another")),
        pytest.param(
            swapped_with_its_hash,
            "MODEL_CORRUPT",
            marks=pytest.mark.fault("model file swapped, its hash too"),
        ),
        pytest.param(no_onnx, "MODEL_CORRUPT", marks=pytest.mark.fault("model file is no ONNX")),
        pytest.param(unknown_opset, "MODEL_CORRUPT", marks=pytest.mark.fault("model of an unknown opset")),
        pytest.param(no_card, "MODEL_CORRUPT", marks=pytest.mark.fault("model's card is no card")),
    ],
)
@pytest.mark.parametrize("model", ["dcgan_texture"])
def test_a_model_that_is_none(stage: Stage, harm: Callable[[Path], None], code: str, model: str) -> None:
    _damaged(stage, model, harm)
    job = stage.filmai.press(size=64)
    stage.ends(job, "FAILED", code, "Install FilmAI again")
    stage.monkeypatch.setattr(stage.filmai.module("paths"), "models_folder", _models(stage))
    stage.unharmed()


@pytest.mark.fault("material network's file truncated")
def test_the_material_network_is_cut_short(stage: Stage) -> None:
    _damaged(stage, "texture_studio", truncated)
    job = stage.filmai.press_material(width=128, height=128)
    stage.ends(job, "FAILED", "MODEL_CORRUPT", "Install FilmAI again")
    stage.monkeypatch.setattr(stage.filmai.module("paths"), "models_folder", _models(stage))
    assert stage.filmai.wait_for(stage.filmai.press_material(width=128, height=128)) == "COMPLETED"
    stage.taken_back()
    stage.unharmed()


def _models(stage: Stage) -> Callable[[], Path]:
    root = stage.filmai.module("paths").package_root() / "ml" / "models"
    return lambda: root


def _damaged(stage: Stage, name: str, harm: Callable[[Path], None]) -> None:
    """The extension with a copy of its models in which that one is harmed."""
    paths = stage.filmai.module("paths")
    copy = stage.folder / "models"
    for model in (name, "cut_detector"):
        shutil.copytree(paths.models_folder() / model, copy / model, dirs_exist_ok=True)
    harm(copy / name / "1")
    stage.monkeypatch.setattr(paths, "models_folder", lambda: copy)
