"""Renders strips as small pictures in a Blender of its own: run by path in the background, never imported.

    blender --background --factory-startup --python render_strips.py -- plan.json

The plan is what ``core.render_plan`` writes. A strip is rendered alone, as the sequencer shows it: everything
that it does not need is muted, in a copy of the file that is thrown away. Ends with exit code 0 when every
picture is there.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import bpy

_QUALITY_PERCENT = 95
_SAMPLES = 16
"""The pictures are small, and are looked at by a network that has seen noise."""


def main(plan_path: str) -> None:
    """Render everything that the plan names."""
    plan = json.loads(Path(plan_path).read_text(encoding="utf-8"))
    # like this, and not on the command line, so that the bpy module of Python can do it too
    bpy.ops.wm.open_mainfile(filepath=plan["blend"], load_ui=False, use_scripts=plan["use_scripts"])
    scene = bpy.data.scenes[plan["scene"]]
    render = scene.render
    longest_px = max(render.resolution_x, render.resolution_y)
    percent = max(1, min(100, round(100 * plan["width_px"] / longest_px)))
    for each in bpy.data.scenes:
        _make_cheap(each, percent)
    _write_jpegs(scene.render)
    for strip in plan["strips"]:
        _show_alone(scene.sequence_editor, scene.sequence_editor.strips_all[strip["name"]])
        for number, path in enumerate(strip["files"]):
            if os.getppid() != plan["parent"]:
                sys.exit("Blender has ended")
            scene.frame_set(strip["first_frame"] + number * strip["every"])
            scene.render.filepath = path
            bpy.ops.render.render(write_still=True, scene=scene.name)
            if not Path(path).is_file():
                sys.exit(f"{path} was not written")


def _make_cheap(scene: bpy.types.Scene, percent: int) -> None:
    """Small by the percentage, which texts and crops follow.

    The same one for every scene: Blender 4.5 to 5.2 show a scene strip too small where the two differ.
    """
    scene.render.resolution_percentage = percent
    scene.render.use_motion_blur = False
    if hasattr(scene, "cycles"):
        scene.cycles.samples = min(scene.cycles.samples, _SAMPLES)
    scene.eevee.taa_render_samples = min(scene.eevee.taa_render_samples, _SAMPLES)


def _write_jpegs(render: bpy.types.RenderSettings) -> None:
    if hasattr(render.image_settings, "media_type"):
        # since Blender 5.0 a scene that writes films knows no other file formats
        render.image_settings.media_type = "IMAGE"
    render.image_settings.file_format = "JPEG"
    render.image_settings.color_mode = "RGB"
    render.image_settings.quality = _QUALITY_PERCENT
    render.use_sequencer = True
    render.use_stamp = False
    render.use_border = False
    render.use_file_extension = False


def _show_alone(editor: bpy.types.SequenceEditor, strip: bpy.types.Strip) -> None:
    """Mute all strips but this one, what it is made of, and the meta strips around it."""
    for other in editor.strips_all:
        other.mute = not _is_inside(other, strip)
    shown: list[Any] = [strip]
    while shown:
        needed = shown.pop()
        needed.mute = False
        shown.extend(
            source for name in ("input_1", "input_2") if (source := getattr(needed, name, None)) is not None
        )
        if (meta := needed.parent_meta()) is not None:
            meta.mute = False
    if strip.type in ("ADJUSTMENT", "MULTICAM"):
        # these show what lies below them
        for other in editor.strips_all:
            if other.parent_meta() == strip.parent_meta() and other.channel < strip.channel:
                other.mute = False


def _is_inside(strip: bpy.types.Strip, meta: bpy.types.Strip) -> bool:
    """Whether a strip is in that meta strip, where it stays as the user has it."""
    parent = strip.parent_meta()
    while parent is not None:
        if parent == meta:
            return True
        parent = parent.parent_meta()
    return False


if __name__ == "__main__":
    main(sys.argv[sys.argv.index("--") + 1])
