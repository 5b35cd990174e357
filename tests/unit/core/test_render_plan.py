"""What a background Blender is asked to render."""

import json
from pathlib import Path

import pytest

from filmai_addon.core.render_plan import every_nth, plan_text, rendered_strip, with_pictures
from filmai_addon.core.strip_sources import StripRef, StripSource
from filmai_addon.core.timeline import FrameRange, MediaSpan, StripTiming, media_span, shown_range


@pytest.mark.parametrize(
    ("rate", "cuts", "every"),
    [
        (24.0, True, 1),
        (23.976, False, 2),
        (24.0, False, 2),
        (25.0, False, 2),
        (60.0, True, 2),
        (60.0, False, 5),
    ],
)
def test_no_more_pictures_than_are_looked_at(rate: float, cuts: bool, every: int) -> None:
    assert every_nth(rate, cuts) == every


def test_the_whole_visible_range_is_rendered(tmp_path: Path) -> None:
    strip = rendered_strip("Act", FrameRange(-3, 10), 2, tmp_path)
    assert (strip.first_frame, strip.every, len(strip.files)) == (-3, 2, 7)
    assert strip.files[0] == str(tmp_path / "000000.jpg")
    assert strip.first_frame + 2 * (len(strip.files) - 1) == 9
    plan = json.loads(plan_text(tmp_path / "copy.blend", "场景", [strip], False, 7))
    assert plan["scene"] == "场景"
    assert plan["strips"][0]["files"] == list(strip.files)


def test_the_pictures_lie_on_the_timeline_as_the_strip_does() -> None:
    timing = StripTiming(FrameRange(101, 201), 101.0, 100, 25.0, 100)
    plain = StripSource(StripRef("Act", "META", "", 101.0), "render", "", (), timing, 25.0)
    source = with_pictures(plain, 2)
    assert source.speed == 1.0
    assert media_span(source.timing) == MediaSpan(0.0, 4.0)
    assert shown_range(source.timing, MediaSpan(0.0, 4.0)) == FrameRange(101, 201)
    first, second = (shown_range(source.timing, MediaSpan(*ends)) for ends in ((0.0, 2.0), (2.0, 4.0)))
    assert first is not None
    assert second is not None
    assert first.end == second.start
    assert abs(first.end - 151) <= 1, "a shot begins within one picture of where it is"
