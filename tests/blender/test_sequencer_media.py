"""Files that are not as they should be, and films that are as long as films are, read by the real worker."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from bench.measure import memory_mb_or_none
from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_movie, captions, editor, set_span, span

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (250, 250, 250)
LONG_SECONDS = 4 * 3600
MOST_GROWTH_MB = 30


@pytest.fixture
def films(filmai: FilmAI) -> Any:
    """What writes films: with the extension's own packages, so not before it is installed."""
    from tests.fakes import films

    return films


def plain(*colours: tuple[tuple[int, int, int], int]) -> list[Any]:
    """So many frames of each colour, with a little grain so that they are film."""
    import numpy as np

    rng = np.random.default_rng(3)
    frames = []
    for colour, count in colours:
        frames += [
            np.clip(np.array(colour) + rng.integers(-8, 9, (72, 128, 1)), 0, 255).astype(np.uint8)
            for _ in range(count)
        ]
    return frames


def strip_of(path: Path, name: str = "Film", channel: int = 1) -> Any:
    strip = editor().strips.new_movie(name=name, filepath=str(path), channel=channel, frame_start=1)
    strip.select = True
    return strip


def markers() -> list[int]:
    return sorted(marker.frame for marker in bpy.context.scene.timeline_markers)


def shown_at(frame: int, folder: Path) -> str:
    """The colour that Blender itself shows there."""
    scene = bpy.context.scene
    render = scene.render
    render.resolution_x, render.resolution_y, render.resolution_percentage = 64, 36, 100
    scene.view_settings.view_transform = "Standard"
    render.filepath = str(folder / f"{frame}.png")
    scene.frame_set(frame)
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(render.filepath)
    pixels = image.pixels[:]
    means = [sum(pixels[channel::4]) for channel in range(3)]
    return ("red", "green", "blue")[means.index(max(means))]


def test_a_file_of_sound_alone_is_said_by_name_and_the_others_go_on(
    films: Any, filmai: FilmAI, media: Media, tmp_path: Path
) -> None:
    add_movie(media, "Good", 3)
    strip_of(films.write_sound(tmp_path / "голос.mp4"), "Voice")
    assert filmai.wait_for(filmai.press_captions(divide=False)) == "COMPLETED"
    assert "Voice" in filmai.rows[-1].note
    assert [strip["filmai_caption"] for strip in captions()] == ["Good"]


@pytest.mark.parametrize("damage", ["empty", "cut off", "text"])
@pytest.mark.parametrize("verb", ["caption_strips", "detect_cuts"])
def test_a_file_that_is_no_film_is_said_by_name(
    films: Any, filmai: FilmAI, tmp_path: Path, damage: str, verb: str
) -> None:
    path = films.write_film(tmp_path / "film.mp4", plain((RED, 30)))
    content = {"empty": b"", "cut off": path.read_bytes()[:1500], "text": b"INT. KITCHEN\n" * 300}[damage]
    path.write_bytes(content)
    strip_of(path, "Broken")
    with pytest.raises(RuntimeError, match="Broken"):
        getattr(bpy.ops.filmai, verb)()
    assert captions() == []
    assert markers() == []


def test_damage_within_a_film_costs_some_frames_and_no_more(
    films: Any, filmai: FilmAI, tmp_path: Path
) -> None:
    frames = plain((RED, 25), (GREEN, 25), (BLUE, 25))
    path = films.write_film(tmp_path / "film.mkv", frames, rate=25, options={"g": "5", "bf": "0"})
    data = bytearray(path.read_bytes())
    middle, lost = len(data) // 2, len(data) // 10
    data[middle : middle + lost] = bytes(lost)
    path.write_bytes(data)
    strip = strip_of(path)
    assert filmai.wait_for(filmai.press_captions(divide=False)) == "COMPLETED"
    assert len({caption["filmai_shot"] for caption in captions()}) == 1
    assert (span(captions()[0])[0], span(captions()[-1])[1]) == span(strip)
    strip.select = True
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    # the second cut may lie among the frames that are lost
    first, second = markers()
    assert first == 26
    assert 40 < second < 65


def test_cuts_of_a_film_of_changing_rate_are_where_blender_shows_them(
    films: Any, filmai: FilmAI, tmp_path: Path
) -> None:
    apart = [0.04, 0.08, 0.04, 0.02, 0.06] * 15
    times = [0.0, *itertools.accumulate(apart)]
    frames = plain((RED, 25), (GREEN, 25), (BLUE, 26))
    path = films.write_film(tmp_path / "phone.mp4", frames, times=times, options={"bf": "0"})
    strip_of(path)
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    first, second = markers()
    seen = [shown_at(frame, tmp_path) for frame in (first - 2, first + 1, second - 2, second + 1)]
    assert seen == ["red", "green", "green", "blue"]


