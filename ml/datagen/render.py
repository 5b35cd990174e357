"""Renders one material to its maps with Cycles: an emissive plane that fills an orthographic camera."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from PIL import Image

from ..families import FAMILY_INDEX
from ..layouts import Layout
from .graph import Graph
from .params import Params, Split
from .recipe import RECIPES

__all__ = ["MaterialRenderer", "render_paths"]


def render_paths(folder: Path, seed: int) -> dict[str, Path]:
    """The files of one render: albedo (8-bit sRGB), maps (16-bit linear: height, roughness, metallic), layout, truth.

    The truth is written last, so that a render without it is one that was interrupted.
    """
    stem = f"{seed:06d}"
    return {
        "albedo": folder / f"{stem}_albedo.png",
        "maps": folder / f"{stem}_maps.png",
        "layout": folder / f"{stem}_layout.png",
        "truth": folder / f"{stem}_truth.json",
    }


class MaterialRenderer:
    """Holds the scene; ``render`` fills it with one material after another."""

    def __init__(self, size_px: int, samples: int = 4) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self._scene = bpy.context.scene
        self._size_px = size_px
        _set_up_render(self._scene, size_px, samples)
        _add_camera(self._scene)
        self._plane = _add_plane(self._scene)

    def render(self, family_id: str, seed: int, split: Split, folder: Path) -> dict[str, Path]:
        """Renders the maps of one material and writes them with their ground truth; returns the paths."""
        params = Params((FAMILY_INDEX[family_id], seed), split)
        material = bpy.data.materials.new(family_id)
        material.use_nodes = True
        material.node_tree.nodes.clear()
        self._plane.data.materials.clear()
        self._plane.data.materials.append(material)
        graph = Graph(material.node_tree, params)
        # layouts are drawn at twice the size, so that the renderer's filter has edges to smooth
        graph.drawn_px = self._size_px * 2
        maps = RECIPES[family_id](graph, params, graph.drawn_px)
        emission = _add_emission(graph)
        paths = render_paths(folder, seed)
        folder.mkdir(parents=True, exist_ok=True)

        graph._set(emission.inputs["Color"], maps.albedo)
        self._write(paths["albedo"], "8", "Standard")
        packed = graph.node("ShaderNodeCombineColor")
        for socket, value in zip(packed.inputs, (maps.height, maps.roughness, maps.metallic), strict=True):
            graph._set(socket, value)
        graph.link(packed.outputs[0], emission.inputs["Color"])
        self._write(paths["maps"], "16", "Raw")
        if maps.layout is not None:
            _write_layout(maps.layout, paths["layout"], self._size_px)
        truth = {"family": family_id, "seed": seed, "split": split, "size_px": self._size_px, **params.values}
        _write_truth(paths["truth"], truth)
        self._forget(material)
        return paths

    def _write(self, path: Path, depth: str, view_transform: str) -> None:
        self._scene.view_settings.view_transform = view_transform
        self._scene.render.image_settings.color_depth = depth
        self._scene.render.filepath = str(path)
        with _silent_stdout():
            bpy.ops.render.render(write_still=True)

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
    mesh.from_pydata([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], [], [(0, 1, 2, 3)])
    layer = mesh.uv_layers.new(name="UVMap")
    for loop, uv in enumerate([(0, 0), (1, 0), (1, 1), (0, 1)]):
        layer.data[loop].uv = uv
    plane = bpy.data.objects.new("tile", mesh)
    scene.collection.objects.link(plane)
    return plane


def _add_emission(graph: Graph) -> Any:
    output = graph.node("ShaderNodeOutputMaterial")
    emission = graph.node("ShaderNodeEmission")
    graph.link(emission.outputs[0], output.inputs["Surface"])
    return emission


def _write_layout(layout: Layout, path: Path, size_px: int) -> None:
    channels = np.stack([layout.edge, layout.cell, layout.slope], axis=-1)
    image = Image.fromarray(np.round(channels * 255).astype(np.uint8))
    image.resize((size_px, size_px), Image.Resampling.NEAREST).save(path)


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
