"""What the user chooses for captions and cuts, and the list of the shots that were described.

Values only, kept in the scene whose strips they are about. What the list shows is worked out when a shot is
written or edited, so that drawing it reads and no more.
"""

import bpy

from .contract import FIELDS
from .core.shot_settings import MAX_CHANNEL, CaptionSettings, CutSettings, TextStyle
from .shot_updates import edit_field, filter_shots, jump_to_shot, show_language

__all__ = ["FIELD_ITEMS", "LANGUAGE_ITEMS", "RESULT_ITEMS", "TEXT_ITEMS", "FILMAI_PG_shot", "FILMAI_PG_shots"]

LANGUAGE_ITEMS = (
    ("en", "English", "Captions in English"),
    ("zh", "简体中文", "Captions in Simplified Chinese"),
)
TEXT_ITEMS = (
    ("SENTENCE", "Sentence", "What happens, in a sentence"),
    ("FIELDS", "Fields", "Shot size, angle, movement, light and so on, as words"),
    ("BOTH", "Both", "The fields, then the sentence"),
)
POSITION_ITEMS = (
    ("BOTTOM", "Bottom", "At the frame's lower edge"),
    ("CENTER", "Center", "In the middle of the frame"),
    ("TOP", "Top", "At the frame's upper edge"),
)
RESULT_ITEMS = (
    ("MARKERS", "Markers", "Set a marker at each cut; the strips stay as they are"),
    ("SPLIT", "Split", "Split the strips at their cuts"),
)
STRIPS_ITEMS = (
    ("SELECTED", "Selected", "The selected strips"),
    ("CHANNEL", "Channel", "All strips of one channel"),
)
# Blender keeps pointers into these strings, so the dictionary must outlive every use of it
FIELD_ITEMS = {
    field.id: (
        ("UNCERTAIN", "uncertain", "Let the network say it when the strip is captioned again"),
        *((value.id.upper(), value.en, value.zh) for value in field.values),
    )
    for field in FIELDS
}
_CAPTION, _CUT, _STYLE = CaptionSettings(), CutSettings(), TextStyle()


class FILMAI_PG_shot(bpy.types.PropertyGroup):
    """One shot of the list."""

    number: bpy.props.IntProperty(name="Number", description="Of the shot, from the first on")
    shot_id: bpy.props.StringProperty(name="Id", description="Tells the caption which shot it belongs to")
    strip: bpy.props.StringProperty(name="Strip", description="The strip that shows this shot")
    start_frame: bpy.props.IntProperty(name="In", description="First frame of the shot")
    end_frame: bpy.props.IntProperty(name="Out", description="The frame after the last")
    media_start: bpy.props.FloatProperty(
        name="Start in the Medium", description="Where the shot begins in its film", unit="TIME_ABSOLUTE"
    )
    media_end: bpy.props.FloatProperty(
        name="End in the Medium", description="Where the shot ends in its film", unit="TIME_ABSOLUTE"
    )
    fields_json: bpy.props.StringProperty(name="Fields", description="What is known of each field, as JSON")
    en: bpy.props.StringProperty(name="Sentence", description="What the shot shows, in English")
    zh: bpy.props.StringProperty(name="Sentence in Chinese", description="What the shot shows")
    model: bpy.props.StringProperty(name="Model", description="The network that described the shot")
    # what is drawn
    in_text: bpy.props.StringProperty(name="In", description="First frame as timecode")
    out_text: bpy.props.StringProperty(name="Out", description="The frame after the last, as timecode")
    confidence_text: bpy.props.StringProperty(
        name="Confidence", description="How sure the network is of the shot's fields"
    )
    summary_text: bpy.props.StringProperty(name="Shows", description="What is certain, in one line")
    sentence_lines: bpy.props.StringProperty(name="Sentence", description="As the panel shows it")
    search: bpy.props.StringProperty(name="Words", description="What the filter looks through")
    shown: bpy.props.BoolProperty(
        name="Shown", description="Whether the filter leaves the shot", default=True
    )


