"""The demo's characters inside Blender: all archetypes in a line-up, portraits, and references to model on.

Run by tooling.demo with the Python of a Blender environment and a profile of its own; uses of FilmAI only what a
user's script would: its operator. Standard library and bpy alone.
"""

import argparse
import json
import sys
from pathlib import Path

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tooling.demo_captions import call
from tooling.demo_scene import SAMPLES, Stopwatch, look_at, quiet

ROWS = (
    ("KNIGHT", "WIZARD", "ROBOT", "ASTRONAUT", "MONK", "SOLDIER"),
    ("VILLAGER", "ALIEN", "CREATURE", "PIRATE", "RANGER", "MONARCH"),
)
SEED = 7
REFERENCE = "KNIGHT"
STEP_M, STAIR_M, BACK_M = 1.25, 1.35, 1.9
"""From one character to the next; how much higher and farther back the second row stands."""
RENDER_PX = (1280, 720)
PORTRAITS = ("VILLAGER", "MONARCH", "RANGER", "PIRATE", "MONK")
PORTRAIT_STEP_M = 0.75
PORTRAITS_PX = (1280, 360)


def main() -> None:
    """Everything, in order; an error ends the program with its message and a non-zero code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=Path, required=True, help="JSON file to write the steps' times to")
    options = parser.parse_args()
    watch = Stopwatch()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.extensions.package_install_files(
        filepath=str(options.zip), repo="user_default", enable_on_install=True
    )
    bpy.context.scene.name = "Line-Up"
    set_stage()
    with watch.step("A character of each of twelve archetypes"):
        for row, archetypes in enumerate(ROWS):
            for place, archetype in enumerate(archetypes):
                across = (place - (len(archetypes) - 1) / 2) * STEP_M
                bpy.context.scene.cursor.location = (across, row * BACK_M, row * STAIR_M)
                make(archetype, "PLANE", "CURSOR")
    with watch.step(f"Rendering the line-up at {RENDER_PX[0]} x {RENDER_PX[1]}"), quiet():
        render(options.out / "characters.png", RENDER_PX)
    world = bpy.context.scene.world
    with watch.step(f"Portraits of {len(PORTRAITS)} archetypes"), quiet():
        bpy.context.window.scene = bpy.data.scenes.new("Portraits")
        bpy.context.scene.world = world
        paint_portraits()
        render(options.out / "portraits.png", PORTRAITS_PX)
    with watch.step(f"The {REFERENCE.lower()} as references to model on"):
        bpy.context.window.scene = bpy.data.scenes.new("References")
        make(REFERENCE, "REFERENCES", "ORIGIN")
    with watch.step("Saving the characters"), quiet():
        bpy.ops.wm.save_as_mainfile(filepath=str(options.out / "filmai_characters.blend"), compress=True)
    options.times.write_text(json.dumps(watch.seconds), encoding="utf-8")


def make(archetype: str, placing: str, location: str, portrait: bool = False) -> None:
    """Call FilmAI's operator."""
    call(
        bpy.ops.filmai.generate_character,
        archetype=archetype,
        portrait=portrait,
        body_seed=SEED,
        look_seed=SEED,
        placing=placing,
        location=location,
    )


def paint_portraits() -> None:
    """Side by side at the heights of their heads, and a camera that sees them all in one scale."""
    for place, archetype in enumerate(PORTRAITS):
        across = (place - (len(PORTRAITS) - 1) / 2) * PORTRAIT_STEP_M
        bpy.context.scene.cursor.location = (across, 0.0, 0.0)
        make(archetype, "PLANE", "CURSOR", portrait=True)
    planes = [thing for thing in bpy.context.scene.objects if thing.type == "MESH"]
    bpy.context.view_layer.update()
    heights = [(plane.matrix_world @ vertex.co).z for plane in planes for vertex in plane.data.vertices]
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.data.type, camera.data.ortho_scale = "ORTHO", PORTRAIT_STEP_M * len(PORTRAITS)
    camera.location = (0.0, -5.0, (min(heights) + max(heights)) / 2)
    bpy.context.collection.objects.link(camera)
    look_at(camera, (0.0, 0.0, camera.location.z))
    bpy.context.scene.camera = camera


def set_stage() -> None:
    """Two steps of a light stage, a large soft lamp, and a camera that sees both rows."""
    grey = bpy.data.materials.new("Stage")
    # always there from Blender 5.0 on, where setting it is deprecated
    if grey.node_tree is None:
        grey.use_nodes = True
    grey.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.32, 0.34, 0.37, 1.0)
    for row, deep in enumerate((3.0, 4.0)):
        high = row * STAIR_M
        # its front edge a little before the feet that stand on it
        bpy.ops.mesh.primitive_cube_add(location=(0.0, row * BACK_M - 0.5 + deep / 2, high - 5.0), size=1.0)
        block = bpy.context.object
        block.scale = (40.0, deep, 10.0)
        block.data.materials.append(grey)
    light = bpy.data.lights.new("Key", "AREA")
    light.energy, light.size = 900.0, 6.0
    lamp = bpy.data.objects.new("Key", light)
    lamp.location = (-3.0, -7.0, 6.0)
    bpy.context.collection.objects.link(lamp)
    look_at(lamp, (0.0, 0.5, 1.2))
    world = bpy.data.worlds.new("Sky")
    bpy.context.scene.world = world
    if world.node_tree is None:
        world.use_nodes = True
    background = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
    background.inputs["Color"].default_value = (0.55, 0.6, 0.68, 1.0)
    background.inputs["Strength"].default_value = 0.7
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.data.lens = 57.0
    camera.location = (0.0, -12.5, 2.3)
    bpy.context.collection.objects.link(camera)
    look_at(camera, (0.0, 0.9, 1.56))
    bpy.context.scene.camera = camera


def render(path: Path, size_px: tuple[int, int]) -> None:
    """Render the scene to ``path``."""
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.device, scene.cycles.samples = "CYCLES", "CPU", SAMPLES // 2
    scene.cycles.use_denoising, scene.cycles.denoiser = True, "OPENIMAGEDENOISE"
    (scene.render.resolution_x, scene.render.resolution_y) = size_px
    scene.render.image_settings.file_format = "PNG"
    scene.view_settings.view_transform = "Standard"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


if __name__ == "__main__":
    main()
