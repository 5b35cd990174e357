"""Clips as the timeline shows them: pictures, sequences, mirrored, backwards, retimed, framed by black bars."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ml.media.clips import look_at, open_clip, scan_clip, shot_inputs
from ml.media.errors import MediaError
from ml.media.framing import Frame, cropped, find_frame
from ml.media.inputs import ShotInputs
from ml.media.stills import read_picture
from ml.protocol import Clip
from tests.fakes.films import number_of, numbered, write_film
from tests.fakes.moving_pictures import as_rgb, texture, view

RATE = 24
PAN_PX = 2.0
"""Of 160, to the right in each frame."""
PAN = 2 * PAN_PX / 160
"""In widths per 1/12 s."""


def clip_of(path: Path, **changes: Any) -> Clip:
    values: dict[str, Any] = {
        "id": "a",
        "name": "a clip",
        "kind": "movie",
        "path": str(path),
        "rate": 24.0,
        "start_seconds": 0.0,
        "end_seconds": 2.0,
        "mirror_x": False,
        "mirror_y": False,
        "backwards": False,
        "speed": 1.0,
        "fixed": (),
    }
    return Clip(**values | changes)


def inputs_of_clip(clip: Clip) -> ShotInputs:
    return shot_inputs(clip, clip.start_seconds, clip.end_seconds)


def pan_frames(count: int = 48) -> list[NDArray[np.uint8]]:
    source = texture(21)
    return [as_rgb(view(source, (PAN_PX * (number - count / 2), 0.5 * number))) for number in range(count)]


@pytest.fixture(scope="module")
def pan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("pan") / "pan.mp4", pan_frames(), options={"crf": "16"})


def write_sequence(folder: Path, frames: list[NDArray[np.uint8]], suffix: str = "png") -> Path:
    lines = []
    for number, pixels in enumerate(frames):
        path = folder / f"图{number:04d}.{suffix}"
        Image.fromarray(pixels).save(path)
        lines.append(str(path))
    listing = folder / "frames.txt"
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return listing


def middle(inputs: ShotInputs, number: int) -> float:
    return float(np.median(inputs.motion[:, number]))


def test_a_pan_is_measured_as_it_was_made(pan: Path) -> None:
    inputs = inputs_of_clip(clip_of(pan))
    assert inputs.motion[:8, 0] == pytest.approx(PAN, abs=0.002)
    assert inputs.motion[:8, 1] == pytest.approx(0.5 * 2 / 160, abs=0.002)
    # three times as long lies between two instants
    assert inputs.motion[8:, 0] == pytest.approx(3 * PAN, abs=0.002)
    assert inputs.motion[:, 4].min() > 0.9
    assert inputs.facts == pytest.approx([np.log(3), 16 / 9, 0, 0], abs=0.01)


def test_mirrored_clips_move_the_other_way(pan: Path) -> None:
    plain = inputs_of_clip(clip_of(pan))
    across = inputs_of_clip(clip_of(pan, mirror_x=True))
    down = inputs_of_clip(clip_of(pan, mirror_y=True))
    assert middle(across, 0) == pytest.approx(-PAN, abs=0.002)
    assert middle(down, 1) == pytest.approx(-0.5 * 2 / 160, abs=0.002)
    assert across.frames == pytest.approx(plain.frames[..., ::-1], abs=0.02)
    assert down.frames == pytest.approx(plain.frames[..., ::-1, :], abs=0.02)


def test_a_clip_shown_backwards_moves_backwards_from_its_end(pan: Path, tmp_path: Path) -> None:
    back = inputs_of_clip(clip_of(pan, backwards=True))
    assert middle(back, 0) == pytest.approx(-PAN, abs=0.002)
    film = write_film(tmp_path / "film.mp4", numbered(48))
    frames = inputs_of_clip(clip_of(film, backwards=True)).frames
    assert [number_of(frame.transpose(1, 2, 0) * 255) for frame in frames] == [45, 39, 33, 27, 21, 15, 9, 3]


@pytest.mark.parametrize("speed", [0.5, 2.0, 4.0])
def test_a_retimed_clip_moves_as_fast_as_it_is_shown(pan: Path, speed: float) -> None:
    inputs = inputs_of_clip(clip_of(pan, speed=speed))
    assert middle(inputs, 0) == pytest.approx(PAN * speed, rel=0.05)
    assert inputs.facts[0] == pytest.approx(np.log1p(2 / speed))


def test_a_sequence_gives_what_the_film_of_its_frames_gives(pan: Path, tmp_path: Path) -> None:
    listing = write_sequence(tmp_path, pan_frames())
    inputs = inputs_of_clip(clip_of(listing, kind="sequence"))
    film = inputs_of_clip(clip_of(pan))
    assert inputs.motion[:8, 0] == pytest.approx(PAN, abs=0.001)
    assert inputs.frames == pytest.approx(film.frames, abs=0.06)
    slow = inputs_of_clip(clip_of(listing, kind="sequence", rate=12.0, end_seconds=4.0))
    assert middle(slow, 0) == pytest.approx(PAN / 2, rel=0.05)


def test_unreadable_pictures_of_a_sequence_are_passed_over(tmp_path: Path) -> None:
    listing = write_sequence(tmp_path, numbered(24))
    (tmp_path / "图0004.png").unlink()
    (tmp_path / "图0010.png").write_bytes(b"no picture")
    clip = clip_of(listing, kind="sequence", end_seconds=1.0)
    source = open_clip(clip)
    found = [
        number_of(pixels) for chunk in scan_clip(source, clip, lambda _at: None) for pixels in chunk.pixels
    ]
    assert found == [0, 1, 2, 3, 3, 5, 6, 7, 8, 9, 9, *range(11, 24)]
    assert source.notes == ("2 pictures of the sequence could not be read",)
    assert inputs_of_clip(clip).motion.shape == (15, 8)


def test_a_picture_stands_still(tmp_path: Path) -> None:
    Image.fromarray(as_rgb(view(texture(3)))).save(tmp_path / "still.png")
    inputs = inputs_of_clip(clip_of(tmp_path / "still.png", kind="image", end_seconds=4.0))
    assert not inputs.flow[:, :2].any()
    assert not inputs.motion[:, :4].any()
    assert inputs.facts == pytest.approx([np.log(5), 16 / 9, 1, 0], abs=0.001)


def test_pictures_of_sixteen_bits_keep_their_greys(tmp_path: Path) -> None:
    ramp = np.broadcast_to(np.linspace(0, 65535, 64).astype(np.uint16), (32, 64))
    Image.fromarray(ramp).save(tmp_path / "ramp.png")
    pixels = read_picture(tmp_path / "ramp.png", 640)
    assert pixels[16, :, 0] == pytest.approx(np.linspace(0, 255, 64), abs=1)
    floats = Image.fromarray(np.broadcast_to(np.linspace(0, 1, 64, dtype=np.float32), (32, 64)))
    floats.save(tmp_path / "ramp.tif")
    assert read_picture(tmp_path / "ramp.tif", 640)[16, :, 0] == pytest.approx(np.linspace(0, 255, 64), abs=1)


def test_a_photograph_is_turned_as_its_camera_was_held(tmp_path: Path) -> None:
    picture = Image.new("RGB", (64, 32), (0, 0, 200))
    picture.paste((200, 0, 0), (0, 0, 20, 32))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    pixels = read_picture(tmp_path / "photo.jpg", 640)
    assert pixels.shape == (64, 32, 3)
    # turned clockwise: what was on the left is at the top
    assert pixels[5, 16, 0] > 150
    assert pixels[60, 16, 2] > 150


def test_transparent_pictures_lie_over_black_and_palettes_are_read(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (40, 40), (255, 255, 255, 0))
    clear.paste((200, 100, 50, 255), (0, 0, 20, 40))
    clear.save(tmp_path / "clear.png")
    pixels = read_picture(tmp_path / "clear.png", 640)
    assert pixels[20, 10] == pytest.approx([200, 100, 50], abs=1)
    assert pixels[20, 30].max() == 0
    clear.convert("P").save(tmp_path / "palette.gif")
    assert read_picture(tmp_path / "palette.gif", 640).shape == (40, 40, 3)


def test_large_photographs_are_read_small(tmp_path: Path) -> None:
    Image.new("RGB", (4000, 3000), (90, 120, 30)).save(tmp_path / "large.jpg")
    pixels = read_picture(tmp_path / "large.jpg", 640)
    assert pixels.shape == (480, 640, 3)
    assert pixels[200, 300] == pytest.approx([90, 120, 30], abs=2)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("render.exr", b"\x76\x2f\x31\x01" + b"\0" * 100, "of the kind .exr cannot be read"),
        ("note.png", b"no picture at all", "no picture that can be read"),
        ("empty.jpg", b"", "no picture that can be read"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MediaError, match=words) as caught:
        open_clip(clip_of(tmp_path / name, kind="image"))
    assert caught.value.code == "MEDIA_UNREADABLE"


def test_a_cut_off_picture_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (100, 100, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:9000])
    with pytest.raises(MediaError, match="damaged"):
        open_clip(clip_of(tmp_path / "a.png", kind="image"))


def test_missing_media_are_named(tmp_path: Path) -> None:
    for kind in ("movie", "image"):
        with pytest.raises(MediaError, match="is missing") as caught:
            open_clip(clip_of(tmp_path / "none.mov", kind=kind))
        assert caught.value.code == "MEDIA_MISSING"
    with pytest.raises(MediaError, match="not absolute"):
        open_clip(clip_of(Path("none.mov")))
    with pytest.raises(MediaError, match="list of the sequence"):
        open_clip(clip_of(tmp_path / "none.txt", kind="sequence"))
    (tmp_path / "list.txt").write_text("\n\n", encoding="utf-8")
    with pytest.raises(MediaError, match="no pictures"):
        open_clip(clip_of(tmp_path / "list.txt", kind="sequence"))
    (tmp_path / "list.txt").write_text(str(tmp_path / "gone.png"), encoding="utf-8")
    with pytest.raises(MediaError, match=r"gone\.png is missing"):
        inputs_of_clip(clip_of(tmp_path / "list.txt", kind="sequence"))


def test_a_stretch_without_frames_is_refused_with_the_film_s_length(pan: Path) -> None:
    with pytest.raises(MediaError, match=r"from 5.0 s to 9.0 s of the file. It is 2.0 s long") as caught:
        shot_inputs(clip_of(pan), 5.0, 9.0)
    assert caught.value.code == "NO_FRAMES"


def test_a_clip_that_is_longer_than_its_film_ends_with_the_film(pan: Path) -> None:
    clip = clip_of(pan, end_seconds=60.0)
    source = open_clip(clip)
    look = look_at(source, clip, 0.0, 60.0, lambda: None)
    source.close()
    assert look.end_seconds == pytest.approx(2.0, abs=0.05)
    assert look.inputs.motion[:8, 0] == pytest.approx(PAN, abs=0.002)


def test_a_single_frame_is_a_shot(pan: Path) -> None:
    inputs = shot_inputs(clip_of(pan), 10 / RATE, 11 / RATE)
    assert not inputs.flow[:, :2].any()
    assert np.isfinite(inputs.motion).all()
    assert np.ptp(inputs.frames, axis=0).max() == 0


def test_the_thumbnail_shows_the_middle(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", numbered(48))
    clip = clip_of(film)
    source = open_clip(clip)
    look = look_at(source, clip, 0.0, 2.0, lambda: None)
    source.close()
    assert 24 <= number_of(look.thumbnail) <= 29


def barred(picture: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """The picture in the middle of a black frame."""
    frame = np.zeros((height, width, 3), np.uint8)
    top, left = (height - picture.shape[0]) // 2, (width - picture.shape[1]) // 2
    frame[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return frame


@pytest.mark.parametrize(
    ("height", "width", "inner_height", "inner_width"),
    [
        (360, 640, 268, 640),
        (360, 640, 360, 480),
        (480, 640, 360, 640),
        (360, 640, 300, 500),
        (640, 360, 202, 360),
    ],
)
def test_black_bars_are_found_and_cut_off(
    height: int, width: int, inner_height: int, inner_width: int
) -> None:
    inner = as_rgb(view(texture(31, 900, 900), width=inner_width, height=inner_height))
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 6, (height, width, 3), np.uint8)
    picture = np.maximum(barred(inner, height, width), noise)
    frame = find_frame([picture])
    assert frame.aspect == pytest.approx(inner_width / inner_height, rel=0.02)
    assert luma_edges(cropped(picture, frame)) > 30


def luma_edges(pixels: NDArray[np.uint8]) -> float:
    return float(min(pixels[0].mean(), pixels[-1].mean(), pixels[:, 0].mean(), pixels[:, -1].mean()))


def test_a_dark_scene_has_no_bars() -> None:
    lamp = np.zeros((360, 640, 3), np.uint8)
    lamp[150:200, 300:330] = 220
    assert find_frame([lamp]) == Frame(0, 0, 640, 360)
    black = np.zeros((360, 640, 3), np.uint8)
    assert find_frame([black]) == Frame(0, 0, 640, 360)
    y, x = np.mgrid[-1:1:360j, -1:1:640j]
    vignette = as_rgb(np.clip(1.0 - 1.1 * np.sqrt(x**2 + y**2), 0, 1))
    assert find_frame([vignette]) == Frame(0, 0, 640, 360)


def test_a_night_sky_over_a_lit_ground_is_no_bar() -> None:
    night = np.zeros((360, 640, 3), np.uint8)
    night[120:] = as_rgb(view(texture(32, 900, 900), width=640, height=240))
    assert find_frame([night]) == Frame(0, 0, 640, 360)


def test_a_fade_keeps_the_bars_that_its_bright_frames_show() -> None:
    inner = as_rgb(view(texture(33, 900, 900), width=640, height=268))
    bright = barred(inner, 360, 640)
    dark = (bright * 0.05).astype(np.uint8)
    assert find_frame([dark, bright, dark]).aspect == pytest.approx(640 / 268, rel=0.02)


def test_letterbox_does_not_change_what_is_measured(pan: Path, tmp_path: Path) -> None:
    film = write_film(
        tmp_path / "boxed.mp4", [barred(frame, 120, 160) for frame in pan_frames()], options={"crf": "16"}
    )
    plain, boxed = inputs_of_clip(clip_of(pan)), inputs_of_clip(clip_of(film))
    assert boxed.facts[1] == pytest.approx(16 / 9, rel=0.04)
    assert middle(boxed, 0) == pytest.approx(middle(plain, 0), abs=0.001)
    assert np.abs(boxed.frames - plain.frames).mean() < 0.03
