"""What the user chooses for preview sheets and for materials between two others: values only, kept in the scene."""

import bpy

from .studio_choices import LAYOUT_FROM_ITEMS, SHEET_ITEMS, VARY_ITEMS

__all__ = ["FILMAI_PG_sheet"]


class FILMAI_PG_sheet(bpy.types.PropertyGroup):
    """Settings of the next preview sheet, and the two ends of the next mix."""

    count: bpy.props.EnumProperty(
        name="Previews", description="How many small pictures a sheet has", items=SHEET_ITEMS, default="9"
    )
    vary: bpy.props.EnumProperty(
        name="Vary",
        description="What differs from one preview to the next",
        items=VARY_ITEMS,
        translation_context="FilmAI",
        default="BOTH",
    )
    blend: bpy.props.FloatProperty(
        name="Blend",
        description="How far from the first material to the second. 0: the first, 1: the look of the second",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=0.5,
    )
    layout_from: bpy.props.EnumProperty(
        name="Layout",
        description="Which of the two says where things are, how large they are and how they are mapped",
        items=LAYOUT_FROM_ITEMS,
        translation_context="FilmAI",
        default="NEARER",
    )
    first: bpy.props.StringProperty(
        name="First",
        description="What the first material is made of, as JSON",
        translation_context="FilmAI",
        options={"HIDDEN"},
    )
    first_title: bpy.props.StringProperty(
        name="First",
        description="Name of the first material",
        translation_context="FilmAI",
        options={"HIDDEN"},
    )
    second: bpy.props.StringProperty(
        name="Second",
        description="What the second material is made of, as JSON",
        translation_context="FilmAI",
        options={"HIDDEN"},
    )
    second_title: bpy.props.StringProperty(
        name="Second",
        description="Name of the second material",
        translation_context="FilmAI",
        options={"HIDDEN"},
    )
