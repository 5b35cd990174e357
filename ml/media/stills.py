"""Reading single pictures and image sequences by Pillow: upright, 8 bits, square pixels, transparency over black."""

import functools
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from ..limits import MAX_SEQUENCE_FILES
from .errors import MediaError
from .instants import Stretch
from .picture import LONG_SIDE, SCAN_HEIGHT, SCAN_WIDTH, PairPicker, Picture, ScanChunk, look_size

__all__ = ["ImageSequence", "Still", "read_picture"]

_CHUNK_FRAMES = 64
_HIGH_RANGE = {".exr", ".hdr", ".dpx", ".cin"}
_MOST_PIXELS = 300_000_000


class Still:
    """A single picture, however long it is shown; a ``Source``."""

    is_still = True
    notes: tuple[str, ...] = ()
    length_seconds: float | None = None

    def __init__(self, path: Path) -> None:
        """Raises MediaError when it is missing or cannot be read."""
        self._pixels = read_picture(path, LONG_SIDE)

    def pairs(
        self, wanted: tuple[tuple[float, float], ...], within: Stretch, tick: Callable[[], None]
    ) -> tuple[tuple[Picture, Picture], ...]:
        """See ``Source``: the same picture always, at one time."""
        tick()
        picture = Picture(within.start_seconds, self._pixels)
        return tuple((picture, picture) for _ in wanted)

    def scan(self, within: Stretch, tick: Callable[[float], None]) -> Iterator[ScanChunk]:
        """See ``Source``: one frame."""
        tick(within.start_seconds)
        yield ScanChunk(np.array([within.start_seconds]), _tiny(self._pixels)[None])

    def close(self) -> None:
        """Nothing is held open."""


