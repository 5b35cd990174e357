"""The shot list on its way into a file, captions on their way out of one, and the pictures that are kept."""

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from filmai_addon.contract import Caption, Card, FieldGuess
from filmai_addon.core import shot_pictures
from filmai_addon.core.list_export import StripMedium, captioned_shots
from filmai_addon.core.list_files import format_of, named_for
from filmai_addon.core.list_import import cards_of, lanes_of
from filmai_addon.core.shot_entries import ShotEntry
from filmai_addon.core.shot_pictures import keep_picture, kept_pictures, remove_old_pictures
from filmai_addon.core.shot_settings import CaptionSettings
from filmai_addon.core.timeline import FrameRange, MediaSpan, StripTiming

GUESSES = (FieldGuess("size", "close_up", 1.0, True, True),)
ENTRY = ShotEntry(
    *(
        "one",
        "Film",
        FrameRange(11, 36),
        MediaSpan(2.0, 3.0),
        GUESSES,
        "A dog runs.",
        "一只狗在跑。",
        "m 1 f",
    ),
    number=4,
)
FILM = StripMedium("/films/film.mp4", StripTiming(FrameRange(11, 36), -39.0, 100, 25.0, 100))


@pytest.mark.parametrize(
    ("path", "word", "named"),
    [
        ("/a/film.SRT", "SRT", "/a/film.SRT"),
        ("/a/film.srt", "HTML", "/a/film.html"),
        ("/a/film", "CSV", "/a/film.csv"),
        ("/a/film.v2", "CSV", "/a/film.v2.csv"),
        ("/a.srt/film", "EDL", "/a.srt/film.edl"),
    ],
)
def test_a_file_is_named_for_its_format(path: str, word: str, named: str) -> None:
    assert named_for(path, word) == named
    assert format_of(named) == word


def test_a_name_without_a_format_has_none() -> None:
    assert format_of("/a/film.doc") == ""
    assert format_of("") == ""


def test_a_shot_on_its_way_into_a_file() -> None:
    settings = CaptionSettings(language="zh", text="BOTH", number=True)
    (one,) = captioned_shots([ENTRY], {"Film": FILM}, {"one": "/pictures/one.jpg"}, 1, settings)
    assert one.caption == "4. 特写。一只狗在跑。"
    shot = one.shot
    assert (shot.number, shot.name, shot.media, shot.thumbnail) == (
        *(4, "Film", "/films/film.mp4"),
        "/pictures/one.jpg",
    )
    assert (shot.start_frame, shot.end_frame, shot.media_start_seconds) == (11, 36, 2.0)
    assert shot.fields == GUESSES


def test_a_shot_of_a_strip_that_is_gone_has_no_medium() -> None:
    (one,) = captioned_shots([ENTRY], {}, {}, 1, CaptionSettings())
    assert (one.shot.media, one.shot.media_start_seconds, one.shot.thumbnail) == ("", 2.0, "")


def test_a_shot_that_runs_backwards_begins_with_its_last_picture() -> None:
    backwards = StripMedium(FILM.path, replace(FILM.timing, backwards=True, content_start=11.0))
    (one,) = captioned_shots([ENTRY], {"Film": backwards}, {}, 1, CaptionSettings())
    assert one.shot.media_start_seconds == pytest.approx(99 / 25)


def test_what_lies_before_the_film_is_cut_off() -> None:
    (one,) = captioned_shots([ENTRY], {"Film": FILM}, {}, 21, CaptionSettings())
    assert (one.shot.start_frame, one.shot.media_start_seconds) == (21, 2.4)
    assert captioned_shots([ENTRY], {"Film": FILM}, {}, 36, CaptionSettings()) == ()


def test_captions_lie_at_their_frames_and_are_seen_for_one_at_least() -> None:
    captions = (Caption(2.0, 2.001, "late"), Caption(0.0, 1.0, "early"))
    assert cards_of(captions, Fraction(24000, 1001), 101) == (
        Card("early", 101, 125),
        Card("late", 149, 150),
    )


def test_captions_at_once_are_on_lanes_of_their_own() -> None:
    cards = (Card("a", 1, 11), Card("b", 5, 9), Card("c", 9, 20), Card("d", 11, 12))
    assert [[card.text for card in lane] for lane in lanes_of(cards)] == [["a", "d"], ["b", "c"]]
    assert lanes_of(()) == ()


def test_a_picture_is_kept_and_found_by_its_shot(tmp_path: Path) -> None:
    picture = tmp_path / "job.jpg"
    picture.write_bytes(b"jpeg")
    folder = tmp_path / "kept"
    folder.mkdir()
    keep_picture(str(picture), str(folder), "abc123")
    assert kept_pictures(str(folder), ["abc123", "other"]) == {"abc123": str(folder / "abc123.jpg")}
    # whatever a file from elsewhere says, no other file is meant
    assert kept_pictures(str(folder), ["../job", ""]) == {}
    keep_picture(str(picture), str(folder), "gone")
    assert kept_pictures(str(folder), ["gone"]) == {}


def test_the_oldest_pictures_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shot_pictures, "MAX_PICTURES", 2)
    for age, name in enumerate(("new", "older", "oldest")):
        (tmp_path / f"{name}.jpg").touch()
        os.utime(tmp_path / f"{name}.jpg", (1000 - age, 1000 - age))
    (tmp_path / "note.txt").touch()
    assert remove_old_pictures(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.jpg", "note.txt", "older.jpg"]
