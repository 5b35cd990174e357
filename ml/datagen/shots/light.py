"""Sky, sun, lamps and exposure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from ...shapes import Array
from .draws import Params
from .ground import SetPlan
from .plan import ShotPlan
from .surfaces import Fog

__all__ = ["Light", "brightness_wanted", "draw_light", "set_up_light"]

_Colour = tuple[float, float, float]
_TONES = {"warm": (1.22, 1.0, 0.68), "neutral": (1.0, 1.0, 1.0), "cool": (0.74, 0.97, 1.34)}


@dataclass(frozen=True, slots=True)
class Light:
    """The light of one shot; colours are linear light."""

    zenith: _Colour
    horizon: _Colour
    ambient: _Colour
    """What the sky sheds on surfaces."""
    sun: _Colour
    sun_from: tuple[float, float, float]
    """Direction to the sun or the moon, a unit vector."""
    sun_width: float
    """Angle in radians: soft light comes from a wide sun."""
    clouds: float
    fog: Fog | None
    lamps: float
    """Power of the lamps, as a multiple."""
    pane: _Colour


def _times(colour: Sequence[float] | Array, by: Sequence[float] | float) -> _Colour:
    factors = (by, by, by) if isinstance(by, (int, float)) else tuple(by)
    return (float(colour[0] * factors[0]), float(colour[1] * factors[1]), float(colour[2] * factors[2]))


def draw_light(plan: ShotPlan, params: Params, where: SetPlan) -> Light:
    """Light that fits the plan's words."""
    fields = plan.fields
    light, time, inside = fields["light"], fields["time"], where.inside
    tone = _TONES[str(fields["tone"])]
    sky, low, ambient, sun, strength = _sky(params, str(time), str(fields["tone"]))
    clouds = params.range("clouds", 0.0, 0.9)
    if light == "high_key":
        ambient, strength, clouds = _times(ambient, 2.6), strength * 0.45, 0.5 + clouds / 2
        sky = low = _times(low, 1.25)
    elif light == "low_key":
        ambient, strength = _times(ambient, 0.1), strength * 1.6
        sky, low = _times(sky, 0.25), _times(low, 0.25)
    elif light == "backlit":
        ambient, strength = _times(ambient, 0.45), strength * 2.2
        low = _times(low, 1.6)
    if inside:
        ambient = _times(ambient, {"high_key": 1.3, "low_key": 0.7}.get(str(light), 0.7))
    fog: Fog | None = None
    # the subject has to be seen through it
    distance = max(where.fog_m * (0.3 if params.chance("misty", 0.2) else 1.0), 2.2 * plan.distance_m)
    if distance and not inside:
        fog = (distance, _times(_times(low, 0.9), tone))
    lamps = {"night": 1.0, "dusk": 0.3}.get(str(time), 0.0)
    return Light(
        _times(sky, tone), _times(low, tone), _times(ambient, tone), _times(_times(sun, strength), tone),
        _sun_direction(plan, params), 0.5 if light == "high_key" else params.range("sun_width", 0.01, 0.08),
        clouds, fog, lamps, _times(_times(low, 1.5 if time == "day" else 1.0), tone),
    )  # fmt: skip


def _sky(params: Params, time: str, tone: str) -> tuple[_Colour, _Colour, _Colour, _Colour, float]:
    """Zenith, horizon, ambient, sun colour and strength."""
    vary = params.range("sky", 0.75, 1.25)
    if time == "day":
        grey = params.range("overcast", 0.0, 1.0) ** 2
        zenith = np.array([0.12, 0.3, 0.75]) * (1 - grey) + np.array([0.6, 0.64, 0.7]) * grey
        low = np.array([0.55, 0.72, 0.95]) * (1 - grey) + np.array([0.8, 0.82, 0.85]) * grey
        ambient = np.array([0.34, 0.4, 0.5]) * (1 - grey) + np.array([0.6, 0.61, 0.63]) * grey
        return (
            _times(zenith, vary),
            _times(low, vary),
            _times(ambient, 1.0),
            (1.0, 0.95, 0.87),
            3.4 * (1 - 0.75 * grey),
        )
    if time == "dusk":
        if tone == "cool":
            return (
                (0.03, 0.06, 0.2),
                _times((0.35, 0.25, 0.4), vary),
                (0.11, 0.13, 0.24),
                (0.9, 0.45, 0.4),
                0.5,
            )
        glow = params.range("glow", 0.0, 1.0)
        low = np.array([1.0, 0.42, 0.12]) * (1 - glow) + np.array([0.95, 0.4, 0.38]) * glow
        return (0.13, 0.13, 0.32), _times(low, vary), (0.24, 0.18, 0.2), (1.0, 0.45, 0.14), 2.4
    moon = 0.18 if tone != "warm" else 0.1
    return (
        (0.004, 0.007, 0.02),
        _times((0.016, 0.022, 0.045), vary),
        (0.02, 0.026, 0.045),
        (0.6, 0.75, 1.0),
        moon,
    )