def test_a_flash_of_one_frame_leaves_no_gap(films: Any, filmai: FilmAI, tmp_path: Path) -> None:
    strip = strip_of(
        films.write_film(tmp_path / "film.mp4", plain((RED, 25), (WHITE, 1), (BLUE, 25)), rate=25)
    )
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    spans = [span(caption) for caption in captions()]
    assert (spans[0][0], spans[-1][1]) == span(strip)
    assert all(one[1] == after[0] for one, after in itertools.pairwise(spans))


@pytest.mark.parametrize("frames", [1, 2])
def test_a_film_of_one_frame(films: Any, filmai: FilmAI, tmp_path: Path, frames: int) -> None:
    strip_of(films.write_film(tmp_path / "film.mp4", plain((RED, frames)), rate=25))
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert [span(caption) for caption in captions()] == [(1, 1 + frames)]


def test_a_strip_cannot_be_made_shorter_than_what_can_be_captioned(filmai: FilmAI, media: Media) -> None:
    film = add_movie(media)
    set_span(film, 30, 30)
    start, end = span(film)
    if end > start:
        assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
        assert [span(caption) for caption in captions()] == [(start, end)]
    else:
        with pytest.raises(RuntimeError, match="Film has no length"):
            filmai.press_captions()


def test_names_in_every_script_reach_the_worker(films: Any, filmai: FilmAI, tmp_path: Path) -> None:
    folder = tmp_path / "片段 é ü % #? фильм"
    folder.mkdir()
    path = films.write_film(tmp_path / "a.mp4", plain((RED, 25), (BLUE, 25)), rate=25)
    strip_of(path.rename(folder / "镜头 01 %03d 🎬 'x'.mp4"), "夜 🎬")
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    assert markers() == [26]
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert {caption["filmai_caption"] for caption in captions()} == {"夜 🎬"}
    listed = folder / "Liste 表.srt"
    assert bpy.ops.filmai.export_shot_list(filepath=str(listed)) == {"FINISHED"}
    assert listed.read_text(encoding="utf-8").count("-->") == 2


@pytest.fixture
def long_strip(films: Any, tmp_path: Path) -> Any:
    """Four hours, a frame every two seconds."""
    frames = itertools.islice(itertools.cycle(films.numbered(60, 32, 18)), LONG_SECONDS // 2)
    times = range(0, LONG_SECONDS, 2)
    return strip_of(films.write_film(tmp_path / "long.mp4", frames, times=times, rate=1))


@pytest.mark.parametrize("verb", ["press_captions", "press_cuts"])
def test_four_hours_are_scanned_in_even_memory_and_cancelled_at_once(
    filmai: FilmAI, long_strip: Any, verb: str
) -> None:
    job = getattr(filmai, verb)()
    # by then the network has run
    filmai.tick_until(lambda: filmai.rows[-1].fraction > 0.2, 240)
    worker = filmai.workers[-1].pid
    before = memory_mb_or_none(worker)
    filmai.tick_until(lambda: filmai.rows[-1].fraction > 0.5, 240)
    after = memory_mb_or_none(worker)
    asked = time.monotonic()
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert time.monotonic() - asked < 3
    assert len(filmai.workers) == 1, "the worker heard it, and was not killed"
    assert filmai.job_folders() == []
    assert (captions(), markers()) == ([], [])
    if before is not None and after is not None:
        assert after - before < MOST_GROWTH_MB


def test_the_strip_is_deleted_while_the_worker_reads_its_film(filmai: FilmAI, media: Media) -> None:
    film = add_movie(media)
    add_movie(media, "Other", 2)
    job = filmai.press_captions()
    filmai.tick_until(lambda: filmai.state(job) == "RUNNING")
    editor().strips.remove(film)
    assert filmai.wait_for(job) == "COMPLETED"
    assert "Film is not there any more" in filmai.rows[-1].note
    assert {caption["filmai_caption"] for caption in captions()} == {"Other"}


@pytest.mark.skipif(
    "sequencer_scene" not in bpy.types.WorkSpace.bl_rna.properties, reason="since Blender 5.0"
)
def test_a_sequencer_that_shows_no_scene_greys_the_buttons(filmai: FilmAI, media: Media) -> None:
    add_movie(media)
    window = bpy.context.window_manager.windows[0]
    before, window.workspace.sequencer_scene = window.workspace.sequencer_scene, None
    area = window.screen.areas[0]
    kind, area.type = area.type, "SEQUENCE_EDITOR"
    operators: list[Callable[..., Any]] = [bpy.ops.filmai.caption_strips, bpy.ops.filmai.detect_cuts]
    operators += [bpy.ops.filmai.import_captions, bpy.ops.filmai.export_shot_list]
    try:
        with bpy.context.temp_override(window=window, area=area):
            assert [operator.poll() for operator in operators] == [False] * 4
            for operator in operators:
                with pytest.raises(RuntimeError, match="shows no scene"):
                    operator()
            window.workspace.sequencer_scene = bpy.context.scene
            assert [operator.poll() for operator in operators[:3]] == [True] * 3
    finally:
        area.type = kind
        window.workspace.sequencer_scene = before
