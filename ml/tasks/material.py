"""The material job: a layout and a look in, seamless maps of any size in the job's folder out.

Phases: load (the network), then for each variation layout (drawn in numpy), paint (part by part), write (several
maps at once). Every material depends on its own two seeds alone, and the same request gives the same bytes on the same
machine.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_srgb, oklab_to_linear
from ..infer.devices import worker_threads
from ..own_families import family_word
from ..protocol import Colour, GenerateMaterial, MapFile, MapKind, MaterialMaps, MaterialResult
from .context import TaskContext
from .job_files import JobFiles
from .layout_picture import read_layout_picture
from .material_maps import PaintedMaterial
from .one_material import Steps, paint_material, part_px_of
from .own_family import model_for
from .png import Pixels, png_pieces

__all__ = ["generate_material"]

_STEP_ROWS = 1024
"""Written between two looks at whether the job is to stop."""


def generate_material(request: GenerateMaterial, context: TaskContext) -> MaterialResult:
    """Write the maps of ``request.variations`` materials into ``request.out_dir``.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY, BAD_REQUEST) or
    JobCancelled; then no file of this job is left.
    """
    started = time.monotonic()
    size_px = request.width_px, request.height_px
    part_px = part_px_of(*size_px)
    parts = -(-request.width_px // part_px) * -(-request.height_px // part_px)
    writes = len(request.maps) * -(-request.height_px // _STEP_ROWS)
    steps = Steps(context, 1 + request.variations * (1 + parts + writes))
    steps.begin("load")
    model, own = model_for(request.family, context)
    picture = read_layout_picture(request.layout.image) if request.layout.image else None
    made: list[MaterialMaps] = []
    notes: dict[str, None] = {}
    with JobFiles(Path(request.out_dir)) as files:
        if parts > 1:
            # what smaller jobs have left in the runtime's arena would lie beside what this one takes
            context.networks.unload()
        device = context.networks.load(model, request.device).device
        for index in range(request.variations):
            seeds = request.seeds(index)
            network = context.networks.load(model, request.device)
            painted = paint_material(request, seeds, size_px, network, picture, steps.begin, own)
            del network
            if parts > 1:
                context.networks.unload()
            notes.update(dict.fromkeys(painted.notes))
            made.append(_written(request, seeds, painted.maps, files, steps))
            # or it would lie beside the next one
            del painted
        steps.begin("write")
    return MaterialResult(
        kind="material",
        family=request.family,
        materials=tuple(made),
        notes=tuple(notes),
        model=model.used,
        device=device,
        elapsed_seconds=time.monotonic() - started,
    )


def _written(
    request: GenerateMaterial,
    seeds: tuple[int, int],
    material: PaintedMaterial,
    files: JobFiles,
    steps: Steps,
) -> MaterialMaps:
    def write(kind: MapKind) -> MapFile:
        bands = _counted(material.bands(kind, request.relief_widths), steps)
        name = f"{family_word(request.family)}_{seeds[0]}_{seeds[1]}_{kind}.png"
        path, sha256 = files.write(name, png_pieces(request.height_px, bands))
        return MapFile(kind, str(path), sha256)

    # the network rests meanwhile, so even where it has one core there are two
    with ThreadPoolExecutor(min(len(request.maps), max(2, worker_threads()))) as pool:
        written = tuple(pool.map(write, request.maps))
    base, second, contrast = material.measured()
    return MaterialMaps(
        layout_seed=seeds[0],
        look_seed=seeds[1],
        width_px=request.width_px,
        height_px=request.height_px,
        base=_colour(base),
        second=_colour(second),
        contrast=contrast,
        maps=written,
    )


def _counted(bands: Iterator[Pixels], steps: Steps) -> Iterator[Pixels]:
    """The bands, with a step of the job before every _STEP_ROWS rows."""
    row = 0
    for band in bands:
        for _ in range(-(-row // _STEP_ROWS), -(-(row + len(band)) // _STEP_ROWS)):
            steps.begin("write")
        yield band
        row += len(band)


def _colour(oklab: NDArray[np.float32]) -> Colour:
    red, green, blue = (float(part) for part in linear_to_srgb(oklab_to_linear(oklab)))
    return Colour(red, green, blue)
