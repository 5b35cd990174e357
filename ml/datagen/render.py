"""Renders one material to its maps and its guide with Cycles: an emissive plane that fills the camera."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
from PIL import Image

from ..families import FAMILY_INDEX
from ..materials import families as _recipes  # noqa: F401  (registers the recipes)
from ..materials.field import Value
from ..materials.params import Params, Split
from ..materials.recipe import RECIPES, Guide
from .nodes import NodeGraph

__all__ = ["MaterialRenderer", "Part", "render_paths"]

_LARGEST_DRAWN_PX = 1024
"""Of layouts and noise: beyond, numpy takes longer than the renderer, and little more is seen."""
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a tile a picture shows."""

    tile_px: int
    """Size that the whole tile would have: at the picture's own size, all of it is seen."""
    corner: tuple[float, float] = (0.0, 0.0)
    """Its lower left corner, as fractions of the tile; a part may reach over the border."""


def render_paths(folder: Path, seed: int) -> dict[str, Path]:
    """The files of one render.

    albedo: 8-bit sRGB. maps: 16-bit linear, height, roughness, metallic. guide: 8-bit linear RGBA, relief, cell,
    detail, wear (``ml.materials.recipe.Guide``): the layout that the material is built on. The truth is written
    last, so that a render without it is one that was interrupted.
    """
    stem = f"{seed:06d}"
    return {
        "albedo": folder / f"{stem}_albedo.png",
        "maps": folder / f"{stem}_maps.png",
        "guide": folder / f"{stem}_guide.png",
        "truth": folder / f"{stem}_truth.json",
    }


class MaterialRenderer:
    """Holds the scene; ``render`` fills it with one material after another.

    size_px: width and height of the pictures.
    """

    def __init__(self, size_px: int, samples: int = 4) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self._scene = bpy.context.scene
        self._size_px = size_px
        _set_up_render(self._scene, size_px, samples)
        _add_camera(self._scene)
        self._plane = _add_plane(self._scene)

    def render(
        self, family_id: str, seed: int, split: Split, folder: Path, part: Part | None = None
    ) -> dict[str, Path]:
        """Renders the maps of one material and writes them with their ground truth; returns the paths.

        part: which part of the tile; None for the whole of it.
        """
        part = part or Part(self._size_px)
        params = Params((FAMILY_INDEX[family_id], seed), split)
        material = bpy.data.materials.new(family_id)
        if material.node_tree is None:  # before 5.0; later it warns
            material.use_nodes = True
        material.node_tree.nodes.clear()
        self._plane.data.materials.clear()
        self._plane.data.materials.append(material)
        graph = NodeGraph(material.node_tree, params)
        # layouts are drawn at twice the size, so that the renderer's filter has edges to smooth
        graph.drawn_px = min(part.tile_px * 2, max(_LARGEST_DRAWN_PX, self._size_px * 2))
        _show(self._plane, part, self._size_px)
        maps = RECIPES[family_id](graph, params, graph.drawn_px)
        emission = _add_emission(graph)
        paths = render_paths(folder, seed)
        folder.mkdir(parents=True, exist_ok=True)

        graph.set_input(emission.inputs["Color"], maps.albedo)
        self._write(paths["albedo"], "8", "Standard")
        _emit(graph, emission, maps.height, maps.roughness, maps.metallic)
        self._write(paths["maps"], "16", "Raw")
        self._write_guide(graph, emission, maps.guide, paths["guide"])
        truth = {"family": family_id, "seed": seed, "split": split, "size_px": self._size_px}
        about = {"tile_px": part.tile_px, "corner": part.corner, "wear": _mean_or_none(params.wear_places)}
        _write_truth(paths["truth"], {**truth, **about, **params.values})
        self._forget(material)
        return paths

    def _write(self, path: Path, depth: str, view_transform: str) -> None:
        self._scene.view_settings.view_transform = view_transform
        self._scene.render.image_settings.color_depth = depth
        self._scene.render.filepath = str(path)
        with _silent_stdout():
            bpy.ops.render.render(write_still=True)

    def _write_guide(self, graph: NodeGraph, emission: Any, guide: Guide, path: Path) -> None:
        _emit(graph, emission, guide.relief, guide.cell, guide.detail)
        self._write(path, "8", "Raw")
        with Image.open(path) as colours:
            channels = colours.convert("RGB").split()
        _emit(graph, emission, guide.wear, guide.wear, guide.wear)
        self._write(path, "8", "Raw")
        with Image.open(path) as wear:
            channels = (*channels, wear.convert("RGB").split()[0])
        Image.merge("RGBA", channels).save(path, optimize=True)

    def _forget(self, material: Any) -> None:
        self._plane.data.materials.clear()
        bpy.data.materials.remove(material)
        for image in list(bpy.data.images):
            if image.name.startswith("layout"):
                bpy.data.images.remove(image)


