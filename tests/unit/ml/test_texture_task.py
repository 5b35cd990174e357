"""The texture job without a process around it, on a tiny network."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.errors import JobCancelled, TaskError, failure_of
from ml.protocol import DeviceChoice, GenerateTexture, Released, ReleaseMemory, TextureResult
from ml.tasks import TaskContext, make_networks, run_task
from ml.tasks.job_files import JobFiles
from tests.fakes.tiny_model import write_tiny_model

Step = tuple[str, int, int]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_model(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def generate(
    models: Path,
    out: Path,
    *,
    family: str = "brick",
    seed: int = 7,
    size: int = 64,
    variations: int = 1,
    device: DeviceChoice = "cpu",
    progress: Callable[[str, int, int], None] = lambda _phase, _step, _total: None,
) -> TextureResult:
    request = GenerateTexture("a", family, seed, size, variations, device, str(out))
    result = run_task(request, TaskContext(models, make_networks(), progress))
    assert isinstance(result, TextureResult)
    return result


def bytes_of(result: TextureResult) -> list[bytes]:
    return [Path(image.path).read_bytes() for image in result.images]


def test_the_same_seed_gives_the_same_bytes(models: Path, out: Path) -> None:
    assert bytes_of(generate(models, out)) == bytes_of(generate(models, out))


def test_a_picture_does_not_depend_on_its_neighbours(models: Path, out: Path) -> None:
    three = bytes_of(generate(models, out, variations=3))
    assert three == [bytes_of(generate(models, out, seed=seed))[0] for seed in (7, 8, 9)]
    assert len(set(three)) == 3


def test_each_family_has_its_own_picture(models: Path, out: Path) -> None:
    pictures = {
        bytes_of(generate(models, out, family=family))[0] for family in ("brick", "moss", "scifi_panel")
    }
    assert len(pictures) == 3


def test_the_picture_tiles_and_has_the_size_that_was_asked_for(models: Path, out: Path) -> None:
    (image,) = generate(models, out, size=200).images
    pixels = np.asarray(Image.open(image.path), np.int16)
    assert pixels.shape == (200, 200, 3)
    for axis in (0, 1):
        seam = np.abs(pixels.take(0, axis) - pixels.take(-1, axis)).mean()
        assert seam < 1.5 * np.abs(np.diff(pixels, axis=axis)).mean()


def test_it_says_what_it_does_and_where_it_is(models: Path, out: Path) -> None:
    steps: list[Step] = []
    generate(models, out, variations=2, progress=lambda *step: steps.append(step))
    assert [phase for phase, _, _ in steps[:4]] == ["load", "draw", "enlarge", "write"]
    assert [step for _, step, _ in steps] == list(range(len(steps)))
    assert {total for _, _, total in steps} == {len(steps) - 1}


@pytest.mark.parametrize("at", range(8))
def test_cancelled_at_any_step_it_leaves_nothing(models: Path, out: Path, at: int) -> None:
    def progress(_phase: str, step: int, _total: int) -> None:
        if step == at:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        generate(models, out, variations=2, progress=progress)
    assert list(out.iterdir()) == []


def test_other_files_in_the_folder_are_left_alone(models: Path, out: Path) -> None:
    (out / "mine.txt").write_text("mine", encoding="utf-8")

    def progress(phase: str, step: int, _total: int) -> None:
        if phase == "draw" and step > 1:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        generate(models, out, variations=2, progress=progress)
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("kind", ["missing", "file", "below a file", "name too long", "no path"])
def test_a_folder_that_is_none_is_refused_before_any_work(models: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = {
        "missing": tmp_path / "missing",
        "file": tmp_path / "file",
        "below a file": tmp_path / "file" / "folder",
        "name too long": tmp_path / ("x" * 300),
        "no path": Path("\0"),
    }[kind]
    phases: list[str] = []
    with pytest.raises(TaskError) as caught:
        generate(models, folder, progress=lambda phase, _step, _total: phases.append(phase))
    assert caught.value.code == "FOLDER_NOT_WRITABLE"
    assert "draw" not in phases
    assert (tmp_path / "file").read_bytes() == b""


def test_a_folder_that_goes_away_in_mid_job_is_said(models: Path, out: Path) -> None:
    def progress(phase: str, _step: int, _total: int) -> None:
        if phase == "write":
            out.rmdir()

    with pytest.raises(TaskError) as caught:
        generate(models, out, progress=progress)
    assert caught.value.code == "FOLDER_NOT_WRITABLE"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /dev/full")
def test_a_full_disk_is_said_and_leaves_nothing(out: Path) -> None:
    def write_two() -> None:
        with JobFiles(out) as files:
            files.write("first.png", [b"fits"])
            (out / "second.png.partial").symlink_to("/dev/full")
            files.write("second.png", [b"does not ", b"fit"])

    with pytest.raises(OSError, match="No space") as caught:
        write_two()
    assert caught.value.errno == errno.ENOSPC
    assert failure_of(caught.value).code == "DISK_FULL"
    assert list(out.iterdir()) == []


def test_a_family_that_the_model_does_not_know_is_refused(tmp_path: Path, out: Path) -> None:
    write_tiny_model(tmp_path / "small", families=["moss"])
    with pytest.raises(TaskError, match="brick") as caught:
        generate(tmp_path / "small", out)
    assert caught.value.code == "BAD_REQUEST"


def test_releasing_drops_what_a_job_loaded(models: Path, out: Path) -> None:
    context = TaskContext(models, make_networks(), lambda _phase, _step, _total: None)
    run_task(GenerateTexture("a", "brick", 7, 64, 1, "cpu", str(out)), context)
    assert run_task(ReleaseMemory("b"), context) == Released("released", 1)
    assert run_task(ReleaseMemory("c"), context) == Released("released", 0)
