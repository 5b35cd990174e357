"""Builds a planned shot in Blender and renders its frames."""

import tempfile
from pathlib import Path
from typing import Any, Self

import bpy
import numpy as np
import numpy.typing as npt
from mathutils import Matrix, Vector
from PIL import Image

from ...shapes import Surface, box
from ..meshes import mesh_of
from ..silence import silent
from .camera import SENSOR_MM
from .draws import Params
from .ground import SetPlan, cleared
from .light import brightness_wanted, draw_light, set_up_light
from .plan import Actor, ShotPlan
from .sets_inside import room, studio
from .sets_outside import OUTSIDE
from .surfaces import Painter

__all__ = ["Pixels", "Stage"]

Pixels = npt.NDArray[np.uint8]


class Stage:
    """One shot, built and lit, its exposure set. size_px: width and height of the frames.

    A context manager: frames pass through a file in a folder of its own, which goes with it.
    """

    def __init__(self, plan: ShotPlan, size_px: tuple[int, int], samples: int) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.plan, self._scene, self._size_px = plan, bpy.context.scene, size_px
        _set_up_render(self._scene, size_px, samples)
        # a key of the set's own, so that set and figure vary apart
        params = Params((plan.seed, 5), plan.split)
        builders = {**OUTSIDE, "room": room, "studio": studio}
        where = builders[str(plan.fields["setting"])](plan, params)
        if plan.lift_m:
            _add_block(where, plan, params)
        cleared(plan, where)
        light = draw_light(plan, params, where)
        night = plan.fields["time"] == "night" or (
            plan.fields["time"] == "dusk" and params.chance("lit", 0.5)
        )
        glow = 0.6 if plan.fields["time"] == "night" else 1.6
        pixel = SENSOR_MM / plan.base.lens_mm / size_px[0]
        mirror = light.ambient if where.inside else light.horizon
        self._painter = Painter(light.fog, night, light.pane, glow, pixel, mirror)
        self._build(where)
        self._actors = [self._cast(actor) for actor in plan.actors]
        set_up_light(self._scene, plan, light, where)
        self._camera = _add_camera(self._scene)
        self._folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self._expose(brightness_wanted(plan, params), params.pick("film", ("Standard", "Filmic", "Standard")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._folder.cleanup()

    def frame(self, seconds: float) -> Pixels:
        """(H, W, 3) sRGB of that time."""
        self._pose(seconds)
        self._scene.cycles.seed = int(seconds * 9973) % 100000
        path = Path(self._folder.name) / "frame.png"
        self._scene.render.filepath = str(path)
        with silent():
            bpy.ops.render.render(write_still=True)
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"))

    def hidden_share(self, seconds: float) -> float:
        """Share of the subject's points inside the frame that something else stands in front of."""
        self._pose(seconds)
        bpy.context.view_layer.update()
        graph = bpy.context.evaluated_depsgraph_get()
        view = self.plan.view(seconds)
        own = {thing.name for thing in self._actors[0].values()}
        points = _points_on(self.plan.actors[0], seconds)
        seen = view.project(points)
        inside = (seen[:, 2] > 0.05) & (np.abs(seen[:, :2] - 0.5) < 0.5).all(axis=1)
        hidden = 0
        for point in points[inside]:
            start = Vector(view.at)
            hit, _, _, _, thing, _ = self._scene.ray_cast(
                graph, start, Vector(point) - start, distance=float(np.linalg.norm(point - view.at))
            )
            hidden += bool(hit and thing.name not in own)
        return hidden / max(int(inside.sum()), 1)

    def _pose(self, seconds: float) -> None:
        view = self.plan.view(seconds)
        right, up, forward = view.axes()
        self._camera.matrix_world = Matrix(
            [[right[i], up[i], -forward[i], view.at[i]] for i in range(3)] + [[0, 0, 0, 1]]
        )
        self._camera.data.lens = view.lens_mm
        for actor, parts in zip(self.plan.actors, self._actors, strict=True):
            root, joints = actor.root(seconds)
            for name, place in actor.figure.matrices(joints).items():
                parts[name].matrix_world = Matrix((root @ place).tolist())

    def _build(self, where: SetPlan) -> None:
        meshes = {
            name: mesh_of(name, piece.shape, piece.surfaces, self._painter.material)
            for name, piece in where.pieces.items()
        }
        for placed in where.placed:
            thing = bpy.data.objects.new(placed.piece, meshes[placed.piece])
            thing.location, thing.rotation_euler = placed.at, (0.0, 0.0, placed.yaw)
            thing.scale = (placed.scale,) * 3
            self._scene.collection.objects.link(thing)

    def _cast(self, actor: Actor) -> dict[str, Any]:
        found = {}
        for part in actor.figure.parts:
            thing = bpy.data.objects.new(
                part.name, mesh_of(part.name, part.shape, actor.figure.surfaces, self._painter.material)
            )
            self._scene.collection.objects.link(thing)
            found[part.name] = thing
        return found

    def _expose(self, wanted: float, film: str) -> None:
        """Exposure at which the mean of small first pictures is as bright as it should be."""
        scene = self._scene
        scene.view_settings.view_transform = film
        full = scene.render.resolution_percentage, scene.cycles.samples
        scene.render.resolution_percentage, scene.cycles.samples = 25, 2
        for _ in range(3):
            mean = float(self.frame(self.plan.length_seconds / 2).mean()) / 255
            step = 2.2 * np.log2(max(wanted, 0.01) / max(mean, 0.01))
            scene.view_settings.exposure = float(
                np.clip(scene.view_settings.exposure + np.clip(step, -3, 3), -6, 8)
            )
        scene.render.resolution_percentage, scene.cycles.samples = full


def _add_block(where: SetPlan, plan: ShotPlan, params: Params) -> None:
    """A plinth, a wall or a rock for the subject to be higher than the camera."""
    wide = max(max(actor.figure.size[:2]) for actor in plan.actors) + 0.6
    wide += max((abs(actor.at[0]) for actor in plan.actors[1:]), default=0.0) * 2
    wide += plan.actors[0].gesture.speed * plan.length_seconds
    surface = Surface(
        params.pick("block", ("blocks", "boards", "rock")), (0.3, 0.28, 0.25), (0.15, 0.14, 0.12), 0.4
    )
    where.add("block", box((wide, wide, plan.lift_m), (0, 0, plan.lift_m / 2)), (surface,))


def _points_on(actor: Actor, seconds: float) -> npt.NDArray[np.float64]:
    corners, focus = actor.corners(seconds), actor.focus(seconds)
    middle = corners.mean(axis=0)
    return np.stack([focus, middle, *(middle + 0.45 * (corner - middle) for corner in corners)])


def _add_camera(scene: Any) -> Any:
    data = bpy.data.cameras.new("camera")
    data.sensor_width, data.sensor_fit = SENSOR_MM, "HORIZONTAL"
    data.clip_start, data.clip_end = 0.02, 20000.0
    camera = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(camera)
    scene.camera = camera
    return camera


def _set_up_render(scene: Any, size_px: tuple[int, int], samples: int) -> None:
    scene.render.engine = "CYCLES"
    cycles, render = scene.cycles, scene.render
    cycles.device, cycles.samples = "CPU", samples
    cycles.use_adaptive_sampling = False
    # two denoised samples cost three quarters of four plain ones and look like film, not like grain
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_input_passes, cycles.denoising_prefilter = "RGB_ALBEDO", "NONE"
    cycles.denoising_quality = "FAST"
    cycles.use_light_tree = False
    # one ray to the lamps and one for the sky's part: what a bounce would bring is said by the ambient colour
    cycles.max_bounces, cycles.use_fast_gi, cycles.ao_bounces_render = 1, True, 1
    cycles.transparent_max_bounces = 1
    # few samples bear no lots drawn: dark surfaces and weak lamps would be speckled
    cycles.min_light_bounces, cycles.light_sampling_threshold = 3, 0.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    render.resolution_x, render.resolution_y = size_px
    render.resolution_percentage = 100
    render.threads_mode, render.threads = "FIXED", 1
    render.use_persistent_data = True
    render.use_compositing = render.use_sequencer = False
    render.dither_intensity = 0.0
    for name in ("date", "time", "render_time", "frame", "camera", "scene", "filename", "memory", "hostname"):
        setattr(render, f"use_stamp_{name}", False)
    render.image_settings.file_format, render.image_settings.color_mode = "PNG", "RGB"
    render.image_settings.compression = 0