def _set_up_render(scene: Any, size_px: int, samples: int) -> None:
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = samples
    scene.cycles.use_denoising = False
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.max_bounces = 0
    # one pixel wide box: no light spills over the border, so the tile stays periodic
    scene.cycles.pixel_filter_type = "BOX"
    scene.render.resolution_x = scene.render.resolution_y = size_px
    scene.render.resolution_percentage = 100
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 1
    scene.render.use_persistent_data = False
    scene.render.dither_intensity = 0.0
    # Blender writes date and render time into every PNG unless told not to; the same seed gives the same bytes
    for name in ("date", "time", "render_time", "frame", "camera", "scene", "filename", "memory", "hostname"):
        setattr(scene.render, f"use_stamp_{name}", False)
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.compression = 60
    scene.view_settings.look = "None"


def _add_camera(scene: Any) -> None:
    data = bpy.data.cameras.new("camera")
    data.type = "ORTHO"
    data.ortho_scale = 1.0
    camera = bpy.data.objects.new("camera", data)
    camera.location = (0.5, 0.5, 1.0)
    scene.collection.objects.link(camera)
    scene.camera = camera


def _add_plane(scene: Any) -> Any:
    mesh = bpy.data.meshes.new("tile")
    mesh.from_pydata([(u, v, 0) for u, v in _CORNERS], [], [(0, 1, 2, 3)])
    mesh.uv_layers.new(name="UVMap")
    plane = bpy.data.objects.new("tile", mesh)
    scene.collection.objects.link(plane)
    return plane


def _show(plane: Any, part: Part, size_px: int) -> None:
    """Lay that part of the tile over the whole plane."""
    side = size_px / part.tile_px
    left, bottom = part.corner
    for corner, (u, v) in zip(plane.data.uv_layers[0].data, _CORNERS, strict=True):
        corner.uv = (left + u * side, bottom + v * side)


def _emit(graph: NodeGraph, emission: Any, red: Value, green: Value, blue: Value) -> None:
    packed = graph.node("ShaderNodeCombineColor")
    for socket, value in zip(packed.inputs, (red, green, blue), strict=True):
        graph.set_input(socket, value)
    graph.link(packed.outputs[0], emission.inputs["Color"])


def _mean_or_none(places: list[float]) -> float | None:
    return round(sum(places) / len(places), 5) if places else None


def _add_emission(graph: NodeGraph) -> Any:
    output = graph.node("ShaderNodeOutputMaterial")
    emission = graph.node("ShaderNodeEmission")
    graph.link(emission.outputs[0], output.inputs["Surface"])
    return emission


def _write_truth(path: Path, truth: dict[str, Any]) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(truth, indent=1), encoding="utf-8")
    beside.replace(path)


@contextlib.contextmanager
def _silent_stdout() -> Iterator[None]:
    """Blender's C code prints a line or more per render to descriptor 1."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w") as null:
        os.dup2(null.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
