"""Reads a folder of one material's pictures: photographs or renders, alone or as sets of maps by the usual names.

numpy and Pillow only. What is missing is guessed, and said: height from lightness, roughness and metallic as most
surfaces have them. A picture that cannot be used is left out and named.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["MIN_PX", "FolderError", "FolderPictures", "Picture", "read_folder"]

Array = NDArray[np.float32]

MIN_PX = 128
"""Of the shorter side: what the network paints at the least."""
_MAX_PX = 1024
"""Of the shorter side; larger pictures are made smaller."""
_MAX_PIXELS = 16384 * 16384
_MAX_PICTURES = 200
_ENDINGS = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_COLOUR = ("basecolor", "base_color", "albedo", "diffuse")
_MAPS = {
    "height": ("height", "displacement"),
    "roughness": ("roughness",),
    "metallic": ("metallic", "metalness"),
}
_IGNORED = ("normal", "occlusion", "ao")
"""Both follow from the height."""
_SEPARATORS = "_-. "
USUAL_ROUGHNESS = 0.7
USUAL_METALLIC = 0.0


class FolderError(RuntimeError):
    """The folder cannot be trained on; the text says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture of the material with what is known of its maps."""

    name: str
    maps: Array
    """(6, height, width), 0 to 1: red, green, blue (sRGB-encoded), height, roughness, metallic."""


@dataclass(frozen=True, slots=True, eq=False)
class FolderPictures:
    """What a folder holds."""

    pictures: tuple[Picture, ...]
    notes: tuple[str, ...]
    """What was guessed, what was left out and why: a sentence each."""


def read_folder(folder: Path) -> FolderPictures:
    """Every usable picture. Raises FolderError when there is none, or no such folder."""
    files = _files_in(folder)
    if not files:
        raise FolderError(
            f"There is no picture in {folder}. Put PNG, JPEG or TIFF files of one material into it; "
            "folders within are not looked into."
        )
    sets, notes = _sets_of(files)
    if len(sets) > _MAX_PICTURES:
        notes.append(f"{_MAX_PICTURES} of {len(sets)} pictures are used, evenly chosen.")
        places = np.linspace(0, len(sets) - 1, _MAX_PICTURES).round().astype(int)
        sets = {name: sets[name] for name in np.array(sorted(sets))[places].tolist()}
    pictures: list[Picture] = []
    guessed: Counter[str] = Counter()
    for name, by_kind in sorted(sets.items()):
        try:
            pictures.append(Picture(name, _read_set(by_kind, guessed)))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            notes.append(f"{name} is left out: {_reason(error)}.")
    if not pictures:
        raise FolderError(f"No picture in {folder} can be used. {' '.join(notes[:5])}")
    return FolderPictures(tuple(pictures), (*_guesses(guessed, len(pictures)), *notes))


def _files_in(folder: Path) -> list[Path]:
    if not folder.exists():
        raise FolderError(f"There is no folder {folder}. Choose one that holds pictures of your material.")
    if not folder.is_dir():
        raise FolderError(f"{folder} is no folder. Choose the folder that the picture lies in.")
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise FolderError(f"The folder {folder} cannot be read: {error.strerror or error}.") from None
    return [path for path in found if path.suffix.lower() in _ENDINGS and path.is_file()]


def _sets_of(files: list[Path]) -> tuple[dict[str, dict[str, Path]], list[str]]:
    """File name of the colour -> which map -> file; and a note for each map without its colours."""
    by_stem: dict[str, dict[str, Path]] = {}
    for path in files:
        stem, kind = _stem_and_kind(path.stem)
        by_stem.setdefault(stem.lower(), {}).setdefault(kind, path)
    notes, sets = [], {}
    for by_kind in by_stem.values():
        by_kind.pop("ignored", None)
        if "colour" in by_kind:
            sets[by_kind["colour"].name] = by_kind
        else:
            notes += [
                f"{path.name} is left out: there is no base colour beside it." for path in by_kind.values()
            ]
    return sets, notes


def _stem_and_kind(stem: str) -> tuple[str, str]:
    for kind, words in (("colour", _COLOUR), *_MAPS.items(), ("ignored", _IGNORED)):
        for word in words:
            begin = stem[: -len(word)]
            if stem.lower().endswith(word) and begin and begin[-1] in _SEPARATORS:
                return begin[:-1], kind
    return stem, "colour"


def _read_set(files: dict[str, Path], guessed: Counter[str]) -> Array:
    colours = _colours(files["colour"])  # (3, h, w)
    size = colours.shape[1:]
    maps = {kind: _grey(files[kind], (size[0], size[1])) for kind in _MAPS if kind in files}
    if "height" not in maps:
        guessed["height"] += 1
        maps["height"] = _guessed_height(colours)
    for kind, usual in (("roughness", USUAL_ROUGHNESS), ("metallic", USUAL_METALLIC)):
        if kind not in maps:
            guessed[kind] += 1
            maps[kind] = np.full(size, usual, np.float32)
    return np.concatenate([colours, np.stack([maps[kind] for kind in _MAPS])])


def _colours(path: Path) -> Array:
    with Image.open(path) as opened:
        _check_size(opened)
        # half-transparent photographs have no meaning here; the colour is what counts
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    shorter = min(picture.size)
    if shorter < MIN_PX:
        raise ValueError(f"{picture.width} x {picture.height} pixels; {MIN_PX} are needed on each side")
    if shorter > _MAX_PX:
        picture = picture.resize(
            (round(picture.width * _MAX_PX / shorter), round(picture.height * _MAX_PX / shorter)),
            Image.Resampling.LANCZOS,
        )
    pixels = np.asarray(picture, np.float32) / np.float32(255)
    if float(np.ptp(pixels)) < 0.01:
        raise ValueError("it is all of one colour")
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))


def _grey(path: Path, size: tuple[int, int]) -> Array:
    with Image.open(path) as opened:
        _check_size(opened)
        deep = opened.mode.startswith(("I", "F"))
        picture = opened.convert("F") if deep else ImageOps.exif_transpose(opened).convert("L").convert("F")
    top = float(picture.getextrema()[1])  # type: ignore[arg-type]  # of one channel it is a pair of numbers
    # 16-bit and floating-point pictures say nothing of their range
    full = 255 if not deep or 1 < top <= 255 else 65535 if top > 255 else 1
    grey = np.asarray(picture.resize(size[::-1], Image.Resampling.BILINEAR), np.float32) / np.float32(full)
    if not np.isfinite(grey).all():
        raise ValueError(f"{path.name} holds numbers that are not finite")
    clipped: Array = np.clip(grey, 0, 1)
    return clipped


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > _MAX_PIXELS:
        raise ValueError(f"{picture.width} x {picture.height} pixels are too many")


def _guessed_height(colours: Array) -> Array:
    """Lightness, spread so that all but the darkest and the lightest hundredth fill 0 to 1."""
    light = np.tensordot(np.array([0.2126, 0.7152, 0.0722], np.float32), colours, 1)
    low, high = np.percentile(light, (1, 99))
    spread: Array = np.clip((light - low) / max(float(high - low), 1e-3), 0, 1).astype(np.float32)
    return spread


def _guesses(guessed: Counter[str], count: int) -> list[str]:
    said = {
        "height": "Height is guessed from lightness: dark counts as deep",
        "roughness": f"Roughness is taken as {USUAL_ROUGHNESS}",
        "metallic": "Metallic is taken as 0",
    }
    return [
        f"{sentence} for all {count} pictures."
        if guessed[kind] >= count
        else f"{sentence} for {guessed[kind]} of {count} pictures."
        for kind, sentence in said.items()
        if guessed[kind]
    ]


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "it is no picture that can be read"
    return str(error)[:200] or type(error).__name__
