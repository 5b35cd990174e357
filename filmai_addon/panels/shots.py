"""Captions, cuts and the shot list, in the sidebar of the sequencer."""

import bpy

from .. import job_view
from ..contract import FIELDS
from ..core.shot_settings import COLUMNS
from ..scene.compat import sequencer_scene
from .job_boxes import draw_open_job
from .texture import JobsPanel

__all__ = [
    "FILMAI_PT_jobs_sequencer",
    "FILMAI_PT_shot_list",
    "FILMAI_PT_shot_style",
    "FILMAI_PT_shots",
    "FILMAI_UL_shots",
]


_COLUMNS_FROM_PX = 800
"""Width of the sidebar, at a scale of 1, from which a column for each field can be read."""


class _SequencerPanel:
    bl_category = "FilmAI"
    bl_region_type = "UI"
    bl_space_type = "SEQUENCE_EDITOR"
    layout: bpy.types.UILayout

    def split_column(self) -> bpy.types.UILayout:
        """A column with names on the left and values on the right."""
        column = self.layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        return column


class FILMAI_PT_shots(_SequencerPanel, bpy.types.Panel):
    """Which strips, what is said of them, and the buttons."""

    bl_idname = "FILMAI_PT_shots"
    bl_label = "Shots"

    def draw(self, context: bpy.types.Context) -> None:
        """Settings, the buttons, and what is under way."""
        layout, scene = self.layout, sequencer_scene(context)
        if scene is None:
            layout.label(text="The sequencer shows no scene", icon="INFO")
            return
        settings = scene.filmai_shots
        column = self.split_column()
        column.row().prop(settings, "strips", expand=True)
        if settings.strips == "CHANNEL":
            column.prop(settings, "strips_channel")
        column.prop(settings, "language")
        column.prop(settings, "text")
        column.prop(settings, "divide")
        column.prop(settings, "number")
        button = layout.row()
        button.scale_y = 1.6
        button.operator("filmai.caption_strips", icon="FONT_DATA")
        column = self.split_column()
        column.row().prop(settings, "cuts_as", expand=True)
        column.prop(settings, "sensitivity", slider=True)
        layout.operator("filmai.detect_cuts", icon="UNLINKED")
        for row in job_view.open_rows():
            if row.kind == "SHOTS":
                draw_open_job(layout, row)


class FILMAI_PT_shot_style(_SequencerPanel, bpy.types.Panel):
    """How captions look and where they go."""

    bl_idname = "FILMAI_PT_shot_style"
    bl_label = "Text Style"
    bl_parent_id = "FILMAI_PT_shots"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Of the captions that are made from now on."""
        column, scene = self.split_column(), sequencer_scene(context)
        if scene is None:
            return
        settings = scene.filmai_shots
        column.prop(settings, "size_percent")
        column.prop(settings, "position")
        if settings.position != "CENTER":
            column.prop(settings, "margin_percent")
        column.prop(settings, "color")
        _draw_optional(column, settings, "use_box", "box_opacity")
        column.prop(settings, "wrap")
        _draw_optional(column, settings, "use_channel", "channel")


class FILMAI_UL_shots(bpy.types.UIList):
    """The shots of the scene; everything that is shown was worked out before."""

    bl_idname = "FILMAI_UL_shots"

    def draw_item(
        self,
        context: bpy.types.Context,
        layout: bpy.types.UILayout,
        _data: bpy.types.PropertyGroup,
        item: bpy.types.PropertyGroup,
        _icon: int,
        _active_data: bpy.types.PropertyGroup,
        _active_property: str,
        _index: int,
    ) -> None:
        """One shot in one line: a column for each field where they can be read, else what is certain."""
        row = layout.row(align=True)
        _label(row, str(item.number), 1.5)
        _label(row, item.in_text, 5.4)
        # a sidebar that was drawn smaller or larger has other units
        region = context.region
        if region is None or region.width < _COLUMNS_FROM_PX * context.preferences.system.ui_scale:
            row.label(text=item.summary_text)
        else:
            _label(row, item.out_text, 5.4)
            for name in COLUMNS:
                row.label(text=getattr(item, f"{name}_text"))
        _label(row, item.confidence_text, 2.2)

    def filter_items(
        self, _context: bpy.types.Context, data: bpy.types.PropertyGroup, name: str
    ) -> tuple[list[int], list[int]]:
        """What the filter above the list leaves."""
        shown = self.bitflag_filter_item
        return [shown if item.shown else 0 for item in getattr(data, name)], []


class FILMAI_PT_shot_list(_SequencerPanel, bpy.types.Panel):
    """The shots that were described; a click jumps to one."""

    bl_idname = "FILMAI_PT_shot_list"
    bl_label = "Shot List"

    def draw(self, context: bpy.types.Context) -> None:
        """The list, and all that is known about the chosen shot."""
        layout, scene = self.layout, sequencer_scene(context)
        if scene is None or not len(scene.filmai_shots.shots):
            layout.label(text="No shot is described yet")
            layout.operator("filmai.import_captions", icon="IMPORT")
            return
        settings = scene.filmai_shots
        layout.prop(settings, "filter", text="", icon="VIEWZOOM", placeholder="all close-ups, pan left")
        layout.template_list("FILMAI_UL_shots", "", settings, "shots", settings, "active_index", rows=6)
        row = layout.row(align=True)
        row.operator("filmai.export_shot_list", icon="EXPORT")
        row.operator("filmai.import_captions", icon="IMPORT")
        if 0 <= settings.active_index < len(settings.shots):
            self._draw_shot(settings.shots[settings.active_index])

    def _draw_shot(self, shot: bpy.types.PropertyGroup) -> None:
        sentence = self.layout.box().column(align=True)
        sentence.label(text=f"{shot.number}: {shot.strip}", icon="SEQUENCE")
        for line in shot.sentence_lines.splitlines():
            sentence.label(text=line)
        column = self.split_column()
        for field in FIELDS:
            row = column.row()
            row.prop(shot, field.id)
            _label(row, getattr(shot, f"{field.id}_note"), 3.6)


class FILMAI_PT_jobs_sequencer(JobsPanel, bpy.types.Panel):
    """The last jobs in the sequencer."""

    bl_idname = "FILMAI_PT_jobs_sequencer"
    bl_space_type = "SEQUENCE_EDITOR"


def _label(row: bpy.types.UILayout, text: str, units: float) -> None:
    """A text of that width, in heights of a button."""
    part = row.row()
    part.ui_units_x = units
    part.label(text=text)


def _draw_optional(
    column: bpy.types.UILayout, settings: bpy.types.PropertyGroup, use: str, name: str
) -> None:
    """A value with a check box before it."""
    row = column.row(heading=settings.bl_rna.properties[use].name)
    row.prop(settings, use, text="")
    value = row.row()
    value.enabled = getattr(settings, use)
    value.prop(settings, name, text="")
