"""What Blender relies on, asked of the fake and of the real worker alike, through the add-on's own client."""

import hashlib
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image

from filmai_addon.contract import (
    MAX_LINE_BYTES,
    MAX_SEED,
    Cancel,
    Cancelled,
    CaptionedShot,
    CaptionsRead,
    ExportedShots,
    ExportShots,
    Failed,
    Finished,
    GenerateTexture,
    ListedShot,
    Progress,
    ReadCaptions,
    Ready,
    Released,
    ReleaseMemory,
    Request,
    TextureResult,
    is_terminal,
    to_plain,
)
from tests.contract.conftest import Start
from tests.fakes.conversation import Conversation, texture


def long_job(folder: Path, job: str = "long") -> GenerateTexture:
    """Many seconds of work for the real worker; the fake one has the scenario slow."""
    return texture(folder, job, size=2048, variations=16)


def textures(conversation: Conversation, request: GenerateTexture) -> TextureResult:
    conversation.send(request)
    end = conversation.end_of(request.job)
    assert isinstance(end, Finished), end
    assert isinstance(end.result, TextureResult)
    return end.result


def test_it_says_first_what_it_is_and_has(start: Start) -> None:
    talk = start()
    ready = talk.ready()
    assert talk.heard[0] == ready
    assert ready.job == ""
    assert ready.problems == ()
    assert {len(model.sha256) for model in ready.models} == {64}
    assert ready.python == ".".join(map(str, sys.version_info[:3]))
    assert "CPUExecutionProvider" in ready.providers


def test_a_job_ends_in_pictures_that_are_what_the_result_says(start: Start, tmp_path: Path) -> None:
    talk = start()
    request = texture(tmp_path, size=96, variations=3, seed=MAX_SEED - 1)
    result = textures(talk, request)
    assert [image.seed for image in result.images] == [MAX_SEED - 1, MAX_SEED, 0]
    assert result.family == "brick"
    assert result.model in talk.ready().models
    for image in result.images:
        path = Path(image.path)
        assert path.parent == Path(request.out_dir)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == image.sha256
        with Image.open(path) as picture:
            assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (96, 96))
            assert (image.width_px, image.height_px) == (96, 96)
    # nothing half-written, nothing forgotten
    assert {path.name for path in Path(request.out_dir).iterdir()} == {
        Path(image.path).name for image in result.images
    }


def test_progress_goes_forward_and_is_over_when_the_job_is(start: Start, tmp_path: Path) -> None:
    talk = start()
    textures(talk, texture(tmp_path, variations=4))
    talk.send(ReleaseMemory("last"))
    talk.end_of("last")
    mine = [event for event in talk.events() if event.job == "a"]
    steps = [event for event in mine if isinstance(event, Progress)]
    assert len(steps) >= 4
    assert [step.step for step in steps] == sorted(step.step for step in steps)
    assert len({step.total for step in steps}) == 1
    assert all(step.phase for step in steps)
    assert is_terminal(mine[-1])


def test_the_same_request_gives_the_same_bytes_and_another_seed_does_not(
    start: Start, tmp_path: Path
) -> None:
    talk = start()
    (first,) = textures(talk, texture(tmp_path, "a", size=128)).images
    (again,) = textures(talk, texture(tmp_path, "b", size=128)).images
    (other,) = textures(talk, texture(tmp_path, "c", size=128, seed=8)).images
    assert first.sha256 == again.sha256 != other.sha256


def test_jobs_are_done_one_after_the_other(start: Start, tmp_path: Path) -> None:
    talk = start()
    talk.send(texture(tmp_path, "a", variations=2), texture(tmp_path, "b"), texture(tmp_path, "c"))
    talk.end_of("c")
    order = [event.job for event in talk.events() if not isinstance(event, Ready)]
    assert list(dict.fromkeys(order)) == ["a", "b", "c"]
    assert order == sorted(order)


