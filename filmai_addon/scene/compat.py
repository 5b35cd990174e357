"""The version fence: every difference between Blender 4.5 and 5.2 that FilmAI meets, and why.

Tests for features, not for version numbers. Dropping an old Blender deletes code here and nowhere else.
"""

import bpy

from ..core.timeline import FrameRange

__all__ = [
    "content_frames",
    "content_start",
    "ensure_node_tree",
    "new_text_strip",
    "retimed_step",
    "sequencer_scene",
    "trims",
    "visible_range",
]


def ensure_node_tree(material: bpy.types.Material) -> bpy.types.NodeTree:
    """The node tree of a material.

    Blender 5.0 gives every new material one and deprecates ``use_nodes``; before, it has to be asked for.
    """
    if material.node_tree is None:
        material.use_nodes = True
    return material.node_tree


def sequencer_scene(context: bpy.types.Context) -> bpy.types.Scene | None:
    """The scene whose strips the sequencer shows; None when a sequencer of Blender 5 shows none.

    Since Blender 5.0 a workspace has a scene of its own for the sequencer, which may be unset. A script that
    runs outside of a sequencer means the context's scene then.
    """
    if not hasattr(context, "sequencer_scene"):
        return context.scene
    space = context.space_data
    if context.sequencer_scene is None and (space is None or space.type != "SEQUENCE_EDITOR"):
        return context.scene
    return context.sequencer_scene


def visible_range(strip: bpy.types.Strip) -> FrameRange:
    """Between the handles; Blender 5.1 renamed them and deprecates the old names."""
    if hasattr(strip, "left_handle"):
        return FrameRange(strip.left_handle, strip.right_handle)
    return FrameRange(strip.frame_final_start, strip.frame_final_end)


def content_start(strip: bpy.types.Strip) -> float:
    """The frame at which the content begins, may it be seen or not."""
    return float(strip.content_start if hasattr(strip, "content_start") else strip.frame_start)


def content_frames(strip: bpy.types.Strip) -> int:
    """How many frames of the timeline the content takes, may they be seen or not."""
    return int(strip.content_duration if hasattr(strip, "content_duration") else strip.frame_duration)


def trims(strip: bpy.types.Strip) -> tuple[int, int]:
    """Frames of the medium that are cut off for good, at its start and at its end."""
    if hasattr(strip, "content_trim_start"):
        return strip.content_trim_start, strip.content_trim_end
    return strip.animation_offset_start, strip.animation_offset_end


def retimed_step(strip: bpy.types.Strip, media_frames: int) -> float:
    """Frames of the medium in one frame of the timeline, of a strip with one speed from end to end.

    The last retiming key lies on the last frame up to Blender 5.0, since then after it.
    """
    frames = content_frames(strip)
    if hasattr(strip, "content_duration"):
        return media_frames / frames
    return (media_frames - 1) / (frames - 1) if frames > 1 and media_frames > 1 else 1.0


def new_text_strip(
    strips: bpy.types.bpy_prop_collection, name: str, channel: int, span: FrameRange
) -> bpy.types.TextStrip:
    """A new text strip; Blender 5.0 asks for its length in place of its end."""
    options = {"name": name, "type": "TEXT", "channel": channel, "frame_start": span.start}
    if "length" in bpy.types.StripsTopLevel.bl_rna.functions["new_effect"].parameters:
        return strips.new_effect(**options, length=span.end - span.start)
    return strips.new_effect(**options, frame_end=span.end)