# one property to choose a value by hand, and two lines of text, for each field of the vocabulary
FILMAI_PG_shot.__annotations__.update(
    {
        field.id: bpy.props.EnumProperty(
            name=field.en,
            description=f"{field.meaning}. What you choose is kept when the strip is captioned again",
            items=FIELD_ITEMS[field.id],
            translation_context="FilmAI",
            update=edit_field(field.id),
        )
        for field in FIELDS
    }
)
FILMAI_PG_shot.__annotations__.update(
    {
        f"{field.id}_{part}": bpy.props.StringProperty(
            name=field.en, description=f"{field.meaning}, as the list shows it"
        )
        for field in FIELDS
        for part in ("text", "note")
    }
)


class FILMAI_PG_shots(bpy.types.PropertyGroup):
    """Settings of captions and cuts, and the shot list."""

    strips: bpy.props.EnumProperty(name="Strips", description="Which strips are meant", items=STRIPS_ITEMS)
    strips_channel: bpy.props.IntProperty(
        name="Channel", description="All strips of this channel are meant", min=1, max=MAX_CHANNEL, default=1
    )
    language: bpy.props.EnumProperty(
        name="Language",
        description="Of captions and of the shot list",
        items=LANGUAGE_ITEMS,
        default=_CAPTION.language,
        update=show_language,
    )
    text: bpy.props.EnumProperty(
        name="Say",
        description="What a caption says",
        items=TEXT_ITEMS,
        translation_context="FilmAI",
        default=_CAPTION.text,
    )
    divide: bpy.props.BoolProperty(
        name="Divide at Cuts",
        description="Look for cuts within each strip and describe every shot; else each strip is one shot",
        default=_CAPTION.divide,
    )
    use_channel: bpy.props.BoolProperty(
        name="Channel",
        description="Choose the lowest channel for captions; else they go above the strips",
        default=False,
    )
    channel: bpy.props.IntProperty(
        name="Channel",
        description="Captions go to the first channel from this one on that is free over their whole range",
        min=1,
        max=MAX_CHANNEL,
        default=2,
    )
    number: bpy.props.BoolProperty(
        name="Shot Number",
        description="Begin each caption with the number of its shot",
        default=_CAPTION.number,
    )
    size_percent: bpy.props.FloatProperty(
        name="Size",
        description="Height of the letters in percent of the frame's height; less where a line would not fit",
        subtype="PERCENTAGE",
        min=1.0,
        max=20.0,
        default=_STYLE.size_percent,
    )
    position: bpy.props.EnumProperty(
        name="Position", description="Where captions stand", items=POSITION_ITEMS, default=_STYLE.position
    )
    margin_percent: bpy.props.FloatProperty(
        name="Margin",
        description="Distance from the frame's edge in percent of its height",
        subtype="PERCENTAGE",
        min=0.0,
        max=45.0,
        default=_STYLE.margin_percent,
    )
    color: bpy.props.FloatVectorProperty(
        name="Color",
        description="Of the letters",
        subtype="COLOR_GAMMA",
        size=4,
        min=0.0,
        max=1.0,
        default=_STYLE.color,
    )
    use_box: bpy.props.BoolProperty(
        name="Box", description="A dark box behind the text", default=_STYLE.use_box
    )
    box_opacity: bpy.props.FloatProperty(
        name="Opacity",
        description="Of the box",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=_STYLE.box_opacity,
    )
    wrap: bpy.props.BoolProperty(
        name="Two Lines at Most",
        description="Wrap captions to two lines of 42 letters or 20 Chinese characters, one after the other "
        "where that is not enough; else a caption is as long as it is",
        default=_STYLE.wrap,
    )
    cuts_as: bpy.props.EnumProperty(
        name="Result", description="What becomes of the cuts that are found", items=RESULT_ITEMS
    )
    sensitivity: bpy.props.FloatProperty(
        name="Sensitivity",
        description="More finds more cuts, false ones too; in the middle the two kinds of mistake balance",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=_CUT.sensitivity,
    )
    shots: bpy.props.CollectionProperty(
        type=FILMAI_PG_shot, name="Shots", description="The shots that were described"
    )
    active_index: bpy.props.IntProperty(
        name="Shot", description="Jumps to the shot", default=-1, update=jump_to_shot
    )
    filter: bpy.props.StringProperty(
        name="Filter",
        description="Show the shots with all of these words: all close-ups, pan left, dusk",
        options={"TEXTEDIT_UPDATE"},
        update=filter_shots,
    )
