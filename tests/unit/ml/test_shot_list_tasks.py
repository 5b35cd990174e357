"""The jobs that write shot lists and read subtitles, each file read back by another library."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pysubs2
import pytest

from ml.errors import JobCancelled, TaskError
from ml.limits import EXPORT_SUFFIXES, MAX_CAPTIONS
from ml.protocol_lists import CaptionedShot, ExportShots, ReadCaptions
from ml.shotlist.files import LIST_FORMATS
from ml.tasks import shot_lists
from ml.tasks.context import TaskContext
from ml.tasks.dispatch import run_task
from ml.wire import to_plain
from tests.unit.ml.shot_examples import FIRST, SECOND

SHOTS = (CaptionedShot(FIRST, "1. Wide shot."), CaptionedShot(replace(SECOND, name="city.mp4"), ""))


def context(progress: Any = lambda *_step: None) -> TaskContext:
    return TaskContext(Path("/no/models"), None, progress)  # type: ignore[arg-type]


def request(folder: Path, suffix: str, shots: Any = SHOTS, **changes: Any) -> ExportShots:
    listed = folder / "job" / "shots.json"
    listed.parent.mkdir(exist_ok=True)
    listed.write_text(json.dumps(to_plain(shots)), encoding="utf-8")
    values: dict[str, Any] = {
        "title": "Reel",
        "rate_numerator": 24,
        "rate_denominator": 1,
        "first_frame": 1,
        "start_timecode_frame": 0,
        "language": "en",
        "path": str(folder / f"lists 列表{suffix}"),
    }
    return ExportShots(job="a", shots_path=str(listed), **(values | changes))


def written(wish: ExportShots) -> str:
    result = run_task(wish, context())
    assert getattr(result, "path", "") == wish.path
    return Path(wish.path).read_text(encoding="utf-8")


def failure(wish: ExportShots | ReadCaptions) -> TaskError:
    with pytest.raises(TaskError) as caught:
        run_task(wish, context())
    return caught.value


def test_every_format_that_is_offered_is_written(tmp_path: Path) -> None:
    assert set(EXPORT_SUFFIXES) <= set(LIST_FORMATS)
    for suffix in EXPORT_SUFFIXES:
        assert len(written(request(tmp_path, suffix))) > 40
    assert len(list(tmp_path.iterdir())) == 1 + len(EXPORT_SUFFIXES)


@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".ass"])
def test_subtitles_say_what_the_captions_say(tmp_path: Path, suffix: str) -> None:
    events = pysubs2.SSAFile.from_string(written(request(tmp_path, suffix)), format_=suffix[1:]).events
    assert [(event.start, event.end, event.plaintext) for event in events] == [(0, 2000, "1. Wide shot.")]


@pytest.mark.parametrize(("numerator", "denominator"), [(24, 1), (24000, 1001), (30000, 1001)])
def test_edit_lists_at_every_rate(tmp_path: Path, numerator: int, denominator: int) -> None:
    rate = numerator / denominator
    changes = {"rate_numerator": numerator, "rate_denominator": denominator, "start_timecode_frame": 3600}
    edl = written(request(tmp_path, ".edl", **changes))
    timeline = otio.adapters.read_from_string(edl, "cmx_3600", rate=rate)
    assert [clip.duration().value for clip in timeline.find_clips()] == [48, 24]
    start = otio.opentime.RationalTime(3600, rate)
    assert f" {otio.opentime.to_timecode(start, rate)} " in edl, "where the first shot is recorded"
    timeline = otio.adapters.read_from_string(written(request(tmp_path, ".otio", **changes)), "otio_json")
    assert timeline.global_start_time == start
    assert [clip.markers[0].name for clip in timeline.find_clips()] == [FIRST.en, SECOND.en]


def test_a_contact_sheet_says_how_many_pictures_are_missing(tmp_path: Path) -> None:
    picture = tmp_path / "1.jpg"
    picture.write_bytes(b"\xff\xd8picture")
    shots = (CaptionedShot(replace(FIRST, thumbnail=str(picture)), ""), SHOTS[1])
    result = run_task(request(tmp_path, ".html", shots), context())
    assert result.notes == (  # type: ignore[union-attr]
        "1 shot has no picture any more: caption the strips again to have one",
    )


def test_lists_that_cannot_be_written(tmp_path: Path) -> None:
    assert failure(request(tmp_path, ".srt", ())).code == "NOT_EXPORTED"
    missing = failure(request(tmp_path, ".srt", path=str(tmp_path / "none" / "a.srt")))
    assert (missing.code, "cannot be written" in missing.message) == ("NOT_EXPORTED", True)
    broken = request(tmp_path, ".srt")
    Path(broken.shots_path).write_text("[{}]")
    assert failure(broken).code == "BAD_REQUEST"
    Path(broken.shots_path).unlink()
    assert failure(broken).code == "BAD_REQUEST"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = request(tmp_path, ".srt")
    Path(wish.path).write_text("old")

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert "No space left" in failure(wish).message
    assert Path(wish.path).read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"job", Path(wish.path).name}


def test_a_cancelled_job_writes_nothing(tmp_path: Path) -> None:
    def cancelled(_phase: str, step: int, _total: int) -> None:
        if step:
            raise JobCancelled

    wish = request(tmp_path, ".srt")
    with pytest.raises(JobCancelled):
        run_task(wish, context(cancelled))
    assert not Path(wish.path).exists()


def test_without_the_package_that_knows_subtitles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_arguments: object) -> None:
        raise ModuleNotFoundError("No module named 'pysubs2'")

    monkeypatch.setattr(shot_lists, "write_list", missing)
    monkeypatch.setattr(shot_lists, "read_subtitles", missing)
    assert failure(request(tmp_path, ".srt")).code == "RUNTIME_MISSING"
    assert failure(ReadCaptions("a", str(tmp_path / "a.srt"))).code == "RUNTIME_MISSING"


def test_captions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "字幕.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.500\nOne &amp;\ntwo\n", encoding="utf-8")
    result = run_task(ReadCaptions("a", str(path)), context())
    assert to_plain(result)["captions"] == [{"start_seconds": 1.0, "end_seconds": 2.5, "text": "One &\ntwo"}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1\n00:00:00,000 --> 00:00:01,000\nÄ\n".encode("latin-1"), "not in UTF-8"),
        (
            b"".join(b"%d\n00:00:00,000 --> 00:00:01,000\nx\n\n" % n for n in range(MAX_CAPTIONS + 1)),
            "is the limit",
        ),
        (b"1\n00:00:00,000 --> 00:00:01,000\n" + b"x" * 300_001, "too much for captions"),
    ],
)
def test_captions_that_are_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(content)
    refused = failure(ReadCaptions("a", str(path)))
    assert (refused.code, expected in refused.message) == ("NOT_IMPORTED", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"path": "/a/list.doc"},
        {"path": "/a/list"},
        {"rate_denominator": 0},
        {"rate_numerator": 0},
        {"start_timecode_frame": -1},
    ],
)
def test_requests_that_mean_nothing_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"file has to end|rate|start_timecode"):
        request(tmp_path, ".srt", **changes)
    with pytest.raises(ValueError, match="file has to end"):
        ReadCaptions("a", "/a/captions.txt")
    with pytest.raises(ValueError, match="shot 1 has no length"):
        replace(FIRST, end_frame=FIRST.start_frame)
