"""The material job: a layout and a look in, seamless maps of any size in the job's folder out.

Phases: load (the network), then for each variation layout (drawn in numpy), paint (part by part), write (map by
map). Every material depends on its own two seeds alone, and the same request gives the same bytes on the same
machine.
"""

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_srgb, oklab_to_linear
from ..own_families import family_word
from ..protocol import Colour, GenerateMaterial, MapFile, MaterialMaps, MaterialResult
from .context import TaskContext
from .job_files import JobFiles, encode_png
from .layout_picture import read_layout_picture
from .one_material import Painted, Steps, paint_material, part_px_of
from .own_family import model_for

__all__ = ["generate_material"]


def generate_material(request: GenerateMaterial, context: TaskContext) -> MaterialResult:
    """Write the maps of ``request.variations`` materials into ``request.out_dir``.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY, BAD_REQUEST) or
    JobCancelled; then no file of this job is left.
    """
    started = time.monotonic()
    size_px = request.width_px, request.height_px
    part_px = part_px_of(*size_px)
    parts = -(-request.width_px // part_px) * -(-request.height_px // part_px)
    steps = Steps(context, 1 + request.variations * (1 + parts + len(request.maps)))
    steps.begin("load")
    model, own = model_for(request.family, context)
    picture = read_layout_picture(request.layout.image) if request.layout.image else None
    made: list[MaterialMaps] = []
    notes: dict[str, None] = {}
    with JobFiles(Path(request.out_dir)) as files:
        network = context.networks.load(model, request.device)
        for index in range(request.variations):
            seeds = request.seeds(index)
            painted = paint_material(request, seeds, size_px, network, picture, steps.begin, own)
            notes.update(dict.fromkeys(painted.notes))
            made.append(_written(request, seeds, painted, files, steps))
        steps.begin("write")
    return MaterialResult(
        kind="material",
        family=request.family,
        materials=tuple(made),
        notes=tuple(notes),
        model=model.used,
        device=network.device,
        elapsed_seconds=time.monotonic() - started,
    )


def _written(
    request: GenerateMaterial, seeds: tuple[int, int], painted: Painted, files: JobFiles, steps: Steps
) -> MaterialMaps:
    layout_seed, look_seed = seeds
    written: list[MapFile] = []
    for kind in request.maps:
        steps.begin("write")
        pixels = painted.maps.pixels(kind, painted.canvas, request.relief_widths)
        name = f"{family_word(request.family)}_{layout_seed}_{look_seed}_{kind}.png"
        path, sha256 = files.write(name, encode_png(pixels))
        written.append(MapFile(kind, str(path), sha256))
    base, second, contrast = painted.maps.measured()
    return MaterialMaps(
        layout_seed=layout_seed,
        look_seed=look_seed,
        width_px=request.width_px,
        height_px=request.height_px,
        base=_colour(base),
        second=_colour(second),
        contrast=contrast,
        maps=tuple(written),
    )


def _colour(oklab: NDArray[np.float32]) -> Colour:
    red, green, blue = (float(part) for part in linear_to_srgb(oklab_to_linear(oklab)))
    return Colour(red, green, blue)
