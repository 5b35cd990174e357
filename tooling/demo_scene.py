"""The demo inside Blender: install the zip, give the objects of a small scene materials by the operator, render it.

Run by tooling.demo with the Python of a Blender environment and a profile of its own; uses of FilmAI only what
a user's script would: the operator. Standard library, bpy and Pillow alone.
"""

import argparse
import contextlib
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bpy
from PIL import Image, ImageDraw, ImageFont

RENDER_PX = (960, 540)
SAMPLES = 48
TEXTURE_PX = 1024
SHEET_CELL_PX = 240
SHEET_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Prop:
    """One object of the scene and the material that it gets."""

    name: str
    prompt: str
    """In words; what they leave open is the seed's."""
    seed: int
    location: tuple[float, float, float]
    rotation_degrees: tuple[float, float, float] = (0.0, 0.0, 0.0)
    size: float = 1.0
    """Scale of Blender's primitive of that name."""
    projection: str = "BOX"
    """From six sides, or ``UV`` where the primitive's own map has the right way up."""


PROPS = (
    Prop("Wall", "old bricks", 7, (0.0, 1.6, 1.8), (90.0, 0.0, 0.0), 5.0, "UV"),
    Prop("Floor", "wood planks, dark brown", 3, (0.0, -3.4, 0.0), (0.0, 0.0, 0.0), 5.0, "UV"),
    Prop("Suzanne", "rusted metal", 11, (0.0, -0.35, 1.62), (-6.0, 0.0, 16.0), 0.72),
    Prop("Pedestal", "mossy cobblestone", 5, (0.0, -0.25, 0.45), (0.0, 0.0, 10.0), 0.45),
    Prop("Sphere", "white marble with dark veins", 2, (-1.75, -0.7, 0.62), (20.0, 15.0, 0.0), 0.62),
    Prop("Column", "bark", 9, (1.95, 0.2, 1.1), (0.0, 0.0, 40.0), 0.42),
    Prop("Crate", "sci-fi panel", 4, (1.25, -1.5, 0.36), (0.0, 0.0, 28.0), 0.36),
    Prop("Ring", "green scales", 6, (-0.75, -1.45, 0.14), (0.0, 0.0, 0.0), 0.42),
)


@dataclass(frozen=True, slots=True)
class Texture:
    """One generated picture, saved."""

    path: Path
    title: str


class Stopwatch:
    """Says each step and its time, and keeps the times for the table at the end."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Time what happens inside."""
        print(f"{title} ...", flush=True)
        started = time.monotonic()
        yield
        self.seconds[title] = time.monotonic() - started
        print(f"{title}: {self.seconds[title]:.1f} s", flush=True)


