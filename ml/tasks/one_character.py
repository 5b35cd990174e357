"""Draws one character and asks the network to paint it: what full pictures and previews share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ..character_terms import CHARACTER_MODEL, ENLARGER_MODEL, PORTRAIT_MODEL
from ..characters.archetypes import ARCHETYPE_INDEX, ARCHETYPES, BUILDS
from ..characters.character import Character, draw_character
from ..characters.guide import VIEWS
from ..characters.network_inputs import tell
from ..characters.palette import RGB
from ..characters.portraits import PORTRAIT_WEARS, portrait_controls, tell_portrait
from ..characters.sculpture import PARTS, SURFACES
from ..colour import linear_to_srgb
from ..errors import TaskError
from ..infer.cards import CharacterCard, EnlargerCard, PortraitCard
from ..infer.character_painting import paint_portrait, paint_views
from ..infer.models import find_model
from ..infer.session import Network
from ..protocol import Colour, DeviceChoice
from ..protocol_characters import GenerateCharacter
from .context import TaskContext

__all__ = ["PaintedCharacter", "load_enlarger_or_none", "load_painter", "paint_character"]

_MISSING = "This FilmAI came without its network for characters. Install one that has it."
_PORTRAITS_MISSING = "This FilmAI came without its network for portraits. Install one that has it."
_PAINTERS: dict[bool, tuple[str, type[CharacterCard], str]] = {
    False: (CHARACTER_MODEL, CharacterCard, _MISSING),
    True: (PORTRAIT_MODEL, PortraitCard, _PORTRAITS_MISSING),
}
"""Name, card, and what is said where it is missing; by whether a portrait is asked for."""


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
    """The network that paints it. Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING."""
    name, kind, missing = _PAINTERS[request.portrait]
    if not (context.models_dir / name).is_dir():
        raise TaskError("MODEL_MISSING", missing, f"looked in {context.models_dir / name}")
    model = find_model(context.models_dir, name, kind)
    card = model.card
    told = (card.families, card.guide_parts, card.surfaces, card.builds)
    if told != (tuple(ARCHETYPE_INDEX), PARTS, SURFACES, BUILDS) or not set(card.views) <= set(VIEWS):
        # numbers would mean other things to it
        message = f"The model {card.name} is of another version of FilmAI. {model.remedy}"
        raise TaskError("MODEL_CORRUPT", message, "its card names other archetypes, parts, surfaces or views")
    return context.networks.load(model, request.device)


def load_enlarger_or_none(context: TaskContext, device: DeviceChoice) -> Network[EnlargerCard] | None:
    """The network that draws pictures larger, or None where this package came without it.

    Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING when it is there and cannot be used.
    """
    if not (context.models_dir / ENLARGER_MODEL).is_dir():
        return None
    return context.networks.load(find_model(context.models_dir, ENLARGER_MODEL, EnlargerCard), device)


def paint_character(
    request: GenerateCharacter,
    seeds: tuple[int, int],
    network: Network[CharacterCard],
    begin: Callable[[str], None],
) -> PaintedCharacter:
    """The character of ``request`` with those seeds of body and look, at the network's own size.

    begin: called as ``begin(phase)`` before the figure is drawn and before it is painted. Raises TaskError
    MODEL_CORRUPT, and what ``begin`` raises.
    """
    card = network.model.card
    begin("shape")
    body, look = _body(request, seeds[0]), _look(request, seeds[1])
    if isinstance(card, PortraitCard):
        told = tell_portrait(body, card.views, card.height_px)
        begin("paint")
        head = cast("Network[PortraitCard]", network)
        pictures = paint_portrait(head, told, portrait_controls(look), seeds, request.truncation)
    else:
        # the body's shape in the other's colours, of skin and hair and metal too
        told = tell(replace(body, surfaces=look.surfaces), card.views, card.width_px, card.height_px)
        begin("paint")
        pictures = paint_views(network, told, seeds[1], request.truncation)
    frame = told.frame
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
    return draw_character(request.archetype, seed, build=request.build, wears=_wears(request), wanted=wanted)


def _look(request: GenerateCharacter, seed: int) -> Character:
    """Whose colours these are; nothing else of it is used."""
    main, second = _rgb_or_none(request.main), _rgb_or_none(request.second)
    return draw_character(request.look_archetype, seed, main=main, second=second, wears=_wears(request))


def _wears(request: GenerateCharacter) -> Mapping[str, str] | None:
    return PORTRAIT_WEARS if request.portrait else None


def _rgb_or_none(colour: Colour | None) -> RGB | None:
    return None if colour is None else (colour.red, colour.green, colour.blue)


def _colour(character: Character, name: str) -> Colour:
    linear = np.array(character.surfaces[name].colour)
    red, green, blue = (min(max(float(part), 0.0), 1.0) for part in linear_to_srgb(linear))
    return Colour(red, green, blue)
