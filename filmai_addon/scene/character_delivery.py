"""Writes a character into the scene: its pictures, and the objects that show them.

What FilmAI itself put at the same place, and nobody has used since, gives way; nothing else is touched.
"""

from contextlib import ExitStack, suppress
from pathlib import Path

import bpy

from ..contract import CharacterPictures, CharacterResult, ViewFile
from ..core.character_placing import REFERENCE_TURNS, standing
from ..core.character_provenance import VIEW_PROPERTY, CharacterProvenance
from ..core.errors import DeliveryError
from ..core.naming import character_file_stem, character_name, character_view_name, free_stem
from ..core.provenance import CHARACTER_PROPERTY
from ..core.snapshot import CharacterTarget
from ..core.version import filmai_version
from .character_objects import new_plane, new_reference, same_place
from .image_editor import show_in_image_editor
from .images import Picture, load_picture, write_notes
from .snapshot import find_collection, find_scene
from .units import unit_metres

__all__ = ["write_character"]

Images = dict[str, bpy.types.Image]
"""By their views, in the network's order."""
Objects = dict[str, bpy.types.Object]


def write_character(result: CharacterResult, target: CharacterTarget, undo_on_error: ExitStack) -> list[str]:
    """Make the images, and the objects of the first variation; returns what the user should know."""
    scene = find_scene(target.place.scene)
    notes: list[str] = []
    if result.enlarger_missing:
        notes.append("This FilmAI came without its network for larger pictures, so they are interpolated")
    for index, made in enumerate(result.characters):
        origin = _origin(result, made, target)
        images = _images(made, origin, target.place.images_folder, undo_on_error)
        if index == 0:
            if target.place.show_in_image_editor:
                show_in_image_editor(next(iter(images.values())))
            objects = _objects(made, origin, images, scene, undo_on_error)
            notes += _link(objects, target, scene)
            notes += _place_notes(target, scene)
        for image in images.values():
            # not every view is shown, and Blender does not save what nothing uses
            image.use_fake_user = image.users == 0
    return notes


def _images(
    made: CharacterPictures, origin: CharacterProvenance, images_folder: str, undo_on_error: ExitStack
) -> Images:
    stem = character_file_stem(origin.settings)
    if images_folder:
        # one number for all views, so that they are found together
        stem = free_stem(Path(images_folder), stem, [f"_{file.view}.png" for file in made.views])
    return {
        file.view: load_picture(_picture(file, origin, stem), images_folder, undo_on_error)
        for file in made.views
    }


def _picture(file: ViewFile, origin: CharacterProvenance, stem: str) -> Picture:
    return Picture(
        png=Path(file.path),
        name=character_view_name(origin.settings, file.view),
        file_stem=f"{stem}_{file.view}",
        is_data=False,
        notes=origin.to_properties() | {VIEW_PROPERTY: file.view, "filmai_png_sha256": file.sha256},
    )


def _objects(
    made: CharacterPictures,
    origin: CharacterProvenance,
    images: Images,
    scene: bpy.types.Scene,
    undo_on_error: ExitStack,
) -> Objects:
    """By the names that they are to have."""
    settings, size = origin.settings, standing(made, unit_metres(scene))
    objects: Objects = {}
    if settings.placing == "REFERENCES":
        for view in (view for view in images if view in REFERENCE_TURNS):
            name = character_view_name(settings, view)
            objects[name] = new_reference(name, view, images[view], size, settings.opacity)
            write_notes(objects[name], {VIEW_PROPERTY: view})
    elif settings.placing == "PLANE":
        name = character_name(settings)
        objects[name] = new_plane(name, next(iter(images.values())), size, scene.camera)
        write_notes(objects[name].active_material, origin.to_properties())
    for obj in objects.values():
        undo_on_error.callback(_remove, obj)
        write_notes(obj, origin.to_properties())
    return objects


def _link(objects: Objects, target: CharacterTarget, scene: bpy.types.Scene) -> list[str]:
    """Put the objects where they belong, in place of what FilmAI had put there before."""
    for obj in objects.values():
        obj.location = target.feet
    before = [(old, obj) for old in scene.objects for obj in objects.values() if _gives_way(old, obj)]
    collection = find_collection(target.collection, scene)
    notes: list[str] = []
    if collection is None and objects:
        notes.append(f"The collection {_name(target)} is gone, so it is in the scene's own")
    try:
        for obj in objects.values():
            (collection or scene.collection).objects.link(obj)
    except RuntimeError as error:
        raise DeliveryError(
            f"Nothing can be put into the scene {scene.name!r}.",
            "It may be linked from another file; open that file, or choose Images Only.",
            str(error),
        ) from error
    # nothing can go wrong any more
    for old, obj in before:
        _hand_over(scene, old, obj)
        _remove(old)
    for name, obj in objects.items():
        # what gave way may have had it
        obj.name = name
    return notes


def _hand_over(scene: bpy.types.Scene, old: bpy.types.Object, new: bpy.types.Object) -> None:
    """What was selected stays selected, so that Redo and Edit find the character that was looked at."""
    for layer in scene.view_layers:
        # RuntimeError: what lies in an excluded collection is in no view layer
        with suppress(RuntimeError):
            new.select_set(old.select_get(view_layer=layer), view_layer=layer)
            if layer.objects.active == old:
                layer.objects.active = new


def _gives_way(old: bpy.types.Object, new: bpy.types.Object) -> bool:
    """True for an object of FilmAI's own in the same place, of the same kind, that nothing hangs on."""
    if CHARACTER_PROPERTY not in old or not old.is_editable or old.type != new.type:
        return False
    if old.get(VIEW_PROPERTY) != new.get(VIEW_PROPERTY) or not same_place(old, new):
        return False
    used = old.parent or old.children or old.modifiers or old.animation_data or old.use_fake_user
    return not used and len(old.constraints) <= len(new.constraints)


def _remove(obj: bpy.types.Object) -> None:
    """Take the object away, with the mesh and material that were made for it."""
    mesh = obj.data if isinstance(obj.data, bpy.types.Mesh) else None
    bpy.data.objects.remove(obj)
    if mesh is None or mesh.users:
        return
    materials = [material for material in mesh.materials if material is not None]
    bpy.data.meshes.remove(mesh)
    for material in materials:
        if CHARACTER_PROPERTY in material and not material.users:
            bpy.data.materials.remove(material)


def _name(target: CharacterTarget) -> str:
    return target.collection.name if target.collection is not None else ""


def _place_notes(target: CharacterTarget, scene: bpy.types.Scene) -> list[str]:
    if target.settings.placing == "REFERENCES" and target.settings.portrait:
        return ["Seen in the orthographic front view (Numpad 1), at the height of the head"]
    if target.settings.placing == "REFERENCES":
        return ["Seen in orthographic views along the axes: front (Numpad 1) and right (Numpad 3)"]
    if target.settings.placing == "PLANE" and scene.camera is None:
        return ["The scene has no camera that it could turn to"]
    return []


def _origin(result: CharacterResult, made: CharacterPictures, target: CharacterTarget) -> CharacterProvenance:
    return CharacterProvenance(
        settings=target.settings.of_variation(made.body_seed, made.look_seed),
        model=result.model.name,
        model_version=result.model.version,
        model_sha256=result.model.sha256,
        enlarger_sha256=result.enlarger.sha256 if result.enlarger else "",
        device=result.device.kind,
        device_reason=result.device.reason,
        version=filmai_version(),
    )