def main() -> None:
    """Everything, in order; an error ends the program with its message and a non-zero code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=Path, required=True, help="JSON file to write the steps' times to")
    options = parser.parse_args()
    watch = Stopwatch()
    with watch.step(f"Installing the package into Blender {bpy.app.version_string}"):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        bpy.ops.extensions.package_install_files(
            filepath=str(options.zip), repo="user_default", enable_on_install=True
        )
    with watch.step("Building the scene"):
        for prop in PROPS:
            add_prop(prop)
        add_light_and_camera()
    textures = []
    for prop in PROPS:
        with watch.step(f"Material for {prop.name}: {prop.prompt}, seed {prop.seed}"):
            textures.append(texture_prop(prop, options.out / "textures"))
    with watch.step("Contact sheet"):
        write_contact_sheet(textures, options.out / "contact_sheet.png")
    with watch.step(f"Rendering {RENDER_PX[0]} x {RENDER_PX[1]} with Cycles on the CPU"), quiet():
        render(options.out / "render.png")
    with watch.step("Saving the .blend with its textures packed"), quiet():
        bpy.ops.wm.save_as_mainfile(filepath=str(options.out / "filmai_demo.blend"), compress=True)
    options.times.write_text(json.dumps(watch.seconds), encoding="utf-8")


def add_prop(prop: Prop) -> None:
    """Add one object, smooth where it is round."""
    mesh = bpy.ops.mesh
    (add, shape) = {
        "Wall": (mesh.primitive_plane_add, {}),
        "Floor": (mesh.primitive_plane_add, {}),
        "Suzanne": (mesh.primitive_monkey_add, {}),
        "Pedestal": (mesh.primitive_cube_add, {}),
        "Sphere": (mesh.primitive_uv_sphere_add, {"segments": 64, "ring_count": 32}),
        "Column": (mesh.primitive_cylinder_add, {"vertices": 128}),
        "Crate": (mesh.primitive_cube_add, {}),
        "Ring": (mesh.primitive_torus_add, {"major_segments": 96, "minor_segments": 32}),
    }[prop.name]
    add(location=prop.location, rotation=[math.radians(angle) for angle in prop.rotation_degrees], **shape)
    obj = bpy.context.object
    obj.name = prop.name
    obj.scale = (prop.size,) * 3
    if prop.name == "Column":
        obj.scale.z = prop.location[2]
    if prop.name in ("Pedestal", "Crate"):
        bevel = obj.modifiers.new("Bevel", "BEVEL")
        bevel.width, bevel.segments = 0.05, 3
    if prop.name == "Suzanne":
        obj.modifiers.new("Subdivision", "SUBSURF").render_levels = 2
    if prop.name in ("Suzanne", "Sphere", "Ring"):
        obj.data.shade_smooth()


def add_light_and_camera() -> None:
    """A warm key light from the left, a cool one from the right, and a dim sky."""
    for name, location, power, size, colour in (
        ("Key", (-3.4, -2.8, 4.0), 330.0, 1.2, (1.0, 0.86, 0.70)),
        ("Rim", (4.2, -1.0, 3.2), 120.0, 1.0, (0.62, 0.78, 1.0)),
    ):
        light = bpy.data.lights.new(name, "AREA")
        light.energy, light.size, light.color = power, size, colour
        lamp = bpy.data.objects.new(name, light)
        lamp.location = location
        bpy.context.collection.objects.link(lamp)
        look_at(lamp, (0.0, 0.0, 1.0))
    world = bpy.data.worlds.new("Sky")
    bpy.context.scene.world = world
    # always true from Blender 5.0 on, where setting it is deprecated
    if world.node_tree is None:
        world.use_nodes = True
    background = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
    background.inputs["Color"].default_value = (0.36, 0.46, 0.62, 1.0)
    background.inputs["Strength"].default_value = 0.22

    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.data.lens = 36.0
    camera.location = (0.25, -6.4, 2.15)
    bpy.context.collection.objects.link(camera)
    look_at(camera, (0.05, 0.0, 1.02))
    bpy.context.scene.camera = camera


def look_at(obj: bpy.types.Object, point: tuple[float, float, float]) -> None:
    """Turn a camera or a lamp, which look along -Z, towards a point."""
    towards = [there - here for there, here in zip(point, obj.location, strict=True)]
    flat = math.hypot(towards[0], towards[1])
    obj.rotation_euler = (
        math.atan2(flat, -towards[2]),
        0.0,
        math.atan2(towards[1], towards[0]) - math.pi / 2,
    )


def texture_prop(prop: Prop, folder: Path) -> Texture:
    """Call FilmAI's operator for one selected object, and write the maps' own bytes to ``folder``."""
    bpy.ops.object.select_all(action="DESELECT")
    obj = bpy.data.objects[prop.name]
    obj.select_set(True)
    bpy.context.view_layer.objects.active = obj
    answer = bpy.ops.filmai.generate_material(
        prompt=prop.prompt,
        layout_seed=prop.seed,
        look_seed=prop.seed,
        width=TEXTURE_PX,
        height=TEXTURE_PX,
        projection=prop.projection,
    )
    if answer != {"FINISHED"}:
        sys.exit(f"FilmAI's operator answered {answer} for {prop.name}; see the lines above.")
    folder.mkdir(parents=True, exist_ok=True)
    bpy.ops.filmai.save_material_maps(directory=str(folder))
    (base,) = sorted(folder.glob("*_basecolor.png"), key=lambda path: path.stat().st_mtime_ns)[-1:]
    return Texture(base, f"{prop.prompt}, seed {prop.seed}")


def write_contact_sheet(textures: list[Texture], path: Path) -> None:
    """All textures side by side, each laid 2 x 2, so that a seam would show."""
    caption_px, gap_px = 26, 12
    rows = math.ceil(len(textures) / SHEET_COLUMNS)
    step = SHEET_CELL_PX + gap_px
    sheet = Image.new(
        "RGB", (SHEET_COLUMNS * step + gap_px, rows * (step + caption_px) + gap_px), (24, 24, 26)
    )
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=15)
    for index, texture in enumerate(textures):
        left = gap_px + index % SHEET_COLUMNS * step
        top = gap_px + index // SHEET_COLUMNS * (step + caption_px)
        with Image.open(texture.path) as picture:
            quarter = picture.convert("RGB").resize((SHEET_CELL_PX // 2,) * 2, Image.Resampling.LANCZOS)
        for corner in range(4):
            offset = (corner % 2 * quarter.width, corner // 2 * quarter.height)
            sheet.paste(quarter, (left + offset[0], top + offset[1]))
        draw.text((left, top + SHEET_CELL_PX + 5), texture.title, fill=(220, 220, 220), font=font)
    sheet.save(path)


def render(path: Path) -> None:
    """Render the scene to ``path``."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = SAMPLES
    # where 48 samples are more than a spot needs, they are saved
    scene.cycles.use_adaptive_sampling = True
    scene.cycles.adaptive_threshold = 0.03
    scene.cycles.max_bounces = 4
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    (scene.render.resolution_x, scene.render.resolution_y) = RENDER_PX
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "PNG"
    scene.view_settings.view_transform = "AgX"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep Blender's own lines, one per tile and file, off the screen, unless something fails."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = (os.dup(1), os.dup(2))
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        try:
            yield
        except RuntimeError:
            said.seek(0)
            os.write(kept[1], said.read())
            raise
        finally:
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            for copy in kept:
                os.close(copy)


if __name__ == "__main__":
    main()
