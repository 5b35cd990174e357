"""A film of four hours: what is held of it does not grow, and whoever waits can stop it at once."""

import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from ml.errors import JobCancelled
from ml.protocol import Clip, DescribeShots, DetectCuts
from ml.tasks import TaskContext, make_networks
from ml.tasks.cuts import detect_cuts
from ml.tasks.describe import describe_shots
from tests.fakes.films import numbered, write_film
from tests.fakes.shot_stand_ins import PlainCutFinder, PlainTeller

SECONDS_PER_FRAME = 8
SHOT_SECONDS = 600
HOURS = 4
MOST_GROWTH_BYTES = 1 << 20


def film_of(path: Path, hours: float) -> Path:
    """Small and slow, but as long as it says: another picture every ten minutes."""
    pictures = numbered(64, 32, 18)
    times = range(0, round(hours * 3600), SECONDS_PER_FRAME)
    # neighbours differ in most of their columns
    frames = (pictures[63 * (at // SHOT_SECONDS % 2) ^ (at // SHOT_SECONDS) % 8] for at in times)
    return write_film(path, frames, times=times, rate=1, options={"preset": "ultrafast"})


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of(tmp_path_factory.mktemp("long") / "four hours.mp4", HOURS)


def clip_of(path: Path) -> Clip:
    values: dict[str, Any] = {
        "kind": "movie",
        "rate": 24.0,
        "start_seconds": 0.0,
        "end_seconds": HOURS * 3600.0,
    }
    values |= {"mirror_x": False, "mirror_y": False, "backwards": False, "speed": 1.0, "fixed": ()}
    return Clip(id="a", name="Film", path=str(path), **values)


def context(progress: Any = lambda *_: None) -> TaskContext:
    return TaskContext(Path("/nowhere"), make_networks(), progress)


def peak_bytes(film: Path, out: Path) -> int:
    """The most that Python and numpy held while cuts were looked for."""
    out.mkdir()
    request = DetectCuts("a", (clip_of(film),), 0.5, "cpu", str(out))
    tracemalloc.start()
    try:
        assert not detect_cuts(request, context(), PlainCutFinder()).failures
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_every_cut_of_four_hours_is_found_at_its_time(long_film: Path, tmp_path: Path) -> None:
    request = DetectCuts("a", (clip_of(long_film),), 0.5, "cpu", str(tmp_path))
    (found,) = detect_cuts(request, context(), PlainCutFinder()).clips
    assert found.frames == HOURS * 3600 // SECONDS_PER_FRAME
    cuts = [one.start_seconds for one in found.transitions]
    assert cuts == pytest.approx(range(SHOT_SECONDS, HOURS * 3600, SHOT_SECONDS), abs=0.01)


def test_four_hours_take_as_much_memory_as_one(long_film: Path, tmp_path: Path) -> None:
    short = peak_bytes(film_of(tmp_path / "short.mp4", 1), tmp_path / "a")
    long = peak_bytes(long_film, tmp_path / "b")
    assert long - short < MOST_GROWTH_BYTES


@pytest.mark.parametrize("phase", ["scan", "look", "say"])
def test_four_hours_can_be_cancelled_at_any_time(long_film: Path, tmp_path: Path, phase: str) -> None:
    asked: list[float] = []

    def cancel(at: str, step: int, total: int) -> None:
        if at == phase and (phase != "scan" or step > total // 5):
            asked.append(time.monotonic())
            raise JobCancelled

    request = DescribeShots("a", (clip_of(long_film),), True, "cpu", str(tmp_path))
    with pytest.raises(JobCancelled):
        describe_shots(request, context(cancel), PlainTeller(), PlainCutFinder())
    assert time.monotonic() - asked[0] < 1
    assert list(tmp_path.iterdir()) == []
