"""The worker's log: bounded, and never a reason to fail."""

import sys
from pathlib import Path

import pytest

from filmai_addon.worker_client.log import WorkerLog


def test_it_goes_to_a_file_whose_folder_is_made(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "new" / "folder" / "worker.log")
    log.feed(b"first\nsec")
    log.feed(b"ond\nunfinished")
    assert (tmp_path / "new" / "folder" / "worker.log").read_bytes() == b"first\nsecond\n"
    log.close()
    assert (tmp_path / "new" / "folder" / "worker.log").read_bytes() == b"first\nsecond\nunfinished\n"
    assert log.last_lines() == ("first", "second", "unfinished")


def test_nothing_said_is_no_file(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "worker.log")
    log.close()
    assert list(tmp_path.iterdir()) == []
    assert log.last_lines() == ()


def test_another_session_goes_on_below(tmp_path: Path) -> None:
    for text in (b"one\n", b"two\n"):
        log = WorkerLog(tmp_path / "worker.log")
        log.feed(text)
        log.close()
    assert (tmp_path / "worker.log").read_bytes() == b"one\ntwo\n"


def test_two_files_of_bounded_size_are_kept(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "worker.log", max_bytes=100)
    for index in range(100):
        log.feed(b"line %03d\n" % index)
    log.close()
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(files) == {"worker.log", "worker.log.1"}
    assert all(0 < len(data) <= 100 for data in files.values())
    # the newest lines, without a gap between the two
    lines = (files["worker.log.1"] + files["worker.log"]).decode().splitlines()
    assert lines == [f"line {index:03d}" for index in range(100 - len(lines), 100)]


def test_a_log_that_is_full_from_the_start_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "worker.log").write_bytes(b"old\n" * 50)
    log = WorkerLog(tmp_path / "worker.log", max_bytes=100)
    log.feed(b"new\n")
    log.close()
    assert (tmp_path / "worker.log").read_bytes() == b"new\n"
    assert (tmp_path / "worker.log.1").read_bytes() == b"old\n" * 50


@pytest.mark.parametrize("place", ["file/worker.log", "."], ids=["below a file", "a folder"])
def test_a_log_that_cannot_be_written_is_noted_once_and_goes_on(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = WorkerLog(tmp_path / place)
    log.feed(b"first\nsecond\n")
    log.close()
    first, note, second = log.last_lines()
    assert (first, second) == ("first", "second")
    assert "cannot be written" in note
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /dev/full")
def test_a_full_disk_is_noted_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "worker.log").symlink_to("/dev/full")
    log = WorkerLog(tmp_path / "worker.log")
    log.feed(b"first\nsecond\n")
    log.close()
    assert len(log.last_lines()) == 3
    assert "No space left" in log.last_lines()[1]


def test_only_the_last_lines_are_remembered_and_long_ones_are_left_out(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "worker.log")
    log.feed(b"x" * 1_000_000 + b"\n")
    log.feed(b"".join(b"line %d\n" % index for index in range(1000)))
    assert log.last_lines()[-1] == "line 999"
    assert len(log.last_lines()) < 100
    log.close()
    assert (tmp_path / "worker.log").read_bytes().startswith(b"(a very long line was left out)\nline 0\n")


def test_bytes_that_are_no_text_are_shown_somehow(tmp_path: Path) -> None:
    log = WorkerLog(tmp_path / "worker.log")
    log.feed(b"caf\xe9\r\n")
    log.close()
    assert log.last_lines() == ("caf\N{REPLACEMENT CHARACTER}",)
    assert (tmp_path / "worker.log").read_bytes() == b"caf\xe9\r\n"