def _sun_direction(plan: ShotPlan, params: Params) -> tuple[float, float, float]:
    """Behind the subject for backlight, from the side for low key, anywhere behind the camera otherwise."""
    light, time = plan.fields["light"], plan.fields["time"]
    height = np.radians(
        {"dusk": params.range("sun_low", 3, 11), "night": params.range("moon", 25, 60)}.get(
            str(time), params.range("sun_high", 22, 65)
        )
    )
    if light == "backlit":
        turn, height = params.free(-0.35, 0.35), np.radians(params.range("back_height", 7, 24))
    elif light == "low_key":
        turn = params.free(1.0, 2.0) * params.free(-1, 1) / abs(params.free(0.99, 1.0))
        turn = float(np.sign(turn) or 1) * params.free(0.9, 1.9)
    else:
        turn = params.free(0.7, 2 * np.pi - 0.7)
    # a turn of 0 is where the camera looks
    return (
        float(-np.sin(turn) * np.cos(height)),
        float(np.cos(turn) * np.cos(height)),
        float(np.sin(height)),
    )


def set_up_light(scene: Any, plan: ShotPlan, light: Light, where: SetPlan) -> None:
    """World and lamps."""
    _world(scene, light, where.inside)
    towards = -Vector(light.sun_from)
    power = max(light.sun)
    tint = _times(light.sun, 1 / max(power, 1e-6))
    room, time = plan.fields["setting"] == "room", plan.fields["time"]
    # one lamp at a time where it can be: a picture of few samples shows each further one as grain
    if not room:
        _lamp(scene, "SUN", (0, 0, 50), tint, power, towards, light.sun_width)
    elif plan.fields["light"] in ("low_key", "backlit") and plan.actors:
        _key(scene, plan, light)
    elif time != "night":
        for at, inwards, wide, high in where.windows[:1]:
            place = np.asarray(at) + np.asarray(inwards) * 0.12
            colour, slanting = (
                _times(light.pane, 1 / max(light.pane)),
                Vector(inwards) + Vector((0, 0, -0.35)),
            )
            _lamp(scene, "AREA", place, colour, 26.0 * wide * high * power, slanting, wide)
    tone = _TONES[str(plan.fields["tone"])]
    nearest = sorted(where.lamps, key=lambda lamp: float(np.linalg.norm(np.asarray(lamp[0]) - plan.aim)))
    for at, watts in nearest[:2]:
        if light.lamps and not (room and plan.fields["light"] in ("low_key", "backlit")):
            _lamp(
                scene,
                "POINT",
                at,
                _times((1.0, 0.72, 0.42), _times(tone, 0.8)),
                watts * light.lamps,
                None,
                0.15,
            )


def _key(scene: Any, plan: ShotPlan, light: Light) -> None:
    away = np.asarray(light.sun_from) * min(2.5, plan.distance_m) + np.asarray(plan.aim)
    away[2] = min(away[2], 2.4)
    direction = Vector(np.asarray(plan.aim) - away)
    _lamp(scene, "SPOT", away, _times(light.sun, 1 / max(max(light.sun), 1e-6)), 160.0, direction, 0.1)


