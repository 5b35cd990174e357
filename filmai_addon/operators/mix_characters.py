"""Makes a character with the body of one and the colours and details of another."""

from dataclasses import replace
from typing import TYPE_CHECKING

import bpy

from ..core.errors import SettingsError
from .generate_character import CharacterOperator
from .job_operator import CharacterWish

if TYPE_CHECKING:
    from ..core.character_settings import CharacterSettings

__all__ = ["FILMAI_OT_mix_characters"]


class FILMAI_OT_mix_characters(CharacterOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is what was picked in the panel."""

    bl_idname = "filmai.mix_characters"
    bl_label = "Mix Characters"
    bl_description = (
        "Paint the body of the one character that was picked with the colours and details of the other, "
        "and put it into the scene"
    )

    body: bpy.props.StringProperty(
        name="Body", description="Name of an image of a character of FilmAI's", options={"SKIP_SAVE"}
    )
    look: bpy.props.StringProperty(
        name="Look", description="Name of an image of another character", options={"SKIP_SAVE"}
    )

    def wish(self, context: bpy.types.Context) -> CharacterWish:
        """Both characters in one, placed as the panel says."""
        from ..character_form import read_character, read_mix_end
        from ..core.character_settings import mixed

        form, given = context.scene.filmai_character, self.properties.is_property_set
        body = _of_image(self.body) if given("body") else read_mix_end(form, "body")
        look = _of_image(self.look) if given("look") else read_mix_end(form, "look")
        now = read_character(form)
        return CharacterWish(
            replace(
                mixed(body, look),
                height_px=now.height_px,
                enlarge=now.enlarge,
                placing=now.placing,
                location=now.location,
                opacity=now.opacity,
            )
        )


def _of_image(name: str) -> "CharacterSettings":
    from ..core.character_provenance import CharacterProvenance

    image = bpy.data.images.get(name)
    origin = CharacterProvenance.from_properties_or_none(image) if image is not None else None
    if origin is None:
        raise SettingsError(f"{name!r} is no image of a character of FilmAI's.", "Name one that is.")
    return origin.settings
