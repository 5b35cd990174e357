"""Names, errors, job folders, the restart limit, the runtime's report, the version."""

import json
import os
import re
from pathlib import Path

import pytest

from filmai_addon.contract import FAMILIES
from filmai_addon.core.errors import FilmAIError, SettingsError
from filmai_addon.core.job_folders import make_job_folder, remove_job_folder, remove_old_job_folders
from filmai_addon.core.naming import file_stem, free_path, job_title, texture_name
from filmai_addon.core.probe_report import probe_report
from filmai_addon.core.restart_limit import RestartLimit
from filmai_addon.core.version import filmai_version

DAY = 24 * 3600


def test_names() -> None:
    assert job_title("scifi_panel", 7, 1) == "Sci-Fi Panel 7"
    assert job_title("brick", 7, 4) == "Brick 7, 4 variations"
    assert texture_name("brick", 7) == "FilmAI Brick 7"
    assert file_stem("brick", 7, 1024) == "filmai_brick_7_1024px"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_names_fit_into_blenders_63_bytes(family: object) -> None:
    assert len(texture_name(family.id, 2**31 - 1).encode()) <= 63 - len(".001")  # type: ignore[attr-defined]


def test_a_free_path_never_names_a_file_that_exists(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a", ".png") == tmp_path / "a.png"
    (tmp_path / "a.png").touch()
    (tmp_path / "a_2.png").touch()
    assert free_path(tmp_path, "a", ".png") == tmp_path / "a_3.png"


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = SettingsError("The disk is full.", "Free some space.", "errno 28")
    assert isinstance(error, FilmAIError)
    assert str(error) == "The disk is full. Free some space."
    assert (error.message, error.hint, error.detail) == ("The disk is full.", "Free some space.", "errno 28")
    assert str(FilmAIError("Alone.")) == "Alone."


def test_job_folders_are_made_new_and_removed_whole(tmp_path: Path) -> None:
    first, second = make_job_folder(tmp_path / "jobs"), make_job_folder(tmp_path / "jobs")
    assert first != second
    (first / "a.png").touch()
    remove_job_folder(first)
    remove_job_folder(first)
    assert not first.exists()
    assert second.is_dir()


def test_a_job_folder_that_cannot_be_made_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("a file is in the way")
    with pytest.raises(FilmAIError, match="cannot be written"):
        make_job_folder(tmp_path / "jobs")


def test_only_old_job_folders_are_tidied_away(tmp_path: Path) -> None:
    old, young, note = tmp_path / "old", tmp_path / "young", tmp_path / "note.txt"
    old.mkdir()
    young.mkdir()
    note.touch()
    now = 100 * DAY
    os.utime(old, (now - 8 * DAY, now - 8 * DAY))
    os.utime(young, (now - 6 * DAY, now - 6 * DAY))
    os.utime(note, (0, 0))
    assert remove_old_job_folders(tmp_path, now) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.txt", "young"]
    assert remove_old_job_folders(tmp_path / "nothing here", now) == 0


def test_the_restart_limit_counts_deaths_within_its_window() -> None:
    limit = RestartLimit(max_deaths=3, window_seconds=60.0)
    for now in (0.0, 10.0):
        limit.record_death(now)
        assert limit.wait_seconds(now) == 0.0
    limit.record_death(20.0)
    assert limit.wait_seconds(20.0) == pytest.approx(40.0)
    assert limit.wait_seconds(59.0) == pytest.approx(1.0)
    assert limit.wait_seconds(60.0) == 0.0


def test_the_report_on_a_runtime_names_versions_and_devices() -> None:
    answer = {
        "python": "3.11.7",
        "numpy": "2.0.0",
        "pillow": "",
        "onnxruntime": "1.32.0",
        "providers": ["CPUExecutionProvider"],
        "devices": [{"choice": "cuda", "used": {"kind": "cpu", "reason": "cuDNN 9 not found"}}],
        "problems": ["pillow is not installed"],
    }
    assert probe_report(0, json.dumps(answer), "") == (
        "Python 3.11.7, onnxruntime 1.32.0, numpy 2.0.0, Pillow missing",
        "CUDA: runs on CPU (cuDNN 9 not found)",
        "Problem: pillow is not installed",
    )


@pytest.mark.parametrize("output", ["", "hello", "[]", "{}", '{"python": "3.11"}'])
def test_a_runtime_that_answers_nonsense_is_reported_with_its_last_words(output: str) -> None:
    lines = probe_report(1, output, "first\nModuleNotFoundError: no ml\n")
    assert lines == ("This Python cannot run FilmAI (exit code 1):", "ModuleNotFoundError: no ml")
    assert probe_report(1, output, "")[1] == "it said nothing"


def test_the_version_is_the_manifests() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", filmai_version())
