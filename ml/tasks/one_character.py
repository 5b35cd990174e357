"""Draws one character's guides and asks the network to paint them: what full pictures and previews share."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..characters.archetypes import ARCHETYPE_INDEX, ARCHETYPES, BUILDS
from ..characters.casting import sculpt
from ..characters.character import Character, draw_character
from ..characters.guide import DEPTH_SHARE, Frame, Guide, draw_guide, frame_of
from ..characters.palette import RGB
from ..colour import linear_to_oklab, linear_to_srgb
from ..errors import TaskError
from ..infer.cards import CharacterCard
from ..infer.character_painting import Paint, ViewGuide, network_inputs
from ..infer.models import find_model
from ..infer.session import Network
from ..protocol import Colour
from ..protocol_characters import GenerateCharacter
from .context import TaskContext

__all__ = ["PaintedCharacter", "load_painter", "paint_character"]

_MODEL = "characters"
_MISSING = "This FilmAI came without its network for characters. Install one that has it."


@dataclass(frozen=True, slots=True, eq=False)
class PaintedCharacter:
    """All views of one character as the network painted them."""

    pictures: NDArray[np.float32]
    """(views, 4, H, W), RGBA, 0 to 1, straight alpha."""
    height_m: float
    picture_height_m: float
    ground_m: float
    main: Colour
    second: Colour


def load_painter(context: TaskContext, request: GenerateCharacter) -> Network[CharacterCard]:
    """The network. Raises TaskError MODEL_MISSING, MODEL_CORRUPT, RUNTIME_MISSING or BAD_REQUEST."""
    if not (context.models_dir / _MODEL).is_dir():
        raise TaskError("MODEL_MISSING", _MISSING, f"looked in {context.models_dir / _MODEL}")
    model = find_model(context.models_dir, _MODEL, CharacterCard)
    if request.archetype not in model.card.families:
        message = f"The model {model.card.name} does not know {request.archetype}. Choose another archetype."
        raise TaskError("BAD_REQUEST", message, f"it knows {', '.join(model.card.families)}")
    return context.networks.load(model, request.device)


def paint_character(
    request: GenerateCharacter,
    seeds: tuple[int, int],
    network: Network[CharacterCard],
    begin: Callable[[str], None],
) -> PaintedCharacter:
    """The character of ``request`` with those seeds of body and look, at the network's own size.

    begin: called as ``begin(phase)`` before the guides are drawn and before they are painted. Raises TaskError
    MODEL_CORRUPT, and what ``begin`` raises.
    """
    card = network.model.card
    begin("shape")
    body = _body(request, seeds[0])
    solids = sculpt(body)
    frame = frame_of(solids, card.width_px, card.height_px)
    guides = [_as_input(draw_guide(solids, view, frame), frame) for view in card.views]
    look = _look(request, seeds[1])
    begin("paint")
    paint = Paint(request.archetype, _controls(look, body), seeds[1], request.truncation)
    (pictures,) = network.run(network_inputs(card, guides, paint))
    if not np.isfinite(pictures).all():
        message = f"The model {card.name} painted nothing usable. {network.model.remedy}"
        raise TaskError("MODEL_CORRUPT", message, "numbers that are not finite")
    # pictures know no metres: another height is another scale
    drawn_m = body.proportions.height_m
    metres_per_px = frame.metres_per_px * (request.height_m or drawn_m) / drawn_m
    return PaintedCharacter(
        pictures=pictures,
        height_m=request.height_m or drawn_m,
        picture_height_m=frame.height_px * metres_per_px,
        ground_m=(frame.height_px - frame.ground_px) * metres_per_px,
        main=_colour(look, "main"),
        second=_colour(look, "second"),
    )


def _body(request: GenerateCharacter, seed: int) -> Character:
    ranges = ARCHETYPES[ARCHETYPE_INDEX[request.archetype]]
    wanted: dict[str, float] = {}
    for number in request.numbers:
        low, high = getattr(ranges, number.name)
        wanted[number.name] = low + (high - low) * number.place
    return draw_character(request.archetype, seed, build=request.build, wanted=wanted)


def _look(request: GenerateCharacter, seed: int) -> Character:
    """Whose colours these are; nothing else of it is used."""
    return draw_character(
        request.look_archetype, seed, main=_rgb_or_none(request.main), second=_rgb_or_none(request.second)
    )


def _rgb_or_none(colour: Colour | None) -> RGB | None:
    return None if colour is None else (colour.red, colour.green, colour.blue)


def _as_input(guide: Guide, frame: Frame) -> ViewGuide:
    depth_m = DEPTH_SHARE * frame.height_px * frame.metres_per_px
    depth = np.clip(guide.depth / np.float32(depth_m), -1, 1)
    relief = np.concatenate([depth[None], guide.facing.transpose(2, 0, 1)]).astype(np.float32)
    return ViewGuide(np.stack([guide.part, guide.surface]).astype(np.int64), relief)


def _controls(look: Character, body: Character) -> NDArray[np.float32]:
    """(9,): both colours in OKLab, and one number for each build."""
    colours = [linear_to_oklab(np.array(look.surfaces[name].colour)) for name in ("main", "second")]
    build = [float(body.build == known) for known in BUILDS]
    return np.concatenate([*colours, build]).astype(np.float32)


def _colour(character: Character, name: str) -> Colour:
    linear = np.array(character.surfaces[name].colour)
    red, green, blue = (min(max(float(part), 0.0), 1.0) for part in linear_to_srgb(linear))
    return Colour(red, green, blue)
