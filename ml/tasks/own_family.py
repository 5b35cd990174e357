"""Finds the network that paints a family: the shipped one, or the user's own with the layouts that lie beside it."""

import io

import numpy as np

from ..errors import TaskError
from ..infer.cards import MaterialCard, OwnMaterialCard
from ..infer.models import OWN_REMEDY, Model, find_model, read_part
from ..materials.own_family import OwnLayouts, is_own_layout
from ..own_families import family_label, family_word, is_own_family
from .context import TaskContext
from .job_files import pillow

__all__ = ["model_for"]

_SHIPPED = "texture_studio"
_MAX_LAYOUTS_PIXELS = 64 * 512 * 512


def model_for(family_id: str, context: TaskContext) -> tuple[Model[MaterialCard], OwnLayouts | None]:
    """The network; and for a family that the user trained its layouts, else None.

    Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING, which say what to do.
    """
    if not is_own_family(family_id):
        return find_model(context.models_dir, _SHIPPED, MaterialCard), None
    model = _own_model(context, family_id)
    # what follows asks for no more than every network of materials has
    return Model(model.card, model.folder, model.remedy), _read_layouts(model)


def _own_model(context: TaskContext, family_id: str) -> Model[OwnMaterialCard]:
    word = family_word(family_id)
    if context.own_models_dir is None or not (context.own_models_dir / word).is_dir():
        message = (
            f"There is no family {family_label(family_id)} of yours on this computer. "
            "Train it on its folder of pictures, or choose another material."
        )
        raise TaskError("MODEL_MISSING", message, f"looked for {word} in {context.own_models_dir}")
    model = find_model(context.own_models_dir, word, OwnMaterialCard, OWN_REMEDY)
    if model.card.families != (family_id,) or not is_own_layout(model.card.layout):
        message = f"The model {word} is damaged. {OWN_REMEDY}"
        detail = f"its card is that of {model.card.families}, with the layout {model.card.layout:.60}"
        raise TaskError("MODEL_CORRUPT", message, detail)
    return model


def _read_layouts(model: Model[OwnMaterialCard]) -> OwnLayouts:
    image = pillow()
    card = model.card
    data = read_part(model, card.layouts_file, card.layouts_sha256)
    try:
        with image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if picture.mode != "RGBA" or width < 16 or height % width or width * height > _MAX_LAYOUTS_PIXELS:
                raise ValueError(f"{picture.mode} of {width} x {height} pixels are no layouts")
            guides = np.asarray(picture).reshape(height // width, width, width, 4)
    except (OSError, ValueError, SyntaxError, image.DecompressionBombError) as error:
        message = f"The layouts of the model {card.name} cannot be read. {model.remedy}"
        raise TaskError("MODEL_CORRUPT", message, str(error)) from error
    return OwnLayouts(card.label, guides, card.layout)
