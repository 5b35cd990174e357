"""Which frame of its medium a strip shows when, and the way back."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from filmai_addon.core.timeline import (
    FrameRange,
    MediaSpan,
    StripTiming,
    frame_seconds,
    media_span,
    media_step,
    shown_range,
)


def strip(**changes: Any) -> StripTiming:
    """100 frames of a film at 25 frames a second, from frame 10 of a timeline at the same rate."""
    plain = StripTiming(FrameRange(10, 110), 10.0, 100, 25.0, 100)
    return replace(plain, **changes)


def test_an_untouched_strip_shows_frame_after_frame() -> None:
    timing = strip()
    assert [timing.media_frame(frame) for frame in (10, 11, 109)] == [0, 1, 99]
    assert media_span(timing) == MediaSpan(0.0, 4.0)
    assert shown_range(timing, MediaSpan(1.0, 2.0)) == FrameRange(35, 60)
    assert frame_seconds(timing, 35) == 1.0


def test_handles_cut_a_range_out_of_the_medium() -> None:
    timing = strip(visible=FrameRange(35, 60))
    assert media_span(timing) == MediaSpan(1.0, 2.0)
    assert shown_range(timing, MediaSpan(0.0, 1.6)) == FrameRange(35, 50)
    assert shown_range(timing, MediaSpan(2.0, 3.0)) is None


def test_a_frame_that_is_held_beyond_the_content_belongs_to_the_shot_at_that_end() -> None:
    timing = strip(visible=FrameRange(0, 150))
    assert media_span(timing) == MediaSpan(0.0, 4.0)
    assert shown_range(timing, MediaSpan(0.0, 2.0)) == FrameRange(0, 60)
    assert shown_range(timing, MediaSpan(2.0, 4.0)) == FrameRange(60, 150)


def test_trimmed_frames_count_in_the_medium_s_own_time() -> None:
    timing = strip(trim_start=25, trim_end=25, content_frames=50, visible=FrameRange(10, 60))
    assert media_span(timing) == MediaSpan(1.0, 3.0)
    assert shown_range(timing, MediaSpan(2.0, 3.0)) == FrameRange(35, 60)


def test_a_film_of_another_rate_that_plays_in_its_own_time() -> None:
    # measured in Blender 4.5: 30 frames at 25 per second from frame 10 of a timeline at 50 per second
    timing = StripTiming(FrameRange(10, 70), 10.0, 60, 25.0, 30, step=0.5)
    assert [timing.media_frame(frame) for frame in (28, 29, 48, 49, 69)] == [9, 10, 19, 20, 29]
    assert shown_range(timing, MediaSpan(0.4, 0.8)) == FrameRange(29, 49)
    assert media_span(timing) == MediaSpan(0.0, 1.2)


def test_a_reversed_film_of_another_rate() -> None:
    # measured too: blue (from 0.8 s on) until frame 30, green until 50, then red
    timing = StripTiming(FrameRange(10, 70), 10.0, 60, 25.0, 30, step=0.5, backwards=True)
    assert shown_range(timing, MediaSpan(0.8, 1.2)) == FrameRange(10, 31)
    assert shown_range(timing, MediaSpan(0.4, 0.8)) == FrameRange(31, 51)
    assert shown_range(timing, MediaSpan(0.0, 0.4)) == FrameRange(51, 70)
    assert media_span(timing) == MediaSpan(0.0, 1.2)


def test_a_reversed_strip_with_handles() -> None:
    timing = strip(visible=FrameRange(10, 35), backwards=True)
    assert media_span(timing) == MediaSpan(3.0, 4.0)
    assert shown_range(timing, MediaSpan(3.2, 4.0)) == FrameRange(10, 30)
    assert shown_range(timing, MediaSpan(0.0, 3.0)) is None


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("step", [0.1, 0.5, 25 / 24, 1.0, 2.5])
@pytest.mark.parametrize("visible", [FrameRange(10, 50), FrameRange(-20, 200), FrameRange(31, 33)])
def test_the_shots_of_a_strip_leave_no_gap_and_do_not_overlap(
    backwards: bool, step: float, visible: FrameRange
) -> None:
    timing = strip(step=step, content_frames=round(100 / step), visible=visible, backwards=backwards)
    whole = media_span(timing)
    edges = [0.0, 0.52, 1.0, 1.04, 2.2, 4.0]
    spans = [MediaSpan(start, end) for start, end in itertools.pairwise(edges)]
    found = sorted(
        (found for span in spans if (found := shown_range(timing, span))), key=lambda found: found.start
    )
    assert found[0].start == visible.start
    assert found[-1].end == visible.end
    assert all(one.end == after.start for one, after in itertools.pairwise(found))
    assert 0.0 <= whole.start_seconds < whole.end_seconds <= 4.0


def test_every_frame_of_a_shot_shows_the_shot() -> None:
    timing = strip(step=25 / 24, content_frames=96, visible=FrameRange(15, 100))
    found = shown_range(timing, MediaSpan(1.0, 2.0))
    assert found is not None
    shown = {frame for frame in range(15, 100) if 25 <= timing.media_frame(frame) < 50}
    assert shown == set(range(found.start, found.end))


def test_a_single_picture_lasts_as_long_as_its_strip() -> None:
    timing = StripTiming(FrameRange(1, 51), 1.0, 1, 24.0, 1)
    assert media_span(timing) == MediaSpan(0.0, 1 / 24)
    assert shown_range(timing, media_span(timing)) == FrameRange(1, 51)


def test_a_shot_of_one_frame() -> None:
    assert shown_range(strip(), MediaSpan(1.0, 1.04)) == FrameRange(35, 36)


def test_a_shot_between_two_frames_of_a_fast_strip_is_not_seen() -> None:
    timing = strip(step=4.0, content_frames=25, visible=FrameRange(10, 35))
    assert shown_range(timing, MediaSpan(1 / 25, 2 / 25)) is None


def test_a_film_of_four_hours() -> None:
    frames = 4 * 3600 * 25
    timing = strip(visible=FrameRange(10, 10 + frames), content_frames=frames, media_frames=frames)
    assert media_span(timing).end_seconds == 4 * 3600.0
    assert shown_range(timing, MediaSpan(14_000.0, 14_400.0)) == FrameRange(350_010, 360_010)


def test_the_end_of_a_shot_beyond_the_end_of_the_medium() -> None:
    assert shown_range(strip(), MediaSpan(3.0, 9.0)) == FrameRange(85, 110)


@pytest.mark.parametrize(
    ("content_frames", "media_frames", "media_rate", "scene_rate", "step"),
    [
        (30, 30, 25.0, 25.0, 1.0),
        (30, 30, 25.0, 24.0, 1.0),
        (28, 30, 25.0, 24.0, 25 / 24),
        (60, 30, 25.0, 50.0, 0.5),
        (300, 300, 29.97, 24.0, 1.0),
        (240, 300, 29.97, 24.0, 29.97 / 24),
    ],
)
def test_the_content_s_length_tells_whether_a_film_plays_in_its_own_time(
    content_frames: int, media_frames: int, media_rate: float, scene_rate: float, step: float
) -> None:
    assert media_step(content_frames, media_frames, media_rate, scene_rate, None) == step


def test_a_changed_speed_outweighs_the_rates() -> None:
    assert media_step(59, 30, 25.0, 50.0, 29 / 58) == 0.5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"visible": FrameRange(10, 10)}, "no length"),
        ({"media_rate": 0.0}, "no frame rate"),
        ({"step": 0.0}, "no frame rate"),
        ({"trim_start": 60, "trim_end": 40}, "nothing of the medium"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        strip(**changes)
