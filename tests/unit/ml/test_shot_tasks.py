"""The jobs that describe shots and find cuts, on real files, with stand-ins for the networks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ml.errors import JobCancelled, TaskError
from ml.protocol import Clip, CutsResult, DescribeShots, DetectCuts, FixedField, ShotsResult, Transition
from ml.protocol_shots import TransitionKind
from ml.tasks import TaskContext, make_networks, run_task
from ml.tasks.cuts import detect_cuts
from ml.tasks.describe import describe_shots
from ml.tasks.shot_borders import shots_between
from tests.fakes.films import numbered, write_film, write_sound
from tests.fakes.moving_pictures import as_rgb, texture, view
from tests.fakes.shot_stand_ins import PlainCutFinder, PlainTeller

Step = tuple[str, int, int]


def three_shots() -> list[NDArray[np.uint8]]:
    """A still, a pan to the left, a pan to the right: a second each, at 24 frames a second."""
    frames = [as_rgb(0.2 * view(texture(41)))] * 24
    frames += [as_rgb(0.3 + 0.7 * view(texture(42), (3.0 * number, 0))) for number in range(24)]
    frames += [as_rgb(0.4 * view(texture(43), (-3.0 * number, 0))) for number in range(24)]
    return frames


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "three.mp4", three_shots())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "job").mkdir()
    return tmp_path / "job"


def clip_of(path: Path, name: str = "Strip", **changes: Any) -> Clip:
    values: dict[str, Any] = {"kind": "movie", "rate": 24.0, "start_seconds": 0.0, "end_seconds": 3.0}
    values |= {"mirror_x": False, "mirror_y": False, "backwards": False, "speed": 1.0, "fixed": ()}
    return Clip(id=name, name=name, path=str(path), **values | changes)


def context(progress: Callable[[str, int, int], None] = lambda *_: None) -> TaskContext:
    return TaskContext(Path("/nowhere"), make_networks(), progress)


def describe(
    out: Path, *clips: Clip, divide: bool = True, progress: Callable[[str, int, int], None] = lambda *_: None
) -> ShotsResult:
    request = DescribeShots("a", clips, divide, "cpu", str(out))
    return describe_shots(request, context(progress), PlainTeller(), PlainCutFinder())


def movements(result: ShotsResult) -> list[str]:
    return [guess.value for shot in result.shots for guess in shot.fields if guess.field == "movement"]


def test_each_shot_of_a_film_is_described(film: Path, out: Path) -> None:
    result = describe(out, clip_of(film))
    assert movements(result) == ["static", "pan_left", "pan_right"]
    times = [(shot.start_seconds, shot.end_seconds) for shot in result.shots]
    assert times == [pytest.approx(pair, abs=0.002) for pair in ((0, 1), (1, 2), (2, 3))]
    assert result.failures == ()
    assert result.notes == ()
    assert result.model.name == "plain_words"


def test_a_clip_that_is_not_divided_is_one_shot(film: Path, out: Path) -> None:
    result = describe(out, clip_of(film, start_seconds=1.0, end_seconds=2.0), divide=False)
    assert movements(result) == ["pan_left"]
    assert result.shots[0].clip == "Strip"


def test_what_the_user_has_set_reaches_the_sentence(film: Path, out: Path) -> None:
    result = describe(out, clip_of(film, fixed=(FixedField("subject", "dog"),)), divide=False)
    assert "dog" in result.shots[0].en
    assert [guess.value for guess in result.shots[0].fields if guess.fixed] == ["dog"]


def test_thumbnails_are_small_pictures_in_the_jobs_folder(tmp_path: Path, out: Path) -> None:
    wide = write_film(tmp_path / "wide.mp4", numbered(24, 1280, 720), options={"preset": "ultrafast"})
    result = describe(out, clip_of(wide, end_seconds=1.0), divide=False)
    with Image.open(result.shots[0].thumbnail) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("JPEG", (320, 180))
    assert Path(result.shots[0].thumbnail).parent == out


def test_a_broken_clip_fails_with_its_name_and_the_others_go_on(
    film: Path, tmp_path: Path, out: Path
) -> None:
    (tmp_path / "note.mp4").write_bytes(b"INT. KITCHEN\n" * 50)
    result = describe(
        out,
        clip_of(tmp_path / "gone.mp4", "Lost"),
        clip_of(film, "Good"),
        clip_of(tmp_path / "note.mp4", "Text"),
        clip_of(write_sound(tmp_path / "sound.mp4"), "Sound"),
        clip_of(film, "Beyond", start_seconds=50.0, end_seconds=60.0),
        clip_of(film, "Again", start_seconds=2.0),
    )
    assert [shot.clip for shot in result.shots] == ["Good"] * 3 + ["Again"]
    assert [(failure.clip, failure.code) for failure in result.failures] == [
        ("Lost", "MEDIA_MISSING"),
        ("Text", "MEDIA_UNREADABLE"),
        ("Sound", "NO_VIDEO"),
        ("Beyond", "NO_FRAMES"),
    ]
    assert all(failure.message.startswith(f"{failure.clip}: ") for failure in result.failures)


def test_a_film_that_ends_before_its_clip_is_noted(film: Path, out: Path) -> None:
    result = describe(out, clip_of(film, "Long", end_seconds=8.0), divide=False)
    assert result.shots[0].end_seconds == pytest.approx(3.0, abs=0.05)
    assert result.notes == ("Long: the file ends at 3.0 s already.",)


def test_a_picture_is_one_shot_even_when_clips_are_divided(tmp_path: Path, out: Path) -> None:
    Image.fromarray(as_rgb(view(texture(1)))).save(tmp_path / "still.png")
    result = describe(out, clip_of(tmp_path / "still.png", kind="image"))
    assert movements(result) == ["static"]
    assert (result.shots[0].start_seconds, result.shots[0].end_seconds) == (0, 3)


def test_progress_tells_phases_in_order_and_never_goes_back(film: Path, out: Path) -> None:
    steps: list[Step] = []
    describe(out, clip_of(film, "a"), clip_of(film, "b"), progress=lambda *step: steps.append(step))
    phases = [phase for index, (phase, _, _) in enumerate(steps) if not index or steps[index - 1][0] != phase]
    per_shot = ["look", "say"]
    assert phases == ["load", *(["open", "scan", *per_shot * 3] * 2)]
    assert [step for _, step, _ in steps] == sorted(step for _, step, _ in steps)
    assert steps[-1][1:] == (200, 200)


@pytest.mark.parametrize("at", ["load", "open", "scan", "look", "say"])
def test_cancelling_leaves_nothing_behind(film: Path, out: Path, at: str) -> None:
    seen = 0

    def cancel(phase: str, _step: int, _total: int) -> None:
        nonlocal seen
        seen += phase == at
        # the second shot's phases, when the first one's picture is written
        if seen == 2 or (phase == at and at in ("load", "open", "scan")):
            raise JobCancelled

    with pytest.raises(JobCancelled):
        describe(out, clip_of(film), progress=cancel)
    assert list(out.iterdir()) == []


def test_cuts_are_found_with_their_times(film: Path, out: Path) -> None:
    request = DetectCuts("a", (clip_of(film), clip_of(film, "Part", start_seconds=1.5)), 0.8, "cpu", str(out))
    result = detect_cuts(request, context(), PlainCutFinder())
    assert isinstance(result, CutsResult)
    assert [clip.frames for clip in result.clips] == [72, 36]
    assert [one.start_seconds for one in result.clips[0].transitions] == pytest.approx([1, 2], abs=0.002)
    assert {one.kind for one in result.clips[0].transitions} == {"cut"}
    assert result.clips[0].transitions[0].confidence == pytest.approx(0.9)


def test_a_broken_clip_does_not_stop_the_search_for_cuts(film: Path, tmp_path: Path, out: Path) -> None:
    clips = (clip_of(tmp_path / "gone.mp4", "Lost"), clip_of(film, "Good"))
    beyond = clip_of(film, "Beyond", start_seconds=70.0, end_seconds=80.0)
    result = detect_cuts(DetectCuts("a", (*clips, beyond), 0.5, "cpu", str(out)), context(), PlainCutFinder())
    assert [clip.clip for clip in result.clips] == ["Good"]
    assert [failure.code for failure in result.failures] == ["MEDIA_MISSING", "NO_FRAMES"]


def test_a_folder_that_is_not_there_fails_the_job_at_once(film: Path, tmp_path: Path) -> None:
    with pytest.raises(TaskError, match="cannot write") as caught:
        describe(tmp_path / "none", clip_of(film))
    assert caught.value.code == "FOLDER_NOT_WRITABLE"


def test_without_its_model_the_job_says_so(film: Path, out: Path) -> None:
    for request in (
        DescribeShots("a", (clip_of(film),), True, "cpu", str(out)),
        DetectCuts("a", (clip_of(film),), 0.5, "cpu", str(out)),
    ):
        with pytest.raises(TaskError) as caught:
            run_task(request, context())
        assert caught.value.code == "MODEL_MISSING"


def test_the_shipped_network_finds_the_cuts_of_a_film(film: Path, out: Path) -> None:
    models = Path(__file__).resolve().parents[3] / "ml" / "models"
    request = DetectCuts("a", (clip_of(film),), 0.5, "cpu", str(out))
    result = run_task(request, TaskContext(models, make_networks(), lambda *_: None))
    assert isinstance(result, CutsResult)
    assert [(one.kind, one.start_seconds) for one in result.clips[0].transitions] == [
        ("cut", pytest.approx(1, abs=0.002)),
        ("cut", pytest.approx(2, abs=0.002)),
    ]
    assert result.model.name == "cut_detector"


def transition(kind: TransitionKind, start: float, end: float) -> Transition:
    return Transition(kind, start, end, 0.9)


def test_dissolves_are_parted_in_their_middle_and_looked_at_beside_it() -> None:
    shots = shots_between([transition("dissolve", 2.0, 3.0)], 0.0, 6.0)
    assert [(shot.start_seconds, shot.end_seconds) for shot in shots] == [(0, 2.5), (2.5, 6)]
    assert [(shot.pure_start_seconds, shot.pure_end_seconds) for shot in shots] == [(0, 2), (3, 6)]


def test_a_fade_through_black_is_one_border() -> None:
    fades = [transition("fade_out", 2.0, 3.0), transition("fade_in", 3.4, 4.0)]
    shots = shots_between(fades, 0.0, 6.0)
    assert [(shot.start_seconds, shot.end_seconds) for shot in shots] == [
        (0, pytest.approx(3.2)),
        (pytest.approx(3.2), 6),
    ]
    assert [(shot.pure_start_seconds, shot.pure_end_seconds) for shot in shots] == [(0, 2), (4, 6)]


def test_fades_at_the_ends_of_a_film_make_no_shots_of_their_own() -> None:
    fades = [transition("fade_in", 0.0, 1.0), transition("fade_out", 5.0, 6.0)]
    assert [(shot.start_seconds, shot.end_seconds) for shot in shots_between(fades, 0.0, 6.0)] == [(0, 6)]


def test_no_shot_is_shorter_than_a_frame_and_none_is_missing() -> None:
    cuts = [transition("cut", at, at) for at in (0.0, 0.001, 2.0, 2.005, 3.0, 5.999)]
    shots = shots_between(cuts, 0.0, 6.0)
    assert [shot.start_seconds for shot in shots] == [0, 2, 3]
    assert [shot.end_seconds for shot in shots] == [2, 3, 6]


def test_a_shot_that_is_all_transition_is_looked_at_as_a_whole() -> None:
    shots = shots_between([transition("wipe", 1.0, 2.0), transition("dissolve", 2.1, 3.0)], 0.0, 4.0)
    assert (shots[1].pure_start_seconds, shots[1].pure_end_seconds) == (1.5, 2.55)
