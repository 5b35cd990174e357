"""Builds a character in Blender and renders its views, cut out of their background."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import bpy
import numpy as np
import numpy.typing as npt
from mathutils import Matrix
from PIL import Image

from ...characters.casting import sculpt
from ...characters.character import Character
from ...characters.guide import GROUND_SHARE, VIEWS, Frame
from ...characters.sculpture import Sculpture
from ...shapes import join
from ..meshes import mesh_of
from ..silence import silent
from .details import add_details
from .surfaces import material_of

__all__ = ["Pixels", "Stage"]

Pixels = npt.NDArray[np.uint8]
_FINENESS = 28
_OVERSIZE = 2
"""Rendered larger by this and reduced: fewer samples, finer edges."""


@dataclass(frozen=True, slots=True)
class _Lamp:
    """Seen from the camera: to its right, up, towards it, in frame heights; width in frame heights."""

    at: tuple[float, float, float]
    width: float
    power: float
    colour: tuple[float, float, float]


_LAMPS = (
    _Lamp((-1.3, 1.1, 1.7), 0.9, 78.0, (1.0, 0.94, 0.86)),
    _Lamp((1.7, 0.2, 1.5), 1.6, 15.0, (0.8, 0.9, 1.0)),
    _Lamp((1.25, 1.0, -1.3), 0.8, 75.0, (0.86, 0.94, 1.0)),
    _Lamp((-1.3, 0.7, -1.5), 0.7, 40.0, (1.0, 0.9, 0.8)),
)
"""Key, fill, and one from behind on each side, which part the figure from any background."""


class Stage:
    """A lit turning table, which one character after another stands on.

    It is kept from one to the next: setting up a render anew takes longer than two views.
    """

    def __init__(self, size_px: tuple[int, int], samples: int) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self._scene, self.size_px = bpy.context.scene, size_px
        _set_up_render(self._scene, size_px, samples)
        self._rig = _add_rig(self._scene)
        _add_world(self._scene)
        self._figure = bpy.data.objects.new("figure", bpy.data.meshes.new("figure"))
        self._scene.collection.objects.link(self._figure)
        self._folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._folder.cleanup()

    def cast(self, character: Character, frame: Frame) -> None:
        """Puts that character on the table; the frame's size has to be the stage's."""
        sculpture = sculpt(character, _FINENESS)
        add_details(sculpture, character)
        old = self._figure.data
        # the figure is brought to one size, the lamps stay as they are
        unit = 1.0 / (frame.height_px * frame.metres_per_px)
        up = (frame.height_px - frame.ground_px) / frame.height_px - GROUND_SHARE
        self._figure.data = _mesh_of(sculpture, character, unit)
        self._figure.location = (-frame.axis_m * unit, 0.0, up)
        for material in list(old.materials):
            bpy.data.materials.remove(material)
        bpy.data.meshes.remove(old)

    def view(self, name: str) -> Pixels:
        """(H, W, 4) sRGB with straight alpha; what is wholly transparent is black."""
        self._rig.matrix_world = Matrix.Rotation(VIEWS[name], 4, "Z")
        path = Path(self._folder.name) / "view.png"
        self._scene.render.filepath = str(path)
        with silent():
            bpy.ops.render.render(write_still=True)
        with Image.open(path) as picture:
            return _reduced(np.asarray(picture.convert("RGBA")), self.size_px)


def _reduced(pixels: Pixels, size_px: tuple[int, int]) -> Pixels:
    """The mean of each block of pixels, each counted by its alpha, so that edges carry no dark halo."""
    blocks = pixels.astype(np.float32).reshape(size_px[1], _OVERSIZE, size_px[0], _OVERSIZE, 4)
    alpha = blocks[..., 3:].sum(axis=(1, 3))
    colour = (blocks[..., :3] * blocks[..., 3:]).sum(axis=(1, 3)) / np.maximum(alpha, 1e-6)
    return np.round(np.concatenate([colour, alpha / _OVERSIZE**2], -1)).astype(np.uint8)


def _mesh_of(sculpture: Sculpture, character: Character, unit: float) -> Any:
    """All pieces as one mesh; unit: frame heights per metre."""
    names = sorted({piece.surface for piece in sculpture.pieces})
    shapes = [
        replace(piece.shape, slots=np.full(len(piece.shape.quads), names.index(piece.surface)))
        for piece in sculpture.pieces
    ]
    surfaces = [character.surfaces[name] for name in names]
    height = character.proportions.height_m * unit
    whole = join(*shapes).moved(scale=(unit, unit, unit))
    return mesh_of("figure", whole, surfaces, lambda surface: material_of(surface, height))


def _add_rig(scene: Any) -> Any:
    """Camera and lamps on one arm around the table, so that each view is lit alike; the frame is one unit high."""
    high = 1.0
    middle = (0.5 - GROUND_SHARE) * high
    rig = bpy.data.objects.new("rig", None)
    scene.collection.objects.link(rig)
    data = bpy.data.cameras.new("camera")
    data.type, data.sensor_fit, data.ortho_scale = "ORTHO", "VERTICAL", high
    data.clip_start, data.clip_end = 0.01 * high, 20 * high
    camera = _hung(scene, rig, "camera", data)
    camera.matrix_local = Matrix(((0, 0, 1, 6 * high), (1, 0, 0, 0), (0, 1, 0, middle), (0, 0, 0, 1)))
    scene.camera = camera
    for index, lamp in enumerate(_LAMPS):
        light = bpy.data.lights.new(f"lamp{index}", "AREA")
        light.shape, light.size, light.color = "DISK", lamp.width * high, lamp.colour
        light.energy = lamp.power * high**2
        right, up, near = lamp.at
        place = np.array([near, right, up]) * high
        back = place / np.linalg.norm(place)
        side = np.cross(np.array((0.0, 0.0, 1.0)), back)
        side = side / np.linalg.norm(side)
        turn = np.stack([side, np.cross(back, side), back], 1)
        matrix = np.eye(4)
        matrix[:3, :3], matrix[:3, 3] = turn, place + np.array((0, 0, middle))
        _hung(scene, rig, light.name, light).matrix_local = Matrix(matrix.tolist())
    return rig


def _hung(scene: Any, rig: Any, name: str, data: Any) -> Any:
    thing = bpy.data.objects.new(name, data)
    scene.collection.objects.link(thing)
    thing.parent = rig
    return thing


def _add_world(scene: Any) -> None:
    """Bright above, grey around, dark below: what metal mirrors."""
    world = bpy.data.worlds.new("studio")
    if world.node_tree is None:  # before 5.0; later it warns
        world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    way = tree.nodes.new("ShaderNodeSeparateXYZ")
    tree.links.new(tree.nodes.new("ShaderNodeTexCoord").outputs["Generated"], way.inputs[0])
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    elevation = tree.nodes.new("ShaderNodeMapRange")
    elevation.inputs["From Min"].default_value = -1.0
    tree.links.new(way.outputs[2], elevation.inputs["Value"])
    tree.links.new(elevation.outputs[0], ramp.inputs[0])
    stops = (
        (0.0, (0.1, 0.085, 0.075)),
        (0.42, (0.16, 0.15, 0.15)),
        (0.52, (0.42, 0.43, 0.46)),
        (0.7, (0.5, 0.53, 0.6)),
        (1.0, (0.9, 0.94, 1.0)),
    )
    while len(ramp.color_ramp.elements) < len(stops):
        ramp.color_ramp.elements.new(0.5)
    for element, (position, colour) in zip(ramp.color_ramp.elements, stops, strict=True):
        element.position, element.color = position, (*colour, 1.0)
    background, output = tree.nodes.new("ShaderNodeBackground"), tree.nodes.new("ShaderNodeOutputWorld")
    background.inputs["Strength"].default_value = 0.65
    tree.links.new(ramp.outputs[0], background.inputs["Color"])
    tree.links.new(background.outputs[0], output.inputs["Surface"])
    scene.world = world


def _set_up_render(scene: Any, size_px: tuple[int, int], samples: int) -> None:
    scene.render.engine = "CYCLES"
    cycles, render = scene.cycles, scene.render
    cycles.device, cycles.samples = "CPU", samples
    cycles.use_adaptive_sampling = False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes, cycles.denoising_prefilter = "RGB_ALBEDO", "NONE"
    cycles.denoising_quality = "FAST"
    cycles.use_light_tree = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 2, 1, 2
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4.0
    render.film_transparent = True
    render.resolution_x, render.resolution_y = (side * _OVERSIZE for side in size_px)
    render.resolution_percentage = 100
    render.threads_mode, render.threads = "FIXED", 1
    render.use_persistent_data = True
    render.use_compositing = render.use_sequencer = False
    render.dither_intensity = 0.0
    for name in ("date", "time", "render_time", "frame", "camera", "scene", "filename", "memory", "hostname"):
        setattr(render, f"use_stamp_{name}", False)
    render.image_settings.file_format, render.image_settings.color_mode = "PNG", "RGBA"
    render.image_settings.compression = 0
    scene.view_settings.view_transform = "Standard"
