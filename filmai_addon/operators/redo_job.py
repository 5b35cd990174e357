"""Makes a texture, a material or a character again, with the seeds and the parameters that are noted on it."""

import bpy

from .. import job_view, session
from ..core.errors import SettingsError
from ..translations.speaking import said
from .in_use import datablocks_in_use
from .job_operator import CharacterWish, JobOperator, MaterialWish, TextureWish

__all__ = ["FILMAI_OT_redo_job", "last_wish", "wish_noted_on"]

MadeWish = TextureWish | MaterialWish | CharacterWish


class FILMAI_OT_redo_job(JobOperator, bpy.types.Operator):
    """Takes everything from the image that is shown, what the active object wears or shows, or the last job."""

    bl_idname = "filmai.redo_job"
    bl_label = "Redo with the Same Seed"
    bl_description = (
        "Make the material, texture or character of the active object, or the image that is shown here, once "
        "more with the same seeds, and put it where such results go"
    )

    job: bpy.props.StringProperty(
        name="Job",
        description="The job to repeat; empty: what is noted on the image or material in use",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be something to repeat."""
        if not job_view.job_rows() and not datablocks_in_use(context):
            cls.poll_message_set(said("There is nothing of FilmAI's here that could be made again"))
            return False
        return True

    def wish(self, context: bpy.types.Context) -> MadeWish:
        """From the job that was named, else from what is in use, else from the last job."""
        if self.job:
            return _wish_of_job(self.job)
        for datablock in datablocks_in_use(context):
            noted = wish_noted_on(datablock)
            if noted is not None:
                return noted
        last = last_wish()
        if last is not None:
            return last
        raise SettingsError(
            "There is nothing of FilmAI's here that could be made again.",
            "Select an object that wears or shows it, or show it in the Image Editor.",
        )


def wish_noted_on(datablock: bpy.types.ID) -> MadeWish | None:
    """What makes that image, material or character again; None when FilmAI did not make it.

    Raises SettingsError when the notes on it cannot be read.
    """
    from ..core.character_provenance import CharacterProvenance
    from ..core.material_provenance import MaterialProvenance
    from ..core.provenance import TextureProvenance

    character = CharacterProvenance.from_properties_or_none(datablock)
    if character is not None:
        return CharacterWish(character.settings, character.model_sha256)

    made = MaterialProvenance.from_properties_or_none(datablock)
    if made is not None:
        return MaterialWish(made.settings, made.model_sha256, made.layout_sha256)
    drawn = TextureProvenance.from_properties_or_none(datablock)
    if drawn is None:
        return None
    return TextureWish(
        drawn.family,
        drawn.seed,
        drawn.size_px,
        repeat=drawn.repeat,
        expected_model_sha256=drawn.model_sha256,
    )


def last_wish() -> MadeWish | None:
    """What the last job was asked for, if it can be asked for again."""
    for row in reversed(job_view.job_rows()):
        if row.can_redo:
            return _wish_of_job(row.job_id)
    return None


def _wish_of_job(job_id: str) -> MadeWish:
    from ..contract import GenerateTexture
    from ..core.snapshot import CharacterTarget, MaterialTarget, TextureTarget

    job = session.pump().job(job_id)
    target = job.target if job is not None else None
    request = job.request if job is not None else None
    match target:
        case MaterialTarget():
            return MaterialWish(target.settings)
        case CharacterTarget():
            return CharacterWish(target.settings)
        case TextureTarget() if isinstance(request, GenerateTexture):
            return TextureWish(
                request.family, request.seed, request.size_px, request.variations, repeat=target.repeat
            )
        case _:
            raise SettingsError(
                "That job is not known any more.", "Choose the settings in the panel instead."
            )
