"""What only the real worker can show: damaged models, a full disk, idle unloading, a parent that is gone."""

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from filmai_addon.contract import Failed, Finished, GenerateTexture, Released, ReleaseMemory, TextureResult
from filmai_addon.worker_client import worker_command
from tests.contract.conftest import MODELS, REPOSITORY, Start, argv_of
from tests.fakes.conversation import PATIENCE_SECONDS, Conversation, texture
from tests.fakes.tiny_model import write_tiny_model, write_tiny_own


@pytest.fixture
def kind() -> str:
    return "real"


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Conversation]:
    """A worker with a tiny model of its own in ``tmp_path/models``, as yet without that model."""
    (tmp_path / "models").mkdir()
    argv = worker_command(Path(sys.executable), REPOSITORY, (), tmp_path / "models", 600)
    conversation = Conversation(argv, tmp_path / "worker.log")
    yield conversation
    conversation.worker.close(0.5)


def failure(talk: Conversation, request: GenerateTexture) -> Failed:
    talk.send(request)
    end = talk.end_of(request.job)
    assert isinstance(end, Failed), end
    assert end.message.count(".") >= 2, "what happened, and what to do"
    return end


def test_a_missing_model_is_told_of_at_once_and_found_when_it_comes(
    talk: Conversation, tmp_path: Path
) -> None:
    assert talk.ready().models == ()
    assert talk.ready().problems
    assert failure(talk, texture(tmp_path, "a")).code == "MODEL_MISSING"
    write_tiny_model(tmp_path / "models")
    talk.send(texture(tmp_path, "b"))
    assert isinstance(talk.end_of("b"), Finished)


