"""Where a session runs, and that what is said about it is true."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ml.errors import TaskError
from ml.infer import devices, session
from ml.infer.cards import TextureCard
from ml.infer.devices import CPU, CUDA, import_runtime, why_no_cuda, worker_threads
from ml.infer.models import find_model
from ml.infer.session import SessionCache, make_session
from tests.fakes.tiny_model import NETWORK_PX, tiny_onnx, tiny_weights, write_tiny_model


def pretend_runtime(
    monkeypatch: pytest.MonkeyPatch, home: Path, make: Callable[[list[Any]], list[str]]
) -> SimpleNamespace:
    """A runtime that offers CUDA; ``make`` gets the providers asked for and returns those in use."""

    def inference_session(_weights: bytes, _options: object, **options: Any) -> SimpleNamespace:
        in_use = make(options["providers"])
        return SimpleNamespace(get_providers=lambda: in_use)

    def no_setting(*_words: object) -> None:
        """Options are taken and forgotten."""

    runtime = SimpleNamespace(
        __file__=str(home / "onnxruntime" / "__init__.py"),
        get_available_providers=lambda: [CUDA, CPU],
        SessionOptions=lambda: SimpleNamespace(add_session_config_entry=no_setting),
        preload_dlls=lambda: print("cuDNN is not where it was expected"),
        InferenceSession=inference_session,
    )
    monkeypatch.setattr(session, "import_runtime", lambda: runtime)
    return runtime


@pytest.mark.skipif(CUDA in import_runtime().get_available_providers(), reason="this runtime can do CUDA")
@pytest.mark.parametrize(("choice", "has_reason"), [("cpu", False), ("auto", False), ("cuda", True)])
def test_without_cuda_everything_runs_on_the_cpu_and_only_who_asked_is_told_why(
    choice: Any, has_reason: bool
) -> None:
    made, used = make_session(tiny_onnx(), choice)
    assert made.get_providers() == [CPU]
    assert used.kind == "cpu"
    assert bool(used.reason) is has_reason


@pytest.mark.parametrize("choice", ["auto", "cuda"])
def test_cuda_in_use_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choice: Any) -> None:
    pretend_runtime(monkeypatch, tmp_path, lambda _asked: [CUDA, CPU])
    _, used = make_session(b"", choice)
    assert (used.kind, used.reason) == ("cuda", "")


@pytest.mark.parametrize("choice", ["auto", "cuda"])
def test_a_silent_fall_back_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choice: Any) -> None:
    pretend_runtime(monkeypatch, tmp_path, lambda _asked: [CPU])
    _, used = make_session(b"", choice)
    assert used.kind == "cpu"
    assert "missing" in used.reason


def test_a_cuda_that_fails_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def make(asked: list[Any]) -> list[str]:
        if asked != [CPU]:
            raise RuntimeError("CUDA failure 35: driver too old\nand much more\nbelow")
        return [CPU]

    pretend_runtime(monkeypatch, tmp_path, make)
    _, used = make_session(b"", "cuda")
    assert used.kind == "cpu"
    assert used.reason == "CUDA failed: CUDA failure 35: driver too old"


def test_the_cpu_is_taken_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[Any]] = []

    def make(providers: list[Any]) -> list[str]:
        asked.append(providers)
        return [CPU]

    pretend_runtime(monkeypatch, tmp_path, make)
    _, used = make_session(b"", "cpu")
    assert asked == [[CPU]]
    assert (used.kind, used.reason) == ("cpu", "")


def test_what_a_runtime_prints_stays_off_stdout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend_runtime(monkeypatch, tmp_path, lambda _asked: [CUDA, CPU])
    make_session(b"", "cuda")
    said = capsys.readouterr()
    assert said.out == ""
    assert "cuDNN" in said.err


def test_a_library_that_does_not_load_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runtime = pretend_runtime(monkeypatch, tmp_path, lambda _asked: [CPU])
    library = tmp_path / "onnxruntime" / "capi" / "libonnxruntime_providers_cuda.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"no library")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert library.name in why_no_cuda(runtime)  # type: ignore[arg-type]


def test_a_missing_runtime_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise ImportError("DLL load failed")

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.raises(TaskError, match="Install FilmAI again") as caught:
        import_runtime()
    assert caught.value.code == "RUNTIME_MISSING"
    assert "DLL load failed" in caught.value.detail


def test_a_network_is_loaded_once_and_let_go_when_told(tmp_path: Path) -> None:
    write_tiny_model(tmp_path)
    model = find_model(tmp_path, "dcgan_texture", TextureCard)
    cache = SessionCache()
    network = cache.load(model, "cpu")
    assert cache.load(model, "cpu") is network
    image = network.run({"latent": np.ones((2, 100, 1, 1), np.float32)})
    assert image.shape == (2, 3, NETWORK_PX, NETWORK_PX)
    assert np.array_equal(image[0], image[1])
    assert cache.unload() == 1
    assert cache.unload() == 0
    assert cache.load(model, "cpu") is not network


def test_weights_that_match_the_card_but_are_no_network_are_refused(tmp_path: Path) -> None:
    folder = write_tiny_model(
        tmp_path, sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    (folder / "model.onnx").write_bytes(b"")
    with pytest.raises(TaskError, match="Install FilmAI again") as caught:
        SessionCache().load(find_model(tmp_path, "dcgan_texture", TextureCard), "cpu")
    assert caught.value.code == "MODEL_CORRUPT"


@pytest.mark.parametrize("where", ["beside", "above", "anywhere"])
def test_weights_that_point_at_another_file_are_refused_and_it_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    folder = tmp_path / "models" / "dcgan_texture" / "1"
    secret = {"beside": folder, "above": tmp_path, "anywhere": tmp_path}[where] / "secret.bin"
    named = {"beside": "secret.bin", "above": "../../../secret.bin", "anywhere": str(secret)}[where]
    onnx = tiny_onnx(named)
    write_tiny_model(tmp_path / "models", sha256=hashlib.sha256(onnx).hexdigest())
    (folder / "model.onnx").write_bytes(onnx)
    secret.write_bytes(tiny_weights())
    # where a path that is relative to nothing would be looked for
    monkeypatch.chdir(folder)
    with pytest.raises(TaskError) as caught:
        SessionCache().load(find_model(tmp_path / "models", "dcgan_texture", TextureCard), "cpu")
    assert caught.value.code == "MODEL_CORRUPT"


def test_a_card_that_names_other_inputs_is_refused(tmp_path: Path) -> None:
    write_tiny_model(
        tmp_path, inputs=[{"name": "noise", "dtype": "float32", "axes": ["batch", "100", "1", "1"]}]
    )
    with pytest.raises(TaskError) as caught:
        SessionCache().load(find_model(tmp_path, "dcgan_texture", TextureCard), "cpu")
    assert caught.value.code == "MODEL_CORRUPT"
    assert "latent" in caught.value.detail


@pytest.mark.parametrize(
    ("text", "code"),
    [("Failed to allocate memory for requested buffer", "OUT_OF_MEMORY"), ("Invalid feed input", "INTERNAL")],
)
def test_a_run_that_fails_is_told_apart(text: str, code: str) -> None:
    def run(*_words: object) -> None:
        raise RuntimeError(text)

    network: Any = session.Network(None, SimpleNamespace(run=run), None)  # type: ignore[arg-type]
    with pytest.raises(TaskError) as caught:
        network.run({})
    assert caught.value.code == code


def test_one_core_is_left_to_blender() -> None:
    assert 1 <= worker_threads() <= max(1, devices.physical_cores() - 1)
