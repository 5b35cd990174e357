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
from ..errors import TaskError
from ..infer.cards import MaterialCard
from ..infer.models import find_model
from ..infer.painting import Canvas
from ..infer.session import Network
from ..materials.drawing import DrawnGuide, GuideWish, draw_guide
from ..protocol import Colour, GenerateMaterial, MapFile, MaterialMaps, MaterialResult
from .context import TaskContext
from .job_files import JobFiles, encode_png
from .layout_picture import read_layout_picture
from .looks import Look, choose_look
from .material_maps import PaintedMaterial

__all__ = ["generate_material"]

_MODEL = "texture_studio"
_LARGEST_GUIDE_PX = 512
"""Layouts are drawn up to this size and enlarged smoothly beyond: they have no finer detail, and take their time."""
_LARGEST_PART_PX = 1024
_PART_PX = 512


class _Steps:
    """Counts the steps of the whole job for its progress."""

    def __init__(self, context: TaskContext, total: int) -> None:
        self._context = context
        self._total = total
        self._done = -1

    def begin(self, phase: str) -> None:
        """The next step begins; raises JobCancelled once the job is to stop."""
        self._done += 1
        self._context.progress(phase, self._done, self._total)


def generate_material(request: GenerateMaterial, context: TaskContext) -> MaterialResult:
    """Write the maps of ``request.variations`` materials into ``request.out_dir``.

    Raises TaskError (MODEL_*, RUNTIME_MISSING, DISK_FULL, FOLDER_NOT_WRITABLE, OUT_OF_MEMORY, BAD_REQUEST) or
    JobCancelled; then no file of this job is left.
    """
    started = time.monotonic()
    part_px = _part_px(request)
    parts = -(-request.width_px // part_px) * -(-request.height_px // part_px)
    steps = _Steps(context, 1 + request.variations * (1 + parts + len(request.maps)))
    steps.begin("load")
    model = find_model(context.models_dir, _MODEL, MaterialCard)
    picture = read_layout_picture(request.layout.image) if request.layout.image else None
    made: list[MaterialMaps] = []
    notes: dict[str, None] = {}
    with JobFiles(Path(request.out_dir)) as files:
        network = context.networks.load(model, request.device)
        for index in range(request.variations):
            layout_seed, look_seed = request.seeds(index)
            steps.begin("layout")
            drawn = _drawn_guide(request, layout_seed, picture)
            notes.update(dict.fromkeys(drawn.notes))
            look = choose_look(request, model.card, look_seed, _tile_px(request))
            canvas = _canvas(request, network, drawn, look, layout_seed)
            material = PaintedMaterial(request.width_px, request.height_px)
            for part in canvas.parts():
                steps.begin("paint")
                painted = canvas.paint(part)
                if not np.isfinite(painted).all():
                    message = f"The model {model.card.name} painted nothing usable. Install FilmAI again."
                    raise TaskError("MODEL_CORRUPT", message, "numbers that are not finite")
                material.fill(part, painted, canvas.guide_at(part))
            material.put_right(look)
            written: list[MapFile] = []
            for kind in request.maps:
                steps.begin("write")
                pixels = material.pixels(kind, canvas, request.relief_widths)
                name = f"{request.family}_{layout_seed}_{look_seed}_{kind}.png"
                path, sha256 = files.write(name, encode_png(pixels))
                written.append(MapFile(kind, str(path), sha256))
            base, second, contrast = material.measured()
            made.append(
                MaterialMaps(
                    layout_seed=layout_seed,
                    look_seed=look_seed,
                    width_px=request.width_px,
                    height_px=request.height_px,
                    base=_colour(base),
                    second=_colour(second),
                    contrast=contrast,
                    maps=tuple(written),
                )
            )
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


def _part_px(request: GenerateMaterial) -> int:
    """All at once where memory allows, since parts are painted with their surroundings."""
    largest = max(request.width_px, request.height_px)
    return _LARGEST_PART_PX if largest <= _LARGEST_PART_PX else _PART_PX


def _tile_px(request: GenerateMaterial) -> float:
    return request.width_px / request.layout.across


def _drawn_guide(
    request: GenerateMaterial, layout_seed: int, picture: NDArray[np.float32] | None
) -> DrawnGuide:
    layout = request.layout
    wish = GuideWish(
        family=request.family,
        seed=layout_seed,
        numbers={number.name: number.value for number in layout.numbers},
        choices={choice.name: choice.value for choice in layout.choices},
        wear=request.look.wear,
        picture=picture,
    )
    px = int(min(max(_tile_px(request), 64), _LARGEST_GUIDE_PX))
    try:
        return draw_guide(wish, px)
    except ValueError as error:
        raise TaskError("BAD_REQUEST", str(error)) from error


def _canvas(
    request: GenerateMaterial, network: Network[MaterialCard], drawn: DrawnGuide, look: Look, layout_seed: int
) -> Canvas:
    down = max(1, round(request.height_px / _tile_px(request)))
    return Canvas(
        network.run,
        drawn.guide,
        look.told,
        size_px=(request.width_px, request.height_px),
        repeats=(request.layout.across, down),
        local_channels=network.model.card.local_channels,
        seed=layout_seed,
        part_px=_part_px(request),
    )


def _colour(oklab: NDArray[np.float32]) -> Colour:
    red, green, blue = (float(part) for part in linear_to_srgb(oklab_to_linear(oklab)))
    return Colour(red, green, blue)
