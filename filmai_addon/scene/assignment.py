"""Puts materials onto objects, in a way that can be taken back."""

from collections.abc import Callable
from contextlib import ExitStack

import bpy

from ..core.provenance import made_by_filmai

__all__ = ["assign_all", "assign_material", "left_out_notes"]


def assign_all(
    objects: list[bpy.types.Object], materials: list[bpy.types.Material], undo_on_error: ExitStack
) -> list[str]:
    """Give each object its material; returns the names of those that may not be changed."""
    left_out: list[str] = []
    torn = _meshes_with_several(objects, materials)
    for obj, material in zip(objects, materials, strict=True):
        take_away = assign_material(obj, material, of_its_own=obj.data in torn)
        if take_away is not None:
            undo_on_error.callback(take_away)
            continue
        left_out.append(obj.name)
        if material.users == 0:
            # nobody wears it as yet; keep what was made
            material.use_fake_user = True
    return left_out


def left_out_notes(names: list[str]) -> list[str]:
    """What to tell the user about objects that were left out, if any were."""
    return [f"Linked from another file and left as they are: {', '.join(names)}"] if names else []


def assign_material(
    obj: bpy.types.Object, material: bpy.types.Material, *, of_its_own: bool = False
) -> Callable[[], None] | None:
    """Put the material into the object's active slot, or into a first slot when it has none.

    ``of_its_own``: whatever other objects with the same mesh wear.
    Returns what takes it away again; None when the object may not be changed (linked from another file). A
    material of the user's that loses its last user this way gets a fake one, so that saving keeps it.
    """
    if not obj.is_editable:
        return None
    if not obj.material_slots:
        return _assign_first_slot(obj, material)
    index = obj.active_material_index
    slot = obj.material_slots[index]
    before_material, before_link = slot.material, slot.link
    if slot.link == "DATA" and (of_its_own or not obj.data.is_editable):
        # the mesh is shared, or another file's, but the object itself may say otherwise
        slot.link = "OBJECT"
    slot.material = material
    protected = before_material is not None and _protect(before_material)

    def take_away() -> None:
        slot_now = obj.material_slots[index]
        slot_now.link = before_link
        slot_now.material = before_material
        if protected:
            before_material.use_fake_user = False

    return take_away


def _meshes_with_several(
    objects: list[bpy.types.Object], materials: list[bpy.types.Material]
) -> set[bpy.types.ID]:
    """Meshes of which several objects were made that are to wear different materials."""
    first: dict[bpy.types.ID, bpy.types.Material] = {}
    return {
        obj.data
        for obj, material in zip(objects, materials, strict=True)
        if first.setdefault(obj.data, material) != material
    }


def _assign_first_slot(obj: bpy.types.Object, material: bpy.types.Material) -> Callable[[], None] | None:
    if not obj.data.is_editable:
        return None
    obj.data.materials.append(material)

    def take_away() -> None:
        # not pop: that leaves the object an empty slot
        obj.data.materials.clear()

    return take_away


def _protect(material: bpy.types.Material) -> bool:
    """Keep the user's own material in the file when nothing uses it any more; True when that was done."""
    if made_by_filmai(material) or material.users > 0 or not material.is_editable:
        return False
    material.use_fake_user = True
    return True
