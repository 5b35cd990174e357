"""The character jobs: a body and a look in, views with a transparent background in the job's folder out.

Phases: load (the networks), then for each variation shape (the guides, drawn in numpy), paint (all views in one run)
and write (each view, which a second network may draw larger before). Every character depends on its own two seeds
alone, and the same request gives the same bytes on the same machine.
"""

import time
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ..infer.character_painting import cut_out
from ..protocol_characters import (
    CharacterPictures,
    CharacterPreview,
    CharacterRequest,
    CharacterResult,
    CharacterSheet,
    GenerateCharacter,
    PreviewCharacters,
    View,
    ViewFile,
)
from .context import TaskContext
from .job_files import JobFiles
from .one_character import (
    PaintedCharacter,
    load_enlarger_or_none,
    load_painter,
    paint_character,
)
from .one_material import Steps
from .png import png_pieces

__all__ = ["generate_character", "paint_characters", "preview_characters"]

_PREVIEW_VIEW = 0
"""The first of the network's views stands for the character."""


def paint_characters(request: CharacterRequest, context: TaskContext) -> CharacterResult | CharacterSheet:
    """Answer either request; see below."""
    if isinstance(request, PreviewCharacters):
        return preview_characters(request, context)
    return generate_character(request, context)


def generate_character(request: GenerateCharacter, context: TaskContext) -> CharacterResult:
    """Write every view of ``request.variations`` characters into ``request.out_dir``.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY, BAD_REQUEST) or
    JobCancelled; then no file of this job is left.
    """
    started = time.monotonic()
    steps = Steps(context, 1 + 3 * request.variations)
    steps.begin("load")
    made: list[CharacterPictures] = []
    with JobFiles(Path(request.out_dir)) as files:
        network = load_painter(context, request)
        card = network.model.card
        size_px = max(1, round(request.height_px * card.width_px / card.height_px)), request.height_px
        wanted = request.enlarge and request.height_px > card.height_px
        enlarger = load_enlarger_or_none(context, request.device) if wanted else None
        for index in range(request.variations):
            seeds = request.seeds(index)
            painted = paint_character(request, seeds, network, steps.begin)
            steps.begin("write")
            views: list[ViewFile] = []
            for view, picture in zip(card.views, painted.pictures, strict=True):
                name = f"{request.archetype}_{seeds[0]}_{seeds[1]}_{view}.png"
                path, sha256 = files.write(
                    name, png_pieces(size_px[1], [cut_out(picture, size_px, enlarger)])
                )
                views.append(ViewFile(cast("View", view), str(path), sha256))
            made.append(_described(seeds, size_px, painted, tuple(views)))
        steps.begin("write")
    return CharacterResult(
        kind="character",
        archetype=request.archetype,
        characters=tuple(made),
        model=network.model.used,
        enlarger=enlarger.model.used if enlarger else None,
        enlarger_missing=wanted and enlarger is None,
        device=network.device,
        elapsed_seconds=time.monotonic() - started,
    )


def preview_characters(request: PreviewCharacters, context: TaskContext) -> CharacterSheet:
    """Write a small front view of each variation into the character's folder.

    Raises TaskError and JobCancelled as ``generate_character`` does; then no file of this job is left.
    """
    started = time.monotonic()
    character, px = request.character, request.preview_px
    steps = Steps(context, 1 + 3 * character.variations)
    steps.begin("load")
    made: list[CharacterPreview] = []
    with JobFiles(Path(character.out_dir)) as files:
        network = load_painter(context, character)
        for index in range(character.variations):
            seeds = character.seeds(index)
            painted = paint_character(character, seeds, network, steps.begin)
            steps.begin("write")
            name = f"{character.archetype}_{seeds[0]}_{seeds[1]}_preview.png"
            path, sha256 = files.write(
                name, png_pieces(px, [_in_a_square(painted.pictures[_PREVIEW_VIEW], px)])
            )
            made.append(CharacterPreview(*seeds, str(path), px, px, sha256))
        steps.begin("write")
    return CharacterSheet(
        kind="character_previews",
        archetype=character.archetype,
        previews=tuple(made),
        model=network.model.used,
        device=network.device,
        elapsed_seconds=time.monotonic() - started,
    )


def _described(
    seeds: tuple[int, int], size_px: tuple[int, int], painted: PaintedCharacter, views: tuple[ViewFile, ...]
) -> CharacterPictures:
    return CharacterPictures(
        body_seed=seeds[0],
        look_seed=seeds[1],
        height_m=painted.height_m,
        picture_height_m=painted.picture_height_m,
        ground_m=painted.ground_m,
        width_px=size_px[0],
        height_px=size_px[1],
        main=painted.main,
        second=painted.second,
        views=views,
    )


def _in_a_square(picture: NDArray[np.float32], px: int) -> NDArray[np.uint8]:
    """The picture (4, H, W) as large as it fits into the middle of (px, px, 4)."""
    height, width = picture.shape[1:]
    scale = px / max(height, width)
    small = cut_out(picture, (max(1, round(width * scale)), max(1, round(height * scale))))
    square = np.zeros((px, px, 4), np.uint8)
    top, left = (px - small.shape[0]) // 2, (px - small.shape[1]) // 2
    square[top : top + small.shape[0], left : left + small.shape[1]] = small
    return square
