"""The preview job: each variation of a material as a small picture, lit so that its relief is seen.

A preview is the material itself, painted small: with the same layout, the same look and the same network as in
full. Phases: load, then for each picture layout, paint and write.
"""

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_srgb, srgb_to_linear
from ..own_families import family_word
from ..protocol import MATERIAL_STEP_PX, MIN_MATERIAL_SIZE_PX, GenerateMaterial
from ..protocol_preview import MaterialPreview, PreviewMaterials, PreviewSheet
from .context import TaskContext
from .job_files import JobFiles, pillow
from .layout_picture import read_layout_picture
from .material_maps import PaintedMaterial
from .one_material import Steps, paint_material
from .own_family import model_for
from .png import png_pieces

__all__ = ["preview_materials"]

_LIGHT = (-0.5, 0.5, 0.70710678)
"""Towards the light: from above on the left, as in most pictures of buttons and reliefs."""
_SKY = 0.35
"""Share of light that comes from everywhere and that holes keep out; the rest comes from the light."""
_LONGEST_PX = 512
"""Of a painted picture that is very oblong; it is made smaller afterwards."""


def preview_materials(request: PreviewMaterials, context: TaskContext) -> PreviewSheet:
    """Write a picture of each variation into the material's folder.

    Raises TaskError and JobCancelled as ``generate_material`` does; then no file of this job is left.
    """
    started = time.monotonic()
    material = request.material
    steps = Steps(context, 1 + material.variations * 3)
    steps.begin("load")
    model, own = model_for(material.family, context)
    picture = read_layout_picture(material.layout.image) if material.layout.image else None
    made: list[MaterialPreview] = []
    notes: dict[str, None] = {}
    with JobFiles(Path(material.out_dir)) as files:
        network = context.networks.load(model, material.device)
        for index in range(material.variations):
            seeds = material.seeds(index)
            painted = paint_material(
                material, seeds, _painted_px(request), network, picture, steps.begin, own
            )
            notes.update(dict.fromkeys(painted.notes))
            steps.begin("write")
            pixels = _reduced(_lit(painted.maps, material), _shown_px(request))
            name = f"{family_word(material.family)}_{seeds[0]}_{seeds[1]}_preview.png"
            path, sha256 = files.write(name, png_pieces(len(pixels), [pixels]))
            height, width = pixels.shape[:2]
            made.append(MaterialPreview(*seeds, str(path), width, height, sha256))
        steps.begin("write")
    return PreviewSheet(
        kind="previews",
        family=material.family,
        previews=tuple(made),
        notes=tuple(notes),
        model=model.used,
        device=network.device,
        elapsed_seconds=time.monotonic() - started,
    )


def _shown_px(request: PreviewMaterials) -> tuple[int, int]:
    """Width and height of the picture: those of the material, reduced."""
    material = request.material
    scale = request.preview_px / max(material.width_px, material.height_px)
    return max(1, round(material.width_px * scale)), max(1, round(material.height_px * scale))


def _painted_px(request: PreviewMaterials) -> tuple[int, int]:
    """Width and height that the network paints: it knows no tiles of a few pixels."""
    material = request.material
    # layouts side by side are painted twice as large, or their features would be lost
    scale = (1.0 if material.layout.across == 1 else 2.0) * request.preview_px
    scale /= max(material.width_px, material.height_px)
    shorter = min(material.width_px, material.height_px) * scale
    scale *= max(1, MIN_MATERIAL_SIZE_PX / shorter)
    return _in_steps(material.width_px * scale), _in_steps(material.height_px * scale)


def _in_steps(px: float) -> int:
    return min(max(round(px / MATERIAL_STEP_PX) * MATERIAL_STEP_PX, MIN_MATERIAL_SIZE_PX), _LONGEST_PX)


def _lit(maps: PaintedMaterial, material: GenerateMaterial) -> NDArray[np.uint8]:
    """Base colour (height, width, 3) as a matt surface shows it; what is flat and open keeps its colour."""
    relief = material.relief_widths
    albedo = srgb_to_linear(maps.pixels("basecolor", relief) / np.float32(255))
    normal = maps.pixels("normal", relief) / np.float32(127.5) - 1
    occlusion = maps.pixels("occlusion", relief) / np.float32(255)
    facing = np.maximum(normal @ np.array(_LIGHT, np.float32), 0) / np.float32(_LIGHT[2])
    light = _SKY * occlusion + (1 - _SKY) * facing
    result: NDArray[np.uint8] = np.rint(linear_to_srgb(albedo * light[..., None]) * 255).astype(np.uint8)
    return result


def _reduced(pixels: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    if (width, height) == size_px:
        return pixels
    image = pillow()
    return np.asarray(image.fromarray(pixels).resize(size_px, image.Resampling.BOX))
