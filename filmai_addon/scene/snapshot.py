"""Takes down what is selected at the click, and finds it again when the result is there."""

import bpy

from ..core.snapshot import DatablockRef, Place

__all__ = ["find_collection", "find_object", "find_scene", "place_of", "ref_of", "takes_surface_material"]

# volumes and grease pencil have materials too, but of another kind
_SURFACE_TYPES = frozenset({"MESH", "CURVE", "SURFACE", "META", "FONT", "CURVES", "POINTCLOUD"})


def place_of(context: bpy.types.Context, images_folder: str = "", expected_model_sha256: str = "") -> Place:
    """Where a result goes that is asked for now; see ``Place`` for the parameters."""
    # an object that was just deleted can still be listed, as None
    listed = [obj for obj in context.view_layer.objects.selected if obj is not None]
    selected = [obj for obj in listed if takes_surface_material(obj)]
    active = context.view_layer.objects.active
    # the active object first: where one choice serves all, it is the active object's
    selected.sort(key=lambda obj: obj != active)
    space = context.space_data
    return Place(
        scene=ref_of(context.scene),
        objects=tuple(ref_of(obj) for obj in selected),
        show_in_image_editor=not selected or (space is not None and space.type == "IMAGE_EDITOR"),
        images_folder=images_folder,
        expected_model_sha256=expected_model_sha256,
    )


def takes_surface_material(obj: bpy.types.Object) -> bool:
    """True when the object is of a kind that can wear a surface material."""
    return obj.type in _SURFACE_TYPES and obj.data is not None


def find_scene(ref: DatablockRef) -> bpy.types.Scene | None:
    """The scene of that snapshot, whatever its name is now; None when it is gone or of another file."""
    return next((scene for scene in bpy.data.scenes if scene.session_uid == ref.session_uid), None)


def find_collection(ref: DatablockRef | None, scene: bpy.types.Scene) -> bpy.types.Collection | None:
    """The collection of that snapshot, the scene's own for None; None when it is not in the scene any more."""
    if ref is None:
        return scene.collection
    inside = scene.collection.children_recursive
    return next((collection for collection in inside if collection.session_uid == ref.session_uid), None)


def find_object(ref: DatablockRef) -> bpy.types.Object | None:
    """The object of that snapshot, whatever its name is now.

    None when it was deleted, also when something else keeps it in the file, or is of another file.
    """
    found = next((obj for obj in bpy.data.objects if obj.session_uid == ref.session_uid), None)
    return found if found is not None and found.users_scene else None


def ref_of(datablock: bpy.types.ID) -> DatablockRef:
    """What a datablock is found by again."""
    return DatablockRef(datablock.name, datablock.session_uid)
