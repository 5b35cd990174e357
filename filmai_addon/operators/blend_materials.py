"""Makes a material that lies between two others."""

from typing import TYPE_CHECKING

import bpy

from ..core.errors import SettingsError
from ..studio_choices import LAYOUT_FROM_ITEMS
from ..translations.speaking import said
from .job_operator import JobOperator, MaterialWish

if TYPE_CHECKING:
    from ..core.material_settings import MaterialSettings

__all__ = ["FILMAI_OT_blend_materials"]


class FILMAI_OT_blend_materials(JobOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.blend_materials"
    bl_label = "Make the One Between"
    bl_description = (
        "Paint the material that lies between the two that were picked, as far as the slider says, "
        "and put it onto the selected objects"
    )

    first: bpy.props.StringProperty(
        name="First",
        description="Name of a material of FilmAI's in this file",
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    second: bpy.props.StringProperty(
        name="Second",
        description="Name of another material of FilmAI's in this file",
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    blend: bpy.props.FloatProperty(
        name="Blend",
        description="0: the first, 1: the look of the second",
        min=0.0,
        max=1.0,
        default=0.5,
        options={"SKIP_SAVE"},
    )
    layout_from: bpy.props.EnumProperty(
        name="Layout",
        description="Which of the two says where things are",
        items=LAYOUT_FROM_ITEMS,
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene for the result to go to."""
        if context.scene is None or context.view_layer is None:
            cls.poll_message_set(said("There is no scene to put the material into"))
            return False
        return True

    def wish(self, context: bpy.types.Context) -> MaterialWish:
        """Both ends, and how far it is from one to the other."""
        from ..core.material_between import between
        from ..sheet_form import read_end

        form, given = context.scene.filmai_sheet, self.properties.is_property_set
        first, second = (
            _of_material(getattr(self, end)) if given(end) else read_end(form, end)
            for end in ("first", "second")
        )
        # Blender keeps numbers with 24 bits; what lies beyond is noise
        blend = round(self.blend if given("blend") else form.blend, 6)
        return MaterialWish(
            between(first, second, blend, self.layout_from if given("layout_from") else form.layout_from)
        )


def _of_material(name: str) -> "MaterialSettings":
    from ..core.material_provenance import MaterialProvenance

    material = bpy.data.materials.get(name)
    origin = MaterialProvenance.from_properties_or_none(material) if material is not None else None
    if origin is None:
        raise SettingsError(
            f"{name!r} is no material of FilmAI's Texture Studio in this file.", "Name one that is."
        )
    return origin.settings
