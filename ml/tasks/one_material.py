"""Draws and paints one material, in full or as a small picture of itself: the same layout, the same look.

What is done with the painted maps is the jobs' own.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from ..infer.cards import MaterialCard
from ..infer.painting import Canvas, SpreadGuide
from ..infer.session import Network
from ..materials.drawing import DrawnGuide, GuideWish, draw_guide
from ..materials.own_family import OwnLayouts, draw_own_guide
from ..protocol import GenerateMaterial
from .context import TaskContext
from .looks import choose_look
from .material_maps import PaintedMaterial

__all__ = ["Painted", "Steps", "paint_material", "part_px_of"]

_LARGEST_GUIDE_PX = 512
"""Layouts are drawn up to this size and enlarged smoothly beyond: they have no finer detail, and take their time."""
_MOST_TILES = 4
"""Along each axis, drawn as one: more would take as long as painting them."""
_PARTS_PX = ((1 << 22, 1024), (1 << 24, 896), (1 << 26, 640))
"""Up to so many pixels of the picture, the most that is painted at once: the more the network takes, about 900 bytes
for each, the less is left for a finished picture's ten bytes."""


class Steps:
    """Counts the steps of the whole job for its progress, from whatever thread."""

    def __init__(self, context: TaskContext, total: int) -> None:
        self._context = context
        self._total = total
        self._done = -1
        self._guard = threading.Lock()

    def begin(self, phase: str) -> None:
        """The next step begins; raises JobCancelled once the job is to stop."""
        with self._guard:
            self._done += 1
            self._context.progress(phase, self._done, self._total)


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """One painted material, put right."""

    maps: PaintedMaterial
    notes: tuple[str, ...]
    """Of the layout."""


def paint_material(
    request: GenerateMaterial,
    seeds: tuple[int, int],
    size_px: tuple[int, int],
    network: Network[MaterialCard],
    picture: NDArray[np.float32] | None,
    begin: Callable[[str], None],
    own: OwnLayouts | None = None,
) -> Painted:
    """The material of ``request`` with those seeds of layout and look, ``size_px`` (width, height) large.

    picture: the user's own layout, as it was read. begin: called as ``begin(phase)`` before the layout and
    before each part that is painted. own: of a family that the user trained, its layouts. Raises TaskError
    BAD_REQUEST or MODEL_CORRUPT, and what ``begin`` raises.
    """
    layout_seed, look_seed = seeds
    tile_px = size_px[0] / request.layout.across
    begin("layout")
    # reckoned at full size, so that a small picture repeats its layout as often
    across = request.layout.across
    down = max(1, round(request.height_px / (request.width_px / across)))
    tiles = max(count for count in range(1, _MOST_TILES + 1) if across % count == down % count == 0)
    drawn = _drawn_guide(request, layout_seed, tile_px, tiles, picture, own)
    look = choose_look(request, network.model.card, look_seed, tile_px)
    guide = SpreadGuide(drawn.guide, size_px, (across // drawn.tiles, down // drawn.tiles))
    canvas = Canvas(
        network.run,
        guide,
        look.told,
        local_channels=network.model.card.local_channels,
        seed=layout_seed,
        part_px=part_px_of(*size_px),
    )
    maps = PaintedMaterial(guide)
    for part in canvas.parts():
        begin("paint")
        painted = canvas.paint(part)
        if not np.isfinite(painted).all():
            message = f"The model {network.model.card.name} painted nothing usable. {network.model.remedy}"
            raise TaskError("MODEL_CORRUPT", message, "numbers that are not finite")
        maps.fill(part, painted)
    maps.put_right(look)
    return Painted(maps, drawn.notes)


def part_px_of(width: int, height: int) -> int:
    """Width of a part at most: as much as memory allows, since parts are painted with their surroundings."""
    return next(part_px for most, part_px in _PARTS_PX if width * height <= most)


def _drawn_guide(
    request: GenerateMaterial,
    layout_seed: int,
    tile_px: float,
    tiles: int,
    picture: NDArray[np.float32] | None,
    own: OwnLayouts | None,
) -> DrawnGuide:
    def draw(asked: GuideWish) -> DrawnGuide:
        return draw_guide(asked, px) if own is None else draw_own_guide(asked, own, px)

    layout = request.layout
    wish = GuideWish(
        family=request.family,
        seed=layout_seed,
        numbers={number.name: number.value for number in layout.numbers},
        choices={choice.name: choice.value for choice in layout.choices},
        wear=request.look.wear,
        picture=picture,
        tiles=tiles,
    )
    px = int(min(max(tile_px, 64), _LARGEST_GUIDE_PX))
    try:
        drawn = draw(wish)
        between = request.between
        if between is None or between.look.wear == wish.wear or between.blend == 0:
            return drawn
        worn = draw(replace(wish, wear=between.look.wear))
    except ValueError as error:
        raise TaskError("BAD_REQUEST", str(error)) from error
    if between.blend == 1:
        return worn
    # where things are is the same in both, so that in between lies what is half as worn
    return replace(drawn, guide=drawn.guide + (worn.guide - drawn.guide) * np.float32(between.blend))
