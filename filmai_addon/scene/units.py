"""What a Blender unit stands for."""

import bpy

__all__ = ["unit_metres"]


def unit_metres(scene: bpy.types.Scene) -> float:
    """Metres that one Blender unit of that scene stands for, above 0."""
    units = scene.unit_settings
    # without a system Blender shows plain numbers and leaves the scale aside
    return 1.0 if units.system == "NONE" else max(float(units.scale_length), 1e-9)