def _lamp(
    scene: Any,
    kind: str,
    at: Sequence[float] | Array,
    colour: _Colour,
    power: float,
    towards: Any,
    width: float,
) -> None:
    data = bpy.data.lights.new(kind.lower(), kind)
    data.color, data.energy = colour, power
    if kind == "SUN":
        data.angle = width
    elif kind == "AREA":
        data.size = width
    else:
        data.shadow_soft_size = width
    thing = bpy.data.objects.new(kind.lower(), data)
    thing.location = tuple(float(value) for value in at)
    if towards is not None:
        thing.rotation_euler = towards.to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(thing)


def _world(scene: Any, light: Light, inside: bool) -> None:
    """What the camera sees of the sky is drawn; what falls on things is one colour, without noise."""
    world = bpy.data.worlds.new("sky")
    scene.world = world
    if world.node_tree is None:  # Blender before 5.0 has to be asked for one
        world.use_nodes = True
    world.cycles.sampling_method = "NONE"
    # how near something has to be to keep the sky's part from a place: also what stands in for bounced light
    world.light_settings.distance = 0.7 if inside else 3.0
    tree = world.node_tree
    tree.nodes.clear()
    new, link = tree.nodes.new, tree.links.new
    output, mix, path = new("ShaderNodeOutputWorld"), new("ShaderNodeMixShader"), new("ShaderNodeLightPath")
    shed, seen = new("ShaderNodeBackground"), new("ShaderNodeBackground")
    shed.inputs["Color"].default_value = (*light.ambient, 1.0)
    link(path.outputs["Is Camera Ray"], mix.inputs[0])
    link(shed.outputs[0], mix.inputs[1])
    link(seen.outputs[0], mix.inputs[2])
    link(mix.outputs[0], output.inputs["Surface"])
    place, axes = new("ShaderNodeTexCoord"), new("ShaderNodeSeparateXYZ")
    link(place.outputs["Generated"], axes.inputs[0])
    ramp = new("ShaderNodeValToRGB")
    link(axes.outputs[2], ramp.inputs[0])
    ramp.color_ramp.elements[0].color = (*light.horizon, 1.0)
    ramp.color_ramp.elements[1].color = (*light.zenith, 1.0)
    ramp.color_ramp.elements[1].position = 0.45
    noise, steep = new("ShaderNodeTexNoise"), new("ShaderNodeMapping")
    # clouds are flat: stretched sideways towards the horizon
    steep.inputs["Scale"].default_value = (2.2, 2.2, 6.5)
    link(place.outputs["Generated"], steep.inputs["Vector"])
    link(steep.outputs[0], noise.inputs["Vector"])
    noise.inputs["Scale"].default_value, noise.inputs["Detail"].default_value = 1.6, 5.0
    cover, blend = new("ShaderNodeMapRange"), new("ShaderNodeMix")
    link(noise.outputs[0], cover.inputs["Value"])
    cover.inputs["From Min"].default_value, cover.inputs["From Max"].default_value = (
        0.66 - 0.25 * light.clouds,
        0.8 - 0.25 * light.clouds,
    )
    blend.data_type = "RGBA"
    colours = [socket for socket in blend.inputs if socket.type == "RGBA"]
    link(cover.outputs[0], blend.inputs[0])
    link(ramp.outputs[0], colours[0])
    colours[1].default_value = (*_cloud(light), 1.0)
    link(next(socket for socket in blend.outputs if socket.type == "RGBA"), seen.inputs["Color"])


def _cloud(light: Light) -> _Colour:
    whole = np.asarray(light.horizon) * 0.75 + np.asarray(light.sun) * 0.08 + np.asarray(light.ambient) * 0.3
    return (float(whole[0]), float(whole[1]), float(whole[2]))


def brightness_wanted(plan: ShotPlan, params: Params) -> float:
    """Mean sRGB value, 0 to 1, that the exposure aims at."""
    light, time = plan.fields["light"], plan.fields["time"]
    if light == "high_key":
        return params.range("bright_high_key", 0.58, 0.7)
    if light == "low_key":
        return params.range("bright_low_key", 0.11, 0.2)
    if time == "night":
        return params.range("bright_night", 0.14, 0.25)
    if time == "dusk":
        return params.range("bright_dusk", 0.26, 0.38)
    return params.range("bright_day", 0.38, 0.52)
