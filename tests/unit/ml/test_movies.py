"""Reading films: the right frames at the right times out of every kind of file, and clear words about broken ones."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from ml.media.errors import MediaError
from ml.media.instants import Stretch, instant_pairs
from ml.media.movie import Movie
from ml.media.picture import Picture
from tests.fakes.films import number_of, numbered, write_film, write_sound

CODECS = [
    ("libx264", "mp4", "yuv420p", {"preset": "medium", "bf": "3", "g": "20"}),
    ("libx264", "mkv", "yuv444p10le", {"g": "12"}),
    ("mpeg4", "avi", "yuv420p", {}),
    ("libvpx-vp9", "webm", "yuv420p", {"deadline": "realtime", "cpu-used": "8"}),
    ("ffv1", "mkv", "yuv420p", {}),
    ("prores_ks", "mov", "yuv422p10le", {}),
    ("qtrle", "mov", "rgb24", {}),
    ("mjpeg", "mov", "yuvj420p", {}),
    ("libx264", "ts", "yuv420p", {"g": "12"}),
    ("libx264", "h264", "yuv420p", {"g": "12"}),
]


QUIET = {"x265-params": "log-level=none", "preset": "ultrafast"}


def nothing(*_: float) -> None:
    return None


def pairs_of(path: Path, start: float, end: float, speed: float = 1) -> tuple[tuple[Picture, Picture], ...]:
    movie = Movie(path)
    stretch = Stretch(start, end, speed)
    found = movie.pairs(instant_pairs(stretch), stretch, nothing)
    movie.close()
    return found


def numbers(pairs: tuple[tuple[Picture, Picture], ...]) -> list[tuple[int, int]]:
    return [(number_of(first.pixels), number_of(second.pixels)) for first, second in pairs]


def scanned(path: Path, start: float = 0, end: float = 100) -> tuple[list[int], list[float]]:
    movie = Movie(path)
    chunks = list(movie.scan(Stretch(start, end), nothing))
    movie.close()
    assert all(chunk.pixels.shape[1:] == (27, 48, 3) for chunk in chunks)
    found = [number_of(pixels) for chunk in chunks for pixels in chunk.pixels]
    return found, [float(at) for chunk in chunks for at in chunk.seconds]


def error_of(act: Callable[[], object]) -> MediaError:
    with pytest.raises(MediaError) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(("codec", "suffix", "pix_fmt", "options"), CODECS)
def test_the_frames_at_the_wanted_times_come_out_of_every_kind_of_file(
    tmp_path: Path, codec: str, suffix: str, pix_fmt: str, options: dict[str, str]
) -> None:
    # raw streams have no rate of their own: 25 is what is taken for it
    film = write_film(
        tmp_path / f"film.{suffix}", numbered(50), rate=25, codec=codec, pix_fmt=pix_fmt, options=options
    )
    # instants are at 0.125, 0.375 s and so on: frames 3.1, 9.4, 15.6, ...
    assert numbers(pairs_of(film, 0, 2)) == [(n, n + 2) for n in (3, 9, 16, 22, 28, 34, 41, 47)]
    assert scanned(film) == (list(range(50)), pytest.approx([n / 25 for n in range(50)], abs=0.002))


@pytest.mark.parametrize(("codec", "suffix", "pix_fmt", "options"), CODECS)
def test_a_film_can_be_read_backwards_and_forwards_in_leaps(
    tmp_path: Path, codec: str, suffix: str, pix_fmt: str, options: dict[str, str]
) -> None:
    film = write_film(
        tmp_path / f"film.{suffix}", numbered(63), rate=25, codec=codec, pix_fmt=pix_fmt, options=options
    )
    movie = Movie(film)
    for first in (50, 4, 30, 31, 58, 0, 57):
        stretch = Stretch(first / 25, (first + 3) / 25)
        found = movie.pairs(((first / 25, (first + 2) / 25),), stretch, nothing)
        assert numbers(found) == [(first, first + 2)]
    movie.close()


def test_a_leap_over_keyframes_does_not_decode_what_lies_between(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(60), rate=10, options={"g": "10"})
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1

    movie = Movie(film)
    wanted = ((0.1, 0.2), (5.5, 5.6))
    assert numbers(movie.pairs(wanted, Stretch(0, 6), count)) == [(1, 2), (55, 56)]
    movie.close()
    assert seen < 25


def test_only_frames_within_the_shot_are_taken(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(50), rate=25)
    found = numbers(pairs_of(film, 20 / 25, 24 / 25))
    assert {number for pair in found for number in pair} == {20, 21, 22, 23}
    assert all(second > first for first, second in found)
    assert numbers(pairs_of(film, 20 / 25, 21 / 25)) == [(20, 20)] * 8


def test_a_pair_is_a_twelfth_of_a_second_of_the_timeline_apart(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(60), rate=60)
    for speed, frames in ((1, 5), (2, 10), (0.2, 1)):
        apart = [second - first for first, second in numbers(pairs_of(film, 0, 1, speed))]
        # the last pair ends with the shot, whose end is exclusive
        assert apart[:7] == [frames] * 7
        assert apart[7] in (frames - 1, frames)


def test_a_film_of_few_frames_a_second_gives_neighbours(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(20), rate=5)
    found = pairs_of(film, 0, 4)
    assert {second - first for first, second in numbers(found)} == {1}
    assert found[3][1].seconds - found[3][0].seconds == pytest.approx(0.2, abs=0.002)


def test_times_are_those_of_the_file_when_its_rate_varies(tmp_path: Path) -> None:
    times = [0, 0.04, 0.08, 0.5, 0.54, 0.58, 1.0, 1.08, 1.16, 3.0, 3.04, 3.08]
    film = write_film(tmp_path / "film.mp4", numbered(12), times=times, options={"bf": "0"})
    assert scanned(film) == (list(range(12)), pytest.approx(times, abs=0.001))
    found = pairs_of(film, 0, 3.12)
    # instants at 0.195 and 0.585; what stands from 1.16 to 3.0 s is no motion
    assert numbers(found)[:2] == [(2, 3), (5, 6)]
    assert found[4][0].seconds == found[4][1].seconds == pytest.approx(1.16, abs=0.001)


def test_a_film_whose_first_stamp_is_not_zero_begins_at_zero(tmp_path: Path) -> None:
    times = [5 + n / 25 for n in range(25)]
    film = write_film(tmp_path / "film.mkv", numbered(25), times=times, rate=25)
    assert scanned(film)[1] == pytest.approx([n / 25 for n in range(25)], abs=0.002)


def test_a_phone_s_rotation_is_undone(tmp_path: Path) -> None:
    upright = np.zeros((64, 36, 3), np.uint8)
    upright[:20] = (220, 30, 30)
    for turns, rotation in ((1, -90), (2, 180), (3, 90)):
        stored = [np.rot90(upright, turns)] * 24
        film = write_film(tmp_path / f"turned{turns}.mp4", stored, rotation=rotation)
        pixels = pairs_of(film, 0, 1)[0][0].pixels
        assert pixels.shape == (64, 36, 3)
        assert pixels[5, 18, 0] > 150
        assert pixels[50, 18].max() < 60


def test_anamorphic_pixels_are_made_square(tmp_path: Path) -> None:
    film = write_film(tmp_path / "wide.mp4", numbered(24), sample_aspect_ratio=Fraction(2, 1))
    assert pairs_of(film, 0, 1)[0][0].pixels.shape == (72, 256, 3)


def test_large_pictures_are_made_small_and_odd_sizes_are_read(tmp_path: Path) -> None:
    large = write_film(
        tmp_path / "large.mp4", numbered(12, 1280, 720), rate=12, options={"preset": "ultrafast"}
    )
    assert pairs_of(large, 0, 1)[0][0].pixels.shape == (360, 640, 3)
    odd = write_film(tmp_path / "odd.mkv", numbered(12, 101, 57), rate=12, codec="ffv1", pix_fmt="bgr0")
    assert pairs_of(odd, 0, 1)[0][0].pixels.shape == (57, 101, 3)
    assert scanned(odd)[0] == list(range(12))


@pytest.mark.parametrize("colour_range", [1, 2])
@pytest.mark.parametrize(
    ("width", "height", "matrix", "tagged"),
    [(160, 90, 5, True), (160, 90, 1, True), (160, 90, 5, False), (1280, 720, 1, False)],
)
def test_colours_are_right_in_either_range_and_matrix(
    tmp_path: Path, colour_range: int, width: int, height: int, matrix: int, tagged: bool
) -> None:
    colour = np.array([200, 60, 30], np.float64)
    red, blue = (0.299, 0.114) if matrix == 5 else (0.2126, 0.0722)
    luma = red * colour[0] + (1 - red - blue) * colour[1] + blue * colour[2]
    chroma = (colour[2] - luma) / (2 - 2 * blue), (colour[0] - luma) / (2 - 2 * red)
    if colour_range == 1:
        coded = [16 + luma * 219 / 255, *(128 + part * 224 / 255 for part in chroma)]
    else:
        coded = [luma, *(128 + part for part in chroma)]
    planes = np.broadcast_to(np.rint(coded).astype(np.uint8)[:, None, None], (3, height, width))
    film = write_film(
        tmp_path / "film.mkv",
        [planes] * 6,
        codec="ffv1",
        pix_fmt="yuv444p",
        layout="yuv444p",
        color_range=colour_range,
        colorspace=matrix if tagged else 2,
    )
    assert pairs_of(film, 0, 0.25)[0][0].pixels[10, 10] == pytest.approx(colour, abs=4)


def test_what_is_transparent_lies_over_black(tmp_path: Path) -> None:
    pixels = np.full((64, 64, 4), 200, np.uint8)
    pixels[:, :32, 3], pixels[:, 32:, 3] = 0, 255
    film = write_film(tmp_path / "film.mov", [pixels] * 6, codec="qtrle", pix_fmt="argb", layout="rgba")
    found = pairs_of(film, 0, 0.25)[0][0].pixels
    assert found[:, :30].max() < 5
    assert found[:, 34:].min() > 195


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.58), (18, 0.75)])
def test_high_dynamic_range_is_shown_as_on_a_screen(tmp_path: Path, transfer: int, white: float) -> None:
    steps = np.repeat(np.array([0, white / 2, white, 1]), 24)
    pixels = np.broadcast_to(np.rint(steps * 255).astype(np.uint8)[None, :, None], (54, 96, 3))
    facts = {"color_trc": transfer, "color_primaries": 9, "colorspace": 9, "color_range": 1}
    film = write_film(
        tmp_path / "film.mkv", [pixels] * 6, codec="libx265", pix_fmt="yuv420p10le", options=QUIET, **facts
    )
    found = pairs_of(film, 0, 0.25)[0][0].pixels[27, 12::24].astype(int)
    assert (np.diff(found.mean(axis=1)) > 25).all()
    # paper white is bright, and there is room for what is brighter
    assert 165 < found[2].mean() < 225
    assert np.ptp(found, axis=1).max() < 12


def test_a_film_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = write_film(
        tmp_path / "whole.mp4",
        numbered(60),
        rate=25,
        options={"g": "10"},
        container_options={"movflags": "faststart"},
    ).read_bytes()
    film = tmp_path / "cut.mp4"
    film.write_bytes(whole[: int(len(whole) * 0.75)])
    found, _ = scanned(film)
    assert 10 < len(found) < 50
    assert found == list(range(len(found)))
    movie = Movie(film)
    assert movie.length_seconds == pytest.approx(60 / 25, abs=0.05)
    stretch = Stretch(0, 2.4)
    movie.pairs(instant_pairs(stretch), stretch, nothing)
    assert movie.length_seconds == pytest.approx(len(found) / 25, abs=0.1)
    movie.close()


def test_damage_in_the_middle_costs_some_frames_only(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mkv", numbered(60), rate=25, options={"g": "5", "bf": "0"})
    data = bytearray(film.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(range(40))
    film.write_bytes(data)
    found, _ = scanned(film)
    assert {0, 1, 2, 57, 58, 59} <= set(found)
    assert len(found) > 40


@pytest.mark.parametrize("content", [b"", b"INT. ROOM - DAY\n" * 200, b"\0" * 5000, bytes(range(256)) * 40])
def test_what_is_no_film_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "script.mp4"
    path.write_bytes(content)
    error = error_of(lambda: Movie(path))
    assert error.code in ("MEDIA_UNREADABLE", "NO_VIDEO")
    assert "script.mp4" in error.message or "no moving picture" in error.message


def test_a_film_without_its_end_where_its_table_is_kept_is_refused(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(30))
    film.write_bytes(film.read_bytes()[:1500])
    error = error_of(lambda: Movie(film))
    assert error.code in ("MEDIA_UNREADABLE", "NO_VIDEO")


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    error = error_of(lambda: Movie(write_sound(tmp_path / "sound.mp4")))
    assert error.code == "NO_VIDEO"
    assert "only sound" in error.message


def test_a_missing_file_and_a_folder_are_said_to_be_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none.mp4", tmp_path):
        error = error_of(lambda: Movie(path))  # noqa: B023
        assert error.code == "MEDIA_MISSING"
        assert str(path) in error.message


def test_names_of_every_script_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "片段 é ü % #?"
    folder.mkdir()
    film = write_film(tmp_path / "film.mp4", numbered(6)).rename(folder / "镜头 01 %03d 🎬.mp4")
    assert scanned(film)[0] == list(range(6))


def test_a_scan_can_begin_and_end_anywhere(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(60), rate=25, options={"g": "10"})
    assert scanned(film, 33 / 25, 41 / 25)[0] == list(range(33, 41))
    assert scanned(film, 90, 100)[0] == []


def test_whoever_waits_can_stop_a_scan(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(60), rate=25)

    def stop(at: float) -> None:
        if at > 1:
            raise KeyboardInterrupt

    movie = Movie(film)
    with pytest.raises(KeyboardInterrupt):
        list(movie.scan(Stretch(0, 10), stop))
    movie.close()