def test_a_waiting_job_can_be_cancelled(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    talk.send(long_job(tmp_path), texture(tmp_path, "b"))
    talk.running("long")
    talk.send(Cancel("b"))
    assert isinstance(talk.end_of("b"), Cancelled)
    # it did not have to wait for its turn, and the running one was not meant
    assert talk.ends_of("long") == []
    talk.send(Cancel("long"))
    talk.end_of("long")
    assert list((tmp_path / "b").iterdir()) == []


def test_a_running_job_can_be_cancelled_and_leaves_nothing(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    talk.send(long_job(tmp_path))
    talk.running("long")
    talk.send(Cancel("long"))
    assert isinstance(talk.end_of("long"), Cancelled)
    assert list((tmp_path / "long").iterdir()) == []
    talk.send(ReleaseMemory("next"))
    assert isinstance(talk.end_of("next"), Finished)
    assert len(talk.ends_of("long")) == 1


@pytest.mark.parametrize("job", ["never heard of", "a"])
def test_cancelling_what_is_unknown_or_over_changes_nothing(start: Start, tmp_path: Path, job: str) -> None:
    talk = start()
    textures(talk, texture(tmp_path, "a"))
    talk.send(Cancel(job))
    textures(talk, texture(tmp_path, "b"))
    # the id may even be used afterwards
    talk.send(ReleaseMemory("never heard of"))
    assert isinstance(talk.end_of("never heard of"), Finished)
    assert len(talk.ends_of("a")) == 1


def test_a_job_that_is_sent_twice_is_done_once(start: Start, tmp_path: Path) -> None:
    talk = start()
    twice = texture(tmp_path, "twice", size=512)
    talk.send(texture(tmp_path, "before", size=512), twice, twice, ReleaseMemory("after"))
    talk.end_of("after")
    assert [type(end) for end in talk.ends_of("twice")] == [Finished]


@pytest.mark.parametrize(
    "line",
    [
        b"this is no JSON\n",
        b"\xff\xfe\x00\n",
        b"\n",
        b"[]\n",
        b"null\n",
        b'{"v":1}\n',
        b"[" * 100_000 + b"\n",
        b'{"v":1,"type":"cancel","job":' + b"1" * 5000 + b"}\n",
        b'{"v":1,"type":"cancel","job":NaN}\n',
        b"{" + b"x" * (MAX_LINE_BYTES + 10) + b"\n",
    ],
    ids=["text", "bytes", "empty", "list", "null", "no type", "deep", "huge number", "NaN", "oversized"],
)
def test_a_line_that_is_no_request_harms_nobody(start: Start, tmp_path: Path, line: bytes) -> None:
    talk = start()
    talk.say(line)
    textures(talk, texture(tmp_path))
    assert {event.job for event in talk.events()} == {"", "a"}


GOOD = b'{"v":1,"type":"generate_texture","job":"bad","family":"brick","seed":1,"size_px":64,"variations":1,'
GOOD += b'"device":"cpu","out_dir":"/nowhere"}\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"brick"', b'"gingerbread"'),
        (b'"seed":1', b'"seed":"1"'),
        (b'"seed":1', b'"seed":true'),
        (b'"seed":1', b'"seed":-1'),
        (b'"size_px":64', b'"size_px":1000000'),
        (b'"variations":1', b'"variations":0'),
        (b'"cpu"', b'"tpu"'),
        (b'"seed":1,', b""),
        (b'"seed":1', b'"seed":1,"colour":"red"'),
        (b'"v":1', b'"v":2'),
        (b'"generate_texture"', b'"generate_film"'),
        (b'"generate_texture"', b'"finished"'),
    ],
)
def test_a_request_outside_the_contract_fails_its_job(start: Start, old: bytes, new: bytes) -> None:
    assert old in GOOD
    talk = start()
    talk.say(GOOD.replace(old, new))
    end = talk.end_of("bad")
    assert isinstance(end, Failed)
    assert end.code == "BAD_REQUEST"
    assert end.message
    assert end.detail
    talk.send(ReleaseMemory("next"))
    assert isinstance(talk.end_of("next"), Finished)
    assert len(talk.ends_of("bad")) == 1


