"""Makes a texture again, with the seed and the parameters that are noted on it."""

import bpy

from .. import job_view, session
from ..core.errors import SettingsError
from .texture_job import TextureJobOperator, TextureWish

__all__ = ["FILMAI_OT_redo_job"]


class FILMAI_OT_redo_job(TextureJobOperator, bpy.types.Operator):
    """Takes seed and parameters from the image that is shown, the active object's material, or the last job."""

    bl_idname = "filmai.redo_job"
    bl_label = "Redo with the Same Seed"
    bl_description = (
        "Make the texture of the active object, or the image that is shown here, once more with the same seed, "
        "and put it onto the selected objects"
    )

    job: bpy.props.StringProperty(
        name="Job",
        description="The job to repeat; empty: what is noted on the image or material in use",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be something to repeat."""
        if not job_view.job_rows() and not _datablocks_in_use(context):
            cls.poll_message_set("There is no texture here that could be made again")
            return False
        return True

    def wish(self, context: bpy.types.Context) -> TextureWish:
        """From the job that was named, else from what is in use, else from the last job."""
        from ..core.provenance import TextureProvenance

        if self.job:
            return _wish_of_job(self.job)
        for datablock in _datablocks_in_use(context):
            origin = TextureProvenance.from_properties_or_none(datablock)
            if origin is not None:
                return TextureWish(
                    origin.family,
                    origin.seed,
                    origin.size_px,
                    repeat=origin.repeat,
                    expected_model_sha256=origin.model_sha256,
                )
        for row in reversed(job_view.job_rows()):
            if row.can_redo:
                return _wish_of_job(row.job_id)
        raise SettingsError(
            "There is no texture here that could be made again.",
            "Select an object that wears one, or show one in the Image Editor.",
        )


def _wish_of_job(job_id: str) -> TextureWish:
    from ..contract import GenerateTexture

    job = session.pump().job(job_id)
    if job is None or job.target is None or not isinstance(job.request, GenerateTexture):
        raise SettingsError("That job is not known any more.", "Choose family and seed in the panel instead.")
    request = job.request
    return TextureWish(
        request.family, request.seed, request.size_px, request.variations, repeat=job.target.repeat
    )


def _datablocks_in_use(context: bpy.types.Context) -> list[bpy.types.ID]:
    """The image that is shown here, if this is an Image Editor, and the active object's active material."""
    space, active = context.space_data, context.view_layer.objects.active
    shown = space.image if space is not None and space.type == "IMAGE_EDITOR" else None
    worn = active.active_material if active is not None else None
    return [datablock for datablock in (shown, worn) if datablock is not None]
