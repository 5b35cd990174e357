"""Writes a finished job into the scene: all of it, in one undo step, or nothing."""

from contextlib import ExitStack
from pathlib import Path

import bpy

from ..contract import TextureImage, TextureResult
from ..core.errors import DeliveryError
from ..core.jobs import Job
from ..core.naming import texture_name
from ..core.provenance import TextureProvenance
from ..core.snapshot import TextureTarget
from ..core.version import filmai_version
from .image_editor import show_in_image_editor
from .images import load_texture_image, write_provenance
from .materials import BoxMapping, UvMapping, assign_material, mapping_of, new_texture_material
from .snapshot import find_object, find_scene
from .undo import push_undo_step

__all__ = ["deliver"]


def deliver(job: Job) -> str:
    """Write the result of ``job`` where it belongs; returns what the user should know, or nothing.

    Raises DeliveryError when the place is gone or the result cannot be written; then the scene is unchanged.
    """
    if not isinstance(job.result, TextureResult) or job.target is None:
        raise TypeError(f"job {job.id} has no result that belongs into a scene")
    folder = _folder(job.result)
    if find_scene(job.target.scene) is None:
        raise DeliveryError(
            f"The scene {job.target.scene.name!r} is not there any more.",
            f"The pictures are kept in {folder}.",
        )
    objects = _objects_still_there(job.target, folder)
    with ExitStack() as undo_on_error:
        left_out = _write_texture(job.result, job.target, objects, undo_on_error)
        undo_on_error.pop_all()
    push_undo_step(f"Concept Texture {job.title}")
    return _note(job.result, job.target, objects, left_out)


def _objects_still_there(target: TextureTarget, folder: Path) -> list[bpy.types.Object]:
    found = [obj for obj in map(find_object, target.objects) if obj is not None]
    if target.objects and not found:
        names = ", ".join(ref.name for ref in target.objects)
        raise DeliveryError(f"{names}: not there any more.", f"The pictures are kept in {folder}.")
    return found


def _write_texture(
    result: TextureResult, target: TextureTarget, objects: list[bpy.types.Object], undo_on_error: ExitStack
) -> list[str]:
    """Make images and materials and assign the first; returns the names of objects that could not take it."""
    mappings = _mappings(objects)
    left_out: list[str] = []
    for index, picture in enumerate(result.images):
        image = _image(result, picture, target, undo_on_error)
        if index == 0 and target.show_in_image_editor:
            show_in_image_editor(image)
        if not objects:
            # nothing uses it, and Blender does not save what nothing uses
            image.use_fake_user = True
        elif index == 0:
            materials = _materials(image, _origin(result, picture, target), mappings, undo_on_error)
            left_out = _assign(objects, [materials[mapping] for mapping in mappings], undo_on_error)
        else:
            # the other variations wait in the list of materials
            origin = _origin(result, picture, target)
            for material in _materials(image, origin, mappings[:1], undo_on_error).values():
                material.use_fake_user = True
    return left_out


def _image(
    result: TextureResult, picture: TextureImage, target: TextureTarget, undo_on_error: ExitStack
) -> bpy.types.Image:
    image = load_texture_image(Path(picture.path), _origin(result, picture, target), target.images_folder)
    if target.images_folder:
        undo_on_error.callback(Path(bpy.path.abspath(image.filepath)).unlink)
    undo_on_error.callback(bpy.data.images.remove, image)
    return image


def _mappings(objects: list[bpy.types.Object]) -> list[UvMapping | BoxMapping]:
    """How the picture is laid onto each object; projected ones share the largest one's scale.

    So bricks are equally large on all of them, and one material serves them all.
    """
    own = [mapping_of(obj) for obj in objects]
    largest = max((mapping.size for mapping in own if isinstance(mapping, BoxMapping)), default=1.0)
    return [BoxMapping(largest) if isinstance(mapping, BoxMapping) else mapping for mapping in own]


def _materials(
    image: bpy.types.Image,
    origin: TextureProvenance,
    mappings: list[UvMapping | BoxMapping],
    undo_on_error: ExitStack,
) -> dict[UvMapping | BoxMapping, bpy.types.Material]:
    """One material for each way in which the picture is laid onto the objects: one, in most cases."""
    materials: dict[UvMapping | BoxMapping, bpy.types.Material] = {}
    for mapping in dict.fromkeys(mappings):
        name = texture_name(origin.family, origin.seed)
        material = new_texture_material(name, image, mapping, origin.repeat)
        undo_on_error.callback(bpy.data.materials.remove, material)
        write_provenance(material, origin)
        materials[mapping] = material
    return materials


def _assign(
    objects: list[bpy.types.Object], materials: list[bpy.types.Material], undo_on_error: ExitStack
) -> list[str]:
    """Give each object its material; returns the names of those that may not be changed."""
    left_out: list[str] = []
    for obj, material in zip(objects, materials, strict=True):
        take_away = assign_material(obj, material)
        if take_away is not None:
            undo_on_error.callback(take_away)
            continue
        left_out.append(obj.name)
        if material.users == 0:
            # nobody wears it as yet; keep what was made
            material.use_fake_user = True
    return left_out


def _origin(result: TextureResult, picture: TextureImage, target: TextureTarget) -> TextureProvenance:
    return TextureProvenance(
        family=result.family,
        seed=picture.seed,
        size_px=picture.width_px,
        repeat=target.repeat,
        model=result.model.name,
        model_version=result.model.version,
        model_sha256=result.model.sha256,
        network_px=result.network_px,
        device=result.device.kind,
        device_reason=result.device.reason,
        png_sha256=picture.sha256,
        version=filmai_version(),
    )


def _folder(result: TextureResult) -> Path:
    return Path(result.images[0].path).parent


def _note(
    result: TextureResult, target: TextureTarget, objects: list[bpy.types.Object], left_out: list[str]
) -> str:
    notes: list[str] = []
    if gone := len(target.objects) - len(objects):
        notes.append(f"{gone} of {len(target.objects)} objects are gone")
    if left_out:
        notes.append(f"Linked from another file and left as they are: {', '.join(left_out)}")
    if target.expected_model_sha256 not in ("", result.model.sha256):
        notes.append("Another version of the network made the original, so this one may look different")
    return ". ".join(notes)