def test_a_bad_line_about_an_open_job_does_not_end_it_twice(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    talk.send(long_job(tmp_path))
    talk.running("long")
    talk.say(b'{"v":1,"type":"cancel","job":"long","why":"because"}\n')
    talk.send(Cancel("long"), ReleaseMemory("after"))
    talk.end_of("after")
    assert [type(end) for end in talk.ends_of("long")] == [Cancelled]


def test_what_a_task_prints_goes_to_the_log(start: Start, tmp_path: Path) -> None:
    talk = start("stray_print")
    textures(talk, texture(tmp_path, variations=2))
    assert "stray" not in {event.job for event in talk.events()}
    talk.wait_for_log('"job":"stray"')


def test_memory_is_released_when_asked_for(start: Start, tmp_path: Path) -> None:
    talk = start()
    textures(talk, texture(tmp_path))
    talk.send(ReleaseMemory("b"), ReleaseMemory("c"))
    assert talk.end_of("b") == Finished("b", Released("released", 1))
    assert talk.end_of("c") == Finished("c", Released("released", 0))
    # and taken again when needed
    textures(talk, texture(tmp_path, "d"))


def test_the_end_of_its_input_ends_it(start: Start) -> None:
    talk = start()
    talk.ready()
    talk.end_input()
    assert talk.died().exit_code == 0


def test_the_end_of_its_input_ends_it_in_mid_job(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    talk.send(long_job(tmp_path), texture(tmp_path, "waiting"))
    talk.running("long")
    talk.end_input()
    assert talk.died().exit_code == 0
    assert not any(isinstance(event, Finished) for event in talk.events())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_kill_in_mid_job_is_noticed_and_named(start: Start, tmp_path: Path) -> None:
    talk = start("slow")
    talk.send(long_job(tmp_path))
    talk.running("long")
    os.kill(talk.worker.pid, signal.SIGKILL)
    died = talk.died()
    assert died.exit_code == -signal.SIGKILL
    assert "SIGKILL" in died.reason
    # the job stays open here: who sent it closes it, see the dispatcher
    assert talk.ends_of("long") == []


def test_every_job_has_exactly_one_end(start: Start, tmp_path: Path) -> None:
    talk = start("happy")
    sent: list[Request] = []
    for index in range(12):
        sent.append(texture(tmp_path, f"job{index}", size=64 + 64 * (index % 3), variations=1 + index % 2))
        if index % 3 == 0:
            sent.append(Cancel(f"job{index}"))
        if index % 4 == 1:
            sent += [Cancel(f"job{index - 1}"), ReleaseMemory(f"release{index}")]
        if index % 5 == 2:
            sent += [sent[-1], Cancel(f"job{index + 1}")]
    talk.send(*sent, ReleaseMemory("last"))
    talk.end_of("last")
    jobs = {request.job for request in sent}
    assert {job: len(talk.ends_of(job)) for job in jobs} == dict.fromkeys(jobs, 1)


def test_a_shot_list_is_written_where_it_was_wanted_and_captions_are_read(
    start: Start, tmp_path: Path
) -> None:
    talk = start()
    shots = tmp_path / "shots.json"
    shot = ListedShot(1, "Film", "", 1, 25, 0.0, (), "A dog runs.", "一只狗在跑。", "")
    shots.write_text(json.dumps(to_plain((CaptionedShot(shot, "A dog."),))), encoding="utf-8")
    path = tmp_path / "list 列表.srt"
    talk.send(ExportShots("a", "Reel", 24, 1, 1, 0, "en", str(shots), str(path)))
    end = talk.end_of("a")
    assert isinstance(end, Finished), end
    assert isinstance(end.result, ExportedShots)
    assert (end.result.path, end.result.shots) == (str(path), 1)
    assert path.is_file()
    talk.send(ReadCaptions("b", str(path)))
    end = talk.end_of("b")
    assert isinstance(end, Finished), end
    assert isinstance(end.result, CaptionsRead)
    assert all(caption.start_seconds < caption.end_seconds for caption in end.result.captions)