class ImageSequence:
    """Pictures that are the frames of a film; a ``Source``. Missing ones are passed over and noted."""

    is_still = False

    def __init__(self, list_file: Path, rate: float) -> None:
        """``list_file`` is UTF-8 text, an absolute path a line. Raises MediaError when it is no such list."""
        self._paths = _read_list(list_file)
        self._rate = rate
        self._bad: set[int] = set()
        self._last_error: MediaError | None = None

    @property
    def length_seconds(self) -> float | None:
        """Of all its pictures."""
        return len(self._paths) / self._rate

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read so far."""
        return (f"{len(self._bad)} pictures of the sequence could not be read",) if self._bad else ()

    def pairs(
        self, wanted: tuple[tuple[float, float], ...], within: Stretch, tick: Callable[[], None]
    ) -> tuple[tuple[Picture, Picture], ...]:
        """See ``Source``."""
        places = [index for index in range(len(self._paths)) if within.holds(index / self._rate)]
        load = functools.lru_cache(maxsize=4)(self._load)
        found: list[tuple[Picture, Picture]] = []
        for times in wanted:
            while (chosen := _choose(times, places, self._rate)) is not None:
                tick()
                read = [load(index) for index in chosen]
                if read[0] is not None and read[1] is not None:
                    found.append((read[0], read[1]))
                    break
                places = [index for index in places if index not in self._bad]
        if not found and self._last_error is not None:
            raise self._last_error
        return tuple(found)

    def scan(self, within: Stretch, tick: Callable[[float], None]) -> Iterator[ScanChunk]:
        """See ``Source``. A picture that cannot be read looks like the one before it."""
        seconds: list[float] = []
        pixels: list[NDArray[np.uint8]] = []
        before: NDArray[np.uint8] | None = None
        for index in range(len(self._paths)):
            at = index / self._rate
            if not within.holds(at):
                continue
            tick(at)
            tiny = self._load_tiny(index)
            before = tiny if tiny is not None else before
            if before is None:
                continue
            seconds.append(at)
            pixels.append(before)
            if len(seconds) == _CHUNK_FRAMES:
                yield ScanChunk(np.array(seconds), np.stack(pixels))
                seconds, pixels = [], []
        if before is None and self._last_error is not None:
            raise self._last_error
        if seconds:
            yield ScanChunk(np.array(seconds), np.stack(pixels))

    def close(self) -> None:
        """Nothing is held open."""

    def _load(self, index: int) -> Picture | None:
        pixels = self._read(index, LONG_SIDE)
        return None if pixels is None else Picture(index / self._rate, pixels)

    def _load_tiny(self, index: int) -> NDArray[np.uint8] | None:
        pixels = self._read(index, 4 * SCAN_WIDTH)
        return None if pixels is None else _tiny(pixels)

    def _read(self, index: int, long_side: int) -> NDArray[np.uint8] | None:
        try:
            return read_picture(self._paths[index], long_side)
        except MediaError as error:
            self._bad.add(index)
            self._last_error = error
            return None


def read_picture(path: Path, long_side: int) -> NDArray[np.uint8]:
    """(height, width, 3) sRGB, upright, no side longer than ``long_side``. Raises MediaError."""
    try:
        with warnings.catch_warnings():
            # large pictures are expected here; how large is checked below
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return _read(image, long_side)
    except FileNotFoundError as error:
        message = f"the picture {path} is missing. Find it again, or remove the strip."
        raise MediaError("MEDIA_MISSING", message, str(error)) from error
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise _unreadable(path, error) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        message = f"the picture {path.name} is damaged or may not be read. Open it in another program."
        raise MediaError("MEDIA_UNREADABLE", message, str(error)) from error


def _read(image: Image.Image, long_side: int) -> NDArray[np.uint8]:
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError(f"{image.width} x {image.height} pixels are too many")
    # a JPEG is decoded at a half, a quarter or an eighth of its size in a fraction of the time
    image.draft("RGB", (2 * long_side, 2 * long_side))
    upright = ImageOps.exif_transpose(image)
    size = look_size(upright.width, upright.height, 1.0)
    factor = min(1.0, long_side / max(size))
    size = max(1, round(size[0] * factor)), max(1, round(size[1] * factor))
    picture = _eight_bits(upright)
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        black = Image.new("RGBA", over.size, (0, 0, 0, 255))
        picture = Image.alpha_composite(black, over)
    return np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BOX))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits or floats: Pillow's own conversion would clip it to white."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.asarray(image, np.float64)
    # floats are 0 to 1; whole numbers use 16 bits, in 32-bit files too
    top = 1.0 if image.mode == "F" else 65535.0
    return Image.fromarray(np.rint(np.clip(values / top, 0, 1) * 255).astype(np.uint8))


def _unreadable(path: Path, error: Exception) -> MediaError:
    if path.suffix.lower() in _HIGH_RANGE:
        message = (
            f"{path.name}: pictures of the kind {path.suffix} cannot be read. Save them as PNG or JPEG, or "
            "put the strip into a scene and describe the scene strip."
        )
    else:
        message = f"{path.name} is no picture that can be read, or it is damaged. Save it as PNG or JPEG."
    return MediaError("MEDIA_UNREADABLE", message, str(error))


def _read_list(list_file: Path) -> list[Path]:
    try:
        lines = list_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = "the list of the sequence's pictures cannot be read. Try again."
        raise MediaError("MEDIA_UNREADABLE", message, str(error)) from error
    paths = [Path(line) for line in lines if line]
    if not paths:
        raise MediaError("NO_FRAMES", "the image sequence has no pictures. Choose its files again.")
    if len(paths) > MAX_SEQUENCE_FILES:
        message = f"the image sequence has more than {MAX_SEQUENCE_FILES} pictures. Divide the strip."
        raise MediaError("MEDIA_UNREADABLE", message)
    return paths


def _choose(times: tuple[float, float], places: list[int], rate: float) -> tuple[int, int] | None:
    picker = PairPicker[int](times)
    for index in places:
        if not picker.offer(index / rate, index):
            break
    chosen = picker.chosen()
    return None if chosen is None else (chosen[0][1], chosen[1][1])


def _tiny(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = (SCAN_WIDTH, SCAN_HEIGHT)
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
