"""The shot list's data: numbers, timecodes, filter, edits, and the clips that strips are asked about as."""

from typing import Any

import pytest

from filmai_addon.contract import FIELDS, FieldGuess, FixedField, Transition
from filmai_addon.core.clips import FixedShot, clips_of
from filmai_addon.core.cut_places import cut_frame
from filmai_addon.core.shot_entries import (
    ShotEntry,
    by_hand,
    column_texts,
    fields_from_json,
    fields_to_json,
    fixed_shot_or_none,
    is_asked_for,
    mean_confidence,
    numbered,
    search_text,
    summary_text,
)
from filmai_addon.core.strip_sources import StripRef, StripSource
from filmai_addon.core.timeline import FrameRange, MediaSpan, StripTiming

GUESSES = (
    FieldGuess("size", "close_up", 0.9, True, False),
    FieldGuess("movement", "pan_left", 0.8, True, False),
    FieldGuess("light", "backlit", 0.4, False, False),
)


def entry(start: int = 1, strip: str = "Film", fields: tuple[FieldGuess, ...] = GUESSES) -> ShotEntry:
    span = FrameRange(start, start + 25)
    return ShotEntry("id", strip, span, MediaSpan(0.0, 1.0), fields, "A dog runs.", "一只狗在跑。", "m 1 f")


def source(**changes: Any) -> StripSource:
    timing = changes.pop("timing", StripTiming(FrameRange(1, 101), 1.0, 100, 25.0, 100))
    ref = StripRef("Film", "MOVIE", "/film.mp4", 1.0)
    values: dict[str, Any] = {"kind": "movie", "path": "/film.mp4", "files": (), "scene_rate": 25.0} | changes
    return StripSource(ref=ref, timing=timing, **values)


def test_numbers_follow_time() -> None:
    shots = numbered([entry(50), entry(1, "B"), entry(1, "A")])
    assert [(shot.number, shot.span.start, shot.strip) for shot in shots] == [
        (1, 1, "A"),
        (2, 1, "B"),
        (3, 50, "Film"),
    ]


def test_columns_say_uncertain_where_it_is() -> None:
    texts = column_texts(GUESSES, "en")
    assert (texts["size"], texts["light"], texts["subject"]) == ("close-up", "uncertain", "uncertain")
    assert set(texts) == {field.id for field in FIELDS}
    assert column_texts(GUESSES, "zh")["size"] == "特写"
    assert summary_text(GUESSES, "en") == "close-up, pan left"
    assert summary_text(GUESSES, "zh") == "特写、左摇"
    assert summary_text((), "zh") == "不确定"


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("", True),
        ("close-up", True),
        ("all close-ups", True),
        ("all pans", True),
        ("Close Up, pan left", True),
        ("特写", True),
        ("dog", True),
        ("film", True),
        ("uncertain", True),
        ("backlit", False),
        ("wide", False),
        ("close-up, wide", False),
        ("ild", False),
        ("全景", False),
    ],
)
def test_the_filter(wish: str, found: bool) -> None:
    assert is_asked_for(search_text(entry()), wish) is found


def test_a_field_that_was_set_by_hand_is_sent_with_the_shot() -> None:
    assert fixed_shot_or_none(entry()) is None
    edited = by_hand(GUESSES, "light", "low_key")
    assert edited[2] == FieldGuess("light", "low_key", 1.0, True, True)
    fixed = fixed_shot_or_none(entry(fields=edited))
    assert fixed == FixedShot(MediaSpan(0.0, 1.0), (FixedField("light", "low_key"),))
    given_back = by_hand(edited, "light", "")
    assert not given_back[2].fixed
    assert column_texts(given_back, "en")["light"] == "uncertain"


def test_fields_come_back_from_the_file() -> None:
    assert fields_from_json(fields_to_json(GUESSES)) == GUESSES
    for tampered in ("", "{", "[1]", '[{"field": "size"}]', "null", "3"):
        assert fields_from_json(tampered) == ()


def test_the_mean_confidence() -> None:
    assert mean_confidence(GUESSES) == pytest.approx(0.7)
    assert mean_confidence(()) == 0.0


# ---- clips


def test_a_strip_is_one_clip() -> None:
    (clip,) = clips_of(source(mirror_x=True), 3, "", ())
    assert (clip.id, clip.name, clip.path) == ("3.0", "Film", "/film.mp4")
    assert (clip.start_seconds, clip.end_seconds, clip.speed, clip.mirror_x) == (0.0, 4.0, 1.0, True)


def test_a_shot_that_was_edited_is_a_clip_of_its_own() -> None:
    light = (FixedField("light", "low_key"),)
    # as single precision gives it back
    edited = [FixedShot(MediaSpan(1.0000001, 1.9999999), light)]
    spans = [(clip.start_seconds, clip.end_seconds, clip.fixed) for clip in clips_of(source(), 0, "", edited)]
    assert spans == [(0.0, 1.0000001, ()), (1.0000001, 1.9999999, light), (1.9999999, 4.0, ())]


def test_edited_shots_that_are_trimmed_off_or_overlap() -> None:
    light = (FixedField("light", "low_key"),)
    edited = [
        FixedShot(MediaSpan(3.0, 9.0), light),
        FixedShot(MediaSpan(0.0, 1.0), light),
        FixedShot(MediaSpan(0.5, 1.0), light),
        FixedShot(MediaSpan(5.0, 6.0), light),
    ]
    pieces = clips_of(source(), 0, "", edited)
    assert [(clip.start_seconds, clip.end_seconds, bool(clip.fixed)) for clip in pieces] == [
        (0.0, 1.0, True),
        (1.0, 3.0, False),
        (3.0, 4.0, True),
    ]
    assert len({clip.id for clip in pieces}) == 3


def test_the_speed_is_in_seconds_of_the_medium_per_second_of_the_timeline() -> None:
    timing = StripTiming(FrameRange(1, 51), 1.0, 50, 25.0, 100, step=2.0)
    assert clips_of(source(timing=timing), 0, "", ())[0].speed == 2.0
    assert clips_of(source(timing=timing, scene_rate=50.0), 0, "", ())[0].speed == 4.0


def test_a_sequence_is_named_by_its_list() -> None:
    (clip,) = clips_of(source(kind="sequence", path="", files=("/a.png",)), 0, "/job/frames.txt", ())
    assert (clip.kind, clip.path) == ("sequence", "/job/frames.txt")


# ---- cuts


@pytest.mark.parametrize(
    ("transition", "frame"),
    [
        (Transition("cut", 1.0, 1.0, 0.9), 26),
        (Transition("dissolve", 1.0, 2.0, 0.9), 39),
        (Transition("fade_out", 1.0, 2.0, 0.9), 51),
        (Transition("fade_in", 1.0, 2.0, 0.9), 26),
        (Transition("cut", 0.0, 0.0, 0.9), None),
        (Transition("cut", 4.0, 4.0, 0.9), None),
        (Transition("cut", 9.0, 9.0, 0.9), None),
    ],
)
def test_the_frame_of_a_cut(transition: Transition, frame: int | None) -> None:
    assert cut_frame(source().timing, transition) == frame


def test_the_frame_of_a_cut_in_a_reversed_strip() -> None:
    timing = StripTiming(FrameRange(1, 101), 1.0, 100, 25.0, 100, backwards=True)
    # the frames before 1.0 s are the last 25
    assert cut_frame(timing, Transition("cut", 1.0, 1.0, 0.9)) == 76
