"""The model folder: what is read from it, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from ml.errors import TaskError
from ml.infer import models
from ml.infer.cards import TextureCard
from ml.infer.models import find_model, list_models, read_weights
from tests.fakes.tiny_model import write_tiny_model


def refused(models_dir: Path) -> TaskError:
    """Why the model cannot be used; the worker says the same when it starts."""
    found, problems = list_models(models_dir)
    assert found == ()
    assert len(problems) == 1
    with pytest.raises(TaskError) as caught:
        read_weights(find_model(models_dir, "dcgan_texture", TextureCard))
    assert caught.value.message in problems[0]
    assert "Install FilmAI again" in caught.value.message
    return caught.value


def test_a_good_model_is_found_with_its_weights(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path)
    model = find_model(tmp_path, "dcgan_texture", TextureCard)
    assert read_weights(model) == (folder / "model.onnx").read_bytes()
    assert (model.used.name, model.used.version, len(model.used.sha256)) == ("dcgan_texture", "1", 64)
    assert list_models(tmp_path) == ((model,), ())


def test_the_shipped_models_are_good() -> None:
    found, problems = list_models(Path(models.__file__).parents[1] / "models")
    assert problems == ()
    assert "dcgan_texture" in {model.card.name for model in found}
    assert all(model.card.licence == "CC0-1.0" for model in found)


def test_the_highest_number_is_the_newest(tmp_path: Path) -> None:
    for version in ("2", "10", "9"):
        write_tiny_model(tmp_path, version)
    (tmp_path / "dcgan_texture" / "draft").mkdir()
    assert find_model(tmp_path, "dcgan_texture", TextureCard).card.version == "10"


@pytest.mark.parametrize("make", [False, True], ids=["no folder", "empty folder"])
def test_no_model_is_said_to_be_missing(tmp_path: Path, make: bool) -> None:
    if make:
        (tmp_path / "dcgan_texture").mkdir()
    with pytest.raises(TaskError) as caught:
        find_model(tmp_path, "dcgan_texture", TextureCard)
    assert caught.value.code == "MODEL_MISSING"


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../1/model.onnx"},
        {"file": "/etc/model.onnx"},
        {"file": "sub/model.onnx"},
        {"file": "..\\model.onnx"},
        {"file": "model.onnx\0"},
        {"file": "\0.onnx"},
        {"file": "card.json"},
        {"file": ".."},
        {"file": ""},
        {"families": [f"family{index}" for index in range(33)]},
        {"network_px": 0},
        {"network_px": 10**9},
        {"network_px": "64"},
        {"latent": {"noise_channels": 0, "code_channels": 32, "truncation": 1.0}},
        {"latent": {"noise_channels": 10**12, "code_channels": 32, "truncation": 1.0}},
        {"latent": {"noise_channels": 68, "code_channels": 10**12, "truncation": 1.0}},
        {"latent": {"noise_channels": 68, "code_channels": 32}},
        {"inputs": "latent"},
        {"inputs": [{"name": "latent", "dtype": "float32"}]},
        {"sha256": 7},
        {"sha256": "0" * 64},
        {"name": "another"},
        {"version": "2"},
        {"surprise": 1},
        {"licence": None},
        {"task": "poetry"},
        {"task": "material"},
        {"task": []},
    ],
    ids=str,
)
def test_a_card_that_is_off_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    folder = write_tiny_model(tmp_path, "1")
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    assert refused(tmp_path).code == "MODEL_CORRUPT"


@pytest.mark.parametrize("key", ["name", "sha256", "latent", "families", "inputs"])
def test_a_card_without_a_key_is_refused(tmp_path: Path, key: str) -> None:
    folder = write_tiny_model(tmp_path)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    del card[key]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    error = refused(tmp_path)
    assert error.code == "MODEL_CORRUPT"
    assert key in error.detail


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "open", "list", "null", "bytes", "deep"],
)
def test_a_card_that_is_no_card_is_refused(tmp_path: Path, text: bytes) -> None:
    (write_tiny_model(tmp_path) / "card.json").write_bytes(text)
    assert refused(tmp_path).code == "MODEL_CORRUPT"


@pytest.mark.parametrize("name", ["card.json", "model.onnx"])
def test_a_missing_file_is_told_apart_from_a_damaged_one(tmp_path: Path, name: str) -> None:
    (write_tiny_model(tmp_path) / name).unlink()
    error = refused(tmp_path)
    assert error.code == "MODEL_MISSING"
    assert name in error.detail


@pytest.mark.parametrize("keep", [0, 1000, -1])
def test_truncated_weights_are_refused(tmp_path: Path, keep: int) -> None:
    weights = write_tiny_model(tmp_path) / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:keep])
    assert refused(tmp_path).code == "MODEL_CORRUPT"


@pytest.mark.parametrize(
    ("limit", "name"), [("_MAX_CARD_BYTES", "card.json"), ("_MAX_WEIGHTS_BYTES", "model.onnx")]
)
def test_a_huge_file_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, name: str
) -> None:
    folder = write_tiny_model(tmp_path)
    monkeypatch.setattr(models, limit, (folder / name).stat().st_size - 1)
    error = refused(tmp_path)
    assert error.code == "MODEL_CORRUPT"
    assert f"{name} has" in error.detail


def test_one_bad_model_does_not_hide_a_good_one(tmp_path: Path) -> None:
    write_tiny_model(tmp_path)
    (tmp_path / "broken" / "1").mkdir(parents=True)
    found, problems = list_models(tmp_path)
    assert [model.card.name for model in found] == ["dcgan_texture"]
    assert len(problems) == 1
    assert "broken" in problems[0]