def test_a_truncated_model_fails_its_jobs_and_the_worker_lives_on(tmp_path: Path, talk: Conversation) -> None:
    talk.ready()
    folder = write_tiny_model(tmp_path / "models")
    whole = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(whole[: len(whole) // 2])
    assert failure(talk, texture(tmp_path, "a")).code == "MODEL_CORRUPT"
    (folder / "model.onnx").write_bytes(whole)
    talk.send(texture(tmp_path, "b"))
    assert isinstance(talk.end_of("b"), Finished)


def test_the_shipped_model_with_one_changed_byte_is_refused(tmp_path: Path) -> None:
    shutil.copytree(MODELS, tmp_path / "shipped")
    weights = tmp_path / "shipped" / "dcgan_texture" / "1" / "model.onnx"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    argv = worker_command(Path(sys.executable), REPOSITORY, (), tmp_path / "shipped", 600)
    talk = Conversation(argv, tmp_path / "worker.log")
    try:
        names = {model.name for model in talk.ready().models}
        assert "dcgan_texture" not in names
        assert "texture_studio" in names
        assert "damaged" in talk.ready().problems[0]
        assert failure(talk, texture(tmp_path)).code == "MODEL_CORRUPT"
    finally:
        talk.worker.close(0.5)


def test_a_folder_that_is_not_there_is_said_before_any_work(start: Start, tmp_path: Path) -> None:
    talk = start()
    request = texture(tmp_path)
    (tmp_path / "a").rmdir()
    assert failure(talk, request).code == "FOLDER_NOT_WRITABLE"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("job", ["", "x" * 201, "\N{BRICK}" * 80_000], ids=["empty", "long", "huge"])
def test_a_job_id_that_is_none_harms_nobody(start: Start, tmp_path: Path, job: str) -> None:
    talk = start()
    (tmp_path / "out").mkdir()
    talk.send(GenerateTexture(job, "brick", 7, 64, 1, "cpu", str(tmp_path / "out")), texture(tmp_path))
    assert isinstance(talk.end_of("a"), Finished)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_device_that_cannot_be_had_is_no_failure_and_is_told(start: Start, tmp_path: Path) -> None:
    talk = start()
    talk.ready()
    (tmp_path / "a").mkdir()
    talk.send(GenerateTexture("a", "brick", 7, 64, 1, "cuda", str(tmp_path / "a")))
    end = talk.end_of("a")
    assert isinstance(end, Finished)
    assert isinstance(end.result, TextureResult)
    assert (end.result.device.kind == "cuda") is (end.result.device.reason == "")
    if "CUDAExecutionProvider" not in talk.ready().providers:
        assert end.result.device.kind == "cpu"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no file-size limit")
def test_a_full_disk_fails_the_job_leaves_nothing_and_the_next_job_works(tmp_path: Path) -> None:
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
    limit += "os.execv(sys.argv[1], sys.argv[1:])"
    talk = Conversation((sys.executable, "-c", limit, *argv_of("real")), tmp_path / "worker.log")
    try:
        # the first picture fits, the second job's does not
        talk.send(texture(tmp_path, "small"), texture(tmp_path, "large", size=1024, variations=2))
        assert isinstance(talk.end_of("small"), Finished)
        end = talk.end_of("large")
        assert isinstance(end, Failed)
        assert end.code == "DISK_FULL"
        assert list((tmp_path / "large").iterdir()) == []
        talk.send(texture(tmp_path, "again"))
        assert isinstance(talk.end_of("again"), Finished)
    finally:
        talk.worker.close(0.5)


def test_idle_models_are_dropped_and_loaded_again(start: Start, tmp_path: Path) -> None:
    talk = start(idle_seconds=1)
    talk.send(texture(tmp_path, "a"))
    talk.end_of("a")
    # said after it was done, so what follows depends on no clock
    talk.wait_for_log("dropped")
    talk.send(ReleaseMemory("b"), texture(tmp_path, "c"))
    assert talk.end_of("b") == Finished("b", Released("released", 0))
    assert isinstance(talk.end_of("c"), Finished)


PARENT = """
import subprocess, sys
requests, events = int(sys.argv[1]), int(sys.argv[2])
argv = [str(__import__("os").getpid()) if word == "PID" else word for word in sys.argv[3:]]
subprocess.Popen(argv, stdin=requests, stdout=events)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are not handed on like that")
def test_it_ends_with_its_parent_even_if_its_input_stays_open(tmp_path: Path) -> None:
    requests_end, keep_open = os.pipe()
    wire, events_end = os.pipe()
    argv = argv_of("real")
    argv = tuple(
        "PID" if before == "--parent-pid" else word for before, word in zip(("", *argv), argv, strict=False)
    )
    with (tmp_path / "log").open("wb") as log, os.fdopen(wire, "rb", buffering=0) as events:
        parent = subprocess.Popen(
            (sys.executable, "-c", PARENT, str(requests_end), str(events_end), *argv),
            stdin=subprocess.PIPE,
            stderr=log,
            pass_fds=(requests_end, events_end),
        )
        os.close(requests_end)
        os.close(events_end)
        ready, _, _ = select.select([events], [], [], PATIENCE_SECONDS)
        assert ready
        assert b'"type":"ready"' in events.read(65536)
        assert parent.stdin is not None
        parent.stdin.close()
        parent.wait(PATIENCE_SECONDS)
        # nobody but the worker holds the other end: this is its end
        ready, _, _ = select.select([events], [], [], PATIENCE_SECONDS)
        assert ready
        assert events.read(65536) == b""
    os.close(keep_open)


def test_when_blender_is_gone_no_empty_folder_is_left(start: Start, tmp_path: Path) -> None:
    talk = start()
    requests = [texture(tmp_path, "running", size=2048, variations=16), texture(tmp_path, "waiting")]
    handed_over = texture(tmp_path, "with a picture")
    (tmp_path / "with a picture" / "layout.png").write_bytes(b"Blender's")
    talk.send(*requests, handed_over)
    talk.running("running")
    talk.end_input()
    assert talk.died().exit_code == 0
    assert not any(Path(request.out_dir).exists() for request in requests)
    assert (tmp_path / "with a picture" / "layout.png").read_bytes() == b"Blender's"


def test_a_damaged_model_of_the_users_is_named_and_the_shipped_ones_work(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "models")
    write_tiny_own(tmp_path / "own", "good")
    (write_tiny_own(tmp_path / "own", "bad") / "card.json").write_text("{")
    argv = worker_command(Path(sys.executable), REPOSITORY, (), tmp_path / "models", 600, tmp_path / "own")
    talk = Conversation(argv, tmp_path / "worker.log")
    try:
        assert {model.name for model in talk.ready().models} == {"dcgan_texture", "good"}
        assert any("bad" in problem and "Train it again" in problem for problem in talk.ready().problems)
        talk.send(texture(tmp_path))
        assert isinstance(talk.end_of("a"), Finished)
    finally:
        talk.worker.close(0.5)
